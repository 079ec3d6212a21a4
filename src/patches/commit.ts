// Keeps a decision: the standing where the patch is still as it was read, its because, and what is to be done as rows of the outbox,
// all in one transaction or not at all.
import { tellCases } from "../cases/tell.ts";
import { keepClosedQuestion, type PreparedQuestion } from "../choices/closed-question.ts";
import type { Database, Tx } from "../db/database.ts";
import type { Effect, NewEffect } from "../effects/effect.ts";
import { disclosureOf, renderPublic } from "../effects/public-text.ts";
import { enqueue } from "../effects/store.ts";
import { keepMove, unsayWhileObserving } from "../escalations/keep.ts";
import type { PreparedMove } from "../escalations/prepare.ts";
import { repositoryId, storedPatchId } from "../github/refs.ts";
import { type Calendar, dayMillis, nextWorkingMoment } from "../policy/calendar.ts";
import { labelDefinitions } from "../policy/policy.ts";
import { reminderText } from "../reminders/messages.ts";
import { keepTelling, type PreparedTelling } from "../silences/prepare.ts";
import { type Decision, reasonBehind } from "./decide.ts";
import { keepBecause, keepPatchCustomers } from "./decision-store.ts";
import type { Gathered } from "./gather.ts";
import { takePlaces } from "./limit-store.ts";
import { authorTurnText } from "./messages.ts";
import { addresseesOf, type Step } from "./next-step.ts";
import { becauseOf } from "./reasons.ts";
import { addReminder } from "./reminder-store.ts";
import { isUnderContract } from "./shown.ts";
import { type Addressee, addresseeKey, confirmedOpen, gravestSeverity } from "./situation.ts";
import { workedSince } from "./standing.ts";
import { saveDecision } from "./store.ts";
import type { NextStored, StoredStanding } from "./stored-standing.ts";
import { moveOver } from "./supersede.ts";
import { timesOf } from "./times.ts";
import { keepTimes } from "./times-store.ts";

/** `again`: the patch changed meanwhile, or a limit's last place was taken; it has to be decided anew. */
export type Committed = "saved" | "again";

class Stale extends Error {}

export type ToCommit = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  /** What the ladder's move sends, where it moves. */
  readonly move: PreparedMove | null;
  /** What is told privately of a silence. */
  readonly telling: PreparedTelling;
  /** What a closing meant, where that is asked now. */
  readonly question: PreparedQuestion | null;
};

export async function commitDecision(database: Database, decided: ToCommit): Promise<Committed> {
  try {
    await database.transaction(async (tx) => {
      await keep(tx, decided);
    });
    return "saved";
  } catch (error) {
    if (error instanceof Stale) return "again";
    throw error;
  }
}

async function keep(tx: Tx, { gathered, decision, move, telling, question }: ToCommit): Promise<void> {
  const { row, place, situation } = gathered;
  const { now } = situation;
  const isSaved = await saveDecision(tx, row, {
    standing: toStored(gathered, decision),
    isTracked: decision.isTracked,
    gravity: decision.gravity,
    wantedLabels: decision.wantedLabels,
    // No effect comes back to say that the author's side has been told: what follows is decided at once.
    dueAt: telling.isAuthorTold ? now : decision.dueAt,
    escalation: escalationOf(gathered, decision),
    now,
  });
  if (!isSaved) throw new Stale();
  await keepPatchCustomers(
    tx,
    row,
    gathered.customers.map((customer) => customer.id),
  );
  await keepBecause(tx, {
    patchId: row.id,
    ownerId: row.owner_id,
    at: now,
    kind: decision.step.kind,
    because: decision.because,
    data: JSON.stringify({
      turn: decision.standing.turn,
      mode: situation.mode,
      labels: decision.wantedLabels,
      reason: reasonBehind(decision),
    }),
  });
  await keepTelling(tx, telling, now);
  await keepClosedQuestion(tx, gathered, question);
  await moveOver(tx, gathered);
  await unsayWhileObserving(tx, gathered);
  await keepPatchTimes(tx, gathered, decision);
  if (place.installationId === null || !place.isUsable) return;
  await tellCases(tx, { gathered, decision });
  const effects: NewEffect[] = [];
  const add = (key: string, effect: Effect) =>
    effects.push({
      key,
      installationId: place.installationId ?? 0,
      lane: row.id,
      effect,
      because: decision.because,
      runAfter: now,
      rank: decision.gravity,
    });
  if (decision.areLabelsDue) add(`labels:${row.id}`, { kind: "labels", patchId: storedPatchId(row.id) });
  if (decision.step.kind === "remind") await addRemind(tx, { gathered, decision, step: decision.step, add });
  if (decision.step.kind === "tell-author" && !telling.isAuthorTold)
    await addAuthorTurn(tx, { gathered, decision, add });
  if (move !== null) effects.push(...(await keepMove(tx, { gathered, decision, move })));
  await enqueue(tx, effects, now);
}

/** An escalation stays due from when it first fell due until the maintainers answer or it is nobody's to decide any more. */
function escalationOf({ row, situation }: Gathered, decision: Decision): { at: number; because: string } | null {
  if (decision.escalationDue === null || situation.mode !== "act") return null;
  return {
    at: row.escalation_due_at ?? situation.now,
    because: row.escalation_because ?? becauseOf(decision.escalationDue),
  };
}

