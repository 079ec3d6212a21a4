// What no delivery ever told is found by comparing with GitHub, once a day; what did not change costs one request a hundred.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const ENGINE = "acme-db/engine";
const START = "2026-03-02T09:00:00Z";

const asked = (story: Story, name: string) =>
  story.github.requests.filter(({ operation }) => operation === `graphql ${name}`);
const told = (story: Story) =>
  story.logs
    .map((line) => JSON.parse(line) as { msg: string; drift: object; requests: number; points: number })
    .filter(({ msg }) => msg === "an installation was compared with GitHub")
    .map(({ drift, requests, points }) => ({ drift, requests, points }));
const open = (story: Story, title: string) => story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title });
const factCount = async ({ database }: Story) =>
  Number(
    (
      await database.db
        .selectFrom("facts")
        .select(({ fn }) => fn.countAll().as("n"))
        .executeTakeFirst()
    )?.n,
  );

describe.each(DIALECTS)("on %s", (on) => {
  test("a review, a close and a pull request that nobody told us of are added within a day and counted", async () => {
    const story = await startApp({ on, now: START, customers: SHINSHU });
    const [reviewed, closed] = [await open(story, "Fix the lock"), await open(story, "Fix the leak")];
    // A minute after the installation its time of day is known.
    await story.advance({ minutes: 1 });
    // Kept back for good: GitHub lists them nowhere.
    story.github.hold();
    await story.github.as("mira").review(reviewed, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.github.as("sb-dev1").close(closed);
    const unknown = await open(story, "Fix the loop");
    story.github.setVisibility("acme-db/cases", "public");

    await story.advance({ hours: 36 });

    expect(story.labelsOn(reviewed)).toEqual(["customer", "awaiting author"]);
    expect(story.labelsOn(unknown)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.labelsOn(closed)).toEqual(["customer"]);
    const rows = await story.database.db.selectFrom("patches").select(["number", "state"]).orderBy("number").execute();
    expect(rows.map(({ state }) => state)).toEqual(["open", "closed", "open"]);
    expect(told(story)).toMatchObject([{ drift: { publicized: 1, unknown: 1, state: 1, reviewed: 1 } }]);
    const metrics = await (await fetch(`${story.url}/metrics`)).text();
    expect(metrics).toContain('patch_advocate_drift_total{kind="reviewed"} 1');
    expect(metrics).toContain("patch_advocate_reconciliation_points_total");

    const before = await factCount(story);
    story.github.release();
    await story.settle();
    expect(await factCount(story)).toBe(before);
    await story.expectNothingElse();
  });

  test("where nothing drifted a comparison is one request a hundred, and adds nothing", async () => {
    const story = await startApp({ on, now: START, customers: SHINSHU });
    const patch = await open(story, "Fix the lock");
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.github.as("sb-dev1").comment(patch, "Done.");
    await story.settle();
    await story.advance({ minutes: 10 });
    await makeManyMore(story, 100);
    const before = await factCount(story);
    story.github.clearRequests();

    await story.advance({ hours: 36 });

    expect(
      asked(story, "Reconcile").map(({ body }) => (body as { variables: { ids: [] } }).variables.ids.length),
    ).toEqual([100, 1]);
    expect(asked(story, "PatchesById")).toEqual([]);
    expect(await factCount(story)).toBe(before);
    expect(told(story)).toEqual([{ drift: {}, requests: 3, points: 4 }]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });

  test("a comparison goes on where a fault or a low budget stopped it", async () => {
    const story = await startApp({ on, now: START, customers: SHINSHU });
    const patch = await open(story, "Fix the lock");
    await story.advance({ minutes: 1 });
    story.github.hold();
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    // For both repositories, and for each alone.
    story.github.fault({ graphql: "OpenIds" }, { status: 502 }, { times: 3 });
    await story.advance({ hours: 36 });
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);

    const resetAt = Math.floor(Date.now() / 1000) + 1800;
    const low = { "x-ratelimit-resource": "graphql", "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "100" };
    story.github.fault(
      { graphql: "OpenIds" },
      {
        status: 200,
        headers: { ...low, "x-ratelimit-reset": String(resetAt) },
        body: { data: { nodes: [], rateLimit: null } },
      },
    );
    await story.advance({ minutes: 11 });
    await story.advance({ minutes: 10 });
    expect(asked(story, "Reconcile")).toEqual([]);
    await story.advance({ minutes: 20 });

    expect(asked(story, "OpenIds")).toHaveLength(4);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });

  test("what was lost before a pull request was followed is known once a case is linked to it", async () => {
    const story = await startApp({ on, now: START, customers: SHINSHU });
    const patch = await story.github.as("stranger").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    await story.advance({ minutes: 1 });
    story.github.hold();
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advance({ hours: 36 });
    const { webhookUrl } = story.github;
    story.github.webhookUrl = undefined;
    story.github.release();
    await story.settle();
    story.github.webhookUrl = webhookUrl;

    await story.github.as("dana").comment(patch, "/case link CASE-7");
    await story.settle();

    expect(story.labelsOn(patch)).toEqual(["awaiting author"]);
  });

  test("where a hundred are too much for GitHub it is asked for fewer, and one that it cannot show keeps no other waiting", async () => {
    const story = await startApp({ on, now: START, customers: SHINSHU });
    const patches = [
      await open(story, "Fix the lock"),
      await open(story, "Fix the leak"),
      await open(story, "Fix it all"),
    ];
    await story.advance({ minutes: 1 });
    story.github.hold();
    for (const patch of patches)
      await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    const sizes = () =>
      asked(story, "Reconcile").map(({ body }) => (body as { variables: { ids: [] } }).variables.ids.length);
    // All three, the first two, and the first one alone.
    story.github.fault({ graphql: "Reconcile" }, { status: 502 }, { times: 3 });

    await story.advance({ hours: 36 });

    expect(sizes()).toEqual([3, 2, 1, 1, 1]);
    expect(patches.map((patch) => story.labelsOn(patch))).toEqual([
      ["customer", "awaiting maintainer"],
      ["customer", "awaiting author"],
      ["customer", "awaiting author"],
    ]);
    expect(story.logs.filter((line) => line.includes("the next comparison looks at them again"))).toHaveLength(1);

    // What happened to it is older than a day by then.
    await story.advance({ hours: 36 });
    expect(story.labelsOn(patches[0] ?? raise())).toEqual(["customer", "awaiting author"]);
  });

  test("an installation that came, went or was let in again, and a repository that changed, are found within a day", async () => {
    const story = await startApp({
      on,
      now: START,
      customers: SHINSHU,
      github: {
        organizations: [
          ...(ACME.organizations ?? []),
          { login: "gone-db", owners: ["chief"], members: [] },
          { login: "new-db", owners: ["chief"], members: [] },
        ],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "gone-db", repositories: "all" },
        ],
      },
    });
    await open(story, "Fix the lock");
    story.github.suspend("acme-db");
    await story.advance({ minutes: 1 });
    expect(await stateOf(story, "acme-db")).toBe("suspended");
    // Kept back for good.
    story.github.hold();
    story.github.unsuspend("acme-db");
    story.github.setVisibility("acme-db/cases", "public");
    story.github.archive(ENGINE);
    story.github.uninstall("gone-db");
    story.github.install("new-db", "all");

    await story.advance({ hours: 60 });

    expect(await Promise.all(["acme-db", "gone-db", "new-db"].map((login) => stateOf(story, login)))).toEqual([
      "active",
      "deleted",
      "active",
    ]);
    const kept = story.database.db.selectFrom("repositories").select(["name", "visibility", "is_archived"]);
    expect(await kept.where("name", "in", ["engine", "cases"]).orderBy("name").execute()).toEqual([
      { name: "cases", visibility: "public", is_archived: 0 },
      { name: "engine", visibility: "public", is_archived: 1 },
    ]);
    expect(await story.database.db.selectFrom("patches").select("turn").execute()).toEqual([{ turn: "nobody" }]);
  });
});

