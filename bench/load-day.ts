// The first half of bench/load: the day itself on one database, watched every second, and held afterwards against what was sent.
import { z } from "zod";
import type { Dialect } from "../test/support/databases.ts";
import { processorSeconds, residentMegabytes, slope } from "./load-servers.ts";
import { leftToDo, openStage, type Stage, untilIdle } from "./load-stage.ts";

type Given = {
  readonly dialect: Dialect;
  readonly seed: number;
  readonly folder: string;
  readonly minutes: number;
  readonly isSmoke: boolean;
};

const MINUTE = 60_000;
const PER_HOUR = 50_000;
/** What people ask of it by command: at GitHub's 500 writes an hour an installation there is room for no more. */
const COMMANDS_AN_HOUR = 50;
/** A short run loses none: what never arrived is asked for only once it is two minutes old. */
const FAULTS = { duplicates: 0.02, late: 0.05, lost: 0.01 };

const spread = z.object({ count: z.number(), p50: z.number(), p99: z.number(), max: z.number() });
/** What GitHub's process tells in the end. */
export const figures = z.object({
  guids: z.array(z.string()),
  missed: z.array(z.string()),
  lostByGitHub: z.number(),
  attempts: z.number(),
  duplicates: z.number(),
  late: z.number(),
  askedAgain: z.number(),
  refused: z.record(z.string(), z.number()),
  received: spread,
  receivedInBursts: spread,
  effects: z.object({ reaction: spread, labels: spread, comment: spread }),
  recovered: spread,
  expected: z.number(),
  unseen: z.array(z.string()),
  unseenCount: z.number(),
  doubled: z.array(z.string()),
  requests: z.record(z.string(), z.number()),
});

type Sample = {
  readonly at: number;
  readonly megabytes: number;
  readonly deliveries: number;
  readonly lagMillis: number;
};
export type MeasuredDay = Awaited<ReturnType<typeof measureDay>>;

export async function measureDay({ dialect, seed, folder, minutes, isSmoke }: Given) {
  const millis = isSmoke ? 3000 : minutes * MINUTE;
  const repositories = isSmoke ? 40 : 1000;
  const stage = await openStage({ dialect, seed, folder, repositories });
  try {
    await stage.startServers(1);
    await stage.order({ do: "install" });
    await untilIdle(stage, 10 * MINUTE);
    const [server] = stage.servers();
    if (server === undefined) throw new Error("no server runs");

    const samples: Sample[] = [];
    const stopWatching = watch(stage, samples);
    const startedAt = performance.now();
    const processorBefore = processorSeconds(server.pid);
    await stage.order({
      do: "day",
      millis,
      perHour: PER_HOUR,
      commandsAnHour: isSmoke ? 5000 : COMMANDS_AN_HOUR,
      bursts: burstsIn(millis),
      ...FAULTS,
      ...(isSmoke ? { lost: 0 } : {}),
    });
    await untilIdle(stage, isSmoke ? 5000 : 2 * MINUTE);
    await stopWatching();
    const took = performance.now() - startedAt;
    const processor = processorSeconds(server.pid) - processorBefore;
    const complaints = Object.fromEntries(server.complaints);
    // What never arrived is looked for at every start, if not before.
    await stage.stopServers();
    await stage.startServers(1);
    await untilRecovered(stage, isSmoke ? 2000 : 10 * MINUTE);
    await untilIdle(stage, isSmoke ? 3000 : MINUTE);
    return await hold(stage, { dialect, minutes: took / MINUTE, samples, processor, complaints });
  } finally {
    await stage.close();
  }
}

/** Ten seconds of 500 a second at a third and two thirds of the day, less where the day is short. */
function burstsIn(millis: number) {
  const length = Math.min(10_000, millis / 6);
  return [1 / 3, 2 / 3].map((share) => ({ at: millis * share, millis: length, perSecond: 500 }));
}

