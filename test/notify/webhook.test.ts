// Events as a receiver gets them, and receivers that hang, fail or lead elsewhere.
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, onTestFinished, test } from "vitest";
import { post } from "../../src/notify/post.ts";
import { createWebhookSender } from "../../src/notify/webhook.ts";
import { WEBHOOK_SECRET_OUT } from "../support/channels/channels.ts";
import { type Receiver, startReceiver } from "../support/channels/receiver.ts";
import { KENJI, openNotify, outside, personal } from "./stage.ts";

describe("an event", () => {
  test("is what its schema says, signed with its time, under an id that stays", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["webhook"] });
    stage.channels.webhook?.answer(() => ({ status: 500 }));
    await stage.enqueue(outside("shipped:1"));
    await stage.run();
    stage.channels.webhook?.answer(() => undefined);
    expect(await stage.runOn()).toEqual(["2026-03-03T10:00:05.000Z"]);

    const [first, second, ...others] = stage.hooks();
    expect(others).toEqual([]);
    expect(first?.body).toEqual({
      id: "evt_bf204be71daa2862b4ac60a6eadc9e6a",
      version: 1,
      type: "case.shipped",
      at: "2026-03-03T09:59:00.000Z",
      owner: { id: 50_001, login: "acme-db" },
      data: { case: "CASE-7" },
    });
    expect(second?.raw).toBe(first?.raw);
    expect(second?.headers).toMatchObject({
      "content-type": "application/json",
      "x-patch-advocate-event": "case.shipped",
      "x-patch-advocate-delivery": "evt_bf204be71daa2862b4ac60a6eadc9e6a",
      "x-patch-advocate-timestamp": String(Date.parse("2026-03-03T10:00:05Z") / 1000),
    });
    for (const { headers, raw } of [first, second].flatMap((each) => each ?? [])) {
      const signed = `${headers["x-patch-advocate-timestamp"]}.${raw}`;
      const expected = createHmac("sha256", WEBHOOK_SECRET_OUT).update(signed).digest("hex");
      expect(headers["x-patch-advocate-signature"]).toBe(`sha256=${expected}`);
    }
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    addFormats.default(ajv);
    const schema = JSON.parse(await readFile(new URL("../../docs/events.schema.json", import.meta.url), "utf8"));
    const isValid = ajv.compile(schema);
    expect([isValid(first?.body), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...(first?.body as object), version: 2 })).toBe(false);
  });

  test("is signed by nobody where no secret is set", async () => {
    const receiver = await receiving();
    const send = createWebhookSender({ url: receiver.url, secret: null });
    const event = { type: "case.shipped", at: 0, data: {} };
    expect(await send({ key: "k", owner: { id: 1, login: null }, event, at: 0 })).toEqual({
      kind: "sent",
      reference: null,
    });
    expect(receiver.received[0]?.headers).not.toHaveProperty("x-patch-advocate-signature");
  });

  test("is not kept for anybody where no receiver is set up", async () => {
    const stage = await openNotify({ on: "sqlite", channels: [] });
    await stage.enqueue(outside("shipped:1"), outside("page:1", "pagerduty"));
    await stage.run();
    expect((await stage.rows()).map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
  });
});

describe("a receiver", () => {
  test("that hangs is tried less and less often, and keeps nobody else waiting", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["webhook", "mail", "pagerduty"] });
    stage.channels.webhook?.answer(() => "hang");
    const events = Array.from({ length: 20 }, (_, index) => outside(`shipped:${index}`));
    await stage.enqueue(...events, outside("page:1", "pagerduty"), personal("ask:1"));
    await stage.run();
    expect(stage.mailsTo("sato@acme.example")).toHaveLength(1);
    expect(stage.pages()).toHaveLength(1);
    expect(stage.hooks()).toHaveLength(3);
    const waiting = (await stage.rows()).filter(({ key }) => key.startsWith("shipped"));
    expect(waiting.filter(({ attempts }) => attempts === 1)).toHaveLength(3);
    expect(waiting.find(({ attempts }) => attempts === 0)).toMatchObject({
      state: "due",
      run_after: Date.parse("2026-03-03T10:00:20Z"),
      outcome: { because: "webhook failed several times on end and is left alone for a while" },
    });

    stage.channels.webhook?.answer(() => undefined);
    await stage.runOn();
    expect((await stage.rows()).every(({ state }) => state === "done")).toBe(true);
    expect(new Set(stage.hooks().map(({ headers }) => headers["x-patch-advocate-delivery"])).size).toBe(20);
    stage.expectNothingElseSent();
  });

  test("that fails with one event gets the others all the same", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["webhook"] });
    const poison = ({ raw }: { readonly raw: string }) =>
      raw.includes("evt_bf204be71daa2862b4ac60a6eadc9e6a") ? { status: 500 } : undefined;
    stage.channels.webhook?.answer(poison);
    await stage.enqueue(outside("shipped:1"), outside("shipped:2"), outside("shipped:3"));
    await stage.run();
    expect((await stage.rows()).map(({ state }) => state)).toEqual(["due", "done", "done"]);
  });

  test.each([
    [410, "failed", "webhook: the receiver answered 410"],
    [413, "failed", "webhook: the receiver answered 413"],
    [500, "due", "the receiver answered 500"],
    [404, "due", "the receiver answered 404"],
    [302, "due", "the receiver failed: it answered 302, a redirect that drops what is posted"],
  ])("that answers %i leaves the event %s", async (status, state, because) => {
    const stage = await openNotify({ on: "sqlite", channels: ["webhook"] });
    stage.channels.webhook?.answer(() => ({ status, ...(status === 302 && { headers: { location: "/elsewhere" } }) }));
    await stage.enqueue(outside("shipped:1"));
    await stage.run();
    expect(await stage.rows()).toMatchObject([{ state, outcome: { because } }]);
    expect(stage.hooks()).toHaveLength(1);
  });

  test("that asks to wait is waited for", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["webhook"] });
    let status = 503;
    stage.channels.webhook?.answer(() => ({ status, headers: { "retry-after": "600" } }));
    await stage.enqueue(outside("shipped:1"));
    await stage.run();
    status = 204;
    expect(await stage.runOn()).toEqual(["2026-03-03T10:10:00.000Z"]);
  });
});