const raise = (): never => {
  throw new Error("there is no such patch");
};
const stateOf = async ({ database: { db }, github }: Story, login: string) =>
  (await db.selectFrom("installations").select("state").where("owner_id", "=", github.idOf(login)).executeTakeFirst())
    ?.state;

/** Rows as of a repository that GitHub lists and whose pull requests it does not show us just now. */
async function makeManyMore({ database, github }: Story, count: number): Promise<void> {
  const { db } = database;
  const repository = await db
    .selectFrom("repositories")
    .selectAll()
    .where("name", "=", "engine")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("repositories")
    .values({ ...repository, id: 999, node_id: "R_none", name: "hidden" })
    .execute();
  const rows = await db.selectFrom("repositories").selectAll().execute();
  const repositories = rows.map((row) => ({
    id: row.id,
    node_id: row.node_id,
    name: row.name,
    full_name: `${row.owner_login}/${row.name}`,
    private: row.visibility !== "public",
    default_branch: row.default_branch,
    owner: { id: row.owner_id, login: row.owner_login },
  }));
  const body = { total_count: repositories.length, repositories };
  github.fault({ path: /^\/installation\/repositories/ }, { status: 200, body }, { times: 2 });
  const patch = await db.selectFrom("patches").selectAll().executeTakeFirstOrThrow();
  const more = Array.from({ length: count }, (_, n) => ({
    ...patch,
    id: `999#${n + 1}`,
    repository_id: 999,
    number: n + 1,
    node_id: `PR_none_${n}`,
    due_at: null,
  }));
  await db.insertInto("patches").values(more).execute();
}
