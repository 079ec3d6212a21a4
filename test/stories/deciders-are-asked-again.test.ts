// Deciders who do not decide are asked once more, and the account owner hears of it, then weekly at most. What everybody saw stands in
// deciders-are-asked-again.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { command, escalated, press, questionTo, startEscalation, TEAM, wholeCase } from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

test.for(DIALECTS)("on %s, silence of the deciders is met once more, then weekly at most", async (on) => {
  const story = await startEscalation({ on, cases: [wholeCase("CASE-1")] });
  const patch = await escalated(story, { reference: "CASE-1" });
  const question = questionTo(story, "sato@acme.example");
  const { tell, text } = createTranscript(story, { on: { "the patch": patch }, mails: TEAM, paragraphs: 2 });
  tell("the account owner is asked");
  expect(await press(story, question, { answer: "deciders" })).toBe(303);
  tell("Sato puts it before the deciders");
  await story.advance({ hours: 1 });
  expect(await command(story, patch, { by: "dana", text: "/case escalate It is still open" })).toEqual(["+1"]);
  tell("dana asks again an hour later, but they have their date");

  for (const day of ["05", "12", "19", "27"]) {
    await story.advanceTo(`2026-03-${day}T02:00:00Z`);
    tell("no decision");
  }
  await story.advanceTo("2026-04-13T02:00:00Z");
  expect(story.mailsTo("noel@acme.example").map(({ subject }) => subject)).toHaveLength(7);
  tell("six weeks have passed");

  await expect(text()).toMatchFileSnapshot("deciders-are-asked-again.txt");
  await story.expectNothingElse();
});
