// `/case escalate` goes through once a patch can be decided on, looked at just then; else it says what is missing and who has to act.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example, github: sato, deputy: { name: Mori, email: mori@acme.example, github: mori } }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
`;

const NOT_YET = "`/case escalate`: It goes to those who decide once it can be decided on. ";
const INSIST = " If that cannot wait: `/case escalate anyway` and the reason.";

/** Who asked for which step, as it is kept. */
async function asked(story: Story) {
  const rows = await story.database.db
    .selectFrom("facts")
    .select(["patch_id", "actor_login", "data"])
    .where("kind", "=", "escalation-asked")
    .orderBy("at")
    .orderBy("patch_id")
    .execute();
  return rows.map(({ patch_id, actor_login: by, data }) => {
    const { as, isAnyway, reason } = JSON.parse(data) as { as: string; isAnyway: boolean; reason: string | null };
    return `#${patch_id.split("#")[1]} ${by} as ${as}${isAnyway ? ", anyway" : ""}: ${reason}`;
  });
}

const start = (on: (typeof DIALECTS)[number], policy = ACME_POLICY) =>
  startApp({
    on,
    now: NOW,
    customers: CUSTOMERS,
    github: { ...withOwnerPolicy(policy), users: ["sb-dev1", "stranger", "sato", "mori"] },
  });

