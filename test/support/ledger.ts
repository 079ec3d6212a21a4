// What the product wrote on GitHub, ticked off as a story looks at it, so that its end can prove that nothing else was sent.
import { expect } from "vitest";
import type { GitHub } from "./github/github.ts";

type Ref = { readonly repository: string; readonly number: number; readonly nodeId: string };

export type Ledger = {
  /** Our comments on an issue or pull request, oldest first, without their hidden marker. Folded ones begin with "[folded] ". */
  readonly commentsOn: (ref: Ref) => readonly string[];
  readonly labelsOn: (ref: Ref) => readonly string[];
  /** Our reactions on a comment, issue or pull request. */
  readonly reactionsOn: (ref: { readonly nodeId: string }) => readonly string[];
  readonly checkRunsOn: (
    repository: string,
  ) => readonly { readonly conclusion: string | null; readonly title: string | null }[];
  /** Writes that the story has not looked at yet, as "METHOD path". */
  readonly unread: () => readonly string[];
  readonly expectNothingElse: () => Promise<void>;
};

export function createLedger(github: GitHub, logs: readonly string[]): Ledger {
  const read = new Set<unknown>();
  const writes = () => github.writes().filter((request) => !request.path.endsWith("/access_tokens"));
  const tick = (matches: (path: string, operation: string) => boolean) => {
    for (const write of writes()) if (matches(write.path, write.operation ?? "")) read.add(write);
  };
  const unread = () =>
    writes()
      .filter((write) => !read.has(write))
      .map(
        (write) =>
          `${write.method} ${write.path}${write.operation?.startsWith("graphql") ? ` ${write.operation}` : ""} ${write.status}`,
      );

  return {
    commentsOn: (ref) => {
      const comments = github.commentsOn(ref as never);
      // One of ours that is kept up to date is changed in place.
      const ids = comments.map(({ id }) => `/issues/comments/${id}`);
      tick(
        (path, operation) =>
          path.endsWith(`/issues/${ref.number}/comments`) ||
          operation === "graphql Minimize" ||
          ids.some((each) => path.endsWith(each)),
      );
      return comments
        .filter((comment) => comment.author === github.botLogin)
        .map(
          (comment) =>
            `${comment.minimized ? "[folded] " : ""}${comment.body.replace(/\s*<!-- patch-advocate [^>]*-->\s*$/, "")}`,
        );
    },
    labelsOn: (ref) => {
      tick((path) => path.includes(`/issues/${ref.number}/labels`) || path.endsWith("/labels"));
      return github.labelsOn(ref as never);
    },
    reactionsOn: (ref) => {
      tick((path) => path.endsWith("/reactions"));
      return github
        .reactionsOn(ref as never)
        .filter((reaction) => reaction.user === github.botLogin)
        .map((reaction) => reaction.content);
    },
    checkRunsOn: (repository) => {
      tick((path) => path.endsWith("/check-runs"));
      return github.checkRunsOn(repository).map(({ conclusion, title }) => ({ conclusion, title }));
    },
    unread,
    expectNothingElse: async () => {
      expect(unread()).toEqual([]);
      expect(github.violations).toEqual([]);
      expect(logs.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]);
    },
  };
}
