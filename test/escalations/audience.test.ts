// What asking who hears of a step costs at GitHub: whether deciders have left is asked only when something is put before them.
import { expect, test } from "vitest";
import { ESCALATION_CUSTOMERS, escalated, seeAll, startEscalation, TEAM, wholeCase } from "../support/escalating.ts";

test("the account owner is asked without asking GitHub about deciders", async () => {
  const story = await startEscalation({ on: "sqlite", cases: [wholeCase("CASE-1")] });
  const patch = await escalated(story, { reference: "CASE-1" });

  expect(story.mailsTo("sato@acme.example")).toHaveLength(1);
  expect(story.github.requests.filter(({ path }) => path.includes("/members/noel"))).toEqual([]);
  seeAll(story, patch);
  for (const address of TEAM) story.mailsTo(address);
  await story.expectNothingElse();
});

test("an answer that ends the asking asks nothing of GitHub about deciders", async () => {
  const story = await startEscalation({
    on: "sqlite",
    customers: ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,"),
    cases: [wholeCase("CASE-1")],
  });
  const asked = () => story.github.requests.filter(({ path }) => path.includes("/members/noel")).length;
  const patch = await escalated(story, { reference: "CASE-1", by: "sato-k" });
  const before = asked();
  expect(before).toBeGreaterThan(0);

  await story.github.as("mira").comment(patch, "Why not in one piece?");
  await story.settle();

  expect(asked()).toBe(before);
  seeAll(story, patch);
  for (const address of TEAM) story.mailsTo(address);
  await story.expectNothingElse();
});
