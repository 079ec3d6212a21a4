// A supporter gives a customer's contact a link, and the contact reads there how a case goes from received to released, in their own words.
import { describe, expect, test } from "vitest";
import { type Browser, signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const CONTACTS = "/o/acme-db/customers/shinshu-bank/contacts";
const CUSTOMERS = `${SHINSHU}    contacts:
      - { name: Ito, email: ito@shinshu-bank.example, language: en }
      - { name: "<b>Mori</b>", email: mori@shinshu-bank.example, language: ja }
`;
const POLICY = `${ACME_POLICY}escalation: { deciders: [noel] }
`;

const mainOf = (body: string) =>
  (/<main[^>]*>\n([\s\S]*?)\n<\/main>/.exec(body)?.[1] ?? body).replace(/name="csrf" value="[^"]*"/g, "CSRF");

async function csrfOf(browser: Browser): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec((await browser.open(CONTACTS)).body)?.[1] ?? "";
}

const press = async (browser: Browser, path: string, fields: Record<string, string> = {}) =>
  browser.send(path, { csrf: await csrfOf(browser), ...fields });

/** The case's heading, what is said of it, and its steps, each with how it stands. */
async function readPage(story: Story, token: string) {
  const answer = await fetch(`${story.url}/c/${token}`);
  const body = await answer.text();
  const text = (html: string) => html.replace(/<[^>]+>/g, "").trim();
  return {
    status: answer.status,
    body,
    said: [...body.matchAll(/<(?:h3|p)>(.*?)<\/(?:h3|p)>/g)].slice(0, -1).map(([, html = ""]) => text(html)),
    steps: [...body.matchAll(/<li class="(\w+)"[^>]*>(.*?)<\/li>/g)].map(
      ([, stands, html = ""]) => `${stands}: ${text(html)}`,
    ),
  };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a contact is given a link by press only, and reads there how their case gets on until it has shipped", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: CUSTOMERS,
      github: withOwnerPolicy(POLICY),
      channels: ["mail"],
    });
    const { github } = story;
    let dana = await signedIn(story, { login: "dana" });
    const empty = await dana.open(CONTACTS);
    expect(empty.status).toBe(200);
    expect(mainOf(empty.body)).toMatchInlineSnapshot(`
      "<p><a href="/o/acme-db/customers/shinshu-bank">To the customer</a></p>
      <h1>Contacts of Shinshu Bank</h1>


      <p>Each contact can have one link to a page that shows the progress of this customer&#39;s cases. It needs no password, opens for 90 days, and you can take it back at any time. Nobody has one until you make it.</p>
      <p>The page shows, word for word, each case&#39;s summary and workaround, and its days of need and of the next report. It never shows titles, stakes, reasons, logins or pull requests.</p>

      <div class="wide" role="region" aria-label="Contacts" tabindex="0"><table class="cards contacts">
      <caption class="hidden">Contacts</caption>
      <thead><tr><th scope="col">Contact</th><th scope="col">Language</th><th scope="col">Link</th><th scope="col">Opens until</th><th scope="col">Opened</th><th scope="col">What you can do</th></tr></thead>
      <tbody>
      <tr><th scope="row">Ito<br><span class="soft small">ito@shinshu-bank.example</span></th>
      <td data-label="Language">English</td>
      <td data-label="Link">none</td>
      <td></td>
      <td></td>
      <td><div class="row"><form method="post" action="/o/acme-db/customers/shinshu-bank/contacts"><input type="hidden" CSRF><input type="hidden" name="email" value="ito@shinshu-bank.example"><button class="go">Make a link<span class="hidden"> for Ito</span></button></form></div></td></tr>
      <tr><th scope="row">&lt;b&gt;Mori&lt;/b&gt;<br><span class="soft small">mori@shinshu-bank.example</span></th>
      <td data-label="Language">Japanese</td>
      <td data-label="Link">none</td>
      <td></td>
      <td></td>
      <td><div class="row"><form method="post" action="/o/acme-db/customers/shinshu-bank/contacts"><input type="hidden" CSRF><input type="hidden" name="email" value="mori@shinshu-bank.example"><button class="go">Make a link<span class="hidden"> for &lt;b&gt;Mori&lt;/b&gt;</span></button></form></div></td></tr>
      </tbody>
      </table></div>
      "
    `);
    expect(
      mainOf(
        (
          await dana.open(CONTACTS, {
            cookie: `patch-advocate=${dana.cookie.value}; __Host-patch-advocate=${dana.cookie.value}; reading=ja.auto`,
          })
        ).body,
      ),
    ).toMatchInlineSnapshot(`
      "<p><a href="/o/acme-db/customers/shinshu-bank">お客様のページへ</a></p>
      <h1>Shinshu Bank の連絡先</h1>


      <p>連絡先ごとに 1 つ、このお客様のケースの進捗を表示するページへのリンクを発行できます。パスワードは不要で、90 日間有効です。いつでも無効にできます。発行するまで、どなたにもリンクはありません。</p>
      <p>ページには、各ケースの概要と回避策がそのままの文面で、必要期日と次回報告日とともに表示されます。タイトル、商談への影響、理由、ログイン名、プルリクエストは表示されません。</p>

      <div class="wide" role="region" aria-label="連絡先" tabindex="0"><table class="cards contacts">
      <caption class="hidden">連絡先</caption>
      <thead><tr><th scope="col">連絡先</th><th scope="col">言語</th><th scope="col">リンク</th><th scope="col">有効期限</th><th scope="col">閲覧</th><th scope="col">操作</th></tr></thead>
      <tbody>
      <tr><th scope="row">Ito<br><span class="soft small">ito@shinshu-bank.example</span></th>
      <td data-label="言語">英語</td>
      <td data-label="リンク">なし</td>
      <td></td>
      <td></td>
      <td><div class="row"><form method="post" action="/o/acme-db/customers/shinshu-bank/contacts"><input type="hidden" CSRF><input type="hidden" name="email" value="ito@shinshu-bank.example"><button class="go">リンクを発行<span class="hidden">（Ito 様）</span></button></form></div></td></tr>
      <tr><th scope="row">&lt;b&gt;Mori&lt;/b&gt;<br><span class="soft small">mori@shinshu-bank.example</span></th>
      <td data-label="言語">日本語</td>
      <td data-label="リンク">なし</td>
      <td></td>
      <td></td>
      <td><div class="row"><form method="post" action="/o/acme-db/customers/shinshu-bank/contacts"><input type="hidden" CSRF><input type="hidden" name="email" value="mori@shinshu-bank.example"><button class="go">リンクを発行<span class="hidden">（&lt;b&gt;Mori&lt;/b&gt; 様）</span></button></form></div></td></tr>
      </tbody>
      </table></div>
      "
    `);

    // Whoever is not named gets nothing; who decides may look.
    const made = await press(dana, CONTACTS, { email: "ITO@shinshu-bank.example" });
    expect(made.status).toBe(200);
    const token = /\/c\/([A-Za-z0-9_-]{43})"/.exec(made.body)?.[1] ?? "";
    expect(mainOf(made.body).replaceAll(token, "TOKEN")).toMatchInlineSnapshot(`
      "<h1>A link for Ito</h1>
      <p class="warning">This address is shown only now: only its beginning is kept. A link that this contact had before shows nothing any more.</p>
      <label for="address">Address</label>
      <input id="address" class="field" readonly value="https://advocate.example/c/TOKEN">
      <p class="soft">It can be opened until 31 May 2026.</p>
      <form method="post" action="/o/acme-db/customers/shinshu-bank/contacts/send"><input type="hidden" CSRF><input type="hidden" name="token" value="TOKEN">
      <p>The contact gets it in their language within their working hours. Nothing is sent unless you press.</p>
      <button class="go">Mail it to ito@shinshu-bank.example</button></form>
      <p><a href="mailto:ito@shinshu-bank.example?subject=Where%20you%20see%20the%20progress%20of%20your%20cases&amp;body=Hello%20Ito%2C%0D%0A%0D%0Aon%20the%20page%20below%20you%20see%20at%20any%20time%20how%20far%20your%20cases%20with%20us%20are%3A%20what%20we%20have%20received%2C%20which%20fixes%20are%20with%20the%20developers%2C%20what%20they%20decided%2C%20and%20which%20release%20contains%20a%20fix.%0D%0A%0D%0Ahttps%3A%2F%2Fadvocate.example%2Fc%2FTOKEN%0D%0A%0D%0AIt%20needs%20no%20password%3A%20whoever%20has%20the%20address%20can%20read%20the%20page%2C%20so%20please%20pass%20it%20on%20only%20to%20those%20who%20may.%20It%20can%20be%20opened%20until%20Sunday%2031%20May%202026.%0D%0A%0D%0AIf%20you%20did%20not%20expect%20this%2C%20leave%20it%20unopened%20and%20tell%20your%20contact%20in%20our%20support.">Write a mail yourself</a></p>
      <p><a href="/o/acme-db/customers/shinshu-bank/contacts">To the contacts</a></p>"
    `);
    expect((await press(dana, CONTACTS, { email: "stranger@elsewhere.example" })).status).toBe(422);
    const unasked = await dana.send(CONTACTS, { csrf: "x", email: "ito@shinshu-bank.example" });
    expect(unasked.status).toBe(403);
    for (const login of ["mira", "sb-dev1"])
      expect((await (await signedIn(story, { login })).open(CONTACTS)).status).toBe(404);
    let noel = await signedIn(story, { login: "noel" });
    expect((await noel.open(CONTACTS)).body).not.toContain("Make a link");
    expect((await press(noel, CONTACTS, { email: "ito@shinshu-bank.example" })).status).toBe(403);
    let sato = await signedIn(story, { email: "sato@acme.example" });
    expect((await sato.open(CONTACTS)).body).toContain("Replace it by a new link");
    for (const path of [
      "/o/acme-db/customers/nobody/contacts",
      "/o/other/customers/shinshu-bank/contacts",
      `${CONTACTS}/1x/revoke`,
    ])
      expect([path, (await dana.open(path)).status]).toEqual([path, 404]);

    const nothing = await readPage(story, token);
    expect(nothing.body).toContain(
      '<p class="box">There is no case of yours here yet. Once we have received one, its progress is shown here.</p>',
    );
    const problem = await github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "INTERNAL: locks time out",
      body: "It hangs.\n\nCustomer: shinshu-bank\nSeverity: S2",
    });
    await story.settle();
    expect(await readPage(story, token)).toMatchObject({
      said: ["Case #1", "We are looking into it. We have received your case and tell you here what we find."],
      steps: [
        "current: Received Monday 2 March 2026",
        "ahead: Fix written still to come",
        "ahead: With the developers still to come",
        "ahead: Decided still to come",
        "ahead: In a release still to come",
      ],
    });

    await story.advanceTo("2026-03-03T09:00:00Z");
    const words = await github
      .as("dana")
      .comment(
        problem,
        "/case summary Jobs hang at the lock; the fix releases it.\n/case workaround Restart the node.\n/case stake INTERNAL\n/case needed-by 2026-04-01 INTERNAL\n/case report 2026-03-20",
      );
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "INTERNAL: fix the lock" });
    const link = await github.as("dana").comment(problem, `/case link acme-db/engine#${patch.number}`);
    await story.settle();
    const sent = await readPage(story, token);
    expect(sent).toMatchObject({
      said: [
        "Case #1",
        "Jobs hang at the lock; the fix releases it.",
        "A fix has been written and is with the developers. We have received your case and written a fix for it. The developers have it before them now.",
      ],
      steps: [
        "done: Received Monday 2 March 2026",
        "done: Fix written Tuesday 3 March 2026",
        "current: With the developers Tuesday 3 March 2026",
        "ahead: Decided still to come",
        "ahead: In a release still to come",
      ],
    });
    expect(sent.body).toContain(
      "<dl><dt>Workaround</dt><dd>Restart the node.</dd><dt>Needed by</dt><dd>Wednesday 1 April 2026</dd><dt>You hear from us next</dt><dd>Friday 20 March 2026</dd></dl>",
    );

    await story.advanceTo("2026-03-05T09:00:00Z");
    await github.as("mira").merge(patch);
    await story.settle();
    expect((await readPage(story, token)).said[2]).toBe(
      "The developers have accepted the fix. We tell you here which release contains it.",
    );

    await story.advanceTo("2026-03-09T09:00:00Z");
    await github.as("mira").createRelease("acme-db/engine", { tag: "v1.1", name: "Engine 1.1" });
    await story.settle();
    await story.advance({ minutes: 2 });
    const shipped = await readPage(story, token);
    expect(shipped).toMatchObject({
      said: [
        "Case #1",
        "Jobs hang at the lock; the fix releases it.",
        "The fix is in release v1.1. You have it once you use this release or a later one.",
      ],
      steps: [
        "done: Received Monday 2 March 2026",
        "done: Fix written Tuesday 3 March 2026",
        "done: With the developers Tuesday 3 March 2026",
        "done: Decided Thursday 5 March 2026",
        "current: In release v1.1 Monday 9 March 2026",
      ],
    });
    const feed = await (await fetch(`${story.url}/c/${token}/feed.atom`)).text();
    expect([...feed.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title)).toEqual([
      "Progress of your cases",
      "Case #1: the fix is in release v1.1",
      "Case #1: the developers have accepted the fix",
      "Case #1: a workaround is known",
      "Case #1: a fix has been written and is with the developers",
    ]);
    for (const text of [shipped.body, sent.body, feed])
      expect(text).not.toMatch(/INTERNAL|sb-dev1|mira|dana|kenji|acme-db\/cases|engine\/pull|Shinshu|sato/i);
    // Nobody stays signed in for days.
    expect((await dana.open(CONTACTS)).status).toBe(303);
    dana = await signedIn(story, { login: "dana" });
    const listed = mainOf((await dana.open(CONTACTS)).body);
    expect(listed).toContain(`<code>${token.slice(0, 8)}…</code>`);
    expect(listed).toContain("6 times, last on");

    // The mail goes by a press alone, once, and not where the link is another by then.
    const press2 = () => press(dana, `${CONTACTS}/send`, { token });
    expect(await press2()).toMatchObject({ status: 303, location: `${CONTACTS}?done=sent` });
    await press2();
    expect(mainOf((await dana.open(`${CONTACTS}?done=sent`)).body)).toContain(
      '<p class="done" role="status">The link will be mailed within the contact&#39;s working hours.</p>',
    );
    await story.advanceTo("2026-03-10T03:00:00Z");
    expect(
      story.mailsTo("ito@shinshu-bank.example").map((mail) => [mail.subject, mail.text.replaceAll(token, "TOKEN")]),
    ).toMatchInlineSnapshot(`
      [
        [
          "Where you see the progress of your cases",
          "Hello Ito,

      on the page below you see at any time how far your cases with us are:
      what we have received, which fixes are with the developers, what they
      decided, and which release contains a fix.

      * See the progress of your cases
        https://advocate.example/c/TOKEN

      It needs no password: whoever has the address can read the page, so
      please pass it on only to those who may. It can be opened until Sunday
      31 May 2026.

      If you did not expect this, leave it unopened and tell your contact in
      our support.",
        ],
      ]
    `);
    // It is night at the customer's.
    await story.advanceTo("2026-03-10T15:00:00Z");
    dana = await signedIn(story, { login: "dana" });
    noel = await signedIn(story, { login: "noel" });
    sato = await signedIn(story, { email: "sato@acme.example" });
    const replaced = await press(sato, CONTACTS, { email: "ito@shinshu-bank.example" });
    const newer = /\/c\/([A-Za-z0-9_-]{43})"/.exec(replaced.body)?.[1] ?? "";
    expect([(await readPage(story, token)).status, (await readPage(story, newer)).status]).toEqual([404, 200]);
    expect((await press2()).location).toBe(`${CONTACTS}?done=over`);
    const revoke = /action="([^"]+\/revoke)"/.exec((await dana.open(CONTACTS)).body)?.[1] ?? "";
    expect((await press(noel, revoke)).status).toBe(403);
    await press(sato, `${CONTACTS}/send`, { token: newer });
    expect((await press(dana, revoke)).location).toBe(`${CONTACTS}?done=revoked`);
    expect((await press(dana, revoke)).location).toBe(`${CONTACTS}?done=over`);
    expect((await readPage(story, newer)).status).toBe(404);

    const acts = await story.database.db
      .selectFrom("board_acts")
      .select(["person", "kind", "subject", "words"])
      .orderBy("id")
      .execute();
    expect(
      acts.map(
        ({ person, kind, subject, words }) =>
          `${person} ${kind} ${subject}: ${words.replaceAll(/\(.{8}…\)/g, "(PREFIX…)")}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "@dana contact-link-made customer:shinshu-bank: made a link (PREFIX…) to the customer's page for Ito",
        "@dana contact-link-sent customer:shinshu-bank: had the link (PREFIX…) to the customer's page mailed to Ito",
        "sato@acme.example contact-link-made customer:shinshu-bank: made a link (PREFIX…) to the customer's page for Ito",
        "sato@acme.example contact-link-sent customer:shinshu-bank: had the link (PREFIX…) to the customer's page mailed to Ito",
        "@dana contact-link-revoked customer:shinshu-bank: took back the link (PREFIX…) to the customer's page of Ito",
      ]
    `);
    // One that was taken back before its reader's morning does not go out.
    await story.advanceTo("2026-03-11T09:00:00Z");
    expect(story.mailsTo("ito@shinshu-bank.example")).toHaveLength(1);
    story.mailsTo("sato@acme.example");
    expect(story.logs.join("\n")).not.toMatch(new RegExp(`${token}|${newer}|Shinshu|ito@`));
    // What the team is told on GitHub is told by other stories.
    story.commentsOn(problem);
    story.commentsOn(patch);
    story.labelsOn(patch);
    for (const comment of [words, link]) story.reactionsOn(comment);
    await story.expectNothingElse();
  });
});
