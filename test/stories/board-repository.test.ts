// A repository's page: the policy in force with its mistakes, what is held back and what to do, and nothing for whom it is not.
import { describe, expect, test } from "vitest";
import { pauseWriting } from "../../src/effects/pauses-store.ts";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { type Seen, signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const FILE = ".github/patch-advocate.yml";

describe.each(DIALECTS)("on %s", (on) => {
  test("the policy in force, its mistakes and what is held back are seen with what to do", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: SHINSHU,
      github: withOwnerPolicy(ACME_POLICY),
    });
    const { db } = app.database;
    const textOf = (seen: Seen) => pageText(seen).replaceAll(app.github.webUrl, "https://github.example");
    const boss = app.github.as("boss");
    await boss.commit("acme-db/engine", { [FILE]: "reminders: { limit: 1 }\n" });
    await app.settle();
    await boss.commit("acme-db/engine", { [FILE]: "reminders: { limit: 1 }\nlabls: '<b>'\ntargets:\n  S1: soon\n" });
    const patch = await app.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix <img src=x onerror=alert(1)>" });
    await app.settle();
    const linking = await app.github.as("dana").comment(patch, "/case link CASE-7 S2");
    await app.settle();
    const failed = { id: "7a1c0e52-2f3b-11f1-9b1e-0242ac120002", event: "pull_request", attempts: 10, run_after: 0 };
    await db
      .insertInto("deliveries")
      .values({
        ...failed,
        received_at: Date.now(),
        state: "failed",
        error: "the <b>database</b>",
        finished_at: Date.now(),
      })
      .execute();

    const dana = await signedIn(app, { login: "dana" });
    expect(textOf(await dana.open("/o/acme-db/repositories"))).toMatchInlineSnapshot(`
      "# Repositories
      Where the app is installed: which policy holds, what waits, and what is wrong.
      Repositories by name
      Repository | Mode | Visibility | Patches followed | Wait for maintainers | Wait for authors | Problems
      [.github](/o/acme-db/r/.github) | acts | public | 0 | 0 | 0 |
      [cases](/o/acme-db/r/cases) | acts | private | 0 | 0 | 0 |
      [engine](/o/acme-db/r/engine) | acts | public | 1 | 1 | 0 | 2 mistakes in the policy
      [more-cases](/o/acme-db/r/more-cases) | acts | private | 0 | 0 | 0 |
      [tools](/o/acme-db/r/tools) | acts | private | 0 | 0 | 0 |"
    `);
    const seen = await dana.open("/o/acme-db/r/Engine");
    expect(seen.body).not.toMatch(/<img|<b>/);
    // In which order those of one instant are settled is nobody's promise.
    const withoutIds = (text: string) =>
      text
        .replace(/\n.* \| done \| \| [0-9a-f-]{36}/g, "")
        .replace(/.* requests were left of GitHub's hour at .*/, "N requests were left of GitHub's hour.")
        .replace(
          /.* points were left of GitHub's hour of GraphQL at .*/,
          "N points were left of GitHub's hour of GraphQL.",
        );
    expect(withoutIds(textOf(seen))).toMatchInlineSnapshot(`
      "# acme-db/engine
      [On GitHub](https://github.example/acme-db/engine)
      ## How it stands
      Mode
      acts: Labels are put on, maintainers are reminded, and what stays unanswered is escalated, as the policy says.
      Visibility
      public
      What may be said there
      none: neither customers nor cases are named there
      Default branch
      main
      ## Reading what was there before
      Patches
      read: 0
      ## Mistakes in the policy
      In acme-db/engine/.github/patch-advocate.yml
      Line | Column | Key | The line | What to do
      2 | 1 | labls | labls: '<b>' | A policy has no key "labls". Write labels.
      4 | 7 | targets.S1 | S1: soon | "soon" is not a duration. Write a number from 1 to 1000 and s, m, h, d or w, such as 5d.
      ## Policy in force
      From acme-db/engine/.github/patch-advocate.yml, acme-db/.github/.github/patch-advocate.yml, and the defaults.
      The newest version has mistakes, so this is the last good one.
      version: 1 mode: act # owner language: en # default disclosure: none # default support: ["@acme-db/support"] # owner maintainers: ["mira"] # owner track: customers # default cases: repositories: ["acme-db/cases"] # owner references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }] # owner exempt: labels: [] # default authors: [] # default drafts: true # default bots: true # default calendar: timezone: "UTC" # default days: [mon, tue, wed, thu, fri] # default hours: "09:00-17:00" # default holidays: none # default closed: [] # default always: [] # default targets: S1: 4h # default S2: 2d # default S3: 5d # default S4: 10d # default none: 10d # default author: 3d # default release: 20d # default reminders: every: 5d # default limit: 1 # this repository per-repository-per-day: 5 # default per-maintainer-per-week: 3 # default remind: team # default quiet: [] # default digest: day: mon # default at: "09:00" # default escalation: deciders: [] # default owner-within: 2d # default decide-within: 3d # default per-decider-per-week: 3 # default comment: true # default contracts: grace: 30d # default warn: [60d, 14d] # default releases: from: releases # default prereleases: false # default labels: customer: name: "customer" # default color: "0e8a16" # default description: "Somebody under a support contract is waiting. What is reviewed first stays the maintainers' decision" # default consulting: name: "consulting" # default color: "1d76db" # default description: "A consulting contract stands behind this pull request." # default severity: name: "severity: {severity}" # default description: "The gravest open case that waits for this: S1 is the worst, S4 the mildest." # default turn: maintainer: name: "awaiting maintainer" # default color: "fbca04" # default description: "It is the maintainers' turn: a review, a question, \\"later\\" or \\"no\\" all settle it." # default author: name: "awaiting author" # default color: "c5def5" # default description: "It is the author's turn: something was asked, or the checks or a conflict need a hand." # default overdue: name: "overdue" # default color: "d93f0b" # default description: "A reminder was sent and no maintainer has answered since." # default escalated: name: "escalated" # default color: "b60205" # default description: "Those who decide were asked, and have not decided yet." # default
      ## Patches
      [All that waits here](/o/acme-db?repository=engine) (1)
      Patches
      Patch | Severity | Turn | Since
      [#1 Fix <img src=x onerror=alert(1)>](/o/acme-db/r/engine/1) | S2 | maintainers | 2 Mar 2026 {2 Mar 2026, 09:00 UTC}
      ## GitHub's limits
      In the last hour 8 of 500 writes were made for this organisation, 0 of them comments; at 60 comments all writing stops by itself.
      N requests were left of GitHub's hour.
      N points were left of GitHub's hour of GraphQL.
      ## Not written in the last 7 days
      Everything that was to be written has been.
      ## Deliveries from GitHub
      A delivery does not say which repository it is about before it is worked on: these are the organisation's, of all its repositories.
      Deliveries from GitHub
      Received | Event | State | Because | ID
      2 Mar 2026, 09:00 UTC {2 Mar 2026, 09:00 UTC} | pull_request | failed | the <b>database</b> | 7a1c0e52-2f3b-11f1-9b1e-0242ac120002
      To try a failed one again: patch-advocate deliveries retry ID"
    `);

    // A maintainer sees how it stands, the policy and the patches of their own repositories, and nothing of customers.
    const mira = await signedInMaintainer(app, { login: "mira", repositories: ["engine"] });
    expect(textOf(await mira.open("/o/acme-db/repositories"))).toMatchInlineSnapshot(`
      "# Repositories
      Where the app is installed: which policy holds, what waits, and what is wrong.
      Repositories by name
      Repository | Mode | Visibility | Patches followed | Wait for maintainers | Wait for authors | Problems
      [engine](/o/acme-db/r/engine) | acts | public | 1 | 1 | 0 | 2 mistakes in the policy"
    `);
    const limited = textOf(await mira.open("/o/acme-db/r/engine"));
    expect(limited).not.toMatch(/S2 \||CASE-|Deliveries|cases:|deciders|GitHub's limits/);
    expect(limited).toContain(`[#1 Fix <img src=x onerror=alert(1)>](/o/acme-db/r/engine/1) | maintainers |`);
    expect(limited).toContain("labls");
    expect((await mira.open("/o/acme-db/r/cases")).status).toBe(404);

    // What is not the owner's is not there.
    for (const name of ["nothing", "..%2Fengine", "%00", "a%25", "engine%27--"])
      expect((await dana.open(`/o/acme-db/r/${name}`)).status).toBe(404);
    await db
      .updateTable("repositories")
      .set({ owner_id: 1, owner_login: "other" })
      .where("name", "=", "tools")
      .execute();
    expect((await dana.open("/o/acme-db/r/tools")).status).toBe(404);
    expect((await dana.open("/o/other/r/tools")).status).toBe(404);
    expect(textOf(await dana.open("/o/acme-db/repositories?after=engine"))).not.toContain("tools");

    // Held back: by hand, by GitHub; and with another owner on the server no delivery is shown.
    await app.database.transaction((tx) =>
      pauseWriting(tx, { scope: "all", because: "migration <i>", since: Date.parse("2026-03-02T08:00:00Z") }),
    );
    await db
      .updateTable("installations")
      .set({
        parked_until: Date.parse("2026-03-02T10:00:00Z"),
        parked_because: "GitHub's limit of requests is used up",
      })
      .execute();
    const [known] = await db.selectFrom("installations").selectAll().execute();
    if (known === undefined) throw new Error("no installation");
    await db
      .insertInto("installations")
      .values({ ...known, id: 99, owner_id: 1, owner_login: "other" })
      .execute();
    const held = textOf(await dana.open("/o/acme-db/r/engine", { "accept-language": "ja" }));
    expect(held.split("\n").slice(2, 6)).toMatchInlineSnapshot(`
      [
        "2026年3月2日 08:00 UTC から書き込みを一時停止しています（理由: migration <i>）。",
        "再開するには patch-advocate resume acme-db を実行してください。全体を停止している場合は patch-advocate resume です。",
        "現在、GitHub がアプリを受け付けていません（GitHub's limit of requests is used up）。2026年3月2日 10:00 UTC に再試行します。",
        "失われた内容はありません。続く場合は、GitHub の App の設定で、停止されていないか、権限が承認されているかをご確認ください。",
      ]
    `);
    expect(held).toContain("このサーバーは複数の組織で使われており");
    expect(held).not.toContain("pull_request");
    await db.deleteFrom("pauses").execute();
    await db.deleteFrom("installations").where("id", "=", 99).execute();
    await db.updateTable("installations").set({ parked_until: null, parked_because: null }).execute();
    await db.deleteFrom("deliveries").where("id", "=", failed.id).execute();
    expect(app.reactionsOn(linking)).toEqual(["+1"]);
    app.labelsOn(patch);
    app.checkRunsOn("acme-db/engine");
    await app.expectNothingElse();
  });
});
