// What the account owner says is followed: a wait with its reason until the day, a no that stays until somebody asks anew, and their own
// word on GitHub. What everybody saw stands in account-owner-decides.txt, and every step as it was recorded.
import { expect, test } from "vitest";
import { stepsOf } from "../../src/escalations/store.ts";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  escalated,
  press,
  questionTo,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import type { Story } from "../support/start-app.ts";
import { createTranscript } from "../support/transcript.ts";

/** Each step in a line: when, what, to whom and whether they could be told, because of what, and what came of it when. */
async function stepsTold({ database }: Story): Promise<readonly string[]> {
  const patch = await database.db.selectFrom("patches").select("id").executeTakeFirstOrThrow();
  const time = (at: number | null) => (at === null ? "" : new Date(at).toISOString().slice(0, 16));
  return (await stepsOf(database.db, patch.id)).map((step) => {
    const to = JSON.parse(step.addressees) as readonly { as?: string; name: string; isReached?: boolean }[];
    const whom = to.map(({ as, name, isReached }) =>
      [as, name, ...(isReached === false ? ["not reached"] : [])].filter(Boolean).join(" "),
    );
    return `${time(step.at)} ${step.kind} [${whom.join(", ")}] because ${step.because} → ${step.outcome} ${time(step.outcome_at)}`;
  });
}

test.for(DIALECTS)("on %s, a wait, a no and a yes of the account owner are followed", async (on) => {
  const story = await startEscalation({
    on,
    policy: `${ESCALATION_POLICY}language: ja\n`,
    customers: ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k, language: ja,").replaceAll(
      "timezone: Asia/Tokyo }",
      "timezone: Asia/Tokyo, language: ja }",
    ),
    cases: [wholeCase("CASE-1", { severity: "S3", title: "夜間エクスポートが止まる" })],
  });
  const patch = await escalated(story, { reference: "CASE-1" });
  const { tell, text } = createTranscript(story, { on: { "the patch": patch }, mails: TEAM, paragraphs: 4 });
  tell("dana asks for the next step up: the account owner is asked");

  const first = questionTo(story, "sato@acme.example");
  const wait = { answer: "wait", until: "2026-03-10", reason: "先方の決算が終わってからにしたいため。" } as const;
  expect(await press(story, first, wait)).toBe(303);
  expect(await press(story, first, { answer: "no", reason: "二度目の操作" })).toBe(200);
  tell("Sato waits until 10 March; dana, who made the link, reads why");

  await story.advanceTo("2026-03-10T03:00:00Z");
  tell("the day has come: Sato is asked again");
  expect(
    await press(story, questionTo(story, "sato@acme.example"), { answer: "no", reason: "回避策で足りています。" }),
  ).toBe(303);
  await story.advanceTo("2026-03-24T03:00:00Z");
  tell("Sato says no; dana reads why, and two weeks later nothing has happened");

  expect(await command(story, patch, { by: "dana", text: "/case escalate 状況が変わりました" })).toEqual(["+1"]);
  tell("dana asks anew");
  expect(await command(story, patch, { by: "sato-k", text: "/case escalate" })).toEqual(["+1"]);
  tell("Sato, who has an account on GitHub, answers there");
  await story.github.as("mira").merge(patch);
  await story.settle();
  tell("it is merged");

  expect(`${(await stepsTold(story)).join("\n")}\n`).toMatchInlineSnapshot(`
    "2026-03-02T01:00 ask-owner [owner Sato, consultant Kenji] because the next step up was asked for → answered by Sato: wait until a date 2026-03-02T01:00
    2026-03-02T01:00 answer-wait [Sato] because 先方の決算が終わってからにしたいため。 → the account owner was asked next 2026-03-09T15:00
    2026-03-09T15:00 ask-owner [owner Sato, consultant Kenji] because the account owner decides whether it goes before those who decide → answered by Sato: no 2026-03-10T03:00
    2026-03-10T03:00 answer-no [Sato] because 回避策で足りています。 → the account owner was asked next 2026-03-24T03:00
    2026-03-24T03:00 ask-owner [owner Sato, consultant Kenji] because the next step up was asked for → those who decide were asked next 2026-03-24T03:00
    2026-03-24T03:00 ask-deciders [decider Noel] because the next step up was asked for → merged 2026-03-24T03:00
    2026-03-24T03:00 end [] because \`mira\` merged it → null 
    "
  `);
  await expect(text()).toMatchFileSnapshot("account-owner-decides.txt");
  await story.expectNothingElse();
});
