// Who and what there is when the demo begins. Apart from the story, so that the story reads as one.
import type { GitHubOptions } from "../../test/support/github/github.ts";

/** In the owner's own repository, so that it holds in both others. */
const POLICY = `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
cases: { repositories: [acme-db/cases] }
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00", holidays: JP }
escalation: { deciders: [noel] }
`;

export const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, language: en }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contacts: [{ name: Ito, email: ito@shinshu-bank.example, language: ja }]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-04-01, until: 2027-03-31 }
  - id: kita-rail
    name: Kita Rail
    timezone: Asia/Tokyo
    owner: { name: Mori, email: mori@acme.example, language: en }
    logins: [kr-dev1]
    contracts:
      - { plan: subscription, tier: silver, from: 2025-07-01, until: 2026-06-30 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example, timezone: Asia/Tokyo }
  - { github: dana, name: Dana, email: dana@acme.example, timezone: Asia/Tokyo }
  - { github: noel, name: Noel, email: noel@acme.example, timezone: Asia/Tokyo }
`;

/** acme-db makes a database: an engine and its drivers, which everybody may see, and cases that nobody else may. */
export const WORLD: Omit<GitHubOptions, "webhookSecret"> = {
  organizations: [
    {
      login: "acme-db",
      owners: ["boss"],
      members: ["mira", "noel", "dana", "kenji"],
      teams: { support: ["dana", "kenji"], engine: ["mira", "noel"] },
    },
  ],
  users: ["sb-dev1", "kr-dev1"],
  installations: [{ account: "acme-db", repositories: "all" }],
  repositories: [
    {
      name: "acme-db/engine",
      visibility: "public",
      collaborators: { mira: "write", noel: "write", dana: "read", kenji: "read" },
    },
    { name: "acme-db/.github-private", visibility: "private", files: { ".github/patch-advocate.yml": POLICY } },
    {
      name: "acme-db/drivers",
      visibility: "public",
      collaborators: { mira: "write" },
      // On top of the owner's: here it only watches for now.
      files: { ".github/patch-advocate.yml": "version: 1\nmode: observe\n" },
    },
    { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write", kenji: "write" } },
  ],
};
