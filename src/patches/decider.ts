// The engine that decides: claims due patches, gathers, looks at GitHub once for all that need it, decides, commits. Each owner's are decided
// apart, so that nobody waits while GitHub is slow to answer for somebody else.

import { prepareClosedQuestion } from "../choices/closed-question.ts";
import { putOffAfter } from "../effects/park.ts";
import { type PreparedMove, prepareMove } from "../escalations/prepare.ts";
import { isBeingRead } from "../github/backfill-store.ts";
import type { Reacting } from "../github/handled.ts";
import { type PreparedTelling, prepareTelling } from "../silences/prepare.ts";
import { createLanes, type Lane, type Loop } from "../work/lanes.ts";
import { commitDecision } from "./commit.ts";
import { type Decision, decide } from "./decide.ts";
import { type Gathered, gather } from "./gather.ts";
import { observePatches } from "./observe.ts";
import { type PatchPlace, placeOf } from "./place.ts";
import { claimDuePatches, factsOf, nextPatchDueAt, type PatchRow, releasePatch } from "./store.ts";

const BATCH = 100;
const POLL_MILLIS = 5000;
const RETRY_MILLIS = 60_000;
const SHORTEST_SLEEP_MILLIS = 50;

type Ready = { readonly gathered: Gathered; readonly decision: Decision };

/** The gravest first; of equals whoever fell due first, then the older one, so that two databases do the same. */
function byGravityAndTime(a: Ready, b: Ready): number {
  const dueAt = ({ gathered }: Ready) => gathered.row.due_at ?? 0;
  return (
    a.decision.gravity - b.decision.gravity || dueAt(a) - dueAt(b) || a.gathered.row.number - b.gathered.row.number
  );
}

/** The same decision with what would be said put off; labels and standing are kept at once. */
function postponed(decision: Decision, untilAt: number): Decision {
  const { step, ladder } = decision;
  const isSaying = step.kind === "remind" || step.kind === "tell-author";
  const isRising = ladder.kind === "step";
  if (!isSaying && !isRising) return decision;
  return {
    ...decision,
    ...(isSaying && { step: { kind: "wait", untilAt, what: step.kind, because: step.because } }),
    ...(isRising && { ladder: { kind: "wait", untilAt, because: ladder.step.because } }),
    dueAt: untilAt,
  };
}

const isLookedAtFirst = ({ step, ladder }: Decision): boolean =>
  step.kind === "observe-first" || ladder.kind === "look";

export function createDecider(parts: Reacting): Loop {
  const { database, log, now } = parts;
  async function claim({ busy }: { readonly busy: readonly number[] }): Promise<readonly Lane[]> {
    const rows = await claimDuePatches(database, now(), BATCH, busy);
    const byOwner = Map.groupBy(rows, (row) => row.owner_id);
    return [...byOwner].map(([id, patches]) => ({ id, work: () => decideBatch(patches) }));
  }

  async function decideBatch(rows: readonly PatchRow[]): Promise<void> {
    const places = new Map<number, PatchPlace | null>();
    const facts = await factsOf(
      database.db,
      rows.map((row) => row.id),
    );
    const fromAt = Math.min(...rows.map((row) => row.opened_at));
    const ready: Ready[] = [];
    for (const row of rows) {
      try {
        if (!places.has(row.repository_id)) {
          places.set(row.repository_id, await placeOf(database, row.repository_id, { fromAt, now: now() }));
        }
        const place = places.get(row.repository_id) ?? null;
        if (place === null) {
          await releasePatch(database.db, row, null);
          continue;
        }
        const gathered = await gather(parts, row, { place, facts: facts.get(row.id) ?? [] });
        ready.push({ gathered, decision: decide(gathered.situation) });
      } catch (error) {
        await putOff(row, error);
      }
    }
    await commitGravestFirst(ready);
  }

  /**
   * The day's places go to the gravest: a graver one that has to be looked at first goes before one that is ready, and while the
   * owner's repositories and cases are still being read nobody knows yet which is the gravest.
   */
  async function commitGravestFirst(ready: readonly Ready[]): Promise<void> {
    const waiting: Gathered[] = [];
    const reading = new Map<number, boolean>();
    for (const { gathered, decision } of ready.toSorted(byGravityAndTime)) {
      const { row, place } = gathered;
      try {
        if (isLookedAtFirst(decision) && place.installationId !== null && row.node_id !== null) {
          waiting.push(gathered);
          continue;
        }
        if (!reading.has(row.owner_id)) reading.set(row.owner_id, await isBeingRead(database.db, row.owner_id, now()));
        // Sorted by gravity, so whatever waits already is as grave or graver.
        const isGraverWaiting = waiting.some((each) => each.row.repository_id === row.repository_id);
        const untilAt = reading.get(row.owner_id) === true ? now() + RETRY_MILLIS : isGraverWaiting ? now() : null;
        await commit(gathered, untilAt === null ? decision : postponed(decision, untilAt));
      } catch (error) {
        await putOff(row, error);
      }
    }
    await observe(waiting);
  }

  /** Those that need it are looked at together, one request an installation, and come back as due. */
  async function observe(waiting: readonly Gathered[]): Promise<void> {
    const byInstallation = Map.groupBy(waiting, (each) => each.place.installationId ?? 0);
    for (const [installationId, patches] of byInstallation) {
      try {
        const unread = await observePatches(parts, installationId, patches);
        for (const { row } of patches)
          await releasePatch(database.db, row, unread.has(row.id) ? now() + RETRY_MILLIS : now());
      } catch (error) {
        for (const { row } of patches) await putOff(row, error);
      }
    }
  }

  async function commit(gathered: Gathered, decision: Decision): Promise<void> {
    const move: PreparedMove | null = await prepareMove(parts, gathered, decision);
    const telling: PreparedTelling = await prepareTelling(parts, gathered, decision);
    const question = await prepareClosedQuestion(parts, gathered, decision);
    const result = await commitDecision(database, { gathered, decision, move, telling, question });
    if (result === "again") {
      // Somebody changed it meanwhile: it is due, and read anew.
      await releasePatch(database.db, gathered.row, now());
      return;
    }
    if (gathered.situation.cases.length > 0) {
      database.hint("effects");
      database.hint("notices");
    }
    const isSaid = decision.step.kind === "remind" || decision.step.kind === "tell-author";
    if (decision.areLabelsDue || isSaid || move !== null) database.hint("effects");
    if (move !== null || question !== null || telling.notices.length > 0) database.hint("notices");
    log.debug({ patch: gathered.row.id, step: decision.step.kind, because: decision.because }, "decided");
  }

  /** An installation that is refused or limited waits as a whole. */
  async function putOff(row: PatchRow, error: unknown): Promise<void> {
    const of = { repositoryId: row.repository_id };
    const { fault, runAfter } = await putOffAfter(database, { of, error, attempts: 0, now: now() });
    log.warn(
      { patch: row.id, fault: fault.kind, because: fault.because, err: fault.kind === "unknown" ? error : undefined },
      "decision put off",
    );
    await releasePatch(database.db, row, runAfter);
  }

  return createLanes({
    database,
    log,
    topic: "patches",
    pollMillis: POLL_MILLIS,
    claim,
    sleepMillis: async () => {
      const dueAt = await nextPatchDueAt(database.db, now());
      return dueAt === null ? POLL_MILLIS : Math.max(dueAt - now(), SHORTEST_SLEEP_MILLIS);
    },
  });
}
