// What a policy file may say, and what it is told where it says something else.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, resolvePolicy } from "../../src/policy/policy.ts";
import { goodPolicy, mistakes } from "./tables.ts";

const DEFAULTS = `
version: 1
mode: act
language: en
disclosure: none
support: []
maintainers: []
track: customers
cases: { repositories: [], references: [] }
exempt: { labels: [], authors: [], drafts: true, bots: true }
calendar: { timezone: UTC, days: [mon, tue, wed, thu, fri], hours: "09:00-17:00", holidays: none, closed: [], always: [] }
targets: { S1: 4h, S2: 2d, S3: 5d, S4: 10d, none: 10d, author: 3d, release: 20d }
reminders: { every: 5d, limit: 2, per-repository-per-day: 5, per-maintainer-per-week: 3, remind: team, quiet: [] }
digest: { day: mon, at: "09:00" }
escalation: { deciders: [], owner-within: 2d, decide-within: 3d, per-decider-per-week: 3, comment: true }
contracts: { grace: 30d, warn: [60d, 14d] }
releases: { from: releases, prereleases: false }
labels: {}
`;

test("the defaults written out are the defaults", () => {
  expect(resolvePolicy({ owner: null, repository: goodPolicy(DEFAULTS), visibility: "public" })).toEqual(
    DEFAULT_POLICY,
  );
});

test.for([[""], ["\n\n"], ["# mode: observe\n"], ["---\n"], ["{}"], ["version: 1"], ["\ufeff"]])(
  "a file that says nothing (%j) leaves the defaults",
  ([text = ""]) => {
    expect(resolvePolicy({ owner: null, repository: goodPolicy(text), visibility: "public" })).toEqual(DEFAULT_POLICY);
  },
);

