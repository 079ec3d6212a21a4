// What every command does or why it is refused, by where it is written, who wrote it and what its references turned out to be.
import { describe, expect, test } from "vitest";
import { NOBODY } from "../../src/commands/authority.ts";
import {
  type CommandContext,
  type CommandOutcome,
  decideCommand,
  type Landing,
  type PatchTarget,
  type Successor,
  type Target,
} from "../../src/commands/decide.ts";
import type { Escalating } from "../../src/commands/escalating.ts";
import { parseCommands } from "../../src/commands/parse.ts";
import { ALWAYS } from "../../src/policy/calendar.ts";
import { at, OFFICE } from "../patches/builders.ts";

const SUPPORTER = { ...NOBODY, isSupporter: true };
const MAINTAINER = { ...NOBODY, isMaintainer: true };

const known: Target = { kind: "case", reference: "CASE-7", url: null, caseId: 7 };
const fresh: Target = { kind: "case", reference: "CASE-8", url: null, caseId: null };
const pull: PatchTarget = { kind: "patch", patchId: "10#1", repositoryId: 10, number: 1 };
const second: PatchTarget = { kind: "patch", patchId: "10#2", repositoryId: 10, number: 2 };
const SHA = "ab".repeat(20);
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
  patches: ["10#1"],
  isMerged: false,
  landings: new Map<string, Landing>([
    ["abc1234", { kind: "landed", sha: SHA, pull: null }],
    ["#7", { kind: "landed", sha: SHA, pull: "acme-db/db#7" }],
    ["#8", { kind: "refused", reason: { code: "not-merged", reference: "#8" } }],
  ]),
  successors: new Map<string, Successor>([
    ["#2", { kind: "patch", target: second, pull: "acme-db/db#2" }],
    ["#1", { kind: "patch", target: pull, pull: "acme-db/db#1" }],
    ["#9", { kind: "refused", reason: { code: "no-such-pull", reference: "#9" } }],
  ]),
  predecessors: new Set(),
  escalating: [],
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

const several = { linkedCaseIds: [7, 8], linkedReferences: ["CASE-7", "CASE-8"] };
const theirs: Target = { kind: "case", reference: "CASE-7", url: null, caseId: 7 };
const says = (said: object, target: Target | null = theirs) => doing({ kind: "case-words", target, words: said });

const ownWords: readonly Row[] = [
  [
    "/case summary It stops at 2 GB; the fix lifts the limit",
    {},
    says({ summary: "It stops at 2 GB; the fix lifts the limit" }),
  ],
  ["/case stake the renewal", {}, says({ stake: "the renewal" })],
  ["/case workaround export in two parts", {}, says({ workaround: "export in two parts" })],
  ["/case workaround NONE", {}, says({ workaround: "none" })],
  ["/case needed-by 2026-04-01 go-live", {}, says({ "needed-by": { date: "2026-04-01", why: "go-live" } })],
  ["/case needed-by 2026-04-01", {}, says({ "needed-by": { date: "2026-04-01", why: null } })],
  ["/case needed-by 2026-03-02", {}, says({ "needed-by": { date: "2026-03-02", why: null } })],
  ["/case needed-by 2026-03-01", {}, refused("in-the-past")],
  // It is the third of March in Tokyo already.
  ["/case needed-by 2026-03-02", { timezone: "Asia/Tokyo", at: at("2026-03-02T16:00:00Z") }, refused("in-the-past")],
  ["/case needed-by 2072-03-01 go-live", {}, refused("too-far")],
  ["/case report 2026-03-09", {}, says({ report: "2026-03-09" })],
  ["/case report 2026-03-02", {}, says({ report: "2026-03-02" })],
  ["/case report 2026-02-27", {}, refused("in-the-past")],
  ["/case summary it stops", casesPlace, says({ summary: "it stops" }, null)],
  ["/case report 2026-03-09", casesPlace, says({ report: "2026-03-09" }, null)],
  ["/case summary it stops", { linkedCaseIds: [], linkedReferences: [] }, refused("no-case-linked")],
  ["/case stake the renewal", several, refused("write-on-case", { references: ["CASE-7", "CASE-8"] })],
  ["/case report 2026-03-09", several, refused("write-on-case", { references: ["CASE-7", "CASE-8"] })],
  ["/case summary it stops", taker, { kind: "denied" }],
];

const puttingOff: readonly Row[] = [
  [
    "/case later 2026-04-01 after the release",
    {},
    fact({ kind: "put-off", untilAt: at("2026-04-01T00:00:00Z"), reason: "after the release" }),
  ],
  [
    "/case later 2026-04-01 after the release",
    { ...onCase, ...taker },
    fact({ kind: "put-off", untilAt: at("2026-04-01T00:00:00Z"), reason: "after the release" }),
  ],
  ["/case later 2026-03-02 soon", {}, refused("in-the-past")],
  ["/case later 2028-04-01 some day", {}, refused("too-far")],
  ["/case later 2026-04-01 soon", { ...onCase, patches: [] }, refused("no-patch-linked")],
  ["/case later 2026-04-01 Shinshu", { ...none, namesCustomer: true }, refused("not-here")],
];

