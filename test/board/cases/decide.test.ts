import { describe, expect, test } from "vitest";
import { decideWords, type Typed, typedOf } from "../../../src/board/cases/decide.ts";

const BEFORE: Typed = typedOf({
  title: "It hangs",
  customer: "shinshu-bank",
  severity: "S2",
  state: "open",
  summary: "It stops.",
  stake: null,
  workaround: "none",
  "needed-by": { date: "2026-01-31", why: "go-live" },
  report: null,
  assignee: null,
  url: null,
});
const PLACE = {
  customers: (id: string) => id === "other",
  isExternal: true,
  timezone: "Asia/Tokyo",
  now: Date.parse("2026-03-02T01:00:00Z"),
};
const decided = (over: Partial<Typed>, place = PLACE) => decideWords({ ...BEFORE, ...over }, BEFORE, place);

describe("what a form about a case's words means", () => {
  test.each<readonly [string, Partial<Typed>, object]>([
    ["nothing was changed", {}, {}],
    ["only how a browser ends lines", { summary: "It stops.\r\n" }, {}],
    ["several words", { severity: "s1", stake: "The renewal" }, { severity: "S1", stake: "The renewal" }],
    ["an empty field", { summary: "", workaround: "" }, { summary: null, workaround: null }],
    ["none in any case", { workaround: "None" }, {}],
    ["another customer", { customer: "other" }, { customer: "other" }],
    ["today in Tokyo", { report: "2026-03-02" }, { report: "2026-03-02" }],
    [
      "only the reason of a day that has passed",
      { "needed-by-why": "" },
      { "needed-by": { date: "2026-01-31", why: null } },
    ],
    ["no day any more", { "needed-by": "", "needed-by-why": "" }, { "needed-by": null }],
  ])("%s", (_, over, words) => {
    const before = over.workaround === "None" ? { ...BEFORE, workaround: "None" } : BEFORE;
    expect(decideWords({ ...before, ...over }, before, PLACE)).toEqual({ kind: "words", words });
  });

  test("what is wrong is said of each field", () => {
    expect(
      decided({
        title: " ",
        state: "gone",
        customer: "rival",
        severity: "S5",
        report: "tomorrow",
        "needed-by": "2026-03-01",
        assignee: "x".repeat(301),
      }),
    ).toEqual({
      kind: "problems",
      problems: [
        { field: "title", code: "no-title" },
        { field: "state", code: "bad-state" },
        { field: "customer", code: "unknown-customer" },
        { field: "severity", code: "bad-severity" },
        { field: "report", code: "bad-date" },
        { field: "assignee", code: "too-long" },
        { field: "needed-by", code: "in-the-past" },
      ],
    });
    expect(decided({ "needed-by": "", "needed-by-why": "soon" })).toEqual({
      kind: "problems",
      problems: [{ field: "needed-by-why", code: "why-without-day" }],
    });
    expect(decided({ report: "2029-03-02" })).toEqual({
      kind: "problems",
      problems: [{ field: "report", code: "too-far" }],
    });
  });

  test("what an issue says is not said here", () => {
    expect(decided({ title: "Mine", state: "closed", stake: "Much" }, { ...PLACE, isExternal: false })).toEqual({
      kind: "words",
      words: { stake: "Much" },
    });
  });
});
