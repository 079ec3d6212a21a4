// The story that the demo tells: a customer's patch from its first day to its release, and one that lies until somebody with weight
// puts it before those who decide.
import { tellEscalation } from "./escalation.ts";
import { sceneOn, type Telling } from "./scene.ts";

/** Thursday afternoon in Tokyo; Monday the 20th is Marine Day. */
export const BEGIN = "2026-07-16T14:00:00+09:00";

/** Tells it whole and leaves the stage as it is at the end. */
export async function tellStory(telling: Telling): Promise<void> {
  const { stage, printer } = telling;
  const scene = sceneOn(telling);
  const { github } = stage;

  await scene.act("acme-db has imported its customers and installed the App; its policy counts Japanese working days");
  scene.tellWrites("GitHub");
  await scene.tellMails();

  await stage.moveTo("2026-07-16T15:00:00+09:00");
  await scene.act("sb-dev1, of Shinshu Bank, sends a patch");
  const patch = await github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: "Export tables larger than 2 GB" });
  await scene.show(patch);

  await stage.moveTo("2026-07-16T15:20:00+09:00");
  await scene.act("dana, of support, opens the case, where only acme-db can read");
  const ticket = await github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Nightly export stops at 2 GB",
    body: "Since the upgrade the export ends without an error.\n\nCustomer: shinshu-bank\nSeverity: S2",
  });
  await scene.show(ticket);

  await stage.moveTo("2026-07-16T15:30:00+09:00");
  await scene.act("kenji, their consultant, links the case to the patch");
  await scene.say("kenji", patch, "/case link acme-db/cases#1");

  await stage.moveTo("2026-07-20T11:00:00+09:00");
  await scene.act("A weekend has gone by, and today is Marine Day: nobody is reminded");
  await scene.show(patch);

  await stage.moveTo("2026-07-21T14:30:00+09:00");
  await scene.act(
    "The first working day of the week: whoever something waits for gets one mail, and nobody gets an empty one",
  );
  await scene.tellMails();
  await scene.act("dana asks where it stands");
  await scene.say("dana", patch, "/case status");

  await stage.moveTo("2026-07-21T15:05:00+09:00");
  await scene.act("Two working days have gone by without an answer, which is what S2 asks for");
  await scene.show(patch);

  await stage.moveTo("2026-07-22T10:00:00+09:00");
  await scene.act("mira, a maintainer, answers: she asks for a change");
  await github
    .as("mira")
    .review(patch, { state: "CHANGES_REQUESTED", body: "Good find. Please add a test with 3 GB." });
  await scene.show(patch);

  await stage.moveTo("2026-07-23T16:00:00+09:00");
  await scene.act("sb-dev1 pushes the test");
  await github.as("sb-dev1").push(patch);
  await scene.show(patch);

  await stage.moveTo("2026-07-23T16:10:00+09:00");
  await scene.act("kenji wonders how the clock came to stand there");
  await scene.say("kenji", patch, "/case why");

  await stage.moveTo("2026-07-24T11:00:00+09:00");
  await scene.act("mira merges");
  await github.as("mira").merge(patch);
  await scene.show(patch);

  await stage.moveTo("2026-07-24T17:00:00+09:00");
  await scene.act("Engine 4.2 is released");
  await github.as("mira").createRelease("acme-db/engine", { tag: "v4.2", name: "Engine 4.2" });
  await stage.moveTo("2026-07-24T17:05:00+09:00");
  await scene.show(ticket);

  await tellEscalation({ stage, scene });

  printer.line();
  printer.answer(scene.summary());
}
