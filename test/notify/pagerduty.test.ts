// Alerts as PagerDuty gets them, and a PagerDuty that limits, refuses or is away.
import { expect, test } from "vitest";
import { openNotify, outside } from "./stage.ts";

test("an alert says what happened, under a key that makes repeats one, at any hour", async () => {
  const stage = await openNotify({ on: "sqlite", channels: ["pagerduty"], now: "2026-03-08T02:00:00Z" });
  await stage.enqueue(outside("page:1", "pagerduty"));
  await stage.run();
  const [page, ...others] = stage.pages();
  expect(others).toEqual([]);
  expect(page?.path).toBe("/v2/enqueue");
  expect(page?.body).toEqual({
    routing_key: "routing-key",
    event_action: "trigger",
    dedup_key: expect.stringMatching(/^[0-9a-f]{64}$/),
    client: "Patch Advocate",
    client_url: "https://advocate.example",
    payload: {
      summary: "S1: page:1",
      source: "advocate.example",
      severity: "critical",
      timestamp: "2026-03-03T09:59:00.000Z",
      class: "case.shipped",
      custom_details: { case: "CASE-7" },
    },
  });
  expect(await stage.rows()).toMatchObject([{ state: "done" }]);
});

test.each([429, 500, 503])("after %i it is sent again under the same key", async (status) => {
  const stage = await openNotify({ on: "sqlite", channels: ["pagerduty"] });
  stage.channels.pagerDuty?.answer(() => ({ status }));
  await stage.enqueue(outside("page:1", "pagerduty"));
  await stage.run();
  stage.channels.pagerDuty?.answer(() => undefined);
  expect(await stage.runOn()).toEqual(["2026-03-03T10:00:05.000Z"]);
  const keys = stage.pages().map(({ body }) => (body as { dedup_key: string }).dedup_key);
  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
});

test("what PagerDuty calls invalid is not sent again and stays in sight", async () => {
  const stage = await openNotify({ on: "sqlite", channels: ["pagerduty"] });
  stage.channels.pagerDuty?.answer(() => ({ status: 400, body: { status: "invalid event" } }));
  await stage.enqueue(outside("page:1", "pagerduty"));
  await stage.run();
  expect(await stage.rows()).toMatchObject([
    {
      state: "failed",
      outcome: { because: "pagerduty: PagerDuty answered 400", detail: '{"status":"invalid event"}' },
    },
  ]);
});

test("however long PagerDuty is away, an alert is tried at least every ten minutes", async () => {
  const stage = await openNotify({ on: "sqlite", channels: ["pagerduty"] });
  stage.channels.pagerDuty?.answer(() => "drop");
  await stage.enqueue(outside("page:1", "pagerduty"));
  const instants = await stage.runOn();
  const gaps = instants.slice(1).map((instant, index) => Date.parse(instant) - Date.parse(instants[index] ?? ""));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10 * 60_000);
});
