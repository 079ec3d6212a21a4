// A customer's feed over real HTTP: what it says, whole, and that it tells no login, no note and nothing that they could not open.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CustomerEventBody } from "../../src/cases/customer-event.ts";
import { addCustomerEvent } from "../../src/cases/events-store.ts";
import { atomDocument } from "../../src/feeds/atom.ts";
import { addFeed, feedByToken, revokeFeed } from "../../src/feeds/store.ts";
import { DAY, NOW, OWNER, PATCH, type Stage, setStage } from "../choices/stage.ts";
import { DIALECTS } from "../support/databases.ts";

const TOKEN = "t".repeat(43);
const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);

async function setFeed(on: (typeof DIALECTS)[number], publicUrl: string | null = "https://advocate.example") {
  const stage = await setStage({ on, publicUrl });
  await stage.database.transaction((tx) =>
    addFeed(tx, { token: TOKEN, ownerId: OWNER, customerId: "shinshu-bank", createdAt: NOW }),
  );
  return stage;
}

type About = {
  readonly at?: number;
  readonly reference?: string;
  readonly title?: string;
  readonly isPublic?: boolean;
  readonly customerId?: string;
};

const happen = (stage: Stage, key: string, event: CustomerEventBody, about: About = {}) =>
  stage.database.transaction((tx) =>
    addCustomerEvent(tx, {
      key,
      ownerId: OWNER,
      customerId: about.customerId ?? "shinshu-bank",
      at: about.at ?? NOW + 60_000,
      case: { id: 1, reference: about.reference ?? "CASE-7", title: about.title ?? "Nightly batch stops" },
      patchId: PATCH,
      pull: {
        repository: "acme-db/engine",
        number: 7,
        title: "Fix the lock",
        url: "https://github.com/acme-db/engine/pull/7",
        isPublic: about.isPublic ?? true,
      },
      event,
    }),
  );

