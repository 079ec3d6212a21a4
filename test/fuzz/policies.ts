// The fuzz of policies: files that are nearly right, YAML that was written to do harm, and the cost of what a good one brings with it.
import fc from "fast-check";
import { stringify } from "yaml";
import { policyHash, resolvePolicy } from "../../src/policy/inheritance.ts";
import { labelDefinitions } from "../../src/policy/labels.ts";
import { type ParsedPolicy, parsePolicy } from "../../src/policy/parse.ts";
import { findReferences } from "../../src/policy/references.ts";
import { hostileText, hostileWord } from "./hostile.ts";
import { change, changed, garble, garbled } from "./json.ts";
import { type Target, unclear } from "./target.ts";

/** Every key that a policy knows. */
const WHOLE = {
  version: 1,
  mode: "act",
  language: "en",
  disclosure: "none",
  support: ["@acme-db/support", "dana"],
  maintainers: ["mira"],
  track: "customers",
  cases: {
    repositories: ["acme-db/cases"],
    references: [
      { pattern: "CASE-[0-9]{3,8}", url: "https://support.acme.example/{ref}" },
      { pattern: "(?i)sf[0-9]{8}" },
    ],
  },
  exempt: { labels: ["wip"], authors: ["renovate[bot]"], drafts: true, bots: true },
  calendar: {
    timezone: "Asia/Tokyo",
    days: ["mon", "tue"],
    hours: "09:00-18:00",
    holidays: ["JP", "US-CA"],
    closed: ["2026-12-29"],
    always: ["S1"],
  },
  targets: { S1: "4h", S2: "1d", S3: "5d", S4: "10d", none: "10d", author: "20d", release: "4w" },
  reminders: {
    every: "5d",
    limit: 3,
    "per-repository-per-day": 5,
    "per-maintainer-per-week": 5,
    remind: "team",
    quiet: ["noel"],
  },
  digest: { day: "mon", at: "09:00" },
  escalation: {
    deciders: ["@acme-db/leads"],
    "owner-within": "2d",
    "decide-within": "5d",
    "per-decider-per-week": 5,
    comment: true,
  },
  contracts: { grace: "30d", warn: ["30d"] },
  releases: { from: "tags", prereleases: true },
  labels: {
    customer: { name: "customer", color: "0e8a16", description: "of a customer" },
    consulting: false,
    severity: { name: "severity: {severity}" },
    turn: { maintainer: { name: "awaiting maintainer" }, author: false },
    overdue: { name: "overdue" },
    escalated: { name: "escalated" },
  },
};

const PIECES = [
  "a: ",
  "- ",
  "[",
  "]",
  "{",
  "}",
  "&a ",
  "*a",
  "? ",
  ": ",
  "<<: *a",
  "!!set ",
  "!!binary x",
  "| ",
  "> ",
  "%YAML 1.1\n",
  "---\n",
  "...\n",
  "\n",
  "  ",
  "\t",
  "#",
  '"',
  "'",
  ",",
  "mode: act",
  "\\x",
  "@a",
  "`",
  "0o7",
  "~",
  ".inf",
  "(a+)+$",
  "\r",
];

const nearlyRight = fc.tuple(fc.array(change, { maxLength: 4 }), fc.boolean(), garble).map(([changes, isFlow, how]) => {
  const made = changed(WHOLE, changes);
  return garbled(isFlow ? (JSON.stringify(made) ?? "") : written(made), how);
});

/** `yaml` cannot write what is nested too deeply; JSON is YAML, too. */
function written(value: unknown): string {
  try {
    return stringify(value, { aliasDuplicateObjects: true });
  } catch {
    return JSON.stringify(value) ?? "";
  }
}

const ofPieces = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...PIECES), hostileWord), { minLength: 1, maxLength: 8 }),
    fc.constantFrom(1, 1, 1, 3, 50, 2_000, 60_000),
  )
  .map(([pieces, times]) => {
    const piece = pieces.join("");
    return piece.repeat(Math.min(times, Math.ceil(66_000 / Math.max(piece.length, 1)))).slice(0, 66_000);
  });

const aliases = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }))
  .map(([levels, width]) =>
    [
      "a0: &a0 x",
      ...Array.from(
        { length: levels },
        (_, at) => `a${at + 1}: &a${at + 1} [${Array(width).fill(`*a${at}`).join(",")}]`,
      ),
    ].join("\n"),
  );

const patterns = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "(",
        ")",
        "*",
        "+",
        "?",
        "{2,9}",
        "{1000}",
        "[^a]",
        "\\d",
        "(?i)",
        "(?:",
        "|",
        "^",
        "$",
        ".",
        "\\pL",
        "(a|b)*",
      ),
      hostileWord,
    ),
    { maxLength: 30 },
  )
  .map((parts) => written({ cases: { references: [{ pattern: parts.join("") }] } }));

const bytes = fc.uint8Array({ maxLength: 400 });

const inputs: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 10, arbitrary: nearlyRight },
  { weight: 4, arbitrary: ofPieces },
  { weight: 1, arbitrary: aliases },
  { weight: 2, arbitrary: patterns },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: hostileText(1_100_000) },
);

const MENTIONING = `CASE-7 ${"CASE-12345 aab ".repeat(40)}`;

export const policies: Target<string | Uint8Array> = {
  name: "policies",
  inputs,
  harmOf: async (input, measure) => {
    const parsed = await measure(() => {
      const read = parsePolicy(input, { where: "patch-advocate.yml" });
      // What stands in force is used at once: resolved, hashed, its labels drawn, its patterns tried on a pull request's words.
      if (read.kind === "policy") use(read);
      return read;
    });
    if (parsed.kind === "policy") return null;
    if (parsed.errors.length === 0 || parsed.errors.length > 50) return `${parsed.errors.length} errors are told`;
    for (const { line, column, message } of parsed.errors) {
      if (line < 1 || column < 1) return `an error stands at ${line}:${column}`;
      const wrong = unclear(message, textOf(input));
      if (wrong !== null) return wrong;
    }
    return null;
  },
  show: (input) => (typeof input === "string" ? JSON.stringify(input) : `bytes ${Buffer.from(input).toString("hex")}`),
};

const textOf = (input: string | Uint8Array): string =>
  typeof input === "string" ? input : Buffer.from(input).toString("utf8");

function use({ partial }: Extract<ParsedPolicy, { kind: "policy" }>): void {
  const policy = resolvePolicy({ owner: partial, repository: partial, visibility: "public" });
  policyHash(policy);
  labelDefinitions(policy, "all");
  findReferences(MENTIONING, policy.cases.references);
}
