// The one request that everybody can read is not written where the policy says so, where quiet was asked for or our words were folded away,
// and of a confidential customer it shows nothing. Privately everybody hears as ever.
import { expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import {
  command,
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  escalated,
  openPatch,
  seeAll,
  startEscalation,
  subjectsTo,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";

const CUSTOMERS = `${ESCALATION_CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,").replace(
  "people:",
  `  - id: kita-rail
    name: Kita Rail
    confidential: true
    owner: { name: Abe, email: abe@acme.example, github: sato-k }
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:`,
)}`;
const UNLIMITED = ESCALATION_POLICY.replace("deciders: [noel]", "deciders: [noel], per-decider-per-week: 9");

test.for(DIALECTS)("on %s, quiet and folded words keep the request away, and it names nobody", async (on) => {
  const story = await startEscalation({
    on,
    policy: `${UNLIMITED}targets: { S2: 1h }\nreminders: { every: 1d }\n`,
    customers: CUSTOMERS,
    cases: [
      wholeCase("CASE-1"),
      wholeCase("CASE-2"),
      wholeCase("CASE-3", {
        customer: "kita-rail",
        title: "Kita Rail cannot sell tickets",
        summary: "Kita Rail cannot sell tickets at night.",
        stake: "Kita Rail leaves us.",
      }),
    ],
  });
  const { github } = story;
  const quiet = await openPatch(story, "Quiet");
  expect(await command(story, quiet, { by: "mira", text: "/case quiet 2026-03-20" })).toEqual(["+1"]);
  expect(await command(story, quiet, { by: "sato-k", text: "/case link CASE-1\n/case escalate" })).toEqual(["+1"]);
  const folded = await openPatch(story, "Folded");
  expect(await command(story, folded, { by: "dana", text: "/case link CASE-2" })).toEqual(["+1"]);
  const secret = await escalated(story, { reference: "CASE-3", title: "Secret", by: "sato-k" });
  await story.advance({ hours: 2 });
  const [reminder] = github.commentsOn(folded).filter(({ author }) => author === github.botLogin);
  expect(reminder?.body).toContain("Hello @mira,");
  await github.as("mira").minimize({ id: reminder?.id ?? 0 });
  await story.advanceTo("2026-03-03T02:00:00Z");
  expect(await command(story, folded, { by: "sato-k", text: "/case escalate" })).toEqual(["+1"]);

  expect(subjectsTo(story, "noel@acme.example")).toEqual([
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#1 (severity S2)",
    "Decision asked for by Thursday 5 March 2026: acme-db/engine#3 (severity S2)",
    "Decision asked for by Friday 6 March 2026: acme-db/engine#2 (severity S2)",
  ]);
  expect(story.commentsOn(quiet)).toEqual([]);
  expect(story.labelsOn(quiet)).toContain("escalated");
  expect(story.commentsOn(folded)).toHaveLength(1);
  expect(story.labelsOn(secret).toSorted()).toEqual(["awaiting maintainer", "customer", "escalated", "severity: S2"]);
  expect(story.commentsOn(secret)).toMatchInlineSnapshot(`
    [
      "Hello @mira,

    This pull request waits for a decision, and somebody under a support contract depends on it (severity S2). Could you say by **2026-03-05 10:00** (\`Asia/Tokyo\`) what is to become of it?

    Taking it, taking it with changes, “no” or “later” all settle it, and which of them is yours to choose:

    - To take it, with or without changes: a review that says so
    - Not to take it: a word why, and closing it
    - To come back to it later: \`/case later YYYY-MM-DD reason\`
    - To look into it first: \`/case take\`

    \`/case why\` shows how this came about. This app never closes or merges anything.",
    ]
  `);
  seeAll(story, folded);
  for (const address of TEAM) story.mailsTo(address);
  for (const each of github.writes()) expect(JSON.stringify(each.body ?? "")).not.toMatch(/Kita|tickets|Abe/);
  await story.expectNothingElse();
});

test.for(DIALECTS)("on %s, a policy without the request has deciders told privately, week by week", async (on) => {
  const story = await startEscalation({
    on,
    policy: ESCALATION_POLICY.replace("deciders: [noel]", "deciders: [noel], comment: false"),
    customers: CUSTOMERS,
    cases: [wholeCase("CASE-1")],
  });
  const patch = await escalated(story, { reference: "CASE-1", by: "sato-k" });
  await story.advanceTo("2026-03-13T02:00:00Z");

  expect(subjectsTo(story, "noel@acme.example")).toHaveLength(3);
  expect(subjectsTo(story, "sato@acme.example")).toHaveLength(2);
  // The maintainers are reminded as ever.
  expect(story.commentsOn(patch).map((each) => each.split("\n")[0])).toEqual([
    "[folded] Hello @mira,",
    "Hello `mira`,",
  ]);
  expect(story.labelsOn(patch)).toContain("escalated");
  await story.expectNothingElse();
});
