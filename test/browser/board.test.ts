// Every page of the board in a real browser: at two widths, in both themes and both languages. Nothing is found by axe that keeps anybody
// out, nothing is complained of by the browser, nothing is wider than its window.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenBrowser, openBrowser } from "../support/board/browser.ts";
import { type Watched, watchStory } from "../support/board/watch.ts";
import { LOOKED_AT, type Looked } from "./pages.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [375, 1440] as const;
const THEMES = ["light", "dark"] as const;

let watched: Watched;
let open: OpenBrowser;

beforeAll(async () => {
  [watched, open] = await Promise.all([watchStory(), openBrowser()]);
}, 300_000);

afterAll(async () => {
  await open.close();
  await watched.close();
});

describe.each(["en", "ja"] as const)("the board in %s", (language) => {
  test.each(LOOKED_AT.map((looked) => [looked.name, looked] as const))(
    "%s",
    async (_, looked) => {
      const context = await contextFor(looked, language);
      try {
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (["error", "warning"].includes(message.type())) complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(error.message));
        const path = looked.path ?? `${await watched.customersPage()}?language=${language}`;
        const answer = await page.goto(`${watched.stage.url}${path}`);
        const isMissing = looked.name === "missing";
        expect(answer?.status()).toBe(isMissing ? 404 : 200);
        expect(await page.getAttribute("html", "lang")).toBe(language);
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            expect(await widerThanWindow(page), `wider than ${width}`).toEqual([]);
          }
          expect(await barriers(page), `in ${theme}`).toEqual([]);
        }
        // The browser itself says so of every page that is not there.
        expect(complaints.filter((text) => !(isMissing && text.includes("404")))).toEqual([]);
      } finally {
        await context.close();
      }
    },
    60_000,
  );
});

async function contextFor({ as }: Looked, language: "en" | "ja"): Promise<BrowserContext> {
  const context = await open.browser.newContext({ locale: language, viewport: { width: 1440, height: 900 } });
  const { stage } = watched;
  await context.addCookies([{ name: "reading", value: `${language}.auto`, url: stage.url }]);
  if (as === null) return context;
  await context.addCookies([await watched.cookieFor(as)]);
  return context;
}

/** What axe finds that keeps somebody out (https://github.com/dequelabs/axe-core: impact serious or critical), as `rule: where`. */
async function barriers(page: Page): Promise<readonly string[]> {
  const found: unknown = await page.evaluate(`${AXE};
    axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200))))`);
  return Array.isArray(found) ? found.map(String) : [String(found)];
}

/** What stands out at the right and is not in a box that scrolls by itself. */
async function widerThanWindow(page: Page): Promise<readonly string[]> {
  const found: unknown = await page.evaluate(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll("main *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.closest(".wide, pre") === null)
      .map((element) => element.outerHTML.slice(0, 120)).slice(0, 5).concat("scrolls sideways");
  })()`);
  return Array.isArray(found) ? found.map(String) : [String(found)];
}
