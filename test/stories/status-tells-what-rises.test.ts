// `/case status` while a step up is under way: what it waits for comes next, not a reminder that nobody will send.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_CUSTOMERS,
  openPatch,
  press,
  questionTo,
  seeAll,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";

test.for(DIALECTS)("on %s, status tells of the step up that is under way, and of no reminder before it", async (on) => {
  const story = await startEscalation({ on, customers: ESCALATION_CUSTOMERS, cases: [wholeCase("CASE-1")] });
  const patch = await openPatch(story);
  const next = async (): Promise<string | undefined> => {
    await command(story, patch, { by: "dana", text: "/case status" });
    return /^\| Next \| (.*) \|$/m.exec(story.commentsOn(patch).at(-1) ?? "")?.[1];
  };
  await command(story, patch, { by: "dana", text: "/case link CASE-1\n/case escalate" });
  // The reminders go on while the account owner is asked.
  expect(await next()).toBe("a reminder, 2026-03-04 10:00: a reminder is due after 2 working days without a response");
  await press(story, questionTo(story, "sato@acme.example"), { answer: "deciders" });
  expect(await next()).toBe("a decision is asked for by 2026-03-05 10:00");

  await story.advanceTo("2026-03-27T02:00:00Z");
  expect(await next()).toBe("a decision is asked for by 2026-04-03 10:00");
  seeAll(story, patch);
  for (const address of TEAM) story.mailsTo(address);
  await story.expectNothingElse();
});

test.for(DIALECTS)("on %s, status says in public no more than that a step up is under way", async (on) => {
  const story = await startEscalation({ on, cases: [wholeCase("CASE-1", { severity: "S3" })] });
  const patch = await openPatch(story);
  await command(story, patch, { by: "dana", text: "/case link CASE-1" });
  await story.advanceTo("2026-03-31T02:00:00Z");
  await command(story, patch, { by: "dana", text: "/case status" });
  const [status] = story.commentsOn(patch).slice(-1);
  expect(status).toContain("| Next | the next step up is under way |");
  seeAll(story, patch);
  for (const address of TEAM) story.mailsTo(address);
  await story.expectNothingElse();
});
