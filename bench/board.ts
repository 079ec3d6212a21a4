// How long each page of the board takes, by HTTP, over a large organisation's store, and how many questions it asks of the database.
// `npx node bench/board.ts`; `--smoke` stores little and judges only that no page asks a question a row. PostgreSQL by TEST_DATABASE_URL.
import { randomBytes } from "node:crypto";
import pino from "pino";
import { NO_ACCESS } from "../src/board/access.ts";
import { keepAccess } from "../src/board/access-store.ts";
import { hashesOf, type Secrets } from "../src/board/secrets.ts";
import { keepSession } from "../src/board/session-store.ts";
import { type Database, openDatabase } from "../src/db/database.ts";
import { createMetrics } from "../src/metrics.ts";
import type { Wiring } from "../src/patches/wiring.ts";
import { createRoutes } from "../src/web/routes.ts";
import { createWebServer } from "../src/web/server.ts";
import { makeDatabase } from "../test/support/databases.ts";
import { fillBoard, NOW, OWNER, type Size } from "./board-data.ts";
import { createWatch, scansOf, type Watch } from "./board-plans.ts";
import { machine, writeResult } from "./result.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const SMALL: Size = { patches: 500, cases: 60, customers: 20 };
const LARGE: Size = IS_SMOKE
  ? { patches: 2_000, cases: 240, customers: 60 }
  : { patches: 100_000, cases: 10_000, customers: 1_000 };
/** So few patches may fit on one page. */
const SMALL_ENOUGH = 2_000;
const ROUNDS = IS_SMOKE ? 2 : 40;
const TARGET_MILLIS = 100;
const SECRETS: Secrets = () => ["a-secret-for-the-bench-of-the-board"];

/** Stands for where the first page leads on to. */
const NEXT = "next";
const PAGES: Readonly<Record<string, string>> = {
  waiting: "/o/acme-db",
  "waiting, second page": NEXT,
  "waiting, one customer": "/o/acme-db?customer=customer-7",
  "waiting, S1": "/o/acme-db?severity=S1",
  "waiting, author's turn": "/o/acme-db?turn=author",
  "waiting, one repository": "/o/acme-db?repository=engine",
  "waiting, words": "/o/acme-db?text=order+(77)",
  "waiting, mine": "/o/acme-db?mine=1",
  cases: "/o/acme-db/cases",
  "cases, words": "/o/acme-db/cases?text=customer+7",
  case: "/o/acme-db/cases/8",
  customers: "/o/acme-db/customers",
  customer: "/o/acme-db/customers/customer-7",
  record: "/o/acme-db/customers/customer-7/record/2026",
  contacts: "/o/acme-db/customers/customer-7/contacts",
  patch: "/o/acme-db/r/engine/21",
  repositories: "/o/acme-db/repositories",
  repository: "/o/acme-db/r/engine",
  insights: "/o/acme-db/insights",
  "insights, all": "/o/acme-db/insights?period=all",
  observed: "/o/acme-db/observe",
  log: "/o/acme-db/log",
  "log, words": "/o/acme-db/log?text=order",
  settings: "/o/acme-db/settings",
  "settings, customers": "/o/acme-db/settings/customers",
};

type Row = {
  readonly database: string;
  readonly page: string;
  readonly p50: number;
  readonly p95: number;
  readonly queries: number;
  readonly status: number;
  /** On SQLite: what of its plans reads a growing table whole. */
  readonly scans: readonly string[];
};

const rows: Row[] = [];
const growing: string[] = [];
for (const dialect of ["sqlite", "postgres"] as const) {
  const small = await measure(dialect, SMALL, 2);
  const large = await measure(dialect, LARGE, ROUNDS);
  rows.push(...large);
  for (const row of large) {
    const before = small.find(({ page }) => page === row.page)?.queries ?? 0;
    // A few more where a list is longer than a page of it was; one more a row would be hundreds.
    if (row.queries > before + 10) growing.push(`${dialect} ${row.page}: ${before} → ${row.queries} questions`);
  }
}
report();

