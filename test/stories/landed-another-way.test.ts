// A change that came in by another commit or pull request is landed, not declined: by a word, by what closed it, by what commits say.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const ENGINE = "acme-db/engine";
type Ref = { readonly repositoryId: number; readonly number: number };

const PATCH = { repository: ENGINE, title: "Fix the lock" };

/** What is known of a patch's end. */
async function landings(story: Story, patch: Ref) {
  const rows = await story.database.db
    .selectFrom("facts")
    .select(["actor_login", "data"])
    .where("patch_id", "=", `${patch.repositoryId}#${patch.number}`)
    .where("kind", "=", "landed")
    .orderBy("at")
    .execute();
  return rows.map(({ actor_login: by, data }) => {
    const { how, sha, pull } = JSON.parse(data) as { how: string; sha: string | null; pull: string | null };
    return { by, how, sha, pull };
  });
}

async function standing(story: Story, patch: Ref): Promise<string> {
  const row = await story.database.db
    .selectFrom("patches")
    .select("standing")
    .where("id", "=", `${patch.repositoryId}#${patch.number}`)
    .executeTakeFirstOrThrow();
  return (JSON.parse(row.standing ?? "{}") as { because: { code: string } }).because.code;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a commit that closes the pull request has landed it", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    await story.advance({ hours: 1 });
    const sha = await story.github
      .as("mira")
      .commit(ENGINE, { "src/lock.c": "/* mended */\n" }, `Mend it\n\nCloses #${patch.number}`);
    await story.settle();
    expect(await landings(story, patch)).toEqual([
      { by: "mira", how: "push", sha, pull: null },
      { by: "mira", how: "closing", sha, pull: null },
    ]);
    expect(await standing(story, patch)).toBe("landed");
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a maintainer's comment says where it landed, if it is so; others' comments do not", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const sha = await story.github.as("mira").commit(ENGINE, { "src/lock.c": "/* mended */\n" }, "Mend it");
    await story.settle();
    await story.github.as("stranger").comment(patch, `Landed in ${sha}`);
    await story.github.as("mira").comment(patch, `Landed in ${"f".repeat(40)}`);
    await story.settle();
    expect(await landings(story, patch)).toEqual([]);
    await story.advance({ minutes: 5 });
    await story.github.as("mira").close(patch);
    await story.settle();
    expect(await standing(story, patch)).toBe("closed");
    await story.advance({ minutes: 1 });
    await story.github.as("mira").comment(patch, `Thanks! Landed in ${sha.slice(0, 10)}.`);
    await story.settle();
    expect(await landings(story, patch)).toEqual([{ by: "mira", how: "comment", sha, pull: null }]);
    expect(await standing(story, patch)).toBe("landed");
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a commit picked from the patch, or naming its address, has landed it once it is closed; not in another branch", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const picked = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const named = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, title: "Fix the other lock" });
    await story.settle();
    await story.advance({ hours: 1 });
    const head = await story.github.as("sb-dev1").push(picked);
    await story.settle();
    const sha = await story.github
      .as("mira")
      .commit(
        ENGINE,
        { "src/lock.c": "/* mended */\n" },
        `Mend it\n\n(cherry picked from commit ${head})\nPR-URL: ${named.url}`,
      );
    await story.settle();
    expect(await standing(story, picked)).toBe("opened-ready");
    await story.advance({ minutes: 1 });
    await story.github.as("sb-dev1").close(picked);
    await story.github.as("mira").close(named);
    await story.settle();
    expect(await landings(story, picked)).toEqual([{ by: "mira", how: "cherry-pick", sha, pull: null }]);
    expect(await landings(story, named)).toEqual([{ by: "mira", how: "push", sha, pull: null }]);
    expect([await standing(story, picked), await standing(story, named)]).toEqual(["landed", "landed"]);
    expect([story.labelsOn(picked), story.labelsOn(named)]).toEqual([["customer"], ["customer"]]);
    await story.expectNothingElse();
  });

  test("`/case landed` takes what is in the default branch, and says what is wrong with anything else", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      github: {
        organizations: [
          {
            login: "acme-db",
            owners: ["boss"],
            members: ["mira", "noel", "dana", "kenji"],
            teams: { support: ["dana", "kenji"] },
          },
          { login: "elsewhere", owners: ["ella"] },
        ],
        repositories: [
          {
            name: ENGINE,
            visibility: "public",
            collaborators: { mira: "write", noel: "write", dana: "write" },
            files: { ".github/patch-advocate.yml": 'version: 1\nsupport: ["@acme-db/support"]\nmaintainers: [mira]\n' },
          },
          { name: "elsewhere/open", visibility: "public" },
          { name: "elsewhere/hidden", visibility: "private" },
        ],
      },
    });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const open = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Another way" });
    const theirs = await story.github.as("ella").commit("elsewhere/open", { "src/lock.c": "/* mended */\n" });
    await story.settle();
    const none = "f".repeat(40);
    const head = await story.github.as("noel").push(open);
    const refused: readonly (readonly [string, string])[] = [
      [`#${patch.number}`, "That is this pull request. Please name the other one. For example: `/case landed #123`"],
      [
        `#${open.number}`,
        "That pull request is not merged. If it is to take this one’s place, write: `/case superseded #123`",
      ],
      ["#99", "There is no pull request of that number. Please check its number. For example: `/case landed #123`"],
      [
        none,
        "GitHub shows no commit of that id there. Please check it, or name more of its digits. For example: `/case landed #123`",
      ],
      [head, "That is not in the default branch there. Please write this once it is."],
      ["elsewhere/hidden#1", "This app is not installed on that repository. Whoever owns it can install it there."],
      [
        `elsewhere/hidden@${none}`,
        "This app is not installed on that repository. Whoever owns it can install it there.",
      ],
      [
        "https://other.example/acme-db/engine/pull/1",
        "This app is not installed on that repository. Whoever owns it can install it there.",
      ],
    ];
    for (const [ref, reason] of refused) {
      const before = story.commentsOn(patch).length;
      const comment = await story.github.as("dana").comment(patch, `/case landed ${ref}`);
      await story.settle();
      expect.soft(story.commentsOn(patch).slice(before)).toEqual([`\`/case landed\`: ${reason}`]);
      expect.soft(story.reactionsOn(comment)).toEqual(["confused"]);
      await story.advance({ minutes: 2 });
    }
    expect(await standing(story, patch)).toBe("opened-ready");

    const elsewhere = await story.github.as("dana").comment(patch, `/case landed elsewhere/open@${theirs.slice(0, 8)}`);
    await story.settle();
    expect(story.reactionsOn(elsewhere)).toEqual(["+1"]);
    expect(await standing(story, patch)).toBe("landed");
    // Said by mistake, it is taken back by handing it to somebody.
    await story.advance({ minutes: 2 });
    const back = await story.github.as("dana").comment(patch, "/case waiting maintainer");
    await story.settle();
    expect(story.reactionsOn(back)).toEqual(["+1"]);
    expect(await standing(story, patch)).toBe("waiting-for-maintainer");
    await story.github.as("mira").merge(open);
    await story.advance({ minutes: 2 });
    const merged = await story.github.as("mira").comment(patch, `/case landed ${open.url}`);
    await story.settle();
    expect(story.reactionsOn(merged)).toEqual(["+1"]);
    expect((await landings(story, patch)).map(({ by, how, pull }) => ({ by, how, pull }))).toEqual([
      { by: "dana", how: "command", pull: null },
      { by: "mira", how: "command", pull: `${ENGINE}#${open.number}` },
    ]);
    expect(await standing(story, patch)).toBe("landed");

    await story.advance({ minutes: 2 });
    const late = await story.github.as("mira").comment(open, `/case landed #${patch.number}`);
    await story.settle();
    expect(story.reactionsOn(late)).toEqual(["confused"]);
    expect(story.commentsOn(open)).toEqual([
      "`/case landed`: This pull request is merged, so nothing else became of it.",
    ]);
    expect([story.labelsOn(patch), story.labelsOn(open)]).toEqual([["customer"], []]);
    await story.expectNothingElse();
  });
});
