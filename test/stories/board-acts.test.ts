// What people do on the board goes through the same decisions as commands, says to others only what they have seen before, and runs once.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { type Browser, signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import {
  bringCases,
  ESCALATION_CUSTOMERS,
  ESCALATION_POLICY,
  seeAll,
  subjectsTo,
  TEAM,
  wholeCase,
} from "../support/escalating.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { type Story, startApp } from "../support/start-app.ts";

/** Monday, ten in the morning in Tokyo. */
const NOW = "2026-03-02T01:00:00Z";
const FORM = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"] as const;

const start = (on: (typeof DIALECTS)[number]) =>
  startApp({
    on,
    now: NOW,
    customers: ESCALATION_CUSTOMERS,
    channels: ["mail"],
    github: withOwnerPolicy(ESCALATION_POLICY),
  });

/** Whatever the board has changed of a patch: facts, and who they are of. */
async function facts({ database }: Story) {
  const rows = await database.db
    .selectFrom("facts")
    .select(["kind", "actor_login", "data"])
    .where("key", "like", "command:board:%")
    .orderBy("at")
    .orderBy("kind")
    .execute();
  return rows.map(({ kind, actor_login, data }) => {
    const { kind: _, ...said } = JSON.parse(data);
    return `${actor_login ?? "somebody"} ${kind} ${JSON.stringify(said)}`;
  });
}

async function boardActs({ database }: Story) {
  const rows = await database.db.selectFrom("board_acts").select(["person", "kind", "words"]).orderBy("id").execute();
  return rows.map(({ person, kind, words }) => `${person} ${kind}: ${words}`);
}

