// Keeps a move of the ladder in the transaction of its decision: where the escalation stands, the step as it was taken, what is told
// privately, and the one request on the pull request.
import { keepChoice } from "../choices/choice.ts";
import type { Tx } from "../db/database.ts";
import type { NewEffect } from "../effects/effect.ts";
import { storedPatchId } from "../github/refs.ts";
import { enqueueNotices, withdrawNotices, withdrawUntold } from "../notify/store.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { takeDeciderPlace } from "../patches/limit-store.ts";
import { insideBecauseOf } from "../patches/reasons.ts";
import { gravestSeverity } from "../patches/situation.ts";
import { noteEscalated } from "../patches/times-store.ts";
import { type EscalationState, escalationKey, type LadderStep, type OpenEscalation } from "./escalation.ts";
import { listDecision } from "./listed-store.ts";
import type { PreparedMove, PreparedStep } from "./prepare.ts";
import { withdrawWaitingRequest } from "./requests-store.ts";
import {
  addStep,
  endEscalation,
  moveEscalation,
  noteStepOutcome,
  openEscalation,
  pauseEscalation,
  resumeEscalation,
} from "./store.ts";

type Keeping = { readonly gathered: Gathered; readonly decision: Decision; readonly move: PreparedMove };

/** What came of the step before, for whoever reads the record. */
const DONE_NEXT: Readonly<Record<LadderStep["kind"], string>> = {
  "ask-support": "support was asked",
  "ask-owner": "the account owner was asked",
  "ask-owner-again": "the account owner was asked once more",
  "tell-owner-silent": "consultant and support were told that nobody answers for the account",
  "ask-deciders": "those who decide were asked",
};

const STATES: Readonly<Record<LadderStep["kind"], EscalationState>> = {
  "ask-support": "support",
  "ask-owner": "owner",
  "ask-owner-again": "owner-again",
  "tell-owner-silent": "owner-silent",
  "ask-deciders": "deciders",
};

const QUESTIONS: readonly LadderStep["kind"][] = ["ask-support", "ask-owner", "ask-owner-again"];

/** Answers what is to be written on GitHub because of it. */
export async function keepMove(tx: Tx, { gathered, decision, move }: Keeping): Promise<readonly NewEffect[]> {
  const { row, situation } = gathered;
  const { now } = situation;
  const open = situation.escalation;
  switch (move.kind) {
    case "step":
      // A question that has not gone out yet is no longer theirs to answer.
      if (move.step.kind === "ask-deciders")
        await withdrawNotices(tx, { patchId: row.id, kinds: QUESTIONS, because: "it is before those who decide", now });
      await enqueueNotices(tx, move.notices, now);
      return keepStep(tx, { gathered, decision, move });
    case "pause": {
      if (open === null) return [];
      await tellRest(tx, { gathered, open, move });
      await noteStepOutcome(tx, open.id, move.because, now);
      await pauseEscalation(tx, open.id, { why: move.why, round: decision.standing.round, now });
      await addStep(tx, { ...bare(move.key, open.id, row.id), kind: "pause", because: move.because, now });
      return [];
    }
    case "resume":
      if (open === null) return [];
      await resumeEscalation(tx, open.id, decision.standing.round);
      await addStep(tx, { ...bare(move.key, open.id, row.id), kind: "resume", because: move.because, now });
      return [];
    case "end":
      if (open === null) return [];
      await tellRest(tx, { gathered, open, move });
      await endEscalation(tx, open.id, move.end, now);
      await addStep(tx, { ...bare(move.key, open.id, row.id), kind: "end", because: move.because, now });
      return [];
  }
}

/** What was asked and not sent yet is not asked any more; whoever would have heard nothing else hears nothing of its end. */
async function tellRest(
  tx: Tx,
  rest: {
    readonly gathered: Gathered;
    readonly open: OpenEscalation;
    readonly move: Exclude<PreparedMove, PreparedStep>;
  },
): Promise<void> {
  const { gathered, open, move } = rest;
  const { now } = gathered.situation;
  // What may have been a slip takes nothing back.
  if (move.kind === "resume" || (move.kind === "pause" && move.why === "closed")) return;
  const spared = await withdrawUntold(tx, {
    patchId: gathered.row.id,
    keyPrefix: `escalation:${escalationKey(gathered.row.id, open.openedAt)}:`,
    because: move.because,
    now,
  });
  await enqueueNotices(
    tx,
    move.notices.filter((each) => each.channel !== "person" || !spared.has(each.to.key)),
    now,
  );
}

