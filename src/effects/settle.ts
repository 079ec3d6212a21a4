// What an outcome changes, in one transaction: the effect's row, and what the product keeps about it. Apart from perform, which
// touches GitHub and never the tables.
import { keepCaseComment } from "../cases/comment-store.ts";
import type { Database, Tx } from "../db/database.ts";
import { keepLabelChange } from "../patches/label-store.ts";
import { freePlaces } from "../patches/limit-store.ts";
import { makeDue } from "../patches/store.ts";
import { type ClaimedEffect, delayEffect, finishEffect, freeClaim, moveEffect } from "./claims-store.ts";
import { attemptsOf, backoffMillis, type Outcome, type Result } from "./outcome.ts";
import { noteAnswered, parkInstallation } from "./pauses-store.ts";
import { completeReminder, endReminder, foldReminder } from "./reminder-store.ts";
import { type EffectRow, isComment } from "./row.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Keeps what came of a claimed effect. A fault that may pass becomes `failed` after many attempts; answers what was kept. */
export async function settle(
  database: Database,
  row: EffectRow,
  result: { readonly outcome: Outcome; readonly now: number },
): Promise<Outcome> {
  const outcome = givenUp(row, result.outcome);
  await database.transaction(async (tx) => {
    const { now } = result;
    switch (outcome.kind) {
      case "done":
        await noteAnswered(tx, row.installationId, now);
        await finishEffect(tx, row, { state: "done", outcome: JSON.stringify(outcome.outcome), at: now });
        return keepResult(tx, row, { result: outcome.outcome, now });
      case "withdrawn":
      case "observed":
      case "failed":
        await finishEffect(tx, row, { state: outcome.kind, outcome: JSON.stringify(outcome), at: now });
        return keepEnd(tx, row, { state: outcome.kind, now });
      case "later":
        return delayEffect(tx, row, { runAfter: outcome.at, attempts: row.attempts, because: outcome.because });
      case "again": {
        const attempts = row.attempts + 1;
        const wait = backoffMillis(attempts, { isComment: isComment(row.effect) });
        const runAfter = now + Math.max(wait, outcome.retryAfterMillis ?? 0);
        return delayEffect(tx, row, { runAfter, attempts, because: outcome.because });
      }
      case "parked":
        await parkInstallation(tx, {
          dialect: database.dialect,
          installationId: row.installationId,
          untilAt: outcome.untilAt,
          because: outcome.because,
          now,
        });
        return freeClaim(tx, row);
      case "moved":
        return moveEffect(tx, row, outcome.installationId);
      case "lost":
        return freeClaim(tx, row);
    }
  });
  return outcome;
}

/** Ends a claimed effect whose body cannot be read. */
export async function settleUnreadable(database: Database, claimed: ClaimedEffect, now: number): Promise<void> {
  const outcome = JSON.stringify({ kind: "failed", because: "its row cannot be read" });
  await database.transaction((tx) => finishEffect(tx, claimed, { state: "failed", outcome, at: now }));
}

function givenUp(row: EffectRow, outcome: Outcome): Outcome {
  if (outcome.kind !== "again" || row.attempts + 1 < attemptsOf(outcome)) return outcome;
  return { kind: "failed", because: `${attemptsOf(outcome)} attempts failed, the last with: ${outcome.because}` };
}

async function keepResult(tx: Tx, row: EffectRow, done: { result: Result; now: number }): Promise<void> {
  const { effect } = row;
  const { result, now } = done;
  switch (result.kind) {
    case "comment":
      if (effect.kind === "reminder") await completeReminder(tx, effect, { ...result, at: now });
      // The next step counts from what was said just now.
      if (effect.kind === "reminder" || effect.kind === "author-turn") await makeDue(tx, [effect.patchId], now);
      return;
    case "labels":
      if (effect.kind === "labels") await keepLabelChange(tx, { patchId: effect.patchId, ...result });
      return;
    case "case-comment":
      if (effect.kind === "case-comment") await keepCaseComment(tx, effect.caseId, { ...result, at: now });
      return;
    case "folded":
      return foldReminder(tx, result.commentNodeId);
    case "reaction":
    case "check-run":
      return;
  }
}

async function keepEnd(
  tx: Tx,
  row: EffectRow,
  end: { readonly state: "withdrawn" | "observed" | "failed"; readonly now: number },
): Promise<void> {
  const { effect } = row;
  // Those who decide hear of it privately all the same, so that the ladder does not wait for this comment.
  if (effect.kind !== "reminder" && effect.kind !== "author-turn") return;
  if (effect.kind === "reminder") await endReminder(tx, effect, end.state);
  // What was never said takes nothing of the day's and the week's limits.
  await freePlaces(tx, row.key);
  // While we only observe, the next step is counted from what would have been said just now.
  if (end.state === "observed") await makeDue(tx, [effect.patchId], end.now);
  // Decided anew, but not at once: were the decision to ask for the very same again, it would go round without end.
  if (end.state === "withdrawn") await makeDue(tx, [effect.patchId], end.now + MINUTE);
  if (end.state === "failed") await makeDue(tx, [effect.patchId], end.now + HOUR);
}
