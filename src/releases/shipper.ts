// The engine that follows fixes until they have shipped: holds releases against what was merged or landed before them and says so as a
// fact of the patch. What GitHub cannot be asked now is asked later, each owner's apart, so that nobody waits for somebody else's GitHub.

import { putOffAfter } from "../effects/park.ts";
import { faultOf } from "../github/faults.ts";
import type { Reacting } from "../github/handled.ts";
import { storedPatchId } from "../github/refs.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { addFacts, factsOf, makeDue, patchById } from "../patches/store.ts";
import { createLanes, type Lane, type Loop } from "../work/lanes.ts";
import { askContainment } from "./check.ts";
import { claimRelease, type DueRelease, dueReleases, fixesBefore, freeRelease, noteChecked } from "./store.ts";

const BATCH = 100;
const POLL_MILLIS = 30_000;
const CLAIM_MILLIS = 120_000;
const HOUR = 3_600_000;

type Again = { readonly runAfter: number | null; readonly attempts: number };

export function createShipper(parts: Reacting): Loop {
  const { database, log, now } = parts;
  async function claim({ busy }: { readonly busy: readonly number[] }): Promise<readonly Lane[]> {
    const due = await dueReleases(database.db, now(), BATCH, busy);
    return [...Map.groupBy(due, ({ ownerId }) => ownerId)].map(([id, releases]) => ({
      id,
      work: async () => {
        for (const release of releases) await askRelease(release);
      },
    }));
  }

  /**
   * Holds a release against everything that was decided before it; another process that has it does that. What the database does not
   * keep of it is thrown: then the owner's lane rests until the next poll.
   */
  async function askRelease(release: DueRelease): Promise<number> {
    const { repositoryId, tag, attempts } = release;
    const claimedUntil = now() + CLAIM_MILLIS;
    if (loop.isStopped() || !(await claimRelease(database, { repositoryId, tag, now: now(), until: claimedUntil })))
      return 0;
    let asked = 0;
    let again: Again = { runAfter: null, attempts: 0 };
    try {
      const place = await placeOf(database, repositoryId, { fromAt: now(), now: now() });
      if (place === null || !place.isUsable || place.installationId === null)
        again = { runAfter: now() + HOUR, attempts };
      else {
        // Where little is left of GitHub's hour, commands and reminders go first.
        const untilAt = parts.github.readsWaitUntil(place.installationId);
        if (untilAt === null) asked = await askAll(place, release);
        else again = { runAfter: untilAt + 1000, attempts };
      }
      // What was not asked for before the end is asked after the next start.
      if (loop.isStopped()) again = { runAfter: now(), attempts };
    } catch (error) {
      again = await putOff(release, error);
    }
    await database.transaction((tx) => freeRelease(tx, { repositoryId, tag, claimedUntil, ...again }));
    return asked;
  }

  async function askAll(place: PatchPlace, release: DueRelease): Promise<number> {
    for (let asked = 0; ; ) {
      const fixes = await fixesBefore(database.db, release, BATCH);
      if (fixes.length === 0 || loop.isStopped()) return asked;
      for (const patchId of fixes) await askOne(place, { ...release, patchId });
      asked += fixes.length;
    }
  }

  async function askOne(
    place: PatchPlace,
    { patchId, tag, url, publishedAt }: DueRelease & { readonly patchId: string },
  ): Promise<void> {
    const row = await patchById(database.db, patchId);
    const facts = (await factsOf(database.db, [patchId])).get(patchId) ?? [];
    const found = row === undefined ? null : await askUnlessGone(place, { row, facts, tag });
    const isIn = found === "contained" || found === "backported";
    await database.transaction(async (tx) => {
      if (!isIn) return noteChecked(tx, { patchId, tag, at: now() });
      const fact = { kind: "released", tag, url, key: `released:${tag}`, at: publishedAt, actor: null } as const;
      await addFacts(tx, storedPatchId(patchId), [fact]);
      await noteChecked(tx, { patchId, tag, at: now() });
      await makeDue(tx, [patchId], now());
    });
    if (isIn) database.hint("patches");
    log.info({ patch: patchId, tag, found }, "a release was held against a fix");
  }

  /** A tag or commit that GitHub does not know is in no release. */
  async function askUnlessGone(place: PatchPlace, asked: Parameters<typeof askContainment>[2]) {
    try {
      return await askContainment(parts, place, asked);
    } catch (error) {
      const { kind } = faultOf(error, now());
      if (kind === "gone" || kind === "invalid") return "not";
      throw error;
    }
  }

  async function putOff({ repositoryId, tag, attempts }: DueRelease, error: unknown): Promise<Again> {
    const of = { repositoryId };
    const { fault, ...again } = await putOffAfter(database, { of, error, attempts, now: now() });
    log.warn(
      { repository: repositoryId, tag, fault: fault.kind, because: fault.because },
      "asking what a release contains was put off",
    );
    return again;
  }

  const loop = createLanes({
    database,
    log,
    topic: "releases",
    pollMillis: POLL_MILLIS,
    claim,
  });
  return loop;
}
