// The outbox's engine: claims what is due, performs it a lane at a time, and keeps what came of it. Apart from perform, so that
// it knows nothing of GitHub.
import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { type ClaimedEffect, claimDue, installationsWithDue, renewClaims } from "./claims-store.ts";
import type { Outcome } from "./outcome.ts";
import { type EffectClass, type EffectRow, kindsOf, parseEffect } from "./row.ts";
import { settle, settleUnreadable } from "./settle.ts";

type OutboxLimits = {
  readonly lanes: number;
  readonly lanesAnInstallation: number;
  /** How often to look without a hint. */
  readonly pollMillis: number;
};

const OUTBOX_LIMITS: OutboxLimits = { lanes: 16, lanesAnInstallation: 4, pollMillis: 5000 };

export type Outbox = {
  /** Performs until nothing is due now; answers how many effects were tried. */
  readonly runUntilIdle: () => Promise<number>;
  /** Performs whenever there is a hint, and looks every few seconds. */
  readonly start: () => void;
  /** Claims nothing more and waits for what is in hand. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
};

type OutboxParts = {
  readonly database: Database;
  readonly perform: (row: EffectRow) => Promise<Outcome>;
  readonly now: () => number;
  readonly log: Logger;
  /** Tells this process's claims from others'. */
  readonly holder: string;
  readonly limits?: OutboxLimits;
  /** Hears of every outcome, for figures. */
  readonly onOutcome?: (kind: string, outcome: Outcome["kind"]) => void;
};

const LEASE_MILLIS = 60_000;
const RENEW_MILLIS = 20_000;
const CLASSES: readonly EffectClass[] = ["answer", "upkeep", "reminder"];

/** Makes an outbox at rest. */
export function createOutbox({
  database,
  perform,
  now,
  log,
  holder,
  limits = OUTBOX_LIMITS,
  onOutcome,
}: OutboxParts): Outbox {
  const running = new Map<number, { readonly row: ClaimedEffect; readonly end: Promise<void> }>();
  /** Until when pacing lets no more of a class out, by `installation class`. A hint only: each try asks again. */
  const heldUntil = new Map<string, number>();
  let isStopped = false;
  let filling: Promise<number> | null = null;
  let isWanted = false;
  let turn = 0;
  let timers: readonly NodeJS.Timeout[] = [];
  let unsubscribe = (): void => undefined;

  const busyOf = (installationId: number) =>
    [...running.values()].filter(({ row }) => row.installationId === installationId);

  const heldKindsOf = (installationId: number) =>
    CLASSES.filter((each) => (heldUntil.get(`${installationId} ${each}`) ?? 0) > now()).flatMap(kindsOf);

  async function claimAll(): Promise<number> {
    if (isStopped || running.size >= limits.lanes) return 0;
    const installations = await installationsWithDue(database.db, now());
    // From another one each time, so that a busy installation does not take every place from the rest.
    turn += 1;
    const first = installations.length === 0 ? 0 : turn % installations.length;
    let claimed = 0;
    for (const installationId of [...installations.slice(first), ...installations.slice(0, first)]) {
      const busy = busyOf(installationId);
      const limit = Math.min(limits.lanesAnInstallation - busy.length, limits.lanes - running.size);
      if (limit <= 0 || isStopped) continue;
      const at = now();
      const rows = await claimDue(database, {
        installationId,
        now: at,
        limit,
        holder,
        until: at + LEASE_MILLIS,
        busyLanes: busy.map(({ row }) => row.lane),
        heldKinds: heldKindsOf(installationId),
      });
      for (const row of rows) run(row);
      claimed += rows.length;
    }
    return claimed;
  }

  function run(row: ClaimedEffect): void {
    const end = finish(row).finally(() => {
      running.delete(row.id);
      wake();
    });
    running.set(row.id, { row, end });
  }

  async function finish(claimed: ClaimedEffect): Promise<void> {
    const row = readRow(claimed);
    const fields = { effect: claimed.key, installationId: claimed.installationId };
    try {
      if (row === null) {
        log.error(fields, "an effect's row cannot be read");
        await settleUnreadable(database, claimed, now());
        return;
      }
      const outcome = await settle(database, row, { outcome: await tried(row), now: now() });
      if (outcome.kind === "later" && outcome.holds !== undefined)
        heldUntil.set(`${row.installationId} ${outcome.holds}`, outcome.at);
      report(row, outcome);
    } catch (error) {
      // The claim runs out by itself, and what may be on GitHub already is looked for then.
      log.error({ ...fields, because: messageOf(error) }, "an effect's outcome could not be kept");
    }
  }

  async function tried(row: EffectRow): Promise<Outcome> {
    try {
      return await perform(row);
    } catch (error) {
      log.error({ effect: row.key, because: messageOf(error) }, "an effect failed unexpectedly");
      return { kind: "again", because: messageOf(error) };
    }
  }

  function report(row: EffectRow, outcome: Outcome): void {
    onOutcome?.(row.effect.kind, outcome.kind);
    const because = "because" in outcome ? outcome.because : row.because;
    const fields = { effect: row.key, installationId: row.installationId, outcome: outcome.kind, because };
    if (outcome.kind === "failed" || outcome.kind === "parked") log.warn(fields, "effect not performed");
    else log.info(fields, "effect settled");
  }

  /** One claiming at a time; what is asked for meanwhile is done right after. */
  function fill(): Promise<number> {
    isWanted = true;
    filling ??= claimWhileWanted();
    return filling;
  }

  async function claimWhileWanted(): Promise<number> {
    let claimed = 0;
    try {
      while (isWanted) {
        isWanted = false;
        claimed += await claimAll();
      }
    } finally {
      // In the same turn as the last look at `isWanted`, so that no wish falls between.
      filling = null;
    }
    return claimed;
  }

  let isStarted = false;
  function wake(): void {
    if (!isStarted || isStopped) return;
    fill().catch((error: unknown) => log.error({ because: messageOf(error) }, "effects could not be claimed"));
  }

  async function renew(): Promise<void> {
    if (running.size > 0)
      await renewClaims(database.db, { ids: [...running.keys()], holder, until: now() + LEASE_MILLIS });
  }

  return {
    wake,
    runUntilIdle: async () => {
      let total = 0;
      for (;;) {
        // What ended while we were claiming may have freed its lane after we looked: idle is who claims nothing at rest.
        const isAtRest = running.size === 0;
        const claimed = await fill();
        total += claimed;
        if (isAtRest && claimed === 0 && running.size === 0) return total;
        if (running.size > 0) await Promise.race([...running.values()].map(({ end }) => end));
      }
    },
    start: () => {
      isStarted = true;
      unsubscribe = database.onHint((topic) => {
        if (topic === "effects") wake();
      });
      timers = [
        setInterval(wake, limits.pollMillis),
        setInterval(() => {
          renew().catch((error: unknown) => log.warn({ because: messageOf(error) }, "claims could not be renewed"));
        }, RENEW_MILLIS),
      ];
      wake();
    },
    stop: async () => {
      isStopped = true;
      unsubscribe();
      await filling?.catch(() => 0);
      await Promise.all([...running.values()].map(({ end }) => end));
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function readRow(claimed: ClaimedEffect): EffectRow | null {
  const { kind: _kind, body, ...row } = claimed;
  try {
    return { ...row, effect: parseEffect(body) };
  } catch {
    return null;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
