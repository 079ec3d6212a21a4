// What stops writing: pauses by hand or by the fuse, and installations that wait because GitHub refuses them. Apart, because
// the command line, webhooks and pacing all ask for it.
import type { Database, Db, Tx } from "../db/database.ts";
import { lockInstallation } from "./claims-store.ts";
import { parkMillis } from "./outcome.ts";

export type PauseScope = "all" | `owner:${number}`;
export type Pause = { readonly scope: string; readonly since: number; readonly because: string };

/** Stops all writing of one owner's installations or of all. A pause that is there already stays as it is. */
export async function pauseWriting(
  tx: Tx,
  pause: { readonly scope: PauseScope; readonly because: string; readonly since: number },
): Promise<void> {
  await tx
    .insertInto("pauses")
    .values(pause)
    .onConflict((conflict) => conflict.column("scope").doNothing())
    .execute();
}

/**
 * Lets writing go on and says whether it was stopped. The fuse counts anew, else the comments of the last hour would stop it
 * again at once; the limits of GitHub are counted on. Hint "effects" after commit.
 */
export async function resumeWriting(tx: Tx, scope: PauseScope): Promise<boolean> {
  const lifted = await tx.deleteFrom("pauses").where("scope", "=", scope).executeTakeFirst();
  const counted = tx.updateTable("writes").set({ is_comment: 0 }).where("is_comment", "=", 1);
  if (scope === "all") await counted.execute();
  else {
    const ownerId = Number(scope.slice("owner:".length));
    await counted
      .where("installation_id", "in", (eb) =>
        eb.selectFrom("installations").select("installations.id").where("installations.owner_id", "=", ownerId),
      )
      .execute();
  }
  return lifted.numDeletedRows > 0n;
}

/** Every pause, the oldest first. */
export async function pauses(db: Db): Promise<readonly Pause[]> {
  return db.selectFrom("pauses").selectAll().orderBy("since").execute();
}

/** The pause that stops an owner's installations now, if one does. */
export async function pauseOf(db: Db, ownerId: number): Promise<Pause | null> {
  const pause = await db
    .selectFrom("pauses")
    .selectAll()
    .where("scope", "in", ["all", `owner:${ownerId}`])
    .orderBy("scope")
    .executeTakeFirst();
  return pause ?? null;
}

export type Park = {
  readonly dialect: Database["dialect"];
  readonly installationId: number;
  /** Null: a minute, and twice as long each time on end, up to an hour. */
  readonly untilAt: number | null;
  readonly because: string;
  readonly now: number;
};

/** Lets a whole installation wait. Several effects that were refused at the same time count once. Answers until when. */
export async function parkInstallation(tx: Tx, park: Park): Promise<number> {
  await lockInstallation(tx, park);
  const row = await tx
    .selectFrom("installations")
    .select(["parked_until", "refusals"])
    .where("id", "=", park.installationId)
    .executeTakeFirst();
  const parkedUntil = row?.parked_until ?? null;
  const isParked = parkedUntil !== null && parkedUntil > park.now;
  const refusals = (row?.refusals ?? 0) + (isParked ? 0 : 1);
  const untilAt = Math.max(park.untilAt ?? park.now + parkMillis(refusals), isParked ? parkedUntil : 0);
  await tx
    .updateTable("installations")
    .set({ parked_until: untilAt, parked_because: park.because, refusals })
    .where("id", "=", park.installationId)
    .execute();
  return untilAt;
}

/** GitHub answered an installation that was not parked: the next refusal counts as the first again. */
export async function noteAnswered(tx: Tx, installationId: number, now: number): Promise<void> {
  await tx
    .updateTable("installations")
    .set({ refusals: 0 })
    .where("id", "=", installationId)
    .where("refusals", ">", 0)
    .where((eb) => eb.or([eb("parked_until", "is", null), eb("parked_until", "<=", now)]))
    .execute();
}

/** Lets an installation be tried again at once, as when it is unsuspended. Hint "effects" after commit. */
export async function unparkInstallation(tx: Tx, installationId: number): Promise<void> {
  await tx
    .updateTable("installations")
    .set({ parked_until: null, parked_because: null, refusals: 0 })
    .where("id", "=", installationId)
    .execute();
}

/** Parks the installation that a repository belongs to, and answers until when. */
export async function parkRepository(
  database: Database,
  park: { repositoryId: number; untilAt: number | null; because: string; now: number },
): Promise<number | null> {
  return database.transaction(async (tx) => {
    const row = await tx
      .selectFrom("repositories")
      .select("installation_id")
      .where("id", "=", park.repositoryId)
      .executeTakeFirst();
    if (row?.installation_id == null) return null;
    return parkInstallation(tx, { ...park, dialect: database.dialect, installationId: row.installation_id });
  });
}
