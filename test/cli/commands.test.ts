// The commands for whoever keeps the product running, as child processes on both databases: what they print, whole.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { createProgram } from "../../src/cli/program.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { keepProgress } from "../../src/github/missed/progress.ts";
import { packBody } from "../../src/github/receive-body.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import { makeFolder, type Ran, run } from "./run.ts";

const AT = Date.parse("2026-03-02T09:00:00Z");

let folder: string;
let removeFolder: () => void;
beforeEach(() => {
  ({ folder, remove: removeFolder } = makeFolder());
});
afterEach(() => removeFolder());

describe.each(DIALECTS)("on %s", (dialect) => {
  let url: string;
  let database: Database;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const made = await makeDatabase(dialect);
    url = made.url;
    database = await openDatabase(url);
    cleanUp = async () => {
      await database.close();
      await made.remove();
    };
    for (const [id, login] of [
      [7, "acme-db"],
      [8, "shinshu"],
    ] as const) {
      await database.db
        .insertInto("installations")
        .values({
          id: id * 100,
          owner_id: id,
          owner_login: login,
          owner_type: "Organization",
          state: "active",
          permissions: "{}",
          installed_at: AT,
        })
        .execute();
    }
  });
  afterAll(() => cleanUp());
  beforeEach(async () => {
    await database.db.deleteFrom("deliveries").execute();
    await database.db.deleteFrom("pauses").execute();
  });

  /** In this process, which is quicker; the tests below show that the process around it does the same. */
  async function command(...words: string[]): Promise<Ran> {
    const ran = { code: 0, out: "", err: "" };
    const context: CliContext = {
      openDatabase: () => openDatabase(url),
      githubHosts: () => ["github.com"],
      publicUrl: () => ({ kind: "address", url: null }),
      now: () => AT + 60_000,
      out: (text) => {
        ran.out += `${text}\n`;
      },
      err: (text) => {
        ran.err += `${text}\n`;
      },
      fail: (message) => {
        ran.err += `${message}\n`;
        ran.code = 1;
      },
    };
    await createProgram(context, () => url).parseAsync(words, { from: "user" });
    return ran;
  }

  async function keep(
    id: string,
    state: "pending" | "done" | "ignored" | "failed",
    changes: { because?: string; error?: string; attempts?: number; body?: null; receivedAt?: number } = {},
  ): Promise<void> {
    const { because = null, error = null, attempts = 1, receivedAt = AT } = changes;
    const body = changes.body === null ? null : packBody(new Uint8Array([123, 125]));
    const finished_at = state === "pending" ? null : receivedAt;
    const row = { id, event: "issues", received_at: receivedAt, run_after: receivedAt, state, attempts, finished_at };
    await database.db
      .insertInto("deliveries")
      .values({ ...row, because, error, body })
      .execute();
  }

  const stateOf = async (id: string) => {
    const columns = ["state", "attempts", "finished_at"] as const;
    return database.db.selectFrom("deliveries").select(columns).where("id", "=", id).executeTakeFirst();
  };

  test("deliveries are listed, failed ones first, with why and what to do", async () => {
    await keep("d-done", "done", { receivedAt: AT + 3000 });
    await keep("d-ignored", "ignored", { because: "nobody asked for it", receivedAt: AT + 2000 });
    await keep("d-waiting", "pending", { error: "GitHub\nis away", attempts: 3, receivedAt: AT + 1000 });
    await keep("d-failed", "failed", { error: "the payload is not JSON" });

    expect(await command("deliveries", "list")).toEqual({
      code: 0,
      err: "",
      out: `2026-03-02T09:00:00Z  failed   d-failed  issues: the payload is not JSON
2026-03-02T09:00:03Z  done     d-done  issues
2026-03-02T09:00:02Z  ignored  d-ignored  issues: nobody asked for it
2026-03-02T09:00:01Z  pending  d-waiting  issues (attempt 3): GitHub is away

To try one again: patch-advocate deliveries retry d-failed
To try every failed one again: patch-advocate deliveries retry --all-failed
`,
    });
    expect((await command("deliveries", "list", "--state", "ignored", "--limit", "1")).out).toBe(
      "2026-03-02T09:00:02Z  ignored  d-ignored  issues: nobody asked for it\n",
    );
    expect(JSON.parse((await command("deliveries", "list", "--state", "failed", "--json")).out)).toEqual([
      {
        id: "d-failed",
        event: "issues",
        state: "failed",
        receivedAt: "2026-03-02T09:00:00.000Z",
        attempts: 1,
        because: null,
        error: "the payload is not JSON",
      },
    ]);
  });

  test("what GitHub could not bring is listed until it arrives, with what is done about it", async () => {
    const UNREAD = `GitHub's list of deliveries has not been read to its end yet: a running server does that at its start and every five minutes,
and writes in its log why where it cannot.
`;
    const of = "1@https://api.github.com";
    expect((await command("deliveries", "list", "--missed")).out).toBe(UNREAD);
    await keepProgress(database, of, { doneAt: null, reading: { cursor: "c", beganAt: AT, pages: 1 } });
    expect((await command("deliveries", "list", "--missed")).out).toBe(UNREAD);
    await keepProgress(database, of, { doneAt: AT, reading: null });
    expect((await command("deliveries", "list", "--missed")).out).toBe(
      "Nothing is missing: all that GitHub lists as delivered before 2026-03-02T09:00:00Z has arrived.\n",
    );
    const row = { delivery_id: 1, event: "issues", installation_id: 7, delivered_at: AT, try_at: AT + 300_000 };
    await database.db
      .insertInto("missed_deliveries")
      .values([
        { ...row, guid: "d-waiting", state: "due", tries: 1 },
        { ...row, guid: "d-over", state: "given up", tries: 6, because: "GitHub\u001b[31m does not send\nit again" },
        { ...row, guid: "d-arrived", state: "due", tries: 1 },
      ])
      .execute();
    await keep("d-arrived", "done");

    expect((await command("deliveries", "list", "--missed")).out).toBe(
      `2026-03-02T09:00:00Z  given up  d-over  issues: GitHub[31m does not send it again
2026-03-02T09:00:00Z  due       d-waiting  issues: asked for once, next 2026-03-02T09:05:00Z

What was given up is not asked for again. Redeliver it by its id in the App's settings at GitHub, under "Advanced". Otherwise the daily comparison
adds what happened, but runs no commands in comments: they have to be written once more.

What is due is asked for by the running server: there is nothing to do.
`,
    );
    expect(JSON.parse((await command("deliveries", "list", "--missed", "--json", "--limit", "1")).out)).toEqual([
      {
        guid: "d-over",
        event: "issues",
        installationId: 7,
        state: "given up",
        tries: 6,
        because: "GitHub[31m does not send it again",
        deliveredAt: "2026-03-02T09:00:00Z",
        nextTryAt: null,
      },
    ]);
    await database.db.deleteFrom("missed_deliveries").execute();
    await database.db.deleteFrom("settings").execute();
  });

  test("an empty list says so", async () => {
    expect((await command("deliveries", "list")).out).toBe("There is no delivery.\n");
    expect((await command("deliveries", "list", "--state", "failed")).out).toBe("There is no delivery that failed.\n");
    expect((await command("deliveries", "list", "--json")).out).toBe("[]\n");
  });

  test("failed deliveries are tried again, with all their attempts before them", async () => {
    await keep("d-1", "failed", { error: "away", attempts: 8 });
    await keep("d-2", "failed", { error: "away", attempts: 8 });
    await keep("d-3", "failed", { error: "away", attempts: 8 });

    expect(await command("deliveries", "retry", "d-1")).toEqual({
      code: 0,
      err: "",
      out: "d-1 is due again.\nSee what becomes of them: patch-advocate deliveries list\n",
    });
    expect(await stateOf("d-1")).toMatchObject({ state: "pending", attempts: 0, finished_at: null });
    expect(await stateOf("d-2")).toMatchObject({ state: "failed" });
    expect((await command("deliveries", "retry", "--all-failed")).out).toBe(
      "2 deliveries are due again.\nSee what becomes of them: patch-advocate deliveries list\n",
    );
    expect(await stateOf("d-2")).toMatchObject({ state: "pending", attempts: 0 });
    expect((await command("deliveries", "retry", "--all-failed")).out).toBe(
      "No delivery has failed.\nSee what becomes of them: patch-advocate deliveries list\n",
    );
  });

  test("what cannot be tried again is said, and the command fails", async () => {
    await keep("d-done", "done");
    await keep("d-old", "failed", { body: null });
    await keep("d-failed", "failed");

    const ran = await command("deliveries", "retry", "d-none", "d-done", "d-old", "d-failed");

    expect(ran.code).toBe(1);
    expect(ran.err).toBe(
      "There is no delivery d-none. See `patch-advocate deliveries list`.\n" +
        "d-done has not failed, so it is not tried again.\n" +
        "d-old can no longer be tried: its payload was dropped.\n",
    );
    expect(await stateOf("d-failed")).toMatchObject({ state: "pending" });
  });

  test("writing is paused and resumed for one owner", async () => {
    expect(await command("pause", "ACME-db", "--because", "we move house")).toEqual({
      code: 0,
      err: "",
      out: "acme-db is paused: nothing is written on GitHub and nobody is told anything, what is due waits.\nTo go on: patch-advocate resume acme-db\n",
    });
    const rows = await database.db.selectFrom("pauses").select(["scope", "because"]).execute();
    expect(rows).toEqual([{ scope: "owner:7", because: "we move house" }]);
    expect((await command("pause", "acme-db")).out).toBe(
      "acme-db has been paused since 2026-03-02T09:01:00.000Z: we move house. Nothing changed.\n",
    );

    expect((await command("resume", "acme-db")).out).toBe("acme-db is no longer paused.\n");
    expect((await command("resume", "acme-db")).out).toBe("acme-db was not paused.\n");
    expect(await database.db.selectFrom("pauses").selectAll().execute()).toEqual([]);
  });

  test("writing is paused for all, and what stays paused is said", async () => {
    expect((await command("pause")).out).toBe(
      "Everything is paused: nothing is written on GitHub and nobody is told anything, what is due waits.\nTo go on: patch-advocate resume\n",
    );
    const fuse = { scope: "owner:8", since: AT, because: "60 comments within an hour" };
    await database.db.insertInto("pauses").values(fuse).execute();

    expect((await command("resume", "acme-db")).out).toBe(
      "acme-db was not paused.\nEverything is paused still, this owner too. To go on: patch-advocate resume\n",
    );
    expect((await command("resume")).out).toBe(
      "Everything is no longer paused.\nshinshu is paused still: 60 comments within an hour. To go on: patch-advocate resume shinshu\n",
    );
    expect((await command("resume", "shinshu")).out).toBe("shinshu is no longer paused.\n");
  });

  test("an owner that nobody knows is refused, with those that are known", async () => {
    const err = "The app is not installed at acme. It is installed at: acme-db, shinshu.\n";

    expect(await command("pause", "acme")).toEqual({ code: 1, out: "", err });
    expect(await command("resume", "acme")).toEqual({ code: 1, out: "", err });
  });

  test("messages that could not be told are listed with to whom and why, and are told again", async () => {
    expect((await command("deliveries", "list", "--notices")).out).toBe(
      "Every message that was sent has reached its way.\n",
    );
    await database.db
      .insertInto("notices")
      .values({
        key: "ask:1",
        owner_id: 7,
        channel: "person",
        recipient: "mail:sato@acme.example",
        recipient_data: "{}",
        kind: "owner-question",
        body: "{}",
        because: "a test asked for it",
        state: "failed",
        run_after: AT,
        attempts: 3,
        tried: '["mail"]',
        outcome: JSON.stringify({
          kind: "failed",
          because: "mail: the mail server refused the recipient (550)",
          detail: "550 5.1.1\r\nno such user\u001b[2J",
        }),
        created_at: AT,
        finished_at: AT + 1000,
      })
      .execute();
    const row = await database.db.selectFrom("notices").select("id").executeTakeFirstOrThrow();

    expect(await command("deliveries", "list", "--notices")).toEqual({
      code: 0,
      err: "",
      out: `2026-03-02T09:00:01Z  ${row.id}  owner-question to mail:sato@acme.example: mail: the mail server refused the recipient (550) (550 5.1.1 no such user [2J)

To try one again: patch-advocate deliveries retry --notices ${row.id}
`,
    });
    expect(JSON.parse((await command("deliveries", "list", "--notices", "--json")).out)).toMatchObject([
      { id: row.id, kind: "owner-question", recipient: "mail:sato@acme.example", failedAt: "2026-03-02T09:00:01.000Z" },
    ]);
    expect((await command("deliveries", "retry", "--notices", "99999")).err).toBe(
      "None of these messages has failed. See `patch-advocate deliveries list --notices`.\n",
    );
    expect((await command("deliveries", "retry", "--notices", String(row.id))).out).toBe("1 message is due again.\n");
    expect(await database.db.selectFrom("notices").select(["state", "attempts", "tried"]).execute()).toEqual([
      { state: "due", attempts: 0, tried: "[]" },
    ]);
    await database.db.deleteFrom("notices").execute();
  });

  test("a backup is a whole copy, or PostgreSQL's own command", async () => {
    const copyAt = join(folder, "copy.db");
    await keep("d-1", "failed");
    const ran = await command("backup", copyAt);

    if (dialect === "postgres") {
      expect(ran).toEqual({
        code: 1,
        out: "",
        err: `The database is PostgreSQL; its own tool backs it up:
  pg_dump --format=custom --file=${copyAt} '${url}'
To restore: pg_restore --clean --if-exists --dbname=DATABASE FILE
`,
      });
      return;
    }
    const path = url.replace("sqlite:", "");
    expect(ran.code).toBe(0);
    expect(ran.out.replace(/\(\d\.\d MB\)/, "(SIZE)")).toBe(
      `Wrote ${copyAt} (SIZE). Only you may read it; keep it private.
To restore: stop the server, delete ${path}-wal and ${path}-shm, put the copy in the place of ${path}.
`,
    );
    expect(statSync(copyAt).mode & 0o077).toBe(0);
    const copy = await openDatabase(`sqlite:${copyAt}`);
    expect(await copy.db.selectFrom("deliveries").select("id").execute()).toEqual([{ id: "d-1" }]);
    await copy.close();
  });
});

