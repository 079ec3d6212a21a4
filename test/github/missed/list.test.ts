// One page of GitHub's list as it may come: what is odd in it is passed over and counted, and keeps nobody from the rest.
import { expect, test } from "vitest";
import { readDeliveries } from "../../../src/github/missed/list.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const entry = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: 1,
  guid: "0b989ba4-242f-11e5-81e1-c7b6966d2516",
  event: "issue_comment",
  delivered_at: "2026-03-02T08:00:00Z",
  status: "OK",
  installation_id: 7,
  ...more,
});
const read = (data: unknown, headers: Readonly<Record<string, string>> = {}) =>
  readDeliveries(
    { app: async () => ({ request: async () => ({ data, headers }) }) as never },
    { cursor: null, now: NOW },
  );

test.each<[string, unknown]>([
  ["an id that no number holds", entry({ id: 2 ** 53 })],
  ["an id in quotes", entry({ id: "1" })],
  ["no GUID", entry({ guid: "" })],
  ["a GUID that no database holds", entry({ guid: "a\u0000b" })],
  ["an event that colours a terminal", entry({ event: "\u001b[31mpush" })],
  ["no time", entry({ delivered_at: "yesterday" })],
  ["half an installation", entry({ installation_id: 7.5 })],
  ["nothing", null],
])("an entry with %s is passed over, counted, and the others are read", async (_what, odd) => {
  const { listed, unreadable } = await read([entry(), odd, entry({ id: 2 })]);
  expect({ ids: listed.map(({ id }) => id), unreadable }).toEqual({ ids: [1, 2], unreadable: 1 });
});

test("what was delivered by a clock ahead of ours is taken for delivered just now", async () => {
  const { listed } = await read([entry({ delivered_at: "2026-09-02T08:00:00Z" })]);
  expect(listed.map(({ deliveredAt }) => deliveredAt)).toEqual([NOW]);
});

test.each([
  ["whole", '<https://api.github.com/app/hook/deliveries?per_page=100&cursor=v1_2>; rel="next"', "v1_2"],
  ["without its host", '</app/hook/deliveries?cursor=v1_2>; rel="next"', "v1_2"],
  ["that is none", '<http://[>; rel="next"', null],
])("the next page's address %s leads on, or ends the list", async (_how, link, cursor) => {
  expect((await read([], { link })).nextCursor).toBe(cursor);
});

test("an hour that a proxy made end in a thousand years is waited for an hour at most", async () => {
  const headers = { "x-ratelimit-remaining": "3", "x-ratelimit-reset": String(NOW) };
  expect((await read([], headers)).budget).toEqual({ remaining: 3, resetAt: NOW + 65 * 60_000 });
});
