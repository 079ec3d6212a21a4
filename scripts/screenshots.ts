// Takes the pictures of README and docs: the demo's story told to its end, its board in a real browser. `npm run screenshots`.
// With `-- --all FOLDER` every page is taken, at two widths, in both themes and languages, for somebody to look at.
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { LOOKED_AT, type Looked } from "../test/browser/pages.ts";
import { openBrowser } from "../test/support/board/browser.ts";
import { type Watched, watchStory } from "../test/support/board/watch.ts";

type Picture = {
  readonly file: string;
  readonly page: string;
  readonly width: number;
  readonly theme: "light" | "dark";
  readonly language: "en" | "ja";
};

const IMAGES = "docs/images";
const IN_DOCS: readonly Picture[] = [
  { file: "board-waiting", page: "waiting", width: 1100, theme: "light", language: "en" },
  { file: "board-waiting-phone-ja", page: "waiting", width: 390, theme: "dark", language: "ja" },
  { file: "board-patch", page: "patch", width: 1100, theme: "light", language: "en" },
  { file: "board-customer", page: "customer", width: 1100, theme: "light", language: "en" },
  { file: "board-insights", page: "insights", width: 1100, theme: "dark", language: "en" },
  { file: "customers-page-ja", page: "customers-page", width: 390, theme: "light", language: "ja" },
  { file: "board-observe", page: "observe", width: 1100, theme: "light", language: "en" },
];

const { all } = parseArgs({ options: { all: { type: "string" } } }).values;
const folder = all ?? IMAGES;
mkdirSync(folder, { recursive: true });
const pictures = all === undefined ? IN_DOCS : LOOKED_AT.flatMap(({ name }) => everyWay(name));

const watched = await watchStory();
const { browser, close } = await openBrowser();
for (const picture of pictures) {
  await take(browser, watched, picture);
  console.log(`${folder}/${picture.file}.png`);
}
await close();
await watched.close();

/** Each dimension twice, without every combination of them. */
function everyWay(page: string): readonly Picture[] {
  return [
    { file: `${page}-desk`, page, width: 1280, theme: "light", language: "en" },
    { file: `${page}-phone`, page, width: 375, theme: "dark", language: "ja" },
    { file: `${page}-wide`, page, width: 1920, theme: "dark", language: "en" },
    { file: `${page}-desk-ja`, page, width: 1280, theme: "light", language: "ja" },
  ];
}

async function take(browser: Browser, { stage, cookieFor, customersPage }: Watched, picture: Picture): Promise<void> {
  const looked: Looked | undefined = LOOKED_AT.find(({ name }) => name === picture.page);
  if (looked === undefined) throw new Error(`there is no page ${picture.page} in test/browser/pages.ts`);
  const context = await browser.newContext({
    viewport: { width: picture.width, height: 800 },
    colorScheme: picture.theme,
    locale: picture.language,
  });
  await context.addCookies([{ name: "reading", value: `${picture.language}.auto`, url: stage.url }]);
  if (looked.as !== null) await context.addCookies([await cookieFor(looked.as)]);
  const page = await context.newPage();
  const path = looked.path ?? `${await customersPage()}?language=${picture.language}`;
  const answer = await page.goto(`${stage.url}${path}`);
  if (answer?.status() !== 200 && looked.name !== "missing") console.error(`${path}: ${answer?.status()}`);
  await page.screenshot({ path: `${folder}/${picture.file}.png`, fullPage: true });
  await context.close();
}
