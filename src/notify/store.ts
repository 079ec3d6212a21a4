// What is to be told, as rows: asked for here, in the transaction of the decision that asks. Sending is the notifier's.
import type { Tx } from "../db/database.ts";
import type { NewNotice } from "./notice.ts";

/** Writes rows for what is to be told; a key that is there already is left alone. Hint "notices" after commit. */
export async function enqueueNotices(tx: Tx, notices: readonly NewNotice[], now: number): Promise<void> {
  for (const notice of notices) {
    await tx
      .insertInto("notices")
      .values({
        key: notice.key,
        owner_id: notice.ownerId,
        channel: notice.channel,
        recipient: notice.channel === "person" ? notice.to.key : notice.channel,
        recipient_data: JSON.stringify(notice.channel === "person" ? notice.to : null),
        patch_id: notice.patchId,
        kind: notice.kind,
        thread: notice.channel === "person" ? notice.thread : null,
        is_urgent: notice.channel === "pagerduty" || (notice.channel === "person" && notice.isUrgent) ? 1 : 0,
        body: JSON.stringify(notice.channel === "person" ? notice.message : notice.event),
        because: notice.because,
        state: "due",
        run_after: notice.runAfter,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
  }
}
