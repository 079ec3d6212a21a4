// The ladder's steps and a process that is killed on the way: what was decided is told, once on GitHub, and by mail and events at least once under
// the same ids.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { importGivenCases, wholeCase } from "../support/escalating.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";

const POLICY = `version: 1
mode: act
support: [dana]
maintainers: [mira]
escalation: { deciders: [noel] }
calendar: always
digest: false
cases: { references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }] }
`;
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example, github: stranger }
    consultant: { github: kenji }
    contracts:
      - { plan: subscription, tier: gold, from: 2020-01-01, until: 2099-12-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example }
  - { github: noel, name: Noel, email: noel@acme.example }
`;
const TEAM = ["sato@acme.example", "kenji@acme.example", "noel@acme.example"];
const COMMENTS = /\/issues\/\d+\/comments$/;

const steps = async ({ database }: ProcessStory): Promise<readonly string[]> =>
  (await database.db.selectFrom("escalation_steps").select("kind").orderBy("id").execute()).map(({ kind }) => kind);

const arrived = (story: ProcessStory): number =>
  TEAM.reduce((sum, address) => sum + story.mailsTo(address).length, 0) + story.hooks().length;

/** Longer than any try waits for the next, and shorter than what waits for a working day, which is what the evening brings. */
const SOON_MILLIS = 10 * 60_000;

/** The real clock may show a weekend or a night, in which nobody is told what is not urgent. Answers how many wait. */
async function hurry({ database: { db } }: ProcessStory): Promise<number> {
  const due = await db
    .selectFrom("notices")
    .select(["id", "is_urgent", "run_after"])
    .where("state", "=", "due")
    .execute();
  // Put off by the process, too, while it had its hands on what was made urgent here.
  const isHeld = (each: (typeof due)[number]) => each.is_urgent === 0 || each.run_after > Date.now() + SOON_MILLIS;
  // One by one: the process has its hands on some of them.
  for (const { id } of due.filter(isHeld))
    await db.updateTable("notices").set({ is_urgent: 1, run_after: 0 }).where("id", "=", id).execute();
  return due.length;
}

/** `n`: how many steps there are then. `arrivals`: how much has arrived anywhere once it is told. */
type Step = { readonly n: number; readonly arrivals: number };

/** Where on its way a step is when the process dies. */
const MOMENTS: readonly {
  readonly name: string;
  readonly arrange: (story: ProcessStory) => void;
  readonly isReached: (story: ProcessStory, step: Step) => Promise<boolean>;
}[] = [
  {
    name: "decided and not yet told",
    arrange: ({ github, channels }) => {
      channels.mail?.behave({ kind: "refuse-mail", code: 451, message: "later" });
      channels.webhook?.answer(() => "drop");
      github.fault({ method: "POST", path: COMMENTS }, { drop: true }, { times: 1000 });
    },
    isReached: async (story, { n }) => (await steps(story)).length === n,
  },
  {
    name: "told, and nobody's answer was heard",
    arrange: ({ github, channels }) => {
      channels.mail?.behave({ kind: "hang" });
      channels.webhook?.answer(() => "hang");
      github.fault({ method: "POST", path: COMMENTS }, { afterwards: { drop: true } });
    },
    isReached: async (story, { arrivals }) => {
      await hurry(story);
      return arrived(story) >= arrivals;
    },
  },
];

describe.each(DIALECTS)("on %s", (on) => {
  test.for(MOMENTS)(
    "killed when a step is $name, it is taken once and told under the same ids",
    { timeout: 120_000 },
    async (moment) => {
      const story = await startProcess({ on, policy: POLICY, customers: CUSTOMERS, channels: ["mail", "webhook"] });
      const { github } = story;
      await importGivenCases(story, [wholeCase("CASE-1")]);
      const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
      await story.untilIdle();

      const survive = async (by: string, text: string, step: Step) => {
        moment.arrange(story);
        await github.as(by).comment(patch, text);
        await story.until("the moment has come", () => moment.isReached(story, step));
        await story.kill();
        github.clearFaults();
        story.channels.mail?.behave({ kind: "accept" });
        story.channels.webhook?.answer(() => undefined);
        await story.skipWaiting();
        await story.start();
        await story.until("all is told", async () => (await hurry(story)) === 0);
        // GitHub's deliveries come again.
        for (const delivery of github.deliveries.slice(-3)) github.redeliver(delivery.guid);
        await github.settled();
        await story.untilIdle();
      };
      await survive("dana", "/case link CASE-1\n/case escalate", { n: 1, arrivals: 4 });
      expect(await steps(story)).toEqual(["ask-owner"]);
      await survive("stranger", "/case escalate", { n: 2, arrivals: arrived(story) + 2 });

      expect(await steps(story)).toEqual(["ask-owner", "ask-deciders"]);
      expect(story.commentsOn(patch)).toEqual([expect.stringContaining("This pull request")]);
      expect(story.labelsOn(patch).toSorted()).toEqual([
        "awaiting maintainer",
        "customer",
        "escalated",
        "severity: S2",
      ]);
      const ids = TEAM.map(
        (address) => new Set(story.mailsTo(address).map(({ headers }) => headers["message-id"])).size,
      );
      expect(ids).toEqual([1, 1, 1]);
      const events = story.hooks().map(({ headers, body }) => {
        const { type, data } = body as { type: string; data: { step?: string } };
        return `${data.step ?? type} ${headers["x-patch-advocate-delivery"]}`;
      });
      expect([...new Set(events)].map((each) => each.split(" ")[0])).toEqual([
        "case.linked",
        "ask-owner",
        "ask-deciders",
      ]);
      for (const comment of github.commentsOn(patch)) story.reactionsOn(comment);
      await story.expectNothingElse();
    },
  );
});
