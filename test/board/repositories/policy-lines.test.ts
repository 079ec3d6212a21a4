// The policy in force is shown as a file that says the same, each key with whose word it is.
import { describe, expect, test } from "vitest";
import { policyLines, type Source, withoutCustomers } from "../../../src/board/repositories/policy-lines.ts";
import { type PartialPolicy, type Policy, parsePolicy, resolvePolicy } from "../../../src/policy/policy.ts";
import { ACME_POLICY } from "../../support/start-app.ts";

const partialOf = (text: string): PartialPolicy => {
  const parsed = parsePolicy(text, { where: "it" });
  if (parsed.kind !== "policy") throw new Error(JSON.stringify(parsed.errors));
  return parsed.partial;
};

const TEXTS = [
  "",
  ACME_POLICY,
  `language: ja
disclosure: full
support: ["@acme-db/support", "null", dana]
track: all
cases: { references: [{ pattern: "A-[0-9]+" }] }
exempt: { labels: ["a: b", "#c"], authors: ["no"], drafts: false, bots: false }
calendar: { timezone: Asia/Tokyo, days: [sat], hours: "22:00-06:00", holidays: [JP, US-CA], closed: [2026-12-29], always: [S1] }
targets: { S1: 30m, author: 1w }
reminders: { per-repository-per-day: 1, remind: anyone, quiet: ["@a/b"] }
digest: { day: fri, at: "23:59" }
escalation: { deciders: [boss], owner-within: 3h, decide-within: 1w, per-decider-per-week: 9, comment: false }
contracts: { grace: 0d, warn: [] }
releases: { from: tags, prereleases: true }
labels: { customer: { name: "paid: yes", color: 000000, description: 'say "hi"' }, severity: { name: "sev {severity}" }, turn: { author: false }, overdue: false }
`,
  "calendar: always\ndigest: false\nlabels: { customer: false, consulting: false, severity: false, turn: false, escalated: false }\n",
  'calendar: { hours: "00:00-24:00" }\n',
];

describe("the policy in force", () => {
  test.each(TEXTS)("reads back as the same: %s", (text) => {
    const resolve = (partial: PartialPolicy): Policy => {
      const policy = resolvePolicy({ owner: partial, repository: null, visibility: "private" });
      return { ...policy, labels: { ...policy.labels, isConsultingNamed: true } };
    };
    const policy = resolve(partialOf(text));
    const lines = policyLines(policy, { repository: null, owner: partialOf(text) });
    const again = resolve(partialOf(lines.map((line) => line.text).join("\n")));
    expect(again).toEqual(policy);
  });

  test("each key has its source, also below what is switched off or replaced", () => {
    const owner = partialOf(
      "mode: observe\ncalendar: { timezone: Asia/Tokyo }\ndigest: false\nlabels: { overdue: { name: late }, turn: false }\n",
    );
    const repository = partialOf(
      "mode: act\ncalendar: { days: [mon] }\nreminders: { per-repository-per-day: 1 }\nlabels: { overdue: { color: 123456 } }\n",
    );
    const policy = resolvePolicy({ owner, repository, visibility: "public" });
    const sources: Record<string, Source> = {};
    const above: string[] = [];
    for (const { text, source } of policyLines(policy, { repository, owner })) {
      const depth = (text.length - text.trimStart().length) / 2;
      above.splice(depth, above.length, text.trim().split(":")[0] ?? "");
      if (source !== null && source !== "default") sources[above.join(".")] = source;
    }
    expect(sources).toEqual({
      mode: "repository",
      "calendar.timezone": "owner",
      "calendar.days": "repository",
      "reminders.per-repository-per-day": "repository",
      digest: "owner",
      "labels.turn.maintainer": "owner",
      "labels.turn.author": "owner",
      "labels.overdue.name": "owner",
      "labels.overdue.color": "repository",
    });
  });

  test("who sees nothing of customers finds neither cases, contracts nor deciders", () => {
    const partial = partialOf(TEXTS[2] ?? "");
    const policy = resolvePolicy({ owner: partial, repository: null, visibility: "private" });
    const keys = withoutCustomers(policyLines(policy, { owner: partial, repository: null }))
      .filter(({ text }) => !text.startsWith(" "))
      .map(({ text }) => text.split(":")[0]);
    expect(keys).toEqual(
      "version mode language disclosure support maintainers track exempt calendar targets reminders digest releases labels".split(
        " ",
      ),
    );
  });
});
