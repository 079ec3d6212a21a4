// Where somebody cannot be told, what was for them goes to the next who can: account owner, deputy, consultant, support; and of deciders who have
// left or are without an address those who help hear. Where nobody at all can be told, it goes on all the same, and every step says so. What
// everybody saw stands in somebody-else-is-told.txt.
import { expect, test } from "vitest";
import { stepsOf } from "../../src/escalations/store.ts";
import { DIALECTS } from "../support/databases.ts";
import {
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  escalated,
  press,
  questionTo,
  seeAll,
  startEscalation,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import { createTranscript } from "../support/transcript.ts";

const customer = (id: string, people: string) => `  - id: ${id}
    name: ${id}
${people}    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
`;

const CUSTOMERS = ESCALATION_CUSTOMERS.replace(
  "people:",
  `${customer("by-deputy", "    owner: { name: Ono, deputy: { name: Doi, email: doi@acme.example } }\n")}${customer(
    "by-consultant",
    "    owner: { name: Ueda }\n    consultant: { github: kenji }\n",
  )}${customer("by-support", "")}people:`,
);

test.for(DIALECTS)("on %s, an account owner without an address is stood in for", async (on) => {
  const story = await startEscalation({
    on,
    customers: CUSTOMERS,
    cases: ["by-deputy", "by-consultant", "by-support"].map((id, index) =>
      wholeCase(`CASE-${index + 1}`, { customer: id }),
    ),
  });
  const deputy = await escalated(story, { reference: "CASE-1", title: "For the deputy" });
  const consultant = await escalated(story, { reference: "CASE-2", title: "For the consultant" });
  const support = await escalated(story, { reference: "CASE-3", title: "For support" });
  const { tell, text } = createTranscript(story, { on: {}, mails: ["doi@acme.example", ...TEAM], paragraphs: 3 });
  tell("each customer's question goes to whoever is there");
  expect(await press(story, questionTo(story, "dana@acme.example"), { answer: "deciders" })).toBe(303);
  tell("dana, of support, answers for the customer that nobody looks after");

  seeAll(story, deputy, consultant, support);
  await expect(text()).toMatchFileSnapshot("somebody-else-is-told.txt");
  await story.expectNothingElse();
});

test.for(DIALECTS)(
  "on %s, deciders who left or have no address are told of, and mentioned where they may be",
  async (on) => {
    const story = await startEscalation({
      on,
      policy: ESCALATION_POLICY.replace("deciders: [noel]", "deciders: [noel, kenji, boss]"),
      customers: CUSTOMERS.replace("name: Sato,", "name: Sato, github: sato-k,"),
      cases: [wholeCase("CASE-1"), wholeCase("CASE-2")],
    });
    story.github.removeOrganizationMember("acme-db", "noel");
    const some = await escalated(story, { reference: "CASE-1", by: "sato-k" });
    story.github.removeOrganizationMember("acme-db", "kenji");
    const none = await escalated(story, { reference: "CASE-2", title: "Cache the session", by: "sato-k" });
    const { tell, text } = createTranscript(story, { on: { "the first": some, "the second": none }, mails: TEAM });
    tell("noel has left, and boss is nowhere to be told; then kenji leaves as well");
    expect(story.mailsTo("noel@acme.example")).toEqual([]);

    await expect(text()).toMatchFileSnapshot("deciders-who-cannot-be-told.txt");
    await story.expectNothingElse();
  },
);

test.for(DIALECTS)("on %s, where nobody can be told nothing is lost, and it goes on", async (on) => {
  const story = await startEscalation({
    on,
    policy: ESCALATION_POLICY.replace("escalation: { deciders: [noel] }\n", ""),
    customers: CUSTOMERS.replace(/people:[\s\S]*/, ""),
    channels: [],
    cases: [wholeCase("CASE-1")],
  });
  const patch = await escalated(story, { reference: "CASE-1" });
  await story.advanceTo("2026-03-12T02:00:00Z");

  const { id } = await story.database.db.selectFrom("patches").select("id").executeTakeFirstOrThrow();
  const steps = (await stepsOf(story.database.db, id)).map(({ kind, addressees }) => {
    const to = JSON.parse(addressees) as readonly { as: string; name: string; isReached: boolean }[];
    return `${kind}: ${to.map((each) => `${each.as} ${each.name}${each.isReached ? "" : " not reached"}`).join(", ")}`;
  });
  expect(steps).toMatchInlineSnapshot(`
    [
      "ask-owner: owner Sato not reached, owner Mori not reached",
      "ask-owner-again: owner Sato not reached, owner Mori not reached",
      "ask-deciders: ",
      "ask-deciders: ",
    ]
  `);
  const [request] = story.commentsOn(patch).filter((each) => each.includes("waiting for a decision"));
  expect(request).toContain("Hello");
  expect(story.labelsOn(patch)).toContain("escalated");
  await story.expectNothingElse();
});
