// The account owner who does not answer is asked once more, with the deputy; then what is grave goes to the deciders with a line that says so,
// and what is not stays in sight and support hears of it. What everybody saw stands in account-owner-is-silent.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { escalated, startEscalation, TEAM, wholeCase } from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

test.for(DIALECTS)("on %s, nobody's silence at the account owner's holds up what is grave", async (on) => {
  const story = await startEscalation({
    on,
    cases: [wholeCase("CASE-2"), wholeCase("CASE-3", { severity: "S3", title: "Slow login" })],
  });
  const grave = await escalated(story, { reference: "CASE-2" });
  const slow = await escalated(story, { reference: "CASE-3", title: "Cache the session" });
  const { tell, text } = createTranscript(story, {
    on: { "the grave one": grave, "the slow one": slow },
    mails: TEAM,
    paragraphs: 3,
  });
  tell("the account owner is asked about a grave one and about one that is not");
  await story.advanceTo("2026-03-04T02:00:00Z");
  tell("two working days later: both once more, and the deputy with them");
  await story.advanceTo("2026-03-06T02:00:00Z");
  tell("after as much again the grave one is before the deciders, the other is owner silent");

  await expect(text()).toMatchFileSnapshot("account-owner-is-silent.txt");
  await story.expectNothingElse();
});
