// A customer's page over real HTTP: what it shows, whole, to whom it shows nothing, and that hostile words stay words.
import { describe, expect, test } from "vitest";
import { addCustomerEvent } from "../../src/cases/events-store.ts";
import { LINK_KEPT_MILLIS, LINK_LIFE_MILLIS } from "../../src/customer-page/link.ts";
import {
  forgetLinksOverBefore,
  type LinkContact,
  liveLinksOf,
  makeLink,
  openingsOf,
  revokeLink,
} from "../../src/customer-page/store.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { ownerId } from "../../src/github/refs.ts";
import { DAY, NOW, OWNER, PATCH, type Stage, setStage } from "../choices/stage.ts";
import { DIALECTS } from "../support/databases.ts";

const TOKEN = "t".repeat(43);
const OTHER = "u".repeat(43);
const ITO: LinkContact = { name: "Ito", email: "ito@shinshu-bank.example", language: null };

const customersFile = (contacts: string) => `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    contacts: [${contacts}]
  - id: tanuki-rail
    name: Tanuki Rail
    contacts: [{ name: Abe, email: abe@tanuki.example, language: en }]
`;

async function bring(stage: Stage, contacts: string) {
  const read = parseCustomers(customersFile(contacts), "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
  await stage.database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(OWNER), read, now: NOW }));
}

const give = (stage: Stage, token = TOKEN, customerId = "shinshu-bank", contact = ITO) =>
  stage.database.transaction((tx) =>
    makeLink(tx, {
      token,
      ownerId: OWNER,
      customerId,
      contact,
      madeBy: "kenji",
      createdAt: NOW,
      expiresAt: NOW + LINK_LIFE_MILLIS,
    }),
  );

async function setPage(on: (typeof DIALECTS)[number], contacts = "{ name: Ito, email: ito@shinshu-bank.example }") {
  const stage = await setStage({ on, publicUrl: "https://advocate.example" });
  await bring(stage, contacts);
  await give(stage);
  return stage;
}

