// The page and its files whole, in both languages, of a small organisation; charts with every number of their markup.
import { describe, expect, test } from "vitest";
import type { Viewer } from "../../src/board/viewer.ts";
import { csvOf } from "../../src/insights/csv.ts";
import { FIGURES } from "../../src/insights/insight.ts";
import { insightsBody } from "../../src/insights/page.ts";
import { at } from "../patches/builders.ts";
import { pageText } from "../support/board/page-text.ts";
import { smallInsights } from "./builders.ts";

const viewer = (language: Viewer["language"]): Viewer => ({
  language,
  timezone: "Asia/Tokyo",
  theme: "auto",
  person: { kind: "github", id: 1, login: "mira", name: "Mira" },
  personKey: "github:1",
  owner: { ownerId: 1, login: "acme-db", type: "Organization", installationId: 7 },
  roles: new Set(["support"]),
  customerIds: new Set(),
  isLimited: false,
  repositoryIds: [],
  csrf: "",
  checkedAt: at("2026-04-01T00:00:00Z"),
  isStale: false,
});

const CHOICES = {
  customers: [{ id: "shinshu-bank", name: `Shinshu <Bank> "East"` }],
  repositories: [{ id: 1, name: "engine" }],
};

describe.each(["en", "ja"] as const)("in %s", (language) => {
  test("the page tells every figure", async () => {
    const insights = smallInsights("mira");
    const unknown = [{ filter: "customer", value: "<script>" }] as const;
    const body = await insightsBody({ viewer: viewer(language), insights, unknown, choices: CHOICES });
    await expect(pageText({ body: String(body) })).toMatchFileSnapshot(`page-${language}.txt`);
  });

  test("without any patch it says what to do first, and where none matches to choose otherwise", async () => {
    const nothing = { ...smallInsights(null), patches: 0, waiting: { maintainers: [], authors: [] } };
    const shown = { viewer: viewer(language), unknown: [], choices: { ...CHOICES, customers: null } };
    const empty = await insightsBody({ ...shown, insights: { ...nothing, isAnyKnown: false } });
    const narrowed = await insightsBody({ ...shown, insights: nothing });
    await expect(`${pageText({ body: String(empty) })}\n\n${pageText({ body: String(narrowed) })}`).toMatchFileSnapshot(
      `empty-${language}.txt`,
    );
  });
});

test("charts are drawn with classes and presentation attributes alone", async () => {
  const insights = smallInsights("mira");
  const body = String(await insightsBody({ viewer: viewer("en"), insights, unknown: [], choices: CHOICES }));
  const charts = body.match(/<svg class="chart"[\s\S]*?<\/svg>/g) ?? [];
  expect(body).not.toMatch(/ style=|<script|<style/);
  await expect(charts.join("\n\n")).toMatchFileSnapshot("charts.svg.txt");
});

test("each figure is a file for a spreadsheet", async () => {
  const insights = smallInsights(null);
  const files = FIGURES.map((figure) => `${figure}.csv\n${csvOf(figure, insights)}`);
  await expect(files.join("\n").replaceAll("\r\n", "\n")).toMatchFileSnapshot("files.txt");
});
