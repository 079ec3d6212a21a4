// What a decision about a patch tells its cases, asked for in the decision's own transaction: the comment that is kept up to date, what
// people must hear, events for outside, and what a customer's feed tells.
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import type { Tx } from "../db/database.ts";
import type { NewEffect } from "../effects/effect.ts";
import { renderPublic } from "../effects/public-text.ts";
import { enqueue } from "../effects/store.ts";
import { repositoryById } from "../github/installation-store.ts";
import { ownerId, repositoryId, storedPatchId } from "../github/refs.ts";
import type { CaseEventType, NewNotice } from "../notify/notice.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { localDate } from "../policy/calendar.ts";
import { releaseName } from "../releases/store.ts";
import { casesLeftBy } from "./comment-store.ts";
import { addCustomerEvent, type CustomerEventBody, type EventPull } from "./events-store.ts";
import { type CaseNote, caseNoteText } from "./messages.ts";
import { isFresh, lastReopening, type News, newsOf, wordsAnchor } from "./news.ts";
import { caseEvent, detailsOf } from "./outside.ts";
import { caseRoomOf } from "./room.ts";
import { type CaseRow, linksOf } from "./store.ts";
import { casesCarriedFrom, noteEndTold, takeEndsBack } from "./told-store.ts";
import { wordStampedAt } from "./words.ts";

/** So long it waits for what is said in the same breath: one write then tells it all. */
const COMMENT_WAITS_MILLIS = 60_000;
const LAST_RANK = 9;

/** Something to tell: as news of the patch, or that an end that was told does not hold. */
type Telling =
  | News
  | { readonly kind: "reopened"; readonly key: string; readonly at: number; readonly by: string | null };

type Told = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly pull: EventPull & { readonly reference: string };
  readonly effects: NewEffect[];
  readonly notices: NewNotice[];
};

/** Asks for all that a decision tells. Hints "effects" and "notices" after commit. */
export async function tellCases(tx: Tx, { gathered, decision }: Pick<Told, "gathered" | "decision">): Promise<void> {
  const { row, situation } = gathered;
  const { now, facts } = situation;
  const links = (await linksOf(tx, [row.id])).filter((link) => link.state === "confirmed");
  const left = await casesLeftBy(tx, row.id);
  const carried = decision.decided?.kind === "superseded" ? await casesCarriedFrom(tx, row.id) : [];
  const tellings: Telling[] = [...newsOf(facts, now)];
  const reopening = lastReopening(facts, now);
  if (reopening !== null && (await takeEndsBack(tx, row.id, reopening.at)))
    tellings.push({ kind: "reopened", key: `reopened:${reopening.at}`, ...reopening });
  if (links.length + left.length + carried.length === 0) return;

  const told: Told = { gathered, decision, pull: pullOf(gathered), effects: [], notices: [] };
  for (const { id, repositoryId: repository, number } of [...issuesAmong(links.map((link) => link.case)), ...left])
    await askForComment(tx, told, { id, repositoryId: repository, number });
  for (const link of links) {
    await tellLink(tx, told, link);
    await tellWorkaround(tx, told, link.case);
  }
  const cases = [...links, ...carried.map((row) => ({ case: row, madeAt: 0 }))];
  for (const telling of tellings) {
    for (const each of cases) await tellCase(tx, told, { ...each, telling });
    if (telling.kind === "decided" && cases.length > 0)
      await noteEndTold(tx, { ownerId: row.owner_id, patchId: row.id, key: telling.key, at: telling.at });
  }
  await enqueue(tx, told.effects, now);
  await enqueueNotices(tx, told.notices, now);
}

function pullOf({ row, place, webUrl }: Gathered): Told["pull"] {
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  return {
    repository,
    number: row.number,
    reference: `${repository}#${row.number}`,
    title: row.title,
    url: `${webUrl}/${repository}/pull/${row.number}`,
    isPublic: place.repository.visibility === "public",
  };
}

const issuesAmong = (cases: readonly CaseRow[]) =>
  cases.flatMap(({ id, repository_id, number }) =>
    repository_id === null || number === null ? [] : [{ id, repositoryId: repository_id, number }],
  );

async function askForComment(
  tx: Tx,
  { gathered, decision, effects }: Told,
  issue: { id: number; repositoryId: number; number: number },
): Promise<void> {
  const repository = await repositoryById(tx, issue.repositoryId);
  if (repository === undefined || repository.installation_id === null || repository.visibility === "public") return;
  effects.push({
    key: `case-comment:${issue.id}`,
    installationId: repository.installation_id,
    lane: `${issue.repositoryId}#${issue.number}`,
    effect: {
      kind: "case-comment",
      caseId: issue.id,
      repositoryId: repositoryId(issue.repositoryId),
      number: issue.number,
    },
    because: decision.because,
    runAfter: gathered.situation.now + COMMENT_WAITS_MILLIS,
    rank: LAST_RANK,
  });
}

async function tellLink(
  tx: Tx,
  told: Told,
  link: { readonly case: CaseRow; readonly madeAt: number; readonly madeBy: string },
): Promise<void> {
  const { situation } = told.gathered;
  if (!isFresh(link.madeAt, situation.now)) return;
  const telling = { key: "linked", at: link.madeAt };
  await tellCustomer(tx, told, { row: link.case, telling, event: { kind: "linked" } });
  tellOutside(told, { row: link.case, telling, type: "case.linked", details: { by: link.madeBy } });
}

