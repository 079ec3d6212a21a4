// Asked once more before a case's people are told something: whether it may still be written there, and whether the end that it tells of
// is still how it ended.
import type { Database } from "../db/database.ts";
import type { Effect } from "../effects/effect.ts";
import type { Held } from "../effects/world.ts";
import { decidedOf } from "../patches/decided.ts";
import { factsOf } from "../patches/store.ts";
import { caseRoomOf } from "./room.ts";
import { caseById } from "./told-store.ts";

export async function caseNoteHolds(
  { db }: Database,
  note: Extract<Effect, { kind: "case-note" }>,
  now: number,
): Promise<Held> {
  const row = await caseById(db, note.caseId);
  if (row === undefined) return { holds: false, because: "the case is not known any more" };
  const found = await caseRoomOf(db, row);
  if (found.kind === "none") return { holds: false, because: found.because };
  if (found.room.repositoryId !== note.repositoryId || found.room.number !== note.number)
    return { holds: false, because: "the case has moved" };
  if (note.end === null || note.patchId === null) return { holds: true };
  const facts = (await factsOf(db, [note.patchId])).get(note.patchId) ?? [];
  if (decidedOf(facts, now)?.kind === note.end) return { holds: true };
  return { holds: false, because: "it has not ended so after all" };
}
