// What the account owner answered: put it before the deciders, wait, or do not. Apart from the ladder, because a person's press comes at any
// time and the ladder only follows it.
import type { EscalationAnswer } from "../choices/answer.ts";
import type { Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import type { NewNotice } from "../notify/notice.ts";
import { enqueueNotices } from "../notify/store.ts";
import { addFacts, makeDue } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { answersTo, type OwnersAnswers, sideOf } from "./answers.ts";
import { prepareAnswer } from "./prepare-answer.ts";
import { addStep, type EscalationRow, escalationById, keepOwnersAnswer, noteAnswer, stepsOf } from "./store.ts";

export type AnswerOutcome =
  | { readonly kind: "done" }
  /** Somebody has answered before. */
  | { readonly kind: "already"; readonly by: string; readonly at: number; readonly answer: EscalationAnswer["kind"] }
  /** It is not the account owner's to answer any more. `because` is English, for logs; pages have words of their own. */
  | { readonly kind: "over"; readonly because: "ended" | "before-the-deciders" | "rests" | "unknown" };

export type Answering = {
  readonly escalationId: number;
  readonly answer: EscalationAnswer;
  /** `customerId`: whose side they answer for; null where the team was asked. */
  readonly by: { readonly key: string; readonly name: string; readonly customerId: string | null };
  readonly at: number;
  /** What belongs into the same transaction where it was done: marking the link as answered. */
  readonly alongside: (tx: Tx) => Promise<void>;
};

/** How an answer reads in the record. */
const ANSWERED: Readonly<Record<EscalationAnswer["kind"], string>> = {
  deciders: "put it before those who decide",
  wait: "wait until a date",
  no: "no",
};

/** Follows an answer once. A no or a wait goes back, with its reason, to whoever made the link. */
export async function answerEscalation(wiring: Wiring, answering: Answering): Promise<AnswerOutcome> {
  const { database } = wiring;
  const row = await escalationById(database.db, answering.escalationId);
  if (row === undefined) return { kind: "over", because: "unknown" };
  const notices = await prepareAnswer(wiring, row, answering);
  const outcome = await database.transaction(async (tx): Promise<AnswerOutcome> => {
    const done = await follow(tx, answering, notices);
    if (done.kind === "done") await answering.alongside(tx);
    return done;
  });
  if (outcome.kind !== "done") return outcome;
  database.hint("patches");
  database.hint("notices");
  return outcome;
}

async function follow(tx: Tx, answering: Answering, notices: readonly NewNotice[]): Promise<AnswerOutcome> {
  const { escalationId, answer, by, at } = answering;
  const known = await escalationById(tx, escalationId);
  if (known === undefined) return { kind: "over", because: "unknown" };
  // First, since it makes whoever else answers or decides at this moment wait: what is read after it is what they left.
  await makeDue(tx, [known.patch_id], at);
  const row = (await escalationById(tx, escalationId)) ?? known;
  const steps = (await stepsOf(tx, row.patch_id)).filter((step) => step.escalation_id === row.id);
  const answers = answersTo(steps);
  const earlier = answers.given.get(sideOf(by.customerId));
  if (earlier !== undefined) return { kind: "already", by: earlier.by, at: earlier.at, answer: earlier.kind };
  if (row.ended_at !== null) return { kind: "over", because: "ended" };
  const isYes = [...answers.given.values()].some(({ kind }) => kind === "deciders");
  if (row.state === "deciders" || isYes) return { kind: "over", because: "before-the-deciders" };
  // Somebody has answered or taken it in hand: should silence follow, the account owner is asked anew.
  if (row.paused_at !== null) return { kind: "over", because: "rests" };
  if (answer.kind === "deciders") {
    // A fact like a command's, so that the ladder follows both in the same way.
    await addFacts(tx, storedPatchId(row.patch_id), [
      {
        kind: "escalation-asked",
        isAnyway: false,
        reason: null,
        as: "account-owner",
        key: `answer:${escalationId}:${row.state_at}`,
        at,
        actor: null,
      },
    ]);
  } else if (!(await keepNotYet(tx, { row, answering, answer, answers })))
    return { kind: "over", because: "before-the-deciders" };
  await noteAnswer(tx, escalationId, { outcome: `answered by ${by.name}: ${ANSWERED[answer.kind]}`, now: at });
  await addStep(tx, {
    key: `answer:${row.id}:${row.state_at}:${sideOf(by.customerId)}`,
    escalationId,
    patchId: row.patch_id,
    kind: `answer-${answer.kind}`,
    addressees: [by],
    because: answer.kind === "deciders" ? "the account owner puts it before those who decide" : answer.reason,
    causeKey: null,
    dossier: null,
    headSha: null,
    now: at,
  });
  await enqueueNotices(tx, notices, at);
  return { kind: "done" };
}

type NotYet = {
  readonly row: EscalationRow;
  readonly answering: Answering;
  readonly answer: Exclude<EscalationAnswer, { kind: "deciders" }>;
  readonly answers: OwnersAnswers;
};

/** A no or a wait holds once every customer's side has answered: one of them may still say yes. False where it moved on meanwhile. */
async function keepNotYet(tx: Tx, { row, answering, answer, answers }: NotYet): Promise<boolean> {
  const { by, at } = answering;
  const waits = [row.wait_until, answer.kind === "wait" ? answer.untilAt : null].filter((until) => until !== null);
  const waitUntilAt = waits.length === 0 ? null : Math.min(...waits);
  const isAnybodyLeft = [...answers.asked].some((side) => side !== sideOf(by.customerId) && !answers.given.has(side));
  const state = isAnybodyLeft ? null : waitUntilAt === null ? "owner-refused" : "owner-waits";
  return keepOwnersAnswer(tx, row.id, { state, waitUntilAt, now: at });
}
