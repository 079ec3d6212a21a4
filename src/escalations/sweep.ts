// Sends the ranked lists that are due: one a decider, of all that they were not sent a dossier of. Apart from the ladder, which has long moved on.
import type { Db } from "../db/database.ts";
import { storedRecipient } from "../notify/row.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Dossier } from "./dossier.ts";
import { type ListedRow, listsDueAt, noteListed } from "./listed-store.ts";
import { rankedListMessage } from "./messages-deciders.ts";
import { openDossierOf } from "./store.ts";

/** Answers how many lists were sent. */
export async function sweepRankedLists({ database, now }: Pick<Wiring, "database" | "now">): Promise<number> {
  const rows = await listsDueAt(database.db, now());
  const lists = Map.groupBy(rows, (row) => `${row.owner_id} ${row.recipient}`);
  let sent = 0;
  for (const [, list] of lists) {
    const [first] = list;
    if (first === undefined) continue;
    const to = storedRecipient(first.recipient_data);
    const isSent = await database.transaction(async (tx) => {
      const ids = list.map(({ id }) => id);
      const marked = await noteListed(tx, ids, now());
      const own = list.filter(({ id }) => marked.has(id));
      const dossiers = await dossiersOf(tx, own);
      if (dossiers.length === 0) return false;
      await enqueueNotices(
        tx,
        [
          {
            channel: "person",
            key: `ranked-list:${first.owner_id}:${to.key}:${own[0]?.step_key}`,
            ownerId: first.owner_id,
            patchId: null,
            kind: "ranked-list",
            because: "they have had as many single requests this week as they are sent at most",
            runAfter: now(),
            to,
            thread: null,
            isUrgent: false,
            message: rankedListMessage({ language: to.language, timezone: to.timezone, dossiers }),
          },
        ],
        now(),
      );
      return true;
    });
    if (isSent) sent += 1;
  }
  if (sent > 0) database.hint("notices");
  return sent;
}

/** The dossiers as they were when the decider should have got them, one a patch; those that were settled meanwhile are left out. */
async function dossiersOf(db: Db, list: readonly ListedRow[]): Promise<readonly Dossier[]> {
  const newest = new Map(list.map((row) => [row.patch_id, row.step_key]));
  const dossiers: Dossier[] = [];
  for (const stepKey of newest.values()) {
    const dossier = await openDossierOf(db, stepKey);
    if (dossier !== null) dossiers.push(dossier);
  }
  return dossiers;
}
