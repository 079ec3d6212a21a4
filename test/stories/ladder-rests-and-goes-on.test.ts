// What holds an open escalation, and how it goes on: somebody takes it in hand, a maintainer answers, it is put off until a day, it is closed by
// mistake. What everybody saw stands in ladder-rests-and-goes-on.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  escalated,
  press,
  questionTo,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

const OWNER_ON_GITHUB = ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,");

test.for(DIALECTS)(
  "on %s, taking it in hand, putting it off and a slip hold the ladder, and then it goes on",
  async (on) => {
    const story = await startEscalation({
      on,
      customers: OWNER_ON_GITHUB,
      cases: ["CASE-1", "CASE-2", "CASE-3"].map((reference) => wholeCase(reference)),
    });
    const taken = await escalated(story, { reference: "CASE-1", by: "sato-k" });
    const later = await escalated(story, { reference: "CASE-2", title: "Cache the session", by: "sato-k" });
    const slip = await escalated(story, { reference: "CASE-3", title: "Fix the lock", by: "sato-k" });
    const { tell, text } = createTranscript(story, {
      on: { "the first": taken, "the second": later, "the third": slip },
      mails: TEAM,
      paragraphs: 2,
    });
    tell("Sato asks for three");

    await story.advance({ hours: 1 });
    expect(await command(story, taken, { by: "noel", text: "/case take 2026-03-06" })).toEqual(["+1"]);
    tell("noel, who decides, takes the first in hand until Friday");
    expect(await command(story, later, { by: "mira", text: "/case later 2026-03-09 After the release" })).toEqual([
      "+1",
    ]);
    tell("mira, a maintainer, puts the second off until Monday");
    await story.github.as("sb-dev1").close(slip);
    await story.advance({ minutes: 10 });
    tell("the author closes the third, which may be a slip");
    await story.github.as("sb-dev1").reopen(slip);
    await story.settle();
    tell("and opens it again");

    await story.advanceTo("2026-03-06T02:00:00Z");
    tell("Friday: nobody has decided on the first");
    await story.advanceTo("2026-03-09T02:00:00Z");
    tell("Monday: the second wakes");

    await expect(text()).toMatchFileSnapshot("ladder-rests-and-goes-on.txt");
    await story.expectNothingElse();
  },
);

test.for(DIALECTS)(
  "on %s, an answer pauses the ladder, and after new silence and new reminders it goes on",
  async (on) => {
    const story = await startEscalation({
      on,
      customers: OWNER_ON_GITHUB,
      policy: `${ESCALATION_POLICY}targets: { S2: 1d }\nreminders: { every: 1d, limit: 1 }\n`,
      cases: [wholeCase("CASE-1"), wholeCase("CASE-2")],
    });
    const before = await escalated(story, { reference: "CASE-1", by: "sato-k" });
    const asked = await escalated(story, { reference: "CASE-2", title: "Cache the session" });
    const question = questionTo(story, "sato@acme.example");
    const { tell, text } = createTranscript(story, {
      on: { "the first": before, "the second": asked },
      mails: TEAM,
      paragraphs: 2,
    });
    tell("the first is before the deciders, about the second the account owner is asked");

    await story.advance({ hours: 1 });
    await story.github.as("mira").review(before, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    await story.github.as("mira").comment(asked, "Which release is this for?");
    await story.settle();
    tell("mira, a maintainer, answers both");
    expect(await press(story, question, { answer: "deciders" })).toBe(410);
    expect(await (await fetch(`${story.url}${question}`)).text()).toContain(
      "The maintainers have answered or taken it in hand meanwhile. Should silence follow, you are asked again.",
    );

    await story.advance({ hours: 1 });
    await story.github.as("sb-dev1").push(before, { "test/pieces.c": "/* tested */\n" });
    await story.settle();
    await story.github.as("sb-dev1").comment(asked, "The next one, if you can take it.");
    await story.settle();
    tell("the author adds the test and answers, and it is the maintainers' turn again");
    await story.advanceTo("2026-03-03T06:00:00Z");
    tell("a working day later they are reminded");
    await story.advanceTo("2026-03-04T06:00:00Z");
    tell("and after one more: both go on where they were");

    await expect(text()).toMatchFileSnapshot("ladder-pauses-for-an-answer.txt");
    await story.expectNothingElse();
  },
);
