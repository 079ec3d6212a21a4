// What every command does or why it is refused, by where it is written, who wrote it and what its references turned out to be.
import { describe, expect, test } from "vitest";
import { NOBODY } from "../../src/commands/authority.ts";
import { type CommandContext, type CommandOutcome, decideCommand, type Target } from "../../src/commands/decide.ts";
import { NOT_YET } from "../../src/commands/not-yet.ts";
import { parseCommands } from "../../src/commands/parse.ts";
import { ALWAYS } from "../../src/policy/calendar.ts";
import { at, OFFICE } from "../patches/builders.ts";

const SUPPORTER = { ...NOBODY, isSupporter: true };
const MAINTAINER = { ...NOBODY, isMaintainer: true };

const known: Target = { kind: "case", reference: "CASE-7", url: null, caseId: 7 };
const fresh: Target = { kind: "case", reference: "CASE-8", url: null, caseId: null };
const pull: Target = { kind: "patch", patchId: "10#1", repositoryId: 10, number: 1 };
const foreign: Target = {
  kind: "refused",
  reason: { code: "not-a-case-repository", reference: "other/repo#1" },
};

/** Monday, 2 March 2026, 10:00; everything may be told. */
const context = (over: Partial<CommandContext> = {}): CommandContext => ({
  on: "patch",
  roles: SUPPORTER,
  disclosure: "full",
  isPrivateCaseRepository: false,
  namesCustomer: false,
  targets: new Map<string, Target>([
    ["CASE-7", known],
    ["CASE-8", fresh],
    ["acme-db/db#1", pull],
    ["other/repo#1", foreign],
  ]),
  people: new Map([
    ["mira", 11],
    ["max", 12],
    ["nobody-here", null],
  ]),
  customerIds: new Set(["shinshu-bank"]),
  linkedCaseIds: [7],
  linkedReferences: ["CASE-7"],
  takes: 0,
  calendar: OFFICE,
  timezone: "UTC",
  at: at("2026-03-02T10:00:00Z"),
  owner: "acme-db",
  ...over,
});

function outcome(written: string, over: Partial<CommandContext> = {}): CommandOutcome {
  const [parsed] = parseCommands(written).commands;
  if (parsed === undefined) throw new Error(`no command: ${written}`);
  return decideCommand(parsed.command, context(over));
}

const doing = (...acts: readonly unknown[]) => ({ kind: "do", acts });
const fact = (body: unknown) => doing({ kind: "fact", body });
const refused = (code: string, rest: object = {}) => ({ kind: "refused", reason: { code, ...rest } });
const snoozed = (until: string, reason: string | null = null) => fact({ kind: "snoozed", untilAt: at(until), reason });

type Row = readonly [written: string, over: Partial<CommandContext>, expected: Expected];
type Expected = { readonly kind: string; readonly reason?: { readonly code: string } };

/** "/case take 2026-03-02 on a patch: refused, in-the-past" */
const nameOf = ([written, over, { kind, reason }]: Row): string =>
  `${written} on a ${over.on ?? "patch"}${over.disclosure === undefined ? "" : `, disclosure ${over.disclosure}`}: ${kind}${reason === undefined ? "" : `, ${reason.code}`}`;
const onCase = { on: "case" as const, linkedCaseIds: [], linkedReferences: [] };
const none = { disclosure: "none" as const };
const reference = { disclosure: "reference" as const };
const casesPlace = { ...onCase, ...reference, isPrivateCaseRepository: true };
const taker = { roles: MAINTAINER };

const links: readonly Row[] = [
  ["/case link CASE-7", {}, doing({ kind: "link", target: known, state: "confirmed" })],
  [
    "/case link CASE-7 CASE-8",
    none,
    doing({ kind: "link", target: known, state: "confirmed" }, { kind: "link", target: fresh, state: "confirmed" }),
  ],
  [
    "/case link CASE-8 S2 customer=shinshu-bank",
    {},
    doing(
      { kind: "link", target: fresh, state: "confirmed" },
      { kind: "case-words", target: fresh, words: { severity: "S2", customer: "shinshu-bank" } },
    ),
  ],
  ["/case unlink CASE-7", none, doing({ kind: "link", target: known, state: "dropped" })],
  ["/case link acme-db/db#1", onCase, doing({ kind: "link", target: pull, state: "confirmed" })],
  [
    "/case link acme-db/db#1 S1",
    onCase,
    doing(
      { kind: "link", target: pull, state: "confirmed" },
      { kind: "case-words", target: null, words: { severity: "S1" } },
    ),
  ],
  // All of a command or nothing of it.
  ["/case link CASE-7 CASE-9", {}, refused("unknown-case", { reference: "CASE-9" })],
  ["/case link CASE-7 other/repo#1", {}, refused("not-a-case-repository", { reference: "other/repo#1" })],
  ["/case link CASE-7 customer=nobody", {}, refused("unknown-customer", { customer: "nobody" })],
];

