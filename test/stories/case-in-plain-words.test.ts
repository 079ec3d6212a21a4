// What is wrong, what depends on it, what can be done meanwhile and by when: written on the case, or on its pull request where that may be read.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T16:00:00Z";
const POLICY = `${ACME_POLICY}disclosure: full\ncalendar: { timezone: Asia/Tokyo }\n`;
const NOT_HERE = "This cannot be done here; see your team's guide.";

async function words(story: Story, reference: string) {
  const row = await story.database.db
    .selectFrom("cases")
    .select(["summary", "stake", "workaround", "needed_by", "needed_by_why", "next_report"])
    .where("reference", "=", reference)
    .executeTakeFirst();
  return row === undefined ? null : Object.values(row);
}

/** In acme-db/tools, which is private, all may be told; in acme-db/engine, which is public, never. */
const inside = { github: withOwnerPolicy(POLICY) };

describe.each(DIALECTS)("on %s", (on) => {
  test("on the case itself, the last word counts, and only the words that were written change", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, ...inside });
    const problem = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "It hangs" });
    await story.settle();
    const reference = `acme-db/cases#${problem.number}`;
    const comment = await story.github
      .as("dana")
      .comment(
        problem,
        [
          "/case summary The export stops at 2 GB; the fix lifts the limit.",
          "/case stake The renewal depends on it",
          "/case workaround Export in two parts",
          "/case needed-by 2026-03-31 go-live",
          "/case report 2026-03-09",
        ].join("\n"),
      );
    await story.settle();
    expect(story.reactionsOn(comment)).toEqual(["+1"]);
    expect(await words(story, reference)).toEqual([
      "The export stops at 2 GB; the fix lifts the limit.",
      "The renewal depends on it",
      "Export in two parts",
      "2026-03-31",
      "go-live",
      "2026-03-09",
    ]);
    await story.advance({ minutes: 5 });
    // It is the third already in Tokyo, whose days count: needed that very day.
    const again = await story.github.as("kenji").comment(problem, "/case workaround none\n/case needed-by 2026-03-03");
    await story.settle();
    expect(story.reactionsOn(again)).toEqual(["+1"]);
    expect(await words(story, reference)).toEqual([
      "The export stops at 2 GB; the fix lifts the limit.",
      "The renewal depends on it",
      "none",
      "2026-03-03",
      null,
      "2026-03-09",
    ]);
    // Maintainers do not speak for a customer.
    const theirs = await story.github.as("mira").comment(problem, "/case summary It is fine");
    await story.settle();
    expect(story.reactionsOn(theirs)).toEqual(["confused"]);
    await story.advance({ minutes: 5 });
    const past = await story.github.as("dana").comment(problem, "/case needed-by 2026-03-02\n/case report 2072-03-09");
    await story.settle();
    expect(story.reactionsOn(past)).toEqual(["confused"]);
    expect(story.commentsOn(problem)).toEqual([
      "`/case needed-by`: That day has passed. Please name one that is still to come. For example: `/case needed-by 2027-03-31 go-live`\n\n`/case report`: That is more than two years away. Please name a day that somebody will remember. For example: `/case report 2027-03-15`",
    ]);
    await story.expectNothingElse();
  });

  test("on a pull request where all may be told: of its only case, and refused where there are several or none", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, ...inside });
    const patch = await story.github.as("mira").openPullRequest({ repository: "acme-db/tools", title: "Fix the lock" });
    await story.settle();
    const none = await story.github.as("dana").comment(patch, "/case stake The renewal");
    await story.settle();
    expect(story.reactionsOn(none)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([
      "`/case stake`: No case is linked here yet. Link one first: `/case link REF`",
    ]);
    await story.advance({ minutes: 5 });
    const one = await story.github.as("dana").comment(patch, "/case link CASE-1\n/case stake The renewal");
    await story.settle();
    expect(story.reactionsOn(one)).toEqual(["+1"]);
    expect(await words(story, "CASE-1")).toEqual([null, "The renewal", null, null, null, null]);
    await story.advance({ minutes: 5 });
    const two = await story.github.as("dana").comment(patch, "/case link CASE-2\n/case summary It hangs");
    await story.settle();
    expect(story.reactionsOn(two).toSorted()).toEqual(["+1", "confused"]);
    expect(story.commentsOn(patch).slice(1)).toEqual([
      "`/case summary`: Several cases are linked here (`CASE-1`, `CASE-2`). Please write it on the case itself, or bring it from your help desk by an import.",
    ]);
    expect(await words(story, "CASE-2")).toEqual([null, null, null, null, null, null]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("in public nothing of it is taken, and no answer repeats it", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, ...inside });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    await story.github.as("dana").comment(patch, "/case link CASE-1");
    await story.settle();
    await story.advance({ minutes: 5 });
    const comment = await story.github
      .as("dana")
      .comment(
        patch,
        "/case summary Zanzibar\n/case stake Zanzibar\n/case workaround Zanzibar\n/case needed-by 2026-04-01 Zanzibar\n/case report 2026-04-02",
      );
    await story.settle();
    expect(story.reactionsOn(comment)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([Array(5).fill(NOT_HERE).join("\n\n")]);
    expect(await words(story, "CASE-1")).toEqual([null, null, null, null, null, null]);
    expect(JSON.stringify(story.github.writes())).not.toContain("Zanzibar");
    story.reactionsOn(patch);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });
});