const ends: readonly Row[] = [
  ["/case landed abc1234", {}, fact({ kind: "landed", sha: SHA, pull: null, how: "command" })],
  ["/case landed #7", taker, fact({ kind: "landed", sha: SHA, pull: "acme-db/db#7", how: "command" })],
  ["/case landed #8", {}, refused("not-merged", { reference: "#8" })],
  ["/case landed abc1234", { isMerged: true }, refused("already-merged")],
  ["/case landed abc1234", onCase, refused("only-on-patch")],
  ["/case superseded #2", {}, doing({ kind: "supersede", by: second, pull: "acme-db/db#2" })],
  ["/case superseded #1", {}, refused("itself")],
  ["/case superseded #2", { predecessors: new Set(["10#2"]) }, refused("superseded-by-this")],
  ["/case superseded #9", {}, refused("no-such-pull", { reference: "#9" })],
  ["/case superseded #2", { isMerged: true }, refused("already-merged")],
  ["/case superseded #2", onCase, refused("only-on-patch")],
];

const one = (over: Partial<Escalating> = {}): Escalating => ({
  patchId: "10#1",
  isTracked: true,
  isActing: true,
  lacks: [],
  severity: "S2",
  as: "supporter",
  ...over,
});
const draft = { lacks: [{ code: "draft", who: "author" }] } as const;
const over = { lacks: [{ code: "closed", who: "nobody" }] } as const;
const asks = (as: string, said: object = {}, id = "10#1") => ({
  kind: "fact",
  patchId: id,
  body: { kind: "escalation-asked", isAnyway: false, reason: null, as, ...said },
});
const lacking = (lacks: readonly object[], mayInsist: boolean) =>
  refused("cannot-be-decided", { lacks, mayInsist, timezone: "UTC" });
const anyway = { isAnyway: true, reason: "they cannot go live" };

const escalations: readonly Row[] = [
  ["/case escalate", { escalating: [one()] }, doing(asks("supporter"))],
  [
    "/case escalate they cannot go live",
    { escalating: [one({ as: "account-owner" })] },
    doing(asks("account-owner", { reason: "they cannot go live" })),
  ],
  ["/case escalate", { escalating: [one({ as: "maintainer" })], ...taker }, doing(asks("maintainer"))],
  ["/case escalate", { escalating: [one(draft)] }, lacking(draft.lacks, false)],
  ["/case escalate", { escalating: [one({ ...draft, severity: "S1" })] }, lacking(draft.lacks, true)],
  ["/case escalate", { escalating: [one({ ...draft, as: "account-owner" })] }, lacking(draft.lacks, true)],
  ["/case escalate anyway", { escalating: [one({ ...draft, severity: "S1" })] }, refused("anyway-needs-reason")],
  [
    "/case escalate anyway they cannot go live",
    { escalating: [one({ ...draft, severity: "S1" })] },
    doing(asks("supporter", anyway)),
  ],
  [
    "/case escalate anyway they cannot go live",
    { escalating: [one({ ...draft, as: "account-owner" })] },
    doing(asks("account-owner", anyway)),
  ],
  ["/case escalate anyway they cannot go live", { escalating: [one(draft)] }, refused("anyway-not-yours")],
  // What is over cannot be insisted on.
  [
    "/case escalate anyway they cannot go live",
    { escalating: [one({ ...over, severity: "S1" })] },
    lacking(over.lacks, false),
  ],
  ["/case escalate", { escalating: [one({ isTracked: false })] }, refused("no-case-linked")],
  // Whoever begins to act does not begin with what nobody was reminded of.
  ["/case escalate", { escalating: [one({ isActing: false })] }, refused("only-observes")],
  ["/case escalate", { escalating: [one({ isActing: false, severity: "S1" })] }, doing(asks("supporter"))],
  ["/case escalate", onCase, refused("no-patch-linked")],
  [
    "/case escalate",
    { ...onCase, escalating: [one(), one({ patchId: "10#2" })] },
    doing(asks("supporter"), asks("supporter", {}, "10#2")),
  ],
  [
    "/case escalate",
    { ...onCase, escalating: [one(), one({ patchId: "10#2", ...draft }), one({ patchId: "10#3", ...over })] },
    {
      kind: "partly",
      acts: [asks("supporter")],
      reason: { code: "some-cannot-be-decided", count: 2, of: 3, mayInsist: false },
    } as Expected,
  ],
  [
    "/case escalate",
    { ...onCase, escalating: [one({ ...draft, severity: "S1" }), one({ patchId: "10#2", ...over })] },
    refused("some-cannot-be-decided", { count: 2, of: 2, mayInsist: true }),
  ],
  ["/case escalate", { ...onCase, escalating: [one(draft)] }, lacking(draft.lacks, false)],
  ["/case escalate Shinshu Bank waits", { ...none, namesCustomer: true, escalating: [one()] }, refused("not-here")],
];

describe.each([
  ["Links", links],
  ["A case's own words", ownWords],
  ["Putting off", puttingOff],
  ["How it ended", ends],
  ["Escalations", escalations],
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
