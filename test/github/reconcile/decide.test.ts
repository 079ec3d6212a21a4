// What counts as drift and what does not, and that installations are compared at times of their own.
import { expect, test } from "vitest";
import { decideDrift, type Known, nextReconciliationAt, type Shown } from "../../../src/github/reconcile/decide.ts";
import { userId } from "../../../src/github/refs.ts";
import type { Fact } from "../../../src/patches/fact.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const MINUTE = 60_000;
const AT = NOW - 60 * MINUTE;
const MIRA = { id: userId(3), login: "mira", isBot: false };

const commented: Fact = {
  kind: "commented",
  mentions: { logins: [], teams: [] },
  isOnlyCommands: false,
  key: "commented:5",
  at: AT,
  actor: MIRA,
};
const closed: Fact = { kind: "closed", key: `closed::3:${AT}`, at: AT, actor: MIRA };
const SAME = { isDraft: false, headSha: "abc", title: "Fix", body: "", labels: ["customer"] };
const KNOWN: Known = { ...SAME, facts: [commented] };
const SHOWN: Shown = {
  ...SAME,
  isOpen: true,
  updatedAt: AT,
  facts: [commented],
  reviews: [],
  isCut: false,
};

test.each<[string, Partial<Shown>, readonly string[]]>([
  ["what we know is no drift", {}, []],
  ["a comment that we do not know", { facts: [{ ...commented, key: "commented:6" }] }, ["commented"]],
  ["a comment of just now may still come", { facts: [{ ...commented, key: "commented:6", at: NOW - 4 * MINUTE }] }, []],
  ["a review of which only its inner comments say anything", { reviews: [{ id: 9, at: AT }] }, ["reviewed"]],
  ["a close", { facts: [commented, closed], isOpen: false }, ["closed", "state"]],
  ["a new head", { headSha: "def" }, ["head"]],
  ["a new head of just now may still come", { headSha: "def", updatedAt: NOW - 4 * MINUTE }, []],
  ["other words", { body: "CASE-7" }, ["words"]],
  ["other labels", { labels: ["customer", "hands off"] }, ["labels"]],
  ["another draft", { isDraft: true }, ["draft"]],
  ["more than was shown", { isCut: true }, ["not read"]],
])("%s", (_, shown, drift) => {
  expect(decideDrift(KNOWN, { ...SHOWN, ...shown }, NOW)).toEqual(drift);
});

test("words that an erasure changed are no drift: they would be read back", () => {
  const erased = { ...KNOWN, title: "Fix what erased--3 found" };
  expect(decideDrift(erased, { ...SHOWN, title: "Fix what Mira Meier found" }, NOW)).toEqual([]);
});

test("an act that a webhook told a second apart is the same act", () => {
  const told: Fact = { ...closed, key: `closed::3:${AT + 1000}`, at: AT + 1000 };
  expect(decideDrift({ ...KNOWN, facts: [told] }, { ...SHOWN, facts: [closed] }, NOW)).toEqual([]);
});

test("each installation has its own time of day, the same every day", () => {
  const ids = Array.from({ length: 240 }, (_, index) => 500_000 + index);
  const hours = ids.map((id) => new Date(nextReconciliationAt(id, NOW)).getUTCHours());
  const perHour = Object.values(Object.groupBy(hours, (hour) => String(hour))).map((each) => each?.length ?? 0);
  expect(perHour).toHaveLength(24);
  expect(Math.max(...perHour)).toBeLessThanOrEqual(11);

  const [id = 0] = ids;
  const first = nextReconciliationAt(id, NOW);
  expect(nextReconciliationAt(id, first)).toBe(first + 24 * 60 * MINUTE);
  expect(nextReconciliationAt(id, first + 40 * MINUTE)).toBe(first + 24 * 60 * MINUTE);
});
