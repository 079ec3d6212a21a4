// What is done by the clock: each schedule once a period, by one process of however many. Apart from what is done, because all of it needs
// the same lease.
import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import { claimSchedule, extendSchedule, hurrySchedule, releaseSchedule, restingSchedules } from "./store.ts";

export type Schedule = {
  readonly name: string;
  readonly everyMillis: number;
  /** Whether a process that starts does not wait for the period. */
  readonly isDueAtStart?: boolean;
  /** Does what is to be done at `at`; answers how much that was, and when it wants its next turn where the period does not say it. */
  readonly run: (at: number, turn: Turn) => Promise<Ran>;
};
export type Turn = { readonly isStopped: () => boolean };
export type Ran = {
  readonly done: number;
  readonly nextAt?: number;
  /** What failed beside what was done, logged already. */
  readonly faults?: readonly unknown[];
};

export type Scheduler = {
  /** Runs what is due, as the loop does; answers how much was done. A schedule that fails is logged and due again in a minute. */
  readonly runDue: () => Promise<number>;
  /** Runs these now (or all), due or not, except what another process has in hand. @throws where one fails, after all had their turn. */
  readonly runOnce: (names?: readonly string[]) => Promise<number>;
  readonly start: () => void;
  /** Begins nothing more and waits for what is in hand. */
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => number;
  readonly holder: string;
  readonly schedules: readonly Schedule[];
};

const MINUTE = 60_000;
const LEASE_MILLIS = 2 * MINUTE;
const RENEW_MILLIS = 30_000;

export function createScheduler({ database, log, now, holder, schedules }: Parts): Scheduler {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> = Promise.resolve(0);
  let isStopped = false;
  const periods = new Map(schedules.map(({ name, everyMillis }) => [name, everyMillis]));

  async function runOne(schedule: Schedule, onlyIfDue: boolean): Promise<Ran> {
    const at = now();
    const { name, everyMillis } = schedule;
    const claim = { name, holder, now: at, everyMillis, claimedUntil: at + LEASE_MILLIS, onlyIfDue };
    const standing = await claimSchedule(database, claim);
    if (standing === "resting") return { done: 0 };
    if (standing === "ahead")
      log.warn({ schedule: name }, "a clock was far ahead when this was done last: it is done now, and by this clock");
    const renewal = setInterval(() => {
      extendSchedule(database, { name, holder, until: now() + LEASE_MILLIS }).catch((error: unknown) =>
        log.warn({ schedule: name, err: error }, "a schedule could not be kept in hand"),
      );
    }, RENEW_MILLIS);
    let dueAt = at + MINUTE;
    try {
      const ran = await schedule.run(at, { isStopped: () => isStopped });
      dueAt = ran.nextAt ?? at + everyMillis;
      return ran;
    } finally {
      clearInterval(renewal);
      await releaseSchedule(database, { name, holder, ranAt: at, dueAt });
    }
  }

  async function runEach(chosen: readonly Schedule[], onlyIfDue: boolean): Promise<number> {
    let done = 0;
    const faults: unknown[] = [];
    for (const schedule of chosen) {
      if (isStopped) break;
      try {
        const ran = await runOne(schedule, onlyIfDue);
        done += ran.done;
        faults.push(...(ran.faults ?? []));
      } catch (error) {
        log.error({ part: schedule.name, err: error }, "a part of the sweep failed");
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, "the sweep failed in part");
    return done;
  }

  /** One after another: two turns of one process would find each other's leases. */
  const inTurn = (work: () => Promise<number>): Promise<number> => {
    const next = running.then(work);
    running = next.catch(() => 0);
    return next;
  };
  const runDue = (): Promise<number> =>
    inTurn(async () => {
      const resting = await restingSchedules(database, { periods, now: now() });
      return runEach(
        schedules.filter(({ name }) => !resting.has(name)),
        true,
      );
    }).catch((error: unknown) => {
      // What of a schedule fails is logged there.
      if (!(error instanceof AggregateError)) log.error({ err: error }, "what is due could not be looked up");
      return 0;
    });
  const loop = (): void => {
    void runDue().finally(() => {
      if (!isStopped) timer = setTimeout(loop, MINUTE);
    });
  };

  async function hurry(): Promise<void> {
    const at = now();
    for (const { name, isDueAtStart } of schedules) {
      if (isDueAtStart === true) await hurrySchedule(database, { name, now: at, ranBefore: at - MINUTE });
    }
  }

  return {
    runDue,
    runOnce: (names) =>
      inTurn(() =>
        runEach(names === undefined ? schedules : schedules.filter(({ name }) => names.includes(name)), false),
      ),
    start: () => {
      hurry()
        .catch((error: unknown) => log.warn({ err: error }, "what is due at the start waits for its period"))
        .finally(() => {
          if (!isStopped) loop();
        });
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
