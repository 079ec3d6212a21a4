// Insights on real data: five patches lay for months, were put before those who decide, and were decided within days.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { bringCases, ESCALATION_CUSTOMERS, MONDAY, seeAll, TEAM, wholeCase } from "../support/escalating.ts";
import type { CommentRef, ConversationRef } from "../support/github/github.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { startApp } from "../support/start-app.ts";

const POLICY = `version: 1
mode: act
support: [dana]
maintainers: ["@acme-db/engine", mira]
escalation: { deciders: [noel], per-decider-per-week: 50 }
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00", holidays: JP }
targets: { S2: 2d }
reminders: { every: 5d, per-maintainer-per-week: 50 }
digest: false
cases: { references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }] }
`;

const BOARD = "/o/acme-db/insights";
const REFERENCES = [1, 2, 3, 4, 5].map((each) => `CASE-${each}`);

const pressDeciders = (url: string) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: "answer=deciders",
  });

describe.each(DIALECTS)("on %s", (on) => {
  test("insights compare the months before an escalation with the days after it", async () => {
    const story = await startApp({
      on,
      now: "2025-11-04T01:00:00Z",
      isInstalled: false,
      customers: ESCALATION_CUSTOMERS,
      channels: ["mail"],
      github: withOwnerPolicy(POLICY),
    });
    const { github } = story;
    const patches: ConversationRef[] = [];
    for (const _ of REFERENCES)
      patches.push(await github.as("dana").openPullRequest({ repository: "acme-db/engine", title: "Export" }));
    await story.advanceTo(MONDAY);
    github.announceInstallations();
    await story.settle();
    await bringCases(
      story,
      REFERENCES.map((reference) => wholeCase(reference)),
    );
    const asked: CommentRef[] = [];
    for (const [index, patch] of patches.entries())
      asked.push(await github.as("dana").comment(patch, `/case link ${REFERENCES[index]}\n/case escalate`));
    await story.settle();
    expect(asked.flatMap((comment) => story.reactionsOn(comment))).toEqual(REFERENCES.map(() => "+1"));
    const questions = story.mailsTo("sato@acme.example").flatMap(({ text }) => /\/answer\/[\w-]{43}/.exec(text) ?? []);
    for (const question of questions) await pressDeciders(`${story.url}${question}`);
    await story.settle();
    await story.advance({ days: 1 });
    for (const patch of patches) await github.as("mira").merge(patch);
    await story.settle();

    const dana = await signedIn(story, { login: "dana" });
    const page = await dana.open(`${BOARD}?customer=nobody&period=12m`);
    expect(page.status).toBe(200);
    await expect(pageText(page)).toMatchFileSnapshot("board-insights.txt");
    const mira = await signedInMaintainer(story, { login: "mira", repositories: ["engine"] });
    for (const path of [BOARD, `${BOARD}/escalation.csv`]) expect((await mira.open(path)).status).toBe(404);
    expect((await dana.open(`${BOARD}/persons.csv`)).status).toBe(404);
    const file = await dana.open(`${BOARD}/escalation.csv?period=12m`);
    expect(file.body).toMatchInlineSnapshot(`
      "stretch,unit,patches,lower_quartile,median,upper_quartile
      opening to escalation,days,5,118,118,118
      escalation to decision,days,5,1,1,1
      escalation to decision,working days,5,1,1,1
      "opening to decision, not escalated",days,0,,,
      "
    `);
    expect((await dana.open(`${BOARD}/reminders.csv?period=12m`)).body).toMatchInlineSnapshot(`
      "asked,2026-W10,total
      acme-db/engine,5,5
      "
    `);
    const ofOther = await dana.open(
      `${BOARD}/customers.csv?period=12m&customer=shinshu-bank&severity=S2&repository=ENGINE`,
    );
    expect(ofOther.body).toMatchInlineSnapshot(`
      "patches_of,opened,answered,first_response_lower_quartile_working_days,first_response_median_working_days,first_response_upper_quartile_working_days,decided,decision_lower_quartile_working_days,decision_median_working_days,decision_upper_quartile_working_days,share_within_target
      customers,5,5,80,80,80,5,80,80,80,0
      others,0,0,,,,0,,,,
      "
    `);

    seeAll(story, ...patches);
    for (const address of TEAM) story.mailsTo(address);
    await story.expectNothingElse();
  }, 60_000);
});
