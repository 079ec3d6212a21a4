// Whatever comes twice, each step is taken once: deliveries, commands in edited comments, presses of one link, and two processes that decide
// the same patch.
import { expect, test } from "vitest";
import { stepsOf } from "../../src/escalations/store.ts";
import { DIALECTS } from "../support/databases.ts";
import { escalated, press, questionTo, startEscalation, subjectsTo, TEAM, wholeCase } from "../support/escalating.ts";
import type { Story } from "../support/start-app.ts";

const stepKinds = async ({ database }: Story) => {
  const { id } = await database.db.selectFrom("patches").select("id").executeTakeFirstOrThrow();
  return (await stepsOf(database.db, id)).map(({ kind }) => kind);
};

test.for(DIALECTS)("on %s, what is delivered or pressed again moves nothing", async (on) => {
  const story = await startEscalation({ on, channels: ["mail", "webhook"], cases: [wholeCase("CASE-1")] });
  const { github } = story;
  const again = async () => {
    for (const delivery of [...github.deliveries]) github.redeliver(delivery.guid);
    await story.settle();
  };
  const patch = await escalated(story, { reference: "CASE-1" });
  await again();
  expect(await stepKinds(story)).toEqual(["ask-owner"]);

  const question = questionTo(story, "sato@acme.example");
  const yes = { answer: "deciders" } as const;
  const statuses = await Promise.all([press(story, question, yes), press(story, question, yes)]);
  expect(statuses).toContain(303);
  expect(await press(story, question, { answer: "no", reason: "Too late" })).toBe(200);
  await again();

  expect(await stepKinds(story)).toEqual(["ask-owner", "answer-deciders", "ask-deciders"]);
  expect(story.commentsOn(patch)).toHaveLength(1);
  expect(story.labelsOn(patch)).toContain("escalated");
  expect(TEAM.map((address) => subjectsTo(story, address).length)).toEqual([1, 0, 1, 0, 1]);
  expect(story.hooks().map(({ body }) => (body as { type: string }).type)).toEqual([
    "case.linked",
    "escalation.step",
    "escalation.step",
  ]);
  await story.expectNothingElse();
});

test.for(DIALECTS.filter((each) => each === "postgres"))("on %s, of two processes one takes each step", async (on) => {
  const story = await startEscalation({
    on,
    channels: ["mail", "webhook"],
    cases: [wholeCase("CASE-1"), wholeCase("CASE-2")],
  });
  const other = await story.startAnother();
  const patches = [await escalated(story, { reference: "CASE-1" }), await escalated(story, { reference: "CASE-2" })];
  const links = story.mailsTo("sato@acme.example").map(({ text }) => /\/answer\/[\w-]{43}/.exec(text)?.[0] ?? "");
  const elsewhere: Story = { ...story, url: other };
  const yes = { answer: "deciders" } as const;
  const statuses = await Promise.all(links.flatMap((link) => [press(story, link, yes), press(elsewhere, link, yes)]));
  expect(statuses).toContain(303);
  await story.advanceTo("2026-03-06T02:00:00Z");

  const steps = await story.database.db.selectFrom("escalation_steps").select("kind").orderBy("id").execute();
  expect(steps.map(({ kind }) => kind).toSorted()).toEqual([
    "answer-deciders",
    "answer-deciders",
    "ask-deciders",
    "ask-deciders",
    "ask-deciders",
    "ask-deciders",
    "ask-owner",
    "ask-owner",
  ]);
  expect(patches.map((patch) => story.commentsOn(patch).length)).toEqual([1, 1]);
  expect(patches.map((patch) => story.labelsOn(patch).includes("escalated"))).toEqual([true, true]);
  expect(TEAM.map((address) => subjectsTo(story, address).length)).toEqual([4, 0, 2, 0, 4]);
  expect(story.hooks()).toHaveLength(8);
  await story.expectNothingElse();
});
