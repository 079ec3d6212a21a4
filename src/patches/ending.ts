// How a patch ended, or seems to: what GitHub says of it, what a person said, and what we saw ourselves. Apart from the turn, because
// landing, superseding and closing each come in any order and none undoes another until it is reopened.
import type { Fact } from "./fact.ts";
import type { Happening } from "./reasons.ts";

export type Ending = {
  merged: Happening | null;
  closed: Happening | null;
  /** Somebody said that it landed or is superseded: the last such word. It ends a patch also while GitHub shows it open. */
  word: Happening | null;
  /** The change was seen in the default branch another way: that explains a closing, and closes nothing. */
  seen: Happening | null;
};

export const NOT_ENDED: Readonly<Ending> = { merged: null, closed: null, word: null, seen: null };

/** What ended it, or null while it is to be answered. */
export function endOf({ merged, closed, word, seen }: Readonly<Ending>): Happening | null {
  if (merged !== null) return merged;
  if (word !== null) return word;
  return closed === null ? null : (seen ?? closed);
}

type EndingFact = Extract<Fact, { kind: "merged" | "closed" | "landed" | "superseded" }>;

/** The ending with this fact in it. GitHub may tell a closing twice, and a merge also as one: then the first counts. */
export function withEnding(ending: Readonly<Ending>, fact: EndingFact): Ending {
  const done = { by: fact.actor?.login ?? null, at: fact.at };
  switch (fact.kind) {
    case "merged":
      return { ...ending, merged: ending.merged ?? { code: "merged", ...done } };
    case "closed":
      return { ...ending, closed: ending.closed ?? { code: "closed", ...done } };
    case "superseded":
      return { ...ending, word: { code: "superseded", ...done } };
    case "landed":
      if (fact.how === "command") return { ...ending, word: { code: "landed", ...done } };
      return { ...ending, seen: ending.seen ?? { code: "landed", ...done } };
  }
}
