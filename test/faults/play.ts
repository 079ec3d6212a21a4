// Plays one script through the whole product, with what goes wrong or without, and answers what there is in the end.
import FakeTimers from "@sinonjs/fake-timers";
import { pino } from "pino";
import { readConfig } from "../../src/config.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { openDatabase } from "../../src/db/database.ts";
import { ownerId } from "../../src/github/refs.ts";
import { startMailServer } from "../support/channels/mail-server.ts";
import { startReceiver } from "../support/channels/receiver.ts";
import { type Dialect, makeDatabase } from "../support/databases.ts";
import { startGitHub } from "../support/github/github.ts";
import { gatherPeople } from "./acting.ts";
import type { Disturbance } from "./disturbance.ts";
import { nextDueAt } from "./due.ts";
import { createGate } from "./gate.ts";
import { type Picture, takePicture } from "./picture.ts";
import { startProcesses } from "./processes.ts";
import { openRoad } from "./road.ts";
import type { Script } from "./script.ts";
import { BEGINS_AT, CUSTOMERS, ORGANIZATION } from "./seed.ts";
import { isNear, quietTimeAfter, timeAfter, waitOf } from "./times.ts";

export type Setting = {
  readonly on: Dialect;
  readonly processes: number;
  /** What is left out, to see that it is missed: nobody finds the comment that an earlier try wrote. */
  readonly without?: "the look for the marker";
};
export type Played = {
  readonly picture: Picture;
  /** What went wrong, by kind, as often as it really came about. */
  readonly met: Readonly<Record<string, number>>;
  readonly logs: readonly string[];
  /** When people did what the script says, step by step. */
  readonly times: readonly number[];
};

const SECRET = "a-secret-for-faults";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MOST_STOPS = 3000;
const QUIET_DAYS = 16;

/** `disturbed`: with what goes wrong, people acting at the times of an undisturbed play; null for that play itself. */
export async function play(
  script: Script,
  setting: Setting,
  disturbed: { readonly times: readonly number[] } | null,
): Promise<Played> {
  await using ends = new AsyncDisposableStack();
  const clock = FakeTimers.install({ now: BEGINS_AT, toFake: ["Date", "Temporal"] });
  ends.defer(() => clock.uninstall());
  return await playFrom(script, { ...setting, disturbed, clock, ends });
}

type Stage = Setting & {
  readonly disturbed: { readonly times: readonly number[] } | null;
  readonly clock: FakeTimers.Clock;
  readonly ends: AsyncDisposableStack;
};

