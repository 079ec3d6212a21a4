// Somebody asks to be erased: nothing names them any more, what was decided stays as it was counted, and nothing is said anew.
import { describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { erase } from "../../src/erasure/erase.ts";
import { whoIs } from "../../src/erasure/known-store.ts";
import { DIALECTS } from "../support/databases.ts";
import { ACME, SHINSHU, type Story, startApp } from "../support/start-app.ts";
import { columnsThatHold } from "../support/whole-database.ts";

const NOW = "2026-03-02T09:00:00Z";
const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: ["@acme-db/engine"]
`;
const CUSTOMERS = `${SHINSHU.replace("email: sato@acme.example }", "email: sato@acme.example, deputy: { name: Mori, email: mori@acme.example } }")}    contacts: [{ name: Ito, email: ito@shinshu-bank.example }]
people:
  - { github: mira, name: Mira Meier, email: mira@acme.example }
  - { github: dana, name: Dana, email: dana@acme.example }
`;
const MIRA = [/(?<![a-z])mira(?![a-z])/i, "Mira Meier", "mira@acme.example"];

async function erased(database: Database, of: { person: string; isCheck: boolean; now: number }) {
  const who = await whoIs(database.db, { person: of.person, id: null, hosts: ["github.com"] });
  return who.kind === "known" ? erase(database, { ...of, known: who.known }) : expect.fail(`several are ${of.person}`);
}

/** How far it all had come: what a decision rests on and what was said. */
async function counts({ database }: Story) {
  const { db } = database;
  const patches = await db.selectFrom("patches").select(["turn", "turn_since_at"]).orderBy("id").execute();
  const reminders = await db.selectFrom("reminders").select(["round", "n", "sent_at"]).orderBy("decided_at").execute();
  const facts = await db.selectFrom("facts").select(["kind", "at"]).orderBy("at").orderBy("kind").execute();
  return { patches, reminders, facts };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a maintainer is erased amid an open patch: no column names her, whose turn it is stays, nothing is said", async () => {
    const story = await startApp({
      on,
      now: NOW,
      policy: POLICY,
      customers: CUSTOMERS,
      github: ACME,
      channels: ["mail"],
    });
    const { github, database } = story;
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock", body: "Mira Meier found it." });
    await story.settle();
    await github.as("dana").comment(patch, "/case ask @mira");
    await story.settle();
    await github.as("noel").comment(patch, "@mira, could you look at this?");
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    await story.advance({ hours: 1 });
    await github.as("sb-dev1").comment(patch, "Done, thanks.");
    await story.settle();
    await story.advance({ days: 17 });
    for (const address of ["sato", "mori", "mira", "dana"]) story.mailsTo(`${address}@acme.example`);
    story.commentsOn(patch);
    story.labelsOn(patch);
    story.reactionsOn(patch);
    const before = await counts(story);
    expect(before.reminders.length).toBeGreaterThan(0);
    const writes = github.writes().length;

    const check = await erased(database, { person: "mira", isCheck: true, now: Date.now() });
    expect(check.mark).toBe(null);
    expect(check.rows).toMatchObject({ people: 1, facts: expect.any(Number), commands: 1 });
    expect(await columnsThatHold(database, MIRA)).toContain("facts.actor_login");

    // Read again only when it is next needed.
    await database.db.deleteFrom("code_owners").execute();
    const { mark, stays } = await erased(database, { person: "mira", isCheck: false, now: Date.now() });
    expect(mark).toBe("erased--1");
    expect(stays).toEqual({
      "any-word": 0,
      "on-the-way": 0,
      policies: 0,
      "code-owners": 0,
      quiet: 0,
      "own-account": 0,
    });
    expect(await columnsThatHold(database, MIRA)).toEqual([]);
    expect((await erased(database, { person: "mira", isCheck: true, now: Date.now() })).rows).toEqual({});
    const review = await database.db.selectFrom("facts").select("actor_login").where("kind", "=", "reviewed").execute();
    expect(review).toEqual([{ actor_login: "erased--1--maintainer" }]);

    // Decided anew, everything comes out as before.
    await database.db.updateTable("patches").set({ due_at: Date.now() }).execute();
    await story.settle();
    expect(await counts(story)).toEqual(before);
    expect(github.writes()).toHaveLength(writes);
    // The command that named her does not run again when its comment comes again.
    const comments = github.deliveries.filter(({ event }) => event === "issue_comment").map(({ guid }) => guid);
    await database.db.deleteFrom("deliveries").where("id", "in", comments).execute();
    for (const guid of comments) github.redeliver(guid);
    await story.settle();
    expect(await database.db.selectFrom("commands").select("occurrence").execute()).toHaveLength(1);
    expect(github.writes()).toHaveLength(writes);
    await story.expectNothingElse();
  });

  test("an account owner and a contact are erased by their addresses: the deputy moves up, the list goes on", async () => {
    const story = await startApp({ on, now: NOW, customers: CUSTOMERS });
    const { database } = story;
    for (const person of ["sato@acme.example", "ito@shinshu-bank.example"])
      await erased(database, { person, isCheck: false, now: Date.now() });
    expect(await columnsThatHold(database, ["sato", "ito@shinshu-bank.example"])).toEqual([]);
    const { data } = await database.db.selectFrom("customers").select("data").executeTakeFirstOrThrow();
    expect(JSON.parse(data)).toMatchObject({ owner: { name: "Mori", email: "mori@acme.example" }, contacts: [] });
    expect((await erased(database, { person: "nobody-here", isCheck: false, now: Date.now() })).mark).toBe(null);
    await story.expectNothingElse();
  });

  test("the daily comparison and others' acts bring nobody back; whoever acts again is known again", async () => {
    const story = await startApp({ on, now: NOW, customers: CUSTOMERS, github: ACME });
    const { github, database } = story;
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock", body: "We met it at Shinshu." });
    await github.as("dana").comment(patch, "/case link CASE-7 S2 customer=shinshu-bank");
    await github.as("dana").requestReview(patch, { users: ["mira"] });
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await github.as("dana").requestReview(patch, { users: ["mira"] });
    await story.settle();
    await story.advance({ minutes: 10 });
    // A fault, such as a row that cannot be read, leaves who did what as it was: her review would count for nobody's.
    const { observation } = await database.db.selectFrom("patches").select("observation").executeTakeFirstOrThrow();
    await database.db.updateTable("patches").set({ observation: "{" }).execute();
    await expect(erased(database, { person: "mira", isCheck: false, now: Date.now() })).rejects.toThrow(
      "on which side somebody stood",
    );
    await database.db.updateTable("patches").set({ observation }).execute();
    expect(await columnsThatHold(database, MIRA)).toContain("facts.actor_login");
    for (const person of ["sb-dev1", "mira"]) await erased(database, { person, isCheck: false, now: Date.now() });
    github.clearRequests();
    // Payloads go after 7 days; the policy is theirs.
    const holding = async (texts: readonly (string | RegExp)[]) =>
      (await columnsThatHold(database, texts)).filter((at) => !/^(deliveries.body|policies.good_text)$/.test(at));

    await story.advance({ hours: 36 });
    const asked = github.requests.map(({ operation }) => operation);
    expect(asked).toContain("graphql Reconcile");
    expect(asked).not.toContain("graphql PatchesById");
    await github.as("noel").comment(patch, "Any news?");
    await github.as("dana").addLabel(patch, "storage");
    await story.settle();
    expect(await holding([...MIRA, "sb-dev1", "We met it"])).toEqual([]);

    await github.as("mira").review(patch, { state: "COMMENTED", body: "Looks fine now." });
    await github.as("noel").comment(patch, "Thanks.");
    await story.settle();
    expect(await holding(MIRA)).toEqual(["facts.actor_login"]);
    expect(await holding(["sb-dev1", "We met it"])).toEqual([]);
  });
});
