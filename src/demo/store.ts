// What the demo asks of the product's database: how far its clock may jump before something falls due, and whether somebody watches.
import { LONGEST_MILLIS } from "../board/session-store.ts";
import type { Db } from "../db/database.ts";

/** The next moment from `now` on at which anything is to be done; null when nothing is. */
export async function nextDueAt(db: Db, now: number): Promise<number | null> {
  const found = await Promise.all([
    db
      .selectFrom("patches")
      .select((column) => column.fn.min("due_at").as("at"))
      .where("due_at", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("customers")
      .select((column) => column.fn.min("due_at").as("at"))
      .where("due_at", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("digests")
      .select((column) => column.fn.min("due_at").as("at"))
      .where("due_at", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("effects")
      .select((column) => column.fn.min("run_after").as("at"))
      .where("state", "=", "due")
      .where("run_after", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("notices")
      .select((column) => column.fn.min("run_after").as("at"))
      .where("state", "=", "due")
      .where("run_after", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("deliveries")
      .select((column) => column.fn.min("run_after").as("at"))
      .where("state", "=", "pending")
      .where("run_after", ">=", now)
      .executeTakeFirst(),
    db
      .selectFrom("backfills")
      .select((column) => column.fn.min("run_after").as("at"))
      .where("state", "=", "pending")
      .where("run_after", ">=", now)
      .executeTakeFirst(),
  ]);
  const moments = found.flatMap((row) => (typeof row?.at === "number" ? [row.at] : []));
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whoever watches stays signed in while the clock jumps over days: to them only minutes go by. */
export async function keepSignedIn(db: Db, at: number): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ seen_at: at, expires_at: at + LONGEST_MILLIS })
    .where("revoked_at", "is", null)
    .execute();
  await db
    .updateTable("sign_in_links")
    .set({ expires_at: at + LONGEST_MILLIS })
    .execute();
}

export async function isSomebodyWatching(db: Db): Promise<boolean> {
  const row = await db.selectFrom("sessions").select("token_hash").limit(1).executeTakeFirst();
  return row !== undefined;
}
