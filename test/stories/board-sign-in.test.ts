// Who gets to the board, by which way, and who does not.
import { describe, expect, test } from "vitest";
import { browserWith } from "../support/board/sign-in.ts";
import { agreeAs, form, Visitor } from "../support/board/visitor.ts";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const titleOf = (page: { readonly body: string }) => /<h1>(.*?)<\/h1>/.exec(page.body)?.[1];

describe.each(DIALECTS)("signing in to the board on %s", (on) => {
  test("whoever belongs to the team comes in with GitHub; a stranger sees that there is nothing", async () => {
    const app = await startApp({ on, now: NOW, customers: SHINSHU, hasSignIn: true });
    const dana = new Visitor();
    const asked = await dana.open(`${app.url}/o/acme-db?customer=shinshu-bank`);
    expect(asked.url).toBe(`${app.url}/sign-in?return=%2Fo%2Facme-db%3Fcustomer%3Dshinshu-bank`);
    const gitHub = await dana.open(
      `${app.url}/sign-in/github?return=${encodeURIComponent("/o/acme-db?customer=shinshu-bank")}`,
    );
    expect(new URL(gitHub.url).searchParams.get("code_challenge_method")).toBe("S256");
    const back = await agreeAs(dana, "dana", gitHub);
    const board = await dana.open(back);
    expect([board.status, board.url]).toEqual([200, `${app.url}/o/acme-db?customer=shinshu-bank`]);
    expect(board.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    // Whoever signs in again gets another session, and the one before ends: a cookie that somebody else put there or knows is worth nothing.
    const before = dana.cookie("patch-advocate");
    await dana.open(await agreeAs(dana, "dana", await dana.open(`${app.url}/sign-in/github`)));
    expect([
      dana.cookie("patch-advocate") === before,
      (await browserWith(app.url, before).open("/o/acme-db")).status,
    ]).toEqual([false, 303]);
    // The same answer of GitHub's once more, in this browser and in another: nobody is signed in by it.
    expect(titleOf(await dana.open(back))).toBe("Signing in was not finished");
    const thief = new Visitor();
    expect(titleOf(await thief.open(back))).toBe("Signing in was not finished");
    expect((await thief.open(`${app.url}/o/acme-db`)).url).toContain("/sign-in");

    const stranger = new Visitor();
    const arrived = await stranger.open(
      await agreeAs(stranger, "stranger", await stranger.open(`${app.url}/sign-in/github`)),
    );
    expect(titleOf(arrived)).toBe("There is no board for you yet");
    const refused = await stranger.open(`${app.url}/o/acme-db`);
    const missing = await stranger.open(`${app.url}/o/no-such-organisation`);
    expect([refused.status, missing.status, refused.body.replaceAll("acme-db", "")]).toEqual([
      404,
      404,
      missing.body.replaceAll("no-such-organisation", ""),
    ]);
    await app.expectNothingElse();
  });

  test("an account owner without a GitHub account comes by a link that only a press follows", async () => {
    const app = await startApp({ on, now: NOW, customers: SHINSHU, channels: ["mail"], hasSignIn: true });
    const sato = new Visitor();
    await sato.post(`${app.url}/sign-in/mail`, { email: "nobody@acme.example" });
    const sent = await sato.post(`${app.url}/sign-in/mail`, { email: "Sato@acme.example" });
    expect(titleOf(sent)).toBe("Look into your mailbox");
    await app.settle();
    const mails = app.mailsTo("sato@acme.example");
    expect(mails.map((mail) => mail.subject)).toEqual(["Your link to Patch Advocate's board"]);
    const path = /https:\/\/advocate\.example(\/sign-in\/link\/[\w-]+)/.exec(mails[0]?.text ?? "")?.[1] ?? "";

    // A mail scanner opens the link: nobody is signed in by that.
    const shown = await sato.once(`${app.url}${path}`);
    expect([shown.status, titleOf(shown), sato.cookies()]).toEqual([200, "Sign in to the board", []]);
    const inside = await sato.post(`${app.url}${path}`, {});
    expect(inside.url).toBe(`${app.url}/o/acme-db`);
    // Another site cannot press it for them.
    const forged = await new Visitor().once(`${app.url}${path}`, {
      ...form(app.url, {}),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" },
    });
    expect(forged.status).toBe(403);
    // May be opened again, in another browser, within seven days.
    expect((await new Visitor().post(`${app.url}${path}`, {})).url).toBe(`${app.url}/o/acme-db`);
    await app.advance({ days: 7 });
    expect((await new Visitor().once(`${app.url}${path}`)).status).toBe(404);
    // Eight idle hours end a session.
    expect((await sato.open(`${app.url}/o/acme-db`)).url).toContain("/sign-in?");
    await app.expectNothingElse();
  });

  test("who left is out within ten minutes, and while GitHub does not answer the board goes on with what it knew", async () => {
    const app = await startApp({ on, now: NOW, customers: SHINSHU, hasSignIn: true });
    const boss = new Visitor();
    await boss.open(await agreeAs(boss, "boss", await boss.open(`${app.url}/sign-in/github`)));
    expect((await boss.open(`${app.url}/o/acme-db`)).status).toBe(200);

    await app.advance({ minutes: 11 });
    app.github.fault({ path: /\/memberships\// }, { status: 503 });
    const stale = await boss.open(`${app.url}/o/acme-db`);
    expect([stale.status, stale.body.includes("GitHub cannot be reached.")]).toEqual([200, true]);

    await app.advance({ minutes: 2 });
    const fresh = await boss.open(`${app.url}/o/acme-db`);
    expect([fresh.status, fresh.body.includes("GitHub cannot be reached.")]).toEqual([200, false]);

    app.github.administration.removeOrganizationMember("acme-db", "boss");
    await app.settle();
    await app.advance({ minutes: 11 });
    expect((await boss.open(`${app.url}/o/acme-db`)).status).toBe(404);
    await app.expectNothingElse();
  });
});
