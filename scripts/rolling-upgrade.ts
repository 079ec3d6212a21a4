// Runs an older release and this one on one PostgreSQL under traffic, one after the other and for a while side by side, and shows that
// nothing was lost or said twice. By hand: `node scripts/rolling-upgrade.ts REVISION`; it takes a minute and the older release's `npm ci`.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { CUSTOMERS_FILE } from "../bench/load-answers.ts";
import { figures } from "../bench/load-day.ts";
import { startServer } from "../bench/load-servers.ts";
import { environmentOf, startGitHub } from "../bench/load-stage.ts";
import { onServer, SERVER } from "../test/support/databases.ts";

const revision = process.argv[2];
if (revision === undefined) throw new Error("say which revision: node scripts/rolling-upgrade.ts REVISION");
const MILLIS = 45_000;
const DAY = {
  millis: MILLIS,
  perHour: 50_000,
  commandsAnHour: 2400,
  bursts: [],
  duplicates: 0.02,
  late: 0.05,
  lost: 0,
};

const folder = mkdtempSync(join(tmpdir(), "patch-advocate-rolling-"));
const name = `rolling_${randomBytes(6).toString("hex")}`;
const url = new URL(SERVER);
url.pathname = `/${name}`;
await onServer(`create database ${name}`);
const github = await startGitHub({ seed: 1, repositories: 20 });
const client = new pg.Client({ connectionString: url.href });
try {
  const start = checkOut(revision);
  const environment = environmentOf(github.url, url.href);
  const customers = join(folder, "customers.yaml");
  writeFileSync(customers, CUSTOMERS_FILE);
  execFileSync(process.execPath, [start, "customers", "import", customers], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: "inherit",
  });
  await client.connect();

  const logPath = join(folder, "complaints.log");
  const older = await startServer(environment, { logPath, start });
  await github.order({ do: "ports", ports: [older.port] });
  await github.order({ do: "install" });
  await untilIdle(120_000);
  say("the older release runs alone");
  const day = github.order({ do: "day", ...DAY });
  await wait(MILLIS / 3);
  const newer = await startServer(environment, { logPath });
  await github.order({ do: "ports", ports: [older.port, newer.port] });
  say("both run", await migrations());
  await wait(MILLIS / 3);
  await github.order({ do: "ports", ports: [newer.port] });
  await wait(1000);
  await older.stop();
  say("this release runs alone");
  await day;
  await untilIdle(120_000);

  const { guids, unseenCount, unseen, doubled, refused, requests, expected } = figures.parse(
    await github.order({ do: "figures" }),
  );
  const { rows } = await client.query<{ id: string; state: string }>("select id, state from deliveries");
  const kept = new Map(rows.map(({ id, state }) => [id, state]));
  const lost = guids.filter((guid) => !["done", "ignored"].includes(kept.get(guid) ?? "")).length;
  const twice = doubled.length + (requests["comments whose marker stands twice"] ?? 0);
  say(`${guids.length} deliveries, ${expected} answers awaited`, {
    lost,
    "not answered": unseenCount,
    unseen,
    "said twice": twice,
    refused,
    "complaints of the older": Object.fromEntries(older.complaints),
    "complaints of this one": Object.fromEntries(newer.complaints),
  });
  await newer.stop();
  if (lost + unseenCount + twice > 0) process.exitCode = 1;
} finally {
  github.child.disconnect();
  await client.end();
  await onServer(`drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
}

/** The older release with its own dependencies; answers what starts it. */
function checkOut(of: string): string {
  const tree = join(folder, "older");
  const archive = join(folder, "older.tar");
  execFileSync("git", ["archive", "--format=tar", "--prefix=older/", `--output=${archive}`, of]);
  execFileSync("tar", ["-xf", archive, "-C", folder]);
  execFileSync("npm", ["ci", "--omit=dev", "--omit=optional"], { cwd: tree, stdio: ["ignore", "ignore", "inherit"] });
  return join(tree, "src/start.js");
}

async function migrations(): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>("select name from kysely_migration order by name");
  return rows.map((row) => row.name);
}

/** In plain SQL that both releases' tables understand. */
async function untilIdle(millis: number): Promise<void> {
  const endsAt = performance.now() + millis;
  for (let rests = 0; rests < 3; ) {
    const { rows } = await client.query<{ left: string }>(
      `select (select count(*) from deliveries where state = 'pending') + (select count(*) from effects where state = 'due')
        + (select count(*) from backfills where state = 'pending')
        + (select count(*) from patches where due_at <= $1) as left`,
      [Date.now()],
    );
    rests = Number(rows[0]?.left) === 0 ? rests + 1 : 0;
    if (performance.now() > endsAt) return say(`still to do: ${rows[0]?.left}`);
    await wait(200);
  }
}

function wait(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function say(text: string, more: unknown = ""): void {
  console.log(new Date().toISOString(), text, more);
}
