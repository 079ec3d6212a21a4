// The outbox's engine: claims what is due, performs it a lane at a time, and keeps what came of it. Apart from perform, so that
// it knows nothing of GitHub.
import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { troubleIn } from "../db/storage.ts";
import { keepOutcome } from "../work/keep-outcome.ts";
import { createPool, type Held, type Pool } from "../work/pool.ts";
import { type ClaimedEffect, claimDue, installationsWithDue, renewClaims } from "./claims-store.ts";
import type { Outcome } from "./outcome.ts";
import { type EffectClass, type EffectRow, kindsOf, parseEffect } from "./row.ts";
import { settle, settleUnreadable } from "./settle.ts";

type OutboxLimits = {
  /** Many more than an installation's: each waits for GitHub most of its time, and for some installations GitHub may be slow. */
  readonly lanes: number;
  readonly lanesAnInstallation: number;
  /** How often to look without a hint. */
  readonly pollMillis: number;
};

const OUTBOX_LIMITS: OutboxLimits = { lanes: 64, lanesAnInstallation: 4, pollMillis: 5000 };

export type Outbox = Pool;

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
  /** Until when pacing lets no more of a class out, by `installation class`. A hint only: each try asks again. */
  const heldUntil = new Map<string, number>();
  let turn = 0;

  const heldKindsOf = (installationId: number) =>
    CLASSES.filter((each) => (heldUntil.get(`${installationId} ${each}`) ?? 0) > now()).flatMap(kindsOf);

  async function claim(held: Held<ClaimedEffect>): Promise<number> {
    if (held.rows().length >= limits.lanes) return 0;
    const installations = await installationsWithDue(database.db, now());
    // From another one each time, so that a busy installation does not take every place from the rest.
    turn += 1;
    const first = installations.length === 0 ? 0 : turn % installations.length;
    let claimed = 0;
    for (const installationId of [...installations.slice(first), ...installations.slice(0, first)]) {
      const busy = held.rows().filter((row) => row.installationId === installationId);
      const limit = Math.min(limits.lanesAnInstallation - busy.length, limits.lanes - held.rows().length);
      if (limit <= 0 || held.isStopped()) continue;
      const at = now();
      const rows = await claimDue(database, {
        installationId,
        now: at,
        limit,
        holder,
        until: at + LEASE_MILLIS,
        busyLanes: busy.map(({ lane }) => lane),
        heldKinds: heldKindsOf(installationId),
      });
      for (const row of rows) held.take(row);
      claimed += rows.length;
    }
    return claimed;
  }

  async function finish(claimed: ClaimedEffect, { isStopped }: Held<ClaimedEffect>): Promise<void> {
    const row = readRow(claimed);
    const fields = { effect: claimed.key, installationId: claimed.installationId };
    try {
      if (row === null) {
        log.error(fields, "an effect's row cannot be read");
        await settleUnreadable(database, claimed, now());
        return;
      }
      const came = await tried(row);
      const outcome = await keepOutcome(() => settle(database, row, { outcome: came, now: now() }), isStopped);
      if (outcome.kind === "later" && outcome.holds !== undefined)
        heldUntil.set(`${row.installationId} ${outcome.holds}`, outcome.at);
      report(row, outcome);
    } catch (error) {
      // The claim runs out by itself, and what may be on GitHub already is looked for then.
      log.error({ ...fields, err: error }, "an effect's outcome could not be kept");
    }
  }

  async function tried(row: EffectRow): Promise<Outcome> {
    try {
      return await perform(row);
    } catch (error) {
      // No try of the effect's: what may be on GitHub already is looked for then.
      if (troubleIn(error) !== null)
        return { kind: "later", at: now() + LEASE_MILLIS, because: "the database took no writes" };
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

  return createPool({
    database,
    log,
    topic: "effects",
    pollMillis: limits.pollMillis,
    renewMillis: RENEW_MILLIS,
    claim,
    finish,
    renew: (ids) => renewClaims(database.db, { ids, holder, until: now() + LEASE_MILLIS }),
  });
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
