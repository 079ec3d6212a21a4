// While GitHub is in trouble for one owner, or a repository gets another name at the wrong moment: nobody else waits, nothing is lost, and
// nothing is said twice.
import { describe, expect, test, vi } from "vitest";
import { pageText } from "../support/board/page-text.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef, GitHubOptions } from "../support/github/github.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME, ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
/** When the reminder falls due. */
const DUE = "2026-03-16T09:00:00Z";
const BEFORE = "2026-03-16T08:50:00Z";
const COMMENTS = /\/issues\/\d+\/comments$/;

const TWO_OWNERS: Partial<GitHubOptions> = {
  organizations: [...(ACME.organizations ?? []), { login: "other-db", owners: ["olaf"], members: ["olga"] }],
  installations: [
    { account: "acme-db", repositories: "all" },
    { account: "other-db", repositories: "all" },
  ],
  repositories: [
    {
      name: "acme-db/engine",
      visibility: "public",
      collaborators: { mira: "write", dana: "write", kenji: "read" },
      files: { ".github/patch-advocate.yml": ACME_POLICY },
    },
    {
      name: "other-db/motor",
      visibility: "public",
      collaborators: { olga: "write" },
      files: { ".github/patch-advocate.yml": "version: 1\nmode: act\nmaintainers: [olga]\ntrack: all\n" },
    },
  ],
};

/** Not in all repositories, so that one can be added later. */
const SELECTED: Partial<GitHubOptions> = {
  ...withOwnerPolicy(ACME_POLICY),
  installations: [{ account: "acme-db", repositories: ["acme-db/.github", "acme-db/engine", "acme-db/cases"] }],
};

const open = async (story: Story, repository = "acme-db/engine"): Promise<ConversationRef> => {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository, title: "Fix the lock" });
  await story.settle();
  return patch;
};
const posts = (story: Story) =>
  story.github
    .writes()
    .filter(({ method, path }) => method === "POST" && COMMENTS.test(path))
    .map(({ at, status, path }) => `${at} ${status} ${path.split("/")[3]}`);
const installation = (story: Story, account: string) =>
  story.database.db
    .selectFrom("installations")
    .selectAll()
    .where("id", "=", story.github.installationId(account))
    .executeTakeFirstOrThrow();

