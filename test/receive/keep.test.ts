// Keeping, on both databases: one row a GUID, one commit for many, and back at work as soon as the database is.
import { connect, createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import type { Keeper } from "../../src/github/receive.ts";
import { unpackBody } from "../../src/github/receive-body.ts";
import { gatherIntoBatches, keepInDatabase } from "../../src/github/receive-database.ts";
import { createKeeper } from "../../src/github/receive-thread.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import { countCommits, deliveryOf, startReceiver } from "./support.ts";

const cleanUps: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function open(url: string): Promise<Database> {
  const database = await openDatabase(url);
  cleanUps.push(database.close);
  return database;
}

async function rowsOf({ db }: Database) {
  const rows = await db.selectFrom("deliveries").selectAll().orderBy("id").execute();
  return rows.map(({ body, ...row }) => ({ ...row, text: unpackBody(body ?? new Uint8Array()) }));
}

describe.each(DIALECTS)("on %s", (dialect) => {
  async function start() {
    const { url, remove } = await makeDatabase(dialect);
    cleanUps.push(remove);
    const database = await open(url);
    const { metrics, commits } = countCommits();
    const keeper = createKeeper({ databaseUrl: url, database, metrics });
    cleanUps.push(keeper.close);
    return { url, database, keeper, commits, metrics };
  }

  async function behindHttp(keeper: Keeper) {
    const receiver = await startReceiver({ keep: keeper.keep });
    cleanUps.push(receiver.stop);
    return receiver;
  }

  test("deliveries that arrive together share one commit, and each is there afterwards", async () => {
    const { database, keeper, commits } = await start();
    const ids = Array.from({ length: 250 }, (_, index) => `d-${String(index).padStart(3, "0")}`);

    await Promise.all(ids.map((id) => keeper.keep(deliveryOf(id, `{"id":"${id}"}`))));

    expect(commits).toEqual([250]);
    const rows = await rowsOf(database);
    expect(rows.map(({ id, text }) => [id, text])).toEqual(ids.map((id) => [id, `{"id":"${id}"}`]));
    expect(rows[0]).toMatchObject({ event: "ping", state: "pending", attempts: 0, claimed_until: null });
    expect(new Set(rows.map((row) => row.received_at === row.run_after))).toEqual(new Set([true]));
  });

  test("the same GUID twice is one row, the first, however close together", async () => {
    const { database, keeper } = await start();

    await Promise.all([keeper.keep(deliveryOf("d-1", '"first"')), keeper.keep(deliveryOf("d-1", '"second"'))]);
    await keeper.keep(deliveryOf("d-1", '"third"'));

    expect((await rowsOf(database)).map(({ id, text }) => [id, text])).toEqual([["d-1", '"first"']]);
  });

  test("whose a delivery is, is kept with it, where the payload says so and whatever people write into it", async () => {
    const { database, keeper } = await start();
    const title = JSON.stringify('","installation":{"id":666},"');
    const written = `{"title":${title},"installation":{"id":7,"node_id":"x"},"after":"${"x".repeat(100)}"}`;

    await keeper.keep(deliveryOf("theirs", written));
    await keeper.keep(deliveryOf("nobody's", `{"title":${title}}`));

    const rows = await rowsOf(database);
    expect(rows.map(({ id, installation_id }) => [id, installation_id])).toEqual([
      ["nobody's", null],
      ["theirs", 7],
    ]);
  });

  test("those who work hear of what came", async () => {
    const { database, keeper } = await start();
    const heard = new Promise((hear) => database.onHint(hear));

    await keeper.keep(deliveryOf("d-1"));

    expect(await heard).toBe("deliveries");
  });

  test("while the table cannot be written the answer is 503, and 202 again without a restart", async () => {
    const { url, keeper } = await start();
    const other = await open(url);
    const receiver = await behindHttp(keeper);

    await sql`alter table deliveries rename to elsewhere`.execute(other.db);
    const away = await receiver.send();
    await sql`alter table elsewhere rename to deliveries`.execute(other.db);
    const back = await receiver.send();

    expect([away.status, back.status]).toEqual([503, 202]);
    expect(await rowsOf(other)).toHaveLength(1);
  });

  test("closing waits for what was taken", async () => {
    const { database, keeper } = await start();

    const kept = keeper.keep(deliveryOf("d-1"));
    await keeper.close();

    await kept;
    expect(await rowsOf(database)).toHaveLength(1);
  });
});

test("a full disk is 503, and no more once there is room", async () => {
  const { url, remove } = await makeDatabase("sqlite");
  cleanUps.push(remove);
  const database = await open(url);
  const receiver = await startReceiver({ keep: keepInDatabase(database, countCommits().metrics).keep });
  cleanUps.push(receiver.stop);
  const noise = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007).join();

  await sql`pragma max_page_count = 1`.execute(database.db);
  const full = await receiver.send({ body: noise });
  await sql`pragma max_page_count = 100000`.execute(database.db);
  const roomy = await receiver.send({ body: noise });

  expect([full.status, roomy.status]).toEqual([503, 202]);
  expect(await rowsOf(database)).toHaveLength(1);
});

test.runIf(DIALECTS.includes("postgres"))("a PostgreSQL that is away is 503, and 202 once it is back", async () => {
  const { url, remove } = await makeDatabase("postgres");
  cleanUps.push(remove);
  const line = await startLine(url);
  cleanUps.push(line.cut);
  const database = await open(line.url);
  const receiver = await startReceiver({ keep: keepInDatabase(database, countCommits().metrics).keep });
  cleanUps.push(receiver.stop);

  const before = await receiver.send();
  await line.cut();
  const away = await receiver.send();
  await line.mend();
  const back = await receiver.send();

  expect([before.status, away.status, back.status]).toEqual([202, 503, 202]);
  expect(await rowsOf(database)).toHaveLength(2);
});

test("a database that never answers fails its deliveries in time, and the next are tried", async () => {
  let commits = 0;
  const keeper = gatherIntoBatches({
    commit: () => {
      commits += 1;
      return commits === 1 ? new Promise(() => undefined) : Promise.resolve();
    },
    patienceMillis: 20,
  });

  await expect(keeper.keep(deliveryOf("d-1"))).rejects.toThrow("the database has not answered for 20 ms");
  await keeper.keep(deliveryOf("d-2"));

  expect(commits).toBe(2);
});

/** A line to PostgreSQL that can be cut and mended. */
async function startLine(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", () => done()));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const near = new URL(url);
  near.host = `127.0.0.1:${port}`;
  return {
    url: near.href,
    mend: () => listen(port),
    cut: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
