// The founding story, clicked through in a real browser in which no script runs: a fix lies, support asks for the next step up, the person
// who owns the account puts it before those who decide, it is merged and shipped, and the board shows what that changed.
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, type Stage } from "../../src/demo/stage.ts";
import { CUSTOMERS, WORLD } from "../../src/demo/world.ts";
import { type OpenBrowser, openBrowser } from "../support/board/browser.ts";

const SUMMARY =
  "The disk fills up every night, because space is given back only once the export has ended. The fix gives it back at once.";

type Known = { readonly title: string; readonly fields: Readonly<Record<string, string>>; readonly press: string };

let stage: Stage;
let open: OpenBrowser;

beforeAll(async () => {
  stage = await openStage({ now: "2026-07-27T10:00:00+09:00", github: WORLD });
  open = await openBrowser();
  await stage.bringCustomers(CUSTOMERS);
  stage.github.announceInstallations();
  await stage.settle();
}, 120_000);

afterAll(async () => {
  await open.close();
  await stage.close();
});

test("a fix that lies is put before those who decide, by people who only open pages and press buttons", async () => {
  const { github } = stage;
  const dana = await browserWithoutScripts();
  await dana.goto(`${stage.url}/sign-in`);
  await dana.getByRole("link", { name: "Sign in with GitHub" }).click();
  await dana.getByRole("button", { name: "dana" }).click();
  expect(await headingOf(dana)).toBe("Waiting");

  await github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Space is not given back while the export runs",
    body: "Customer: shinshu-bank\nSeverity: S2",
  });
  const patch = await github.as("kenji").openPullRequest({
    repository: "acme-db/engine",
    title: "Give space back while an export runs",
    body: "Case: acme-db/cases#1",
  });
  await stage.settle();
  await stage.moveTo("2026-08-06T09:30:00+09:00");

  await dana.goto(`${stage.url}/o/acme-db`);
  await dana.getByRole("link", { name: "Give space back while an export runs" }).click();
  expect(await headingOf(dana)).toBe("Give space back while an export runs");
  const known: readonly Known[] = [
    { title: "What is wrong", fields: { "summary-1-words": SUMMARY }, press: "Keep the summary" },
    {
      title: "Stake",
      fields: { "stake-1-words": "Their new branch goes live in September." },
      press: "Keep the stake",
    },
    {
      title: "Workaround",
      fields: { "workaround-1-words": "Somebody deletes files by hand, every morning." },
      press: "Keep the workaround",
    },
    {
      title: "Needed by",
      fields: { "needed-by-1-date": "2026-08-31", "needed-by-1-why": "The new branch." },
      press: "Keep the day",
    },
  ];
  for (const { title, fields, press } of known) {
    await unfold(dana, "Change what is known of acme-db/cases#1");
    await unfold(dana, title);
    for (const [id, words] of Object.entries(fields)) await dana.locator(`#${id}`).fill(words);
    await dana.getByRole("button", { name: press }).click();
    await stage.settle();
  }
  expect(await dana.getByRole("table").first().textContent()).toContain(SUMMARY);

  await unfold(dana, "Escalate");
  await dana.locator("#escalate-reason").fill("Their new branch goes live in September.");
  await dana.getByRole("button", { name: "Show what will be said" }).click();
  const writes = github.writes().length;
  expect(await dana.getByText("Sato (account owner)").count()).toBe(1);
  expect(await dana.getByText("Nothing is written on the pull request.").count()).toBe(1);
  await dana.locator("form button.go").click();
  await stage.settle();
  expect(github.writes().length).toBe(writes);

  // Sato has no account on GitHub. She reads her mail, and presses one button.
  const asked = stage.mails.findLast(({ recipients }) => recipients.includes("sato@acme.example"));
  const sato = await browserWithoutScripts();
  await sato.goto(/https?:\S+\/answer\/[\w-]+/.exec(asked?.text ?? "")?.[0] ?? "");
  await sato.getByRole("button", { name: "Put it before the deciders" }).click();
  await stage.settle();
  await sato.goto(`${stage.url}/o/acme-db`);
  await sato.getByLabel("E-mail address").fill("sato@acme.example");
  await sato.getByRole("button", { name: "Send me a link" }).click();
  expect(await headingOf(sato)).toBe("Look into your mailbox");
  await sato.goto(await mailedLink());
  await sato.getByRole("button", { name: "Sign in" }).click();
  expect(await headingOf(sato)).toBe("Waiting");
  await sato.getByRole("link", { name: "Give space back while an export runs" }).click();
  expect(await sato.locator("#content").textContent()).toContain("Those who decide were asked");

  await stage.moveTo("2026-08-07T15:00:00+09:00");
  await github.as("mira").review(patch, { state: "APPROVED", body: "Clean, and it has a test." });
  await stage.settle();
  await github.as("mira").merge(patch);
  await stage.moveTo("2026-08-10T10:00:00+09:00");
  await github.as("mira").createRelease("acme-db/engine", { tag: "v4.3", name: "Engine 4.3" });
  await stage.moveTo("2026-08-10T10:05:00+09:00");

  await sato.reload();
  expect(await sato.locator("#content").textContent()).toContain("Merged on 7 Aug 2026. Shipped in v4.3.");
  await sato.getByRole("link", { name: "Insights" }).click();
  const comparison = sato.getByRole("table", { name: "Days before and after the escalation" });
  expect(await comparison.getByRole("row").nth(1).textContent()).toContain("Opening to escalation");
  await sato.getByRole("button", { name: "Sign out" }).click();
  await sato.goto(`${stage.url}/o/acme-db/insights`);
  expect(await headingOf(sato)).toBe("Sign in");
  expect(github.violations).toEqual([]);
}, 120_000);

async function browserWithoutScripts(): Promise<Page> {
  const context: BrowserContext = await open.browser.newContext({ javaScriptEnabled: false, locale: "en-GB" });
  return context.newPage();
}

const headingOf = (page: Page): Promise<string | null> => page.locator("h1").textContent();

/** Opens what is folded away under these words. */
const unfold = (page: Page, words: string): Promise<void> =>
  page.locator("summary", { hasText: new RegExp(`^${words}$`) }).click();

async function mailedLink(): Promise<string> {
  await stage.settle();
  const mail = stage.mails.findLast(({ text }) => text.includes("/sign-in/link/"));
  return /https?:\S+\/sign-in\/link\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "";
}
