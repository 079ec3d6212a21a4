// The table `schedules`: whose turn it is to do what is done by the clock, so that of many processes one does it, once a period.
import type { Database } from "../db/database.ts";
import { type Standing, standingOf } from "./standing.ts";

export type ScheduleClaim = {
  readonly name: string;
  readonly holder: string;
  readonly now: number;
  readonly everyMillis: number;
  readonly claimedUntil: number;
  /** Whether it has to be due: without, only that nobody has it in hand just now. */
  readonly onlyIfDue: boolean;
};

/**
 * Takes a schedule in hand, where it is due and in nobody's hand: an update guarded by what was read, which one of many wins. What a dead
 * process held is free again after `claimedUntil`. Answers how it stood; "resting" where it was not taken.
 */
export async function claimSchedule({ db }: Database, claim: ScheduleClaim): Promise<Standing> {
  const { name } = claim;
  const find = () =>
    db.selectFrom("schedules").select(["claimed_until", "due_at", "last_run_at"]).where("name", "=", name);
  let row = await find().executeTakeFirst();
  if (row === undefined) {
    await db
      .insertInto("schedules")
      .values({ name, holder: null, claimed_until: null, last_run_at: null })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    row = await find().executeTakeFirstOrThrow();
  }
  const { claimed_until, due_at } = row;
  const standing = standingOf(row, claim);
  if (standing === "resting") return standing;
  const taken = await db
    .updateTable("schedules")
    .set({ holder: claim.holder, claimed_until: claim.claimedUntil })
    .where("name", "=", name)
    .where("due_at", "=", due_at)
    .where("claimed_until", claimed_until === null ? "is" : "=", claimed_until)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n ? standing : "resting";
}

/** Which of these are in somebody's hand or not due yet: most looks end here, with one question. */
export async function restingSchedules(
  { db }: Database,
  { periods, now }: { readonly periods: ReadonlyMap<string, number>; readonly now: number },
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("schedules")
    .select(["name", "claimed_until", "due_at", "last_run_at"])
    .where("name", "in", [...periods.keys()])
    .execute();
  const isResting = (row: (typeof rows)[number]) =>
    standingOf(row, { now, everyMillis: periods.get(row.name) ?? 0, onlyIfDue: true }) === "resting";
  return new Set(rows.filter(isResting).map(({ name }) => name));
}

/** Keeps schedules that take long in this process's hand. */
export async function extendSchedule(
  { db }: Database,
  held: { readonly name: string; readonly holder: string; readonly until: number },
): Promise<void> {
  await db
    .updateTable("schedules")
    .set({ claimed_until: held.until })
    .where("name", "=", held.name)
    .where("holder", "=", held.holder)
    .execute();
}

/** Gives a schedule back with when it is due again; one that another process has taken over meanwhile stays as it is. */
export async function releaseSchedule(
  { db }: Database,
  held: { readonly name: string; readonly holder: string; readonly ranAt: number; readonly dueAt: number },
): Promise<void> {
  await db
    .updateTable("schedules")
    .set({ holder: null, claimed_until: null, last_run_at: held.ranAt, due_at: held.dueAt })
    .where("name", "=", held.name)
    .where("holder", "=", held.holder)
    .execute();
}

/** Makes a schedule due at once, except where it ran just now. */
export async function hurrySchedule(
  { db }: Database,
  asked: { readonly name: string; readonly now: number; readonly ranBefore: number },
): Promise<void> {
  await db
    .updateTable("schedules")
    .set({ due_at: asked.now })
    .where("name", "=", asked.name)
    .where("due_at", ">", asked.now)
    .where((is) => is.or([is("last_run_at", "is", null), is("last_run_at", "<=", asked.ranBefore)]))
    .execute();
}
