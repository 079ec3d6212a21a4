// Digests that fall due: each reader's week, by their own clock and calendar, as one message, and none where there is nothing to tell.
import { setImmediate } from "node:timers/promises";
import { activeInstallationOfOwner } from "../github/installation-store.ts";
import { type OwnerId, ownerId } from "../github/refs.ts";
import { deliverAt } from "../notify/hours.ts";
import type { NewNotice } from "../notify/notice.ts";
import { createReadersHolidays, type ReadersHolidays } from "../notify/readers-holidays.ts";
import { enqueueNotices } from "../notify/store.ts";
import { localDate } from "../policy/calendar.ts";
import { type OwnersPlace, ownersPlace, type TellingWiring } from "../silences/owner-place.ts";
import { type DigestTime, lastDigestAt, nextDigestAt } from "./calendar.ts";
import { REPORT_DAYS, sectionsFor } from "./decide.ts";
import type { DigestReader, DigestSource } from "./digest.ts";
import {
  beginDigests,
  type DueDigest,
  digestsDueAt,
  endDigests,
  noteCovered,
  ownersWithoutDigests,
  readersCovered,
  setDigestDue,
} from "./due-store.ts";
import { digestMessage } from "./messages.ts";
import { type PossibleReader, possibleReaders, readersOf, readSource } from "./read.ts";

const DAY = 24 * 60 * 60_000;
/** Where nobody reads digests; a changed policy or file makes them due at once. */
const IDLE_MILLIS = 30 * DAY;
const AGAIN_MILLIS = 10 * 60_000;
const WEEK = 7 * DAY;

/** A reader whose digest is due: of which moment, and since when what moved is told. */
type Due = PossibleReader & { readonly momentAt: number; readonly sinceAt: number };

/** Writes the digests that are due; answers how many owners were looked at. */
export async function sweepDigests(wiring: TellingWiring): Promise<number> {
  const { database, log, now } = wiring;
  const newcomers = await ownersWithoutDigests(database.db);
  if (newcomers.length > 0)
    await database.transaction(async (tx) => {
      for (const owner of newcomers) await beginDigests(tx, owner, now());
    });
  const due = await digestsDueAt(database.db, now());
  const holidays = createReadersHolidays({ db: database.db, log });
  for (const each of due) {
    try {
      await tellOwnersReaders(wiring, each, holidays);
    } catch (error) {
      log.warn({ owner: each.ownerId, err: error }, "digests could not be written");
      await database.transaction((tx) => setDigestDue(tx, { ...wasDue(each), dueAt: now() + AGAIN_MILLIS }));
    }
  }
  return due.length;
}

const wasDue = (each: DueDigest) => ({ ownerId: each.ownerId, wasDueAt: each.dueAt });

