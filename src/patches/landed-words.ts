// Where people write that a change came in another way: in comments ("Landed in 1a2b3c4") and in messages of commits ("Closes #12",
// "PR-URL: …", "(cherry picked from commit …)"). Pure; whether it is true is asked of GitHub, or follows from where it was pushed.
import type { RepositoryName } from "../github/landed.ts";

/** A pull request as a message names it; `repository` is null where it is the one that the message is in. */
export type NamedPull = { readonly repository: RepositoryName | null; readonly number: number };
export type NamedLanding =
  | ({ readonly kind: "pull" } & NamedPull)
  | { readonly kind: "commit"; readonly repository: RepositoryName | null; readonly sha: string };

export type MessageWords = {
  readonly pulls: readonly NamedPull[];
  /** Commits that this one was picked from, whole ids in lower case. */
  readonly pickedFrom: readonly string[];
};

/** No message that people write is longer, and no comment can be. */
const LONGEST = 65_536;
const MOST = 50;

const NAME = "([a-z0-9][a-z0-9_-]{0,38})\\/([a-z0-9._-]{1,100})";
const HOST = "https?:\\/\\/([a-z0-9.:-]{1,260})";
const PULL = `(?:(?:${NAME})?#|gh-|${HOST}\\/${NAME}\\/(?:pull|issues)\\/)(\\d{1,10})\\b`;
const CLOSES = new RegExp(`\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)[ \\t]{0,3}:?[ \\t]{1,3}${PULL}`, "gi");
const PULL_URL = new RegExp(`^[ \\t]{0,8}pr-url:[ \\t]{0,8}${HOST}\\/${NAME}\\/pull\\/(\\d{1,10})\\b`, "gim");
const PICKED = /\(cherry[ -]picked from commit ([0-9a-f]{40})\)/gi;
const COMMIT = `(?:${HOST}\\/${NAME}\\/commit\\/|${NAME}@)?([0-9a-f]{7,40})(?:\\.{2,3}([0-9a-f]{7,40}))?\\b`;
const LANDED = "\\b(?:landed|merged|committed)(?: this pull request)? (?:in|as):? ?[`[(<*]{0,4}";
const LANDED_COMMIT = new RegExp(`${LANDED}${COMMIT}`, "i");
const LANDED_PULL = new RegExp(`${LANDED}${PULL}`, "i");

/** What a commit's message says of pull requests. `host`: GitHub's, so that an address elsewhere is not taken for one there. */
export function wordsOfMessage(message: string, host: string): MessageWords {
  const text = message.slice(0, LONGEST);
  const pulls: NamedPull[] = [];
  for (const [, owner, repo, at, ownerAt, repoAt, number = ""] of text.matchAll(CLOSES)) {
    if (at !== undefined && at.toLowerCase() !== host) continue;
    pulls.push({ repository: nameOf(owner ?? ownerAt, repo ?? repoAt), number: Number(number) });
  }
  for (const [, at = "", owner, repo, number = ""] of text.matchAll(PULL_URL))
    if (at.toLowerCase() === host) pulls.push({ repository: nameOf(owner, repo), number: Number(number) });
  const pickedFrom = [...text.matchAll(PICKED)].map(([, sha = ""]) => sha.toLowerCase());
  return { pulls: pulls.slice(0, MOST), pickedFrom: pickedFrom.slice(0, MOST) };
}

/** The commit (of a range its end) or pull request that a comment says the change landed in. Null where it says no such thing. */
export function landedIn(comment: string, host: string): NamedLanding | null {
  // What somebody quotes they do not say.
  const own = comment
    .slice(0, LONGEST)
    .split("\n")
    .filter((line) => !/^ {0,3}>/.test(line))
    .join(" ")
    .replace(/\s+/g, " ");
  const commit = LANDED_COMMIT.exec(own);
  if (commit !== null) {
    const [, at, ownerAt, repoAt, owner, repo, first = "", last] = commit;
    if (at !== undefined && at.toLowerCase() !== host) return null;
    return { kind: "commit", repository: nameOf(ownerAt ?? owner, repoAt ?? repo), sha: (last ?? first).toLowerCase() };
  }
  const [, owner, repo, at, ownerAt, repoAt, number] = LANDED_PULL.exec(own) ?? [];
  if (number === undefined || (at !== undefined && at.toLowerCase() !== host)) return null;
  return { kind: "pull", repository: nameOf(owner ?? ownerAt, repo ?? repoAt), number: Number(number) };
}

const nameOf = (owner: string | undefined, repo: string | undefined): RepositoryName | null =>
  owner === undefined || repo === undefined ? null : { owner, repo };
