// While the policy only observes nobody is asked anything, also not what was to be told before; and of a paused owner everything waits, and goes
// on once it is resumed.
import { expect, test } from "vitest";
import { pauseWriting, resumeWriting } from "../../src/effects/pauses-store.ts";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_POLICY,
  escalated,
  openPatch,
  press,
  questionTo,
  seeAll,
  startEscalation,
  subjectsTo,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";

const FILE = ".github/patch-advocate.yml";
const OBSERVE = ESCALATION_POLICY.replace("mode: act", "mode: observe");

test.for(DIALECTS)(
  "on %s, nobody is asked while the policy observes, and then only about what is gravest",
  async (on) => {
    const story = await startEscalation({
      on,
      policy: OBSERVE,
      cases: [wholeCase("CASE-1", { severity: "S1" }), wholeCase("CASE-2")],
    });
    const grave = await openPatch(story, "Grave");
    expect(await command(story, grave, { by: "dana", text: "/case link CASE-1\n/case escalate" })).toEqual([]);
    const other = await openPatch(story, "Other");
    expect(await command(story, other, { by: "dana", text: "/case link CASE-2\n/case escalate" })).toEqual([]);
    await story.advanceTo("2026-03-04T02:00:00Z");
    expect(story.unread()).toEqual([]);
    for (const address of TEAM) expect(story.mailsTo(address)).toEqual([]);

    await story.github.as("mira").commit("acme-db/engine", { [FILE]: ESCALATION_POLICY });
    await story.settle();
    expect(subjectsTo(story, "noel@acme.example")).toEqual([
      "Urgent: Decision asked for by Monday 9 March 2026: acme-db/engine#1 (severity S1)",
    ]);
    expect(subjectsTo(story, "sato@acme.example")).toHaveLength(1);
    expect(story.labelsOn(other)).not.toContain("escalated");

    // The day is over: what is asked now would be read tomorrow, but the policy turns back before.
    await story.advanceTo("2026-03-04T10:00:00Z");
    expect(await command(story, other, { by: "dana", text: "/case escalate" })).toEqual(["+1"]);
    await story.github.as("mira").commit("acme-db/engine", { [FILE]: OBSERVE });
    await story.advanceTo("2026-03-12T02:00:00Z");
    expect(subjectsTo(story, "noel@acme.example")).toHaveLength(1);
    expect(subjectsTo(story, "sato@acme.example")).toHaveLength(1);
    for (const address of TEAM) story.mailsTo(address);
    seeAll(story, grave, other);
    expect(story.checkRunsOn("acme-db/engine")).toEqual([{ conclusion: "success", title: expect.any(String) }]);
    await story.expectNothingElse();
  },
);

test.for(DIALECTS)("on %s, of a paused owner nothing is told or written until it is resumed", async (on) => {
  const story = await startEscalation({ on, cases: [wholeCase("CASE-1")] });
  const { database } = story;
  const scope = `owner:${story.github.idOf("acme-db")}` as const;
  const patch = await escalated(story, { reference: "CASE-1" });
  const question = questionTo(story, "sato@acme.example");
  for (const address of TEAM) story.mailsTo(address);
  seeAll(story, patch);
  await database.transaction((tx) => pauseWriting(tx, { scope, because: "an audit", since: Date.now() }));
  expect(await press(story, question, { answer: "deciders" })).toBe(303);
  await story.advanceTo("2026-03-02T05:00:00Z");
  expect(story.unread()).toEqual([]);
  expect(story.mailsTo("noel@acme.example")).toEqual([]);

  await database.transaction((tx) => resumeWriting(tx, scope));
  database.hint("effects");
  database.hint("notices");
  await story.settle();
  expect(subjectsTo(story, "noel@acme.example")).toEqual([
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#1 (severity S2)",
  ]);
  expect(story.commentsOn(patch)).toEqual([expect.stringContaining("This pull request waits for a decision")]);
  expect(story.labelsOn(patch)).toContain("escalated");
  await story.expectNothingElse();
});
