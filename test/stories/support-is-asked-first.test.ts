// Before an account owner is asked, support is asked for what the dossier lacks: once it is said it goes on at once, else after a working
// day with "unknown". What everybody saw stands in support-is-asked-first.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { bringCases, escalated, startEscalation, TEAM, wholeCase } from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

test.for(DIALECTS)("on %s, support is asked for what is lacking, for a working day at most", async (on) => {
  const story = await startEscalation({
    on,
    cases: [
      { reference: "CASE-1", title: "Nightly export stops", customer: "shinshu-bank", severity: "S3" },
      { reference: "CASE-2", title: "Slow login", customer: "shinshu-bank", severity: "S3", summary: "Login hangs." },
    ],
  });
  const first = await escalated(story, { reference: "CASE-1", by: "kenji" });
  const second = await escalated(story, { reference: "CASE-2", title: "Cache the session", by: "kenji" });
  const { tell, text } = createTranscript(story, { on: { "the first": first, "the second": second }, mails: TEAM });
  tell("kenji asks for both");

  await story.advance({ hours: 2 });
  await bringCases(story, [wholeCase("CASE-1", { severity: "S3" })]);
  tell("of the first, support says what was lacking");
  await story.advanceTo("2026-03-03T02:00:00Z");
  tell("of the second nobody says anything for a working day");

  await expect(text()).toMatchFileSnapshot("support-is-asked-first.txt");
  await story.expectNothingElse();
});