function watch(stage: Stage, samples: Sample[]): () => Promise<void> {
  const startedAt = performance.now();
  let isOver = false;
  const run = async () => {
    while (!isOver) {
      const [server] = stage.servers();
      if (server === undefined) return;
      const { deliveries, lagMillis } = await leftToDo(stage.database);
      const at = performance.now() - startedAt;
      const megabytes = residentMegabytes(server.pid);
      samples.push({ at, megabytes, deliveries, lagMillis });
      // An hour is long to wait in the dark.
      if (samples.length % 60 === 0)
        console.log(`${Math.round(at / MINUTE)} min: ${Math.round(megabytes)} MB, ${deliveries} waiting`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  const running = run();
  return async () => {
    isOver = true;
    await running;
  };
}

async function keptStates({ database }: Stage): Promise<Map<string, string>> {
  const rows = await database.db.selectFrom("deliveries").select(["id", "state"]).execute();
  return new Map(rows.map(({ id, state }) => [id, state]));
}

async function untilRecovered(stage: Stage, millis: number): Promise<void> {
  const { missed } = figures.parse(await stage.order({ do: "figures" }));
  const endsAt = performance.now() + millis;
  while (performance.now() < endsAt) {
    const kept = await keptStates(stage);
    if (missed.every((guid) => kept.has(guid))) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function hold(
  stage: Stage,
  run: { dialect: Dialect; minutes: number; samples: readonly Sample[]; processor: number; complaints: object },
) {
  const { guids, missed, requests, ...seen } = figures.parse(await stage.order({ do: "figures" }));
  const kept = await keptStates(stage);
  const lost = guids.filter((guid) => !kept.has(guid));
  const unsettled = [...kept.values()].filter((state) => state === "failed" || state === "pending").length;
  const { samples, ...rest } = run;
  // The first fifth is warming up.
  const warm = samples.filter(({ at }) => at > (samples.at(-1)?.at ?? 0) / 5);
  const memory = {
    firstMegabytes: Math.round(warm[0]?.megabytes ?? 0),
    lastMegabytes: Math.round(warm.at(-1)?.megabytes ?? 0),
    highestMegabytes: Math.round(Math.max(...samples.map(({ megabytes }) => megabytes))),
    growthMegabytesAnHour: Math.round(slope(warm.map(({ at, megabytes }) => ({ x: at / 3_600_000, y: megabytes })))),
    everyMinute: samples.filter((_, n) => n % 60 === 0).map(({ megabytes }) => Math.round(megabytes)),
  };
  const drains = drainsIn(samples);
  return {
    ...rest,
    ...seen,
    sent: guids.length,
    missed: missed.length,
    recoveredDeliveries: missed.filter((guid) => kept.has(guid)).length,
    lost: lost.length,
    lostThoughAnswered: lost.filter((guid) => !missed.includes(guid)).length,
    unsettled,
    memory,
    drains,
    requests,
    isWhole:
      lost.length === 0 &&
      unsettled === 0 &&
      seen.unseenCount === 0 &&
      seen.doubled.length === 0 &&
      requests["comments whose marker stands twice"] === 0,
  };
}

/** Each time that more than a second's deliveries waited: how many and how long at the worst, and until nothing waited again. */
function drainsIn(samples: readonly Sample[]) {
  const drains: { most: number; longestLagMillis: number; seconds: number }[] = [];
  let current: { most: number; longestLagMillis: number; startedAt: number } | null = null;
  for (const { at, deliveries, lagMillis } of samples) {
    if (current === null && deliveries > 100) current = { most: 0, longestLagMillis: 0, startedAt: at };
    if (current === null) continue;
    current.most = Math.max(current.most, deliveries);
    current.longestLagMillis = Math.max(current.longestLagMillis, lagMillis);
    if (deliveries > 20) continue;
    const { startedAt, ...worst } = current;
    drains.push({ ...worst, seconds: Math.round((at - startedAt) / 1000) });
    current = null;
  }
  return drains;
}

export function reportDay(day: MeasuredDay): void {
  const at = ({ count, p50, p99, max }: z.infer<typeof spread>) => ({
    count,
    "p50 ms": p50,
    "p99 ms": p99,
    "max ms": max,
  });
  console.log(`\n${day.dialect}: ${day.sent} deliveries in ${day.minutes.toFixed(1)} min`);
  console.table({
    received: at(day.received),
    "received in bursts": at(day.receivedInBursts),
    "delivery to 👍": at(day.effects.reaction),
    "delivery to comment": at(day.effects.comment),
    "delivery to labels": at(day.effects.labels),
    "the same, of what GitHub lost": at(day.recovered),
  });
  for (const { most, longestLagMillis, seconds } of day.drains)
    console.log(
      `a burst: ${most} deliveries waited, the oldest for ${(longestLagMillis / 1000).toFixed(1)} s; none after ${seconds} s`,
    );
  const { everyMinute: _, ...memory } = day.memory;
  console.log(`memory ${JSON.stringify(memory)}; processor ${day.processor.toFixed(1)} s`);
  console.log(
    `duplicates ${day.duplicates}, late ${day.late}, lost by GitHub ${day.lostByGitHub}, not answered at first ${day.missed}, of those brought back ${day.recoveredDeliveries}`,
  );
  console.log(
    `lost ${day.lost} (${day.lostThoughAnswered} though answered), not settled ${day.unsettled}, refused ${JSON.stringify(day.refused)}`,
  );
  console.log(
    `${day.expected} answers awaited, ${day.unseenCount} not seen ${JSON.stringify(day.unseen)}, said twice ${JSON.stringify(day.doubled)}`,
  );
  console.log(`complaints in the log: ${JSON.stringify(day.complaints)}`);
  console.log(`requests to GitHub: ${JSON.stringify(day.requests)}`);
}
