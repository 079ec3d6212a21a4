// What the account owner answered: put it before the deciders, wait, or do not. Apart from the ladder, because a person's press comes at any
// time and the ladder only follows it.
import type { EscalationAnswer } from "../choices/answer.ts";
import type { Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import type { NewNotice } from "../notify/notice.ts";
import { enqueueNotices } from "../notify/store.ts";
import { addFacts, makeDue } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { prepareAnswer } from "./prepare-answer.ts";
import { addStep, type EscalationRow, escalationById, keepOwnersAnswer, noteStepOutcome, stepsOf } from "./store.ts";

export type AnswerOutcome =
  | { readonly kind: "done" }
  /** Somebody has answered before. */
  | { readonly kind: "already"; readonly by: string; readonly at: number; readonly answer: EscalationAnswer["kind"] }
  /** It is not the account owner's to answer any more. `because` is English, for logs; pages have words of their own. */
  | { readonly kind: "over"; readonly because: "ended" | "before-the-deciders" | "rests" | "unknown" };

export type Answering = {
  readonly escalationId: number;
  readonly answer: EscalationAnswer;
  readonly by: { readonly key: string; readonly name: string };
  readonly at: number;
  /** What belongs into the same transaction where it was done: marking the link as answered. */
  readonly alongside: (tx: Tx) => Promise<void>;
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
  const earlier = await answeredBefore(tx, row);
  if (earlier !== null) return earlier;
  if (row.ended_at !== null) return { kind: "over", because: "ended" };
  if (row.state === "deciders") return { kind: "over", because: "before-the-deciders" };
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
  } else {
    const state = answer.kind === "wait" ? "owner-waits" : "owner-refused";
    const waitUntilAt = answer.kind === "wait" ? answer.untilAt : null;
    if (!(await keepOwnersAnswer(tx, escalationId, { state, waitUntilAt, now: at })))
      return { kind: "over", because: "before-the-deciders" };
  }
  await noteStepOutcome(tx, escalationId, `answered by ${by.name}: ${answer.kind}`, at);
  await addStep(tx, {
    key: answerKey(row),
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

/** Each time that the account owner is asked can be answered once, whoever was asked. */
const answerKey = (row: EscalationRow): string => `answer:${row.id}:${row.state_at}`;

async function answeredBefore(tx: Tx, row: EscalationRow): Promise<AnswerOutcome | null> {
  const steps = (await stepsOf(tx, row.patch_id)).filter((step) => step.escalation_id === row.id);
  const last = steps.findLast((step) => step.kind !== "pause" && step.kind !== "resume");
  const kind = /^answer-(deciders|wait|no)$/.exec(last?.kind ?? "")?.[1];
  if (last === undefined || kind === undefined) return null;
  const [by] = JSON.parse(last.addressees) as readonly { readonly name: string }[];
  return { kind: "already", by: by?.name ?? "", at: last.at, answer: kind as EscalationAnswer["kind"] };
}
