// Short ways to say what tests about patches are about: who did what when, and all that is known when a step is decided.
import type { Actor } from "../../src/github/refs.ts";
import { userId } from "../../src/github/refs.ts";
import { decide } from "../../src/patches/decide.ts";
import { type Fact, type FactBody, naturalKey } from "../../src/patches/fact.ts";
import type { LinkedCase, SentReminder, Situation } from "../../src/patches/situation.ts";
import { type Standing, type StandingInput, standingOf } from "../../src/patches/standing.ts";
import type { Side } from "../../src/patches/turn.ts";
import { type Calendar, calendarOf } from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/policy.ts";

export const HOUR = 3_600_000;
/** A working day of the default calendar. */
export const DAY = 8 * HOUR;
export const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
export const iso = (millis: number | null): string | null =>
  millis === null ? null : Temporal.Instant.fromEpochMilliseconds(millis).toString();

const actor = (id: number, login: string, isBot = false): Actor => ({ id: userId(id), login, isBot });
/** anna wrote the patch, sam is support; mira and max are maintainers; zoe is nobody's; ci is a bot. */
export const anna = actor(1, "anna");
export const sam = actor(2, "Sam");
export const mira = actor(3, "mira");
export const max = actor(4, "Max");
export const zoe = actor(5, "zoe");
export const ci = actor(6, "ci[bot]", true);

export const SIDES: ReadonlyMap<number, Side> = new Map([
  [anna.id, "author"],
  [sam.id, "author"],
  [mira.id, "maintainer"],
  [max.id, "maintainer"],
  [zoe.id, "neither"],
  // What a list says of a bot does not make it a person.
  [ci.id, "maintainer"],
]);
export const ADDRESSED = {
  maintainers: new Set(["mira", "max", "acme-db/engine"]),
  author: new Set(["anna", "sam", "acme-db/support"]),
};

/** Monday to Friday, 9 to 17 UTC; Good Friday and Easter Monday of 2026 are off. */
export const OFFICE: Calendar = calendarOf({ kind: "hours", ...DEFAULT_HOURS }, new Set(["2026-04-03", "2026-04-06"]));

const SUBJECTLESS = new Set(["ready", "drafted", "closed", "merged", "reopened", "archived", "unarchived"]);

/** A fact with the key that it has in the store: an id of GitHub's where there is one, else its natural one. */
export function fact(when: string | number, by: Actor | null, body: FactBody, id: number | string = ""): Fact {
  const time = typeof when === "number" ? when : at(when);
  return { ...body, key: keyOf(body, { actor: by, at: time }, id), at: time, actor: by };
}

function keyOf(body: FactBody, by: { actor: Actor | null; at: number }, id: number | string): string {
  if (body.kind === "opened") return "opened";
  if (SUBJECTLESS.has(body.kind)) return naturalKey(body.kind, null, by);
  if (body.kind === "pushed") return `pushed:${body.headSha}`;
  if (body.kind === "reviewed") return `reviewed:${body.reviewId}`;
  if (body.kind === "review-dismissed") return `review-dismissed:${body.reviewId}`;
  if (body.kind === "review-requested" || body.kind === "review-request-removed")
    return naturalKey(body.kind, `${body.of.kind}${body.of.id}`, by);
  return `${body.kind}:${id}:${by.actor?.id ?? 0}:${by.at}`;
}

const mentionsOf = (text: string) => {
  const names = [...text.matchAll(/@([\w-]+(?:\/[\w-]+)?)/g)].map((match) => (match[1] ?? "").toLowerCase());
  return { logins: names.filter((n) => !n.includes("/")), teams: names.filter((n) => n.includes("/")) };
};

export const opened: FactBody = { kind: "opened", isDraft: false };
export const openedAsDraft: FactBody = { kind: "opened", isDraft: true };
export const ready: FactBody = { kind: "ready" };
export const drafted: FactBody = { kind: "drafted" };
export const closed: FactBody = { kind: "closed" };
export const merged: FactBody = { kind: "merged" };
export const reopened: FactBody = { kind: "reopened" };
export const archived: FactBody = { kind: "archived" };
export const unarchived: FactBody = { kind: "unarchived" };
export const commandsOnly: FactBody = {
  kind: "commented",
  mentions: { logins: [], teams: [] },
  isOnlyCommands: true,
};
export const pushed = (headSha: string): FactBody => ({ kind: "pushed", headSha });
export const says = (text: string): FactBody => ({
  kind: "commented",
  mentions: mentionsOf(text),
  isOnlyCommands: false,
});
export const reviews = (
  state: "approved" | "changes_requested" | "commented",
  reviewId: number,
  text = "",
): FactBody => ({ kind: "reviewed", reviewId, state, mentions: mentionsOf(text), isOnlyCommands: false });
export const approves = (id: number): FactBody => reviews("approved", id);
export const wantsChanges = (id: number): FactBody => reviews("changes_requested", id);
export const dismisses = (reviewId: number): FactBody => ({ kind: "review-dismissed", reviewId });
export const asksForReview = (of: Actor): FactBody => ({
  kind: "review-requested",
  of: { kind: "user", id: of.id, login: of.login },
});
export const asksTeam: FactBody = { kind: "review-requested", of: { kind: "team", id: 70, slug: "engine" } };
export const waitsFor = (turn: "author" | "maintainer"): FactBody => ({ kind: "turn-set", turn });
export const snoozes = (until: string): FactBody => ({ kind: "snoozed", untilAt: at(until), reason: null });
export const putsOff = (until: string): FactBody => ({ kind: "put-off", untilAt: at(until), reason: "the freeze" });
export const landed = (how: "command" | "closing" | "comment" | "push" | "cherry-pick"): FactBody => ({
  kind: "landed",
  sha: "c".repeat(40),
  pull: null,
  how,
});
export const superseded = (byPatch = "10#2"): FactBody => ({ kind: "superseded", byPatch, pull: "acme-db/db#2" });
export const declineConfirmed: FactBody = { kind: "decline-confirmed", by: "Sam" };
export const unsnoozes: FactBody = { kind: "unsnoozed" };
export const seen = (hasConflict: boolean, failingChecks: readonly string[] = []): FactBody => ({
  kind: "observed",
  hasConflict,
  failingChecks,
  headSha: "head",
});
export const exempted = (label: string): FactBody => ({ kind: "exempted", label });
export const exemptionEnded = (label: string): FactBody => ({ kind: "exemption-ended", label });

