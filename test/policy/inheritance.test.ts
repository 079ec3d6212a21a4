// The repository's policy on top of the owner's on top of the defaults; disclosure; labels; the hash.
import { describe, expect, test } from "vitest";
import {
  DEFAULT_POLICY,
  type Disclosure,
  labelDefinitions,
  policyHash,
  resolvePolicy,
  type Visibility,
} from "../../src/policy/policy.ts";
import { goodPolicy } from "./tables.ts";

function resolved(owner: string | null, repository: string | null, visibility: Visibility = "public") {
  return resolvePolicy({
    owner: owner === null ? null : goodPolicy(owner),
    repository: repository === null ? null : goodPolicy(repository),
    visibility,
  });
}

test("the repository's keys win, its lists replace, and what it leaves out stays the owner's", () => {
  const policy = resolved(
    "mode: observe\nsupport: [dana]\nmaintainers: [mira]\nreminders: { every: 3d, limit: 4 }\ntargets: { S1: 1h }",
    "mode: act\nsupport: [kenji, ana]\nreminders: { limit: 1, remind: anyone }\ntargets: { S2: 1d }",
  );
  expect(policy.mode).toBe("act");
  expect(policy.support).toEqual([
    { kind: "login", login: "kenji" },
    { kind: "login", login: "ana" },
  ]);
  expect(policy.maintainers).toEqual([{ kind: "login", login: "mira" }]);
  expect(policy.reminders).toEqual({
    ...DEFAULT_POLICY.reminders,
    every: { amount: 3, unit: "d" },
    limit: 1,
    remind: "anyone",
  });
  expect(policy.targets).toEqual({
    ...DEFAULT_POLICY.targets,
    S1: { amount: 1, unit: "h" },
    S2: { amount: 1, unit: "d" },
  });
});

describe("calendars on top of each other", () => {
  test.for<[string, string, string, object]>([
    [
      "keys over keys",
      "calendar: { timezone: Asia/Tokyo, holidays: JP }",
      "calendar: { days: [mon] }",
      { kind: "hours", timezone: "Asia/Tokyo", holidays: ["JP"], days: ["mon"] },
    ],
    [
      "no holidays over some",
      "calendar: { holidays: JP }",
      "calendar: { holidays: none }",
      { kind: "hours", holidays: [] },
    ],
    [
      "always over keys keeps the zone's days",
      "calendar: { timezone: Asia/Tokyo }",
      "calendar: always",
      { kind: "always", timezone: "Asia/Tokyo" },
    ],
    [
      "keys over always",
      "calendar: always",
      'calendar: { hours: "10:00-12:00" }',
      {
        kind: "hours",
        timezone: "UTC",
        hours: { fromMinute: 600, toMinute: 720 },
        days: ["mon", "tue", "wed", "thu", "fri"],
      },
    ],
  ])("%s", ([, owner, repository, expected]) => {
    expect(resolved(owner, repository).calendar).toMatchObject(expected);
  });
});

test("a digest that the owner switched off comes back with a key", () => {
  expect(resolved("digest: false", null).digest).toBe(false);
  expect(resolved("digest: false", "digest: { day: fri }").digest).toEqual({ day: "fri", atMinute: 540 });
  expect(resolved("digest: { day: fri }", "digest: false").digest).toBe(false);
});

describe("disclosure", () => {
  type Said = Disclosure | null;
  test.for<[Visibility, Said, Said, Disclosure]>([
    ["public", null, null, "none"],
    ["private", null, null, "reference"],
    ["internal", null, null, "reference"],
    ["public", null, "full", "none"],
    ["public", null, "reference", "none"],
    ["private", null, "full", "reference"],
    ["private", null, "none", "none"],
    ["public", "reference", null, "reference"],
    ["public", "full", null, "reference"],
    ["public", "full", "full", "reference"],
    ["public", "reference", "none", "none"],
    ["private", "full", null, "full"],
    ["private", "full", "reference", "reference"],
    ["private", "none", null, "none"],
    ["private", "none", "full", "none"],
    ["internal", "full", "full", "full"],
  ])("in a %s repository, owner %s, repository %s: %s", ([visibility, owner, repository, expected]) => {
    const text = (said: Said) => (said === null ? null : `disclosure: ${said}`);
    expect(resolved(text(owner), text(repository), visibility).disclosure).toBe(expected);
  });
});

