// Compares each installation with GitHub once a day, and after a gap: open pull requests that we do not know, those that are open only in our
// books, and what happened to the others. What is missing is added; a step at a time, each kept before the next.
import type { Db } from "../../db/database.ts";
import { putOffAfter } from "../../effects/park.ts";
import type { Metrics } from "../../metrics.ts";
import { factsOf } from "../../patches/store.ts";
import type { Ran, Schedule, Turn } from "../../schedules/scheduler.ts";
import { keepPatch } from "../backfill.ts";
import type { GraphqlPatch } from "../graphql-patch.ts";
import type { Reacting } from "../handled.ts";
import { type RepositoryRow, repositoryById } from "../installation-store.ts";
import { type Asking, askOpen, askShown, askWhole, MOST_IDS, WHOLE_IDS } from "./ask.ts";
import { type DriftKind, decideDrift, FRESH_MILLIS, nextReconciliationAt } from "./decide.ts";
import { askInParts } from "./in-parts.ts";
import {
  afterFailure,
  isIncomplete,
  isLastTry,
  type Place,
  type PlaceIn,
  placeOf,
  START,
  wordsOfPlace,
} from "./place.ts";
import { compareRepositories } from "./repositories.ts";
import {
  installationsUnplanned,
  keptPlace,
  livingRepositories,
  openByRepository,
  openPatches,
  planReconciliation,
  type ReconciliationRow,
  reconciliationsDueAt,
  saveReconciliation,
} from "./store.ts";

type Parts = Reacting & { readonly metrics: Pick<Metrics, "compared" | "drifted"> };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A little less than the loop takes, or a turn that comes early would be left out. */
const EVERY_MILLIS = 55_000;
const INSTALLATIONS_A_TURN = 20;
/** Steps of all installations together; each is a request or few. What is left goes on a minute later. */
const STEPS_A_TURN = 20;
/** One that GitHub answers slowly goes on in the next turn, after others. */
const MILLIS_A_TURN = 60_000;
const REPOSITORIES_A_STEP = 25;
/** The first comparison of an installation looks this far back: what was before, reading it at the installation has told. */
const FIRST_MILLIS = 30 * DAY;
/** What was too fresh the last time is looked at again. */
const OVERLAP_MILLIS = 60 * MINUTE;

/** The schedule of comparing with GitHub. */
export function reconciliation(parts: Parts): Schedule {
  return { name: "reconciliation", everyMillis: EVERY_MILLIS, run: (at, turn) => run(parts, at, turn) };
}

async function run(parts: Parts, at: number, turn: Turn): Promise<Ran> {
  const { db } = parts.database;
  for (const id of await installationsUnplanned(db)) await planReconciliation(db, id, nextReconciliationAt(id, at));
  let steps = 0;
  for (const row of await reconciliationsDueAt(db, at, INSTALLATIONS_A_TURN)) {
    if (turn.isStopped() || steps >= STEPS_A_TURN) break;
    try {
      steps += await reconcileOne(parts, row, { at, steps: STEPS_A_TURN - steps, turn });
    } catch (error) {
      await putOff(parts, row, error);
    }
  }
  return { done: steps };
}

