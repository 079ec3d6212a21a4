// The page behind a mailed link, over real HTTP: opening shows, only a press there acts, once, and nobody else's form does.
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { ownerId } from "../../src/github/refs.ts";
import { DIALECTS } from "../support/databases.ts";
import { DAY, NOW, OWNER, PATCH, SATO, type Stage, send, setStage } from "./stage.ts";

/** What a person reads, without markup; the page's own look is left out. */
const readOf = (page: string): string =>
  page
    .replace(/^[\s\S]*<main>/, "")
    .replace(/<\/main>[\s\S]*$/, "")
    .replace(/<(option|input|textarea|button)[^>]*>/g, "")
    .replace(/<[^>]+>/g, "\n")
    .replace(/&#39;/g, "'")
    .replace(/\n\s*\n+/g, "\n")
    .trim();
const open = async (stage: Stage, token: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${stage.url}/answer/${token}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const WAIT = { answer: "wait", until: "2026-03-10", reason: "The customer asked us to." };

describe.each(DIALECTS)("on %s", (on) => {
  test("the page shows what it is about as it is now, the question and three forms", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const page = await open(stage, token);

    expect(page.status).toBe(200);
    expect(page.text.match(/<form/g)).toHaveLength(3);
    expect(readOf(page.text).split("\n").slice(0, 4)).toEqual([
      "Should this be put before those who decide?",
      "Sato was asked on 2026-03-02 18:00 (Asia/Tokyo), and can answer until 2026-03-16 18:00 (Asia/Tokyo). Whoever has this link can answer in that name: please do not pass it on.",
      "To your answer",
      "Please decide: the fix that Shinshu Bank waits for",
    ]);
    expect(page.text).toContain("The nightly batch stops at the lock; the fix releases it.");
    await stage.database.db.updateTable("cases").set({ summary: "It is worse now." }).execute();
    expect((await open(stage, token)).text).toContain("It is worse now.");
  });

  test("another customer who waits for the same patch is not named to this one's account owner", async () => {
    const stage = await setStage({ on });
    const { db } = stage.database;
    const read = parseCustomers("customers: [{ id: rival, name: Rival Inc., confidential: true }]", "yaml");
    if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
    await stage.database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(OWNER), read, now: NOW }));
    const { id } = await db
      .insertInto("cases")
      .values({
        owner_id: OWNER,
        reference: "RIVAL-1",
        title: "Rival waits",
        customer_id: "rival",
        state: "open",
        summary: "Rival says so.",
        stamps: "{}",
        created_at: NOW,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const link = { case_id: id, patch_id: PATCH, owner_id: OWNER, state: "confirmed", made_by: "kenji" } as const;
    await db
      .insertInto("links")
      .values({ ...link, is_by_support: 1, made_where: "comment:2", made_at: NOW })
      .execute();
    const page = await open(stage, await stage.ask());
    expect(page.text).toContain("Shinshu Bank");
    expect(page.text).not.toMatch(/rival/i);
  });

  test("in Japanese where the person reads that", async () => {
    const stage = await setStage({ on });
    const page = await open(stage, await stage.ask({ language: "ja" }));
    expect(page.text).toContain('<html lang="ja">');
    expect(readOf(page.text).split("\n").slice(0, 2)).toEqual([
      "この件を意思決定者に上げますか",
      "Sato 様に 2026-03-02 18:00 (Asia/Tokyo) にお尋ねしました。2026-03-16 18:00 (Asia/Tokyo) までご回答いただけます。このリンクをお持ちの方はどなたでもそのお名前で回答できますので、転送はお控えください。",
    ]);
    expect(page.text).toContain("経緯報告");
  });

  test("no page runs a script, is kept, found, framed, or tells its address to anybody", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    for (const path of [`/answer/${token}`, "/answer/nothing"]) {
      const { headers } = await fetch(`${stage.url}${path}`);
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-robots-tag")).toBe("noindex, nofollow");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("opening never acts, however often and in whatever way a scanner does it", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]) {
      await fetch(`${stage.url}/answer/${token}?answer=deciders`, { method, headers: { purpose: "prefetch" } });
    }
    expect(await stage.steps()).toEqual([]);
    expect(await stage.answersKept()).toEqual([null]);
    const head = await fetch(`${stage.url}/answer/${token}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("a press puts it before the deciders, and the page then says who answered and what happens now", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const pressed = await send(stage, `/answer/${token}`, { answer: "deciders" });
    expect([pressed.status, pressed.headers.get("location")]).toEqual([303, `./${token}`]);
    expect(await stage.steps()).toEqual(["answer-deciders: the account owner puts it before those who decide"]);
    expect(readOf((await open(stage, token)).text)).toBe(`Sato answered on 2026-03-02 18:00 (Asia/Tokyo)
Put it before the deciders.
What happens now
The deciders are asked privately, with the evidence and a date by which a decision is needed. You hear what comes of it. You need not do anything.
acme-db/engine#7`);
  });

  test("waiting keeps the day and the reason", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    expect((await send(stage, `/answer/${token}`, WAIT)).status).toBe(303);
    const row = await stage.database.db.selectFrom("escalations").select(["state", "wait_until"]).executeTakeFirst();
    // The day begins in Tokyo.
    expect(row).toEqual({ state: "owner-waits", wait_until: Date.parse("2026-03-09T15:00:00Z") });
    expect(readOf((await open(stage, token)).text)).toBe(`Sato answered on 2026-03-02 18:00 (Asia/Tokyo)
Wait until 2026-03-10.
Reason
The customer asked us to.
What happens now
Whoever linked the case hears the reason. The deciders are not asked before that day; then it is looked at again by itself. If it cannot wait after all, write /case escalate with a reason on the pull request.
acme-db/engine#7`);
  });

  test("answered twice, the second is told the first, whoever has the link", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const deputys = await stage.ask({ who: { key: "mail:mori@acme.example", name: "Mori" } });
    stage.setNow(NOW + 60_000);
    expect((await send(stage, `/answer/${token}`, { answer: "no", reason: "We agreed on it." })).status).toBe(303);
    stage.setNow(NOW + 120_000);
    for (const link of [token, deputys]) {
      const again = await send(stage, `/answer/${link}`, { answer: "deciders" });
      expect(again.status).toBe(200);
      expect(readOf(await again.text())).toContain("Do not put it before the deciders.\nReason\nWe agreed on it.");
    }
    expect(await stage.steps()).toEqual(["answer-no: We agreed on it."]);
    expect((await stage.answersKept()).filter((answer) => answer !== null)).toEqual([
      { kind: "no", reason: "We agreed on it." },
    ]);
  });

  test("pressed ten times at once, one answer is taken", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const forms = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? WAIT : { answer: "deciders" }));
    const all = await Promise.all(forms.map((form) => send(stage, `/answer/${token}`, form)));
    expect(all.map(({ status }) => status).filter((status) => status !== 303 && status !== 200)).toEqual([]);
    expect(await stage.steps()).toHaveLength(1);
  });

  test("a form with mistakes comes back with the error beside the field and the words kept", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const form = { answer: "wait", until: "2026-02-01", reason: "</textarea><script>alert(1)</script>" };
    const response = await send(stage, `/answer/${token}`, form);
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).toContain(
      `value="2026-02-01" aria-invalid="true" aria-describedby="until-wait-problem" autofocus>
<p class="wrong" id="until-wait-problem">That day is not in the future. The first possible day is 2026-03-03.</p>`,
    );
    expect(text).toContain("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>");
    expect(text).not.toContain("<script");
    expect(await stage.steps()).toEqual([]);

    const long = await send(stage, `/answer/${token}`, { answer: "no", reason: "x".repeat(2500) });
    const back = await long.text();
    expect(long.status).toBe(422);
    expect(back).toContain("That is too long: at most 2,000 characters.");
    expect(back).toContain("x".repeat(2500));
  });

  test("a form with two answers is none", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    for (const body of ["answer=deciders&answer=no&reason=x", "answer=deciders&answer=deciders", "", "answer"]) {
      const response = await send(stage, `/answer/${token}`, body);
      expect(response.status).toBe(422);
      expect(await response.text()).toContain('<p class="wrong" id="answer-problem">Choose exactly one');
    }
    expect(await stage.steps()).toEqual([]);
  });

  test("what is no form of a page of ours is refused and does nothing", async () => {
    const stage = await setStage({ on, publicUrl: "https://advocate.example" });
    const token = await stage.ask();
    const headers: readonly Record<string, string>[] = [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "https://evil.example" },
      { origin: "https://advocate.example.evil.example" },
      { origin: "http://advocate.example" },
      { "sec-fetch-site": "cross-site", origin: "null" },
      { "sec-fetch-site": "cross-site", origin: "https://advocate.example" },
      { "content-type": "text/plain", origin: "https://evil.example" },
      { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "cross-site" },
    ];
    for (const some of headers) {
      const response = await send(stage, `/answer/${token}`, { answer: "deciders" }, some);
      expect([some, response.status]).toEqual([some, 403]);
      expect(readOf(await response.text())).toBe(`This was not accepted
The form was not sent from its own page. Open the link of the mail and press the button there.`);
    }
    const json = await send(stage, `/answer/${token}`, '{"answer":"deciders"}', { "content-type": "application/json" });
    expect(json.status).toBe(422);
    expect(await stage.steps()).toEqual([]);
  });

  test.each<Record<string, string>>([
    { "sec-fetch-site": "same-origin", origin: "null" },
    { origin: "https://advocate.example" },
    // A page that tells its address to nobody, over plain HTTP, where browsers say no more.
    { origin: "null" },
  ])("a form of the page itself is taken: %j", async (headers) => {
    const stage = await setStage({ on, publicUrl: "https://advocate.example" });
    const token = await stage.ask();
    expect((await send(stage, `/answer/${token}`, { answer: "deciders" }, headers)).status).toBe(303);
  });

  test("what never was and what is no longer kept look the same", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    await stage.database.db.deleteFrom("choices").execute();
    const never = `${token.slice(0, -2)}AA`;
    const paths = [token, never, "x", "..%2f..%2fmetrics", "%00", "a".repeat(5000), `${token}/`, `${token}.json`];
    const pages = await Promise.all(paths.map((path) => open(stage, path)));
    expect(pages.slice(0, 6).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(new Set(pages.slice(0, 6).map(({ text }) => text)).size).toBe(1);
    expect(pages.every(({ status }) => status === 404)).toBe(true);
    expect(readOf(pages[0]?.text ?? "")).toBe(`There is nothing here
The address is wrong, or what was here is no longer kept. If it came in a mail, check that it was copied whole. You can always write /case escalate with a reason in a comment on the pull request.`);
    expect((await open(stage, never, { "accept-language": "ja,en;q=0.5" })).text).toContain("ページが見つかりません");
    expect((await send(stage, `/answer/${never}`, { answer: "deciders" })).status).toBe(404);
  });

  test("after fourteen days it can no longer be answered, and the page says what else can be done", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    stage.setNow(NOW + 14 * DAY);
    const page = await open(stage, token);
    expect(page.status).toBe(410);
    expect(readOf(page.text)).toBe(`This can no longer be answered here
It could be answered until 2026-03-16 18:00 (Asia/Tokyo).
What you can do instead
Write /case escalate with a reason in a comment on the pull request, or ask the consultant or your support team to do so.
acme-db/engine#7`);
    expect((await send(stage, `/answer/${token}`, { answer: "deciders" })).status).toBe(410);
    expect(await stage.steps()).toEqual([]);
  });

  test.each([
    [{ state: "deciders" } as const, "It is before the deciders already."],
    [{ state: "owner-refused" } as const, "It was answered another way meanwhile."],
    [{ state: "ended", ended_at: NOW, outcome: "merged" } as const, "The change has been taken in meanwhile."],
    [
      { state: "ended", ended_at: NOW, outcome: "closed" } as const,
      "It has come to an end meanwhile: the pull request is decided, closed or no longer followed.",
    ],
  ])("moved on to %j it says so, and what is pressed does nothing", async (values, because) => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    await stage.setEscalation(values);
    const page = await open(stage, token);
    expect([page.status, readOf(page.text).split("\n")[1]]).toEqual([410, because]);
    expect((await send(stage, `/answer/${token}`, WAIT)).status).toBe(410);
    expect(await stage.steps()).toEqual([]);
  });

  test("an escalation that is no longer there is over", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask({ subject: "4711" });
    expect((await open(stage, token)).status).toBe(410);
    expect((await send(stage, `/answer/${token}`, { answer: "deciders" })).status).toBe(410);
  });

  test("what a closing meant is confirmed by a press, and only while it is closed without a word", async () => {
    const stage = await setStage({ on });
    const closedAt = NOW - DAY;
    await stage.addFacts([{ kind: "closed", key: "closed:1", at: closedAt, actor: null }]);
    const token = await stage.ask({ kind: "closed" });
    const page = await open(stage, token);
    expect(page.text.match(/<form/g)).toHaveLength(1);
    expect(readOf(page.text)).toBe(`Was closing it a no?
Sato was asked on 2026-03-02 18:00 (Asia/Tokyo), and can answer until 2026-03-16 18:00 (Asia/Tokyo). Whoever has this link can answer in that name: please do not pass it on.
To your answer
acme-db/engine#7 was closed without being merged
Pull request
acme-db/engine#7
Title
Fix the lock
Author
sb-dev1
Closed
2026-03-01 18:00 (Asia/Tokyo)
Your answer
Nothing has been done yet; it is done when you press the button below. If nobody says anything, it counts as a no three days after it was closed.
The people of the cases hear that it was declined. If it was not a no, write on the pull request where the change went: /case landed REF or /case superseded REF.
Yes, it was declined`);

    await stage.addFacts([{ kind: "reopened", key: "reopened:1", at: NOW - 1000, actor: null }]);
    expect(readOf((await open(stage, token)).text).split("\n")[1]).toBe("The pull request is open again.");
    await stage.addFacts([{ kind: "closed", key: "closed:2", at: NOW - 500, actor: null }]);

    expect((await send(stage, `/answer/${token}`, { answer: "deciders" })).status).toBe(422);
    expect((await send(stage, `/answer/${token}`, { answer: "declined" })).status).toBe(303);
    expect((await send(stage, `/answer/${token}`, { answer: "declined" })).status).toBe(200);
    const facts = await stage.database.db
      .selectFrom("facts")
      .select("kind")
      .where("patch_id", "=", PATCH)
      .where("kind", "=", "decline-confirmed")
      .execute();
    expect(facts).toHaveLength(1);
    expect(readOf((await open(stage, token)).text)).toBe(`Sato answered on 2026-03-02 18:00 (Asia/Tokyo)
Closing it was a no.
What happens now
The people of the cases hear that it was declined. If the pull request is reopened, that is taken back by itself.
acme-db/engine#7`);
  });

  test("hostile titles, names and reasons stay words", async () => {
    const poison = `<img src=x onerror=alert(1)>"'&</title></style><script>alert(2)</script>\u202e@everyone ${"x".repeat(60_000)}`;
    const stage = await setStage({ on, title: poison });
    const token = await stage.ask({ who: { key: SATO.key, name: poison } });
    await stage.database.db
      .updateTable("cases")
      .set({ title: poison, summary: poison, stake: poison, workaround: poison, reference: "<b>CASE</b>" })
      .execute();
    const page = await open(stage, token);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<script|<img|onerror=alert\(1\)>|<b>/);
    expect(page.text.match(/<\/style>/g)).toHaveLength(1);
    expect(page.text.length).toBeLessThan(200_000);
    await send(stage, `/answer/${token}`, { answer: "no", reason: poison.slice(0, 1900) });
    expect((await open(stage, token)).text).not.toMatch(/<script|<img/);
    await stage.addFacts([{ kind: "closed", key: "closed:1", at: NOW, actor: null }]);
    expect((await open(stage, await stage.ask({ kind: "closed" }))).text).not.toMatch(/<script|<img/);
  });

  test("ten megabytes are refused without being read, and the server goes on", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    const big = `answer=no&reason=${"x".repeat(10_000_000)}`;
    expect(await statusOf(stage, `/answer/${token}`, big, false)).toBe(413);
    expect(await statusOf(stage, `/answer/${token}`, big, true)).toBe(413);
    expect((await open(stage, token)).status).toBe(200);
    expect(await stage.steps()).toEqual([]);
  });

  test("long after, when what was told is no longer kept, the page still says what was answered", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    await send(stage, `/answer/${token}`, WAIT);
    await stage.database.db.updateTable("notices").set({ body: "", recipient_data: "" }).execute();
    stage.setNow(NOW + 60 * DAY);
    const page = await open(stage, token);
    expect([page.status, readOf(page.text).split("\n")[0]]).toEqual([200, "Sato answered on 2026-03-02 09:00 (UTC)"]);
  });

  test("nothing of tokens, names or words is logged", async () => {
    const stage = await setStage({ on });
    const token = await stage.ask();
    await send(stage, `/answer/${token}`, WAIT);
    await open(stage, token);
    expect(stage.logs.join("")).not.toMatch(new RegExp(`${token}|Sato|The customer asked`));
  });
});

/** The answer's status, also where the connection is cut once the answer is given. */
function statusOf(stage: Stage, path: string, body: string, isChunked: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": String(body.length) }),
    };
    const sending = request(`${stage.url}${path}`, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on("error", (error) => reject(error));
    for (let at = 0; at < body.length; at += 65_536) sending.write(body.slice(at, at + 65_536));
    sending.end();
  });
}
