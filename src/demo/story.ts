// The story that the demo tells: a customer's patch from its first day to its merge, and a contract that ends. What it prints of the
// product is read off the emulated GitHub, never written down beforehand.
import type { CommentRef, ConversationRef } from "../../test/support/github/github.ts";
import type { Printer } from "./print.ts";
import type { Stage } from "./stage.ts";
import { CUSTOMERS } from "./world.ts";

/** Thursday afternoon in Tokyo; Monday the 20th is Marine Day. */
export const BEGIN = "2026-07-16T14:00:00+09:00";

type Telling = {
  readonly stage: Stage;
  readonly printer: Printer;
  /** Gives people time to read; resolves at once where nobody watches. */
  readonly pause: () => Promise<void>;
};

/** Tells it whole and leaves the stage as it is at the end. */
export async function tellStory(telling: Telling): Promise<void> {
  const { stage, printer } = telling;
  const scene = sceneOn(telling);
  const { github } = stage;

  await scene.act("acme-db imports its customers: `npx patch-advocate customers import customers.yml`");
  printer.answer(`${await stage.bringCustomers(CUSTOMERS)} customers are stored, for nobody but acme-db's own people.`);

  await scene.act("acme-db installs the App; its policy counts Japanese working days");
  github.announceInstallations();
  await stage.settle();
  scene.tellWrites("GitHub");

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

  await stage.moveTo("2026-07-27T10:00:00+09:00");
  await scene.act(
    "kr-dev1, of Kita Rail, sends a patch; their contract ended on 30 June and is in its grace of 30 days",
  );
  const second = await github
    .as("kr-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: "Speak of time zones in the manual" });
  await scene.show(second);

  await stage.moveTo("2026-07-28T10:00:00+09:00");
  await scene.act("mira puts it off");
  await scene.say("mira", second, "Good, but not before the release.\n\n/case snooze 2026-09-01 after the release");

  await stage.moveTo("2026-07-31T00:05:00+09:00");
  await scene.act("The grace is over: Kita Rail's patch loses its label, without a word");
  await scene.show(second);

  printer.line();
  printer.answer(scene.summary());
}

/** Prints what the product has newly done, as it can be seen on GitHub. */
function sceneOn({ stage, printer, pause }: Telling) {
  const { github } = stage;
  const said = new Set<number>();
  const seen = new Map<string, string>();
  let isFirst = true;

  async function show(ref: ConversationRef): Promise<void> {
    await stage.settle();
    const labels = [...github.labelsOn(ref)];
    const text = labels.length === 0 ? "no labels" : labels.map((label) => `[${label}]`).join(" ");
    const comments = github.commentsOn(ref).filter(({ author, id }) => author === github.botLogin && !said.has(id));
    const isSame = seen.get(ref.nodeId) === text;
    if (isSame && comments.length === 0) printer.answer(`Nothing is written; it still bears ${text}.`);
    else if (!isSame && (seen.has(ref.nodeId) || labels.length > 0)) printer.answer(`It now bears ${text}.`);
    else if (!isSame) printer.answer("Known from now on; nothing is written.");
    if (!seen.has(ref.nodeId)) printer.link(ref.url);
    seen.set(ref.nodeId, text);
    for (const { id, body } of comments) {
      said.add(id);
      printer.quote(`${github.botLogin} writes`, body.replace(/\s*<!-- patch-advocate [^>]*-->\s*$/, ""));
      printer.link(`${ref.url}#issuecomment-${id}`);
    }
  }

  return {
    act: async (text: string) => {
      if (!isFirst) await pause();
      isFirst = false;
      printer.act(stage.now(), text);
    },
    show,
    say: async (login: string, ref: ConversationRef, text: string) => {
      printer.quote(`${login} writes`, text);
      const comment: CommentRef = await github.as(login).comment(ref, text);
      await stage.settle();
      const reactions = github.reactionsOn(comment).map(({ content }) => content);
      if (reactions.length > 0) printer.answer(`It reacts with ${reactions.join(" ")}.`);
      await show(ref);
    },
    tellWrites: (where: string) =>
      printer.answer(
        github.writes().length === 0
          ? `Nothing is written on ${where}.`
          : `${github.writes().length} writes on ${where}.`,
      ),
    summary: () => {
      const writes = github.writes();
      const comments = writes.filter(({ path }) => path.endsWith("/comments")).length;
      const reactions = writes.filter(({ path }) => path.endsWith("/reactions")).length;
      return `Two weeks, ${github.deliveries.length} webhooks, ${github.requests.length} requests to GitHub. ${comments} comments and ${reactions} reactions were written; everything else was labels. ${violationsText(github.violations.length)}`;
    },
  };
}

const violationsText = (count: number): string =>
  count === 0
    ? "All of it was held against GitHub's own description."
    : `${count} of it broke GitHub's own description.`;
