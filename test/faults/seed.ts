// The small organisation in which every run plays: two repositories with code, one with cases, two customers and the people about them.
import type { GitHubOptions } from "../support/github/github.ts";

/** A Monday. Everything that people do begins at this time of day, so that what a fault delays stays on the same working day. */
export const BEGINS_AT = Date.parse("2026-03-02T09:30:00Z");

/**
 * Limits of the day and the week are out of reach: who gets the last place is whoever is decided first, and a fault may
 * rightly change that. Of the lengths in hours none is a multiple of another, so that seldom two things fall due in the same minute: which
 * of them comes first decides what the other still has to say. Nor does any day's work end, since what is due in its last minute and a minute
 * late is due on the next day.
 */
const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
calendar: { days: [mon, tue, wed, thu, fri, sat, sun], hours: "00:00-24:00" }
targets: { S1: 4h, S2: 27h, S3: 55h, S4: 83h, none: 77h, author: 71h }
reminders: { every: 49h, limit: 2, per-repository-per-day: 50, per-maintainer-per-week: 50 }
escalation: { deciders: [noel], owner-within: 17h, decide-within: 37h, per-decider-per-week: 50 }
digest: false
cases: { repositories: [acme-db/cases] }
`;

export const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner:
      { name: Sato, email: sato@acme.example, language: ja, deputy: { name: Mori, email: mori@acme.example, language: ja } }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
  - id: delta-rail
    name: Delta Rail
    confidential: true
    owner: { name: Osei, email: osei@acme.example }
    logins: [dr-dev1]
    contracts:
      - { plan: subscription, tier: silver, from: 2026-01-01, until: 2026-12-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example }
  - { github: dana, name: Dana, email: dana@acme.example }
  - { github: noel, name: Noel, email: noel@acme.example }
`;

export const OWNERS = ["sato@acme.example", "osei@acme.example"] as const;

/** Where patches are written to. */
export const CODE = ["acme-db/engine", "acme-db/tools"] as const;
export const CASES = "acme-db/cases";

const writers = { mira: "write", noel: "write", dana: "write", kenji: "read" } as const;

export const ORGANIZATION: Omit<GitHubOptions, "webhookSecret"> = {
  organizations: [
    {
      login: "acme-db",
      owners: ["boss"],
      members: ["mira", "noel", "dana", "kenji"],
      teams: { support: ["dana", "kenji"] },
    },
  ],
  users: ["sb-dev1", "dr-dev1", "stranger"],
  installations: [{ account: "acme-db", repositories: "all" }],
  repositories: [
    { name: "acme-db/.github", visibility: "public", files: { ".github/patch-advocate.yml": POLICY } },
    { name: "acme-db/engine", visibility: "public", collaborators: writers },
    {
      name: "acme-db/tools",
      visibility: "private",
      collaborators: { ...writers, "sb-dev1": "read", "dr-dev1": "read" },
    },
    { name: CASES, visibility: "private", collaborators: { dana: "write", kenji: "write" } },
  ],
};
