// The page of one patch: what waits in one sentence, for whom, how it came about to scale, and why; each as they may know it.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { bringCases, ESCALATION_CUSTOMERS, ESCALATION_POLICY, seeAll, TEAM, wholeCase } from "../support/escalating.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { startApp } from "../support/start-app.ts";

/** Monday, ten in the morning in Tokyo. */
const NOW = "2026-03-02T01:00:00Z";
const EVIL = `<script>alert(1)</script>`;

describe.each(DIALECTS)("on %s", (on) => {
  test("a patch tells where it stands, for whom, how it came about and why, and reads the store alone", async () => {
    const app = await startApp({
      on,
      now: NOW,
      customers: ESCALATION_CUSTOMERS,
      channels: ["mail"],
      github: withOwnerPolicy(ESCALATION_POLICY),
    });
    const { github } = app;
    await bringCases(app, [wholeCase("CASE-7", { title: `Export ${EVIL}` })]);
    const repository = "acme-db/engine";
    const patch = await github.as("kenji").openPullRequest({ repository, title: `Export in pieces ${EVIL}` });
    await app.settle();
    const linked = await github.as("dana").comment(patch, "/case link CASE-7");
    await app.settle();
    await app.advance({ days: 2 });
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await app.settle();
    await app.advance({ days: 2 });
    await github.as("kenji").push(patch);
    await app.settle();
    await app.advance({ days: 14 });
    const escalated = await github.as("dana").comment(patch, "/case escalate They cannot close the year");
    await app.settle();
    for (const comment of [linked, escalated]) expect(app.reactionsOn(comment)).toEqual(["+1"]);
    await app.advance({ hours: 2 });

    const text = (seen: Parameters<typeof pageText>[0]) =>
      pageText(seen).replaceAll(github.webUrl, "https://github.test");
    const path = `/o/acme-db/r/engine/${patch.number}`;
    const dana = await signedIn(app, { login: "dana" });
    await dana.open("/o/acme-db");
    const asked = github.requests.length;
    const seen = await dana.open(path);
    expect(seen.status).toBe(200);
    expect(github.requests.length).toBe(asked);
    expect(seen.body).not.toContain("<script");
    expect(seen.body).not.toContain("style=");

    const ja = await dana.open(path, { "accept-language": "ja" });

    const mira = await signedInMaintainer(app, { login: "mira", repositories: ["engine"] });
    const pages = { dana: seen, "dana, in Japanese": ja, mira: await mira.open(path) };
    await expect(
      Object.entries(pages)
        .map(([who, page]) => `=== ${who}\n${text(page)}\n`)
        .join("\n"),
    ).toMatchFileSnapshot("board-patch.txt");
    expect(pages.mira.body).not.toMatch(/Shinshu|CASE-7|Sato|export stops|close the year|renewal/);

    // Who guesses finds nothing, whatever they guess.
    const [noRights, elsewhere] = [
      await signedIn(app, { login: "stranger" }),
      await signedInMaintainer(app, { login: "mira", repositories: ["tools"] }),
    ];
    for (const each of [noRights, elsewhere]) expect((await each.open(path)).status).toBe(404);
    for (const guess of ["engine/999", "engine/0", "engine/1e0", "engine/99999999999", "nothing/1", "%2e%2e/1"])
      expect((await dana.open(`/o/acme-db/r/${guess}`)).status).toBe(404);
    expect((await dana.open(`/o/acme-db/r/ENGINE/${patch.number}?before=x&done=x`)).status).toBe(200);

    await github.as("mira").merge(patch);
    await app.settle();
    expect(
      text(await dana.open(path))
        .split("\n")
        .slice(0, 4),
    ).toMatchInlineSnapshot(`
      [
        "# Export in pieces <script>alert(1)</script>",
        "acme-db/engine#1 by kenji, opened on 2 Mar 2026 · [Open it on GitHub](https://github.test/acme-db/engine/pull/1)",
        "Merged S2 Merged on 20 Mar 2026.",
        "## Who waits for it",
      ]
    `);
    seeAll(app, patch);
    for (const address of TEAM) app.mailsTo(address);
    await app.expectNothingElse();
  });
});
