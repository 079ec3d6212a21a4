// Tells, in the morning of the day on which a customer was promised to hear, whoever has the case: once a day that was promised.
import type { Database, Db } from "../db/database.ts";
import type { NewEffect } from "../effects/effect.ts";
import { renderPublic } from "../effects/public-text.ts";
import { enqueue } from "../effects/store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { enqueueNotices } from "../notify/store.ts";
import { type Calendar, localDate } from "../policy/calendar.ts";
import { type EffectivePolicy, effectivePolicy } from "../policy/effective.ts";
import { workingCalendar } from "../policy/holidays.ts";
import { reportDueText } from "./messages.ts";
import { reportDueAt } from "./news.ts";
import { caseEvent } from "./outside.ts";
import { type CaseRoom, caseRoomOf } from "./room.ts";
import type { CaseRow } from "./store.ts";
import { casesToReport, noteReportTold } from "./told-store.ts";

const DAY = 24 * 60 * 60_000;
/** A day that passed longer ago is no news any more, such as after an import. */
const DAYS_BACK = 7;
/** A day off is told of before it. */
const DAYS_AHEAD = 14;

/** Answers how many cases were told of. */
export async function sweepReports({ database, now }: { database: Database; now: () => number }): Promise<number> {
  const at = now();
  const days = { from: localDate("UTC", at - DAYS_BACK * DAY), until: localDate("UTC", at + DAYS_AHEAD * DAY) };
  const rules = new Map<string, Rules>();
  let told = 0;
  for (const row of await casesToReport(database.db, days)) {
    const key = `${row.owner_id} ${row.repository_id ?? 0}`;
    const known = rules.get(key) ?? (await rulesOf(database.db, row, at));
    rules.set(key, known);
    if (await tellReport(database, row, { rules: known, now: at })) told += 1;
  }
  if (told > 0) {
    database.hint("effects");
    database.hint("notices");
  }
  return told;
}

type Rules = { readonly effective: EffectivePolicy; readonly officeHours: Calendar };

/** The same for all cases of a repository, or for all of a help desk. */
async function rulesOf(db: Db, row: CaseRow, now: number): Promise<Rules> {
  const effective = await policyOf(db, row);
  const span = { fromAt: now - DAY, toAt: now + DAYS_AHEAD * DAY };
  return { effective, officeHours: await workingCalendar(db, effective.policy.calendar, span) };
}

async function tellReport(
  database: Database,
  row: CaseRow,
  { rules, now }: { rules: Rules; now: number },
): Promise<boolean> {
  const { db } = database;
  const date = row.next_report;
  if (date === null || row.owner_id === 0) return false;
  const { policy, isInForce } = rules.effective;
  const dueAt = reportDueAt(rules.officeHours, policy.calendar.timezone, date);
  if (now < dueAt) return false;
  // Where nothing may be written yet, nothing has been told.
  if (!isInForce || policy.mode !== "act") return false;
  const found = row.repository_id === null ? null : await caseRoomOf(db, row);
  if (found?.kind === "none") return false;
  return database.transaction(async (tx) => {
    const customerId = row.customer_id;
    if (!(await noteReportTold(tx, { ownerId: row.owner_id, caseId: row.id, customerId, date, at: now }))) return false;
    const because = `the customer was promised to hear on ${date}`;
    if (found?.kind === "room") await enqueue(tx, [noteEffect(row, { room: found.room, date, because, now })], now);
    else {
      const told = { row, key: date, at: dueAt, because, now, patch: null, details: { date } };
      await enqueueNotices(tx, [caseEvent({ ...told, type: "case.report-due" })], now);
    }
    return true;
  });
}

function noteEffect(
  row: CaseRow,
  { room, date, because, now }: { room: CaseRoom; date: string; because: string; now: number },
): NewEffect {
  return {
    key: `case-note:${row.id}:report:${date}`,
    installationId: room.installationId,
    lane: `${room.repositoryId}#${room.number}`,
    effect: {
      kind: "case-note",
      caseId: row.id,
      repositoryId: repositoryId(room.repositoryId),
      number: room.number,
      patchId: null,
      end: null,
      markdown: renderPublic(reportDueText(date, room.language), "full"),
    },
    because,
    runAfter: now,
    rank: 5,
  };
}

/** The case repository's policy, or the owner's for a case of a help desk. */
const policyOf = (db: Db, row: CaseRow): Promise<EffectivePolicy> =>
  effectivePolicy(db, {
    ownerId: ownerId(row.owner_id),
    repositoryId: repositoryId(row.repository_id ?? 0),
    visibility: "private",
  });
