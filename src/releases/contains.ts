// Whether a release contains a change, by what GitHub says of the two: pure.

/** GitHub's comparison of a change with a release: `ahead` and `identical` say that the release has all that the change has. */
export type Comparison = { readonly status: string; readonly messages: readonly string[] };

export type Containment = "contained" | "backported" | "not";

/** The shortest name of a commit that is still taken for it. */
const SHORTEST_SHA = 10;

/** `shas`: the commits that a backport may name: the one by which it was merged, and the pull request's own last. */
export function containmentOf({ status, messages }: Comparison, shas: readonly string[]): Containment {
  if (status === "ahead" || status === "identical") return "contained";
  return messages.some((message) => isBackport(message, shas)) ? "backported" : "not";
}

/** What `git cherry-pick -x` writes at the end of a message. */
export function isBackport(message: string, shas: readonly string[]): boolean {
  for (const [, named = ""] of message.matchAll(/^\(cherry picked from commit ([0-9a-f]{7,64})\)\s*$/gim)) {
    if (named.length < SHORTEST_SHA) continue;
    if (shas.some((sha) => sha.toLowerCase().startsWith(named.toLowerCase()))) return true;
  }
  return false;
}

/** Tags carry no word of their own for it: what calls itself alpha, beta, a candidate, a preview or a nightly is none to wait for. */
export const isPrereleaseTag = (tag: string): boolean =>
  /(?:^|[\d._-])(?:alpha|beta|rc|pre|preview|dev|snapshot|nightly|canary)(?=$|[\d._-])/i.test(tag);