async function measure(dialect: "sqlite" | "postgres", size: Size, rounds: number): Promise<Row[]> {
  const made = await makeDatabase(dialect);
  const database = await openDatabase(made.url);
  const watch = createWatch();
  const counted: Database = { ...database, db: database.db.withPlugin(watch.plugin) };
  try {
    const startedAt = performance.now();
    await fillBoard(database, size);
    if (size === LARGE) console.log(`${dialect}: stored in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    const { url, close } = await serve(counted);
    const cookie = await signIn(database);
    const found: Row[] = [];
    for (const [page, path] of Object.entries(PAGES)) {
      const row = await measurePage({ dialect, page, path, url, cookie, watch, rounds, database });
      if (row !== null) found.push(row);
      else if (size.patches > SMALL_ENOUGH) throw new Error(`${page}: the one before leads no further`);
    }
    await close();
    return found;
  } finally {
    await database.close();
    await made.remove();
  }
}

type Measured = {
  readonly dialect: string;
  readonly page: string;
  readonly path: string;
  readonly url: string;
  readonly cookie: string;
  readonly watch: Watch;
  readonly rounds: number;
  readonly database: Database;
};

async function measurePage({
  dialect,
  page,
  path,
  url,
  cookie,
  watch,
  rounds,
  database,
}: Measured): Promise<Row | null> {
  const address = path === NEXT ? await nextOf(`${url}/o/acme-db`, cookie) : `${url}${path}`;
  if (address === null) return null;
  const open = async () => {
    const answer = await fetch(address, { headers: { cookie }, redirect: "manual" });
    const body = await answer.text();
    return { status: answer.status, body };
  };
  await open();
  watch.reset();
  const first = await open();
  const questions = watch.questions();
  const queries = questions.length;
  const isPlanned = !IS_SMOKE && dialect === "sqlite" && rounds === ROUNDS;
  const scans = isPlanned ? await scansOf(database, questions) : [];
  const millis: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await open();
    millis.push(performance.now() - startedAt);
  }
  const sorted = millis.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { database: dialect, page, p50: at(0.5), p95: at(0.95), queries, status: first.status, scans };
}

/** The page behind this one, as its link says; null where a small store has none. */
async function nextOf(page: string, cookie: string): Promise<string | null> {
  const body = await (await fetch(page, { headers: { cookie } })).text();
  const href = /<a href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll("&amp;", "&");
  return href === undefined ? null : new URL(href, page).href;
}

async function signIn({ db }: Database): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const person = { kind: "github", id: 1, login: "dana", name: "Dana" } as const;
  const personKey = "github:1";
  await keepSession(db, {
    tokenHash: hashesOf(SECRETS, token)[0],
    personKey,
    person,
    browser: "bench",
    createdAt: NOW,
  });
  const access = { ...NO_ACCESS, roles: ["support"] as const, customerIds: ["customer-7"] };
  await keepAccess(db, { ownerId: OWNER, personKey }, { access, readAt: NOW });
  return `patch-advocate=${token}`;
}

async function serve(database: Database): Promise<{ url: string; close: () => Promise<void> }> {
  const wiring: Wiring = {
    database,
    github: nobody(),
    people: nobody(),
    now: () => NOW,
    addresses: { publicUrl: null, webUrl: "https://github.com" },
    channels: { hasMail: true, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
  };
  const routes = createRoutes({
    wiring,
    log: pino({ level: "warn" }),
    slack: { botToken: null, signingSecret: null, apiUrl: null },
    board: {
      config: {
        web: { port: 0, host: null, publicUrl: null, sessionSecrets: [] },
        github: {
          apiUrl: "https://api.github.com",
          graphqlUrl: "https://api.github.com/graphql",
          webUrl: "https://github.com",
          publicToken: null,
          client: null,
        },
      },
      secrets: SECRETS,
      fetch: () => Promise.reject(new Error("a page asks GitHub nothing")),
    },
    health: { database, isStopping: () => false, metrics: createMetrics() },
  });
  const web = createWebServer({ webhookPath: "/hook", receive: (_, response) => response.end(), routes: routes.hono });
  const { port } = await web.listen({ port: 0, host: "127.0.0.1" });
  return { url: `http://127.0.0.1:${port}`, close: web.close };
}

/** Whatever is asked of GitHub fails: pages read the store. */
function nobody<T extends object>(): T {
  return new Proxy<T>({} as T, {
    get: () => () => Promise.reject(new Error("a page asks GitHub nothing")),
  });
}

function report(): void {
  console.table(rows.map(({ scans, ...row }) => ({ ...row, scans: scans.length })));
  for (const { page, scans } of rows) for (const scan of scans) console.log(`${page}: ${scan}`);
  const failing = rows
    .filter(({ status }) => status !== 200)
    .map(({ database, page, status }) => `${database} ${page}: ${status}`);
  const slow = rows
    .filter(({ p95 }) => p95 > TARGET_MILLIS)
    .map(({ database, page, p95 }) => `${database} ${page}: ${p95} ms`);
  const isReached = slow.length === 0 && growing.length === 0 && failing.length === 0;
  for (const line of [...failing, ...growing, ...(IS_SMOKE ? [] : slow)]) console.log(`NOT reached: ${line}`);
  console.log(
    `${machine()}; ${IS_SMOKE ? "smoke run: times are not judged" : `target ${isReached ? "reached" : "NOT reached"}`}`,
  );
  writeResult("board", {
    machine: machine(),
    isSmoke: IS_SMOKE,
    targetMillis: TARGET_MILLIS,
    isReached,
    growing,
    rows,
  });
  if (failing.length + growing.length > 0 || (!IS_SMOKE && slow.length > 0)) process.exitCode = 1;
}
