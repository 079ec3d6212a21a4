// An entry of the log as a value, what can be asked of it, and where a page of it ends. Apart, because the store reads these, pages tell
// them and files of them are made.
import type { Reason } from "../../patches/reasons.ts";

/** In the order in which entries of one instant stand. */
export const LOG_KINDS = ["act", "command", "escalation", "write", "notice", "decision"] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export const LOG_DAYS = [7, 30, 90, 365] as const;
export type LogDays = (typeof LOG_DAYS)[number];

/** The last entry of a page: the next one begins behind it. `id` is unique within a kind, and ordered. */
export type Cursor = { readonly at: number; readonly kind: LogKind; readonly id: string };

type Common = { readonly at: number; readonly id: string; readonly patchId: string | null };

export type LogEntry =
  /** What somebody did on the board; `words` is one English line. */
  | (Common & {
      readonly kind: "act";
      readonly person: string;
      readonly what: string;
      readonly subject: string;
      readonly words: string;
    })
  | (Common & {
      readonly kind: "command";
      readonly person: string;
      readonly text: string;
      readonly caseId: number | null;
      readonly outcome: string;
    })
  | (Common & {
      readonly kind: "escalation";
      readonly what: string;
      readonly because: string;
      readonly outcome: string | null;
    })
  /** What was written on GitHub, or was not and why. */
  | (Common & {
      readonly kind: "write";
      readonly what: string;
      readonly state: string;
      readonly because: string;
      readonly outcome: string | null;
      readonly changed: LabelChange | null;
    })
  /** What was told privately or to outside systems: to whom, never the text. */
  | (Common & {
      readonly kind: "notice";
      readonly what: string;
      readonly channel: string;
      readonly recipient: string;
      readonly state: string;
      readonly because: string;
      readonly outcome: string | null;
    })
  /** `reason` is null in what an earlier release wrote: then there is only its English line. */
  | (Common & {
      readonly kind: "decision";
      readonly what: string;
      readonly because: string;
      readonly reason: Reason | null;
    });

export type LabelChange = { readonly added: readonly string[]; readonly removed: readonly string[] };

export type LogQuestion = {
  readonly ownerId: number;
  /** All that the owner ever had: what was written is kept by installation. */
  readonly installationIds: readonly number[];
  readonly kinds: readonly LogKind[];
  readonly fromAt: number;
  readonly before: Cursor | null;
  readonly limit: number;
  readonly patchId: string | null;
  /** Of whoever wrote a command or acted on the board, in lower case, without "@". */
  readonly person: string | null;
  /** Words, in lower case. */
  readonly text: string | null;
};