async function tellOwnersReaders(wiring: TellingWiring, row: DueDigest, holidays: ReadersHolidays): Promise<void> {
  const { database, now } = wiring;
  const at = now();
  if ((await activeInstallationOfOwner(database.db, row.ownerId)) === undefined) {
    await database.transaction((tx) => endDigests(tx, row.ownerId));
    return;
  }
  const place = await ownersPlace(wiring, ownerId(row.ownerId));
  const time = place?.policy.digest ?? false;
  const possible = place === null || time === false ? [] : await possibleReaders(wiring, place);
  if (place === null || time === false || possible.length === 0) {
    // They begin, when they begin, with the next: until then no moment lies behind their beginning.
    const idleUntil = at + IDLE_MILLIS;
    await database.transaction((tx) => setDigestDue(tx, { ...wasDue(row), dueAt: idleUntil, beganAt: idleUntil }));
    return;
  }
  const beganAt = Math.min(row.beganAt, at);
  const covered = await readersCovered(database.db, row.ownerId);
  const due: Due[] = [];
  let nextAt = at + IDLE_MILLIS;
  for (const reader of possible) {
    const momentAt = lastDigestAt(time, reader.to.timezone, at);
    const lastAt = covered.get(reader.to.key) ?? 0;
    const coveredUntil = Math.max(lastAt, beganAt);
    const readableAt = await readable(reader, momentAt, holidays);
    if (momentAt > coveredUntil && readableAt <= at) {
      // Somebody new is told of a week, not of all that ever moved.
      due.push({ ...reader, momentAt, sinceAt: lastAt >= beganAt ? lastAt : momentAt - WEEK });
    }
    const isAhead = momentAt > coveredUntil && readableAt > at;
    nextAt = Math.min(nextAt, isAhead ? readableAt : await nextReadable(reader, { time, at, holidays }));
  }
  const messages = due.length === 0 ? [] : await messagesFor(wiring, place, due);
  await database.transaction(async (tx) => {
    // Of several processes one writes them; and what changed meanwhile is looked at again.
    if (!(await setDigestDue(tx, { ...wasDue(row), dueAt: nextAt, beganAt }))) return;
    for (const { to, momentAt } of due) await noteCovered(tx, { ownerId: row.ownerId, key: to.key, at: momentAt });
    await enqueueNotices(tx, messages, at);
  });
  if (messages.length > 0) database.hint("notices");
}

/** When a reader would see what is told at a moment: a digest waits for the end of their holiday, and is written then. */
async function readable({ to }: PossibleReader, momentAt: number, holidays: ReadersHolidays): Promise<number> {
  return deliverAt(to, { isUrgent: false, now: momentAt, holidays: await holidays(to.timezone, momentAt) });
}

async function nextReadable(
  reader: PossibleReader,
  when: { time: DigestTime; at: number; holidays: ReadersHolidays },
): Promise<number> {
  return readable(reader, nextDigestAt(when.time, reader.to.timezone, when.at), when.holidays);
}

async function messagesFor(
  wiring: TellingWiring,
  place: OwnersPlace,
  due: readonly Due[],
): Promise<readonly NewNotice[]> {
  const at = wiring.now();
  const { source, policies } = await readSource(wiring, place, {
    sinceAt: Math.min(...due.map((each) => each.sinceAt)),
    // A day more, since it is tomorrow already for some.
    reportsUntil: Temporal.PlainDate.from(localDate("UTC", at))
      .add({ days: REPORT_DAYS + 1 })
      .toString(),
  });
  const readers = await readersOf(wiring, place, { possible: due, source, policies });
  const notices: NewNotice[] = [];
  for (const [index, reader] of readers.entries()) {
    const own = due[index];
    if (own !== undefined) notices.push(...noticeFor(place.ownerId, { reader, source, due: own, at }));
    // A hundred thousand patches for hundreds of readers take seconds, in which GitHub's deliveries have to be answered.
    await setImmediate();
  }
  return notices;
}

function noticeFor(
  owner: OwnerId,
  of: { reader: DigestReader; source: DigestSource; due: Due; at: number },
): readonly NewNotice[] {
  const { reader, due, at } = of;
  const { to } = reader;
  const events = of.source.events.filter((event) => event.at > due.sinceAt && event.at <= at);
  const sections = sectionsFor(reader, { ...of.source, events }, localDate(to.timezone, at));
  // That somebody has no address is no news by itself.
  const isNews = sections.some(({ lines }) =>
    lines.some((line) => line.kind !== "unreached" || line.unreached.because === "failed"),
  );
  if (!isNews) return [];
  return [
    {
      channel: "person",
      key: `digest:${owner}:${to.key}:${localDate(to.timezone, due.momentAt)}`,
      kind: "digest",
      ownerId: owner,
      patchId: null,
      thread: null,
      isUrgent: false,
      because: "it is the day of the week on which the policy's digest is due",
      runAfter: at,
      to,
      message: digestMessage({ reader: to, sections, sinceAt: due.sinceAt }),
    },
  ];
}
