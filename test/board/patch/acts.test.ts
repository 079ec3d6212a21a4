// What a form of the board is understood as: the one command that it means, whatever stands in its fields.
import { describe, expect, test } from "vitest";
import { type ActName, offeredActs, readAct } from "../../../src/board/patch/acts.ts";
import { NOBODY } from "../../../src/commands/authority.ts";

const of =
  (fields: Readonly<Record<string, string>>) =>
  (name: string): string =>
    fields[name] ?? "";

const read = (name: ActName, fields: Readonly<Record<string, string>> = {}) => readAct(name, of(fields));

describe("a form is one command of the grammar", () => {
  test.each<readonly [ActName, Readonly<Record<string, string>>, string]>([
    ["escalate", {}, "escalate"],
    ["escalate", { reason: "They wait" }, "escalate They wait"],
    ["escalate", { reason: "They wait", anyway: "yes" }, "escalate anyway They wait"],
    ["escalate", { reason: "one\n/case later 2027-01-01 no" }, "escalate one /case later 2027-01-01 no"],
    ["escalate", { reason: "`x` <!-- **y** @mira" }, "escalate `x` <!-- **y** @mira"],
    ["later", { date: "2026-04-01", reason: "The release is out" }, "later 2026-04-01 The release is out"],
    ["snooze", { date: "2026-04-01" }, "snooze 2026-04-01"],
    ["unsnooze", {}, "unsnooze"],
    ["waiting", { on: "author" }, "waiting author"],
    ["quiet", { date: "2026-04-01" }, "quiet 2026-04-01"],
    ["take", {}, "take"],
    ["take", { date: "2026-04-01" }, "take 2026-04-01"],
    ["link", { reference: "CASE-7" }, "link CASE-7"],
    ["unlink", { reference: "acme-db/cases#3" }, "unlink acme-db/cases#3"],
    ["workaround", { words: "none" }, "workaround none"],
    ["summary", { words: "It hangs;\r\nthe fix waits less." }, "summary It hangs; the fix waits less."],
    ["severity", { severity: "S2" }, "severity S2"],
    ["needed-by", { date: "2026-04-01", why: "Year end" }, "needed-by 2026-04-01 Year end"],
    ["report", { date: "2026-04-01" }, "report 2026-04-01"],
  ])("%s %j", (name, fields, text) => {
    expect(read(name, fields)).toMatchObject({ kind: "command", command: { text, occurrence: 1 } });
  });
});

describe("what it does not mean is not done", () => {
  test.each<readonly [ActName, Readonly<Record<string, string>>, object]>([
    ["later", { date: "", reason: "x" }, { kind: "missing", field: "date" }],
    ["later", { date: "2026-04-01", reason: " \n " }, { kind: "missing", field: "reason" }],
    ["later", { date: "2026-04-01 because", reason: "x" }, { kind: "problem", problem: { code: "bad-date" } }],
    ["later", { date: "2026-02-31", reason: "x" }, { kind: "problem", problem: { code: "bad-date" } }],
    ["take", { date: "2026-04-01 x" }, { kind: "problem", problem: { code: "too-many-words" } }],
    ["quiet", { date: "me" }, { kind: "unclear" }],
    ["quiet", { date: "me 2026-04-01" }, { kind: "unclear" }],
    ["escalate", { reason: "anyway they wait" }, { kind: "unclear" }],
    ["escalate", { reason: "ＡＮＹＷＡＹ they wait" }, { kind: "unclear" }],
    ["link", { reference: "CASE-7 S1" }, { kind: "unclear" }],
    ["link", { reference: "CASE-7 customer=shinshu-bank" }, { kind: "unclear" }],
    ["link", { reference: "a<b>c" }, { kind: "problem", problem: { code: "bad-reference" } }],
    ["waiting", { on: "author maintainer" }, { kind: "problem", problem: { code: "too-many-words" } }],
    ["severity", { severity: "S1 CASE-8" }, { kind: "problem", problem: { code: "bad-severity" } }],
    ["stake", { words: "x".repeat(500) }, { kind: "problem", problem: { code: "too-long" } }],
  ])("%s %j", (name, fields, expected) => {
    expect(read(name, fields)).toMatchObject(expected);
  });
});

describe("what is offered", () => {
  const open = { isLimited: false, isOpen: true, isFollowed: true, isSnoozed: false, turn: "maintainer" } as const;
  const words = ["workaround", "summary", "stake", "severity", "needed-by", "report"];

  test.each([
    [
      "to support",
      { ...open, roles: { ...NOBODY, isSupporter: true } },
      ["escalate", "later", "snooze", "waiting", "quiet", "link", "unlink", ...words],
    ],
    [
      "to support while it is snoozed",
      { ...open, turn: "nobody" as const, isSnoozed: true, roles: { ...NOBODY, isSupporter: true } },
      ["escalate", "later", "unsnooze", "quiet", "link", "unlink", ...words],
    ],
    [
      "to support once it is closed",
      { ...open, isOpen: false, isFollowed: false, turn: null, roles: { ...NOBODY, isSupporter: true } },
      ["link", "unlink", ...words],
    ],
    ["to a decider", { ...open, roles: { ...NOBODY, isDecider: true } }, ["take"]],
    [
      "to a maintainer who sees no customers",
      { ...open, isLimited: true, roles: { ...NOBODY, isMaintainer: true } },
      ["later", "snooze", "waiting", "quiet", "take"],
    ],
    ["to nobody", { ...open, roles: NOBODY }, []],
  ])("%s", (_, offering, acts) => {
    expect(offeredActs(offering)).toEqual(acts);
  });
});
