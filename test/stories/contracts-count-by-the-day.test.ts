// Contracts begin and end by the calendar, and the labels follow that very day though no webhook comes.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { startApp } from "../support/start-app.ts";

const customers = (contracts: string, more = "") => `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    logins: [sb-dev1]
${more}    contracts:
${contracts}`;
const SUBSCRIPTION = `      - { plan: subscription, tier: gold, from: 2026-03-10, until: 2026-04-10 }\n`;
const CONSULTING = `      - { plan: consulting, from: 2026-01-01, until: 2026-12-31 }\n`;
const POLICY = `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
reminders: { limit: 0 }
labels: { consulting: { name: consulting } }
contracts: { grace: 30d }
`;

describe.each(DIALECTS)("on %s", (on) => {
  test("labels come on the first day of the contract and go after the grace, at the customer's midnight", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", policy: POLICY });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    await story.importCustomers(customers(SUBSCRIPTION + CONSULTING));
    expect(story.labelsOn(patch)).toEqual([]);

    await story.advanceTo("2026-03-09T14:59:00Z");
    expect(story.labelsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-09T15:01:00Z");
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "consulting", "customer"]);

    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advanceTo("2026-04-10T14:59:00Z");
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "consulting", "customer"]);
    // Consulting counts only while the subscription is active, which in its grace it is no more.
    await story.advanceTo("2026-04-10T15:01:00Z");
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "customer"]);
    await story.advanceTo("2026-05-10T14:59:00Z");
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "customer"]);
    await story.advanceTo("2026-05-10T15:01:00Z");
    expect(story.labelsOn(patch)).toEqual([]);
    story.commentsOn(patch);
    await story.expectNothingElse();
  });
});
