// The notifier on both databases: what is told when and by whom, what stays, and what a process that dies leaves behind.
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { Tx } from "../../src/db/database.ts";
import { pauseWriting, resumeWriting } from "../../src/effects/pauses-store.ts";
import { claimNotices, delayNotice } from "../../src/notify/claims-store.ts";
import type { SendOutcome } from "../../src/notify/outcome.ts";
import { retryFailedNotices, withdrawNotices, withdrawNoticesOfOwner } from "../../src/notify/store.ts";
import { DIALECTS } from "../support/databases.ts";
import { KENJI, OWNER, openNotify, outside, personal, SATO } from "./stage.ts";

const SENT: SendOutcome = { kind: "sent", reference: null };

describe.each(DIALECTS)("on %s", (on) => {
  test("the same message asked for twice is told once", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    await stage.enqueue(personal("ask:1"), personal("ask:1"));
    await stage.run();
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    expect(stage.mailsTo("sato@acme.example")).toHaveLength(1);
    stage.expectNothingElseSent();
  });

  test("a process that dies between sending and keeping it sends again, under the same Message-ID and event id", async () => {
    const stage = await openNotify({ on, channels: ["mail", "webhook"] });
    const dying = {
      ...stage.senders,
      mail: andNeverReturn(stage.senders.mail),
      webhook: andNeverReturn(stage.senders.webhook),
    };
    const killed = stage.another(dying);
    await stage.enqueue(personal("ask:1"), outside("shipped:1"));
    void killed.runUntilIdle();
    await until(() => stage.mailsTo("sato@acme.example").length === 1 && stage.hooks().length === 1);

    await stage.run();
    expect(stage.mailsTo("sato@acme.example")).toHaveLength(1);
    stage.moveTo("2026-03-03T10:02:01Z");
    await stage.run();

    const ids = stage.mailsTo("sato@acme.example").map(({ headers }) => headers["message-id"]);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    const events = stage.hooks().map(({ body }) => (body as { id: string }).id);
    expect([events.length, new Set(events).size]).toEqual([2, 1]);
    expect((await stage.rows()).map(({ state }) => state)).toEqual(["done", "done"]);
  });

  test("two processes share the work and tell nothing twice, in one thread a person", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    const other = stage.another(stage.senders);
    const keys = Array.from({ length: 30 }, (_, index) => `ask:${index}`);
    const people = [SATO, KENJI, { ...SATO, key: "mail:mori@acme.example", email: "mori@acme.example" }];
    await stage.enqueue(...keys.map((key, index) => personal(key, people[index % 3], { thread: "7#1" })));
    await Promise.all([stage.run(), other.runUntilIdle(), stage.run(), other.runUntilIdle()]);
    await stage.run();
    for (const address of ["sato@acme.example", "kenji@acme.example", "mori@acme.example"]) {
      const mails = stage.mailsTo(address);
      expect(new Set(mails.map(({ subject }) => subject)).size).toBe(10);
      expect(mails).toHaveLength(10);
      expect(mails.filter(({ headers }) => headers.references === undefined)).toHaveLength(1);
    }
    stage.expectNothingElseSent();
  });

  test("nobody is told anything while the owner is paused, and all of it after", async () => {
    const stage = await openNotify({ on, channels: ["mail", "webhook"] });
    await stage.database.transaction((tx) =>
      pauseWriting(tx, { scope: `owner:${OWNER}`, because: "migration", since: stage.now() }),
    );
    await stage.enqueue(personal("ask:1", SATO, { isUrgent: true }), outside("shipped:1"));
    await stage.run();
    stage.expectNothingElseSent();
    await stage.database.transaction((tx) => resumeWriting(tx, `owner:${OWNER}`));
    await stage.run();
    expect([stage.mailsTo("sato@acme.example").length, stage.hooks().length]).toEqual([1, 1]);
  });

  test("while the app is suspended nothing is told, and what waited when it was taken off is told no more", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    await stage.database.db.updateTable("installations").set({ state: "suspended" }).execute();
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    stage.expectNothingElseSent();
    await stage.database.db.updateTable("installations").set({ state: "deleted" }).execute();
    await stage.database.transaction((tx) => withdrawNoticesOfOwner(tx, OWNER, stage.now()));
    await stage.database.db.updateTable("installations").set({ state: "active" }).execute();
    await stage.run();
    stage.expectNothingElseSent();
    expect(await stage.rows()).toMatchObject([{ state: "withdrawn", outcome: { because: "the app was uninstalled" } }]);
  });

  test("what no longer holds is withdrawn before it is told, of that patch and kind alone", async () => {
    const stage = await openNotify({ on, channels: ["mail"], now: "2026-03-07T10:00:00Z" });
    await stage.enqueue(
      personal("ask:1", SATO, { patchId: "7#1", kind: "ask-owner" }),
      personal("ask:2", SATO, { patchId: "7#1", kind: "silence-pause" }),
      personal("ask:3", SATO, { patchId: "7#2", kind: "ask-owner" }),
    );
    await stage.run();
    const which = { patchId: "7#1", kinds: ["ask-owner"], because: "it was merged", now: stage.now() } as const;
    expect(await stage.database.transaction((tx) => withdrawNotices(tx, which))).toBe(1);
    stage.moveTo("2026-03-09T09:00:00Z");
    await stage.run();
    expect(stage.mailsTo("sato@acme.example").map(({ subject }) => subject)).toEqual(["ask:2", "ask:3"]);
  });

  test("what is withdrawn while somebody claims it is not told", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    await stage.enqueue(personal("ask:1", SATO, { patchId: "7#1" }));
    const which = { patchId: "7#1", kinds: ["test"], because: "it was merged", now: stage.now() } as const;
    let running: Promise<void> | null = null;
    await stage.database.transaction(async (tx) => {
      await withdrawNotices(tx, which);
      running = stage.run();
      // On SQLite the claim waits for this transaction from its beginning.
      if (on === "postgres") await untilSomebodyWaits(tx);
    });
    await running;
    expect(await stage.rows()).toMatchObject([{ state: "withdrawn", outcome: { because: "it was merged" } }]);
    stage.expectNothingElseSent();
  });

  test.for(["is put off by whoever has it", "is left by a process that ended"])(
    "what is withdrawn in somebody's hands is not told once it %s",
    async (end) => {
      const stage = await openNotify({ on, channels: ["mail"], now: "2026-03-07T10:00:00Z" });
      await stage.enqueue(personal("ask:1", SATO, { patchId: "7#1" }));
      const claim = { now: stage.now(), limit: 1, holder: "another", until: stage.now() + 60_000, busy: [] };
      const [held] = await claimNotices(stage.database, claim);
      if (held === undefined) throw new Error("nothing was claimed");
      const which = { patchId: "7#1", kinds: ["test"], because: "it was merged", now: stage.now() } as const;
      expect(await stage.database.transaction((tx) => withdrawNotices(tx, which))).toBe(0);
      if (end === "is put off by whoever has it") {
        const runAfter = stage.now() + 1000;
        const delay = { at: stage.now(), runAfter, attempts: 0, firstTryAt: null, refusedBy: [], outcome: "{}" };
        await stage.database.transaction((tx) => delayNotice(tx, held, delay));
        expect(await stage.rows()).toMatchObject([{ state: "withdrawn" }]);
      }
      stage.moveTo("2026-03-09T09:00:00Z");
      await stage.run();
      expect(await stage.rows()).toMatchObject([{ state: "withdrawn", outcome: { because: "it was merged" } }]);
      stage.expectNothingElseSent();
    },
  );

  test("while a receiver is left alone all that waits for it is put off at once, and then told", async () => {
    const stage = await openNotify({ on, channels: ["webhook"] });
    stage.channels.webhook?.answer(() => ({ status: 503 }));
    await stage.enqueue(...Array.from({ length: 40 }, (_, index) => outside(`shipped:${index}`)));
    await stage.run();
    const settled = stage.logs.filter((line) => line.includes('"message settled"'));
    expect(settled).toHaveLength(1);
    const rows = await stage.rows();
    expect(rows.filter(({ attempts }) => attempts === 1)).toHaveLength(3);
    expect(rows.filter(({ attempts }) => attempts === 0).map(({ run_after }) => run_after)).toEqual(
      Array.from({ length: 37 }, () => Date.parse("2026-03-03T10:00:20Z")),
    );
    stage.channels.webhook?.answer(() => undefined);
    await stage.runOn();
    const ids = stage.hooks().map(({ body }) => (body as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([43, 40]);
    expect(new Set((await stage.rows()).map(({ state }) => state))).toEqual(new Set(["done"]));
  });

  test("an ordinary message waits for the reader's morning, an urgent one does not, and the urgent goes first", async () => {
    const stage = await openNotify({ on, channels: ["mail"], now: "2026-03-06T19:00:00Z" });
    const tokyo = { ...SATO, timezone: "Asia/Tokyo" };
    await stage.enqueue(personal("ask:1", tokyo), personal("ask:2", tokyo, { isUrgent: true }));
    await stage.run();
    expect(stage.mailsTo("sato@acme.example").map(({ subject }) => subject)).toEqual(["ask:2"]);
    expect((await stage.rows())[0]).toMatchObject({
      state: "due",
      attempts: 0,
      run_after: Date.parse("2026-03-09T09:00:00+09:00"),
      outcome: { because: "it waits for the reader's hours" },
    });
    stage.moveTo("2026-03-09T00:00:00Z");
    await stage.run();
    expect(stage.mailsTo("sato@acme.example").map(({ subject }) => subject)).toEqual(["ask:2", "ask:1"]);
  });

  test("a reader's public holiday is not a working day for them", async () => {
    // 2026-07-20 is Marine Day in Japan and an ordinary Monday in Britain.
    const stage = await openNotify({ on, channels: ["mail"], now: "2026-07-20T06:00:00Z" });
    const tokyo = { ...SATO, timezone: "Asia/Tokyo" };
    const london = { ...KENJI, timezone: "Europe/London", hours: "07:00-16:00" };
    await stage.enqueue(personal("ask:1", tokyo), personal("ask:2", london));
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example")).toHaveLength(1);
    expect(stage.mailsTo("sato@acme.example")).toHaveLength(0);
    expect((await stage.rows())[0]).toMatchObject({ run_after: Date.parse("2026-07-21T09:00:00+09:00") });
  });

  test("what fails for good stays in sight, is retried by hand, and by every way", async () => {
    const stage = await openNotify({ on, channels: ["mail", "slack"] });
    stage.channels.mail?.behave({ kind: "refuse-recipient", code: 550, message: "unknown" });
    await stage.enqueue(personal("ask:1", { ...KENJI, slack: "U0999" }), personal("ask:2", { ...SATO, email: null }));
    await stage.run();
    expect(await stage.rows()).toMatchObject([
      {
        state: "failed",
        outcome: { because: "mail: the mail server refused the recipient (550)", refusedBy: ["slack", "mail"] },
      },
      { state: "failed", outcome: { because: "no way to them is known and set up" } },
    ]);
    stage.channels.mail?.behave({ kind: "accept" });
    expect(await stage.database.transaction((tx) => retryFailedNotices(tx, "all", stage.now()))).toBe(2);
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example")).toHaveLength(1);
    expect((await stage.rows()).map(({ state }) => state)).toEqual(["done", "failed"]);
    expect(stage.channels.slack?.calls).toHaveLength(2);
  });

  test("what was tried for a week has failed, and not before", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    await stage.channels.mail?.goDown();
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    stage.moveTo("2026-03-10T09:59:59Z");
    await stage.run();
    expect(await stage.rows()).toMatchObject([{ state: "due" }]);
    stage.moveTo("2026-03-11T10:00:00Z");
    await stage.run();
    expect(await stage.rows()).toMatchObject([
      {
        state: "failed",
        outcome: {
          because: "it was tried for a week, the last time with: the mail server could not be reached (ESOCKET)",
        },
      },
    ]);
  });

  test("a row that cannot be read fails alone", async () => {
    const stage = await openNotify({ on, channels: ["mail"] });
    await stage.enqueue(personal("ask:1"), personal("ask:2"));
    await stage.database.db.updateTable("notices").set({ body: '{"subject":1}' }).where("key", "=", "ask:1").execute();
    await stage.run();
    expect(await stage.rows()).toMatchObject([
      { state: "failed", outcome: { because: "its row cannot be read" } },
      { state: "done" },
    ]);
  });

  test("a way that throws unexpectedly is tried again", async () => {
    const stage = await openNotify({ on, channels: [] });
    let tries = 0;
    const notifier = stage.another({
      ...stage.senders,
      mail: async () => {
        tries += 1;
        if (tries === 1) throw new Error("out of memory");
        return SENT;
      },
    });
    await stage.enqueue(personal("ask:1"));
    await notifier.runUntilIdle();
    expect(await stage.rows()).toMatchObject([{ state: "due", attempts: 1 }]);
    stage.moveTo("2026-03-03T10:00:05Z");
    await notifier.runUntilIdle();
    expect(await stage.rows()).toMatchObject([{ state: "done" }]);
    await notifier.stop();
  });
});

/** What is sent is sent; whoever sent it never hears of it again. */
function andNeverReturn<Asked>(
  send: ((asked: Asked) => Promise<SendOutcome>) | null,
): ((asked: Asked) => Promise<SendOutcome>) | null {
  if (send === null) return null;
  return async (asked) => {
    await send(asked);
    return new Promise(() => undefined);
  };
}

/** Not from pg_stat_activity, of which a transaction sees one state only. */
async function untilSomebodyWaits(tx: Tx): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_locks
      where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
    if (rows.length > 0) return;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
