// The command grammar as a table: what each line means, and what is wrong with it.
import { expect, test } from "vitest";
import type { Command, CommitRef, ProblemCode, PullRef, Ref } from "../../src/commands/command.ts";
import { VERBS } from "../../src/commands/command.ts";
import { MOST_COMMANDS, parseCommands } from "../../src/commands/parse.ts";

const external = (text: string): Ref => ({ kind: "external", text });
const number = (n: number): PullRef => ({ kind: "number", number: n, text: `#${n}` });
const commit = (sha: string, over: Partial<CommitRef>): CommitRef => ({
  kind: "commit",
  host: null,
  repository: null,
  sha,
  text: sha,
  ...over,
});
const engine = { owner: "acme-db", repo: "engine" };
const days = (amount: number) => ({ kind: "duration", duration: { amount, unit: "d" } }) as const;
const day = (date: string) => ({ kind: "date", date }) as const;

const understood: readonly (readonly [string, Command])[] = [
  ["/case link CASE-7", { verb: "link", refs: [external("CASE-7")], severity: null, customer: null }],
  [
    "/case link CASE-7 #12 S2 customer=shinshu-bank",
    { verb: "link", refs: [external("CASE-7"), number(12)], severity: "S2", customer: "shinshu-bank" },
  ],
  [
    "/case link s3, Customer=Acme_1, CASE-7, CASE-8.",
    { verb: "link", refs: [external("CASE-7"), external("CASE-8")], severity: "S3", customer: "Acme_1" },
  ],
  [
    "/case link acme-db/cases#7",
    {
      verb: "link",
      refs: [
        {
          kind: "issue-or-pull",
          host: null,
          owner: "acme-db",
          repo: "cases",
          number: 7,
          text: "acme-db/cases#7",
        },
      ],
      severity: null,
      customer: null,
    },
  ],
  [
    "/case link https://github.com/acme-db/engine/pull/12/files#r1 <https://GHE.acme.example:8443/a/b.c/issues/3>",
    {
      verb: "link",
      refs: [
        {
          kind: "pull",
          host: "github.com",
          owner: "acme-db",
          repo: "engine",
          number: 12,
          text: "https://github.com/acme-db/engine/pull/12/files#r1",
        },
        {
          kind: "issue",
          host: "ghe.acme.example:8443",
          owner: "a",
          repo: "b.c",
          number: 3,
          text: "https://GHE.acme.example:8443/a/b.c/issues/3",
        },
      ],
      severity: null,
      customer: null,
    },
  ],
  [
    "/case link https://support.acme.example/CASE-7",
    {
      verb: "link",
      refs: [external("https://support.acme.example/CASE-7")],
      severity: null,
      customer: null,
    },
  ],
  ["/case unlink CASE-7 #3", { verb: "unlink", refs: [external("CASE-7"), number(3)] }],
  ["/case severity s1", { verb: "severity", severity: "S1", ref: null }],
  ["/case severity S4 CASE-7", { verb: "severity", severity: "S4", ref: external("CASE-7") }],
  ["/case customer shinshu-bank", { verb: "customer", customer: "shinshu-bank", ref: null }],
  ["/case customer shinshu-bank #7", { verb: "customer", customer: "shinshu-bank", ref: number(7) }],
  ["/case summary The export `stops` at *2 GB*.", { verb: "summary", words: "The export `stops` at *2 GB*." }],
  ["/case stake 3 月の契約更新に関わる", { verb: "stake", words: "3 月の契約更新に関わる" }],
  ["/case workaround NONE", { verb: "workaround", words: "none" }],
  ["/case workaround none of the usual", { verb: "workaround", words: "none of the usual" }],
  ["/case needed-by 2027-03-31", { verb: "needed-by", date: "2027-03-31", why: null }],
  [
    "/case needed-by 2027-03-31 go-live  in Nagano",
    { verb: "needed-by", date: "2027-03-31", why: "go-live in Nagano" },
  ],
  ["/case report 2028-02-29", { verb: "report", date: "2028-02-29" }],
  ["/case waiting Author", { verb: "waiting", on: "author" }],
  ["/case waiting maintainer", { verb: "waiting", on: "maintainer" }],
  ["/case snooze 3d", { verb: "snooze", until: days(3), reason: null }],
  [
    "/case snooze 2027-01-11 after the holidays",
    { verb: "snooze", until: day("2027-01-11"), reason: "after the holidays" },
  ],
  [
    "/case snooze 30M x",
    { verb: "snooze", until: { kind: "duration", duration: { amount: 30, unit: "m" } }, reason: "x" },
  ],
  ["/case unsnooze", { verb: "unsnooze" }],
  [
    "/case ask @mira, @acme-db/engine @kenji_acme",
    {
      verb: "ask",
      people: [
        { kind: "login", login: "mira" },
        { kind: "team", organization: "acme-db", slug: "engine" },
        { kind: "login", login: "kenji_acme" },
      ],
    },
  ],
  ["/case take", { verb: "take", date: null }],
  ["/case take 2027-01-11", { verb: "take", date: "2027-01-11" }],
  ["/case quiet 10d", { verb: "quiet", whom: "patch", until: days(10) }],
  ["/case quiet 2027-01-11", { verb: "quiet", whom: "patch", until: day("2027-01-11") }],
  ["/case quiet me", { verb: "quiet", whom: "me", until: null }],
  ["/case quiet ME 10d", { verb: "quiet", whom: "me", until: days(10) }],
  ["/case escalate", { verb: "escalate", isAnyway: false, reason: null }],
  ["/case escalate anyway it is S1", { verb: "escalate", isAnyway: true, reason: "it is S1" }],
  ["/case escalate cannot go live", { verb: "escalate", isAnyway: false, reason: "cannot go live" }],
  ["/case later 2027-01-11 after the freeze", { verb: "later", date: "2027-01-11", reason: "after the freeze" }],
  ["/case landed #12", { verb: "landed", ref: number(12) }],
  ["/case landed abc1234.", { verb: "landed", ref: commit("abc1234", {}) }],
  [`/case landed ${"A1".repeat(20)}`, { verb: "landed", ref: commit("a1".repeat(20), { text: "A1".repeat(20) }) }],
  [
    "/case landed acme-db/engine@abc1234",
    { verb: "landed", ref: commit("abc1234", { repository: engine, text: "acme-db/engine@abc1234" }) },
  ],
  [
    `/case landed https://github.com/acme-db/engine/commit/${"ab".repeat(20)}#diff-1`,
    {
      verb: "landed",
      ref: commit("ab".repeat(20), {
        host: "github.com",
        repository: engine,
        text: `https://github.com/acme-db/engine/commit/${"ab".repeat(20)}#diff-1`,
      }),
    },
  ],
  [
    "/case landed https://github.com/acme-db/engine/pull/12/files",
    {
      verb: "landed",
      ref: {
        kind: "pull",
        host: "github.com",
        ...engine,
        number: 12,
        text: "https://github.com/acme-db/engine/pull/12/files",
      },
    },
  ],
  ["/case superseded #12", { verb: "superseded", ref: number(12) }],
  ["/case status", { verb: "status" }],
  ["/case why", { verb: "why" }],
  ["/case help", { verb: "help" }],
  // However it was typed.
  ["/CASE STATUS", { verb: "status" }],
  ["/case status.", { verb: "status" }],
  ["   /case\tstatus   ", { verb: "status" }],
  ["/case　ｓｎｏｏｚｅ　３ｄ　返信待ち", { verb: "snooze", until: days(3), reason: "返信待ち" }],
  ["/case severity Ｓ１", { verb: "severity", severity: "S1", ref: null }],
  ["\ufeff/case st\u200batus\u200b", { verb: "status" }],
  ["/case summary \u202egnp.exe\u202c", { verb: "summary", words: "gnp.exe" }],
];

