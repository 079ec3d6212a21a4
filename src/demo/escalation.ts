// The second half of the demo's story: a fix lies, reminders are in vain, the account owner puts it before those who decide, and it ships
// within days. In between a contract ends, which nobody on GitHub is told.
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

export async function tellEscalation({
  stage,
  scene,
}: {
  readonly stage: Stage;
  readonly scene: Scene;
}): Promise<void> {
  const { github } = stage;
  await stage.moveTo("2026-07-27T10:00:00+09:00");
  await scene.act("Monday morning: whoever something waits for gets one mail a week");
  await scene.tellMails();

  await stage.moveTo("2026-07-27T11:00:00+09:00");
  await scene.act("kenji writes another fix for Shinshu Bank, and links its case in the pull request itself");
  const ticket = await github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Space is not given back while the export runs",
    body: "The disk fills up every night.\n\nCustomer: shinshu-bank\nSeverity: S2",
  });
  const patch = await github.as("kenji").openPullRequest({
    repository: "acme-db/engine",
    title: "Give space back while an export runs",
    body: "Case: acme-db/cases#2",
  });
  await scene.say(
    "dana",
    ticket,
    "/case summary The disk fills up every night, because space is given back only once the export has ended. The fix gives it back at once.\n/case stake Their new branch goes live in September.\n/case workaround Somebody at the bank deletes files by hand, every morning.\n/case needed-by 2026-08-31 The new branch.",
  );
  await scene.show(patch);

  await stage.moveTo("2026-07-27T14:00:00+09:00");
  await scene.act("sb-dev1 sends a patch to acme-db/drivers, too, whose policy only observes so far");
  const observed = await github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/drivers", title: "Close connections that time out" });
  await scene.show(observed);

  await stage.moveTo("2026-07-31T09:30:00+09:00");
  await scene.act(
    "Nobody has answered; and the grace of Kita Rail's contract is over, which only their account owner and support hear",
  );
  await scene.show(patch);
  await scene.tellMails();

  await stage.moveTo("2026-08-06T09:30:00+09:00");
  await scene.act("A second reminder, the last one");
  await scene.show(patch);
  await scene.tellMails();

  await stage.moveTo("2026-08-14T09:30:00+09:00");
  await scene.act(
    "Twelve working days of silence: Sato, who owns the account and has no login on GitHub, is asked one plain question",
  );
  const asked = await scene.readMail("sato@acme.example");

  await stage.moveTo("2026-08-14T11:00:00+09:00");
  await scene.act("Sato follows the link and presses “Put it before the deciders”");
  await press(stage, asked.text);
  await scene.show(patch);
  await scene.tellMails();

  await stage.moveTo("2026-08-17T15:00:00+09:00");
  await scene.act("The next working day mira approves it, on noel's word, and merges it");
  await github
    .as("mira")
    .review(patch, { state: "APPROVED", body: "noel asked me to look. Clean, and it has a test." });
  await stage.settle();
  await github.as("mira").merge(patch);
  await scene.show(patch);
  await scene.tellMails();

  await stage.moveTo("2026-08-19T10:00:00+09:00");
  await scene.act(
    "Other fixes wait as well; the board shows them, gravest first, and what waits for acme-db's own people apart",
  );
  for (const each of await otherFixes(stage)) await scene.show(each);

  await stage.moveTo("2026-08-20T10:00:00+09:00");
  await scene.act("Engine 4.3 is released, and the case is told");
  await github.as("mira").createRelease("acme-db/engine", { tag: "v4.3", name: "Engine 4.3" });
  await stage.moveTo("2026-08-20T10:05:00+09:00");
  await scene.show(ticket);
}

/** One waits for the maintainers, one for its author. */
async function otherFixes({ github, settle }: Stage) {
  await github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "A failover takes four minutes",
    body: "Customer: shinshu-bank\nSeverity: S3",
  });
  const large = await github.as("kenji").openPullRequest({
    repository: "acme-db/engine",
    title: "Fail over without waiting for the old leader",
    body: "Case: acme-db/cases#3",
  });
  const small = await github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: "Name the unit of every timeout" });
  await settle();
  await github.as("mira").review(small, { state: "CHANGES_REQUESTED", body: "Please rename the setting, too." });
  return [large, small];
}

/** What the browser sends from the page behind the link. */
async function press(stage: Stage, mail: string): Promise<void> {
  const link = /https?:\S+\/answer\/[\w-]+/.exec(mail)?.[0];
  if (link === undefined) throw new Error("there is no link in the mail");
  const response = await fetch(link, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: "answer=deciders",
  });
  if (!response.ok) throw new Error(`the page answered ${response.status}`);
  await stage.settle();
}
