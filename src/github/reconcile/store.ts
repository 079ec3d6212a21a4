// The table `reconciliations`: when each installation is next compared with GitHub, and how far a comparison has come.
import type { Db } from "../../db/database.ts";

/** Asks that an installation, or (null) every one, be compared as soon as there is time. */
export async function hurryReconciliation(
  db: Db,
  asked: { readonly installationId: number | null; readonly now: number },
): Promise<void> {
  const { installationId, now } = asked;
  await db
    .updateTable("reconciliations")
    .set({ due_at: now })
    .where("due_at", ">", now)
    .$if(installationId !== null, (query) => query.where("installation_id", "=", installationId ?? 0))
    .execute();
}
