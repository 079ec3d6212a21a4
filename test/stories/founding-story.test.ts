// The story for which the product exists, whole: months of silence, then reminders, the account owner, those who decide, a decision within
// days, the release, and the case that is told. What everybody saw stands in founding-story.txt.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { startApp } from "../support/start-app.ts";
import { createTranscript } from "../support/transcript.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
escalation: { deciders: [noel] }
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00", holidays: JP }
digest: false
cases: { repositories: [acme-db/cases] }
`;

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner:
      { name: Sato, email: sato@acme.example, language: ja, deputy: { name: Mori, email: mori@acme.example, language: ja } }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example, timezone: Asia/Tokyo }
  - { github: dana, name: Dana, email: dana@acme.example, timezone: Asia/Tokyo }
  - { github: noel, name: Noel, email: noel@acme.example, timezone: Asia/Tokyo }
`;

const PEOPLE = [
  "sato@acme.example",
  "mori@acme.example",
  "kenji@acme.example",
  "dana@acme.example",
  "noel@acme.example",
];

describe.each(DIALECTS)("on %s", (on) => {
  test("a patch that lay for months is decided within days, once somebody with weight puts it before those who decide", async () => {
    const story = await startApp({
      on,
      now: "2025-11-04T01:00:00Z",
      customers: CUSTOMERS,
      isInstalled: false,
      channels: ["mail", "webhook"],
      github: withOwnerPolicy(POLICY),
    });
    const { github } = story;
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Export tables larger than 2 GB" });
    const ticket = await github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Nightly export stops at 2 GB",
      body: "Since the upgrade the export ends without an error.\n\nCustomer: shinshu-bank\nSeverity: S2",
    });
    const { tell, text } = createTranscript(story, { on: { "the patch": patch, "the case": ticket }, mails: PEOPLE });

    await story.advanceTo("2026-02-16T00:30:00Z");
    tell("nothing has been heard for three months; now acme-db installs the app");
    github.announceInstallations();
    await story.settle();
    tell("the app has read what was there");

    const linked = await github.as("kenji").comment(patch, "/case link acme-db/cases#1");
    const said = await github
      .as("kenji")
      .comment(
        ticket,
        "/case summary The nightly export of Shinshu Bank stops at 2 GB; the fix writes large tables in pieces.\n/case stake The renewal in March depends on it.\n/case workaround Export by hand, table by table.\n/case needed-by 2026-03-31 The year closes.",
      );
    await story.settle();
    expect([...story.reactionsOn(linked), ...story.reactionsOn(said)]).toEqual(["+1", "+1"]);
    tell("kenji, the consultant, links the case and says what it is about");

    await story.advanceTo("2026-02-17T00:30:00Z");
    tell("the maintainers are reminded");
    await story.advanceTo("2026-02-26T00:30:00Z");
    tell("and once more, past a holiday");
    await story.advanceTo("2026-03-03T02:00:00Z");
    tell("nobody has answered: the account owner is asked");

    const token = /\/answer\/([\w-]{43})/.exec(story.mailsTo("sato@acme.example").at(-1)?.text ?? "")?.[1];
    const page = await fetch(`${story.url}/answer/${token}`);
    expect(page.status).toBe(200);
    await story.settle();
    tell("Sato opens the page, which does nothing yet");
    const pressed = await fetch(`${story.url}/answer/${token}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      body: "answer=deciders",
    });
    expect(pressed.status).toBeLessThan(400);
    await story.settle();
    tell("Sato presses: put it before the deciders");

    await story.advanceTo("2026-03-04T05:00:00Z");
    await github.as("mira").review(patch, { state: "APPROVED", body: "We can take this. Thank you for the pieces." });
    await story.settle();
    tell("the next day a maintainer approves it");
    await github.as("mira").merge(patch);
    await story.settle();
    tell("and merges it");

    await story.advanceTo("2026-03-11T03:00:00Z");
    await github.as("mira").createRelease("acme-db/engine", { tag: "v2.4.0", name: "Engine 2.4" });
    await story.settle();
    tell("a week later a release contains it");
    await story.advanceTo("2026-04-20T03:00:00Z");
    tell("then nothing more is said");

    await expect(text()).toMatchFileSnapshot("founding-story.txt");
    await story.expectNothingElse();
  });
});
