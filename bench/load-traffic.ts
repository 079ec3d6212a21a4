// How the organisation's day of bench/load reaches the server: a curve with bursts, some deliveries twice, some late, some never, each
// remembered as GitHub remembers it; and what was answered, and when, to tell of.
import { randomUUID } from "node:crypto";
import { type Happening, randomFrom } from "./load-people.ts";
import type { World } from "./load-world.ts";
import { createSender } from "./senders.ts";

export type Day = {
  readonly millis: number;
  readonly perHour: number;
  readonly commandsAnHour: number;
  readonly bursts: readonly { readonly at: number; readonly millis: number; readonly perSecond: number }[];
  /** Parts of one. */
  readonly duplicates: number;
  readonly late: number;
  readonly lost: number;
};

type Sent = {
  readonly id: number;
  readonly guid: string;
  readonly happening: Happening;
  readonly deliveredAt: number;
  readonly isRedelivery: boolean;
  readonly status: number;
  readonly isInBurst: boolean;
};

/** What must be seen on GitHub: since when it is waited for, and how often it was. */
type Expected = { readonly at: number; readonly guid: string; seenAt: number | null; times: number };

const LATEST_MILLIS = 30_000;
const BURST_KINDS = 10;

export type Traffic = ReturnType<typeof createTraffic>;