async function playFrom(
  script: Script,
  { on, processes: count, without, disturbed, clock, ends }: Stage,
): Promise<Played> {
  const met: Record<string, number> = {};
  const hear = (what: string) => {
    met[what] = (met[what] ?? 0) + 1;
  };
  const logs: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logs.push(line) });

  const github = await startGitHub({ webhookSecret: SECRET, ...ORGANIZATION });
  ends.defer(() => github.close());
  const mail = await startMailServer();
  ends.defer(() => mail.close());
  const hooks = await startReceiver();
  ends.defer(() => hooks.close());
  const made = await makeDatabase(on);
  ends.defer(() => made.remove());
  const database = await openDatabase(made.url);
  ends.defer(() => database.close());
  const customers = parseCustomers(CUSTOMERS, "yaml");
  if (customers.kind !== "file") throw new Error(JSON.stringify(customers.problems));
  await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(0), read: customers, now: Date.now() }));
  const read = readConfig(
    {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_WEB_URL: github.webUrl,
      DATABASE_URL: made.url,
      HOST: "127.0.0.1",
      PUBLIC_URL: "https://advocate.example",
      SMTP_URL: mail.url,
      SMTP_FROM: "Patch Advocate <patches@acme.example>",
      NOTIFY_WEBHOOK_URL: `${hooks.url}/hooks`,
      NOTIFY_WEBHOOK_SECRET: "a-secret-for-hooks",
    },
    () => "",
  );
  if (read.kind !== "config") throw new Error(JSON.stringify(read));
  const config = { ...read.config, web: { ...read.config.web, port: 0 } };
  const gate = createGate({ github, isBlind: without === "the look for the marker", hear });
  const processes = await startProcesses({ count, databaseUrl: made.url, config, fetch: gate.fetch, log, hear });
  ends.defer(() => processes.close());
  let turn = 0;
  const nextProcess = (): string | null => {
    const living = processes.living();
    turn += 1;
    return living[turn % Math.max(living.length, 1)]?.url ?? null;
  };
  const road = await openRoad(nextProcess, hear);
  ends.defer(() => road.close());
  github.webhookUrl = `${road.url}${config.webhook.path}`;

  /** While something is lost the clock stops every minute, for whoever looks for it. */
  let lookAgainAt: number | null = null;
  let heldRanks: readonly number[] | null = null;

  /** What was kept once, also where it has been cleared away since. */
  const kept = new Set<string>();
  /** Deliveries that nobody has kept: the product finds and asks for them by itself. */
  const isAnyLost = async (): Promise<boolean> => {
    if (heldRanks !== null) return false;
    const rows = await database.db.selectFrom("deliveries").select("id").execute();
    for (const { id } of rows) kept.add(id);
    return github.deliveries.some(({ guid }) => !kept.has(guid));
  };
  async function settle(): Promise<void> {
    for (let before = -1; before !== github.deliveries.length; ) {
      before = github.deliveries.length;
      await github.settled();
      await processes.settle();
      await github.settled();
      if ((await processes.startDue(Date.now())) > 0) before = -1;
    }
    if (await isAnyLost()) lookAgainAt ??= Date.now() + MINUTE;
  }
  function sendAgain(): void {
    if (lookAgainAt !== null && lookAgainAt <= Date.now()) lookAgainAt = null;
    if (heldRanks !== null) return;
    for (const guid of road.takeAgainLater()) github.redeliver(guid);
  }
  let lastStopAt = 0;
  async function moveTo(target: number): Promise<void> {
    for (let stops = 0; ; stops += 1) {
      if (stops === MOST_STOPS) throw new Error(`the clock does not arrive at ${new Date(target).toISOString()}`);
      const due = [await nextDueAt(database.db, Date.now()), lookAgainAt, processes.nextStartAt()].filter(
        (at) => at !== null,
      );
      const next = Math.min(...due);
      if (next > target || due.length === 0) break;
      clock.setSystemTime(Math.max(next, Date.now() + 1));
      lastStopAt = Date.now();
      await processes.startDue(Date.now());
      sendAgain();
      await settle();
    }
    clock.setSystemTime(target);
    sendAgain();
    await settle();
  }

  async function moveOnUntilNothingIsNear(): Promise<void> {
    let due = await nextDueAt(database.db, Date.now());
    while (isNear(Date.now(), lastStopAt, due)) {
      await moveTo(quietTimeAfter(Date.now(), lastStopAt, due));
      due = await nextDueAt(database.db, Date.now());
    }
  }

  function arm(disturbance: Disturbance): void {
    switch (disturbance.kind) {
      case "crash":
        processes.dieAt(disturbance.process, disturbance.at, disturbance.downMinutes * MINUTE);
        break;
      case "database":
        processes.failAt(disturbance.process, disturbance.at);
        break;
      case "github":
        gate.arm(disturbance.at, disturbance.fault, disturbance.to);
        break;
      case "delivery":
        road.arm(disturbance.at, disturbance.fate);
        break;
      case "race":
        gate.race(disturbance.picks);
        break;
      case "reorder":
        if (heldRanks === null) github.hold();
        heldRanks = [...(heldRanks ?? []), ...disturbance.ranks];
    }
  }
  async function release(): Promise<void> {
    if (heldRanks === null) return;
    const ranks = heldRanks;
    heldRanks = null;
    hear("reorder");
    github.release({ order: ranks });
    await settle();
  }

  for (const announce of github.announcements()) announce();
  await settle();
  const people = await gatherPeople({
    github,
    newestMailTo: (address) => mail.mails.findLast(({ recipients }) => recipients.includes(address))?.text ?? null,
    press: async (path, form) => {
      for (let tries = 0; tries < 20; tries += 1) {
        if (processes.living().length === 0) await processes.startDue(Number.POSITIVE_INFINITY);
        const [first] = processes.living();
        const status = first === undefined ? 0 : await pressAt(`${first.url}${path}`, form);
        if (status >= 200 && status < 500) return;
      }
      throw new Error("nobody takes the account owner's answer");
    },
  });
  await settle();

  const times: number[] = [];
  for (const [index, step] of script.steps.entries()) {
    const { act, disturbances } = step;
    const wait = waitOf(step, script.steps[index - 1]);
    if (wait !== "minute") await release();
    await moveTo(disturbed?.times[index] ?? timeAfter(Date.now(), wait));
    if (disturbed === null && wait !== "minute") await moveOnUntilNothingIsNear();
    times.push(Date.now());
    if (disturbed !== null) disturbances.forEach(arm);
    await people.act(act);
    await settle();
  }
  await release();
  // Nobody lifts a hold any more that begins now.
  if (disturbed !== null) script.afterwards.filter(({ kind }) => kind !== "reorder").forEach(arm);
  await moveTo(disturbed?.times[script.steps.length] ?? Date.now() + QUIET_DAYS * DAY);
  if (disturbed === null) await moveOnUntilNothingIsNear();
  times.push(Date.now());
  await release();
  return {
    picture: await takePicture({ github, database, mails: mail.mails, hooks: hooks.received }),
    met,
    logs,
    times,
  };
}

async function pressAt(url: string, form: string): Promise<number> {
  try {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    const answer = await fetch(url, { method: "POST", redirect: "manual", headers, body: form });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
