// What insights are shown with in tests: counted patches, and the figures of a small organisation.

import type { Span } from "../../src/insights/figures.ts";
import {
  agesBySeverity,
  besideOthers,
  byMonth,
  compareEscalation,
  remindersByTeam,
  targetsByContract,
  targetsBySeverity,
  type WaitingCount,
} from "../../src/insights/figures.ts";
import type { CountedPatch, RemindersSent } from "../../src/insights/insight.ts";
import type { Insights } from "../../src/insights/read.ts";
import { at } from "../patches/builders.ts";

export const aPatch = (over: Partial<CountedPatch> = {}): CountedPatch => ({
  openedAt: at("2026-03-02T01:00:00Z"),
  responseDays: null,
  decisionDays: null,
  escalatedAt: null,
  decidedAt: null,
  escalatedDecisionDays: null,
  severity: "none",
  hasCustomer: false,
  contracts: [],
  target: "silent",
  ...over,
});

const DAY = 86_400_000;

/** A patch that lay so many days, was put before deciders, and was decided so many days later. */
export const anEscalated = (days: number, daysAfter: number | null): CountedPatch => {
  const openedAt = at("2026-03-02T01:00:00Z");
  const escalatedAt = openedAt + days * DAY;
  return aPatch({
    openedAt,
    escalatedAt,
    decidedAt: daysAfter === null ? null : escalatedAt + daysAfter * DAY,
    escalatedDecisionDays: daysAfter,
    decisionDays: daysAfter === null ? null : days,
    responseDays: daysAfter === null ? null : days / 2,
    hasCustomer: true,
    severity: "S2",
    contracts: ["subscription gold"],
    target: "late",
  });
};

export const MONTHS: readonly Span[] = ["2026-02", "2026-03", "2026-04"].map((label) => ({
  label,
  startAt: at(`${label}-01T00:00:00Z`),
}));

export const WEEKS: readonly Span[] = ["2026-W09", "2026-W10", "2026-W11"].map((label, index) => ({
  label,
  startAt: at("2026-02-23T00:00:00Z") + index * 7 * DAY,
}));

export const team = (key: string) => ({ kind: "team", key }) as const;
export const person = (key: string) => ({ kind: "person", key }) as const;

const PATCHES: readonly CountedPatch[] = [
  ...[80, 90, 95, 100, 120].map((days, index) => anEscalated(days, index + 1)),
  anEscalated(30, null),
  ...[1, 2, 3, 4, 5].map((days) =>
    aPatch({
      openedAt: at("2026-04-06T01:00:00Z"),
      responseDays: days,
      decisionDays: days * 2,
      decidedAt: at("2026-04-06T01:00:00Z") + days * 3 * DAY,
      target: days < 4 ? "within" : "late",
    }),
  ),
  aPatch({ target: "open", severity: "S1", hasCustomer: true, contracts: ["consulting", "subscription =silver"] }),
];

const WAITING: readonly WaitingCount[] = [
  { turn: "maintainer", severity: "S1", bucket: 0, count: 2 },
  { turn: "maintainer", severity: "none", bucket: 5, count: 1200 },
  { turn: "author", severity: "S2", bucket: 1, count: 3 },
];

const SENT: readonly RemindersSent[] = [
  { week: 1, count: 4, asked: [team("acme-db/engine"), person("mira")] },
  { week: 2, count: 2, asked: [team("acme-db/web"), person("noel"), person("ken")] },
];

/** Everything that the page can show, of a small organisation; `login` looks. */
export const smallInsights = (login: string | null): Insights => ({
  filters: { period: "12m", severity: null, customer: null, repository: { id: 1, name: "engine" } },
  sinceAt: at("2025-05-01T00:00:00Z"),
  timezone: "UTC",
  countedAt: at("2026-06-10T12:00:00Z"),
  patches: PATCHES.length,
  isAnyKnown: true,
  isCut: true,
  isCustomersOnly: true,
  firstResponse: byMonth(PATCHES, MONTHS, ({ responseDays }) => responseDays),
  decision: byMonth(PATCHES, MONTHS, ({ decisionDays }) => decisionDays),
  escalation: compareEscalation(PATCHES),
  targets: { bySeverity: targetsBySeverity(PATCHES), byContract: targetsByContract(PATCHES) },
  customers: besideOthers(PATCHES),
  waiting: { maintainers: agesBySeverity(WAITING, "maintainer"), authors: agesBySeverity(WAITING, "author") },
  reminders: remindersByTeam(SENT, WEEKS, login),
});
