// Another pull request takes a patch's place: its cases and what it waited move over, and come back when it is reopened.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const HOUR = 3_600_000;

type Ref = { readonly repositoryId: number; readonly number: number };

const idOf = ({ repositoryId, number }: Ref): string => `${repositoryId}#${number}`;

async function links(story: Story, ref: Ref): Promise<readonly string[]> {
  const rows = await story.database.db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["cases.reference", "links.state", "links.made_by", "links.is_by_support"])
    .where("links.patch_id", "=", idOf(ref))
    .orderBy("cases.reference")
    .execute();
  return rows.map(
    (row) => `${row.reference} ${row.state} by ${row.made_by}${row.is_by_support === 1 ? " of support" : ""}`,
  );
}

async function standing(story: Story, ref: Ref): Promise<string> {
  const { standing: json } = await story.database.db
    .selectFrom("patches")
    .select("standing")
    .where("id", "=", idOf(ref))
    .executeTakeFirstOrThrow();
  const { because, clockMillis } = JSON.parse(json ?? "{}") as { because: { code: string }; clockMillis: number };
  return `${because.code}, ${clockMillis / HOUR} hours`;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("cases and waiting move over and are taken back", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const old = await story.github.as("noel").openPullRequest(PATCH);
    await story.github.as("dana").comment(old, "/case link CASE-1 CASE-2");
    await story.settle();
    await story.advanceTo("2026-03-05T13:00:00Z");
    const young = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock anew" });
    await story.settle();
    await story.advanceTo("2026-03-05T15:00:00Z");
    const command = await story.github.as("dana").comment(old, `/case superseded #${young.number}`);
    await story.settle();
    expect(story.reactionsOn(command)).toEqual(["+1"]);
    // Two hours of the thirty both waited.
    expect([await standing(story, old), await standing(story, young)]).toEqual([
      "superseded, 30 hours",
      "opened-ready, 30 hours",
    ]);
    expect(await links(story, young)).toEqual([
      "CASE-1 confirmed by dana of support",
      "CASE-2 confirmed by dana of support",
    ]);
    expect(await links(story, old)).toEqual([
      "CASE-1 confirmed by dana of support",
      "CASE-2 confirmed by dana of support",
    ]);
    expect([story.labelsOn(old), story.labelsOn(young)]).toEqual([[], ["awaiting maintainer"]]);

    // Somebody confirms one of them where it is now, which stays; the rest goes back.
    await story.advanceTo("2026-03-06T09:00:00Z");
    await story.github.as("kenji").comment(young, "/case link CASE-1");
    await story.github.as("noel").close(old);
    await story.settle();
    expect(await standing(story, young)).toBe("opened-ready, 32 hours");
    await story.advanceTo("2026-03-06T11:00:00Z");
    await story.github.as("noel").reopen(old);
    await story.settle();
    expect(await links(story, young)).toEqual([
      "CASE-1 confirmed by kenji of support",
      "CASE-2 dropped by dana of support",
    ]);
    expect([await standing(story, old), await standing(story, young)]).toEqual([
      "reopened, 30 hours",
      "opened-ready, 6 hours",
    ]);
    expect([story.labelsOn(old), story.labelsOn(young)]).toEqual([["awaiting maintainer"], ["awaiting maintainer"]]);
    expect(story.reactionsOn(command)).toEqual(["+1"]);
    await story.expectNothingElse();
  });

  test("it does not matter in which order the word and the reopening reach us", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const old = await story.github.as("noel").openPullRequest(PATCH);
    const young = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock anew" });
    await story.github.as("dana").comment(old, "/case link CASE-1");
    await story.settle();
    story.github.hold();
    const command = await story.github.as("dana").comment(old, `/case superseded #${young.number}`);
    await story.advance({ minutes: 5 });
    await story.github.as("noel").close(old);
    await story.advance({ minutes: 5 });
    await story.github.as("noel").reopen(old);
    story.github.release({ order: "reversed" });
    await story.settle();
    expect(story.reactionsOn(command)).toEqual(["+1"]);
    expect(await links(story, young)).toEqual([]);
    expect(await standing(story, old)).toMatch(/^reopened/);
    expect([story.labelsOn(old), story.labelsOn(young)]).toEqual([["awaiting maintainer"], []]);
    await story.expectNothingElse();
  });

  test("one that was merged, or closed by a commit, before we came is taken as it ended", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, isInstalled: false });
    const old = await story.github.as("noel").openPullRequest(PATCH);
    const merged = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock anew" });
    const other = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock at last" });
    await story.github.as("mira").merge(merged);
    await story.github
      .as("mira")
      .commit("acme-db/engine", { "src/a.c": "/* a */\n" }, `Mend it, closes #${other.number}`);
    story.github.announceInstallations();
    await story.settle();
    await story.advance({ minutes: 5 });
    const link = await story.github.as("dana").comment(old, "/case link CASE-1");
    await story.settle();
    for (const [by, end] of [
      [other, "landed"],
      [merged, "merged"],
    ] as const) {
      await story.advance({ minutes: 5 });
      const command = await story.github.as("dana").comment(old, `/case superseded #${by.number}`);
      await story.settle();
      expect(story.reactionsOn(command)).toEqual(["+1"]);
      expect(await standing(story, old)).toMatch(/^superseded/);
      expect((await standing(story, by)).split(",")[0]).toBe(end);
      expect(await links(story, by)).toEqual(["CASE-1 confirmed by dana of support"]);
    }
    // The later word counts: what the first had got is taken back.
    expect(await links(story, other)).toEqual(["CASE-1 dropped by dana of support"]);
    expect(story.reactionsOn(link)).toEqual(["+1"]);
    expect([story.labelsOn(old), story.labelsOn(merged), story.labelsOn(other)]).toEqual([[], [], []]);
    await story.expectNothingElse();
  });

  test("what it cannot be superseded by is told, and time does not go round", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const first = await story.github.as("noel").openPullRequest(PATCH);
    const second = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock anew" });
    const third = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock at last" });
    await story.github.as("dana").comment(first, "/case link CASE-1");
    await story.settle();
    await story.advance({ hours: 4 });
    await story.github.as("dana").comment(first, `/case superseded #${second.number}`);
    await story.settle();
    await story.advance({ minutes: 2 });
    await story.github.as("dana").comment(second, `/case superseded ${third.url}`);
    await story.settle();
    expect(await links(story, third)).toEqual(["CASE-1 confirmed by dana of support"]);
    const hidden = `/case superseded elsewhere/engine#1`;
    const refused = [
      [
        `/case superseded #${third.number}`,
        "That is this pull request. Please name the other one. For example: `/case landed #123`",
      ],
      [
        `/case superseded #${first.number}`,
        "That pull request is superseded by this one, so it cannot take this one’s place as well.",
      ],
      [
        "/case superseded #99",
        "There is no pull request of that number. Please check its number. For example: `/case superseded #123`",
      ],
      [hidden, "This app is not installed on that repository. Whoever owns it can install it there."],
      [
        "/case superseded CASE-1",
        "Name a pull request as `owner/repo#12`, `#12` or by its address. For example: `/case superseded #123`",
      ],
    ];
    for (const [written = "", reason = ""] of refused) {
      await story.advance({ minutes: 2 });
      const before = story.commentsOn(third).length;
      const comment = await story.github.as("dana").comment(third, written);
      await story.settle();
      expect.soft(story.reactionsOn(comment)).toEqual(["confused"]);
      expect
        .soft(story.commentsOn(third).slice(before))
        .toEqual([`\`/case superseded\`: ${reason.replace("/case landed #123", "/case superseded #123")}`]);
    }
    expect([story.labelsOn(first), story.labelsOn(second), story.labelsOn(third)]).toEqual([
      [],
      [],
      ["awaiting maintainer"],
    ]);
    expect(story.commentsOn(first)).toEqual([]);
    await story.expectNothingElse();
  });
});
