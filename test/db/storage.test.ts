// What is told of a database that takes no writes: which fault is the storage's own, that it is said once, and that its end is noticed.
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { createStorage, type StorageNews, type Trouble, troubleIn } from "../../src/db/storage.ts";
import { createMetrics } from "../../src/metrics.ts";
import { healthRoutes } from "../../src/web/health.ts";
import { DIALECTS, makeDatabase, onServer } from "../support/databases.ts";

const sqlite = (errcode: number) => Object.assign(new Error("from SQLite"), { code: "ERR_SQLITE_ERROR", errcode });
const postgres = (code: string) => Object.assign(new Error("from PostgreSQL"), { severity: "ERROR", code });

test.each<[string, unknown, Trouble | null]>([
  ["SQLITE_FULL", sqlite(13), "full"],
  ["SQLITE_IOERR_SHMSIZE", sqlite(4874), "full"],
  ["SQLITE_READONLY", sqlite(8), "read-only"],
  ["SQLITE_READONLY_DIRECTORY", sqlite(1544), "read-only"],
  ["SQLITE_CANTOPEN", sqlite(14), "read-only"],
  ["SQLITE_IOERR_WRITE", sqlite(778), "damaged"],
  ["SQLITE_CORRUPT", sqlite(11), "damaged"],
  ["SQLITE_BUSY", sqlite(5), null],
  ["SQLITE_CONSTRAINT_UNIQUE", sqlite(2067), null],
  ["PostgreSQL's disk_full", postgres("53100"), "full"],
  ["PostgreSQL's read_only_sql_transaction", postgres("25006"), "read-only"],
  ["PostgreSQL's unique_violation", postgres("23505"), null],
  ["one behind another fault", new Error("could not", { cause: sqlite(13) }), "full"],
  ["one among several", new AggregateError([new Error("else"), new Error("x", { cause: sqlite(8) })]), "read-only"],
  ["a full disk elsewhere", Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }), null],
  ["no error", "13", null],
])("%s is told for what it is", (_, error, trouble) => {
  expect(troubleIn(error)).toBe(trouble);
});

function watched(): {
  readonly news: StorageNews[];
  readonly storage: ReturnType<typeof createStorage>;
  fault: unknown;
} {
  const world = { fault: null as unknown };
  const storage = createStorage({
    freshMillis: 60_000,
    probe: async () => {
      if (world.fault !== null) throw world.fault;
    },
  });
  const news: StorageNews[] = [];
  storage.onNews((each) => news.push(each));
  onTestFinished(() => storage.close());
  return Object.assign(world, { news, storage });
}

test("a full disk that many meet is told of once, and its end once", async () => {
  const world = watched();
  world.fault = sqlite(13);
  for (let met = 0; met < 100; met += 1) world.storage.noteFault(sqlite(13));
  world.storage.noteFault(new Error("something else"));

  expect(await world.storage.check()).toBe("full");
  world.fault = null;
  expect(await world.storage.check()).toBeNull();
  expect(world.news).toEqual([
    { kind: "trouble", trouble: "full", faults: 1 },
    { kind: "over", seconds: 0 },
  ]);
});

test("near the limit, where small writes go through and large ones do not, it is told of once all the same", () => {
  const { storage, news } = watched();
  for (let turn = 0; turn < 10; turn += 1) {
    storage.noteFault(sqlite(13));
    storage.noteWritten();
  }
  expect(news.map(({ kind }) => kind)).toEqual(["trouble", "over"]);
});

test("who asks finds out about a disk that nobody has written to, and a write just before is answer enough", async () => {
  const world = watched();
  world.fault = sqlite(13);
  expect(await world.storage.check()).toBe("full");

  const other = watched();
  other.storage.noteWritten();
  other.fault = sqlite(13);
  expect(await other.storage.check()).toBeNull();
});

test("what is no trouble of the storage's is thrown to who asks", async () => {
  const world = watched();
  world.fault = new Error("closed");
  await expect(world.storage.check()).rejects.toThrow("closed");
});

test.runIf(DIALECTS.includes("postgres"))(
  "a PostgreSQL that only reads is told of until it takes writes again",
  async () => {
    const { url, remove } = await makeDatabase("postgres");
    onTestFinished(remove);
    const name = new URL(url).pathname.slice(1);
    const setReadOnly = async (is: "on" | "off") => {
      await onServer(`alter database ${name} set default_transaction_read_only = ${is}`);
      // It holds for connections that begin after it.
      await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    };
    const open = async () => {
      const database = await openDatabase(url);
      onTestFinished(() => database.close());
      const news: StorageNews[] = [];
      database.storage.onNews((each) => news.push(each));
      const routes = healthRoutes({ database, isStopping: () => false, metrics: createMetrics() });
      const readyz = async () => (await routes.request("/readyz")).text();
      return { database, news, readyz };
    };
    const inTransaction = await open();
    const alone = await open();
    const idle = await open();
    const row = (value: string) => ({ name: "written", value });
    const READ_ONLY = /^not ready: the database cannot be written/;

    await setReadOnly("on");
    await expect.poll(() => idle.readyz()).toMatch(READ_ONLY);
    const refused = (write: () => Promise<unknown>) =>
      expect.poll(() => write().then(String, ({ code }: { readonly code?: string }) => code)).toBe("25006");
    await refused(() =>
      inTransaction.database.transaction((tx) => tx.insertInto("settings").values(row("1")).execute()),
    );
    await refused(() => alone.database.db.insertInto("settings").values(row("2")).execute());
    for (const { database, news, readyz } of [inTransaction, alone, idle]) {
      // What only reads goes through, and says nothing of writing.
      await database.transaction((tx) => tx.selectFrom("settings").selectAll().execute());
      expect(await readyz()).toMatch(READ_ONLY);
      expect(news).toEqual([{ kind: "trouble", trouble: "read-only", faults: 1 }]);
    }

    await setReadOnly("off");
    for (const { news, readyz } of [inTransaction, alone, idle]) {
      await expect.poll(readyz).toBe("ready\n");
      expect(news.map(({ kind }) => kind)).toEqual(["trouble", "over"]);
    }
  },
);