const words: readonly Row[] = [
  [
    "/case severity S1",
    {},
    doing({
      kind: "case-words",
      target: { kind: "case", caseId: 7, reference: "CASE-7", url: null },
      words: { severity: "S1" },
    }),
  ],
  ["/case severity S1 CASE-8", {}, doing({ kind: "case-words", target: fresh, words: { severity: "S1" } })],
  ["/case severity S1", onCase, doing({ kind: "case-words", target: null, words: { severity: "S1" } })],
  [
    "/case customer shinshu-bank CASE-7",
    {},
    doing({ kind: "case-words", target: known, words: { customer: "shinshu-bank" } }),
  ],
  ["/case customer nobody", {}, refused("unknown-customer", { customer: "nobody" })],
  ["/case severity S1", { linkedCaseIds: [], linkedReferences: [] }, refused("no-case-linked")],
  [
    "/case severity S1",
    { linkedCaseIds: [7, 8], linkedReferences: ["CASE-7", "CASE-8"] },
    refused("which-case", { references: ["CASE-7", "CASE-8"] }),
  ],
  [
    "/case severity S1 CASE-8",
    { linkedCaseIds: [7, 8], linkedReferences: ["CASE-7", "CASE-8"] },
    doing({ kind: "case-words", target: fresh, words: { severity: "S1" } }),
  ],
  ["/case severity S1 CASE-9", {}, refused("unknown-case", { reference: "CASE-9" })],
  ["/case severity S1 other/repo#1", {}, refused("not-a-case-repository", { reference: "other/repo#1" })],
  // A pull request has no severity of its own.
  ["/case severity S1 acme-db/db#1", onCase, refused("unknown-case", { reference: "acme-db/db#1" })],
];

const turns: readonly Row[] = [
  ["/case waiting author", none, fact({ kind: "turn-set", turn: "author" })],
  [
    "/case waiting maintainer",
    { ...none, roles: { ...NOBODY, isAuthor: true } },
    fact({ kind: "turn-set", turn: "maintainer" }),
  ],
  ["/case waiting author", casesPlace, refused("only-on-patch")],
  ["/case snooze 2d", none, snoozed("2026-03-04T10:00:00Z")],
  ["/case snooze 1w after the release", none, snoozed("2026-03-09T10:00:00Z", "after the release")],
  ["/case snooze 2d", { ...none, calendar: ALWAYS }, snoozed("2026-03-04T10:00:00Z")],
  ["/case snooze 1w", { ...none, calendar: ALWAYS }, snoozed("2026-03-09T10:00:00Z")],
  ["/case snooze 2026-03-05", none, snoozed("2026-03-05T00:00:00Z")],
  ["/case snooze 2026-03-05", { ...none, timezone: "Asia/Tokyo" }, snoozed("2026-03-04T15:00:00Z")],
  ["/case snooze 2d", casesPlace, snoozed("2026-03-04T10:00:00Z")],
  ["/case snooze 2026-03-02", none, refused("in-the-past")],
  ["/case snooze 2025-12-31", none, refused("in-the-past")],
  ["/case unsnooze", none, fact({ kind: "unsnoozed" })],
  ["/case unsnooze", casesPlace, refused("only-on-patch")],
];

const people: readonly Row[] = [
  ["/case ask @mira @Max", none, fact({ kind: "asked", logins: ["mira", "Max"], ids: [11, 12], teams: [] })],
  ["/case ask @mira @nobody-here", none, refused("unknown-person", { login: "nobody-here" })],
  ["/case ask @Acme-DB/engine", none, fact({ kind: "asked", logins: [], ids: [], teams: ["Acme-DB/engine"] })],
  ["/case ask @mira @other/engine", none, refused("foreign-team", { team: "other/engine" })],
  ["/case ask @mira", casesPlace, refused("only-on-patch")],
  ["/case quiet 5d", none, fact({ kind: "quieted", untilAt: at("2026-03-09T10:00:00Z") })],
  ["/case quiet 2026-03-10", none, fact({ kind: "quieted", untilAt: at("2026-03-10T00:00:00Z") })],
  ["/case quiet 2026-03-01", none, refused("in-the-past")],
  ["/case quiet 5d", casesPlace, refused("only-on-patch")],
  ["/case quiet me", { ...none, roles: NOBODY }, doing({ kind: "quiet-me", untilAt: null })],
  ["/case quiet me 1d", { ...none, roles: NOBODY }, doing({ kind: "quiet-me", untilAt: at("2026-03-03T10:00:00Z") })],
  ["/case quiet me", { ...casesPlace, roles: NOBODY }, doing({ kind: "quiet-me", untilAt: null })],
];

