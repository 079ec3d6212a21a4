// Escalations and their steps in SQL. Apart, because the ladder's moves, people's answers and those who ask later all go through here.
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import type { Dossier } from "./dossier.ts";
import type { EscalationState, OpenEscalation, Opening, PauseReason } from "./escalation.ts";
import { requestOf, requestsOn } from "./requests-store.ts";

export type EscalationRow = Selectable<Schema["escalations"]>;
export type EscalationStepRow = Selectable<Schema["escalation_steps"]>;

const texts = z.array(z.string());

/** The escalation that is open on a patch, with the keys of all requests that were ever followed there. */
export async function escalationOf(
  db: Db,
  patch: string,
): Promise<{
  readonly open: OpenEscalation | null;
  readonly followedRequests: ReadonlySet<string>;
  readonly mentioned: ReadonlySet<string>;
}> {
  const row = await db
    .selectFrom("escalations")
    .selectAll()
    .where("patch_id", "=", patch)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  const steps = await db
    .selectFrom("escalation_steps")
    .select(["escalation_id", "cause_key"])
    .where("patch_id", "=", patch)
    .execute();
  const followed = new Set(steps.flatMap((step) => step.cause_key ?? []));
  const requests = steps.length === 0 ? [] : await requestsOn(db, patch);
  const mentioned = new Set(requests.filter(({ isDone }) => isDone).flatMap((each) => each.mentioned));
  if (row === undefined) return { open: null, followedRequests: followed, mentioned };
  const counts = {
    stepCount: steps.filter((step) => step.escalation_id === row.id).length,
    request: requestOf(requests.filter(({ escalationId }) => escalationId === row.id)),
  };
  return { open: toOpen(row, counts), followedRequests: followed, mentioned };
}

function toOpen(row: EscalationRow, counts: Pick<OpenEscalation, "stepCount" | "request">): OpenEscalation | null {
  if (row.state === "ended") return null;
  return {
    id: row.id,
    openedAt: row.opened_at,
    cause: row.cause,
    askedBy: row.asked_by,
    reason: row.reason,
    isAnyway: row.is_anyway === 1,
    missing: texts.parse(JSON.parse(row.missing)),
    severity: row.severity,
    state: row.state,
    stateAt: row.state_at,
    round: row.round,
    waitUntilAt: row.wait_until,
    decideByAt: row.decide_by,
    timesAsked: row.times_asked,
    pausedBecause: row.paused_because,
    ...counts,
  };
}

