// Who reads what in a digest: maintainers no customer, account owners only their own, consultants only theirs, support all; gravest first, and bounded.
import { describe, expect, test } from "vitest";
import { sectionsFor } from "../../src/digests/decide.ts";
import type {
  DigestCase,
  DigestLine,
  DigestPatch,
  DigestReader,
  DigestSource,
  Section,
} from "../../src/digests/digest.ts";
import { aContract } from "../customers/builders.ts";
import { at } from "../patches/builders.ts";

const TODAY = "2026-03-09";

const aPatch = (name: string, over: Partial<DigestPatch> = {}): DigestPatch => ({
  id: name,
  repositoryId: 1,
  name: `acme-db/engine#${name}`,
  url: `https://github.example/acme-db/engine/pull/${name}`,
  title: `Fix ${name}`,
  gravity: 5,
  turn: "maintainer",
  sinceAt: at("2026-03-02T09:00:00Z"),
  waitsForUs: false,
  asked: ["mira"],
  customerIds: ["shinshu-bank"],
  cases: [],
  silence: null,
  isOwnerSilent: false,
  ...over,
});

const aCase = (reference: string, over: Partial<DigestCase> = {}): DigestCase => ({
  reference,
  severity: "S2",
  customerId: "shinshu-bank",
  ...over,
});

const source = (over: Partial<DigestSource> = {}): DigestSource => ({
  patches: [],
  proposals: [],
  reports: [],
  events: [],
  lapses: [],
  unreached: [],
  customerNames: new Map([
    ["shinshu-bank", "Shinshu Bank"],
    ["kiso-rail", "Kiso Rail"],
  ]),
  mayName: new Map([[1, { references: false, severities: true }]]),
  ...over,
});

const reader = (over: Partial<DigestReader> = {}): DigestReader => ({
  to: {
    key: "login:somebody",
    name: "Somebody",
    login: "somebody",
    email: "somebody@acme.example",
    slack: null,
    language: "en",
    timezone: "UTC",
    hours: null,
  },
  askedAs: new Set(),
  supports: new Set(),
  consults: new Set(),
  owns: new Set(),
  isQuiet: false,
  ...over,
});

const MAINTAINER = reader({ askedAs: new Set(["mira", "acme-db/engine"]) });
const SUPPORT = reader({ supports: "all" });
const SUPPORT_HERE = reader({ supports: new Set([1]) });
const CONSULTANT = reader({ consults: new Set(["shinshu-bank"]) });
const OWNER = reader({ owns: new Set(["shinshu-bank"]) });
const NOBODY = reader();

