// Two customers wait for one patch: each account owner's dossier speaks of their own customer alone, and each answers for it. What everybody saw
// stands in customers-keep-to-themselves.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_CUSTOMERS,
  openPatch,
  press,
  questionTo,
  seeAll,
  startEscalation,
  subjectsTo,
  wholeCase,
} from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

const CUSTOMERS = ESCALATION_CUSTOMERS.replace(
  "people:",
  `  - id: kita-rail
    name: Kita Rail
    confidential: true
    owner: { name: Abe, email: abe@acme.example, deputy: { name: Baba, email: baba@acme.example } }
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:`,
);

test.for(DIALECTS)("on %s, no account owner reads of another's customer", async (on) => {
  const story = await startEscalation({
    on,
    customers: CUSTOMERS,
    cases: [
      wholeCase("CASE-1"),
      wholeCase("CASE-2", {
        customer: "kita-rail",
        severity: "S3",
        title: "Tickets at night",
        summary: "Kita Rail cannot sell tickets at night.",
        stake: "Kita Rail leaves us.",
        workaround: "Sell them by hand.",
      }),
    ],
  });
  const patch = await openPatch(story);
  expect(await command(story, patch, { by: "dana", text: "/case link CASE-1 CASE-2\n/case escalate" })).toEqual(["+1"]);
  const people = ["sato@acme.example", "abe@acme.example", "noel@acme.example", "kenji@acme.example"];
  const { tell, text } = createTranscript(story, { on: {}, mails: people });
  tell("both account owners are asked");
  const [toSato, toAbe] = [questionTo(story, "sato@acme.example"), questionTo(story, "abe@acme.example")];
  expect(await press(story, toAbe, { answer: "wait", until: "2026-03-09", reason: "Kita Rail tests first." })).toBe(
    303,
  );
  expect(await press(story, toSato, { answer: "deciders" })).toBe(303);
  await story.settle();
  tell("Abe waits, Sato puts it before the deciders");

  for (const [address, path, others] of [
    ["sato@acme.example", toSato, /Kita|Abe|tickets|CASE-2|by hand/],
    ["abe@acme.example", toAbe, /Shinshu|Sato|CASE-1|renewal/],
  ] as const) {
    for (const mail of story.mailsTo(address)) expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(others);
    const page = await (await fetch(`${story.url}${path}`)).text();
    expect(page).not.toMatch(others);
  }
  story.commentsOn(patch);
  story.labelsOn(patch);
  story.mailsTo("dana@acme.example");
  await expect(text()).toMatchFileSnapshot("customers-keep-to-themselves.txt");
  await story.expectNothingElse();
});

test.for(DIALECTS)("on %s, a wait or a no holds once every customer's side has answered", async (on) => {
  const story = await startEscalation({
    on,
    customers: CUSTOMERS,
    cases: [wholeCase("CASE-1", { severity: "S3" }), wholeCase("CASE-2", { customer: "kita-rail", severity: "S3" })],
  });
  const patch = await openPatch(story);
  expect(await command(story, patch, { by: "dana", text: "/case link CASE-1 CASE-2\n/case escalate" })).toEqual(["+1"]);
  const [toSato, toAbe] = [questionTo(story, "sato@acme.example"), questionTo(story, "abe@acme.example")];
  const state = async () =>
    (await story.database.db.selectFrom("escalations").select("state").executeTakeFirstOrThrow()).state;

  expect(await press(story, toAbe, { answer: "no", reason: "They can live with it." })).toBe(303);
  expect(await state()).toBe("owner");
  await story.advanceTo("2026-03-04T03:00:00Z");
  // Only Sato's side has not answered.
  expect(await state()).toBe("owner-again");
  expect(subjectsTo(story, "sato@acme.example")).toHaveLength(2);
  expect(subjectsTo(story, "mori@acme.example")).toHaveLength(1);
  expect(subjectsTo(story, "abe@acme.example")).toHaveLength(1);
  expect(subjectsTo(story, "baba@acme.example")).toHaveLength(0);
  expect(await press(story, toSato, { answer: "wait", until: "2026-03-09", reason: "Their year closes." })).toBe(303);
  expect(await state()).toBe("owner-waits");
  await story.advanceTo("2026-03-09T03:00:00Z");
  // The day has come, and both are asked anew.
  expect(await state()).toBe("owner");
  expect(subjectsTo(story, "abe@acme.example")).toHaveLength(2);
  expect(subjectsTo(story, "sato@acme.example")).toHaveLength(3);

  expect(subjectsTo(story, "dana@acme.example")).toEqual([
    "The account owner does not put it before the deciders: acme-db/engine#1",
    "The account owner waits: acme-db/engine#1",
  ]);
  seeAll(story, patch);
  story.mailsTo("kenji@acme.example");
  await story.expectNothingElse();
});
