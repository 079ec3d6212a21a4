// A supporter links cases from a comment, labels follow, and every command runs once, by whoever may.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };

const linksOf = (story: Story) =>
  story.database.db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["cases.reference", "cases.severity", "links.state", "links.made_by"])
    .orderBy("cases.reference")
    .execute();

const link = (reference: string, severity: string | null, state = "confirmed", made_by = "dana") => ({
  reference,
  severity,
  state,
  made_by,
});

describe.each(DIALECTS)("on %s", (on) => {
  test("a help desk's case is linked with its severity, and the labels follow until it is unlinked", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);

    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1042 S2");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(await linksOf(story)).toEqual([link("CASE-1042", "S2")]);
    expect(story.labelsOn(patch)).toEqual(["severity: S2", "awaiting maintainer"]);

    const graver = await story.github.as("dana").comment(patch, "/CASE Link CASE-7 s1");
    await story.settle();
    expect(story.reactionsOn(graver)).toEqual(["+1"]);
    expect(await linksOf(story)).toEqual([link("CASE-1042", "S2"), link("CASE-7", "S1")]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S1"]);

    const unlinking = await story.github.as("dana").comment(patch, "/case unlink CASE-7 CASE-1042");
    await story.settle();
    expect(story.reactionsOn(unlinking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("an issue of a case repository is linked by its name or its address", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    const one = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "Locks time out" });
    const two = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "It is slow" });
    await story.settle();
    const linking = await story.github.as("dana").comment(patch, `/case link acme-db/cases#${one.number} ${two.url}`);
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(await linksOf(story)).toEqual([
      link(`acme-db/cases#${one.number}`, null),
      link(`acme-db/cases#${two.number}`, null),
    ]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("an edited comment runs only what it did not hold before, and a delivery sent again runs nothing twice", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    const comment = await story.github.as("dana").comment(patch, "/case link CASE-1001\n/case link CASE-1002 S3");
    await story.settle();
    expect(story.reactionsOn(comment)).toEqual(["+1"]);
    expect(await linksOf(story)).toEqual([link("CASE-1001", null), link("CASE-1002", "S3")]);

    await story.advance({ minutes: 5 });
    const unlinking = await story.github.as("dana").comment(patch, "/case unlink CASE-1001");
    await story.settle();
    expect(story.reactionsOn(unlinking)).toEqual(["+1"]);
    await story.advance({ minutes: 5 });
    await story.github
      .as("dana")
      .editComment(comment, "Both belong here.\n\n/case link CASE-1001\n/case link CASE-1002 S3\n/case link CASE-1003");
    await story.settle();
    expect(story.reactionsOn(comment)).toEqual(["+1"]);
    const after = [link("CASE-1001", null, "dropped"), link("CASE-1002", "S3"), link("CASE-1003", null)];
    expect(await linksOf(story)).toEqual(after);

    const writes = story.github.writes().length;
    for (const delivery of story.github.deliveries.filter((each) => each.event === "issue_comment"))
      story.github.redeliver(delivery.guid);
    await story.settle();
    expect(await linksOf(story)).toEqual(after);
    expect(story.github.writes()).toHaveLength(writes);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("what stands in code, in a quote or within a line is no command", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    const comment = await story.github
      .as("dana")
      .comment(
        patch,
        "Write it like this:\n```\n/case link CASE-1001\n```\n> /case link CASE-1002\n\n    /case link CASE-1003\n\n`/case link CASE-1004` or so: /case link CASE-1005",
      );
    await story.settle();
    expect(story.reactionsOn(comment)).toEqual([]);
    expect(await linksOf(story)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a stranger's command does nothing but a reaction, also in a comment of a supporter's that they edit", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    const strange = await story.github.as("stranger").comment(patch, "/case link CASE-1001 S1\n/case frobnicate");
    await story.settle();
    expect(story.reactionsOn(strange)).toEqual(["confused"]);
    const authors = await story.github.as("sb-dev1").comment(patch, "/case snooze 2w");
    await story.settle();
    expect(story.reactionsOn(authors)).toEqual(["confused"]);
    expect(await linksOf(story)).toEqual([]);

    const supporters = await story.github.as("dana").comment(patch, "I shall look into this.");
    await story.settle();
    // Somebody with write access may edit what others wrote; what is new in it is theirs.
    await story.github.as("noel").editComment(supporters, "/case severity S1 CASE-1001");
    await story.settle();
    expect(story.reactionsOn(supporters)).toEqual(["confused"]);
    await story.github.as("noel").editComment(supporters, "/case severity S1 CASE-1001\n/case link CASE-1002");
    await story.settle();
    expect(await linksOf(story)).toEqual([link("CASE-1002", null, "confirmed", "noel")]);
    expect(story.reactionsOn(supporters).toSorted()).toEqual(["+1", "confused"]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