test.each(understood)("%s is understood", (line, command) => {
  const { commands, problems } = parseCommands(line);
  expect({ commands: commands.map((each) => each.command), problems }).toEqual({ commands: [command], problems: [] });
});

test("every verb of the product is understood", () => {
  const seen = new Set(understood.map(([, command]) => command.verb));
  expect(VERBS.filter((verb) => !seen.has(verb))).toEqual([]);
});

const wrong: readonly (readonly [string, ProblemCode])[] = [
  ["/case", "missing-verb"],
  ["/case   ", "missing-verb"],
  ["/case lnik CASE-7", "unknown-verb"],
  ["/case __proto__", "unknown-verb"],
  ["/case link", "missing-argument"],
  ["/case link S1", "missing-argument"],
  ["/case link CASE-7 S1 S2", "too-many-words"],
  ["/case link CASE-7 S5", "bad-severity"],
  ["/case link CASE-7 customer=", "bad-customer"],
  ["/case link CASE-7 customer=信州銀行", "bad-customer"],
  ["/case link ケース7", "bad-reference"],
  ["/case link #0", "bad-reference"],
  ["/case link acme/cases#99999999999", "bad-reference"],
  [`/case link ${"x".repeat(65)}`, "bad-reference"],
  ["/case link [CASE-7](https://support.acme.example)", "bad-reference"],
  ["/case unlink", "missing-argument"],
  ["/case severity", "missing-argument"],
  ["/case severity high", "bad-severity"],
  ["/case severity S1 CASE-7 CASE-8", "too-many-words"],
  ["/case customer ../x", "bad-customer"],
  ["/case summary", "missing-argument"],
  ["/case needed-by soon", "bad-date"],
  ["/case report 2027-02-29", "bad-date"],
  ["/case report 2027-3-1", "bad-date"],
  ["/case report 1999-12-31", "bad-date"],
  ["/case report 2027-03-01 please", "too-many-words"],
  ["/case waiting", "missing-argument"],
  ["/case waiting us", "bad-side"],
  ["/case snooze", "missing-argument"],
  ["/case snooze soon", "bad-until"],
  ["/case snooze 0d", "bad-duration"],
  ["/case snooze 3x", "bad-duration"],
  ["/case snooze 9999w", "bad-duration"],
  ["/case snooze 2027/01/11", "bad-date"],
  ["/case snooze 2027-13-01", "bad-date"],
  ["/case ask", "missing-argument"],
  ["/case ask mira", "bad-person"],
  ["/case ask @mira @-", "bad-person"],
  ["/case take 3d", "bad-date"],
  ["/case quiet", "missing-argument"],
  ["/case quiet me later", "bad-until"],
  ["/case quiet 2w please", "too-many-words"],
  ["/case later 2027-01-11", "missing-reason"],
  ["/case landed", "missing-argument"],
  ["/case landed #1 #2", "too-many-words"],
  ["/case landed CASE-7", "bad-landing"],
  ["/case landed abc123", "bad-landing"],
  [`/case landed ${"a".repeat(41)}`, "bad-landing"],
  ["/case landed in abc1234", "bad-landing"],
  ["/case superseded", "missing-argument"],
  ["/case superseded #1 #2", "too-many-words"],
  ["/case superseded abc1234", "bad-pull"],
  ["/case superseded by #12", "bad-pull"],
  ["/case status now", "too-many-words"],
  [`/case summary ${"長".repeat(600)}`, "too-long"],
];