export async function escalationById(db: Db, id: number): Promise<EscalationRow | undefined> {
  return db.selectFrom("escalations").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Opens one. Another decider that did so meanwhile has changed the patch's version, so that this one is rolled back. */
export async function openEscalation(
  tx: Tx,
  opened: {
    readonly ownerId: number;
    readonly patchId: string;
    readonly opening: Opening;
    readonly severity: EscalationRow["severity"];
    readonly state: EscalationState;
    readonly round: string;
    readonly because: string;
    readonly now: number;
  },
): Promise<number> {
  const { opening, now } = opened;
  const row = await tx
    .insertInto("escalations")
    .values({
      owner_id: opened.ownerId,
      patch_id: opened.patchId,
      opened_at: now,
      cause: opening.cause,
      because: opened.because,
      asked_by: opening.askedBy,
      reason: opening.reason,
      is_anyway: opening.isAnyway ? 1 : 0,
      missing: JSON.stringify(opening.missing),
      severity: opened.severity,
      state: opened.state,
      state_at: now,
      round: opened.round,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Where it stands from now on; whatever paused it is over. */
export async function moveEscalation(
  tx: Tx,
  id: number,
  to: {
    readonly state: EscalationState;
    readonly round: string;
    readonly severity: EscalationRow["severity"];
    readonly decideByAt: number | null;
    readonly timesAsked: number;
    readonly waitUntilAt: number | null;
    /** Somebody insisted although a decision lacks something. */
    readonly anyway: Opening | null;
    readonly now: number;
  },
): Promise<void> {
  const { anyway } = to;
  await tx
    .updateTable("escalations")
    .set({
      ...(anyway !== null && {
        is_anyway: 1,
        missing: JSON.stringify(anyway.missing),
        asked_by: anyway.askedBy,
        reason: anyway.reason,
      }),
      state: to.state,
      state_at: to.now,
      round: to.round,
      severity: to.severity,
      decide_by: to.decideByAt,
      times_asked: to.timesAsked,
      wait_until: to.waitUntilAt,
      paused_at: null,
      paused_because: null,
    })
    .where("id", "=", id)
    .execute();
}

export async function pauseEscalation(
  tx: Tx,
  id: number,
  paused: { readonly why: PauseReason; readonly round: string; readonly now: number },
): Promise<void> {
  await tx
    .updateTable("escalations")
    .set({ paused_at: paused.now, paused_because: paused.why, round: paused.round })
    .where("id", "=", id)
    .execute();
}

/** What held it is over, and it stands where it stood. */
export async function resumeEscalation(tx: Tx, id: number, round: string): Promise<void> {
  await tx
    .updateTable("escalations")
    .set({ paused_at: null, paused_because: null, round })
    .where("id", "=", id)
    .execute();
}

export async function endEscalation(tx: Tx, id: number, outcome: string, now: number): Promise<void> {
  await tx.updateTable("escalations").set({ state: "ended", ended_at: now, outcome }).where("id", "=", id).execute();
  await noteStepOutcome(tx, id, outcome, now);
}

/** What the account owner answered, where the escalation still waits for it. False where it moved on meanwhile. */
export async function keepOwnersAnswer(
  tx: Tx,
  id: number,
  answer: {
    /** Null: it stays as it is, since others were asked who may still say otherwise. */
    readonly state: "owner-waits" | "owner-refused" | null;
    readonly waitUntilAt: number | null;
    readonly now: number;
  },
): Promise<boolean> {
  const result = await tx
    .updateTable("escalations")
    .set({
      ...(answer.state !== null && { state: answer.state, state_at: answer.now }),
      wait_until: answer.waitUntilAt,
    })
    .where("id", "=", id)
    .where("state", "in", ["support", "owner", "owner-again", "owner-silent"])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** What came of the newest step. */
export async function noteStepOutcome(tx: Tx, escalationId: number, outcome: string, now: number): Promise<void> {
  const last = await tx
    .selectFrom("escalation_steps")
    .select("id")
    .where("escalation_id", "=", escalationId)
    .where("outcome", "is", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  await tx.updateTable("escalation_steps").set({ outcome, outcome_at: now }).where("id", "=", last.id).execute();
}

/** What came of asking the account owners: whatever each of them says. */
export async function noteAnswer(
  tx: Tx,
  escalationId: number,
  answer: { readonly outcome: string; readonly now: number },
): Promise<void> {
  const last = await tx
    .selectFrom("escalation_steps")
    .select(["id", "outcome"])
    .where("escalation_id", "=", escalationId)
    .where("kind", "in", ["ask-owner", "ask-owner-again"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  const outcome = last.outcome === null ? answer.outcome : `${last.outcome}; ${answer.outcome}`;
  await tx.updateTable("escalation_steps").set({ outcome, outcome_at: answer.now }).where("id", "=", last.id).execute();
}

export type NewStep = {
  readonly key: string;
  readonly escalationId: number;
  readonly patchId: string;
  readonly kind: string;
  readonly addressees: readonly unknown[];
  readonly because: string;
  readonly causeKey: string | null;
  readonly dossier: unknown;
  readonly headSha: string | null;
  readonly now: number;
};

export async function addStep(tx: Tx, step: NewStep): Promise<void> {
  await tx
    .insertInto("escalation_steps")
    .values((eb) => ({
      key: step.key,
      owner_id: eb.selectFrom("escalations").select("owner_id").where("id", "=", step.escalationId),
      escalation_id: step.escalationId,
      patch_id: step.patchId,
      at: step.now,
      kind: step.kind,
      addressees: JSON.stringify(step.addressees),
      because: step.because,
      cause_key: step.causeKey,
      dossier: step.dossier === null ? null : JSON.stringify(step.dossier),
      head_sha: step.headSha,
    }))
    .execute();
}

/** Every step of a patch's escalations, oldest first. */
export async function stepsOf(db: Db, patch: string): Promise<readonly EscalationStepRow[]> {
  return db.selectFrom("escalation_steps").selectAll().where("patch_id", "=", patch).orderBy("id").execute();
}

/** The dossier of a step as it was frozen. */
export async function dossierOf(db: Db, stepKey: string): Promise<Dossier | null> {
  const step = await db.selectFrom("escalation_steps").select("dossier").where("key", "=", stepKey).executeTakeFirst();
  return step === undefined || step.dossier === null ? null : (JSON.parse(step.dossier) as Dossier);
}

/** The dossier of a step as it was frozen; null where its escalation is settled or rests. */
export async function openDossierOf(db: Db, stepKey: string): Promise<Dossier | null> {
  const step = await db
    .selectFrom("escalation_steps as s")
    .innerJoin("escalations as e", "e.id", "s.escalation_id")
    .select("s.dossier")
    .where("s.key", "=", stepKey)
    .where("e.state", "=", "deciders")
    .where("e.paused_at", "is", null)
    .executeTakeFirst();
  return step === undefined || step.dossier === null ? null : (JSON.parse(step.dossier) as Dossier);
}
