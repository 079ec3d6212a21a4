// The worst severity goes to account owner, consultant and deciders at once, urgently: in the night and on a holiday, by an alarm as well.
// Only what is written on the pull request waits for office hours. What everybody saw stands in urgent-breaks-hours.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  bringCases,
  command,
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  openPatch,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

/** The evening before the equinox, a Friday: the next office hours are on Monday. */
const NIGHT = "2026-03-19T14:30:00Z";

test.for(DIALECTS)("on %s, the worst severity waits for no morning, but what everybody reads does", async (on) => {
  const story = await startEscalation({
    on,
    now: "2026-03-19T01:00:00Z",
    policy: ESCALATION_POLICY.replace("holidays: JP }", "holidays: JP, always: [S1] }"),
    customers: ESCALATION_CUSTOMERS.replace("until: 2027-03-31 }", "until: 2027-03-31, targets: { S1: 2h, S3: 2h } }"),
    channels: ["mail", "pagerduty"],
    cases: [wholeCase("CASE-1", { severity: "S1" }), wholeCase("CASE-2", { severity: "S3", title: "Slow login" })],
  });
  const told = await openPatch(story, "Cache the session");
  expect(await command(story, told, { by: "dana", text: "/case link CASE-2" })).toEqual(["+1"]);
  await story.advanceTo("2026-03-19T06:00:00Z");
  const asked = await openPatch(story);
  const { tell, text } = createTranscript(story, {
    on: { "the first": told, "the second": asked },
    mails: TEAM,
    paragraphs: 2,
  });
  tell(
    "the maintainers of the first were reminded when a contract's target was missed, and the account owner is asked",
  );

  await story.advanceTo(NIGHT);
  expect(await command(story, asked, { by: "dana", text: "/case link CASE-1\n/case escalate" })).toEqual(["+1"]);
  tell("at half past eleven at night dana asks for the second, which is S1");
  await story.advanceTo("2026-03-20T03:00:00Z");
  await bringCases(story, [{ reference: "CASE-2", severity: "S1" }]);
  tell("on the holiday the help desk makes the first S1 as well");
  await story.advanceTo("2026-03-22T23:30:00Z");
  tell("until Monday morning nothing is written on a pull request but labels");
  await story.advanceTo("2026-03-23T00:10:00Z");
  tell("Monday at nine: both pull requests ask for a decision");
  await story.github.as("mira").merge(asked);
  await story.settle();
  tell("mira merges the second: whoever is on call is let go");

  await expect(text()).toMatchFileSnapshot("urgent-breaks-hours.txt");
  await story.expectNothingElse();
});
