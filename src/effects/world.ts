// What performing an effect needs from outside: GitHub, the store, the clock, and the rules asked once more.
import type { Logger } from "pino";
import type { CaseComment } from "../cases/comment.ts";
import type { Database } from "../db/database.ts";
import type { GitHub } from "../github/client.ts";
import type { LabelDefinition } from "../policy/labels.ts";
import type { Place } from "./place-store.ts";
import type { EffectRow } from "./row.ts";

/** Whether what was decided still holds now. `againAt`: it will, at that time (the calendar opens), so it is only put off. */
export type Held =
  | { readonly holds: true }
  | { readonly holds: false; readonly because: string; readonly againAt?: number };

export type World = {
  readonly github: GitHub;
  readonly database: Database;
  readonly now: () => number;
  readonly log: Logger;
  /** Asked before every comment: round, calendar, people, disclosure and visibility. */
  readonly stillHolds: (row: EffectRow, now: number) => Promise<Held>;
  /** `answers`: no policy file stands there, only people's commands are answered. `nothing`: it observes. */
  readonly writesAllowed: (repositoryId: number) => Promise<"all" | "answers" | "nothing">;
  /** The text that a case's comment should have now, and where; or why there is none. */
  readonly caseCommentOf: (caseId: number) => Promise<CaseComment>;
  readonly labelDefinitionsFor: (repositoryId: number) => Promise<readonly LabelDefinition[]>;
};

/** One effect on its way, with where it goes. */
export type Work = { readonly world: World; readonly row: EffectRow; readonly place: Place };