export function createTraffic(parts: { world: World; seed: number; secret: string; webhookPath: string }) {
  const { world } = parts;
  const random = randomFrom(parts.seed + 1);
  const send = createSender(parts.secret, parts.webhookPath);
  let ports: readonly number[] = [];
  let turn = 0;
  let ids = 0;
  const log: Sent[] = [];
  const received: number[] = [];
  const receivedInBursts: number[] = [];
  const refused = new Map<number, number>();
  const expected = new Map<string, Expected>();
  /** Of which at least one try went unanswered. */
  const missed = new Set<string>();
  const sentGuids = new Set<string>();
  let inFlight = 0;
  let duplicates = 0;
  let late = 0;
  let lostByGitHub = 0;
  let latest = LATEST_MILLIS;
  let askedAgain = 0;
  let isBurst = false;

  const portInTurn = () => {
    turn += 1;
    return ports[turn % ports.length] ?? 0;
  };

  async function deliver(
    happening: Happening,
    { guid = String(randomUUID()), isRedelivery = false } = {},
  ): Promise<number> {
    sentGuids.add(guid);
    const isInBurst = isBurst;
    const body = Buffer.from(JSON.stringify(happening.payload));
    const startedAt = performance.now();
    inFlight += 1;
    const status = await send(portInTurn(), { id: guid, event: happening.event, body });
    inFlight -= 1;
    const took = performance.now() - startedAt;
    if (status >= 200 && status < 300) {
      (isInBurst ? receivedInBursts : received).push(took);
    } else refused.set(status, (refused.get(status) ?? 0) + 1);
    remember(guid, happening, { status, isRedelivery, isInBurst });
    return status;
  }

  function remember(
    guid: string,
    happening: Happening,
    { status, isRedelivery, isInBurst }: { status: number; isRedelivery: boolean; isInBurst: boolean },
  ): void {
    ids += 1;
    if (status < 200 || status > 299) missed.add(guid);
    // Only what a list shows of those that arrived is kept: a day's payloads would fill the memory.
    const kept = status >= 200 && status < 300 ? { ...happening, payload: {} } : happening;
    log.push({ id: ids, guid, happening: kept, deliveredAt: Date.now(), isRedelivery, status, isInBurst });
  }

  const expect = (happening: Happening, guid: string) => {
    for (const what of happening.expects) expected.set(what, { at: Date.now(), guid, seenAt: null, times: 0 });
  };

  const wait = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));
  const settled = async () => {
    while (inFlight > 0) await wait(10);
  };

  /** One thing that happened, on its way: as it is, twice, late or never. */
  function happen(happening: Happening, day: Pick<Day, "duplicates" | "late" | "lost">): void {
    const guid = randomUUID();
    expect(happening, guid);
    const draw = random();
    if (draw < day.lost) {
      lostByGitHub += 1;
      sentGuids.add(guid);
      // As GitHub notes one that nobody answered in time.
      remember(guid, happening, { status: 0, isRedelivery: false, isInBurst: isBurst });
      return;
    }
    if (draw < day.lost + day.duplicates) {
      duplicates += 1;
      setTimeout(() => void deliver(happening, { guid, isRedelivery: true }), random() * latest);
    }
    const isLate = random() < day.late;
    if (isLate) late += 1;
    if (isLate) setTimeout(() => void deliver(happening, { guid }), random() * latest);
    else void deliver(happening, { guid });
  }

  return {
    sendTo: (given: readonly number[]) => {
      ports = given;
    },

    install: async () => {
      const status = await deliver({
        event: "installation",
        action: "created",
        payload: world.installation(),
        repository: 0,
        expects: [],
      });
      if (status < 200 || status > 299) throw new Error(`the installation was answered ${status}`);
    },

    /** The day's curve in `millis`: quiet at both ends, `perHour` on the whole, and the bursts on top. */
    replay: async (day: Day) => {
      const startedAt = performance.now();
      latest = Math.min(LATEST_MILLIS, day.millis / 2);
      let due = 0;
      let commandsDue = 0;
      let burstDue = 0;
      let before = startedAt;
      for (;;) {
        await wait(20);
        const now = performance.now();
        const at = now - startedAt;
        if (at > day.millis) break;
        const passed = now - before;
        before = now;
        const curve = 1 - 0.6 * Math.cos((2 * Math.PI * at) / day.millis);
        due += (passed * day.perHour * curve) / 3_600_000;
        commandsDue += (passed * day.commandsAnHour * curve) / 3_600_000;
        const burst = day.bursts.find((each) => at >= each.at && at < each.at + each.millis);
        isBurst = burst !== undefined;
        if (burst !== undefined) burstDue += (passed * burst.perSecond) / 1000;
        for (; due >= 1; due -= 1) happen(world.next(Date.now()), day);
        for (; burstDue >= 1; burstDue -= 1) happen(world.next(Date.now()), day);
        for (; commandsDue >= 1; commandsDue -= 1) for (const each of world.command(Date.now())) happen(each, day);
      }
      isBurst = false;
      await wait(latest);
      await settled();
    },

    /** As fast as they are answered, 32 at a time. */
    flood: async (count: number) => {
      let left = count;
      const startedAt = performance.now();
      const keepBusy = async () => {
        for (; left > 0; ) {
          left -= 1;
          await deliver(world.next(Date.now()));
        }
      };
      await Promise.all(Array.from({ length: 32 }, keepBusy));
      return { sendMillis: performance.now() - startedAt };
    },

    /** What stood on GitHub just now. */
    saw: (what: string) => {
      const one = expected.get(what);
      if (one === undefined) return;
      one.times += 1;
      one.seenAt ??= Date.now();
    },

    /** GitHub's list of an App's deliveries, newest first, from after `cursor`. */
    deliveriesBefore: (cursor: number | null, limit: number) => {
      const end = cursor === null ? log.length : cursor;
      return log.slice(Math.max(0, end - limit), end).toReversed();
    },

    redeliver: (id: number) => {
      const one = log[id - 1];
      if (one === undefined) return false;
      askedAgain += 1;
      setImmediate(() => void deliver(one.happening, { guid: one.guid, isRedelivery: true }));
      return true;
    },

    figures: () => {
      const waits = { reaction: kinds(), labels: kinds(), comment: kinds() };
      const recovered: number[] = [];
      const unseen: string[] = [];
      const doubled: string[] = [];
      for (const [what, each] of expected) {
        const kind = what.split(":")[0];
        // Labels are set once a decision and may change again: only what is said to people must not come twice.
        if (each.times > 1 && kind !== "labels") doubled.push(what);
        if (each.seenAt === null) unseen.push(what);
        else if (missed.has(each.guid)) recovered.push(each.seenAt - each.at);
        else if (kind === "reaction" || kind === "labels" || kind === "comment")
          waits[kind].push(each.seenAt - each.at);
      }
      return {
        guids: [...sentGuids],
        missed: [...missed],
        lostByGitHub,
        attempts: log.length,
        duplicates,
        late,
        askedAgain,
        refused: Object.fromEntries(refused),
        received: spread(received),
        receivedInBursts: spread(receivedInBursts),
        effects: { reaction: spread(waits.reaction), labels: spread(waits.labels), comment: spread(waits.comment) },
        recovered: spread(recovered),
        expected: expected.size,
        unseen: unseen.slice(0, BURST_KINDS),
        unseenCount: unseen.length,
        doubled,
      };
    },
  };
}

const kinds = (): number[] => [];

/** How many, and the middle, the slowest hundredth and the slowest, in milliseconds. */
export function spread(millis: readonly number[]): { count: number; p50: number; p99: number; max: number } {
  const sorted = millis.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, p50: round(at(0.5)), p99: round(at(0.99)), max: round(at(1)) };
}

const round = (value: number): number => Math.round(value * 10) / 10;