/** While the policy only observes nobody is told anything, also not what was to be told before. */
export async function unsayWhileObserving(tx: Tx, { row, situation }: Gathered): Promise<void> {
  const { escalation, mode, now } = situation;
  if (mode === "act" || escalation === null) return;
  await withdrawUntold(tx, {
    patchId: row.id,
    keyPrefix: `escalation:${escalationKey(row.id, escalation.openedAt)}:`,
    because: "the policy does not say to act any more",
    now,
  });
}

const bare = (key: string, escalationId: number, patchId: string) => ({
  key,
  escalationId,
  patchId,
  addressees: [],
  causeKey: null,
  dossier: null,
  headSha: null,
});

async function keepStep(
  tx: Tx,
  { gathered, decision, move }: Keeping & { readonly move: PreparedStep },
): Promise<readonly NewEffect[]> {
  const { row, place, situation } = gathered;
  const { step } = move;
  const { now } = situation;
  const open = situation.escalation;
  const severity = gravestSeverity(situation.cases);
  const { round } = decision.standing;
  const state = STATES[step.kind];
  const id =
    open?.id ??
    (await openEscalation(tx, {
      ownerId: row.owner_id,
      patchId: row.id,
      opening: step.opening ?? { cause: "command", askedBy: null, reason: null, isAnyway: false, missing: [] },
      severity,
      state,
      round,
      because: decision.because,
      now,
    }));
  if (open !== null) await noteStepOutcome(tx, id, `${DONE_NEXT[step.kind]} next`, now);
  await moveEscalation(tx, id, {
    state,
    round,
    severity,
    decideByAt: step.kind === "ask-deciders" ? step.answerByAt : (open?.decideByAt ?? null),
    timesAsked: (open?.timesAsked ?? 0) + (step.kind === "ask-deciders" ? 1 : 0),
    // One account owner waits until then; another has not answered.
    waitUntilAt:
      step.kind === "ask-owner-again" || step.kind === "tell-owner-silent" ? (open?.waitUntilAt ?? null) : null,
    anyway: step.opening?.isAnyway === true ? step.opening : null,
    now,
  });
  await addStep(tx, {
    key: move.key,
    escalationId: id,
    patchId: row.id,
    kind: step.kind,
    addressees: move.addressees,
    because: insideBecauseOf(step.because),
    causeKey: step.causeKey,
    dossier: move.dossier,
    headSha: row.head_sha,
    now,
  });
  for (const { token, asked, language, expiresAt } of move.choices)
    await keepChoice(tx, token, {
      ownerId: row.owner_id,
      kind: "escalation",
      subject: String(id),
      asked,
      language,
      createdAt: now,
      expiresAt,
    });
  if (step.kind === "ask-deciders") await noteEscalated(tx, row.id, now);
  for (const each of move.deciders) {
    const asked = { recipient: each.to.key, by: move.key, now };
    // What is urgent takes its place, and goes out where there is none left as well.
    const hasPlace = await takeDeciderPlace(tx, place, asked);
    if (hasPlace || step.isUrgent) await enqueueNotices(tx, [each.notice], now);
    else
      await listDecision(tx, {
        ownerId: row.owner_id,
        to: each.to,
        patchId: row.id,
        stepKey: move.key,
        // By then everything that a busy day brings is in one list.
        dueAt: situation.limits.nextDayAt,
      });
  }
  if (move.request === null || place.installationId === null) return [];
  const because = "a decision is asked for by another date";
  if (!(await withdrawWaitingRequest(tx, { patchId: row.id, escalationId: id, because, now }))) return [];
  return [
    {
      key: `decision-request:${move.key}`,
      installationId: place.installationId,
      lane: row.id,
      because: decision.because,
      runAfter: now,
      rank: decision.gravity,
      effect: {
        kind: "decision-request",
        patchId: storedPatchId(row.id),
        escalationId: id,
        round,
        ...move.request,
      },
    },
  ];
}
