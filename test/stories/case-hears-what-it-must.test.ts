// What a case's people hear in a comment of its own, once, and what they do not: a closing before it is sure, anything while it is observed.
import { describe, expect, test } from "vitest";
import { eventsOfCustomer } from "../../src/cases/events-store.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const start = (on: (typeof DIALECTS)[number], policy = ACME_POLICY) =>
  startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(policy) });

async function linkedCase(story: Story) {
  const patch = await story.github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
  await story.settle();
  const problem = await story.github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Locks time out",
    body: `Customer: shinshu-bank\nSeverity: S3\nPatch: acme-db/engine#${patch.number}`,
  });
  await story.settle();
  await story.advance({ minutes: 2 });
  expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S3"]);
  const pull = `[\`acme-db/engine#1\`](${patch.url}) Fix the lock`;
  return { patch, problem, pull };
}

const eventsOf = async (story: Story) =>
  (await eventsOfCustomer(story.database.db, story.github.idOf("acme-db"), "shinshu-bank", { sinceAt: 0, limit: 20 }))
    .map(({ event }) => event.kind)
    .toReversed();

/** Our comments without the one that is kept up to date. */
const notesOn = (story: Story, problem: Parameters<Story["commentsOn"]>[0]) =>
  story.commentsOn(problem).filter((body) => !body.startsWith("| Pull request |"));
const keptOn = (story: Story, problem: Parameters<Story["commentsOn"]>[0]) =>
  story.commentsOn(problem).filter((body) => body.startsWith("| Pull request |"));

const stands = (kept: readonly string[]) => kept.map((body) => body.split("\n")[2]?.split(" | ")[1]);