/** `[when, who, what]`: a time is of Monday, 2 March 2026 where it says no date. */
export type Event = readonly [when: string, who: Actor | null, what: FactBody];

export const timeline = (...events: readonly Event[]): readonly Fact[] =>
  events.map(([when, who, what], index) => fact(dated(when), who, what, index));

export const dated = (when: string): string => {
  const [day, time] = when.includes(" ") ? when.split(" ") : ["2", when];
  const [month, date] = (day ?? "").includes("-") ? (day ?? "").split("-") : ["3", day];
  return `2026-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}T${time}:00Z`;
};

export const stands = (facts: readonly Fact[], now: string, over: Partial<StandingInput> = {}): Standing =>
  standingOf({
    facts,
    sides: SIDES,
    addressed: ADDRESSED,
    calendar: OFFICE,
    exemption: { drafts: true, whole: null },
    now: at(dated(now)),
    ...over,
  });

export const policy = (over: Partial<Policy> = {}): Policy => ({ ...DEFAULT_POLICY, ...over });

export const oneCase = (over: Partial<LinkedCase> = {}): LinkedCase => ({
  caseId: 1,
  reference: "CASE-7",
  isBySupport: true,
  link: "confirmed",
  state: "open",
  severity: "S2",
  customerId: null,
  ...over,
});

export const reminder = (
  n: number,
  when: string,
  state: SentReminder["state"] = "sent",
  over: Partial<SentReminder> = {},
): SentReminder => ({
  round: "first",
  n,
  state,
  at: at(dated(when)),
  commentNodeId: `node-${n}`,
  mentioned: [],
  ...over,
});

const HEAD = "a".repeat(40);

/** An open patch of anna's, opened on Monday 2 March at 9, linked to an S2 case (2 working days), looked at just now. */
export function situation(now: string, over: Partial<Situation> = {}): Situation {
  const nowAt = at(dated(now));
  return {
    patch: {
      id: "10#1",
      state: "open",
      isMerged: false,
      author: { id: anna.id, login: anna.login, isBot: false },
      headSha: HEAD,
      labelNames: [],
      wantedLabels: [],
      labelsHash: "hash",
    },
    mode: "act",
    policy: policy(),
    labelsHash: "hash",
    officeHours: OFFICE,
    clock: OFFICE,
    facts: timeline(["09:00", anna, opened]),
    sides: SIDES,
    addressed: ADDRESSED,
    cases: [oneCase()],
    customers: new Map(),
    authorCustomerIds: [],
    reminders: [],
    authorToldAt: new Map(),
    isAuthorToldPrivately: false,
    isAuthorQuiet: false,
    authorWordNodeId: null,
    candidates: {
      requested: [{ kind: "person", id: mira.id, login: "mira" }],
      codeOwners: [],
      maintainers: [],
      isSomebodyQuiet: false,
    },
    limits: {
      repositoryLeft: 5,
      nextDayAt: at("2026-03-05T09:00:00Z"),
      fullAddressees: new Set(),
      nextWeekAt: at("2026-03-09T09:00:00Z"),
    },
    observation: { at: nowAt, headSha: HEAD, hasConflict: false, unknownTimes: 0, failingChecks: [], files: [] },
    escalation: null,
    followedRequests: new Set(),
    mentionedInRequests: new Set(),
    lackingWords: [],
    now: nowAt,
    ...over,
  };
}

/** The step in one line: its kind, its time, why, and whom it reminds. */
export function stepAt(now: string, over: Partial<Situation> = {}): string {
  const { step } = decide(situation(now, over));
  const until = step.kind === "wait" ? ` to ${step.what} at ${iso(step.untilAt) ?? "its end"}` : "";
  const people =
    step.kind === "remind"
      ? ` #${step.n} ${[...step.mention.map((who) => `@${nameOf(who)}`), ...step.named.map(nameOf)].join(" ")}`
      : "";
  return `${step.kind}${until}${people}: ${step.because.code}`;
}

const nameOf = (who: Situation["candidates"]["requested"][number]): string =>
  who.kind === "team" ? `${who.organization}/${who.slug}` : who.login;