test("a backup overwrites nothing", async () => {
  writeFileSync(join(folder, "mine.txt"), "mine");
  await run(["pause"], { folder });

  expect(await run(["backup", "mine.txt"], { folder })).toEqual({
    code: 1,
    out: "",
    err: "mine.txt cannot be written: it exists already. Give the path of a new file.\n",
  });
  expect(readFileSync(join(folder, "mine.txt"), "utf8")).toBe("mine");
});

test("a backup where no database is says where it looked", async () => {
  expect(await run(["backup", "copy.db"], { folder })).toEqual({
    code: 1,
    out: "",
    err: "There is no database at data/patch-advocate.db. Run this where the server runs, with the same DATABASE_URL.\n",
  });
  expect(existsSync(join(folder, "copy.db"))).toBe(false);
});

test("a password never stands in the command for PostgreSQL's backup", async () => {
  const environment = { DATABASE_URL: "postgres://user:hidden@db.acme.example/patches" };

  const { err } = await run(["backup", "it's here.dump"], { folder, environment });

  expect(err).toContain(
    "pg_dump --format=custom --file='it'\\''s here.dump' postgres://user@db.acme.example/patches\n",
  );
  expect(err).not.toContain("hidden");
});

test("commands say when they had to make a new database", async () => {
  expect(await run(["pause", "acme-db"], { folder })).toEqual({
    code: 1,
    out: "",
    err:
      "There was no database at data/patch-advocate.db: a new one is made. Is this where the server runs?\n" +
      "The app is not installed anywhere yet, so there is no owner acme-db. Leave OWNER out to mean everything.\n",
  });
  expect(statSync(join(folder, "data/patch-advocate.db")).mode & 0o077).toBe(0);
});