describe.each(DIALECTS)("on %s", (on) => {
  test("a closing is told once three days have passed, and reopening takes it back", async () => {
    const story = await start(on);
    const { patch, problem, pull } = await linkedCase(story);
    await story.github.as("mira").close(patch);
    await story.github.as("mira").comment(patch, "We will not change this.");
    await story.advance({ minutes: 2 });
    expect(notesOn(story, problem)).toEqual([]);
    expect(stands(keptOn(story, problem))).toEqual([
      "closed by `mira` on 2026-03-02; it counts as a no from 2026-03-05 on, unless something else is said",
    ]);
    expect(await eventsOf(story)).toEqual(["linked"]);

    await story.advance({ days: 4 });
    const said = story.github.commentsOn(patch).find((each) => each.body === "We will not change this.");
    const declined = `${pull}\n\n**Declined**: \`mira\` closed it on 2026-03-02 without merging it, and that stands as a no. [What the maintainers said](${patch.url}#issuecomment-${said?.id})`;
    expect(notesOn(story, problem)).toEqual([declined]);
    expect(stands(keptOn(story, problem))).toEqual(["**declined**: `mira` closed it on 2026-03-02"]);
    expect(await eventsOf(story)).toEqual(["linked", "decided"]);

    await story.github.as("mira").reopen(patch);
    await story.advance({ minutes: 2 });
    const reopened = `${pull}\n\n**Reopened** by \`mira\` on 2026-03-06. What was said here of its end no longer holds.`;
    expect(notesOn(story, problem)).toEqual([declined, reopened]);
    expect(await eventsOf(story)).toEqual(["linked", "decided", "reopened"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "customer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("what was closed and opened again before it was sure was never told", async () => {
    const story = await start(on);
    const { patch, problem } = await linkedCase(story);
    await story.github.as("mira").close(patch);
    await story.advance({ days: 1 });
    await story.github.as("sb-dev1").reopen(patch);
    await story.advance({ days: 3 });
    expect(notesOn(story, problem)).toEqual([]);
    expect(keptOn(story, problem)).toHaveLength(1);
    expect(await eventsOf(story)).toEqual(["linked"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a later day is told with its reason, and a comment that somebody deleted comes back only with news", async () => {
    const story = await start(on);
    const { patch, problem, pull } = await linkedCase(story);
    const [kept] = story.github.commentsOn(problem).filter((each) => each.author === story.github.botLogin);
    await story.github.as("dana").deleteComment({
      kind: "comment",
      id: kept?.id ?? 0,
      nodeId: "",
      repositoryId: problem.repositoryId,
      number: problem.number,
    });
    await story.advance({ minutes: 5 });
    const graver = await story.github.as("dana").comment(problem, "/case severity S2");
    await story.advance({ minutes: 5 });
    expect(story.reactionsOn(graver)).toEqual(["+1"]);
    expect(story.commentsOn(problem)).toEqual([]);

    const later = await story.github.as("mira").comment(patch, "/case later 2026-03-20 after the freeze");
    await story.advance({ minutes: 5 });
    expect(story.reactionsOn(later)).toEqual(["+1"]);
    expect(notesOn(story, problem)).toEqual([`${pull}\n\n**Put off** by \`mira\` until 2026-03-20: after the freeze`]);
    expect(stands(keptOn(story, problem))).toEqual([
      "nobody’s turn since 2026-03-02: `mira` decided to come back to it on 2026-03-20: after the freeze",
    ]);
    expect(await eventsOf(story)).toEqual(["linked", "put-off"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["customer", "severity: S2"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("in the morning of the day on which the customer was promised to hear, the case says so once", async () => {
    const story = await start(on, `${ACME_POLICY}language: ja\ncalendar: { timezone: Asia/Tokyo }\n`);
    const { patch, problem } = await linkedCase(story);
    // A Saturday: it is told on Friday.
    const promise = await story.github
      .as("dana")
      .comment(problem, "/case report 2026-03-07\n/case workaround Restart it.");
    await story.advance({ minutes: 2 });
    expect(story.reactionsOn(promise)).toEqual(["+1"]);
    expect(keptOn(story, problem)).toEqual([]);
    const comments = () => story.commentsOn(problem).filter((body) => !body.startsWith("| プルリクエスト"));
    expect(story.commentsOn(problem)[0]).toContain(
      "- 重大度: `S3`\n- 回避策: Restart it.\n- お客様への次回報告予定: `2026-03-07`",
    );
    await story.advanceTo("2026-03-05T23:59:00Z");
    expect(comments()).toEqual([]);
    await story.advanceTo("2026-03-06T00:01:00Z");
    const due =
      "**報告予定**: `2026-03-07` はお客様への次回報告の予定日です。報告を終えられましたら、次回の予定日を `/case report 2027-03-15` の形でお書きください。";
    expect(comments()).toEqual([due]);
    await story.advanceTo("2026-03-09T01:00:00Z");
    expect(comments()).toEqual([due]);
    expect(await eventsOf(story)).toEqual(["linked", "workaround-known"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("while the policy observes nothing is written on a case, and what would be is recorded", async () => {
    const story = await start(on, ACME_POLICY.replace("mode: act", "mode: observe"));
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    await story.settle();
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Locks",
      body: `Customer: shinshu-bank\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.advance({ hours: 1 });
    await story.github.as("mira").merge(patch);
    await story.advance({ hours: 1 });
    expect(story.commentsOn(problem)).toEqual([]);
    expect(await eventsOf(story)).toEqual([]);
    const effects = await story.database.db
      .selectFrom("effects")
      .select(["kind", "state"])
      .where("kind", "in", ["case-comment", "case-note"])
      .orderBy("kind")
      .execute();
    expect(effects).toEqual([
      { kind: "case-comment", state: "observed" },
      { kind: "case-note", state: "observed" },
    ]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a case that is unlinked says so in place, and hears nothing more of that patch", async () => {
    const story = await start(on);
    const { patch, problem } = await linkedCase(story);
    await story.advance({ hours: 1 });
    const unlinking = await story.github.as("dana").comment(problem, `/case unlink acme-db/engine#${patch.number}`);
    await story.advance({ minutes: 2 });
    expect(story.reactionsOn(unlinking)).toEqual(["+1"]);
    const kept = `No pull request is linked to this case any more.

- Severity: \`S3\`

This comment is kept up to date by itself. Days are those of \`UTC\`.`;
    expect(story.commentsOn(problem)).toEqual([kept]);
    await story.github.as("mira").merge(patch);
    await story.advance({ hours: 1 });
    expect(story.commentsOn(problem)).toEqual([kept]);
    expect(await eventsOf(story)).toEqual(["linked"]);
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("once the case's repository is public, what was written there is folded and nothing more is", async () => {
    const story = await start(on);
    const { patch, problem } = await linkedCase(story);
    story.github.setVisibility("acme-db/cases", "public");
    await story.settle();
    await story.github.as("mira").merge(patch);
    await story.advance({ hours: 1 });
    const comments = story.commentsOn(problem);
    expect(comments.map((body) => body.split("\n")[0])).toEqual([
      "[folded] | Pull request | Where it stands | What comes next |",
    ]);
    expect(comments[0]).toContain("the maintainers’ turn since 2026-03-02");
    expect(story.labelsOn(patch).toSorted()).toEqual(["customer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
