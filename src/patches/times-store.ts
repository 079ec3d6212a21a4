// How long patches took, kept for figures: a row a patch that we follow.
import type { Tx } from "../db/database.ts";
import { type Calendar, workingMillis } from "../policy/calendar.ts";
import { askReleasesSince } from "../releases/store.ts";
import type { PatchTimes } from "./times.ts";

type Of = { readonly patch: { readonly id: string; readonly owner_id: number; readonly repository_id: number } };

/**
 * Keeps a patch's times where they are others than before; of one that was never followed only what is known already. `calendar` is the
 * clock by which its working time runs.
 */
export async function keepTimes(
  tx: Tx,
  times: PatchTimes,
  {
    patch,
    calendar,
    isFollowed,
    now,
  }: Of & { readonly calendar: Calendar; readonly isFollowed: boolean; readonly now: number },
): Promise<void> {
  const known = await tx.selectFrom("patch_times").selectAll().where("patch_id", "=", patch.id).executeTakeFirst();
  if (known === undefined && !isFollowed) return;
  const escalatedAt = known?.escalated_at ?? null;
  const isDecidedSince = escalatedAt !== null && times.decidedAt !== null && times.decidedAt >= escalatedAt;
  const row = {
    owner_id: patch.owner_id,
    repository_id: patch.repository_id,
    opened_at: times.openedAt,
    first_response_at: times.firstResponseAt,
    response_millis: times.responseMillis,
    decided_at: times.decidedAt,
    decision: times.decision,
    decision_millis: times.decisionMillis,
    escalated_decision_millis: isDecidedSince ? workingMillis(calendar, escalatedAt, times.decidedAt) : null,
    released_at: times.releasedAt,
    release_tag: times.releaseTag,
    release_millis: times.releaseMillis,
  };
  if (known !== undefined && Object.entries(row).every(([column, value]) => Reflect.get(known, column) === value))
    return;
  // A release may have come to us before the end that it followed.
  if (times.decidedAt !== null && times.decidedAt !== known?.decided_at)
    await askReleasesSince(tx, { repositoryId: patch.repository_id, decidedAt: times.decidedAt, now });
  await tx
    .insertInto("patch_times")
    .values({ patch_id: patch.id, escalated_at: null, ...row })
    .onConflict((conflict) => conflict.column("patch_id").doUpdateSet(row))
    .execute();
}

/** Deciders were asked at `at`; the first time counts. */
export async function noteEscalated(tx: Tx, patchId: string, at: number): Promise<void> {
  const noted = await tx
    .updateTable("patch_times")
    .set({ escalated_at: at })
    .where("patch_id", "=", patchId)
    .where((eb) => eb.or([eb("escalated_at", "is", null), eb("escalated_at", ">", at)]))
    .executeTakeFirst();
  if (noted.numUpdatedRows > 0n) return;
  await tx
    .insertInto("patch_times")
    .columns(["patch_id", "owner_id", "repository_id", "opened_at", "escalated_at"])
    .expression((eb) =>
      eb
        .selectFrom("patches")
        .select((of) => ["id", "owner_id", "repository_id", "opened_at", of.val(at).as("escalated_at")])
        .where("id", "=", patchId),
    )
    .onConflict((conflict) => conflict.column("patch_id").doNothing())
    .execute();
}
