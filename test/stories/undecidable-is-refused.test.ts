// What cannot be decided is not put before anybody: whoever asks is told what is missing and who has to act. The account owner, or anybody for
// the worst severity, can insist with a reason, which stands on the dossier's first line. The texts stand in undecidable-is-refused.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  bringCases,
  command,
  ESCALATION_CUSTOMERS,
  openPatch,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

test.for(DIALECTS)(
  "on %s, a draft, a conflict and failing checks are refused, unless somebody who may insists",
  async (on) => {
    const story = await startEscalation({
      on,
      customers: ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,"),
      cases: ["CASE-1", "CASE-2", "CASE-3"].map((reference) => wholeCase(reference)),
    });
    const { github } = story;
    const draft = await openPatch(story, "Draft");
    await github.as("sb-dev1").convertToDraft(draft);
    const conflict = await openPatch(story, "Conflict");
    github.setMergeable(conflict, "CONFLICTING");
    const failing = await openPatch(story, "Failing");
    github.setChecks(failing, "FAILURE", { required: true });
    await story.settle();
    const patches = { "the draft": draft, "the conflict": conflict, "the failing one": failing };
    const { tell, text } = createTranscript(story, { on: patches, mails: TEAM, paragraphs: 3 });
    for (const [index, patch] of Object.values(patches).entries()) {
      const asked = `/case link CASE-${index + 1}\n/case escalate`;
      expect(await command(story, patch, { by: "dana", text: asked })).toEqual(["+1", "confused"]);
    }
    tell("dana, of support, asks for all three");
    expect(await command(story, draft, { by: "dana", text: "/case escalate anyway It is urgent" })).toEqual([
      "confused",
    ]);
    tell("dana insists on the draft, which is not hers to do");
    expect(await command(story, draft, { by: "sato-k", text: "/case escalate anyway" })).toEqual(["confused"]);
    tell("Sato, the account owner, insists on the draft without a reason");

    await story.advance({ minutes: 30 });
    const reason = "They go live on Friday, and a look now is worth more than a test";
    expect(await command(story, draft, { by: "sato-k", text: `/case escalate anyway ${reason}` })).toEqual(["+1"]);
    tell("and with one");
    await bringCases(story, [{ reference: "CASE-3", severity: "S1" }]);
    expect(await command(story, failing, { by: "dana", text: "/case escalate anyway The plant stands still" })).toEqual(
      ["+1"],
    );
    tell("the failing one has become S1, and dana insists on it");
    github.setMergeable(conflict, "MERGEABLE");
    await github.as("sb-dev1").push(conflict);
    await story.settle();
    expect(await command(story, conflict, { by: "dana", text: "/case escalate" })).toEqual(["+1"]);
    tell("the author has resolved the conflict, and dana asks again");

    await expect(text()).toMatchFileSnapshot("undecidable-is-refused.txt");
    await story.expectNothingElse();
  },
);
