// Who is reminded where nobody in particular was asked: the owners of the changed files, then the policy's maintainers, and none too often.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const FIRST_DAY_DUE = "2026-03-16T09:30:00Z";
const CODEOWNERS = "*        @boss\n/src/    @acme-db/engine\n/docs/   @noel\n";
const policy = (reminders: string) => `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
reminders: { limit: 1${reminders} }
`;

const start = (on: (typeof DIALECTS)[number], given: { reminders?: string; owners?: boolean } = {}) =>
  startApp({
    on,
    now: NOW,
    customers: SHINSHU,
    github: {
      repositories: [
        {
          name: "acme-db/engine",
          visibility: "public",
          collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
          files: {
            ".github/patch-advocate.yml": policy(given.reminders ?? ""),
            ...(given.owners === false ? {} : { ".github/CODEOWNERS": CODEOWNERS }),
          },
        },
      ],
    },
  });

const open = (story: Story, path: string) =>
  story.github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: `Change ${path}`, files: { [path]: "x\n" } });

const hello = (story: Story, patch: ConversationRef) => {
  expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
  return story.commentsOn(patch).map((text) => text.split("\n")[0]);
};

describe.each(DIALECTS)("on %s", (on) => {
  test("the owners of the changed files are reminded before the policy's maintainers, a team as a team", async () => {
    const story = await start(on);
    const source = await open(story, "src/lock.c");
    const manual = await open(story, "docs/lock.md");
    const both = await open(story, "Makefile");
    await story.advanceTo(FIRST_DAY_DUE);
    expect(hello(story, source)).toEqual(["Hello @acme-db/engine,"]);
    expect(hello(story, manual)).toEqual(["Hello @noel,"]);
    expect(hello(story, both)).toEqual(["Hello @boss,"]);
    await story.expectNothingElse();
  });

  test("a team with a member who wants quiet is spelt out without them", async () => {
    const story = await start(on);
    const patch = await open(story, "src/lock.c");
    await story.settle();
    const asking = await story.github.as("noel").comment(patch, "/case quiet me");
    await story.settle();
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    await story.advanceTo("2026-03-17T09:30:00Z");
    expect(hello(story, patch)).toEqual(["Hello @mira,"]);
    await story.expectNothingElse();
  });

  test("a team that was asked for a review is mentioned as a team; a bot that was asked never", async () => {
    const story = await start(on, { owners: false });
    const { github } = story;
    github.administration.addUser("reviewer[bot]", { type: "Bot" });
    const team = await open(story, "src/lock.c");
    const bot = await open(story, "src/bot.c");
    await github.as("mira").requestReview(team, { teams: ["engine"] });
    await github.as("mira").requestReview(bot, { users: ["reviewer[bot]"] });
    await story.advanceTo(FIRST_DAY_DUE);
    expect(hello(story, team)).toEqual(["Hello @acme-db/engine,"]);
    expect(hello(story, bot)).toEqual(["Hello @mira,"]);
    await story.expectNothingElse();
  });

  test("nobody is reminded of more than three patches a week; the fourth waits until Monday", async () => {
    const story = await start(on, { owners: false });
    const patches: ConversationRef[] = [];
    for (let n = 1; n <= 4; n += 1) patches.push(await open(story, `src/${n}.c`));
    await story.advanceTo(FIRST_DAY_DUE);
    const reminded = () => patches.map((patch) => story.commentsOn(patch).length);
    expect(reminded().toSorted()).toEqual([0, 1, 1, 1]);
    await story.advanceTo("2026-03-23T08:59:00Z");
    expect(reminded().toSorted()).toEqual([0, 1, 1, 1]);
    await story.advanceTo("2026-03-23T09:00:00Z");
    expect(patches.map((patch) => hello(story, patch))).toEqual(patches.map(() => ["Hello @mira,"]));
    await story.expectNothingElse();
  });

  test.each([
    ["team", "Hello @mira,"],
    ["anyone", "Hello @stranger,"],
  ])("a volunteer who was asked for a review: remind: %s says “%s”", async (remind, greeting) => {
    const story = await start(on, { reminders: `, remind: ${remind}`, owners: false });
    const patch = await open(story, "src/lock.c");
    await story.github.as("mira").requestReview(patch, { users: ["stranger"] });
    await story.advanceTo(FIRST_DAY_DUE);
    expect(hello(story, patch)).toEqual([greeting]);
    await story.expectNothingElse();
  });

  test("of a team only those are reminded who neither wrote the patch nor support its customer", async () => {
    const story = await start(on);
    story.github.addTeamMember("acme-db", "engine", "dana");
    const customers = await open(story, "src/lock.c");
    await story.settle();
    const own = await story.github
      .as("noel")
      .openPullRequest({ repository: "acme-db/engine", title: "Noel's own", files: { "src/own.c": "x\n" } });
    await story.settle();
    const linking = await story.github.as("dana").comment(own, "/case link CASE-1");
    await story.advanceTo(FIRST_DAY_DUE);
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(hello(story, customers)).toEqual(["Hello @mira, @noel,"]);
    expect(story.commentsOn(own).map((text) => text.split("\n")[0])).toEqual(["Hello @mira,"]);
    expect(story.labelsOn(own)).toEqual(["awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("where everybody wants quiet nobody is reminded", async () => {
    const story = await start(on, { reminders: ", quiet: [mira]", owners: false });
    const patch = await open(story, "src/lock.c");
    await story.advance({ days: 60 });
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("who owns the files is read anew when CODEOWNERS changes; of their own patch nobody is reminded", async () => {
    const story = await start(on);
    const patch = await open(story, "src/lock.c");
    const manual = await story.github
      .as("noel")
      .openPullRequest({ repository: "acme-db/engine", title: "Noel's own", files: { "docs/own.md": "x\n" } });
    await story.settle();
    const linking = await story.github.as("dana").comment(manual, "/case link CASE-1");
    await story.advanceTo("2026-03-10T09:30:00Z");
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    await story.github
      .as("mira")
      .commit("acme-db/engine", { ".github/CODEOWNERS": "/src/ @noel @boss\n/docs/ @noel\n" });
    await story.advanceTo(FIRST_DAY_DUE);
    expect(hello(story, patch)).toEqual(["Hello @noel, @boss,"]);
    expect(story.commentsOn(manual).map((text) => text.split("\n")[0])).toEqual(["Hello @mira,"]);
    expect(story.labelsOn(manual)).toEqual(["awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("nobody hears of more than three a week, also not through their team", async () => {
    const policy = 'version: 1\nsupport: ["@acme-db/support"]\nreminders: { limit: 1, per-repository-per-day: 50 }\n';
    const files = { ".github/patch-advocate.yml": policy, ".github/CODEOWNERS": "/a/ @acme-db/engine\n/b/ @mira\n" };
    const collaborators = { mira: "write", noel: "write", dana: "write" } as const;
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      github: { repositories: [{ name: "acme-db/engine", visibility: "public", collaborators, files }] },
    });
    const patches: ConversationRef[] = [];
    for (const folder of ["a", "a", "a", "b", "b", "b"]) {
      const changed = { [`${folder}/${patches.length}.c`]: "x\n" };
      const pull = { repository: "acme-db/engine", title: "Fix it", files: changed };
      patches.push(await story.github.as("sb-dev1").openPullRequest(pull));
    }
    await story.advanceTo("2026-03-18T09:30:00Z");
    expect(patches.map((patch) => story.commentsOn(patch).length)).toEqual([1, 1, 1, 0, 0, 0]);
    await story.advanceTo("2026-03-23T09:30:00Z");
    expect(patches.map((patch) => story.commentsOn(patch).length)).toEqual([1, 1, 1, 1, 1, 1]);
    for (const patch of patches) expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });
});