const read = async (stage: Stage, path: string = TOKEN, headers: Record<string, string> = {}) => {
  const response = await fetch(`${stage.url}/c/${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const mainOf = (text: string) => /<main>\n([\s\S]*)\n<\/main>/.exec(text)?.[1] ?? text;

const setCase = (stage: Stage, values: Readonly<Record<string, string | number | null>>) =>
  stage.database.db.updateTable("cases").set(values).where("reference", "=", "CASE-7").execute();

describe.each(DIALECTS)("on %s", (on) => {
  test("it shows each case by its summary, with its steps, in the contact's language or the one that is asked for", async () => {
    const stage = await setPage(on);
    await setCase(stage, {
      workaround: "Restart the node.\nThen run the batch again.",
      needed_by: "2026-04-01",
      needed_by_why: "INTERNAL: the deal hangs on it",
      next_report: "2026-03-06",
      stake: "INTERNAL: half of the revenue",
      title: "INTERNAL title",
    });
    await stage.database.db
      .insertInto("cases")
      .values([
        {
          owner_id: OWNER,
          reference: "acme-db/cases#12",
          title: "INTERNAL title",
          customer_id: "shinshu-bank",
          state: "closed",
          stamps: "{}",
          workaround: "none",
          needed_by: "2026-04-01",
          next_report: "2026-04-01",
          created_at: NOW - 50 * DAY,
        },
        {
          owner_id: OWNER,
          reference: "CASE-8",
          title: "Somebody else's",
          customer_id: "tanuki-rail",
          state: "open",
          summary: "Not theirs",
          stamps: "{}",
          created_at: NOW,
        },
        {
          owner_id: OWNER + 1,
          reference: "CASE-9",
          title: "Another organisation's",
          customer_id: "shinshu-bank",
          state: "open",
          summary: "Not theirs",
          stamps: "{}",
          created_at: NOW,
        },
      ])
      .execute();
    const page = await read(stage);
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain(
      `<link rel="alternate" type="application/atom+xml" title="Progress of your cases" href="${TOKEN}/feed.atom?language=en">`,
    );
    expect(mainOf(page.text)).toMatchInlineSnapshot(`
      "<nav aria-label="Language" class="soft"><a href="?language=en" lang="en" hreflang="en" aria-current="true">English</a> · <a href="?language=ja" lang="ja" hreflang="ja">日本語</a></nav>
      <h1>Progress of your cases</h1>
      <p class="soft">As of Monday 2 March 2026, 18:00 (Asia/Tokyo).</p>
      <h2>Open cases</h2>
      <article class="box">
      <h3>Case CASE-7</h3>
      <p>The nightly batch stops at the lock; the fix releases it.</p>
      <p><strong>A fix has been written and is with the developers.</strong> We have received your case and written a fix for it. The developers have it before them now.</p>
      <ol class="steps" role="list" aria-label="Progress of case CASE-7">
      <li class="done">Received</li>
      <li class="done">Fix written <time class="soft" datetime="2026-01-31T09:00:00Z">Saturday 31 January 2026</time></li>
      <li class="current" aria-current="step">With the developers <time class="soft" datetime="2026-01-31T09:00:00Z">Saturday 31 January 2026</time></li>
      <li class="ahead">Decided <span class="soft">still to come</span></li>
      <li class="ahead">In a release <span class="soft">still to come</span></li>
      </ol>
      <dl><dt>Workaround</dt><dd>Restart the node.<br>Then run the batch again.</dd><dt>Needed by</dt><dd>Wednesday 1 April 2026</dd><dt>You hear from us next</dt><dd>Friday 6 March 2026</dd></dl>
      </article>
      <h2>Settled cases</h2>
      <article class="box">
      <h3>Case #12</h3>

      <p><strong>This case is settled.</strong> If the trouble comes back, tell your contact in our support.</p>
      <ol class="steps" role="list" aria-label="Progress of case #12">
      <li class="done">Received <time class="soft" datetime="2026-01-11T09:00:00Z">Sunday 11 January 2026</time></li>
      </ol>
      <dl><dt>Workaround</dt><dd>There is none.</dd></dl>
      </article>

      <hr>
      <p><a href="ttttttttttttttttttttttttttttttttttttttttttt/feed.atom?language=en">Follow in a feed reader (Atom)</a></p>
      <p class="soft">Whoever has the address of this page can read it. It can be opened until Sunday 31 May 2026; your contact in our support can make a new one.</p>"
    `);
    const japanese = await read(stage, `${TOKEN}?language=ja`);
    expect(japanese.text).toContain('<html lang="ja">');
    expect(mainOf(japanese.text)).toMatchInlineSnapshot(`
      "<nav aria-label="言語" class="soft"><a href="?language=en" lang="en" hreflang="en">English</a> · <a href="?language=ja" lang="ja" hreflang="ja" aria-current="true">日本語</a></nav>
      <h1>お問い合わせの進捗</h1>
      <p class="soft">2026年3月2日（月）18:00 現在（Asia/Tokyo）</p>
      <h2>対応中のお問い合わせ</h2>
      <article class="box">
      <h3>お問い合わせ CASE-7</h3>
      <p>The nightly batch stops at the lock; the fix releases it.</p>
      <p><strong>修正を作成し、開発元に提出しました。</strong> お問い合わせを受け付け、修正を作成しました。現在、開発元で確認中です。</p>
      <ol class="steps" role="list" aria-label="お問い合わせ CASE-7 の進捗">
      <li class="done">受付</li>
      <li class="done">修正の作成 <time class="soft" datetime="2026-01-31T09:00:00Z">2026年1月31日（土）</time></li>
      <li class="current" aria-current="step">開発元で確認中 <time class="soft" datetime="2026-01-31T09:00:00Z">2026年1月31日（土）</time></li>
      <li class="ahead">開発元の判断 <span class="soft">これから</span></li>
      <li class="ahead">リリース <span class="soft">これから</span></li>
      </ol>
      <dl><dt>回避策</dt><dd>Restart the node.<br>Then run the batch again.</dd><dt>ご希望の期日</dt><dd>2026年4月1日（水）</dd><dt>次回のご報告</dt><dd>2026年3月6日（金）</dd></dl>
      </article>
      <h2>完了したお問い合わせ</h2>
      <article class="box">
      <h3>お問い合わせ #12</h3>

      <p><strong>このお問い合わせは完了しています。</strong> 問題が再び発生した場合は、サポート担当者にお知らせください。</p>
      <ol class="steps" role="list" aria-label="お問い合わせ #12 の進捗">
      <li class="done">受付 <time class="soft" datetime="2026-01-11T09:00:00Z">2026年1月11日（日）</time></li>
      </ol>
      <dl><dt>回避策</dt><dd>ありません。</dd></dl>
      </article>

      <hr>
      <p><a href="ttttttttttttttttttttttttttttttttttttttttttt/feed.atom?language=ja">フィードリーダーで購読する（Atom）</a></p>
      <p class="soft">このページのアドレスをご存じの方は、どなたでもご覧いただけます。有効期限は2026年5月31日（日）です。新しいアドレスは、サポート担当者が発行いたします。</p>"
    `);
    for (const { text } of [page, japanese])
      expect(text).not.toMatch(/INTERNAL|Shinshu|Ito|kenji|sb-dev1|acme-db|Fix the lock|CASE-8|CASE-9|Not theirs/);
    // Where the file names a language, it is theirs whatever the browser asks for.
    expect((await read(stage, TOKEN, { "accept-language": "ja" })).text).toContain('<html lang="ja">');
    await bring(stage, "{ name: Ito, email: ITO@shinshu-bank.example, language: ja }");
    expect((await read(stage, TOKEN, { "accept-language": "en" })).text).toContain('<html lang="ja">');
    expect((await read(stage, `${TOKEN}?language=xx`)).text).toContain('<html lang="ja">');
  });

  test("many cases come in pages", async () => {
    const stage = await setPage(on);
    await stage.database.db
      .insertInto("cases")
      .values(
        Array.from({ length: 24 }, (_, index) => ({
          owner_id: OWNER,
          reference: `MORE-${index}`,
          title: "A title",
          customer_id: "shinshu-bank",
          state: "open" as const,
          stamps: "{}",
          created_at: NOW + index,
        })),
      )
      .execute();
    const headings = (text: string) => [...text.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, heading]) => heading);
    const links = (text: string) => /<nav aria-label="More cases">.*<\/nav>/.exec(text)?.[0];
    const first = await read(stage);
    expect(headings(first.text)).toEqual(Array.from({ length: 20 }, (_, index) => `Case MORE-${23 - index}`));
    expect(links(first.text)).toBe(
      '<nav aria-label="More cases"> <a href="?language=en&amp;page=2">Next cases</a></nav>',
    );
    const second = await read(stage, `${TOKEN}?page=2`);
    expect(headings(second.text)).toEqual([...[3, 2, 1, 0].map((index) => `Case MORE-${index}`), "Case CASE-7"]);
    const beyond = await read(stage, `${TOKEN}?page=99`);
    expect(beyond.status).toBe(200);
    expect(beyond.text).toContain('<p class="box">There are no cases on this page.</p>');
    expect(links(beyond.text)).toBe(
      '<nav aria-label="More cases"><a href="?language=en&amp;page=2">Previous cases</a> </nav>',
    );
    for (const page of ["-1", "0", "x", "99999999", "1;drop"])
      expect(headings((await read(stage, `${TOKEN}?page=${encodeURIComponent(page)}`)).text)).toHaveLength(20);
  });

  test("to whoever guesses, what never was, was taken back or is nobody's any more is one and the same", async () => {
    const stage = await setPage(on);
    const unknown = await read(stage, OTHER);
    expect(unknown.status).toBe(404);
    expect(mainOf(unknown.text)).toBe(`<h1>There is no page here</h1>
<p>Check that the address is complete. If it is, ask your contact in our support for a new one.</p>`);
    const same = async (path = TOKEN) => {
      const answer = await read(stage, path);
      expect([path, answer.status, answer.text]).toEqual([path, 404, unknown.text]);
    };
    for (const path of ["x", `${TOKEN}x`, TOKEN.slice(1), `${TOKEN}/`, `${TOKEN}/feed`, "%00", "..%2fhealthz"])
      await same(path);
    expect((await fetch(`${stage.url}/c/${TOKEN}`, { method: "POST", body: "x=1" })).status).toBe(404);

    // Somebody who stands no longer in the file sees nothing, and again once they do.
    await bring(stage, "{ name: Mori, email: mori@shinshu-bank.example }");
    await same();
    await same(`${TOKEN}/feed.atom`);
    await bring(stage, "{ name: Ito, email: ito@shinshu-bank.example }");
    expect((await read(stage)).status).toBe(200);

    // The other customer's link shows the other customer's.
    await give(stage, OTHER, "tanuki-rail", { name: "Abe", email: "abe@tanuki.example", language: "en" });
    expect((await read(stage, OTHER)).text).toContain("There is no case of yours here yet.");

    // A new one takes the place of the first; that of another customer stays.
    const newer = "v".repeat(43);
    await give(stage, newer);
    await same();
    expect((await read(stage, newer)).status).toBe(200);
    const [link] = await liveLinksOf(stage.database.db, {
      ownerId: OWNER,
      customerId: "shinshu-bank",
      now: NOW,
      limit: 9,
    });
    const which = { id: link?.id ?? 0, ownerId: OWNER, customerId: "shinshu-bank", at: NOW };
    const revoke = (of: Partial<typeof which>) =>
      stage.database.transaction((tx) => revokeLink(tx, { ...which, ...of }));
    expect(await revoke({ ownerId: OWNER + 1 })).toBeNull();
    expect(await revoke({ customerId: "tanuki-rail" })).toBeNull();
    expect(await revoke({})).toEqual({ ...link, revokedAt: NOW });
    expect(await revoke({})).toBeNull();
    await same(newer);
    await same(`${newer}/feed.atom`);

    // A customer who is gone has no page.
    await stage.database.db.deleteFrom("customers").where("id", "=", "tanuki-rail").execute();
    await same(OTHER);
    expect(await give(stage, "w".repeat(43), "tanuki-rail")).toBeNull();
    expect(stage.logs.join()).not.toMatch(/tttttttt|uuuuuuuu|Shinshu|CASE-7/);
  });

  test("after 90 days it is over, which it says for as long again; each opening until then is kept", async () => {
    const stage = await setPage(on);
    stage.setNow(NOW + LINK_LIFE_MILLIS - 1);
    expect((await read(stage)).status).toBe(200);
    expect((await read(stage, `${TOKEN}/feed.atom`)).status).toBe(200);
    const [link] = await liveLinksOf(stage.database.db, {
      ownerId: OWNER,
      customerId: "shinshu-bank",
      now: NOW,
      limit: 9,
    });
    const opened = new Map([[link?.id ?? 0, { count: 2, lastAt: NOW + LINK_LIFE_MILLIS - 1 }]]);
    expect(await openingsOf(stage.database.db, [link?.id ?? 0])).toEqual(opened);
    const rows = stage.database.db.selectFrom("contact_link_openings").select(["what"]).orderBy("id");
    expect(await rows.execute()).toEqual([{ what: "page" }, { what: "feed" }]);

    stage.setNow(NOW + LINK_LIFE_MILLIS);
    for (const path of [TOKEN, `${TOKEN}/feed.atom`]) {
      const over = await read(stage, path);
      expect(over.status).toBe(410);
      expect(mainOf(over.text)).toBe(`<h1>This address is no longer valid</h1>
<p>An address like this one can be opened for 90 days. Ask your contact in our support for a new one.</p>`);
    }
    expect(await openingsOf(stage.database.db, [link?.id ?? 0])).toEqual(opened);
    const forget = (at: number) => stage.database.transaction((tx) => forgetLinksOverBefore(tx, at - LINK_KEPT_MILLIS));
    await forget(NOW + LINK_LIFE_MILLIS + LINK_KEPT_MILLIS);
    expect((await read(stage)).status).toBe(410);
    await forget(NOW + LINK_LIFE_MILLIS + LINK_KEPT_MILLIS + 1);
    expect((await read(stage)).status).toBe(404);
    expect(await rows.execute()).toEqual([]);
  });

  test("whoever has a link cannot write as many openings as they like", async () => {
    const stage = await setPage(on);
    const statuses = [];
    for (let tries = 0; tries < 61; tries += 1) statuses.push((await read(stage)).status);
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 200), 429]);
    stage.setNow(NOW + 60_000);
    expect((await read(stage)).status).toBe(200);
  });

  test("hostile words stay words", async () => {
    const stage = await setPage(on);
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>&lt;`;
    const shown = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;lt;";
    await setCase(stage, { summary: hostile, workaround: hostile, needed_by: hostile });
    await stage.database.db.updateTable("cases").set({ reference: hostile }).execute();
    await stage.addFacts([
      { kind: "opened", isDraft: false, key: "opened", at: NOW - 30 * DAY, actor: null },
      { kind: "merged", key: "merged", at: NOW - 9 * DAY, actor: null },
      { kind: "released", tag: hostile, url: "javascript:alert(1)", key: "released", at: NOW - DAY, actor: null },
    ]);
    const { text } = await read(stage);
    expect(text).not.toMatch(/<script|<img|javascript:/);
    expect(text).toContain(`<h3>Case ${shown}</h3>\n<p>${shown}</p>`);
    expect(text).toContain(`<dt>Workaround</dt><dd>${shown}</dd><dt>Needed by</dt><dd>${shown}</dd>`);
    expect(text).toContain(`<li class="current" aria-current="step">In release ${shown} <time`);
  });

  test("its feed tells the same: a case by its reference alone, a release that everybody may read, nobody else's cases", async () => {
    const stage = await setPage(on);
    const { id } = await stage.database.db.selectFrom("cases").select("id").executeTakeFirstOrThrow();
    const happen = (key: string, caseId: number, event: Parameters<typeof addCustomerEvent>[1]["event"]) =>
      stage.database.transaction((tx) =>
        addCustomerEvent(tx, {
          key,
          ownerId: OWNER,
          customerId: "shinshu-bank",
          at: NOW + Number(key) * 60_000,
          case: { id: caseId, reference: "CASE-7", title: "INTERNAL" },
          patchId: PATCH,
          pull: {
            repository: "acme-db/engine",
            number: 7,
            title: "INTERNAL",
            url: "https://github.com/acme-db/engine/pull/7",
            isPublic: true,
          },
          event,
        }),
      );
    await happen("1", id, { kind: "linked" });
    await happen("2", id + 1000, { kind: "linked" });
    const url = "https://github.com/acme-db/engine/releases/tag/v2.1";
    await happen("3", id, { kind: "shipped", tag: "v2.1", name: null, url });
    const feed = await read(stage, `${TOKEN}/feed.atom`);
    expect(feed.status).toBe(200);
    expect(feed.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    expect(feed.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    const steady = feed.text.replace(/[0-9a-f]{32}/g, "HASH");
    expect(steady).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
        <id>tag:advocate.example,2026-03-02:feed/HASH</id>
        <title>Progress of your cases</title>
        <updated>2026-03-02T09:03:00Z</updated>
        <author><name>Patch Advocate</name></author>
        <link rel="self" type="application/atom+xml" href="https://advocate.example/c/ttttttttttttttttttttttttttttttttttttttttttt/feed.atom"/>
        <entry>
          <id>tag:advocate.example,2026-03-02:event/HASH</id>
          <title>Case CASE-7: the fix is in release v2.1</title>
          <published>2026-03-02T09:03:00Z</published>
          <updated>2026-03-02T09:03:00Z</updated>
          <link rel="alternate" type="text/html" href="https://github.com/acme-db/engine/releases/tag/v2.1"/>
          <content type="text">You have it once you use this release or a later one.</content>
        </entry>
        <entry>
          <id>tag:advocate.example,2026-03-02:event/HASH</id>
          <title>Case CASE-7: a fix has been written and is with the developers</title>
          <published>2026-03-02T09:01:00Z</published>
          <updated>2026-03-02T09:01:00Z</updated>
          <content type="text">We have received your case and written a fix for it. The developers have it before them now.</content>
        </entry>
      </feed>
      "
    `);
    const again = await read(stage, `${TOKEN}/feed.atom`, { "if-none-match": feed.headers.get("etag") ?? "" });
    expect([again.status, again.text]).toEqual([304, ""]);
    const japanese = await read(stage, `${TOKEN}/feed.atom?language=ja`);
    expect([...japanese.text.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title)).toEqual([
      "お問い合わせの進捗",
      "お問い合わせ CASE-7: 修正がリリース v2.1 に含まれました",
      "お問い合わせ CASE-7: 修正を作成し、開発元に提出しました",
    ]);
    // A repository that was made private since has no address any more.
    await stage.database.db.updateTable("repositories").set({ visibility: "private" }).execute();
    expect((await read(stage, `${TOKEN}/feed.atom`)).text).not.toContain("github.com");
  });
});