describe("where an event may go", () => {
  /** Names that only this test knows; what a name server says of anything else is nothing. */
  const names =
    (known: Readonly<Record<string, string>>): LookupFunction =>
    (hostname, options, done) => {
      const address = known[hostname];
      if (address === undefined) done(new Error(`no ${hostname}`), "", 0);
      else if (options.all === true) done(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
      else done(null, address, address.includes(":") ? 6 : 4);
    };
  const posted = (url: string, lookup: LookupFunction) =>
    post({ url, body: "{}", headers: {}, timeoutMillis: 250, lookup });

  test.each([
    ["127.0.0.1"],
    ["10.0.0.8"],
    ["169.254.169.254"],
    ["192.168.1.1"],
    ["100.64.0.1"],
    ["0.0.0.0"],
    ["::1"],
    ["fe80::1"],
    ["fd00::1"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::7f00:1"],
  ])("a public name that leads to %s is refused, and nobody is connected to", async (address) => {
    const receiver = await receiving();
    const { port } = new URL(receiver.url);
    expect(await posted(`http://hooks.example.com:${port}/`, names({ "hooks.example.com": address }))).toEqual({
      kind: "forbidden",
      because: "its name leads to an internal address",
    });
    expect(receiver.received).toEqual([]);
  });

  test("an internal host that was configured on purpose is reached, by address or by an internal name", async () => {
    const receiver = await receiving();
    const { port } = new URL(receiver.url);
    const lookup = names({ "hooks.internal": "127.0.0.1", hooks: "127.0.0.1" });
    for (const host of ["127.0.0.1", "hooks.internal", "hooks"])
      expect(await posted(`http://${host}:${port}/`, lookup)).toMatchObject({ kind: "answered", status: 204 });
    expect(receiver.received).toHaveLength(3);
  });

  test.each([
    ["another internal address", "http://127.0.0.2:PORT/", "it redirects to an internal address"],
    ["the metadata service", "http://169.254.169.254/latest/meta-data/", "it redirects to an internal address"],
    ["a name that leads inside", "http://metadata.example.com/", "it redirects to an internal address"],
    ["another internal name", "http://db.internal/", "it redirects to an internal address"],
    ["a file", "file:///etc/passwd", "it redirects to no web address", "failed"],
  ])("a redirect to %s is not followed", async (_, location, because, kind = "forbidden") => {
    const receiver = await receiving();
    const { port } = new URL(receiver.url);
    receiver.answer(() => ({ status: 307, headers: { location: location.replace("PORT", port) } }));
    const lookup = names({
      "hooks.internal": "127.0.0.1",
      "metadata.example.com": "169.254.169.254",
      "db.internal": "127.0.0.1",
    });
    expect(await posted(`http://hooks.internal:${port}/`, lookup)).toEqual({ kind, because });
    expect(receiver.received).toHaveLength(1);
  });

  test("a redirect on the same host that keeps the POST is followed, but not without end", async () => {
    const receiver = await receiving();
    receiver.answer(({ path }) => (path === "/new" ? undefined : { status: 308, headers: { location: "/new" } }));
    expect(await post({ url: `${receiver.url}/old`, body: "{}", headers: {}, timeoutMillis: 1000 })).toMatchObject({
      kind: "answered",
      status: 204,
    });
    expect(receiver.received.map(({ path, raw }) => [path, raw])).toEqual([
      ["/old", "{}"],
      ["/new", "{}"],
    ]);
    receiver.answer(() => ({ status: 307, headers: { location: "/again" } }));
    expect(await post({ url: `${receiver.url}/old`, body: "{}", headers: {}, timeoutMillis: 1000 })).toEqual({
      kind: "failed",
      because: "it redirects again and again",
    });
  });
});

test("what is pushed to a person does not wait for a receiver that hangs", async () => {
  const stage = await openNotify({ on: "sqlite", channels: ["webhook", "slack"] });
  stage.channels.webhook?.answer(() => "hang");
  await stage.enqueue(outside("shipped:1"), personal("ask:1", KENJI));
  await stage.run();
  expect(stage.slackTo("U0456")).toHaveLength(1);
  expect(stage.hooks()).toHaveLength(1);
});

async function receiving(): Promise<Receiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  return receiver;
}