describe("labels", () => {
  test("the defaults", () => {
    expect(labelDefinitions(DEFAULT_POLICY)).toEqual([
      {
        key: "customer",
        name: "customer",
        color: "0e8a16",
        description:
          "Somebody under a support contract is waiting. What is reviewed first stays the maintainers' decision",
      },
      {
        key: "consulting",
        name: "consulting",
        color: "1d76db",
        description: "A consulting contract stands behind this pull request.",
      },
      ...(["S1 b60205", "S2 d93f0b", "S3 fbca04", "S4 bfdadc"] as const).map((each) => ({
        key: `severity:${each.slice(0, 2)}`,
        name: `severity: ${each.slice(0, 2)}`,
        color: each.slice(3),
        description: "The gravest open case that waits for this: S1 is the worst, S4 the mildest.",
      })),
      {
        key: "turn:maintainer",
        name: "awaiting maintainer",
        color: "fbca04",
        description: 'It is the maintainers\' turn: a review, a question, "later" or "no" all settle it.',
      },
      {
        key: "turn:author",
        name: "awaiting author",
        color: "c5def5",
        description: "It is the author's turn: something was asked, or the checks or a conflict need a hand.",
      },
      {
        key: "overdue",
        name: "overdue",
        color: "d93f0b",
        description: "A reminder was sent and no maintainer has answered since.",
      },
      {
        key: "escalated",
        name: "escalated",
        color: "b60205",
        description: "Those who decide were asked, and have not decided yet.",
      },
    ]);
  });

  test("GitHub takes every one of them", () => {
    for (const { name, color, description } of labelDefinitions(DEFAULT_POLICY)) {
      expect(name.length).toBeLessThanOrEqual(50);
      expect(description.length).toBeLessThanOrEqual(100);
      expect(color).toMatch(/^[0-9a-f]{6}$/);
    }
  });

  test("what is switched off is not there, and what is changed keeps the rest", () => {
    const policy = resolved(
      "labels: { consulting: false, turn: false, overdue: { color: 000000 } }",
      'labels: { turn: { author: { name: your turn } }, severity: { name: "prio/{severity}", color: 111111, description: "{severity} waits" }, escalated: false, overdue: { name: late } }',
    );
    expect(labelDefinitions(policy).map(({ key, name, color }) => `${key} ${name} ${color}`)).toEqual([
      "customer customer 0e8a16",
      "severity:S1 prio/S1 111111",
      "severity:S2 prio/S2 111111",
      "severity:S3 prio/S3 111111",
      "severity:S4 prio/S4 111111",
      "turn:author your turn c5def5",
      "overdue late 000000",
    ]);
    expect(labelDefinitions(policy)[1]?.description).toBe("S1 waits");
  });

  test("two files that give two keys one name leave it to the first", () => {
    const policy = resolved("labels: { customer: { name: waiting } }", "labels: { overdue: { name: Waiting } }");
    expect(
      labelDefinitions(policy)
        .filter(({ name }) => name.toLowerCase() === "waiting")
        .map(({ key }) => key),
    ).toEqual(["customer"]);
  });

  test.for<[string | null, string | null, boolean]>([
    [null, null, false],
    ["labels: { consulting: {} }", null, true],
    [null, "labels: { consulting: { name: consulting } }", true],
    ["labels: { consulting: {} }", "labels: { consulting: false }", false],
    ["labels: { consulting: {} }", "labels: { customer: false }", true],
  ])("the consulting label counts as named: owner %s, repository %s: %s", ([owner, repository, expected]) => {
    expect(resolved(owner, repository).labels.isConsultingNamed).toBe(expected);
  });
});

test("the hash is the policy's, not the file's", () => {
  const one = policyHash(resolved(null, "mode: observe\nreminders: { limit: 3, every: 2d }"));
  const same = policyHash(resolved("reminders: { every: 2d }", "# again\nreminders: { limit: 3 }\nmode: observe"));
  const other = policyHash(resolved(null, "mode: observe\nreminders: { limit: 3, every: 48h }"));
  expect(one).toBe(same);
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(other).not.toBe(one);
  expect(policyHash(DEFAULT_POLICY)).toBe(policyHash(resolved(null, null)));
});