const shown = (sections: readonly Section[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    sections.map(({ name, lines, more }) => [
      name,
      [...lines.map(lineOf), ...(more === 0 ? [] : [`and ${more} more`])],
    ]),
  );

function lineOf(line: DigestLine): string {
  switch (line.kind) {
    case "patch":
      return [line.patch.name.split("#")[1], line.severity ?? "-", ...line.customers, ...line.references].join(" ");
    case "report":
      return `${line.customer ?? "-"} ${line.report.reference} ${line.days}`;
    case "event":
      return `${line.customer} ${line.event.event.kind}`;
    case "lapse":
      return `${line.customer} ${line.lapse.kind}`;
    case "proposal":
      return `${line.proposal.patch.name.split("#")[1]} ${line.proposal.reference}`;
    case "unreached":
      return `${line.unreached.name} ${line.unreached.because}`;
  }
}

const reads = (who: DigestReader, of: Partial<DigestSource>) => shown(sectionsFor(who, source(of), TODAY));

const LAPSE = {
  key: "key",
  kind: "warning" as const,
  contract: aContract(),
  at: 0,
  countsUntil: "2027-04-30",
  daysLeft: 14,
};

const MIXED: Partial<DigestSource> = {
  patches: [
    aPatch("1", {
      cases: [aCase("CASE-1"), aCase("CASE-2", { severity: "S1", customerId: "kiso-rail" })],
      customerIds: ["kiso-rail", "shinshu-bank"],
    }),
    aPatch("2", { turn: "author", waitsForUs: true, cases: [aCase("CASE-3")] }),
    aPatch("3", { turn: "author", customerIds: ["kiso-rail"], cases: [aCase("CASE-4", { customerId: "kiso-rail" })] }),
    aPatch("4", { turn: "nobody", silence: "pause", repositoryId: 2 }),
    aPatch("5", { isOwnerSilent: true, asked: ["max"] }),
  ],
  proposals: [
    {
      repositoryId: 1,
      patch: { name: "acme-db/engine#6", url: "", title: "" },
      reference: "CASE-9",
      customerId: "kiso-rail",
      madeBy: "zoe",
    },
  ],
  reports: [
    { reference: "CASE-1", title: "It hangs", severity: "S3", customerId: "shinshu-bank", day: "2026-03-11" },
    { reference: "CASE-4", title: "It stops", severity: "S1", customerId: "kiso-rail", day: "2026-03-08" },
    { reference: "CASE-5", title: "It is slow", severity: null, customerId: null, day: "2026-03-12" },
  ],
  events: [
    { customerId: "shinshu-bank", at: 1, reference: "CASE-1", pull: null, event: { kind: "linked" } },
    { customerId: "kiso-rail", at: 1, reference: "CASE-4", pull: null, event: { kind: "reopened" } },
  ],
  lapses: [
    { customerId: "shinshu-bank", lapse: LAPSE },
    { customerId: "kiso-rail", lapse: LAPSE },
  ],
  unreached: [{ name: "Sato", because: "no-address", times: 0 }],
};

describe("a digest", () => {
  test("tells a maintainer what they are asked for, by its severity label alone where no more may be said", () => {
    expect(reads(MAINTAINER, MIXED)).toEqual({ asked: ["1 S1"] });
    const openly = { ...MIXED, mayName: new Map([[1, { references: true, severities: false }]]) };
    expect(reads(MAINTAINER, openly)).toEqual({ asked: ["1 - CASE-1 CASE-2"] });
  });

  test("tells a maintainer what their team is asked for, and who wants quiet nothing", () => {
    const patches = [aPatch("1", { asked: ["acme-db/engine"] }), aPatch("2", { asked: ["acme-db/docs"] })];
    expect(reads(MAINTAINER, { patches })).toEqual({ asked: ["1 -"] });
    expect(reads({ ...MAINTAINER, isQuiet: true }, { patches })).toEqual({});
  });

  test("tells an account owner of their customers, and leaves every other's name and case out", () => {
    expect(reads(OWNER, MIXED)).toEqual({
      "owner-silent": ["5 - Shinshu Bank"],
      ours: ["2 S2 Shinshu Bank CASE-3"],
      theirs: ["1 S2 Shinshu Bank CASE-1", "5 - Shinshu Bank"],
      silences: ["4 - Shinshu Bank", "Shinshu Bank warning"],
      moved: ["Shinshu Bank linked"],
    });
  });

  test("tells a consultant of theirs alone, with who must hear, and nothing of contracts", () => {
    expect(reads(CONSULTANT, MIXED)).toEqual({
      reports: ["Shinshu Bank CASE-1 2"],
      "owner-silent": ["5 - Shinshu Bank"],
      ours: ["2 S2 Shinshu Bank CASE-3"],
      silences: ["4 - Shinshu Bank"],
      moved: ["Shinshu Bank linked"],
    });
  });

  test("tells support everything", () => {
    expect(reads(SUPPORT, MIXED)).toEqual({
      reports: ["Kiso Rail CASE-4 -1", "Shinshu Bank CASE-1 2"],
      "owner-silent": ["5 - Shinshu Bank"],
      ours: ["2 S2 Shinshu Bank CASE-3", "3 S2 Kiso Rail CASE-4"],
      silences: ["4 - Shinshu Bank", "Shinshu Bank warning", "Kiso Rail warning"],
      proposals: ["6 CASE-9"],
      unreached: ["Sato no-address"],
      moved: ["Shinshu Bank linked", "Kiso Rail reopened"],
    });
  });

  test("tells who is support in one repository what is there, and nothing of the owner's customers beyond it", () => {
    expect(reads(SUPPORT_HERE, MIXED)).toEqual({
      "owner-silent": ["5 - Shinshu Bank"],
      ours: ["2 S2 Shinshu Bank CASE-3", "3 S2 Kiso Rail CASE-4"],
      proposals: ["6 CASE-9"],
    });
  });

  test("tells somebody who is nothing here nothing", () => {
    expect(reads(NOBODY, MIXED)).toEqual({});
  });

  test("puts the gravest first, then what was told in vain, then what waits longest", () => {
    const later = at("2026-03-05T09:00:00Z");
    const patches = [
      aPatch("1", { turn: "author", sinceAt: later }),
      aPatch("2", { turn: "author" }),
      aPatch("3", { turn: "author", waitsForUs: true, sinceAt: later }),
      aPatch("4", { turn: "author", gravity: 1, sinceAt: later }),
    ];
    expect(reads(SUPPORT, { patches })).toEqual({
      ours: ["4 - Shinshu Bank", "3 - Shinshu Bank", "2 - Shinshu Bank", "1 - Shinshu Bank"],
    });
  });

  test("has fifty lines and says how many more there are", () => {
    const patches = Array.from({ length: 60 }, (_, index) => aPatch(String(index + 10), { turn: "author" }));
    const sections = sectionsFor(
      SUPPORT,
      source({ patches, events: MIXED.events ?? [], reports: MIXED.reports ?? [] }),
      TODAY,
    );
    expect(sections.map(({ name, lines, more }) => [name, lines.length, more])).toEqual([
      ["reports", 2, 0],
      ["ours", 48, 12],
      ["moved", 0, 2],
    ]);
  });

  test("names a customer who must hear until the day after tomorrow of the reader", () => {
    const reports = ["2026-03-08", "2026-03-09", "2026-03-11", "2026-03-12"].map((day) => ({
      reference: `CASE-${day}`,
      title: "",
      severity: null,
      customerId: "kiso-rail",
      day,
    }));
    expect(reads(SUPPORT, { reports })).toEqual({
      reports: ["Kiso Rail CASE-2026-03-08 -1", "Kiso Rail CASE-2026-03-09 0", "Kiso Rail CASE-2026-03-11 2"],
    });
  });
});
