// What holds where no policy says otherwise. Apart, because the reference in docs/policy.md is this file in words.
import type { Duration, Policy, WorkingHours } from "./policy.ts";

const duration = (amount: number, unit: Duration["unit"]): Duration => ({ amount, unit });

/** The calendar where a policy says nothing, and what keys over `calendar: always` begin from. */
export const DEFAULT_HOURS: WorkingHours = {
  timezone: "UTC",
  days: ["mon", "tue", "wed", "thu", "fri"],
  hours: { fromMinute: 9 * 60, toMinute: 17 * 60 },
  holidays: [],
  closed: [],
  always: [],
};

/** The defaults, whole. `disclosure` is that of a public repository; `resolvePolicy` knows the others. */
export const DEFAULT_POLICY: Policy = {
  mode: "act",
  language: "en",
  disclosure: "none",
  support: [],
  maintainers: [],
  track: "customers",
  cases: { repositories: [], references: [] },
  exempt: { labels: [], authors: [], drafts: true, bots: true },
  calendar: { kind: "hours", ...DEFAULT_HOURS },
  targets: {
    S1: duration(4, "h"),
    S2: duration(2, "d"),
    S3: duration(5, "d"),
    S4: duration(10, "d"),
    none: duration(10, "d"),
    author: duration(3, "d"),
    release: duration(20, "d"),
  },
  reminders: {
    every: duration(5, "d"),
    limit: 2,
    perRepositoryPerDay: 5,
    perMaintainerPerWeek: 3,
    remind: "team",
    quiet: [],
  },
  digest: { day: "mon", atMinute: 9 * 60 },
  escalation: {
    deciders: [],
    ownerWithin: duration(2, "d"),
    decideWithin: duration(3, "d"),
    perDeciderPerWeek: 3,
    comment: true,
  },
  contracts: { grace: duration(30, "d"), warn: [duration(60, "d"), duration(14, "d")] },
  releases: { from: "releases", prereleases: false },
  labels: {
    customer: {
      name: "customer",
      color: "0e8a16",
      // GitHub takes 100 characters; with its full stop this sentence has 101.
      description:
        "Somebody under a support contract is waiting. What is reviewed first stays the maintainers' decision",
    },
    consulting: {
      name: "consulting",
      color: "1d76db",
      description: "A consulting contract stands behind this pull request.",
    },
    severity: {
      name: "severity: {severity}",
      color: null,
      description: "The gravest open case that waits for this: S1 is the worst, S4 the mildest.",
    },
    turn: {
      maintainer: {
        name: "awaiting maintainer",
        color: "fbca04",
        description: 'It is the maintainers\' turn: a review, a question, "later" or "no" all settle it.',
      },
      author: {
        name: "awaiting author",
        color: "c5def5",
        description: "It is the author's turn: something was asked, or the checks or a conflict need a hand.",
      },
    },
    overdue: {
      name: "overdue",
      color: "d93f0b",
      description: "A reminder was sent and no maintainer has answered since.",
    },
    escalated: {
      name: "escalated",
      color: "b60205",
      description: "Those who decide were asked, and have not decided yet.",
    },
    isConsultingNamed: false,
  },
};
