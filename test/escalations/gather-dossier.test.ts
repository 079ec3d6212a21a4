// What a dossier is made of, read from a whole running product: the store on both databases, and GitHub in one request.
import pino from "pino";
import { describe, expect, test } from "vitest";
import { writeCaseWords } from "../../src/cases/words-store.ts";
import type { Asked } from "../../src/escalations/dossier.ts";
import { gatherDossier } from "../../src/escalations/gather-dossier.ts";
import { createGitHub } from "../../src/github/client.ts";
import { decide } from "../../src/patches/decide.ts";
import { gather } from "../../src/patches/gather.ts";
import { placeOf } from "../../src/patches/place.ts";
import { factsOf, patchById } from "../../src/patches/store.ts";
import type { Wiring } from "../../src/patches/wiring.ts";
import { createPeople } from "../../src/people/people.ts";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const ASKED: Asked = { what: "account-owner", decideByAt: null, first: [] };

const wiringOf = ({ database, github }: Story): Wiring => {
  const now = () => Date.now();
  const client = createGitHub({
    config: {
      appId: github.appId,
      privateKey: () => github.privateKey,
      apiUrl: github.url,
      graphqlUrl: github.graphqlUrl,
    },
    database,
    log: pino({ level: "silent" }),
  });
  return {
    database,
    github: client,
    people: createPeople({ database, github: client, now }),
    now,
    channels: { hasMail: false, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
    addresses: { publicUrl: null, webUrl: "https://github.example" },
  };
};

async function dossierOf(story: Story) {
  const wiring = wiringOf(story);
  const { id } = await story.database.db.selectFrom("patches").select("id").executeTakeFirstOrThrow();
  const row = await patchById(story.database.db, id);
  if (row === undefined) throw new Error("there is no patch");
  const place = await placeOf(story.database, row.repository_id, { fromAt: row.opened_at, now: Date.now() });
  if (place === null) throw new Error("there is no place");
  const facts = (await factsOf(story.database.db, [id])).get(id) ?? [];
  const gathered = await gather(wiring, row, { place, facts });
  return gatherDossier(wiring, { gathered, decision: decide(gathered.situation), asked: ASKED });
}

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;

describe.each(DIALECTS)("on %s", (on) => {
  test("a dossier holds the case's words, who waits, both sides' time, every reminder, and what GitHub shows", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const { github } = story;
    const patch = await github
      .as("kenji")
      .openPullRequest({ repository: "acme-db/engine", title: "Keep the index open", body: "Case: CASE-7" });
    await story.settle();

    const ownerId = github.idOf("acme-db");
    await story.database.transaction((tx) =>
      writeCaseWords(tx, {
        ownerId,
        reference: "CASE-7",
        at: Date.now(),
        words: {
          title: "Search stops",
          customer: "shinshu-bank",
          severity: "S2",
          summary: "It stops.",
          stake: "x".repeat(60_000),
          workaround: "none",
          "needed-by": { date: "2026-04-01", why: "closing" },
          report: "2026-03-20",
        },
      }),
    );
    await story.advanceTo("2026-03-03T09:00:00Z");
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    await story.advanceTo("2026-03-04T09:00:00Z");
    await github.as("kenji").push(patch);
    await story.settle();
    await story.advanceTo("2026-03-06T09:00:00Z");
    await story.settle();
    github.setChecks(patch, "SUCCESS", { required: true });

    const dossier = await dossierOf(story);
    const { view, course, reminders, ...rest } = dossier;
    expect(rest).toMatchObject({
      version: 1,
      patch: {
        repository: "acme-db/engine",
        title: "Keep the index open",
        url: `https://github.example/acme-db/engine/pull/${patch.number}`,
        author: "kenji",
        openedAt: at("2026-03-02T09:00:00Z"),
      },
      customers: [
        {
          id: "shinshu-bank",
          name: "Shinshu Bank",
          owner: "Sato",
          consultant: "kenji",
          sinceAt: at("2026-03-02T09:00:00Z"),
        },
      ],
      changesRequestedBy: ["mira"],
      held: { maintainer: 3 * 8 * 3_600_000, author: 8 * 3_600_000 },
      dayMillis: 8 * 3_600_000,
      request: null,
    });
    expect(dossier.cases).toEqual([
      {
        reference: "CASE-7",
        title: "Search stops",
        url: "https://support.acme.example/CASE-7",
        customerId: "shinshu-bank",
        severity: "S2",
        summary: "It stops.",
        stake: "x".repeat(4000),
        workaround: "none",
        neededBy: { date: "2026-04-01", why: "closing" },
        nextReport: "2026-03-20",
        sinceAt: at("2026-03-02T09:00:00Z"),
        linkedBy: "kenji",
      },
    ]);
    expect(view).toMatchObject({
      checks: [{ name: "ci", state: "passing", isRequired: true }],
      headSha: dossier.headSha,
      reviews: [{ by: "mira", state: "changes-requested" }],
    });
    expect(reminders).toEqual([{ at: at("2026-03-06T09:00:00Z"), to: ["mira"] }]);
    expect(course.map(({ what, who }) => [what, ...who])).toEqual([
      ["opened", "kenji"],
      ["changes-requested", "mira"],
      ["updated", "kenji"],
      ["reminded", "mira"],
    ]);
    // It is kept as JSON with the step that it was made for.
    expect(JSON.parse(JSON.stringify(dossier))).toEqual(dossier);
  });

  test("of a pull request that GitHub does not show any more, what it showed is unknown", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    await story.database.db.updateTable("patches").set({ node_id: "PR_gone" }).execute();

    const dossier = await dossierOf(story);
    expect(dossier).toMatchObject({ view: null, cases: [], customers: [{ id: "shinshu-bank" }] });
    expect(dossier.headSha).toMatch(/^[0-9a-f]{40}$/u);
  });
});
