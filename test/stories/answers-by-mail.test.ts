// The account owner answers behind the link of a mail: to wait, and then not to; whoever linked the case hears the reason each time.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { type Story, startApp } from "../support/start-app.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
escalation: { deciders: [noel] }
digest: false
cases: { repositories: [acme-db/cases] }
`;

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example }
  - { github: noel, name: Noel, email: noel@acme.example }
`;

async function escalate(story: Story) {
  const { github } = story;
  const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Export in pieces" });
  const ticket = await github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Nightly export stops",
    body: "Customer: shinshu-bank\nSeverity: S3",
  });
  await github.as("kenji").comment(patch, "/case link acme-db/cases#1");
  const words =
    "/case summary The export stops at 2 GB.\n/case stake The renewal depends on it.\n/case workaround none";
  await github.as("kenji").comment(ticket, words);
  await story.settle();
  await story.advance({ hours: 1 });
  await github.as("kenji").comment(patch, "/case escalate The customer asks daily");
  await story.settle();
  return { patch, ticket };
}

const linkIn = (text: string | undefined) => /\/answer\/[\w-]{43}/.exec(text ?? "")?.[0] ?? "";

describe.each(DIALECTS)("on %s", (on) => {
  test("waiting until a day asks again on that day, and a no goes back for good", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: CUSTOMERS,
      channels: ["mail"],
      github: withOwnerPolicy(POLICY),
    });
    const { patch, ticket } = await escalate(story);
    const mails = () => story.mailsTo("sato@acme.example");
    const toKenji = () => story.mailsTo("kenji@acme.example").map(({ subject }) => subject);
    expect(mails()).toHaveLength(1);
    const link = linkIn(mails()[0]?.text);
    const send = async (path: string, form: Record<string, string>) => {
      const response = await fetch(`${story.url}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
        body: new URLSearchParams(form).toString(),
      });
      await story.settle();
      return response.status;
    };

    // A mail scanner opens every link, twice.
    for (const method of ["HEAD", "GET", "GET"]) await fetch(`${story.url}${link}`, { method });
    await story.settle();
    const before = toKenji().length;

    expect(await send(link, { answer: "wait", until: "2026-03-10", reason: "Their year closes first." })).toBe(303);
    expect(await send(link, { answer: "deciders" })).toBe(200);
    expect(toKenji().slice(before)).toEqual(["The account owner waits: acme-db/engine#1"]);
    expect(story.mailsTo("kenji@acme.example").at(-1)?.text).toContain("Their year closes first.");
    expect(await (await fetch(`${story.url}${link}`)).text()).toContain("Wait until 2026-03-10.");

    await story.advanceTo("2026-03-09T18:00:00Z");
    expect(mails()).toHaveLength(1);
    await story.advanceTo("2026-03-10T12:00:00Z");
    expect(mails()).toHaveLength(2);
    const second = linkIn(mails()[1]?.text);
    expect(second).not.toBe(link);

    expect(await send(second, { answer: "no", reason: "They can live with it." })).toBe(303);
    expect(story.mailsTo("kenji@acme.example").at(-1)?.text).toContain("They can live with it.");
    // The first link still tells what was answered to it.
    expect(await (await fetch(`${story.url}${link}`)).text()).toContain("Wait until 2026-03-10.");

    await story.advanceTo("2026-03-13T17:00:00Z");
    expect(mails()).toHaveLength(2);
    expect(story.mailsTo("noel@acme.example")).toEqual([]);
    story.commentsOn(patch);
    story.labelsOn(patch);
    story.commentsOn(ticket);
    const commands = story.github.commentsOn(patch);
    for (const comment of [...commands, ...story.github.commentsOn(ticket)]) story.reactionsOn(comment);
    await story.expectNothingElse();
  });
});
