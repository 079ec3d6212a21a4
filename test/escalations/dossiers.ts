// A dossier for tests: Shinshu Bank and another customer wait for the same fix of acme-db/engine.
import type { Dossier, DossierCase } from "../../src/escalations/dossier.ts";
import type { DossierReader } from "../../src/escalations/dossier-for.ts";

export const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;

const HOUR = 3_600_000;
const DAY = 8 * HOUR;

export const bankCase = (over: Partial<DossierCase> = {}): DossierCase => ({
  reference: "CASE-7",
  title: "Search stops after the update",
  url: "https://support.acme.example/CASE-7",
  customerId: "shinshu-bank",
  severity: "S2",
  summary: "Since the update the nightly search stops. The fix keeps the index open while it is read.",
  stake: "The renewal in April depends on it.",
  workaround: "none",
  neededBy: { date: "2026-04-01", why: "year-end closing" },
  nextReport: "2026-03-20",
  sinceAt: at("2026-02-02T09:00:00Z"),
  linkedBy: "kenji",
  ...over,
});

export const otherCase = (over: Partial<DossierCase> = {}): DossierCase => ({
  ...bankCase(),
  reference: "CASE-9",
  title: "Other title",
  url: null,
  customerId: "other-mill",
  severity: "S1",
  summary: "Other summary.",
  stake: "Other stake.",
  workaround: "Other workaround.",
  neededBy: { date: "2026-03-25", why: "other reason" },
  nextReport: "2026-03-18",
  sinceAt: at("2026-01-12T09:00:00Z"),
  linkedBy: "dana",
  ...over,
});

export const dossier = (over: Partial<Dossier> = {}): Dossier => ({
  version: 1,
  at: at("2026-03-16T09:00:00Z"),
  headSha: "a".repeat(40),
  asked: { what: "account-owner", decideByAt: at("2026-03-18T09:00:00Z"), first: [] },
  request: null,
  patch: {
    id: "10#12",
    repository: "acme-db/engine",
    number: 12,
    title: "Keep the index open while it is read",
    url: "https://github.com/acme-db/engine/pull/12",
    author: "kenji",
    openedAt: at("2026-02-09T09:00:00Z"),
  },
  cases: [bankCase()],
  customers: [
    {
      id: "shinshu-bank",
      name: "Shinshu Bank",
      owner: "Sato",
      consultant: "kenji",
      sinceAt: at("2026-02-02T09:00:00Z"),
    },
  ],
  view: {
    headSha: "a".repeat(40),
    files: 3,
    additions: 120,
    deletions: 14,
    checks: [
      { name: "unit", state: "passing", isRequired: true },
      { name: "lint", state: "passing", isRequired: true },
      { name: "docs", state: "failing", isRequired: false },
      { name: "slow", state: "running", isRequired: false },
    ],
    reviews: [{ by: "dana", state: "approved", url: "https://github.com/acme-db/engine/pull/12#pullrequestreview-1" }],
  },
  changesRequestedBy: [],
  waiting: { millis: 12 * DAY, sinceAt: at("2026-02-16T09:00:00Z") },
  held: { maintainer: 20 * DAY, author: 2 * DAY + 3 * HOUR },
  dayMillis: DAY,
  reminders: [
    { at: at("2026-02-23T09:00:00Z"), to: ["mira", "acme-db/engine"] },
    { at: at("2026-03-02T09:00:00Z"), to: [] },
  ],
  course: [
    { at: at("2026-02-09T09:00:00Z"), what: "opened", who: ["kenji"] },
    { at: at("2026-02-11T09:00:00Z"), what: "changes-requested", who: ["mira"] },
    { at: at("2026-02-16T09:00:00Z"), what: "updated", who: ["kenji"] },
    { at: at("2026-02-23T09:00:00Z"), what: "reminded", who: ["mira", "acme-db/engine"] },
    { at: at("2026-03-02T09:00:00Z"), what: "reminded", who: [] },
  ],
  ...over,
});

/** The same patch, for which another customer waits as well. */
export const shared = (over: Partial<Dossier> = {}): Dossier =>
  dossier({
    cases: [bankCase(), otherCase()],
    customers: [
      ...dossier().customers,
      {
        id: "other-mill",
        name: "Other Mill",
        owner: "Other Owner",
        consultant: "other-consultant",
        sinceAt: at("2026-01-12T09:00:00Z"),
      },
    ],
    ...over,
  });

const THREE = [
  { label: "Put it before the deciders", url: "https://pa.example/answer/t", value: "t:deciders", style: "primary" },
  { label: "Wait until a date", url: "https://pa.example/answer/t", value: null, style: "plain" },
  { label: "Do not", url: "https://pa.example/answer/t", value: null, style: "plain" },
] as const;

export const owner = (over: Partial<DossierReader> = {}): DossierReader =>
  ({
    kind: "owner",
    customerId: "shinshu-bank",
    language: "en",
    timezone: "UTC",
    choices: THREE,
    ...over,
  }) as DossierReader;
export const decider = (over: Partial<DossierReader> = {}): DossierReader =>
  ({ kind: "decider", language: "en", timezone: "UTC", choices: [], ...over }) as DossierReader;
export const supporter = (over: Partial<DossierReader> = {}): DossierReader =>
  ({ kind: "support", language: "en", timezone: "UTC", choices: [], ...over }) as DossierReader;
