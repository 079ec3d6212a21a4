// What a pull request's own words say of cases links where somebody wrote them who may, and only proposes where not.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const ENGINE = "acme-db/engine";

const linksOf = (story: Story) =>
  story.database.db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["cases.reference", "links.state", "links.made_by"])
    .orderBy("cases.reference")
    .execute();

const STATUS = `| This pull request | |
| --- | --- |
| Linked cases | none |
| Proposed, not confirmed | 3 |
| Next | nothing: its link to a case is only proposed; somebody in support can confirm it |

Times are in \`UTC\`.`;

describe.each(DIALECTS)("on %s", (on) => {
  test("a trailer of support links the case, also one that is added later", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github
      .as("dana")
      .openPullRequest({ repository: ENGINE, title: "Fix the lock", body: "It hangs.\n\nCase: CASE-1001" });
    await story.settle();
    expect(await linksOf(story)).toEqual([{ reference: "CASE-1001", state: "confirmed", made_by: "dana" }]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    await story.advance({ minutes: 5 });
    await story.github.as("dana").editPullRequest(patch, { body: "It hangs.\n\nCase: CASE-1001, CASE-1002" });
    await story.settle();
    expect(await linksOf(story)).toEqual([
      { reference: "CASE-1001", state: "confirmed", made_by: "dana" },
      { reference: "CASE-1002", state: "confirmed", made_by: "dana" },
    ]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("anybody else's trailer and reference only propose, until support confirms or drops them", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest({
      repository: ENGINE,
      title: "Fix the lock of CASE-1003",
      body: "It hangs, see CASE-1002.\n\nCase: CASE-1001",
    });
    await story.settle();
    const proposal = (reference: string) => ({ reference, state: "proposed", made_by: "stranger" });
    expect(await linksOf(story)).toEqual([proposal("CASE-1001"), proposal("CASE-1002"), proposal("CASE-1003")]);
    expect(story.labelsOn(patch)).toEqual([]);

    await story.advance({ minutes: 5 });
    const asking = await story.github.as("dana").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    expect(story.commentsOn(patch)).toEqual([STATUS]);

    await story.advance({ minutes: 5 });
    const answer = await story.github.as("dana").comment(patch, "/case link CASE-1001\n/case unlink CASE-1002");
    await story.settle();
    expect(story.reactionsOn(answer)).toEqual(["+1"]);
    const answered = [
      { reference: "CASE-1001", state: "confirmed", made_by: "dana" },
      { reference: "CASE-1002", state: "dropped", made_by: "dana" },
    ];
    expect(await linksOf(story)).toEqual([...answered, proposal("CASE-1003")]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);

    // What was dropped is not proposed again by the same words.
    await story.advance({ minutes: 5 });
    await story.github.as("stranger").editPullRequest(patch, { body: "It hangs, see CASE-1002!\n\nCase: CASE-1001" });
    await story.settle();
    expect(await linksOf(story)).toEqual([...answered, proposal("CASE-1003")]);

    const snooze = await story.github.as("dana").comment(patch, "/case snooze 2026-12-01");
    await story.settle();
    expect(story.reactionsOn(snooze)).toEqual(["+1"]);
    await story.advanceTo("2026-05-30T09:00:00Z");
    expect(await linksOf(story)).toEqual([...answered, proposal("CASE-1003")]);
    await story.advanceTo("2026-06-02T09:00:00Z");
    expect(await linksOf(story)).toEqual([...answered, { ...proposal("CASE-1003"), state: "dropped" }]);
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([STATUS]);
    await story.expectNothingElse();
  });
});
