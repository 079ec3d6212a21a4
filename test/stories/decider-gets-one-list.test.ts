// More decisions a week than a decider is to be asked for become one ranked list; only what is urgent goes out all the same.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  ESCALATION_CUSTOMERS,
  escalated,
  seeAll,
  startEscalation,
  subjectsTo,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";

test.for(DIALECTS)("on %s, the fourth decision of a week goes into one list, gravest first", async (on) => {
  const severities = ["S3", "S3", "S3", "S3", "S2", "S2", "S1"];
  const story = await startEscalation({
    on,
    // The account owner's own word puts it before the deciders at once.
    customers: ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,"),
    cases: severities.map((severity, index) =>
      wholeCase(`CASE-${index + 1}`, { severity, title: `Trouble ${index + 1}` }),
    ),
  });
  const patches = [];
  for (const [index] of severities.entries())
    patches.push(await escalated(story, { reference: `CASE-${index + 1}`, title: `Fix ${index + 1}`, by: "sato-k" }));
  // One of those that wait for the list is decided before it goes out.
  await story.github.as("mira").merge(patches[4] as never);
  await story.settle();
  seeAll(story, ...patches);
  expect(subjectsTo(story, "noel@acme.example")).toEqual([
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#1 (severity S3)",
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#2 (severity S3)",
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#3 (severity S3)",
    "Urgent: Decision asked for by Thursday 5 March 2026: acme-db/engine#7 (severity S1)",
  ]);

  await story.advanceTo("2026-03-03T02:00:00Z");
  const list = story.mailsTo("noel@acme.example").slice(4);
  expect(
    list.map(({ subject, text }) => `${subject}\n\n${text.replaceAll(story.github.webUrl, "https://github.example")}`),
  ).toMatchInlineSnapshot(`
    [
      "2 more decisions asked for, gravest first

    You have had as many single requests this week as you are sent at most.
    These wait for a decision as well:

    - acme-db/engine#6: Fix 6
      <https://github.example/acme-db/engine/pull/6>: severity S2; waiting
      since Monday 2 March 2026: Shinshu Bank; a decision is asked for by
      Thursday 5 March 2026
    - acme-db/engine#4: Fix 4
      <https://github.example/acme-db/engine/pull/4>: severity S3; waiting
      since Monday 2 March 2026: Shinshu Bank; a decision is asked for by
      Thursday 5 March 2026

    Taking it, taking it with changes, no or later: each settles it, in a
    word on the pull request.",
    ]
  `);
  for (const address of TEAM) story.mailsTo(address);
  await story.expectNothingElse();
});
