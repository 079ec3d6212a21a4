// One round of bench/kills: a new GitHub and a new database, people who act all the time, and a server that is killed and started again.
import { type Database, openDatabase } from "../src/db/database.ts";
import { startChannels } from "../test/support/channels/channels.ts";
import { type GitHub, startGitHub } from "../test/support/github/github.ts";
import { skipWaiting, workLeft } from "../test/support/work-left.ts";
import { type Figures, judge } from "./kills-judge.ts";
import { type Dialect, makeStore, type Server, startServer } from "./kills-server.ts";
import { createActs, gitHubOf, importAll, seeded } from "./kills-world.ts";

const SECRET = "a-secret-for-the-bench";
const WEBHOOK_PATH = "/api/github/webhooks";
/** Long enough for some work between two deaths; on a machine that is slow to start one, as long as a start takes. */
const LONGEST_LIFE_MILLIS = 1500;
/** After a start; else a slow machine would hear of nothing but old deliveries. */
const SENT_AGAIN_AT_ONCE = 20;
const ACT_MILLIS = 100;
/** People do not stop because a server is away; most of what they do should find one all the same. */
const ACT_MILLIS_DOWN = 2000;
/** How often what would be tried again in a minute is tried at once. */
const LOOKS = 10;
/** As the product paces itself. */
const REMINDERS_AN_HOUR = 45;
const DRAIN_MILLIS = 240_000;

type Round = { readonly dialect: Dialect; readonly kills: number; readonly seed: number };

export async function playRound({ dialect, kills, seed }: Round): Promise<Figures> {
  const random = seeded(seed);
  const owners = Math.max(2, Math.ceil(kills / 4));
  const store = await makeStore(dialect);
  const channels = await startChannels(["mail", "webhook"], []);
  const github = await startGitHub({ webhookSecret: SECRET, ...gitHubOf(owners) });
  const database = await openDatabase(store.url);
  await importAll(database, github, owners);
  const errors: string[] = [];
  const start = (): Server =>
    startServer(
      {
        APP_ID: String(github.appId),
        PRIVATE_KEY: github.privateKey,
        WEBHOOK_SECRET: SECRET,
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: github.graphqlUrl,
        GITHUB_WEB_URL: github.webUrl,
        DATABASE_URL: store.url,
        ...channels.environment,
        PUBLIC_URL: "",
      },
      (line) => {
        if (/"level":"(error|fatal)"/.test(line)) errors.push(line.slice(0, 300));
      },
    );
  const listenAt = (url: string) => {
    github.webhookUrl = `${url}${WEBHOOK_PATH}`;
  };
  // A clean end keeps what Node has compiled, which makes all later starts quick.
  await start().stop();
  const startedAt = performance.now();
  let server = start();
  listenAt((await server.ready) ?? "");
  const startMillis = performance.now() - startedAt;
  github.announceInstallations();
  await github.settled();
  await until(async () => (await workLeft(database)) === 0);

  const { act, acted } = createActs(github, { owners, random: seeded(seed + 1) });
  let killed = 0;
  let isUp = true;
  const acting = (async () => {
    while (killed < kills) {
      await act(killed / kills);
      await after(random() * (isUp ? ACT_MILLIS : ACT_MILLIS_DOWN));
    }
  })();
  for (; killed < kills; killed += 1) {
    if (random() < 0.2) await after(random() * startMillis);
    else {
      const url = await server.ready;
      if (url !== null) listenAt(url);
      sendAgain(github, SENT_AGAIN_AT_ONCE);
      isUp = true;
      await after(random() * Math.max(LONGEST_LIFE_MILLIS, startMillis));
      isUp = false;
    }
    await server.kill();
    // As if the dead process's leases had run out: what it had in its hands is taken up at once.
    if (random() < 0.5) await skipWaiting(database);
    if (random() < 0.3) await hurry(database);
    server = start();
  }
  await acting;

  // The last one too, since what a living process holds is not ours to change.
  await server.kill();
  await skipWaiting(database);
  server = start();
  listenAt((await server.ready) ?? "");
  await github.settled();
  sendAgain(github, Number.POSITIVE_INFINITY);
  await github.settled();
  let looks = 0;
  const isDone = await until(async () => {
    await hurry(database);
    // One that GitHub gave up on, because the answer took ten seconds.
    if (sendAgain(github, Number.POSITIVE_INFINITY) > 0) return false;
    // Some wait for an answer that never comes, and are looked at every minute.
    looks += 1;
    if (looks <= LOOKS && (await decideSoon(database)) > 0) return false;
    return (await workLeft(database)) - (await paced(database)) === 0;
  });
  await server.kill();
  const figures = await judge({ github, channels, database, acted: acted() });
  await database.close();
  await channels.close();
  await github.close().catch(() => undefined);
  await store.remove();
  const faults = [...figures.faults, ...errors, ...(isDone ? [] : ["there was work left after four minutes"])];
  return { ...figures, faults };
}

/** What got no 2xx is sent again under its GUID, the oldest first, as who looks through GitHub's list of deliveries asks for it. Answers how many. */
function sendAgain(github: GitHub, most: number): number {
  const last = new Map<string, { readonly isKept: boolean; readonly isOver: boolean }>();
  for (const { guid, status, answer } of github.deliveries) {
    const isKept = last.get(guid)?.isKept === true || (status !== null && status < 300);
    last.set(guid, { isKept, isOver: status !== null || answer !== "" });
  }
  const missing = [...last].filter(([, { isKept, isOver }]) => !isKept && isOver);
  const again = missing.slice(0, most);
  for (const [guid] of again) github.redeliver(guid);
  return again.length;
}

/** The real clock may show a weekend or a night, in which nobody is told what is not urgent. */
async function hurry(database: Database): Promise<void> {
  await database.transaction((tx) =>
    tx
      .updateTable("notices")
      .set({ is_urgent: 1, run_after: 0 })
      .where("state", "=", "due")
      .where("is_urgent", "=", 0)
      .where("claimed_until", "is", null)
      .execute(),
  );
}

/** Decides at once what would be tried again in a minute. Answers how many patches that were. */
async function decideSoon(database: Database): Promise<number> {
  const now = Date.now();
  const hurried = await database.transaction((tx) =>
    tx
      .updateTable("patches")
      .set({ due_at: now })
      .where("due_at", ">", now)
      .where("due_at", "<=", now + 120_000)
      .executeTakeFirst(),
  );
  return Number(hurried.numUpdatedRows);
}

/** Reminders of owners who have had their hour's worth: they go out in an hour, for which nobody waits here. */
async function paced({ db }: Database): Promise<number> {
  const full = db
    .selectFrom("writes")
    .select("installation_id")
    .where("is_comment", "=", 1)
    .groupBy("installation_id")
    .having(({ fn }) => fn.countAll(), ">=", REMINDERS_AN_HOUR);
  const { n } = await db
    .selectFrom("effects")
    .select(({ fn }) => fn.countAll().as("n"))
    .where("state", "=", "due")
    .where("kind", "in", ["reminder", "author-turn", "decision-request"])
    .where("installation_id", "in", full)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Answers whether it came true in time. */
async function until(holds: () => Promise<boolean>): Promise<boolean> {
  const endsAt = performance.now() + DRAIN_MILLIS;
  while (!(await holds())) {
    if (performance.now() > endsAt) return false;
    await after(100);
  }
  return true;
}

function after(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