test.each<[words: string[], environment: Record<string, string>, err: string]>([
  [["nonsense"], {}, "error: unknown command 'nonsense'\n(--help shows what is possible)\n"],
  [["deliveries", "retry"], {}, "Say which: ids as `patch-advocate deliveries list` prints them, or --all-failed.\n"],
  [
    ["deliveries", "list", "--limit", "0"],
    {},
    "error: option '--limit <count>' argument '0' is invalid. It must be a whole number from 1 to 10000.\n(--help shows what is possible)\n",
  ],
  [
    ["pause"],
    { DATABASE_URL: "mysql://x" },
    "DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.\n",
  ],
  [
    ["pause"],
    { DATABASE_URL: "postgres://user:hidden@127.0.0.1:1/x" },
    "the database could not be opened: connect ECONNREFUSED 127.0.0.1:1\nIs DATABASE_URL right, and is there room and permission? Then run the command again.\n",
  ],
])("a mistake is told and the command fails: %j", async (words, environment, err) => {
  expect(await run(words, { folder, environment })).toEqual({ code: 1, out: "", err });
});

test("every command has help with an example", () => {
  const context: CliContext = {
    openDatabase: () => Promise.reject(),
    githubHosts: () => ["github.com"],
    publicUrl: () => ({ kind: "address", url: null }),
    now: () => AT,
    out: () => {},
    err: () => {},
    fail: () => {},
  };
  const commands = createProgram(context, () => "").commands.flatMap((one) =>
    one.commands.length > 0 ? one.commands : one,
  );
  const helps = commands.map((one) => {
    let help = "";
    one.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    one.outputHelp();
    return [one.name(), /Examples?:\n {2}patch-advocate /.test(help)];
  });

  expect(helps).toEqual([
    ["import", true],
    ["check", true],
    ["export", true],
    ["import", true],
    ["list", true],
    ["retry", true],
    ["pause", true],
    ["resume", true],
    ["create", true],
    ["list", true],
    ["revoke", true],
    ["erase", true],
    ["backup", true],
  ]);
});

test("help is to be had without a database", async () => {
  const { code, out, err } = await run(["--help"], { folder, environment: { DATABASE_URL: "wrong" } });

  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("\nEvery command has --help with an example.");
});

test("a state is refused where deliveries are not what is listed, instead of being passed over", async () => {
  const { code, out, err } = await run(["deliveries", "list", "--missed", "--state", "failed"], { folder });
  expect({ code, out, err }).toEqual({
    code: 1,
    out: "",
    err: "error: option '--missed' cannot be used with option '--state <state>'\n(--help shows what is possible)\n",
  });
});
