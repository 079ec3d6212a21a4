// The events that tell systems outside of cases of a help desk; docs/events.md describes them.
import type { CaseEventType, NewNotice } from "../notify/notice.ts";
import { localDate } from "../policy/calendar.ts";
import type { CaseNote } from "./messages.ts";
import type { CaseRow } from "./store.ts";

export type CaseEvent = {
  readonly row: CaseRow;
  readonly type: CaseEventType;
  /** What happened, within the case: the same is told once. */
  readonly key: string;
  readonly at: number;
  readonly because: string;
  readonly now: number;
  readonly patch: {
    readonly id: string;
    readonly repository: string;
    readonly number: number;
    readonly title: string;
    readonly url: string;
  } | null;
  readonly details: Readonly<Record<string, unknown>>;
};

export function caseEvent({ row, type, key, at, because, now, patch, details }: CaseEvent): NewNotice {
  return {
    channel: "webhook",
    key: `${type}:${row.id}:${key}`,
    ownerId: row.owner_id,
    patchId: patch?.id ?? null,
    kind: type,
    because,
    runAfter: now,
    event: {
      type,
      at,
      data: {
        case: {
          reference: row.reference,
          title: row.title,
          customer: row.customer_id,
          severity: row.severity,
          url: row.url,
        },
        ...(patch === null
          ? {}
          : { patch: { repository: patch.repository, number: patch.number, title: patch.title, url: patch.url } }),
        ...details,
      },
    },
  };
}

/** The type of the event that tells what a note tells, and what it says beside case and patch. Days are those of `timezone`. */
export function detailsOf(
  note: CaseNote,
  timezone: string,
): { readonly type: CaseEventType; readonly details: Readonly<Record<string, unknown>> } {
  switch (note.kind) {
    case "reopened":
      return { type: "case.reopened", details: { by: note.by } };
    case "put-off":
      return {
        type: "case.put-off",
        details: { by: note.by, until: localDate(timezone, note.untilAt), reason: note.reason },
      };
    case "shipped":
      return {
        type: "case.shipped",
        details: {
          release: { tag: note.tag, name: note.name, url: note.url },
          author: note.author,
          consultant: note.consultant,
        },
      };
    case "merged":
    case "landed":
    case "superseded":
    case "declined":
      return {
        type: "case.decided",
        details: {
          decision: note.kind,
          by: note.by,
          words: note.wordsUrl,
          ...(note.kind === "landed" ? { with: note.with } : {}),
          ...(note.kind === "superseded" ? { pull: note.pull } : {}),
        },
      };
  }
}
