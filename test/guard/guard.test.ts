// No text lets anything through to where it may not be, and no text is unknown here: a file that makes one, or an export of such a file,
// fails until it is shown in public-texts.ts or private-texts.ts.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import type { Disclosure } from "../../src/effects/effect.ts";
import { disclosureOf, renderPublic } from "../../src/effects/public-text.ts";
import { renderHtml } from "../../src/notify/render-html.ts";
import { renderMarkdown } from "../../src/notify/render-markdown.ts";
import { renderSlack } from "../../src/notify/render-slack.ts";
import { renderText } from "../../src/notify/render-text.ts";
import { DEFAULT_POLICY } from "../../src/policy/defaults.ts";
import type { Language } from "../../src/policy/policy.ts";
import { labelDefinitions } from "../../src/policy/policy.ts";
import { type Known, MAY_HEAR, notAllowed, poisonIn } from "./poison.ts";
import { CARRIERS, PRIVATE_TEXTS } from "./private-texts.ts";
import { PUBLIC_TEXTS } from "./public-texts.ts";

const SOURCE = new URL("../../src/", import.meta.url);
const TEXTS = { ...PUBLIC_TEXTS, ...PRIVATE_TEXTS };
const LANGUAGES: readonly Language[] = ["en", "ja"];
const DISCLOSURES: readonly Disclosure[] = ["none", "reference", "full"];
const RANK: Readonly<Record<Disclosure, number>> = { none: 0, reference: 1, full: 2 };

const all: readonly (readonly [name: string, known: Known])[] = Object.entries(TEXTS).flatMap(([file, exports]) =>
  Object.entries(exports).map(([name, known]) => [`${file} ${name}`, known] as const),
);

/** What only pages show, to whoever may open them: who sees what there is held by the stories of the board, the set-up and customers' pages. */
const PAGES = /^(?:board|customer-page|insights|record|setup)\//u;

/** Parts of public texts, blocks of private ones, and whatever is called a file of texts but for pages. */
function makesTexts(file: string): boolean {
  if (!PAGES.test(file) && /messages|texts|reasons|^help\.ts/u.test(basename(file))) return true;
  const source = readFileSync(new URL(file, SOURCE), "utf8");
  for (const [, isTypes, names = "", from = ""] of source.matchAll(
    /import\s+(type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)"/gu,
  )) {
    const imported = names.split(",").map((name) => name.trim());
    const values = isTypes === undefined ? imported.filter((name) => name !== "" && !name.startsWith("type ")) : [];
    const isMaking = values.some((name) => name !== "renderPublic" && name !== "disclosureOf");
    if (from.endsWith("/public-text.ts") && isMaking) return true;
    if (/(?:notify|\.)\/blocks\.ts$/u.test(from)) return true;
    const isMessage = imported.some((name) => /^(?:type )?(?:Message|Block)$/u.test(name));
    if (/(?:notify|\.)\/message\.ts$/u.test(from) && isMessage) return true;
  }
  return false;
}

describe("the guard knows", () => {
  test("every file that makes a text", () => {
    const making = globSync("**/*.ts", { cwd: SOURCE.pathname }).filter(makesTexts).toSorted();
    const known = [...Object.keys(TEXTS), ...Object.keys(CARRIERS)].toSorted();
    expect(known.filter((file) => making.includes(file))).toEqual(making);
    expect(Object.keys(TEXTS).filter((file) => file in CARRIERS)).toEqual([]);
  });

  test.each(Object.keys(TEXTS))("every export of %s", async (file) => {
    const module: Readonly<Record<string, unknown>> = await import(new URL(file, SOURCE).pathname);
    const known = Object.keys(TEXTS[file] ?? {}).map((name) => name.split(" ")[0]);
    expect([...new Set(known)].toSorted()).toEqual(Object.keys(module).toSorted());
  });
});

const ofKind = <Kind extends Known["kind"]>(kind: Kind) =>
  all.flatMap(([name, known]) =>
    known.kind === kind ? [[name, known as Extract<Known, { kind: Kind }>] as const] : [],
  );

describe("in a repository", () => {
  test.each(ofKind("public"))("%s says no more than each disclosure allows", (_, { from, texts }) => {
    for (const language of LANGUAGES) {
      for (const text of texts(language)) {
        for (const disclosure of DISCLOSURES) {
          if (RANK[disclosure] < RANK[from]) {
            expect(() => renderPublic(text, disclosure)).toThrow(/^a public text holds a part that needs disclosure/u);
            continue;
          }
          const markdown = renderPublic(text, disclosure);
          expect(notAllowed(markdown, MAY_HEAR[disclosure])).toEqual([]);
          // What is written is minimised later by what it is said to tell.
          expect(notAllowed(markdown, MAY_HEAR[disclosureOf(text, disclosure)])).toEqual([]);
        }
      }
    }
  });

  test("no label names anybody, nor money", () => {
    const words = labelDefinitions(DEFAULT_POLICY).map(({ name, description }) => `${name}: ${description}`);
    expect(words.length).toBeGreaterThan(8);
    expect(words.filter((each) => /pay|paid|money|invoice/iu.test(each))).toEqual([]);
  });

  test.each(ofKind("public"))("%s speaks of a support contract, never of payment", (_, { from, texts }) => {
    for (const language of LANGUAGES)
      for (const text of texts(language))
        expect(renderPublic(text, from)).not.toMatch(/\b(?:pay(?:s|ing|ment)?|paid)\b|有償|支払|課金/iu);
  });
});

describe("privately", () => {
  test.each(ofKind("private"))("%s tells its reader no more than they may know", (_, { hears, messages }) => {
    for (const language of LANGUAGES) {
      for (const message of messages(language)) {
        const ways = [
          JSON.stringify(message),
          renderText(message).replace(/\n\s*/gu, ""),
          renderText(message),
          renderHtml(message),
          renderMarkdown(message),
          JSON.stringify(renderSlack(message)),
        ];
        for (const way of ways) expect(notAllowed(way, hears)).toEqual([]);
      }
    }
  });

  test.each(ofKind("plain"))("%s holds no more than it may", (_, { hears, texts }) => {
    for (const language of LANGUAGES) for (const text of texts(language)) expect(notAllowed(text, hears)).toEqual([]);
  });
});

test("the guard finds poison however it was escaped, and where it is allowed it is there", () => {
  expect(poisonIn("Poisoned&#83;take and P\u200boisonedWhy")).toEqual(["stake", "why"]);
  const found = new Set(
    all.flatMap(([, known]) => {
      if (known.kind === "public")
        return LANGUAGES.flatMap((each) => known.texts(each).flatMap((text) => poisonIn(renderPublic(text, "full"))));
      if (known.kind === "private")
        return LANGUAGES.flatMap((each) =>
          known.messages(each).flatMap((message) => poisonIn(JSON.stringify(message))),
        );
      return [];
    }),
  );
  // Every word that the guard looks for is put in somewhere and comes out where it may.
  expect([...found].toSorted()).toEqual([
    "customer",
    "otherCustomer",
    "otherPerson",
    "otherReference",
    "otherStake",
    "otherSummary",
    "otherTitle",
    "otherWhy",
    "otherWorkaround",
    "person",
    "pull",
    "reason",
    "reference",
    "stake",
    "summary",
    "title",
    "why",
    "workaround",
  ]);
});