/** What is kept of a standing for those who ask later: without the stretches, which follow from the facts. */
function toStored({ place, situation }: Gathered, decision: Decision): StoredStanding {
  const { standing, step, waitsForUs } = decision;
  return {
    turn: standing.turn,
    sinceAt: standing.sinceAt,
    because: standing.because,
    clockMillis: standing.clockMillis,
    heldMillis: standing.heldMillis,
    round: standing.round,
    step: { kind: step.kind, because: step.because },
    next: nextOf(decision, situation.officeHours),
    waitsForUs,
    // Whom it waits for, so that their digests need not find that out for every patch.
    asked: standing.turn === "maintainer" ? addresseesOf(situation).map(addresseeKey) : [],
    mode: situation.mode,
    labelsHash: place.labelsHash,
  };
}

/** What the ladder waits for goes before what the pull request itself waits for: by then its reminders have been sent. */
function nextOf({ step, ladder }: Decision, officeHours: Calendar): NextStored {
  if (ladder.kind === "wait") return { at: ladder.untilAt, because: ladder.because };
  if (ladder.kind === "step") return { at: ladder.step.answerByAt, because: ladder.step.because };
  if (step.kind !== "wait" || step.untilAt === null) return { at: null, because: step.because };
  // What is due when the day ends is said on the next one.
  return { at: nextWorkingMoment(officeHours, step.untilAt), because: step.because };
}

/** How long it took so far, of a patch that we follow or that a case is linked to. */
async function keepPatchTimes(tx: Tx, { row, situation }: Gathered, decision: Decision): Promise<void> {
  const { facts, sides, clock, now, cases } = situation;
  const times = timesOf(facts, sides, { calendar: clock, now });
  const isFollowed = decision.isTracked || cases.some((each) => each.link === "confirmed");
  if (times !== null) await keepTimes(tx, times, { patch: row, calendar: clock, isFollowed, now });
}

type Adding = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly add: (key: string, effect: Effect) => void;
};

async function addRemind(tx: Tx, adding: Adding & { readonly step: Extract<Step, { kind: "remind" }> }): Promise<void> {
  const { gathered, decision, step, add } = adding;
  const { row, place, situation } = gathered;
  const { policy } = place;
  const round = decision.standing.round;
  const key = `reminder:${row.id}:${round}:${step.n}`;
  const addressees = [
    ...step.mention.map((each) => ({ kind: each.kind, key: addresseeKey(each), isMentioned: true })),
    ...step.named.map((each) => ({ kind: each.kind, key: addresseeKey(each), isMentioned: false })),
  ];
  if (situation.mode === "act") {
    const people = [...step.mention, ...step.named];
    if (!(await takePlaces(tx, place, { by: key, addressees: people, now: situation.now }))) throw new Stale();
  }
  await addReminder(tx, { patchId: row.id, round, n: step.n, at: situation.now, addressees, state: "waiting" });
  const severity = gravestSeverity(situation.cases);
  const isSeverityShown =
    severity !== null && labelDefinitions(policy).some((each) => each.key === `severity:${severity}`);
  const text = reminderText({
    language: policy.language,
    addressees: { mention: step.mention, named: step.named },
    waiting: { millis: decision.standing.clockMillis, dayMillis: dayMillis(situation.clock) },
    isUnderContract: isUnderContract(situation),
    severity: isSeverityShown ? severity : null,
    references: confirmedOpen(situation.cases).map((each) => each.reference),
    because: step.because,
    timezone: policy.calendar.timezone,
  });
  add(key, {
    kind: "reminder",
    patchId: storedPatchId(row.id),
    round,
    n: step.n,
    markdown: renderPublic(text, policy.disclosure),
    disclosure: disclosureOf(text, policy.disclosure),
  });
  for (const earlier of situation.reminders) {
    if (earlier.state !== "sent" || earlier.commentNodeId === null) continue;
    add(`fold:${earlier.commentNodeId}`, {
      kind: "fold",
      repositoryId: repositoryId(row.repository_id),
      commentNodeId: earlier.commentNodeId,
      patchId: storedPatchId(row.id),
    });
  }
}

async function addAuthorTurn(tx: Tx, { gathered, decision, add }: Adding): Promise<void> {
  const { row, place, situation } = gathered;
  const { policy } = place;
  const { standing } = decision;
  const key = `author-turn:${row.id}:${standing.sinceAt}`;
  if (situation.mode === "act" && !(await takePlaces(tx, place, { by: key, addressees: [], now: situation.now })))
    throw new Stale();
  const author: Addressee = { kind: "person", id: row.author_id, login: row.author_login };
  // Mentioned once a patch, and never against their wish.
  const isMentioned = row.author_is_bot === 0 && !situation.isAuthorQuiet && situation.authorToldAt.size === 0;
  const text = authorTurnText({
    language: policy.language,
    timezone: policy.calendar.timezone,
    addressees: isMentioned
      ? { mention: [author], named: [] }
      : { mention: [], named: row.author_is_bot === 1 ? [] : [author] },
    waiting: {
      millis: workedSince(standing.stretches, "author", { fromAt: standing.sinceAt, calendar: situation.clock }),
      dayMillis: dayMillis(situation.clock),
    },
    sinceAt: standing.sinceAt,
    asked: standing.because,
    because: decision.step.because,
  });
  add(key, {
    kind: "author-turn",
    patchId: storedPatchId(row.id),
    turnSince: standing.sinceAt,
    markdown: renderPublic(text, policy.disclosure),
    disclosure: disclosureOf(text, policy.disclosure),
  });
}
