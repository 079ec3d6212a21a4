// The set-up page in a real browser: what only a browser does with cookies, redirects and the content security policy.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { startUnconfigured } from "../setup/process.ts";
import { openBrowser } from "../support/board/browser.ts";
import { startGitHub } from "../support/github/github.ts";
import { ACME, SECRET } from "../support/start-app.ts";

test("somebody elsewhere makes the App with the code, by pressing buttons alone", { timeout: 120_000 }, async () => {
  const github = await startGitHub({ webhookSecret: SECRET, ...ACME, installations: [], repositories: [] });
  onTestFinished(() => github.close());
  const server = await startUnconfigured({ github });
  const { browser, close } = await openBrowser();
  onTestFinished(close);
  // Under another name than the machine's own, the code is asked for.
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // What a browser notes about a form that came back.
    if (!message.text().includes("status of 422")) complaints.push(message.text());
  });
  const looksRight = async () => {
    complaints.push(...(await seriousFaults(page)));
    const isTooWide = await page.evaluate<boolean>("document.documentElement.scrollWidth > innerWidth");
    if (isTooWide) complaints.push(`${page.url()} is wider than a phone`);
  };

  await page.goto(`http://127.0.0.1:${server.port}/?code=${server.code}`);
  await looksRight();
  await page.getByRole("button", { name: "Open the set-up page" }).click();
  await looksRight();
  await page.getByLabel("Organisation").fill("acme-db");
  await page.getByLabel("Public address of this server").fill("http://localhost:3000");
  await page.getByRole("button", { name: "Next, and show them once" }).click();
  expect(await page.getByRole("alert").textContent()).toBe("Nothing was done yet: please look at the marked fields.");
  expect(await page.getByLabel("Organisation").inputValue()).toBe("acme-db");
  await looksRight();
  await page.getByLabel("Public address of this server").fill("https://patches.acme.example");
  await page.getByRole("button", { name: "Next, and show them once" }).click();
  await looksRight();
  await page.getByRole("button", { name: /^Make the App at / }).click();
  expect(new URL(page.url()).pathname).toBe("/setup/credentials");
  expect(await page.getByLabel("All of them, a line each").inputValue()).toMatch(
    /^APP_ID=4242\nPRIVATE_KEY=[\w+/=]+\n/,
  );
  await looksRight();
  await page.getByRole("button", { name: "I have stored them: start Patch Advocate" }).click();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Patch Advocate runs");
  await looksRight();

  expect(complaints).toEqual([]);
  expect(await server.stop()).toBe(0);
});

async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
  return found.map((each) => `${new URL(page.url()).pathname} ${each}`);
}