/** What a page says went wrong. */
async function wrongOf(seen: ReturnType<Browser["send"]>) {
  const { status, body } = await seen;
  const alert = /<div class="warning" role="alert">([\s\S]*?)<\/div>/.exec(body)?.[1] ?? "";
  return `${status} ${pageText({ body: `<main>${alert}</main>` }).replaceAll("\n", " ")}`;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("support escalates once they have seen what will be said, and it rises as by a command", async () => {
    const app = await start(on);
    const { github } = app;
    await bringCases(app, [wholeCase("CASE-7", { severity: "S1" })]);
    const patch = await github.as("kenji").openPullRequest({ repository: "acme-db/engine", title: "Export in pieces" });
    await app.settle();
    const path = `/o/acme-db/r/engine/${patch.number}`;
    const dana = await signedIn(app, { login: "dana" });
    const act = (name: string, fields: Readonly<Record<string, string>>) =>
      dana.send(`${path}/acts/${name}`, { form: FORM[0], ...fields });

    // A case is linked by its name; what a field holds beside it is no second command.
    expect(await act("link", { reference: "CASE-7\n/case severity S4" })).toMatchObject({ status: 422 });
    expect(await act("link", { reference: "CASE-7" })).toMatchObject({ status: 303, location: `${path}?done=link` });
    await app.settle();
    app.labelsOn(patch);

    const reason = "They cannot close the year\n/case later 2027-01-01 no";
    const shown = await act("escalate", { reason });
    expect(shown.status).toBe(200);
    expect(pageText(shown)).toMatchInlineSnapshot(`
      "# This is what will be said
      acme-db/engine#1: Export in pieces
      Nothing has been sent yet.
      It goes before those who decide, with the dossier. An answer is asked for by 5 Mar 2026, 10:00 GMT+9.
      Told privately:
      - Noel (decider)
      - Kenji (consultant)
      - Sato (account owner)
      - Mori (account owner)
      Written on acme-db/engine#1, for everybody to read:
      Hello @mira,
      This pull request waits for a decision, and somebody under a support contract depends on it (severity S1). Could you say by 2026-03-05 10:00 (Asia/Tokyo) what is to become of it?
      Taking it, taking it with changes, “no” or “later” all settle it, and which of them is yours to choose:
      - To take it, with or without changes: a review that says so
      - Not to take it: a word why, and closing it
      - To come back to it later: /case later YYYY-MM-DD reason
      - To look into it first: /case take
      /case why shows how this came about. This app never closes or merges anything.
      Your reason, which goes with the dossier and never to GitHub:
      They cannot close the year /case later 2027-01-01 no
      <Escalate now> [Back, without doing anything](/o/acme-db/r/engine/1)"
    `);
    await app.settle();
    expect(await facts(app)).toEqual([]);
    expect(app.commentsOn(patch)).toEqual([]);
    expect(subjectsTo(app, "noel@acme.example")).toEqual([]);

    // Pressed twice at one moment, it is asked for once.
    const confirmed = { reason, confirm: "yes", form: FORM[1] };
    const pressed = await Promise.all([act("escalate", confirmed), act("escalate", confirmed)]);
    expect(pressed.map(({ status, location }) => [status, location])).toEqual(
      [0, 1].map(() => [303, `${path}?done=escalate`]),
    );
    expect(await act("escalate", confirmed)).toMatchObject({ status: 303 });
    await app.settle();
    const asked = "They cannot close the year /case later 2027-01-01 no";
    expect(await facts(app)).toEqual([
      `dana escalation-asked ${JSON.stringify({ isAnyway: false, reason: asked, as: "supporter" })}`,
    ]);
    expect(await boardActs(app)).toEqual([
      "@dana command-link: /case link CASE-7",
      `@dana command-escalate: /case escalate ${asked}`,
    ]);
    // What they saw is what was said.
    const [said = "", ...more] = app.commentsOn(patch);
    expect(pageText(shown)).toContain(said.replaceAll(/\*\*|`/g, "").replaceAll(/\n+/g, "\n"));
    expect(more).toEqual([]);
    expect(subjectsTo(app, "noel@acme.example")).toMatchInlineSnapshot(`
      [
        "Urgent: Decision asked for by Thursday 5 March 2026: acme-db/engine#1 (severity S1)",
      ]
    `);
    expect(JSON.stringify(github.writes())).not.toContain("close the year");
    expect(
      pageText(await dana.open(`${path}?done=escalate`))
        .split("\n")
        .slice(2, 5),
    ).toMatchInlineSnapshot(`
      [
        "It goes the next step up.",
        "the maintainers S1 It has waited for the maintainers since 2 Mar 2026, which is 0 minutes. What happens next: The deciders are asked for a decision by Thu 5 Mar.",
        "## Who waits for it",
      ]
    `);
    seeAll(app, patch);
    for (const address of TEAM) app.mailsTo(address);
    await app.expectNothingElse();
  });

  test("each does what is theirs to do, and nothing is done for anybody else or without GitHub", async () => {
    const app = await start(on);
    const { github } = app;
    await bringCases(app, [wholeCase("CASE-7"), wholeCase("CASE-8")]);
    const patch = await github.as("kenji").openPullRequest({ repository: "acme-db/engine", title: "Export in pieces" });
    const linked = await github.as("dana").comment(patch, "/case link CASE-7 CASE-8");
    await app.settle();
    expect(app.reactionsOn(linked)).toEqual(["+1"]);
    const path = `/o/acme-db/r/engine/${patch.number}`;
    const by = (browser: Browser) => (name: string, fields: Readonly<Record<string, string>>) =>
      browser.send(`${path}/acts/${name}`, { form: crypto.randomUUID(), ...fields });
    const sato = by(await signedIn(app, { email: "sato@acme.example" }));
    const dana = by(await signedIn(app, { login: "dana" }));
    const noel = by(await signedIn(app, { login: "noel" }));
    const elsewhere = by(await signedInMaintainer(app, { login: "mira", repositories: ["tools"] }));
    expect((await elsewhere("snooze", { date: "2026-04-01" })).status).toBe(404);
    const mira = by(await signedInMaintainer(app, { login: "mira", repositories: ["engine"] }));

    // What was typed wrong is said, and kept.
    const past = await sato("later", { date: "2026-01-01", reason: "Shinshu Bank is on holiday" });
    expect(past.body).toContain('value="Shinshu Bank is on holiday"');
    expect([
      await wrongOf(sato("later", { date: "2026-01-01", reason: "x" })),
      await wrongOf(sato("later", { date: "2026-04-01", reason: " " })),
      await wrongOf(sato("later", { date: "soon", reason: "x" })),
      await wrongOf(dana("escalate", { reason: "anyway they wait" })),
      await wrongOf(dana("summary", { words: "x".repeat(600) })),
      await wrongOf(dana("link", { reference: "acme-db/nothing#1" })),
      await wrongOf(sato("take", {})),
      await wrongOf(noel("report", { date: "2026-04-01" })),
    ]).toMatchInlineSnapshot(`
      [
        "422 This was not done That day has passed. Please name one that is still to come.",
        "422 This was not done “Reason” must be filled in.",
        "422 This was not done A date is a day that exists, written like 2027-03-15.",
        "422 This was not done This could not be understood without doubt. Please put it in other words.",
        "422 This was not done It may have at most 500 characters.",
        "422 This was not done acme-db/nothing#1 is not in a case repository. The policy lists those under cases.repositories.",
        "422 This was not done This is not yours to do here. A maintainer or a decider can.",
        "422 This was not done This is not yours to do here. Support can, and the customer’s consultant and account owner.",
      ]
    `);
    for (const name of ["escalate", "link", "workaround"]) expect((await mira(name, {})).status).toBe(404);
    for (const name of ["status", "quiet-me", "landed"]) expect((await dana(name, {})).status).toBe(404);
    const stranger = await signedIn(app, { login: "stranger" });
    expect((await stranger.send(`${path}/acts/snooze`, { date: "2026-04-01" })).status).toBe(404);
    const forged = await (await signedIn(app, { login: "dana" })).send(`${path}/acts/snooze`, {
      csrf: "wrong",
      date: "2026-04-01",
    });
    expect(forged.status).toBe(403);
    github.fault({}, { drop: true }, { times: 100 });
    expect(await wrongOf(dana("snooze", { date: "2026-04-01" }))).toMatchInlineSnapshot(
      `"503 This was not done GitHub does not answer, so nobody could be asked whether you may do this. Nothing was done. Try again in a few minutes."`,
    );
    github.clearFaults();
    expect(await facts(app)).toEqual([]);
    expect(await boardActs(app)).toEqual([]);

    // On the board a customer may be named: nobody else reads it, and GitHub hears no word of it.
    const reason = "Shinshu Bank is on holiday";
    expect(await sato("later", { date: "2026-04-01", reason })).toMatchObject({ status: 303 });
    const cases = await app.database.db.selectFrom("cases").select(["id", "reference"]).orderBy("id").execute();
    const eight = String(cases.find((each) => each.reference === "CASE-8")?.id);
    expect(await sato("workaround", { case: eight, words: "Export by hand" })).toMatchObject({ status: 303 });
    expect(await wrongOf(sato("workaround", { case: "999", words: "Export by hand" }))).toMatchInlineSnapshot(
      `"422 This was not done No case is linked here yet. Link one first: /case link REF"`,
    );
    await app.settle();
    app.labelsOn(patch);
    await app.advance({ minutes: 2 });
    expect(await noel("take", { date: "2026-03-06" })).toMatchObject({ status: 303 });
    expect(await mira("unsnooze", {})).toMatchObject({ status: 303 });
    await app.settle();
    expect(await facts(app)).toMatchInlineSnapshot(`
      [
        "somebody put-off {"untilAt":1774969200000,"reason":"Shinshu Bank is on holiday"}",
        "noel taken {"untilAt":1772722800000}",
        "mira unsnoozed {}",
      ]
    `);
    expect(await boardActs(app)).toMatchInlineSnapshot(`
      [
        "sato@acme.example command-later: /case later 2026-04-01 Shinshu Bank is on holiday",
        "sato@acme.example command-workaround: /case workaround Export by hand",
        "@noel command-take: /case take 2026-03-06",
        "@mira command-unsnooze: /case unsnooze",
      ]
    `);
    const command = await app.database.db
      .selectFrom("commands")
      .select(["actor_id", "actor_login", "authority"])
      .where("text", "like", "later%")
      .executeTakeFirstOrThrow();
    expect(Object.values(command)).toEqual([
      0,
      "sato@acme.example",
      '{"isSupporter":true,"isMaintainer":false,"isAuthor":false,"isDecider":false}',
    ]);
    const kept = await app.database.db.selectFrom("cases").select(["reference", "workaround"]).orderBy("id").execute();
    expect(kept).toEqual([
      { reference: "CASE-7", workaround: "none" },
      { reference: "CASE-8", workaround: "Export by hand" },
    ]);
    // The account owner's word puts it before those who decide, who read whose word it was and why; GitHub does not.
    await app.advance({ minutes: 2 });
    app.commentsOn(patch);
    const shown = await sato("escalate", { reason: "Shinshu Bank cannot wait" });
    expect(pageText(shown).split("\n").slice(3, 7)).toMatchInlineSnapshot(`
      [
        "It goes before those who decide, with the dossier. An answer is asked for by 5 Mar 2026, 10:04 GMT+9.",
        "Told privately:",
        "- Noel (decider)",
        "Written on acme-db/engine#1, for everybody to read:",
      ]
    `);
    expect(await sato("escalate", { reason: "Shinshu Bank cannot wait", confirm: "yes" })).toMatchObject({
      status: 303,
    });
    await app.settle();
    expect((await facts(app)).at(-1)).toMatchInlineSnapshot(
      `"somebody escalation-asked {"isAnyway":false,"reason":"Shinshu Bank cannot wait","as":"account-owner","by":"sato@acme.example"}"`,
    );
    const dossier = app.mailsTo("noel@acme.example").at(-1)?.text ?? "";
    expect(dossier.split("\n").filter((line) => line.includes("cannot wait"))).toMatchInlineSnapshot(`
      [
        "sato@​acme.​example asked for this step: Shinshu Bank cannot wait.",
      ]
    `);

    // Whoever asks on GitHub hears when, and neither who nor why.
    const why = await github.as("mira").comment(patch, "/case why");
    await app.settle();
    expect(app.reactionsOn(why)).toEqual(["+1"]);
    expect(app.commentsOn(patch).at(-1)).toMatchInlineSnapshot(`
      "What started and stopped the clock here:

      - 2026-03-02 10:00: \`kenji\` opened it, ready for review → maintainers’ turn, the clock runs
      - 2026-03-02 10:00: somebody decided to come back to it on 2026-04-01 → nobody’s turn, the clock stops
      - 2026-03-02 10:02: \`noel\` has it in hand until 2026-03-06
      - 2026-03-02 10:02: \`mira\` ended the snooze
      - 2026-03-02 10:00: \`kenji\` opened it, ready for review → maintainers’ turn, the clock runs
      - 2026-03-02 10:04: \`mira\` responded with commands only, which leaves the turn as it was → the clock is at zero
      - 2026-03-02 10:04: somebody asked for the next step up

      **Next:** a reminder, 2026-03-06 00:00: somebody has it in hand until 2026-03-06.

      Times are in \`Asia/Tokyo\`."
    `);
    expect(JSON.stringify(github.writes())).not.toMatch(/Shinshu|Sato|sato@|by hand/);
    seeAll(app, patch);
    for (const address of TEAM) app.mailsTo(address);
    await app.expectNothingElse();
  });
});
