// Which deliveries are missed and when each is asked for again, as tables.
import { expect, test } from "vitest";
import { decideMissed, decideRedelivery, type Listed } from "../../../src/github/missed/decide.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const MINUTE = 60_000;

const attempt = (id: number, guid: string, status: string): Listed => ({
  id,
  guid,
  event: "pull_request",
  deliveredAt: NOW + id,
  status,
  installationId: 7,
});

const FAILED = "failed to connect to host";

test.each<[string, readonly Listed[], readonly string[], readonly [string, number][]]>([
  ["one that nobody answered is missed", [attempt(1, "a", FAILED)], [], [["a", 1]]],
  ["one that we refused for now is missed", [attempt(1, "a", "Invalid HTTP Response: 503")], [], [["a", 1]]],
  ["one that was answered is not", [attempt(1, "a", "OK")], [], []],
  ["one of whose attempts arrived is not", [attempt(2, "a", "OK"), attempt(1, "a", FAILED)], [], []],
  [
    "nor is one that arrived first and failed when sent again",
    [attempt(2, "a", FAILED), attempt(1, "a", "OK")],
    [],
    [],
  ],
  ["one that GitHub calls failed and that we have is not", [attempt(1, "a", "timed out")], ["a"], []],
  [
    "several attempts of one are one, by the newest",
    [attempt(3, "a", FAILED), attempt(2, "b", "OK"), attempt(1, "a", FAILED)],
    [],
    [["a", 3]],
  ],
])("%s", (_, listed, known, missed) => {
  expect(decideMissed(listed, new Set(known)).map(({ guid, deliveryId }) => [guid, deliveryId])).toEqual(missed);
});

test("each wait is four times as long, six hours at most, and after six tries it is given up", () => {
  const decisions = [0, 1, 2, 3, 4, 5, 6].map((tries) => decideRedelivery({ tries, deliveredAt: NOW }, NOW));
  expect(
    decisions.map((decision) => (decision.kind === "ask" ? (decision.nextTryAt - NOW) / MINUTE : decision.because)),
  ).toEqual([5, 20, 80, 320, 360, 360, "GitHub was asked for it 6 times, and it never arrived"]);
});