const taking: readonly Row[] = [
  // Ten working days, over two weekends.
  ["/case take", taker, fact({ kind: "taken", untilAt: at("2026-03-16T10:00:00Z") })],
  ["/case take 2026-03-10", taker, fact({ kind: "taken", untilAt: at("2026-03-10T00:00:00Z") })],
  ["/case take 2026-03-16", taker, fact({ kind: "taken", untilAt: at("2026-03-16T00:00:00Z") })],
  ["/case take", { ...taker, takes: 1 }, fact({ kind: "taken", untilAt: at("2026-03-16T10:00:00Z") })],
  ["/case take", { ...taker, takes: 2 }, refused("taken-twice")],
  ["/case take 2026-03-10", { ...taker, takes: 2 }, refused("taken-twice")],
  [
    "/case take 2026-03-17",
    taker,
    refused("take-too-long", { longestAt: at("2026-03-16T10:00:00Z"), timezone: "UTC" }),
  ],
  ["/case take 2026-03-02", taker, refused("in-the-past")],
  [
    "/case take",
    { roles: { ...NOBODY, isDecider: true } },
    fact({ kind: "taken", untilAt: at("2026-03-16T10:00:00Z") }),
  ],
  ["/case take", { ...casesPlace, roles: MAINTAINER }, refused("only-on-patch")],
  ["/case take", { roles: SUPPORTER }, { kind: "denied" }],
];

const answers: readonly Row[] = [
  ["/case status", none, doing({ kind: "answer", what: "status" })],
  ["/case why", none, doing({ kind: "answer", what: "why" })],
  ["/case help", { ...none, roles: NOBODY }, doing({ kind: "answer", what: "help" })],
  ["/case status", casesPlace, doing({ kind: "answer", what: "status" })],
];

const notTheirs: readonly Row[] = [
  ["/case status", { roles: NOBODY }, { kind: "denied" }],
  ["/case link CASE-9", { roles: NOBODY }, { kind: "denied" }],
  ["/case severity S1", { roles: MAINTAINER }, { kind: "denied" }],
  // What may not be said here is not even answered where it was not theirs to say.
  ["/case summary it breaks", { ...none, roles: MAINTAINER }, { kind: "denied" }],
  ["/case link CASE-7 customer=shinshu-bank", { ...none, roles: NOBODY }, { kind: "denied" }],
];

const notHere: readonly Row[] = [
  ["/case severity S1", none, refused("not-here")],
  ["/case severity S1", reference, refused("not-here")],
  ["/case customer shinshu-bank", reference, refused("not-here")],
  // The same answer, whether there is such a customer or not.
  ["/case customer nobody", none, refused("not-here")],
  ["/case link CASE-7 customer=shinshu-bank", none, refused("not-here")],
  ["/case link CASE-7 customer=nobody", none, refused("not-here")],
  ["/case link CASE-7 customer=shinshu-bank", reference, refused("not-here")],
  ["/case link shinshu-bank", { ...none, namesCustomer: true }, refused("not-here")],
  ["/case snooze 5d Shinshu Bank is away", { ...none, namesCustomer: true }, refused("not-here")],
  ["/case summary it breaks", none, refused("not-here")],
  ["/case stake the renewal", none, refused("not-here")],
  ["/case workaround none", none, refused("not-here")],
  ["/case needed-by 2026-04-01", none, refused("not-here")],
  ["/case report 2026-04-01", reference, refused("not-here")],
];

const here: readonly Row[] = [
  ["/case severity S1", casesPlace, doing({ kind: "case-words", target: null, words: { severity: "S1" } })],
  [
    "/case customer shinshu-bank",
    { ...casesPlace, namesCustomer: true },
    doing({ kind: "case-words", target: null, words: { customer: "shinshu-bank" } }),
  ],
  // The severity shows as a label; only the customer does not.
  [
    "/case link CASE-7 S1",
    none,
    doing(
      { kind: "link", target: known, state: "confirmed" },
      { kind: "case-words", target: known, words: { severity: "S1" } },
    ),
  ],
];

describe.each([
  ["Links", links],
  ["A case's severity and customer", words],
  ["Turns and snoozes", turns],
  ["Whom to ask, whom to leave alone", people],
  ["Taking it in hand, ten working days at most, twice", taking],
  ["Answers", answers],
  ["What is not theirs to say gets no word", notTheirs],
  ["Private words where they do not belong are refused, whatever else is wrong with them", notHere],
  ["Words that belong there are taken", here],
])("%s:", (_, rows) => {
  test.each(rows.map((row) => [nameOf(row), row] as const))("%s", (_name, [written, over, expected]) => {
    expect(outcome(written, over)).toEqual(expected);
  });
});

describe("What is read but not done yet is refused as such:", () => {
  const written: Readonly<Record<string, string>> = {
    summary: "/case summary it breaks",
    stake: "/case stake the renewal",
    workaround: "/case workaround none",
    "needed-by": "/case needed-by 2026-04-01 the audit",
    report: "/case report 2026-04-01",
    escalate: "/case escalate",
    later: "/case later 2026-04-01 after the release",
    landed: "/case landed #7",
    superseded: "/case superseded #7",
  };

  test.each([...NOT_YET])("%s", (verb) => {
    expect(outcome(written[verb] ?? "")).toEqual(refused("not-yet", { verb }));
  });
});
