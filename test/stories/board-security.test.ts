// What hostile people try on the board, and that nothing comes of it.
import { describe, expect, test } from "vitest";
import { browserWith, signedIn } from "../support/board/sign-in.ts";
import { Visitor } from "../support/board/visitor.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME, ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";

describe.each(DIALECTS)("the board against hostile people on %s", (on) => {
  test("nothing is done without the form's own token, and no session is guessed, kept or taken over", async () => {
    const app = await startApp({ on, now: NOW, github: withOwnerPolicy(ACME_POLICY) });
    const dana = await signedIn(app, { login: "dana" });
    const cookie = `${dana.cookie.name}=${dana.cookie.value}`;
    const post = (path: string, headers: Readonly<Record<string, string>>, body = "") =>
      fetch(`${app.url}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body,
      });
    expect((await post("/o/acme-db/settings", { cookie, origin: app.url })).status).toBe(403);
    expect((await post("/o/acme-db/settings", { cookie, origin: app.url }, "csrf=guessed")).status).toBe(403);
    expect((await post("/sign-out", { cookie, origin: app.url }, "csrf=guessed")).status).toBe(403);
    expect((await post("/sign-out", { cookie, origin: "https://evil.example" })).status).toBe(403);
    // Nobody makes us read much without being signed in.
    expect((await post("/sign-out", { origin: app.url }, "x".repeat(17_000))).status).toBe(413);
    expect(
      (await post("/o/acme-db/settings", { cookie, origin: app.url, "sec-fetch-site": "cross-site" })).status,
    ).toBe(403);
    expect((await post("/o/acme-db/settings", { origin: app.url })).headers.get("location")).toContain(
      "/sign-in?return=",
    );
    expect((await dana.open("/o/acme-db")).status).toBe(200);

    for (const guess of ["", "a", "a".repeat(43), `${dana.cookie.value}a`, "' or 1=1 --"]) {
      const seen = await browserWith(app.url, guess).open("/o/acme-db");
      expect([seen.status, seen.location]).toEqual([303, "/sign-in?return=%2Fo%2Facme-db"]);
    }
    // What another browser put there before is not the session that a sign-in makes, and it ends with it.
    const again = await signedIn(app, { login: "dana" });
    const out = await again.send("/sign-out");
    expect(out.status).toBe(403);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await again.open("/o/acme-db")).body)?.[1] ?? "";
    const left = await post(
      "/sign-out",
      { cookie: `patch-advocate=${again.cookie.value}`, origin: app.url },
      `csrf=${csrf}`,
    );
    expect(left.status).toBe(200);
    expect((await again.open("/o/acme-db")).status).toBe(303);
    // One session's token opens no other session's forms.
    expect((await post("/o/acme-db/settings", { cookie, origin: app.url }, `csrf=${csrf}`)).status).toBe(403);
    await app.expectNothingElse();
  });

  test("a sign-in leads only to pages of ours, and only where this browser began", async () => {
    const app = await startApp({ on, now: NOW, customers: SHINSHU, hasSignIn: true });
    for (const wanted of [
      "https://evil.example/",
      "//evil.example/o/",
      "/\\evil.example",
      "/o/..//evil.example",
      "javascript:alert(1)",
      "/o/acme-db/../../sign-out",
    ]) {
      const visitor = new Visitor();
      const asked = await visitor.open(`${app.url}/sign-in/github?return=${encodeURIComponent(wanted)}`);
      const state = new URL(asked.url).searchParams.get("state") ?? "";
      // A code that GitHub never gave, and a state that it did not send.
      const forged = await visitor.once(`${app.url}/sign-in/github/callback?code=stolen&state=forged`);
      expect(forged.status).toBe(400);
      const late = await visitor.once(`${app.url}/sign-in/github/callback?code=stolen&state=${state}`);
      expect([late.status, late.headers.get("location")]).toEqual([400, null]);
    }
    const visitor = new Visitor();
    const asked = await visitor.open(`${app.url}/sign-in/github`);
    const state = new URL(asked.url).searchParams.get("state") ?? "";
    const stolen = await visitor.once(`${app.url}/sign-in/github/callback?code=stolen&state=${state}`);
    expect([stolen.status, visitor.cookies()]).toEqual([403, []]);
    const back = await visitor.once(`${app.url}/reading`, {
      method: "POST",
      headers: { origin: app.url, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ return: "//evil.example", language: "xx", theme: "<script>" }).toString(),
    });
    expect(back.headers.get("location")).toBe("/");
    await app.expectNothingElse();
  });

  test("one organisation sees nothing of another, and a maintainer nothing of customers", async () => {
    const app = await startApp({
      on,
      now: NOW,
      github: {
        ...ACME,
        organizations: [...(ACME.organizations ?? []), { login: "rival", owners: ["rita"], members: ["dana"] }],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "rival", repositories: "all" },
        ],
        repositories: [
          {
            name: "acme-db/engine",
            visibility: "public",
            collaborators: { mira: "write" },
            files: { ".github/patch-advocate.yml": ACME_POLICY },
          },
          { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write" } },
          // Whoever may write in one repository names themselves in its policy: that opens no board.
          {
            name: "rival/tools",
            visibility: "public",
            collaborators: { dana: "write" },
            files: { ".github/patch-advocate.yml": "version: 1\nsupport: [dana]\n" },
          },
        ],
      },
    });
    await app.importCustomers(SHINSHU);
    const rita = await signedIn(app, { login: "rita" });
    for (const path of [
      "/o/acme-db",
      "/o/acme-db/customers/shinshu-bank",
      "/o/acme-db/cases/1",
      "/o/acme-db/r/engine/1",
    ])
      expect([path, (await rita.open(path)).status]).toEqual([path, 404]);
    for (const path of [
      "/o/rival/customers/shinshu-bank",
      "/o/rival/cases/1",
      "/o/rival/r/engine/1",
      "/o/rival/r/engine",
    ])
      expect([path, (await rita.open(path)).status]).toEqual([path, 404]);
    const dana = await signedIn(app, { login: "dana" });
    expect([(await dana.open("/o/acme-db")).status, (await dana.open("/o/rival")).status]).toEqual([404, 404]);
    const sato = await signedIn(app, { email: "sato@acme.example" });
    expect([(await sato.open("/o/acme-db")).status, (await sato.open("/o/rival")).status]).toEqual([200, 404]);
    const nobody = await signedIn(app, { email: "nobody@acme.example" });
    expect((await nobody.open("/o/acme-db")).status).toBe(404);
    await app.expectNothingElse();
  });
});
