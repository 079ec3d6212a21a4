// The processes of a run: apps on one database, of which each can die at any await and be followed by another.
import type { Logger } from "pino";
import { type App, createApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { createMetrics } from "../../src/metrics.ts";
import { createFuse, type Fuse } from "./fuse.ts";

export type Process = { readonly app: App; readonly url: string; readonly fuse: Fuse };

export type Processes = {
  /** Those that live, in the order in which they were started. */
  readonly living: () => readonly Process[];
  /** The place's process; null while nobody is there. */
  readonly at: (place: number) => Process | null;
  /** When the next is started, where one has died. */
  readonly nextStartAt: () => number | null;
  /** Starts those whose time has come; all: at once. */
  readonly startDue: (now: number) => Promise<number>;
  readonly dieAt: (place: number, at: number, downMillis: number) => void;
  readonly failAt: (place: number, at: number) => void;
  /** Every living process works until nothing is due. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly count: number;
  readonly databaseUrl: string;
  readonly config: Config;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Logger;
  readonly hear: (what: "crash" | "database") => void;
};

type Place = { process: Process | null; startAt: number; downMillis: number };

export async function startProcesses({ count, databaseUrl, config, fetch, log, hear }: Parts): Promise<Processes> {
  const ends: Promise<void>[] = [];
  const places: Place[] = Array.from({ length: count }, () => ({ process: null, startAt: 0, downMillis: 0 }));

  async function start(place: Place): Promise<void> {
    const database = await openDatabase(databaseUrl);
    const fuse = createFuse(hear);
    const app = await createApp({
      config,
      database: fuse.guardDatabase(database),
      now: () => Date.now(),
      log,
      metrics: createMetrics(),
      fetch: fuse.guardFetch(fetch),
    });
    const { port } = await app.start();
    place.process = { app, url: `http://127.0.0.1:${port}`, fuse };
    void fuse.blown.then(() => {
      place.process = null;
      place.startAt = Date.now() + place.downMillis;
      ends.push(end(app, database));
    });
  }

  const living = () => places.flatMap(({ process }) => (process === null || process.fuse.isBlown() ? [] : [process]));
  const waiting = () => places.filter(({ process }) => process === null);

  for (const place of places) await start(place);
  return {
    living,
    at: (place) => places[place]?.process ?? null,
    nextStartAt: () => {
      const startsAt = waiting().map(({ startAt }) => startAt);
      return startsAt.length === 0 ? null : Math.min(...startsAt);
    },
    startDue: async (now) => {
      // The dead one's open transaction is rolled back by then, as the operating system would have done at once.
      await Promise.all(ends);
      const due = waiting().filter(({ startAt }) => startAt <= now);
      for (const place of due) await start(place);
      return due.length;
    },
    dieAt: (place, at, downMillis) => {
      const found = places[place];
      if (found === undefined) return;
      found.downMillis = downMillis;
      found.process?.fuse.dieAt(at);
    },
    failAt: (place, at) => places[place]?.process?.fuse.failAt(at),
    settle: async () => {
      await Promise.all(living().map(({ app, fuse }) => Promise.race([settleOne(app, fuse, log), fuse.blown])));
    },
    close: async () => {
      for (const { fuse } of living()) fuse.blow();
      // The fuse's own listener comes first.
      await Promise.resolve();
      await Promise.all(ends);
    },
  };
}

/** What fails here is what a loop would have logged and tried again at its next turn. */
async function settleOne(app: App, fuse: Fuse, log: Logger): Promise<void> {
  for (let tries = 0; tries < 5 && !fuse.isBlown(); tries += 1) {
    try {
      return await app.settle();
    } catch (error) {
      if (!fuse.isBlown()) log.warn({ err: error }, "a turn failed and is taken again");
    }
  }
}

/** Lets go of what the dead one held here: its port, its timers, its thread and its connections. */
async function end(app: App, database: Database): Promise<void> {
  await app.stop().catch(() => undefined);
  await database.close();
}
