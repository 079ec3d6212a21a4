// What is known of an organisation that has uninstalled the App: kept for a month, then gone; whole again where it is installed again before.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME, ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";
import { columnsThatHold } from "../support/whole-database.ts";

const NOW = "2026-03-02T09:00:00Z";
const THEIRS = ["sb-dev1", "shinshu", "sato@acme.example", "kenji", "dana", "mira", "Fix the lock", "acme-db"];
const PEOPLE = `people:
  - { github: dana, name: Dana, email: dana@acme.example }
`;

/** A patch of a customer with a case, answered by a maintainer: something in many tables. */
async function live(story: Story) {
  const patch = await story.github
    .as("sb-dev1")
    .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock", body: "It hangs." });
  await story.settle();
  await story.github.as("dana").comment(patch, "/case link CASE-7 S2 customer=shinshu-bank");
  await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
  await story.settle();
  story.commentsOn(patch);
  story.labelsOn(patch);
  story.reactionsOn(patch);
  return patch;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a month after the App was uninstalled nothing of the owner is left, and others keep everything", async () => {
    const story = await startApp({
      on,
      now: NOW,
      github: {
        organizations: [...(ACME.organizations ?? []), { login: "other-db", owners: ["chief"], members: ["noel"] }],
        repositories: [
          {
            name: "acme-db/engine",
            visibility: "private",
            collaborators: { mira: "write", dana: "write", kenji: "read", "sb-dev1": "read" },
            files: { ".github/patch-advocate.yml": ACME_POLICY },
          },
          { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write" } },
          { name: "other-db/motor", visibility: "private", collaborators: { noel: "write" } },
        ],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "other-db", repositories: "all" },
        ],
      },
    });
    await story.importCustomers(SHINSHU + PEOPLE);
    await live(story);
    await story.github.as("noel").openPullRequest({ repository: "other-db/motor", title: "Turn faster" });
    await story.settle();

    story.github.uninstall("acme-db");
    await story.settle();
    await story.advance({ days: 29 });
    expect(await columnsThatHold(story.database, ["shinshu"])).toEqual(expect.arrayContaining(["customers.data"]));

    await story.advance({ days: 2 });
    expect(await columnsThatHold(story.database, THEIRS)).toEqual([]);
    expect(await columnsThatHold(story.database, ["Turn faster"])).toContain("patches.title");
    expect(story.logs.filter((line) => line.includes("who uninstalled the App is forgotten"))).toHaveLength(1);

    // What comes late, as when somebody redelivers it by hand, adds nothing.
    for (const { event, payload } of story.github.deliveries.filter(({ event }) => event.startsWith("pull_request")))
      story.github.deliver(event, payload);
    await story.settle();
    const left = await story.database.db.selectFrom("patches").select("title").execute();
    expect(left).toEqual([{ title: "Turn faster" }]);

    // And a new beginning: what was there before we came is read, customers have to be imported anew.
    story.github.installing.install("acme-db", "all");
    await story.settle();
    await story.importCustomers(SHINSHU);
    await story.advance({ minutes: 2 });
    const patches = await story.database.db.selectFrom("patches").select("title").orderBy("title").execute();
    expect(patches.map(({ title }) => title)).toEqual(["Fix the lock", "Turn faster"]);
  });

  test("installed again within the month, everything is there and goes on", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU + PEOPLE });
    const patch = await live(story);
    story.github.uninstall("acme-db");
    await story.settle();
    await story.advance({ days: 20 });
    story.github.installing.install("acme-db", "all");
    await story.settle();
    await story.advance({ days: 11 });
    expect(await columnsThatHold(story.database, ["shinshu"])).toEqual(expect.arrayContaining(["customers.data"]));
    const facts = await story.database.db.selectFrom("facts").select("kind").where("kind", "=", "reviewed").execute();
    expect(facts).toHaveLength(1);
    expect(story.labelsOn(patch)).toContain("customer");
  });
});