describe.each(DIALECTS)("on %s", (on) => {
  test("while GitHub does not answer for one owner, another's reminder and commands go out at once", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: TWO_OWNERS });
    const { github } = story;
    const [ours, theirs] = [await open(story), await open(story, "other-db/motor")];
    await story.advanceTo(BEFORE);
    story.labelsOn(theirs);
    const answered = Promise.withResolvers<void>();
    github.fault({ account: "other-db" }, { heldUntil: answered.promise }, { times: 1000 });
    // More than are worked on at once; for each GitHub is asked who that is.
    const asked = [];
    for (let n = 0; n < 9; n += 1) asked.push(await github.as("olga").comment(theirs, "/case status"));
    vi.setSystemTime(new Date(DUE));
    const words = () => github.commentsOn(ours).filter(({ author }) => author === github.botLogin).length;
    await expect.poll(words, { timeout: 20_000, interval: 100 }).toBe(1);
    const status = await github.as("dana").comment(ours, "/case status");
    await expect.poll(words, { timeout: 20_000, interval: 100 }).toBe(2);
    expect(github.commentsOn(theirs).filter(({ author }) => author === github.botLogin)).toEqual([]);

    github.clearFaults();
    answered.resolve();
    await story.settle();
    await story.advance({ hours: 2 });
    expect(story.commentsOn(ours)).toHaveLength(2);
    expect(story.reactionsOn(status)).toEqual(["+1"]);
    for (const each of asked) expect(story.reactionsOn(each)).toEqual(["+1"]);
    expect(story.commentsOn(theirs)).toHaveLength(asked.length);
    for (const patch of [ours, theirs]) story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("with little of GitHub's hour left reading is put off and the board says so, while reminders go on", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: SELECTED });
    const { github } = story;
    const [first] = [await open(story), await story.advance({ minutes: 30 })];
    const second = await open(story);
    await story.advanceTo(BEFORE);
    github.useUpHour({ left: 300 });
    await story.advanceTo("2026-03-16T09:10:00Z");
    expect(story.commentsOn(first)).toHaveLength(1);
    await github.addRepository({ name: "acme-db/late", visibility: "public" });
    const late = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/late", title: "Was there" });
    github.addRepositories("acme-db", ["acme-db/late"]);
    await story.advanceTo("2026-03-16T09:45:00Z");
    expect(story.commentsOn(second)).toHaveLength(1);
    expect(github.labelsOn(late)).toEqual([]);
    const boss = await signedIn(story, { login: "boss" });
    const until = "GitHub's budget for acme-db is nearly used up: reading is put off until ";
    expect(pageText(await boss.open("/o/acme-db/r/late"))).toContain(until);
    const said = story.logs.filter((line) => line.includes("reading that can wait is put off"));
    expect(said.length).toBeGreaterThan(0);

    await story.advanceTo("2026-03-16T10:00:00Z");
    expect(story.labelsOn(late)).toEqual(["customer", "awaiting maintainer"]);
    expect(pageText(await boss.open("/o/acme-db/r/late"))).not.toContain(until);
    for (const patch of [first, second]) expect(story.labelsOn(patch)).toContain("overdue");
    await story.expectNothingElse();
  });

  test("suspended without a word, the installation waits and says why; let in again, it goes on and says nothing twice", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await open(story);
    await story.advanceTo(BEFORE);
    github.hold();
    github.suspend("acme-db");
    await story.advanceTo("2026-03-16T15:00:00Z");
    const because = "GitHub answered 403 to the request for a token: This installation has been suspended";
    expect(await installation(story, "acme-db")).toMatchObject({ state: "active", parked_because: because });
    expect((await installation(story, "acme-db")).parked_until).toBeGreaterThan(Date.now());
    // Asked a few times an hour at first, then once an hour: in case the word that it is let in again was lost, too.
    expect(github.requests.filter(({ at }) => at >= "2026-03-16T14:00:00Z").length).toBeLessThanOrEqual(6);
    expect(story.commentsOn(patch)).toEqual([]);

    github.unsuspend("acme-db");
    github.release();
    await story.settle();
    await story.advance({ hours: 1 });
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(await installation(story, "acme-db")).toMatchObject({ state: "active", parked_until: null });
    await story.expectNothingElse();
  });

  test("what GitHub fails to read beside the rest is read again before anybody is reminded of it", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const [first, second] = [await open(story), await open(story)];
    await story.advanceTo(BEFORE);
    // Were the hole taken for an answer, a maintainer would be reminded of what waits for its author.
    github.setMergeable(first, "CONFLICTING");
    github.fault({ graphql: "Observe" }, { hole: { path: ["nodes", 0], message: "Something went wrong" } });
    await story.advanceTo("2026-03-16T09:05:00Z");
    expect(story.commentsOn(first)).toEqual([]);
    expect(story.labelsOn(first)).toEqual(["customer", "awaiting author"]);
    expect(story.commentsOn(second)).toHaveLength(1);
    expect(story.labelsOn(second)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("a repository that is renamed before GitHub could tell us is written to under its new name, once", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await open(story);
    await story.advanceTo(BEFORE);
    github.hold();
    github.renameRepository("acme-db/engine", "motor");
    await story.advanceTo("2026-03-16T09:10:00Z");
    expect(posts(story)).toEqual(["2026-03-16T09:00:00Z 301 engine", "2026-03-16T09:01:00Z 201 motor"]);
    const renamed = { ...patch, repository: "acme-db/motor" };
    expect(story.commentsOn(renamed)).toHaveLength(1);
    expect(story.labelsOn(renamed)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    github.release();
    await story.settle();
    await story.expectNothingElse();
  });

  test("answers that break off lose no policy and write no comment twice", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await open(story);
    github.fault({ method: "GET", path: /\/contents\/.*patch-advocate\.yml/ }, { cutOff: true }, { times: 3 });
    await github.as("mira").commit("acme-db/engine", { ".github/patch-advocate.yml": `${ACME_POLICY}# later\n` });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advance({ hours: 1 });
    const stored = await story.database.db
      .selectFrom("policies")
      .select("good_text")
      .where("is_found", "=", 1)
      .execute();
    expect(stored.map(({ good_text }) => good_text?.endsWith("# later\n"))).toEqual([true]);
    expect(story.checkRunsOn("acme-db/engine")).toHaveLength(1);

    github.fault({ method: "POST", path: COMMENTS }, { cutOff: true });
    await story.advanceTo("2026-03-16T10:00:00Z");
    expect(posts(story)).toHaveLength(1);
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("where GitHub lets us read no policy any more nothing is said, and once it does it goes on", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await open(story);
    const body = { message: "Resource not accessible by integration" };
    github.fault({ method: "GET", path: /\/contents\// }, { status: 403, body }, { times: 1000 });
    await github.as("mira").commit("acme-db/engine", { ".github/patch-advocate.yml": `${ACME_POLICY}# later\n` });
    await story.advanceTo("2026-03-16T10:00:00Z");
    expect(posts(story)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);

    github.clearFaults();
    await github.as("mira").commit("acme-db/engine", { ".github/patch-advocate.yml": `${ACME_POLICY}# again\n` });
    await story.settle();
    expect(posts(story)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
  });

  test.each([
    ["a permission that was taken back", 403, "Resource not accessible by integration"],
    ["a conversation that is gone", 410, "This issue was deleted"],
    ["words that GitHub refuses", 422, "Validation Failed"],
  ])(
    "%s ends a write at once, in sight and with its reason, and is not tried again",
    async (_what, status, message) => {
      const story = await startApp({ on, now: NOW, customers: SHINSHU });
      await open(story);
      story.github.fault({ method: "POST", path: COMMENTS }, { status, body: { message } }, { times: 100 });
      await story.advanceTo("2026-03-16T09:50:00Z");
      expect(posts(story)).toEqual([`${DUE} ${status} engine`]);
      const failed = await story.database.db
        .selectFrom("effects")
        .select("outcome")
        .where("state", "=", "failed")
        .execute();
      expect(failed).toEqual([
        { outcome: JSON.stringify({ kind: "failed", because: `GitHub answered ${status}: ${message}` }) },
      ]);
    },
  );
});