const read = async (stage: Stage, path = TOKEN, headers: Record<string, string> = {}, method = "GET") => {
  const response = await fetch(`${stage.url}/feeds/${path}`, { headers, method });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const titlesIn = (document: string) => [...document.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title);

describe.each(DIALECTS)("on %s", (on) => {
  test("it tells what happened, the newest first, under ids that stay", async () => {
    const stage = await setFeed(on);
    await happen(stage, "linked:1", { kind: "linked" });
    await happen(stage, "shipped:1", { kind: "shipped", tag: "v2.1", name: null, url: null }, { at: NOW + DAY });
    const feed = await read(stage);
    expect(feed.status).toBe(200);
    expect(feed.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const id = (number: number) => digest(`${OWNER}:shinshu-bank:${number}`);
    const hash = createHash("sha256").update(`feed:${TOKEN}`).digest("hex");
    expect(feed.text).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>tag:advocate.example,2026-03-02:feed/${digest(hash)}</id>
  <title>Progress of your cases</title>
  <updated>2026-03-03T09:00:00Z</updated>
  <author><name>Patch Advocate</name></author>
  <link rel="self" type="application/atom+xml" href="https://advocate.example/feeds/${TOKEN}"/>
  <entry>
    <id>tag:advocate.example,2026-03-03:event/${id(2)}</id>
    <title>Case CASE-7 (Nightly batch stops): the fix is in release v2.1</title>
    <published>2026-03-03T09:00:00Z</published>
    <updated>2026-03-03T09:00:00Z</updated>
    <link rel="alternate" type="text/html" href="https://github.com/acme-db/engine/pull/7"/>
    <content type="text">You have it once you use this release or a later one.</content>
  </entry>
  <entry>
    <id>tag:advocate.example,2026-03-02:event/${id(1)}</id>
    <title>Case CASE-7 (Nightly batch stops): a fix has been written and is with the developers</title>
    <published>2026-03-02T09:01:00Z</published>
    <updated>2026-03-02T09:01:00Z</updated>
    <link rel="alternate" type="text/html" href="https://github.com/acme-db/engine/pull/7"/>
    <content type="text">We have received your case and written a fix for it. The developers have it before them now.</content>
  </entry>
</feed>
`);
  });

  test("it says everything in a customer's words, in their language or the one that is asked for", async () => {
    const stage = await setFeed(on);
    const all: CustomerEventBody[] = [
      { kind: "linked" },
      { kind: "workaround-known", workaround: "Tell them nothing; dana has a script." },
      { kind: "put-off", until: "2026-04-01" },
      { kind: "decided", decision: "merged" },
      { kind: "decided", decision: "landed" },
      { kind: "decided", decision: "superseded" },
      { kind: "decided", decision: "declined" },
      { kind: "reopened" },
      { kind: "shipped", tag: "v2.1", name: "Spring", url: null },
    ];
    for (const [index, event] of all.entries())
      await happen(stage, `${index}`, event, { at: NOW + index, title: "CASE-7" });
    const english = await read(stage);
    expect(titlesIn(english.text).toReversed()).toEqual([
      "Case CASE-7: a fix has been written and is with the developers",
      "Case CASE-7: a workaround is known",
      "Case CASE-7: the developers have put the decision off until 2026-04-01",
      "Case CASE-7: the developers have accepted the fix",
      "Case CASE-7: the developers have accepted the change in another form",
      "Case CASE-7: another fix takes the place of the first one",
      "Case CASE-7: the developers have decided not to take this fix",
      "Case CASE-7: the developers look at it again",
      "Case CASE-7: the fix is in release v2.1",
      "Progress of your cases",
    ]);
    expect(english.text).not.toMatch(/dana|script|Tell them/);
    const japanese = await read(stage, `${TOKEN}?language=ja`);
    expect(japanese.text).toContain('xml:lang="ja"');
    expect(titlesIn(japanese.text).toReversed()).toEqual([
      "お問い合わせ CASE-7: 修正を作成し、開発元に提出しました",
      "お問い合わせ CASE-7: 回避策があります",
      "お問い合わせ CASE-7: 開発元の判断は 2026-04-01 まで延期されました",
      "お問い合わせ CASE-7: 開発元が修正を採用しました",
      "お問い合わせ CASE-7: 開発元が別の形で変更を採用しました",
      "お問い合わせ CASE-7: 別の修正に引き継がれました",
      "お問い合わせ CASE-7: 開発元の判断により、この修正は見送りとなりました",
      "お問い合わせ CASE-7: 開発元が改めて確認しています",
      "お問い合わせ CASE-7: 修正がリリース v2.1 に含まれました",
      "お問い合わせの進捗",
    ]);
    await stage.database.db
      .updateTable("customers")
      .set((row) => ({
        data: row.fn<string>("replace", [
          "data",
          row.val('"contacts":[]'),
          row.val('"contacts":[{"name":"Ito","email":"ito@shinshu-bank.example","language":"ja"}]'),
        ]),
      }))
      .execute();
    expect((await read(stage)).text).toContain('xml:lang="ja"');
    expect((await read(stage, `${TOKEN}?language=fr`)).text).toContain('xml:lang="ja"');
  });

  test("nothing of a private repository, of another customer, or of the team's own cases is in it", async () => {
    const stage = await setFeed(on);
    await happen(stage, "1", { kind: "linked" }, { isPublic: false });
    await happen(
      stage,
      "2",
      { kind: "linked" },
      { reference: "acme-db/secret-cases#12", title: "Sato says they are angry" },
    );
    await happen(stage, "3", { kind: "linked" }, { customerId: "rival", reference: "RIVAL-1" });
    const before = await read(stage);
    expect(before.text.match(/<entry>/g)).toHaveLength(2);
    expect(before.text.match(/pull\/7/g)).toHaveLength(1);
    expect(before.text).toContain("<title>Case #12: ");
    expect(before.text).not.toMatch(/secret-cases|angry|RIVAL|sb-dev1|Fix the lock|Shinshu/);
    await stage.database.db.updateTable("repositories").set({ visibility: "private" }).execute();
    expect((await read(stage)).text).not.toContain("github.com");
  });

  test("a reader that has it already is told so, until something new happens", async () => {
    const stage = await setFeed(on);
    await happen(stage, "1", { kind: "linked" });
    const first = await read(stage);
    const tag = first.headers.get("etag") ?? "";
    const modified = first.headers.get("last-modified") ?? "";
    expect(modified).toBe("Mon, 02 Mar 2026 09:01:00 GMT");
    const known: readonly Record<string, string>[] = [
      { "if-none-match": tag },
      { "if-none-match": `"other", W/${tag}` },
      { "if-none-match": "*" },
      { "if-modified-since": modified },
    ];
    for (const headers of known) {
      const again = await read(stage, TOKEN, headers);
      expect([again.status, again.text]).toEqual([304, ""]);
    }
    expect((await read(stage, TOKEN, { "if-none-match": '"other"', "if-modified-since": modified })).status).toBe(200);
    expect((await read(stage, TOKEN, { "if-modified-since": "nonsense" })).status).toBe(200);
    await happen(stage, "2", { kind: "reopened" }, { at: NOW + DAY });
    expect((await read(stage, TOKEN, { "if-none-match": tag })).status).toBe(200);
    expect((await read(stage, TOKEN, { "if-modified-since": modified })).status).toBe(200);
    expect((await read(stage, TOKEN, {}, "HEAD")).text).toBe("");
  });

  test("once taken back there is nothing, as if it had never been, and for readers that had it, too", async () => {
    const stage = await setFeed(on);
    const { headers, text } = await read(stage);
    expect([headers.get("x-robots-tag"), headers.get("referrer-policy"), headers.get("cache-control")]).toEqual([
      "noindex, nofollow",
      "no-referrer",
      "private, no-cache",
    ]);
    expect(titlesIn(text)).toEqual(["Progress of your cases"]);
    const feed = await feedByToken(stage.database.db, TOKEN);
    await stage.database.transaction((tx) => revokeFeed(tx, feed?.tokenHash ?? "", NOW));
    const pages = await Promise.all(
      [TOKEN, "u".repeat(43), "x", "..%2f", TOKEN.toUpperCase(), `${TOKEN}x`].map((path) =>
        read(stage, path, { "if-none-match": "*" }),
      ),
    );
    expect(new Set(pages.map(({ status, text: body }) => `${status} ${body}`))).toEqual(
      new Set(["404 There is no feed here.\n"]),
    );
    expect(stage.logs.join("")).not.toContain(TOKEN);
  });

  test("without PUBLIC_URL it is a feed all the same, and one of a customer who is gone is none", async () => {
    const stage = await setFeed(on, null);
    const { text } = await read(stage);
    expect(text).not.toContain('rel="self"');
    expect(text).toContain("<id>tag:localhost,2026-03-02:feed/");
    await stage.database.db.deleteFrom("customers").execute();
    expect((await read(stage)).status).toBe(404);
  });

  test("hostile words stay words", async () => {
    const stage = await setFeed(on);
    const poison = `]]><script>&"'\u0000\u0008\ufffe\ud800 ${"x".repeat(60_000)}`;
    await happen(
      stage,
      "1",
      { kind: "shipped", tag: poison, name: null, url: "javascript:alert(1)" },
      { title: poison.slice(0, 20), reference: "<x>" },
    );
    const { text } = await read(stage);
    expect(text).not.toMatch(/<script|<x>|javascript/);
    expect(["\u0000", "\u0008", "\ufffe"].filter((character) => text.includes(character))).toEqual([]);
    expect(text.length).toBeLessThan(3000);
    expect(text.split(/[<>]/).length % 2).toBe(1);
  });
});

test("what XML cannot hold is left out, and the rest is escaped", () => {
  const made = atomDocument({
    id: "tag:a,2026-01-01:x",
    title: "a\u0000\ud800b <&>\"'",
    language: "en",
    updatedAt: 0,
    self: 'https://a/?a=1&b="',
    entries: [],
  });
  expect(made).toContain("<title>a\ufffdb &lt;&amp;&gt;&quot;&#39;</title>");
  expect(made).toContain('href="https://a/?a=1&amp;b=&quot;"');
});