test("the example of the policy reference is good", () => {
  const reference = readFileSync(new URL("../../docs/policy.md", import.meta.url), "utf8");
  const examples = [...reference.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  expect(examples.length).toBeGreaterThan(3);
  for (const example of examples) expect(mistakes(example)).toEqual([]);
});

test("every key is read into our words", () => {
  const policy = goodPolicy(`
mode: observe
language: ja
disclosure: reference
support: ["@acme-db/support", dana, "@kenji"]
maintainers: ["@acme-db/engine", mira_acme]
track: all
cases:
  repositories: [acme-db/cases]
  references: [{ pattern: "CASE-[0-9]{3,8}", url: "https://support.acme.example/{ref}" }, { pattern: "SF[0-9]+" }]
exempt: { labels: ["no reminders"], authors: ["renovate[bot]"], drafts: false, bots: false }
calendar: { timezone: Asia/Tokyo, days: [mon, sat], hours: "22:00-06:00", holidays: [JP, US-CA], closed: [2026-12-29], always: [S1] }
targets: { S1: 30m, release: 4w }
reminders: { every: 3d, limit: 0, per-repository-per-day: 9, per-maintainer-per-week: 8, remind: anyone, quiet: [ana] }
digest: { day: fri, at: "8:30" }
escalation: { deciders: ["@acme-db/leads"], owner-within: 1d, decide-within: 90s, per-decider-per-week: 1, comment: false }
contracts: { grace: 0d, warn: [4w] }
releases: { from: tags, prereleases: true }
labels: { customer: { name: kunde, color: 001122, description: wartet }, severity: { name: "S: {severity}", color: "#ABCDEF" }, turn: false, overdue: false }
`);
  expect(JSON.parse(JSON.stringify(policy))).toEqual({
    mode: "observe",
    language: "ja",
    disclosure: "reference",
    support: [
      { kind: "team", organization: "acme-db", slug: "support" },
      { kind: "login", login: "dana" },
      { kind: "login", login: "kenji" },
    ],
    maintainers: [
      { kind: "team", organization: "acme-db", slug: "engine" },
      { kind: "login", login: "mira_acme" },
    ],
    track: "all",
    cases: {
      repositories: ["acme-db/cases"],
      references: [
        { pattern: "CASE-[0-9]{3,8}", url: "https://support.acme.example/{ref}" },
        { pattern: "SF[0-9]+", url: null },
      ],
    },
    exempt: { labels: ["no reminders"], authors: ["renovate[bot]"], drafts: false, bots: false },
    calendar: {
      timezone: "Asia/Tokyo",
      days: ["mon", "sat"],
      hours: { fromMinute: 1320, toMinute: 360 },
      holidays: ["JP", "US-CA"],
      closed: ["2026-12-29"],
      always: ["S1"],
    },
    targets: { S1: { amount: 30, unit: "m" }, release: { amount: 4, unit: "w" } },
    reminders: {
      every: { amount: 3, unit: "d" },
      limit: 0,
      perRepositoryPerDay: 9,
      perMaintainerPerWeek: 8,
      remind: "anyone",
      quiet: [{ kind: "login", login: "ana" }],
    },
    digest: { day: "fri", atMinute: 510 },
    escalation: {
      deciders: [{ kind: "team", organization: "acme-db", slug: "leads" }],
      ownerWithin: { amount: 1, unit: "d" },
      decideWithin: { amount: 90, unit: "s" },
      perDeciderPerWeek: 1,
      comment: false,
    },
    contracts: { grace: { amount: 0, unit: "d" }, warn: [{ amount: 4, unit: "w" }] },
    releases: { from: "tags", prereleases: true },
    labels: {
      customer: { name: "kunde", color: "001122", description: "wartet" },
      severity: { name: "S: {severity}", color: "abcdef" },
      turn: false,
      overdue: false,
    },
  });
});

describe("what is not right is told with its place and what to write", () => {
  test.for<[string, string]>([
    ["modee: act", '1:1 modee | A policy has no key "modee". Write mode.'],
    ["mode: akt", '1:7 mode | "akt" is not known here. Write act.'],
    ["mode: off", '1:7 mode | "off" is not known here. Write act or observe.'],
    ["mode: true", "1:7 mode | true is not known here. Write act or observe."],
    ["language: de", '1:11 language | "de" is not known here. Write en or ja.'],
    ["limit: 3", '1:1 limit | A policy has no key "limit". It belongs under reminders.'],
    [
      "colour: 3",
      '1:1 colour | A policy has no key "colour". Take it away; known are version, mode, language, disclosure, support, maintainers, track, cases, exempt, calendar, targets, reminders, digest, escalation, contracts, releases, labels.',
    ],
    ["version: 2", "1:10 version | 2 is not a version of the policy that is known here. Write version: 1."],
    ['version: "1"', '1:10 version | "1" is not a version of the policy that is known here. Write version: 1.'],
    [
      "__proto__: { mode: act }",
      '1:1 __proto__ | A policy has no key "__proto__". Take it away; known are version, mode, language, disclosure, support, maintainers, track, cases, exempt, calendar, targets, reminders, digest, escalation, contracts, releases, labels.',
    ],
    ["[]", "1:1  | A policy is a group of keys. Write one on each line, such as mode: act."],
    ["act", "1:1  | A policy is a group of keys. Write one on each line, such as mode: act."],
    ["mode: act\nmode: observe", "2:1 mode | mode stands here twice. Keep one."],
    ["? [a]\n: b", "1:3  | A key must be a word. Put it in quotes, or take it away."],
    ["1: b", "1:1  | A key must be a word. Put it in quotes, or take it away."],
    [
      "<<: { mode: act }",
      '1:1 << | A policy has no key "<<". Take it away; known are version, mode, language, disclosure, support, maintainers, track, cases, exempt, calendar, targets, reminders, digest, escalation, contracts, releases, labels.',
    ],
    ["support:", "1:9 support | nothing is not a list. Write the entries in [ ], or [] for none."],
    ["support: dana", '1:10 support | "dana" is not a list. Write the entries in [ ], or [] for none.'],
    [
      "support:\n  - dana\n  - acme-db/support",
      '3:5 support[1] | "acme-db/support" lacks its @. Write "@acme-db/support" for the team.',
    ],
    ["support: [da na]", '1:11 support[0] | "da na" is neither a login nor a team. Write dana or "@acme-db/engine".'],
    ["support: [404]", '1:11 support[0] | 404 is not a login or a team. Write dana or "@acme-db/engine".'],
    ["support: [dana, mira, Dana]", "1:23 support[2] | This stands in the list twice. Keep one."],
    ["track: [all]", "1:8 track | a list is not known here. Write customers or all."],
    [
      "cases: { repositories: [cases] }",
      '1:25 cases.repositories[0] | "cases" is not a repository. Write owner/name, such as acme-db/cases.',
    ],
    [
      'cases: { references: ["CASE-[0-9]+"] }',
      '1:23 cases.references[0] | "CASE-[0-9]+" is not a group of keys. Write its keys indented on lines of their own, or take it away.',
    ],
    [
      'cases: { references: [{ pattern: "(a" }] }',
      '1:34 cases.references[0].pattern | "(a" is not a pattern of the RE2 kind (missing closing ): "(a"). Write one such as "CASE-[0-9]{3,8}".',
    ],
    [
      'cases: { references: [{ pattern: "(?=a)b" }] }',
      '1:34 cases.references[0].pattern | "(?=a)b" is not a pattern of the RE2 kind (invalid or unsupported Perl syntax: "(?="). Write one such as "CASE-[0-9]{3,8}".',
    ],
    [
      'cases: { references: [{ pattern: "[0-9]*" }] }',
      '1:34 cases.references[0].pattern | "[0-9]*" matches nothing at all. Write at least one letter or digit that must be there.',
    ],
    [
      'cases: { references: [{ pattern: "(a{30}){30}" }] }',
      '1:34 cases.references[0].pattern | "(a{30}){30}" is too large a pattern. Write smaller counts in { }.',
    ],
    [
      `cases: { references: [${["A", "B", "C"].map((letter) => `{ pattern: "${letter}{250}" }`).join(", ")}] }`,
      "1:22 cases.references | These patterns together are too large. Write fewer, or smaller counts in { }.",
    ],
    [
      'cases: { references: [{ url: "https://x.example/{ref}" }] }',
      '1:23 cases.references[0].pattern | nothing is not a pattern. Write it in quotes, such as "CASE-[0-9]{3,8}".',
    ],
    [
      'cases: { references: [{ pattern: A1, url: "javascript:alert({ref})" }] }',
      '1:43 cases.references[0].url | "javascript:alert({ref})" is not a web address. Write one that begins with https://, such as "https://support.example/{ref}".',
    ],
    [
      'cases: { references: [{ pattern: A1, url: "https://x.example/{id}" }] }',
      "1:43 cases.references[0].url | {id} is not known. Write {ref} where the reference belongs.",
    ],
    [
      'cases: { references: [{ pattern: A1, url: "https://x.example/" }] }',
      "1:43 cases.references[0].url | This address is the same for every case. Write {ref} where the reference belongs.",
    ],
    [
      'exempt: { authors: ["@acme/bots"] }',
      '1:21 exempt.authors[0] | "@acme/bots" is a team; only logins stand here. Write the members\' logins.',
    ],
    [
      "exempt: { drafts: yes }",
      '1:19 exempt.drafts | "yes" is not true or false. Write true or false, without quotes.',
    ],
    [
      "calendar: sometimes",
      '1:11 calendar | "sometimes" is not a calendar. Write always, or its keys indented on lines of their own.',
    ],
    [
      "calendar:\n  timezone: Asia/Tokio",
      '2:13 calendar.timezone | "Asia/Tokio" is not a time zone. Write Asia/Tokyo.',
    ],
    ["calendar: { timezone: tokyo }", '1:23 calendar.timezone | "tokyo" is not a time zone. Write Asia/Tokyo.'],
    [
      "calendar: { timezone: JST }",
      '1:23 calendar.timezone | "JST" is not a time zone. Write a name of the IANA list, such as Asia/Tokyo.',
    ],
    ["calendar: { days: [monday] }", '1:20 calendar.days[0] | "monday" is not known here. Write mon.'],
    ["calendar: { days: [] }", "1:19 calendar.days | No day is left to work on. Name at least one, such as [mon]."],
    [
      "calendar: { hours: 9-5 }",
      '1:20 calendar.hours | "9-5" is not working hours. Write two times of day, such as "09:00-17:00".',
    ],
    [
      'calendar: { hours: "09:00-24:30" }',
      '1:20 calendar.hours | "09:00-24:30" is not working hours. Write two times of day, such as "09:00-17:00".',
    ],
    [
      'calendar: { hours: "09:00-09:00" }',
      '1:20 calendar.hours | "09:00-09:00" is no time at all. Write "00:00-24:00" for the whole day.',
    ],
    ["calendar: { holidays: jp }", '1:23 calendar.holidays | "jp" is not a region. Write JP.'],
    [
      "calendar: { holidays: [JP, Japan] }",
      '1:28 calendar.holidays[1] | "Japan" is not a region. Write a country\'s two letters, such as JP, or US-CA.',
    ],
    [
      "calendar: { closed: [2026-02-30] }",
      '1:22 calendar.closed[0] | "2026-02-30" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
    ],
    [
      "calendar: { closed: [29.12.2026] }",
      '1:22 calendar.closed[0] | "29.12.2026" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
    ],
    ["calendar: { always: [S5] }", '1:22 calendar.always[0] | "S5" is not known here. Write S1.'],
    [
      "targets: { S1: 5x }",
      '1:16 targets.S1 | "5x" is not a duration. Write a number from 1 to 1000 and s, m, h, d or w, such as 5d.',
    ],
    ["targets: { S1: 4 }", "1:16 targets.S1 | 4 is not a duration. Write a number and s, m, h, d or w, such as 5d."],
    [
      "targets: { S1: 0h }",
      '1:16 targets.S1 | "0h" is not a duration. Write a number from 1 to 1000 and s, m, h, d or w, such as 5d.',
    ],
    ["targets: { S5: 4h }", '1:12 targets.S5 | targets has no key "S5". Write S1.'],
    [
      "reminders: { limit: -1 }",
      "1:21 reminders.limit | -1 is not a whole number from 0 to 100. Write one, without quotes.",
    ],
    [
      "reminders: { limit: 1.5 }",
      "1:21 reminders.limit | 1.5 is not a whole number from 0 to 100. Write one, without quotes.",
    ],
    [
      "reminders: { limit: many }",
      '1:21 reminders.limit | "many" is not a whole number from 0 to 100. Write one, without quotes.',
    ],
    [
      "reminders: { limit: .inf }",
      "1:21 reminders.limit | Infinity is not a whole number from 0 to 100. Write one, without quotes.",
    ],
    [
      "reminders: { per_repository_per_day: 1 }",
      '1:14 reminders.per_repository_per_day | reminders has no key "per_repository_per_day". Write per-repository-per-day.',
    ],
    ["digest: true", '1:9 digest | true is not a digest. Write false, or { day: mon, at: "09:00" }.'],
    [
      "digest: { at: 25:00 }",
      '1:15 digest.at | "25:00" is not a time of day. Write hours and minutes, such as "09:00".',
    ],
    [
      "escalation: [mira]",
      "1:13 escalation | a list is not a group of keys. Write its keys indented on lines of their own, or take it away.",
    ],
    [
      "contracts: { grace: 12h }",
      '1:21 contracts.grace | "12h" is not a number of calendar days. Write a number up to 1000 and d or w, such as 30d.',
    ],
    ["mode: !!binary YWN0", "1:16 mode | This is neither text, a number nor yes or no. Take the tag before it away."],
    ["releases: { from: tag }", '1:19 releases.from | "tag" is not known here. Write tags.'],
    ["labels: { overdu: false }", '1:11 labels.overdu | labels has no key "overdu". Write overdue.'],
    [
      "labels: { overdue: true }",
      "1:20 labels.overdue | true is not a label. Write false for no label, or { name: …, color: …, description: … }.",
    ],
    [
      "labels: { overdue: { color: red } }",
      '1:29 labels.overdue.color | "red" is not a colour. Write six hexadecimal digits, such as 0e8a16.',
    ],
    [
      "labels:\n  overdue:\n    color: #0e8a16",
      "3:12 labels.overdue.color | nothing is not a colour. Write six hexadecimal digits, such as 0e8a16 (after a # YAML reads no further).",
    ],
    [
      'labels: { overdue: { name: "" } }',
      "1:28 labels.overdue.name | A label needs a name. Write one, or false for no label.",
    ],
    [
      `labels: { overdue: { description: ${"x".repeat(101)} } }`,
      "1:35 labels.overdue.description | A label's description has at most 100 characters on GitHub; this has 101. Shorten it.",
    ],
    [
      "labels: { severity: { name: severe } }",
      '1:29 labels.severity.name | All four severities would share this label. Write {severity} where S1 to S4 belongs, as in "severity: {severity}".',
    ],
    [
      "labels: { turn: { maintainer: { nam: x } } }",
      '1:33 labels.turn.maintainer.nam | labels.turn.maintainer has no key "nam". Write name.',
    ],
    [
      "labels: { escalated: { name: Customer } }",
      '1:30 labels.escalated.name | Another label of the policy is named "Customer", too. Give each a name of its own.',
    ],
    ["a: *b", "1:4 a | Nothing above is named &b. Write the value out."],
    [
      "mode: act\n---\nmode: observe",
      "2:1  | A second document begins here. A policy is one document: take the line `---` away.",
    ],
    [
      "calendar:\n\ttimezone: UTC",
      "2:1  | A tab indents this line. YAML indents with spaces: write two spaces instead.",
    ],
    ["mode: act\nmode: \u0000", "2:7  | There is a control character here. Delete it, or save the file as UTF-8 text."],
    [
      "mode: [act",
      "1:11  | This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
  ])("%j", ([text, told]) => {
    expect(mistakes(text)).toEqual([told]);
  });

  test("all of them at once, in the order of the file", () => {
    expect(
      mistakes(
        'mode: akt\nreminders:\n  limit: -1\n  quiet: foo\ncalendar:\n  timezone: UTC\n  hours: "9"\nfoo: 1\nmodes: 2',
      ),
    ).toEqual([
      '1:7 mode | "akt" is not known here. Write act.',
      "3:10 reminders.limit | -1 is not a whole number from 0 to 100. Write one, without quotes.",
      '4:10 reminders.quiet | "foo" is not a list. Write the entries in [ ], or [] for none.',
      '7:10 calendar.hours | "9" is not working hours. Write two times of day, such as "09:00-17:00".',
      '8:1 foo | A policy has no key "foo". Take it away; known are version, mode, language, disclosure, support, maintainers, track, cases, exempt, calendar, targets, reminders, digest, escalation, contracts, releases, labels.',
      '9:1 modes | A policy has no key "modes". Write mode.',
    ]);
  });
});

test("a label named stale is allowed, with a warning", () => {
  expect(mistakes("labels:\n  overdue: { name: Stale }")).toEqual([
    '2:20 labels.overdue.name | Bots such as actions/stale close what is labelled "stale", whoever labelled it. Write another name, such as overdue.',
  ]);
  expect(goodPolicy("labels: { overdue: { name: stale } }").labels?.overdue).toEqual({ name: "stale" });
});

test("anchors and aliases are read, in measure", () => {
  expect(goodPolicy("support: &team [dana]\nmaintainers: *team").maintainers).toEqual([
    { kind: "login", login: "dana" },
  ]);
});