/** Goes on with one installation until it is through or has had its steps; answers how many those were. */
async function reconcileOne(
  parts: Parts,
  row: ReconciliationRow,
  { at, steps, turn }: { readonly at: number; readonly steps: number; readonly turn: Turn },
): Promise<number> {
  const { database, github, log } = parts;
  const { installationId } = row;
  const beganAt = row.place === null ? at : (row.beganAt ?? at);
  let next: Place | null = row.place === null ? START : placeOf(row.place);
  const sinceAt = Math.max(row.sinceAt ?? 0, at - FIRST_MILLIS);
  const told = { points: 0, requests: 0, drift: {} as Record<string, number> };
  let done = 0;
  const untilAt = parts.now() + MILLIS_A_TURN;
  const isOver = () => done >= steps || turn.isStopped() || parts.now() > untilAt;
  for (; next !== null && !isOver(); done += 1) {
    const waitUntil = github.readsWaitUntil(installationId);
    if (waitUntil !== null) {
      await saveReconciliation(database.db, installationId, { due_at: waitUntil + 1000 });
      log.info({ installationId, until: waitUntil }, "comparing with GitHub waits for its next hour");
      break;
    }
    const asking: Asking = {
      github,
      installationId,
      onCost: (points) => {
        told.points += points;
        told.requests += 1;
        parts.metrics.compared(points);
      },
    };
    const drifted = (kind: DriftKind) => {
      told.drift[kind] = (told.drift[kind] ?? 0) + 1;
      parts.metrics.drifted(kind);
    };
    let isWhole = !isIncomplete(next);
    const leftOut = (nodeIds: readonly string[]) => {
      isWhole = false;
      const message = "GitHub does not show these now: the next comparison looks at them again";
      log.warn({ installationId, leftOut: nodeIds }, message);
    };
    const step: Step = { asking, drifted, leftOut, installationId, sinceAt, at, isLastTry: isLastTry(next) };
    next = await compare(parts, step, next);
    if (next !== null && next.in !== "installation" && !isWhole) next = { ...next, isIncomplete: true };
    await saveReconciliation(
      database.db,
      installationId,
      next === null
        ? {
            due_at: nextReconciliationAt(installationId, at),
            began_at: null,
            since_at: isWhole ? beganAt - OVERLAP_MILLIS : sinceAt,
            place: null,
            done_at: at,
          }
        : // Those that have waited longer go before it in the next turn.
          { due_at: at, began_at: beganAt, place: wordsOfPlace(next) },
    );
  }
  if (told.requests > 0)
    log.info({ installationId, isThrough: next === null, ...told }, "an installation was compared with GitHub");
  return done;
}

type Step = {
  readonly asking: Asking;
  readonly drifted: (kind: DriftKind) => void;
  /** What GitHub did not show. */
  readonly leftOut: (nodeIds: readonly string[]) => void;
  /** What fails now is left out, so that the rest goes on. */
  readonly isLastTry: boolean;
  readonly installationId: number;
  readonly sinceAt: number;
  readonly at: number;
};

async function compare(parts: Parts, step: Step, at: Place): Promise<Place | null> {
  switch (at.in) {
    case "installation":
      await compareRepositories(parts, step.installationId, step.drifted);
      return { in: "repositories", after: 0 };
    case "repositories":
      return compareLists(parts, step, at);
    case "patches":
      return comparePatches(parts, step, at);
  }
}

/** Looks at which pull requests are open in some repositories, and reads those that we do not know and those that are open only here. */
async function compareLists(parts: Parts, step: Step, at: PlaceIn<"repositories">): Promise<Place> {
  const { db } = parts.database;
  const some = { after: at.after, limit: REPOSITORIES_A_STEP };
  const repositories = await livingRepositories(db, step.installationId, some);
  const last = repositories.at(-1);
  if (last === undefined) return { in: "patches", after: "" };
  const next: Place = { in: "repositories", after: last.id };
  const nodeIds = repositories.map(({ nodeId }) => nodeId);
  const open = await inParts(step, nodeIds, (ids) => askOpen(step.asking, ids));
  const openByNode = new Map(open.flatMap((each) => [...each]));
  const ours = Map.groupBy(await openByRepository(db, repositories), ({ repositoryId }) => repositoryId);
  for (const repository of repositories) {
    const there = openByNode.get(repository.nodeId);
    if (there === undefined) continue;
    const here = new Set((ours.get(repository.id) ?? []).map(({ nodeId }) => nodeId));
    const unknown = there.difference(here);
    const gone = here.difference(there);
    await readWhole(parts, step, {
      repositoryId: repository.id,
      ids: [...unknown, ...gone],
      // Of very many, not all were listed.
      drift: (patch) => (unknown.has(patch.id) ? "unknown" : patch.state === "OPEN" ? null : "state"),
    });
  }
  return next;
}

