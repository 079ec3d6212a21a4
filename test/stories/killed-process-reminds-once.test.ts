// The product's promise of exactly one: wherever on a reminder's way the process is killed, one comment stands after it came back.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU } from "../support/start-app.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
calendar: always
targets: { none: 1s }
reminders: { limit: 1 }
`;
const CUSTOMERS = SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31");
const COMMENTS = /\/issues\/\d+\/comments$/;

const open = (story: ProcessStory) =>
  story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
const isAsked = (story: ProcessStory) =>
  story.github.requests.some(({ method, path }) => method === "POST" && COMMENTS.test(path));

/** Each is a moment on a reminder's way: what is arranged before it, and how it is recognised. */
const MOMENTS: readonly {
  readonly name: string;
  readonly arrange: (story: ProcessStory) => void;
  readonly isReached: (story: ProcessStory) => boolean | Promise<boolean>;
}[] = [
  {
    name: "a webhook was kept and nothing was done about it",
    arrange: ({ github }) => github.fault({ path: /./ }, { delayMs: 2000 }, { times: 1000 }),
    isReached: async ({ database }) =>
      (await database.db.selectFrom("deliveries").select("id").where("event", "=", "pull_request").execute()).length >
      0,
  },
  {
    name: "a reminder was decided and not yet sent",
    arrange: ({ github }) => github.fault({ method: "POST", path: COMMENTS }, { drop: true }),
    isReached: isAsked,
  },
  {
    name: "the comment stands and its answer was not heard",
    arrange: ({ github }) => github.fault({ method: "POST", path: COMMENTS }, { afterwards: { drop: true } }),
    isReached: async ({ database, github }) => {
      const patch = await database.db.selectFrom("patches").select("number").executeTakeFirst();
      const repositoryId = github.repositoryId("acme-db/engine");
      return github
        .commentsOn({ repositoryId, number: patch?.number ?? 0 } as never)
        .some(({ author }) => author === github.botLogin);
    },
  },
  {
    name: "the comment was kept as sent",
    arrange: () => undefined,
    isReached: async ({ database }) =>
      (await database.db.selectFrom("reminders").select("n").where("state", "=", "sent").execute()).length > 0,
  },
];

describe.each(DIALECTS)("on %s", (on) => {
  test.for(MOMENTS)("killed when $name, it has reminded once after it came back", async ({ arrange, isReached }) => {
    const story = await startProcess({ on, policy: POLICY, customers: CUSTOMERS });
    arrange(story);
    const patch = await open(story);
    await story.until("the moment has come", () => isReached(story));
    await story.kill();

    story.github.clearFaults();
    await story.skipWaiting();
    await story.start();
    await story.until(
      "a reminder was sent",
      async () =>
        (await story.database.db.selectFrom("reminders").select("n").where("state", "=", "sent").execute()).length > 0,
    );
    await story.untilIdle();
    expect(story.commentsOn(patch)).toEqual([expect.stringContaining("Hello @mira,")]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "overdue"]);
    await story.expectNothingElse();
  });
});