describe.each(DIALECTS)("on %s", (on) => {
  test("what a decision lacks is told at once, by what GitHub says this moment", async () => {
    const story = await start(on);
    const patch = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, draft: true });
    await story.settle();
    const says = async (by: string, written: string) => {
      await story.advance({ minutes: 2 });
      const before = story.commentsOn(patch).length;
      const comment = await story.github.as(by).comment(patch, written);
      await story.settle();
      expect(story.reactionsOn(comment)).toEqual(["confused"]);
      return story.commentsOn(patch).slice(before);
    };
    const escalate = "/case escalate They cannot close the year";
    expect(await says("dana", escalate)).toEqual([
      `${NOT_YET}It is a draft: its author has to mark it ready for review.`,
    ]);
    await story.github.as("sb-dev1").markReady(patch);
    story.github.setMergeable(patch, "CONFLICTING");
    story.github.setChecks(patch, "FAILURE", { required: true });
    expect(await says("dana", escalate)).toEqual([
      `${NOT_YET}It conflicts with its base branch: its author has to resolve that.`,
    ]);
    story.github.setMergeable(patch, "MERGEABLE");
    expect(await says("dana", escalate)).toEqual([
      `${NOT_YET}Required checks fail (\`ci\`): its author has to mend that.`,
    ]);
    story.github.setChecks(patch, "SUCCESS", { required: true });
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please split it." });
    expect(await says("dana", escalate)).toEqual([
      `${NOT_YET}Its maintainers wait for its author: an answer or a push hands it back, or \`/case waiting maintainer\`.`,
    ]);
    await story.github.as("sb-dev1").push(patch);
    await story.github.as("dana").comment(patch, "/case snooze 2026-04-01");
    await story.settle();
    story.reactionsOn(patch);
    expect(await says("dana", escalate)).toEqual([
      `${NOT_YET}It is put off until 2026-04-01; \`/case unsnooze\` ends that.`,
    ]);
    // The account owner, or their deputy, may insist; support only for the gravest cases; nobody where it is over.
    expect(await says("mori", escalate)).toEqual([
      `${NOT_YET}It is put off until 2026-04-01; \`/case unsnooze\` ends that.${INSIST}`,
    ]);
    expect(await says("dana", "/case escalate anyway They cannot close the year")).toEqual([
      "`/case escalate`: Only for a case of severity `S1`, or from the account owner, does it go through as it is. Without `anyway` it goes through once nothing is missing. For example: `/case escalate The customer cannot go live`",
    ]);
    expect(await says("sato", "/case escalate anyway")).toEqual([
      "`/case escalate`: Please add the reason: those who decide will read it first. For example: `/case escalate anyway The customer cannot go live`",
    ]);
    expect(await says("dana", "/case escalate Shinshu Bank waits")).toEqual([
      "This cannot be done here; see your team's guide.",
    ]);
    expect(await says("stranger", escalate)).toEqual([]);
    expect(await asked(story)).toEqual([]);
    await story.github.as("sb-dev1").close(patch);
    expect(await says("sato", "/case escalate anyway They cannot close the year")).toEqual([`${NOT_YET}It is closed.`]);
    expect(await asked(story)).toEqual([]);
    expect(JSON.stringify(story.github.writes())).not.toContain("close the year");
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    await story.expectNothingElse();
  });

  test("it is kept who asked and as what, and what was said before it in the same comment counts", async () => {
    const story = await start(on);
    const patch = await story.github.as("noel").openPullRequest(PATCH);
    await story.settle();
    const nothing = await story.github.as("dana").comment(patch, "/case escalate");
    await story.settle();
    expect(story.reactionsOn(nothing)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([
      "`/case escalate`: No case is linked here yet. Link one first: `/case link REF`",
    ]);
    await story.advance({ minutes: 2 });
    const linked = await story.github.as("dana").comment(patch, "/case link CASE-1\n/case escalate They wait");
    await story.settle();
    expect(story.reactionsOn(linked)).toEqual(["+1"]);
    await story.advance({ minutes: 2 });
    const both = await story.github.as("mira").comment(patch, "/case waiting author\n/case escalate");
    await story.settle();
    expect(story.reactionsOn(both).toSorted()).toEqual(["+1", "confused"]);
    await story.advance({ minutes: 2 });
    const again = await story.github.as("mira").comment(patch, "/case waiting maintainer\n/case escalate");
    await story.settle();
    expect(story.reactionsOn(again)).toEqual(["+1"]);
    expect(await asked(story)).toEqual(["#1 dana as supporter: They wait", "#1 mira as maintainer: null"]);
    expect(JSON.stringify(story.github.writes())).not.toContain("They wait");
    story.commentsOn(patch);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("for a case of S1 support may insist, and on a case those go that can", async () => {
    const story = await start(on);
    const draft = await story.github.as("noel").openPullRequest({ ...PATCH, draft: true });
    const ready = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the other lock" });
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "It hangs",
      body: `Customer: shinshu-bank\nSeverity: S1\nPatch: acme-db/engine#${draft.number}\nPatch: acme-db/engine#${ready.number}`,
    });
    await story.settle();
    const some = await story.github.as("dana").comment(problem, "/case escalate Shinshu Bank cannot close the year");
    await story.settle();
    expect(story.reactionsOn(some).toSorted()).toEqual(["+1", "confused"]);
    expect(story.commentsOn(problem)).toContain(
      "`/case escalate`: 1 of 2 pull requests cannot be decided on yet; written on a pull request itself, this tells what it lacks. If they cannot wait: `/case escalate anyway` and the reason.",
    );
    expect(await asked(story)).toEqual(["#2 dana as supporter: Shinshu Bank cannot close the year"]);
    await story.advance({ minutes: 2 });
    const anyway = await story.github.as("sato").comment(draft, "/case escalate anyway They stand still");
    await story.settle();
    expect(story.reactionsOn(anyway)).toEqual(["+1"]);
    expect(await asked(story)).toEqual([
      "#2 dana as supporter: Shinshu Bank cannot close the year",
      "#1 sato as account-owner, anyway: They stand still",
    ]);
    const publicWrites = story.github.writes().filter(({ path }) => !path.includes("/acme-db/cases/"));
    expect(JSON.stringify(publicWrites)).not.toMatch(/Shinshu|stand still|close the year/);
    for (const each of [draft, ready, problem]) {
      story.commentsOn(each);
      story.labelsOn(each);
    }
    await story.expectNothingElse();
  });
});