/** Compares a hundred open patches, and reads those to which something happened that we do not know. */
async function comparePatches(parts: Parts, step: Step, at: PlaceIn<"patches">): Promise<Place | null> {
  const { db } = parts.database;
  const patches = await openPatches(db, step.installationId, { after: at.after, limit: MOST_IDS });
  const last = patches.at(-1);
  if (last === undefined) return null;
  const next: Place | null = patches.length < MOST_IDS ? null : { in: "patches", after: last.id };
  const nodeIds = patches.flatMap(({ nodeId }) => (nodeId === null ? [] : [nodeId]));
  const asked = await inParts(step, nodeIds, (ids) => askShown(step.asking, ids, step.sinceAt));
  const shown = new Map(asked.flatMap((each) => [...each]));
  const facts = await factsOf(
    db,
    patches.map(({ id }) => id),
  );
  const differing = new Map<number, string[]>();
  for (const patch of patches) {
    const now = shown.get(patch.nodeId ?? "");
    if (now === undefined || patch.nodeId === null) continue;
    const drift = decideDrift({ ...patch, facts: facts.get(patch.id) ?? [] }, now, step.at);
    for (const kind of drift) step.drifted(kind);
    if (drift.length > 0)
      differing.set(patch.repositoryId, [...(differing.get(patch.repositoryId) ?? []), patch.nodeId]);
  }
  for (const [repositoryId, ids] of differing) await readWhole(parts, step, { repositoryId, ids });
  return next;
}

/** Reads pull requests with their histories, and keeps those of each request before it sends the next. */
async function readWhole(
  parts: Parts,
  step: Step,
  which: {
    readonly repositoryId: number;
    readonly ids: readonly string[];
    /** What it is to be counted as, where that is not yet. */
    readonly drift?: (patch: GraphqlPatch) => DriftKind | null;
  },
): Promise<void> {
  if (which.ids.length === 0) return;
  const repository: RepositoryRow | undefined = await repositoryById(parts.database.db, which.repositoryId);
  if (repository === undefined) return;
  const keep = async (patch: GraphqlPatch) => {
    const isFresh = patch.updatedAt > step.at - FRESH_MILLIS;
    if (which.drift !== undefined && isFresh) return;
    await keepPatch(parts, patch, { repository, installationId: step.installationId });
    const drift = which.drift?.(patch) ?? null;
    if (drift !== null) step.drifted(drift);
  };
  for (let from = 0; from < which.ids.length; from += WHOLE_IDS) {
    await inParts(step, which.ids.slice(from, from + WHOLE_IDS), async (ids) => {
      for (const patch of await askWhole(step.asking, ids)) await keep(patch);
    });
  }
  parts.database.hint("patches");
}

async function inParts<T>(step: Step, ids: readonly string[], ask: (ids: readonly string[]) => Promise<T>) {
  const { answers, left } = await askInParts(ids, { ask, isLastTry: step.isLastTry });
  if (left.length > 0) step.leftOut(left);
  return answers;
}

/** Nothing is lost by waiting: where it stands is kept, and nobody waits for it. Others have their turn. */
async function putOff(parts: Parts, { installationId }: ReconciliationRow, error: unknown): Promise<void> {
  const { database, log, now } = parts;
  const at = now();
  const { fault, runAfter } = await putOffAfter(database, { of: { installationId }, error, attempts: 0, now: at });
  if (fault.kind === "unknown") log.error({ installationId, err: error }, "comparing with GitHub failed");
  else log.warn({ installationId, fault: fault.kind, because: fault.because }, "comparing with GitHub was put off");
  await saveReconciliation(database.db, installationId, {
    due_at: Math.max(runAfter, at + 10 * MINUTE),
    ...(fault.kind === "passing" && (await countedFailure(database.db, installationId))),
  });
}

async function countedFailure(db: Db, installationId: number): Promise<{ readonly place?: string }> {
  const kept = await keptPlace(db, installationId);
  return kept === null ? {} : { place: wordsOfPlace(afterFailure(placeOf(kept))) };
}
