// Slack messages as emulate's Slack got them, and a Slack that limits, refuses or is away.
import { describe, expect, test } from "vitest";
import { KENJI, message, openNotify, personal } from "./stage.ts";

const limited = { status: 429, headers: { "retry-after": "45" }, body: { ok: false, error: "ratelimited" } };
const answer = (error: string) => ({ status: 200, body: { ok: false, error } });

describe("a Slack message", () => {
  test("reaches a person's direct messages, in one thread a patch, and unfurls nothing", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack"] });
    await stage.enqueue(personal("ask:1", KENJI, { thread: "7#1" }));
    await stage.run();
    await stage.enqueue(personal("ask:2", KENJI, { thread: "7#1" }), personal("ask:3", KENJI));
    await stage.run();

    const [first, second, other] = stage.slackTo("U0456");
    expect(first).toMatchObject({ text: "ask:1", threadTs: null });
    expect(second).toMatchObject({ text: "ask:2", threadTs: first?.ts, channel: first?.channel });
    expect(other).toMatchObject({ text: "ask:3", threadTs: null });
    expect(JSON.stringify(first?.blocks)).toContain("About ask:1.");
    for (const { raw } of stage.channels.slack?.calls ?? []) {
      expect(Object.fromEntries(new URLSearchParams(raw))).toMatchObject({
        unfurl_links: "false",
        unfurl_media: "false",
      });
    }
    stage.expectNothingElseSent();
  });

  test("notifies nobody else, whatever its words are", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack"] });
    await stage.enqueue(
      personal("ask:1", KENJI, { message: message(`<!channel> <@U0123> @here ${"x".repeat(60_000)}`) }),
    );
    await stage.run();
    const [sent] = stage.slackTo("U0456");
    expect(sent?.text).not.toMatch(/<[!@]/);
    expect(await stage.rows()).toMatchObject([{ state: "done" }]);
    stage.expectNothingElseSent();
  });

  test("begins anew where its thread is no more", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack"] });
    await stage.enqueue(personal("ask:1", KENJI, { thread: "7#1" }));
    await stage.run();
    await stage.enqueue(personal("ask:2", KENJI, { thread: "7#1" }));
    stage.channels.slack?.answer(({ raw }) => (raw.includes("thread_ts") ? answer("thread_not_found") : undefined));
    await stage.run();
    expect(stage.slackTo("U0456").map(({ text, threadTs }) => ({ text, threadTs }))).toEqual([
      { text: "ask:1", threadTs: null },
      { text: "ask:2", threadTs: null },
    ]);
  });
});

describe("Slack", () => {
  test("is left alone for as long as it asks, and loses nothing", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack"] });
    let isLimited = true;
    stage.channels.slack?.answer(() => (isLimited ? limited : undefined));
    await stage.enqueue(personal("ask:1", KENJI), personal("ask:2", KENJI));
    await stage.run();
    isLimited = false;
    expect(await stage.runOn()).toEqual(["2026-03-03T10:00:45.000Z"]);
    expect(
      stage
        .slackTo("U0456")
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(["ask:1", "ask:2"]);
    expect(stage.channels.slack?.calls).toHaveLength(3);
  });

  test("that does not know somebody is not asked again; they hear by mail", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack", "mail"] });
    await stage.enqueue(personal("ask:1", { ...KENJI, slack: "U0999" }));
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example").map(({ subject }) => subject)).toEqual(["ask:1"]);
    expect(stage.channels.slack?.calls).toHaveLength(1);
    expect(await stage.rows()).toMatchObject([{ state: "done", outcome: { by: "mail", refusedBy: ["slack"] } }]);
    stage.expectNothingElseSent();
  });

  test.each(["user_not_found", "channel_not_found", "user_disabled", "messages_tab_disabled", "invalid_blocks"])(
    "answers %s: without an address the message failed, and says why",
    async (error) => {
      const stage = await openNotify({ on: "sqlite", channels: ["slack"] });
      stage.channels.slack?.answer(() => answer(error));
      await stage.enqueue(personal("ask:1", KENJI));
      await stage.run();
      expect(await stage.rows()).toMatchObject([
        { state: "failed", outcome: { because: `slack: Slack answered ${error}` } },
      ]);
    },
  );

  test.each(["invalid_auth", "account_inactive", "token_revoked", "missing_scope"])(
    "answers %s: that is nobody's address; who has one hears by mail, who has none hears later",
    async (error) => {
      const stage = await openNotify({ on: "sqlite", channels: ["slack", "mail"] });
      stage.channels.slack?.answer(() => answer(error));
      await stage.enqueue(
        personal("ask:1", KENJI),
        personal("ask:2", { ...KENJI, key: "slack:U0123", email: null, slack: "U0123" }),
      );
      await stage.run();
      expect(stage.mailsTo("kenji@acme.example").map(({ subject }) => subject)).toEqual(["ask:1"]);
      expect(await stage.rows()).toMatchObject([
        { state: "done" },
        { state: "due", attempts: 1, outcome: { because: `Slack answered ${error}` } },
      ]);
      stage.channels.slack?.answer(() => undefined);
      await stage.runOn();
      expect(stage.slackTo("U0123").map(({ text }) => text)).toEqual(["ask:2"]);
      stage.expectNothingElseSent();
    },
  );

  test.each([
    ["is down", { status: 503, body: "" }],
    ["ends the connection", "drop"],
    ["hangs", "hang"],
  ] as const)("%s: an ordinary message waits for it, an urgent one goes by mail at once", async (_, reply) => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack", "mail"] });
    stage.channels.slack?.answer(() => reply);
    await stage.enqueue(personal("ask:1", KENJI), personal("ask:2", KENJI, { isUrgent: true }));
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example").map(({ subject }) => subject)).toEqual(["ask:2"]);
    stage.channels.slack?.answer(() => undefined);
    await stage.runOn();
    expect(stage.slackTo("U0456").map(({ text }) => text)).toEqual(["ask:1"]);
    stage.expectNothingElseSent();
  });

  test("whose token is refused keeps nobody waiting who has an address, however many there are", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack", "mail"] });
    stage.channels.slack?.answer(() => answer("invalid_auth"));
    const keys = Array.from({ length: 12 }, (_, index) => `ask:${index}`);
    await stage.enqueue(...keys.map((key) => personal(key, KENJI)));
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example")).toHaveLength(12);
    expect(stage.channels.slack?.calls).toHaveLength(3);
  });

  test("that is down for a day gives way to mail", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["slack", "mail"] });
    stage.channels.slack?.answer(() => ({ status: 503 }));
    await stage.enqueue(personal("ask:1", KENJI));
    await stage.runOn();
    stage.moveTo("2026-03-04T10:30:00Z");
    await stage.run();
    expect(stage.mailsTo("kenji@acme.example").map(({ headers }) => headers.date?.slice(0, 19))).toEqual([
      "Wed, 04 Mar 2026 10",
    ]);
    expect(await stage.rows()).toMatchObject([{ state: "done", outcome: { by: "mail" } }]);
  });
});
