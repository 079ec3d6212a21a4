// The one question that only a dossier asks of the store.
import { z } from "zod";
import type { Db } from "../db/database.ts";

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
