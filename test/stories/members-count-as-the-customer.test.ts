// Who belongs to a customer's organisation is the customer: whoever shows it, and the others only where the app is installed there as well.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { ACME, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    organizations: [shinshu-bank]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
`;
const LABELLED = ["customer", "awaiting maintainer"];

const start = (on: (typeof DIALECTS)[number]) =>
  startApp({
    on,
    now: NOW,
    customers: CUSTOMERS,
    github: {
      organizations: [
        ...(ACME.organizations ?? []),
        { login: "shinshu-bank", owners: ["sb-owner"], publicMembers: ["sb-open"], members: ["sb-shy"] },
      ],
      users: ["newcomer"],
    },
  });

const open = async (story: Story, author: string): Promise<ConversationRef> => {
  const patch = await story.github
    .as(author)
    .openPullRequest({ repository: "acme-db/engine", title: `Fix it, by ${author}` });
  await story.settle();
  expect(story.commentsOn(patch)).toEqual([]);
  return patch;
};

describe.each(DIALECTS)("on %s", (on) => {
  test("who shows the membership is labelled as the customer, who keeps it private is not", async () => {
    const story = await start(on);
    const shown = await open(story, "sb-open");
    const hidden = await open(story, "sb-shy");
    const foreign = await open(story, "newcomer");
    expect(story.labelsOn(shown)).toEqual(LABELLED);
    expect(story.labelsOn(hidden)).toEqual([]);
    expect(story.labelsOn(foreign)).toEqual([]);
    await story.expectNothingElse();
  });

  test("where the app is installed in the customer's organisation private members count, and joining and leaving relabel", async () => {
    const story = await start(on);
    story.github.install("shinshu-bank", "all");
    await story.settle();
    const hidden = await open(story, "sb-shy");
    const joining = await open(story, "newcomer");
    expect(story.labelsOn(hidden)).toEqual(LABELLED);
    expect(story.labelsOn(joining)).toEqual([]);

    story.github.addOrganizationMember("shinshu-bank", "newcomer");
    await story.settle();
    expect(story.labelsOn(joining)).toEqual(LABELLED);
    story.github.removeOrganizationMember("shinshu-bank", "newcomer");
    story.github.removeOrganizationMember("shinshu-bank", "sb-shy");
    await story.settle();
    expect(story.labelsOn(joining)).toEqual([]);
    expect(story.labelsOn(hidden)).toEqual([]);
    await story.expectNothingElse();
  });

  test("who joins in public is labelled when the app hears of it", async () => {
    const story = await start(on);
    story.github.install("shinshu-bank", "all");
    await story.settle();
    const patch = await open(story, "newcomer");
    expect(story.labelsOn(patch)).toEqual([]);
    story.github.addOrganizationMember("shinshu-bank", "newcomer", { isPublic: true });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(LABELLED);
    await story.expectNothingElse();
  });

  test("the app comes to the customer's organisation and leaves it again: what its private members have open follows", async () => {
    const story = await start(on);
    const patch = await story.github.as("sb-shy").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    story.github.install("shinshu-bank", "all");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(LABELLED);
    story.github.uninstall("shinshu-bank");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
