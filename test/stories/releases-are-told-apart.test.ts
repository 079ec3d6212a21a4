// Which releases ship a fix: not drafts, not prereleases unless the policy says so, not those that lack it; backports and tags do.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const ENGINE = "acme-db/engine";
const start = (on: (typeof DIALECTS)[number], more = "") =>
  startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU, github: withOwnerPolicy(`${ACME_POLICY}${more}`) });

async function merged(story: Story) {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
  await story.advance({ hours: 1 });
  await story.github.as("mira").merge(patch);
  await story.advance({ hours: 1 });
  expect(story.labelsOn(patch)).toEqual(["customer"]);
  return patch;
}

/** What is known to contain the fix, and how often GitHub was asked. */
async function shipped(story: Story) {
  const row = await story.database.db
    .selectFrom("patch_times")
    .select(["released_at", "release_tag"])
    .executeTakeFirst();
  const asked = story.github.requests.filter((request) => request.path.includes("/compare/")).length;
  const at = row?.released_at ?? null;
  return { tag: row?.release_tag ?? null, at: at === null ? null : new Date(at).toISOString(), asked };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a draft and a prerelease are none, the release is, and published again it is the same", async () => {
    const story = await start(on);
    const mira = story.github.as("mira");
    await merged(story);
    await mira.createRelease(ENGINE, { tag: "v3.0", draft: true });
    await mira.createRelease(ENGINE, { tag: "v2.0-rc.1", prerelease: true });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 0 });
    await story.advance({ hours: 1 });
    await mira.createRelease(ENGINE, { tag: "v2.0" });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T12:00:00.000Z", asked: 1 });
    for (const delivery of story.github.deliveries.filter((each) => each.event === "release"))
      story.github.redeliver(delivery.guid);
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T12:00:00.000Z", asked: 1 });
    await story.expectNothingElse();
  });

  test("prereleases count where the policy says so", async () => {
    const story = await start(on, "releases: { prereleases: true }\n");
    await merged(story);
    await story.github.as("mira").createRelease(ENGINE, { tag: "v2.0-rc.1", prerelease: true });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: "v2.0-rc.1", at: "2026-03-02T11:00:00.000Z", asked: 1 });
    await story.expectNothingElse();
  });

  test("a release of another line has it only as a backport, and a release that lacks it is asked about once", async () => {
    const story = await start(on);
    const mira = story.github.as("mira");
    const onLine = (name: string, message: string) =>
      mira.commitOn(ENGINE, { branch: "release-1", files: { [`src/${name}.c`]: "/* */\n" }, message });
    const old = await onLine("old", "Mend something else");
    const patch = await merged(story);
    await mira.createRelease(ENGINE, { tag: "v1.0.1", sha: old });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 1 });

    await story.advance({ hours: 1 });
    const { merge_sha: sha } = await story.database.db
      .selectFrom("patches")
      .select("merge_sha")
      .where("id", "=", `${patch.repositoryId}#${patch.number}`)
      .executeTakeFirstOrThrow();
    const picked = await onLine("lock", `Fix the lock\n\n(cherry picked from commit ${sha})`);
    await mira.createRelease(ENGINE, { tag: "v1.0.2", sha: picked });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: "v1.0.2", at: "2026-03-02T12:00:00.000Z", asked: 2 });
    await story.expectNothingElse();
  });

  test("tags are releases where the policy says so, and releases then are none", async () => {
    const story = await start(on, "releases: { from: tags }\n");
    const mira = story.github.as("mira");
    await merged(story);
    await mira.createTag(ENGINE, "v2.0-beta");
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 0 });
    await story.advance({ hours: 1 });
    await mira.createTag(ENGINE, "v2.0");
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T12:00:00.000Z", asked: 1 });
    await story.expectNothingElse();
  });

  test("what GitHub tells in the wrong order comes out right, and the earliest release counts", async () => {
    const story = await start(on);
    const mira = story.github.as("mira");
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    await mira.createRelease(ENGINE, { tag: "v1.9" });
    await story.advance({ hours: 1 });
    story.github.hold();
    await mira.merge(patch);
    await story.advance({ minutes: 5 });
    await mira.createRelease(ENGINE, { tag: "v2.0" });
    await story.advance({ minutes: 5 });
    await mira.createRelease(ENGINE, { tag: "v2.1" });
    story.github.release({ order: "reversed" });
    await story.settle();
    const { tag, at } = await shipped(story);
    expect([tag, at]).toEqual(["v2.0", "2026-03-02T10:05:00.000Z"]);
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    await story.expectNothingElse();
  });

  test("while GitHub does not answer it is asked again later, and nothing is lost", async () => {
    const story = await start(on);
    await merged(story);
    story.github.fault({ path: /\/compare\// }, { status: 502 }, { times: 2 });
    await story.github.as("mira").createRelease(ENGINE, { tag: "v2.0" });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 1 });
    await story.advance({ minutes: 1 });
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 2 });
    await story.advance({ minutes: 2 });
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T11:00:00.000Z", asked: 3 });
    await story.expectNothingElse();
  });

  test("while GitHub cannot say what a release contains it is asked again, and then it counts from when it was published", async () => {
    const story = await start(on);
    await merged(story);
    const compare = { path: /\/compare\// };
    story.github.fault(compare, { status: 502 });
    story.github.fault(compare, {
      status: 403,
      headers: { "retry-after": "120" },
      body: { message: "secondary rate limit" },
    });
    story.github.fault(compare, { cutOff: true });
    await story.github.as("mira").createRelease(ENGINE, { tag: "v2.0" });
    await story.settle();
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 1 });
    for (let minutes = 0; minutes < 60; minutes += 2) await story.advance({ minutes: 2 });
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T11:00:00.000Z", asked: 4 });
    await story.expectNothingElse();
  });

  test("where GitHub does not let us see what a release contains it says so and asks hourly, until it does", async () => {
    const story = await start(on);
    await merged(story);
    const body = { message: "Resource not accessible by integration" };
    story.github.fault({ path: /\/compare\// }, { status: 403, body }, { times: 100 });
    await story.github.as("mira").createRelease(ENGINE, { tag: "v2.0" });
    await story.settle();
    const hours = async (count: number) => {
      for (let passed = 0; passed < count; passed += 1) await story.advance({ hours: 1 });
    };
    await hours(24);
    expect(await shipped(story)).toEqual({ tag: null, at: null, asked: 25 });
    expect(story.logs.filter((line) => line.includes("asking what a release contains was put off"))).toHaveLength(25);
    story.github.clearFaults();
    await hours(1);
    expect(await shipped(story)).toEqual({ tag: "v2.0", at: "2026-03-02T11:00:00.000Z", asked: 26 });
  });
});
