// What only dossiers ask of the store: the reminders that they list, and where they themselves were kept.
import { z } from "zod";
import type { Db } from "../db/database.ts";
import type { Dossier } from "./dossier.ts";

const addressees = z.array(z.object({ key: z.string() }));

/** Every reminder that went out, oldest first, with everybody whom it spoke to. */
export async function sentRemindersOf(
  db: Db,
  patch: string,
): Promise<readonly { readonly at: number; readonly to: readonly string[] }[]> {
  const rows = await db
    .selectFrom("reminders")
    .select(["sent_at", "decided_at", "addressees"])
    .where("patch_id", "=", patch)
    .where("state", "in", ["sent", "folded"])
    .orderBy("decided_at")
    .orderBy("n")
    .execute();
  return rows.map((row) => ({
    at: row.sent_at ?? row.decided_at,
    to: addressees.parse(JSON.parse(row.addressees)).map(({ key }) => key),
  }));
}

/** The newest dossier of each of these patches that is before somebody. */
export async function openDossiers(db: Db, patches: readonly string[]): Promise<readonly Dossier[]> {
  if (patches.length === 0) return [];
  const steps = await db
    .selectFrom("escalation_steps as s")
    .innerJoin("escalations as e", "e.id", "s.escalation_id")
    .select(["s.patch_id", "s.dossier"])
    .where("s.patch_id", "in", patches)
    .where("s.dossier", "is not", null)
    .where("e.ended_at", "is", null)
    .orderBy("s.id")
    .execute();
  const newest = new Map(steps.map((step) => [step.patch_id, step.dossier]));
  return [...newest.values()].flatMap((json) => (json === null ? [] : [JSON.parse(json) as Dossier]));
}