async function tellWorkaround(tx: Tx, told: Told, row: CaseRow): Promise<void> {
  const { workaround } = row;
  if (workaround === null || workaround.toLowerCase() === "none") return;
  const at = wordStampedAt(row.stamps, "workaround") ?? row.created_at;
  if (!isFresh(at, told.gathered.situation.now)) return;
  const event = { kind: "workaround-known", workaround } as const;
  // Of the case, not of each of its patches.
  const telling = { key: `workaround:${row.id}:${at}`, at };
  await tellCustomer(tx, told, { row, telling, event, isOfCase: true });
}

async function tellCase(
  tx: Tx,
  told: Told,
  asked: { readonly case: CaseRow; readonly madeAt: number; readonly telling: Telling },
): Promise<void> {
  const { row: patch, situation, place } = told.gathered;
  const { telling, case: row } = asked;
  const customer = row.customer_id === null ? null : await customerById(tx, ownerId(patch.owner_id), row.customer_id);
  const note = await noteOf(tx, told, { telling, customer });
  tellOutside(told, { row, telling, ...detailsOf(note, place.policy.calendar.timezone) });
  await tellCustomer(tx, told, { row, telling, event: customerEventOf(note, place.policy.calendar.timezone) });
  // Whoever links a patch that has ended knows it, and the kept comment shows it.
  if (asked.madeAt > telling.at) return;
  const found = await caseRoomOf(tx, row);
  if (found.kind === "none") return;
  const { room } = found;
  const { language, timezone } = room;
  told.effects.push({
    key: `case-note:${row.id}:${patch.id}:${telling.key}`,
    installationId: room.installationId,
    lane: `${room.repositoryId}#${room.number}`,
    effect: {
      kind: "case-note",
      caseId: row.id,
      repositoryId: repositoryId(room.repositoryId),
      number: room.number,
      patchId: storedPatchId(patch.id),
      end: telling.kind === "decided" ? telling.decided.kind : null,
      markdown: renderPublic(caseNoteText({ language, timezone, pull: told.pull, note }), "full"),
    },
    because: told.decision.because,
    runAfter: situation.now,
    rank: told.decision.gravity,
  });
}

async function noteOf(
  tx: Tx,
  { gathered, pull }: Told,
  { telling, customer }: { telling: Telling; customer: Customer | null },
): Promise<CaseNote> {
  const { row, situation } = gathered;
  if (telling.kind === "reopened") return { kind: "reopened", at: telling.at, by: telling.by };
  if (telling.kind === "put-off") {
    const { at, by, untilAt, reason } = telling;
    return { kind: "put-off", at, by, untilAt, reason };
  }
  if (telling.kind === "shipped") {
    const consultant = customer?.consultant?.github ?? null;
    return {
      kind: "shipped",
      at: telling.at,
      tag: telling.tag,
      name: await releaseName(tx, row.repository_id, telling.tag),
      url: telling.url,
      author: row.author_login,
      consultant: consultant?.toLowerCase() === row.author_login.toLowerCase() ? null : consultant,
    };
  }
  const { decided } = telling;
  const anchor = wordsAnchor(situation.facts, situation.sides, decided);
  const done = { by: decided.by, at: decided.at, wordsUrl: anchor === null ? null : `${pull.url}${anchor}` };
  switch (decided.kind) {
    case "landed":
      return { kind: "landed", ...done, with: decided.pull ?? decided.sha?.slice(0, 12) ?? null };
    case "superseded":
      return { kind: "superseded", ...done, pull: decided.pull };
    case "merged":
    case "declined":
      return { kind: decided.kind, ...done };
  }
}

function customerEventOf(note: CaseNote, timezone: string): CustomerEventBody {
  switch (note.kind) {
    case "reopened":
      return { kind: "reopened" };
    case "put-off":
      return { kind: "put-off", until: localDate(timezone, note.untilAt) };
    case "shipped":
      return { kind: "shipped", tag: note.tag, name: note.name, url: note.url };
    default:
      return { kind: "decided", decision: note.kind };
  }
}

type About = { readonly row: CaseRow; readonly telling: { readonly key: string; readonly at: number } };

async function tellCustomer(
  tx: Tx,
  { gathered, pull }: Told,
  { row, telling, event, isOfCase }: About & { readonly event: CustomerEventBody; readonly isOfCase?: true },
): Promise<void> {
  const { row: patch, situation } = gathered;
  if (row.customer_id === null || situation.mode !== "act") return;
  const { reference: _reference, ...shown } = pull;
  await addCustomerEvent(tx, {
    key: isOfCase ? telling.key : `${event.kind}:${row.id}:${patch.id}:${telling.key}`,
    ownerId: patch.owner_id,
    customerId: row.customer_id,
    at: telling.at,
    case: { id: row.id, reference: row.reference, title: row.title },
    patchId: isOfCase ? null : patch.id,
    pull: isOfCase ? null : shown,
    event,
  });
}

/** Cases of a help desk are told by an event; those that are issues are told on the issue. */
function tellOutside(
  { gathered, decision, notices, pull }: Told,
  {
    row,
    telling,
    type,
    details,
  }: About & { readonly type: CaseEventType; readonly details: Readonly<Record<string, unknown>> },
): void {
  const { row: patch, situation } = gathered;
  if (row.repository_id !== null || situation.mode !== "act") return;
  notices.push(
    caseEvent({
      row,
      type,
      key: `${patch.id}:${telling.key}`,
      at: telling.at,
      because: decision.because,
      now: situation.now,
      patch: { id: patch.id, repository: pull.repository, number: pull.number, title: pull.title, url: pull.url },
      details,
    }),
  );
}
