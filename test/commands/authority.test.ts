// Who may run what: the product's whole table, every command against everybody.
import { describe, expect, test } from "vitest";
import { mayLink, mayRun, NOBODY, type Roles } from "../../src/commands/authority.ts";
import { VERBS } from "../../src/commands/command.ts";
import { parseCommands } from "../../src/commands/parse.ts";

const who = {
  anybody: NOBODY,
  author: { ...NOBODY, isAuthor: true },
  decider: { ...NOBODY, isDecider: true },
  maintainer: { ...NOBODY, isMaintainer: true },
  supporter: { ...NOBODY, isSupporter: true },
} satisfies Record<string, Roles>;

const EVERYBODY = "anybody author decider maintainer supporter";

const table: readonly (readonly [written: string, may: string])[] = [
  ["/case help", EVERYBODY],
  ["/case quiet me", EVERYBODY],
  ["/case quiet me 5d", EVERYBODY],
  ["/case status", "author maintainer supporter"],
  ["/case why", "author maintainer supporter"],
  ["/case waiting maintainer", "author maintainer supporter"],
  ["/case waiting author", "maintainer supporter"],
  ["/case link CASE-7", "maintainer supporter"],
  ["/case unlink CASE-7", "maintainer supporter"],
  ["/case snooze 5d", "maintainer supporter"],
  ["/case unsnooze", "maintainer supporter"],
  ["/case ask @mira", "maintainer supporter"],
  ["/case quiet 5d", "maintainer supporter"],
  ["/case escalate", "maintainer supporter"],
  ["/case escalate anyway it burns", "maintainer supporter"],
  ["/case later 2026-04-01 after the release", "maintainer supporter"],
  ["/case landed #7", "maintainer supporter"],
  ["/case superseded #7", "maintainer supporter"],
  ["/case take", "decider maintainer"],
  ["/case take 2026-04-01", "decider maintainer"],
  ["/case summary it breaks", "supporter"],
  ["/case stake the renewal", "supporter"],
  ["/case workaround none", "supporter"],
  ["/case needed-by 2026-04-01", "supporter"],
  ["/case report 2026-04-01", "supporter"],
  ["/case severity S1", "supporter"],
  ["/case customer shinshu-bank", "supporter"],
  // A case's own words in passing are still its own words.
  ["/case link CASE-7 S1", "supporter"],
  ["/case link CASE-7 customer=shinshu-bank", "supporter"],
];

const commandOf = (written: string) => {
  const [parsed] = parseCommands(written).commands;
  if (parsed === undefined) throw new Error(`no command: ${written}`);
  return parsed.command;
};

describe("Whoever may run", () => {
  test.each(table)("%s: %s", (written, may) => {
    const command = commandOf(written);

    const allowed = Object.entries(who).flatMap(([name, roles]) => (mayRun(command, roles) ? [name] : []));

    expect(allowed.join(" ")).toBe(may);
  });

  test("no command is left out of this table", () => {
    expect(new Set(table.map(([written]) => commandOf(written).verb))).toEqual(new Set(VERBS));
  });
});

describe("Who is several things may what any of them may", () => {
  test.each<readonly [string, Partial<Roles>, string, boolean]>([
    ["a supporter who is a maintainer here takes", { isSupporter: true, isMaintainer: true }, "/case take", true],
    ["a supporter who decides takes", { isSupporter: true, isDecider: true }, "/case take", true],
    ["an author in support writes a summary", { isSupporter: true, isAuthor: true }, "/case summary it breaks", true],
    ["an author who decides does not snooze", { isAuthor: true, isDecider: true }, "/case snooze 5d", false],
  ])("%s", (_, roles, written, may) => {
    expect(mayRun(commandOf(written), { ...NOBODY, ...roles })).toBe(may);
  });
});

test("what a trailer links is confirmed by those who may link", () => {
  expect(Object.entries(who).flatMap(([name, roles]) => (mayLink(roles) ? [name] : []))).toEqual([
    "maintainer",
    "supporter",
  ]);
});
