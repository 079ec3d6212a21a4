// Whatever ends it, the account owner hears how, and nobody is asked any more: merged, superseded, closed once it is sure, no longer followed,
// deleted. What was not read yet is not sent. What everybody saw stands in ladder-ends-with-a-decision.txt.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  escalated,
  press,
  questionTo,
  seeAll,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import type { Story } from "../support/start-app.ts";
import { createTranscript } from "../support/transcript.ts";

/** What is asked whatever is known: which deliveries were lost, and whether all is as GitHub has it. */
const ONCE_A_DAY = [
  "GET /app/hook/deliveries",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /app/installations",
  "GET /installation/repositories",
  "graphql OpenIds",
  "graphql Reconcile",
  "graphql PatchesById",
];

/** What the last step of each escalation says became of it. */
const outcomes = async ({ database }: Story) =>
  (await database.db.selectFrom("escalations").select(["patch_id", "state", "outcome"]).orderBy("id").execute()).map(
    ({ patch_id, state, outcome }) => `#${patch_id.split("#")[1]} ${state}: ${outcome}`,
  );

test.for(DIALECTS)("on %s, each end is told to the account owner, once", async (on) => {
  const story = await startEscalation({
    on,
    cases: ["CASE-1", "CASE-2", "CASE-3", "CASE-4", "CASE-5"].map((reference) => wholeCase(reference)),
  });
  const { github } = story;
  const merged = await escalated(story, { reference: "CASE-1", title: "Merge me" });
  const superseded = await escalated(story, { reference: "CASE-2", title: "Supersede me" });
  const closed = await escalated(story, { reference: "CASE-3", title: "Close me" });
  const unlinked = await escalated(story, { reference: "CASE-4", title: "Unlink me" });
  const other = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Instead of #2" });
  await story.settle();
  // In the evening, so that nobody has read of it before it ends.
  await story.advanceTo("2026-03-02T12:00:00Z");
  const unread = await escalated(story, { reference: "CASE-5", title: "Decide me tonight" });
  const question = questionTo(story, "sato@acme.example");
  const { tell, text } = createTranscript(story, { on: {}, mails: TEAM, paragraphs: 4 });
  tell("the account owner is asked about four, and in the evening about a fifth");

  for (const each of [merged, unread]) {
    await github.as("mira").merge(each);
    await story.settle();
  }
  expect(await command(story, superseded, { by: "mira", text: `/case superseded #${other.number}` })).toEqual(["+1"]);
  await github.as("mira").close(closed);
  await story.settle();
  expect(await command(story, unlinked, { by: "dana", text: "/case unlink CASE-4" })).toEqual(["+1"]);
  await story.advanceTo("2026-03-03T03:00:00Z");
  tell("that evening two are merged, one is superseded, one is closed and one is unlinked");
  expect(await press(story, question, { answer: "deciders" })).toBe(410);
  await story.advanceTo("2026-03-06T03:00:00Z");
  tell("three days later the closing counts as a no");
  await story.advanceTo("2026-03-10T03:00:00Z");
  tell("then nothing more is said");

  expect(await outcomes(story)).toMatchInlineSnapshot(`
    [
      "#1 ended: merged",
      "#2 ended: superseded",
      "#3 ended: closed",
      "#4 ended: not-followed",
      "#6 ended: merged",
    ]
  `);
  seeAll(story, merged, superseded, closed, unlinked, unread, other);
  await expect(text()).toMatchFileSnapshot("ladder-ends-with-a-decision.txt");
  await story.expectNothingElse();
});

test.for(DIALECTS)("on %s, a pull request that was deleted is not put before anybody", async (on) => {
  const story = await startEscalation({ on, cases: [wholeCase("CASE-1"), wholeCase("CASE-2")] });
  const { github } = story;
  const before = await escalated(story, { reference: "CASE-1" });
  expect(await press(story, questionTo(story, "sato@acme.example"), { answer: "deciders" })).toBe(303);
  const asked = await escalated(story, { reference: "CASE-2", title: "Cache the session" });
  seeAll(story, before, asked);
  for (const address of TEAM) story.mailsTo(address);
  const question = questionTo(story, "sato@acme.example");

  const notFound = { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" } };
  const errors = [0, 1].map((index) => ({ type: "NOT_FOUND", path: ["nodes", index], message: "Could not resolve." }));
  github.fault({ path: /\/(issues|pulls)\/\d+/ }, notFound, { times: 1000 });
  github.fault(
    { graphql: "Observe" },
    { status: 200, body: { data: { nodes: [null, null] }, errors } },
    { times: 1000 },
  );
  const { tell, text } = createTranscript(story, { on: {}, mails: TEAM, paragraphs: 3 });
  tell("both are deleted on GitHub, which tells nobody");
  expect(await press(story, question, { answer: "deciders" })).toBe(303);
  await story.advanceTo("2026-03-06T03:00:00Z");
  tell("when something is to be done, that is seen");
  const requests = github.requests.length;
  await story.advanceTo("2026-04-06T03:00:00Z");
  const operations = github.requests.slice(requests).map(({ operation }) => operation);
  expect(operations.filter((operation) => !ONCE_A_DAY.includes(operation))).toEqual([]);
  tell("a month later nobody has been asked anything");

  expect(await outcomes(story)).toMatchInlineSnapshot(`
    [
      "#1 ended: gone",
      "#2 ended: gone",
    ]
  `);
  await expect(text()).toMatchFileSnapshot("deleted-is-put-before-nobody.txt");
  github.clearFaults();
  // What was tried in the minutes before anybody could know.
  seeAll(story, before, asked);
  await story.expectNothingElse();
});
