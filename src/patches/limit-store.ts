// Limits that span patches: a repository's reminders a day and a person's a week, as places that can be taken only once.
import type { Db, Tx } from "../db/database.ts";
import { teamOf } from "../people/store.ts";
import { localDate, nextWorkingMoment, startOfDate } from "../policy/calendar.ts";
import type { PatchPlace } from "./place.ts";
import { type Addressee, addresseeKey, type Situation } from "./situation.ts";

const DAY = 24 * 60 * 60_000;

/** The Monday of the week that `at` is in, in the policy's zone. */
function weekOf(zone: string, at: number): string {
  const date = Temporal.PlainDate.from(localDate(zone, at));
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

const dayPrefix = (place: PatchPlace, at: number): string =>
  `repository-day:${place.repository.id}:${localDate(place.policy.calendar.timezone, at)}`;

const weekPrefix = (place: PatchPlace, at: number): string =>
  `maintainer-week:${place.repository.owner_id}:${weekOf(place.policy.calendar.timezone, at)}`;

/** What is left of both limits at `now`. */
export async function limitsLeft(db: Db, place: PatchPlace, now: number): Promise<Situation["limits"]> {
  const zone = place.policy.calendar.timezone;
  const { perRepositoryPerDay, perMaintainerPerWeek } = place.policy.reminders;
  const taken = await db
    .selectFrom("slots")
    .select("key")
    .where("key", "like", `${dayPrefix(place, now)}:%`)
    .execute();
  const weekly = await db
    .selectFrom("slots")
    .select("key")
    .where("key", "like", `${weekPrefix(place, now)}:%`)
    .execute();
  const counts = new Map<string, number>();
  for (const { key } of weekly) {
    const who = key.slice(weekPrefix(place, now).length + 1, key.lastIndexOf(":"));
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  const tomorrow = Temporal.PlainDate.from(localDate(zone, now)).add({ days: 1 }).toString();
  const nextWeek = Temporal.PlainDate.from(weekOf(zone, now)).add({ days: 7 }).toString();
  return {
    repositoryLeft: Math.max(0, perRepositoryPerDay - taken.length),
    nextDayAt: nextWorkingMoment(place.officeHours, startOfDate(zone, tomorrow)),
    fullAddressees: new Set([...counts].filter(([, count]) => count >= perMaintainerPerWeek).map(([who]) => who)),
    nextWeekAt: nextWorkingMoment(place.officeHours, startOfDate(zone, nextWeek)),
  };
}

/**
 * Takes a place of the repository's day and one of each addressee's week. False when another process took the last one meanwhile: then
 * the transaction is to be rolled back.
 */
export async function takePlaces(
  tx: Tx,
  place: PatchPlace,
  reminder: { readonly by: string; readonly addressees: readonly Addressee[]; readonly now: number },
): Promise<boolean> {
  const { perRepositoryPerDay, perMaintainerPerWeek } = place.policy.reminders;
  const wanted = [
    { prefix: dayPrefix(place, reminder.now), limit: perRepositoryPerDay },
    ...reminder.addressees.map((each) => ({
      prefix: `${weekPrefix(place, reminder.now)}:${addresseeKey(each)}`,
      limit: perMaintainerPerWeek,
    })),
  ];
  for (const { prefix, limit } of wanted) {
    if (!(await takeOne(tx, { prefix, limit, by: reminder.by, at: reminder.now }))) return false;
  }
  // Whoever hears of it through their team has been spoken to as well.
  for (const login of await membersOfTeams(tx, place, reminder.addressees)) {
    const prefix = `${weekPrefix(place, reminder.now)}:${login}`;
    if (!(await takeOne(tx, { prefix, limit: perMaintainerPerWeek, by: reminder.by, at: reminder.now }))) return false;
  }
  return true;
}

async function membersOfTeams(tx: Tx, place: PatchPlace, addressees: readonly Addressee[]): Promise<readonly string[]> {
  const logins = new Set<string>();
  for (const each of addressees) {
    if (each.kind !== "team") continue;
    const team = await teamOf(tx, place.repository.owner_id, each.slug);
    for (const member of team?.members ?? []) logins.add(member.login.toLowerCase());
  }
  return [...logins];
}

/** Takes a place of a decider's week. False: they have had theirs, and get one ranked list instead. */
export function takeDeciderPlace(
  tx: Tx,
  place: PatchPlace,
  asked: { readonly recipient: string; readonly by: string; readonly now: number },
): Promise<boolean> {
  const week = weekOf(place.policy.calendar.timezone, asked.now);
  const prefix = `decider-week:${place.repository.owner_id}:${week}:${asked.recipient}`;
  return takeOne(tx, { prefix, limit: place.policy.escalation.perDeciderPerWeek, by: asked.by, at: asked.now });
}

/** How many answers in words somebody gets in an hour; beyond that a reaction has to do, so that nobody can make us talk without end. */
const REPLIES_AN_HOUR = { team: 30, author: 6, stranger: 2, allStrangers: 10 } as const;

/** Takes a place for one answer in words. False: they have had theirs of the hour. */
export async function takeReplyPlace(
  tx: Tx,
  reply: { ownerId: number; userId: number; who: "team" | "author" | "stranger"; by: string; now: number },
): Promise<boolean> {
  const hour = Math.floor(reply.now / 3_600_000);
  const own = {
    prefix: `replies:${reply.ownerId}:${reply.userId}:${hour}`,
    limit: REPLIES_AN_HOUR[reply.who],
    by: reply.by,
    at: reply.now,
  };
  if (!(await takeOne(tx, own))) return false;
  if (reply.who !== "stranger") return true;
  return takeOne(tx, {
    ...own,
    prefix: `replies:${reply.ownerId}:strangers:${hour}`,
    limit: REPLIES_AN_HOUR.allStrangers,
  });
}

async function takeOne(tx: Tx, wanted: { prefix: string; limit: number; by: string; at: number }): Promise<boolean> {
  for (let n = 1; n <= wanted.limit; n += 1) {
    const result = await tx
      .insertInto("slots")
      .values({ key: `${wanted.prefix}:${n}`, taken_by: wanted.by, at: wanted.at })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .executeTakeFirst();
    if ((result.numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  }
  return false;
}

/** What was taken by a reminder that was never sent is free again. */
export async function freePlaces(tx: Tx, by: string): Promise<void> {
  await tx.deleteFrom("slots").where("taken_by", "=", by).execute();
}

/** Places of days long past say nothing any more. */
export async function dropOldPlaces(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom("slots")
    .where("at", "<", now - 30 * DAY)
    .execute();
}