test.each(wrong)("%s is a problem", (line, code) => {
  const { commands, problems } = parseCommands(line);
  expect({ commands, problems: problems.map((problem) => problem.code) }).toEqual({ commands: [], problems: [code] });
});

test.each([
  ["lnik", "link"],
  ["satus", "status"],
  ["snoooze", "snooze"],
  ["serverity", "severity"],
  ["merge", null],
  ["x", null],
] as const)("for %s the nearest command is %s", (word, nearest) => {
  expect(parseCommands(`/case ${word}`).problems[0]?.nearest).toBe(nearest);
});

test("a key is the same however a command was spaced or its verb was written, and counts repeats", () => {
  const { commands, problems } = parseCommands(
    "/case  STATUS\n/case link\tCASE-7\n/case status\n/case nope\n/case nope",
  );
  expect(commands.map(({ text, occurrence }) => [text, occurrence])).toEqual([
    ["status", 1],
    ["link CASE-7", 1],
    ["status", 2],
  ]);
  expect(problems.map(({ text, occurrence }) => [text, occurrence])).toEqual([
    ["nope", 1],
    ["nope", 2],
  ]);
});

test("of many commands the first twenty are read, and the rest is one problem", () => {
  const { commands, problems } = parseCommands("/case status\n".repeat(MOST_COMMANDS + 5));
  expect(commands).toHaveLength(MOST_COMMANDS);
  expect(problems.map((problem) => problem.code)).toEqual(["too-many-commands"]);
});

test("a line with no problem of its length keeps a key that fits a database's index", () => {
  const longest = parseCommands(`/case summary ${"長".repeat(492)}`);
  expect(longest.problems).toEqual([]);
  expect(Buffer.byteLength(longest.commands[0]?.text ?? "")).toBeLessThan(2_000);
});
