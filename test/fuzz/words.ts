// The fuzz of short words from outside: addresses, forms, buttons, titles. Each reader is pure and gets the same hostile words.
import fc from "fast-check";
import { readAskedCases, readCaseId } from "../../src/board/cases/parse.ts";
import { readAskedCustomers } from "../../src/board/customers/parse.ts";
import { readLogFilters } from "../../src/board/log/parse.ts";
import { readObserveFilters } from "../../src/board/observe/parse.ts";
import { parseAnswer } from "../../src/choices/parse.ts";
import { readSlackAct } from "../../src/choices/slack-request.ts";
import { parseCommandWords } from "../../src/commands/parse.ts";
import { escapeMarkdown } from "../../src/effects/escape.ts";
import { mentionsIn } from "../../src/github/mentions.ts";
import { codeOwnersOf } from "../../src/policy/code-owners.ts";
import { withVariables } from "../../src/setup/dotenv.ts";
import { parseWords } from "../../src/setup/parse.ts";
import { hostileText } from "./hostile.ts";
import type { Target } from "./target.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const KEYS = [
  "kind",
  "patch",
  "person",
  "text",
  "days",
  "before",
  "state",
  "severity",
  "customer",
  "page",
  "mine",
  "__proto__",
];

/** What reads words from outside. Where one answers a list, that is what it says of bad ones. */
const READERS: readonly ((word: string, query: Readonly<Record<string, string>>) => unknown)[] = [
  (_, query) => readLogFilters(query).unknown,
  (_, query) => readAskedCases(query, { customers: new Set(["hida"]) }).unknown.map(bounded),
  (_, query) => readAskedCustomers(query).unknown.map(bounded),
  (_, query) => readObserveFilters(query),
  (word) => [String(readCaseId(word) ?? "")],
  (word) =>
    problems(
      parseAnswer("escalation", { answer: word, until: word, reason: word }, { now: NOW, timezone: "Asia/Tokyo" }),
    ),
  (word) =>
    problems(
      parseAnswer("escalation", { answer: "wait", until: word, reason: word }, { now: NOW, timezone: "Asia/Tokyo" }),
    ),
  (word) => readSlackAct(`payload=${encodeURIComponent(word.toWellFormed())}`),
  (word) => readSlackAct(word),
  (word) => ("code" in parseCommandWords(word) ? ["no command"] : []),
  (word) => escapeMarkdown(word),
  (word) => mentionsIn([word]).logins,
  (word) => codeOwnersOf(word, ["src/a.ts", word.slice(0, 200)]).ignored.map(({ because }) => because),
  (word) =>
    problems(parseWords({ organization: word, host: word, publicUrl: word, proxyUrl: word, keep: "show" }, GIVEN)),
  (word) => withVariables(word, { PUBLIC_URL: "https://a.example" }, "Written by the set-up"),
  (word) => withVariables("A=1\n", { PUBLIC_URL: word }, "Written by the set-up"),
];

const GIVEN = {
  given: {
    webhookPath: "/x",
    publicUrl: null,
    proxyUrl: null,
    webUrl: "https://github.com",
    placedBy: null,
    own: new Set<string>(),
  },
  canKeep: true,
};

const problems = (read: {
  readonly kind: string;
  readonly problems?: readonly { readonly code: string }[];
}): readonly string[] => (read.problems ?? []).map(({ code }) => code);

function bounded(unknown: string): string {
  if (unknown.length > 200) throw new Error(`a word of ${unknown.length} characters is said again`);
  return unknown;
}

const inputs = fc.tuple(
  hostileText(60_000),
  fc.dictionary(fc.constantFrom(...KEYS), hostileText(3_000), { maxKeys: 6 }),
);

export const words: Target<[string, Record<string, string>]> = {
  name: "words",
  inputs,
  harmOf: async ([word, query], measure) => {
    for (const read of READERS) {
      const told = await measure(() => read(word, query));
      if (Array.isArray(told) && told.length > 1_000) return `${told.length} problems are told`;
    }
    return null;
  },
  show: (input) => JSON.stringify(input),
};
