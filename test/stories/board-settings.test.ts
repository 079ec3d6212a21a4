// The settings, clicked through over real HTTP: customers are brought in and edited by people who are not technical, and stand in a history;
// a test message arrives; tokens are shown once; sessions end. Whoever may not set things up finds nothing.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { type Browser, type Seen, signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const AT = "/o/acme-db/settings";

const plain = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** What somebody reads, a line a piece; tags and the frame around the page left out. */
const read = ({ body }: Seen): string[] =>
  (/<main[^>]*>([\s\S]*)<\/main>/.exec(body)?.[1] ?? body)
    .replace(/<(option|input|textarea)[\s\S]*?(<\/\1>|>)/g, "")
    .replace(/<\/?(a|span|code|strong|br|time|button)\b[^>]*>/g, " ")
    .replace(/<[^>]+>/g, "\n")
    .split("\n")
    .map((line) => plain(line).replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
const field = ({ body }: Seen, name: string): string =>
  plain(new RegExp(`<input[^>]* name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "");
/** Every field of a form with what stands in it. */
const fieldsIn = ({ body }: Seen): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [, name = "", value = ""] of body.matchAll(
    /<input type="(?:text|date|hidden)"[^>]*? name="([^"]+)" value="([^"]*)"/g,
  ))
    if (name !== "csrf" && name !== "return") fields[name] = plain(value);
  for (const [, name = "", options = ""] of body.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? "";
  return fields;
};

const TWO = `${SHINSHU.replace("until: 2026-12-31", "until: 2027-12-31")}  - id: tanuki-rail
    name: Tanuki Rail <script>
    contacts: [{ name: Abe, email: abe@tanuki.example }]
people:
  - { github: noel, name: Noel, email: noel@acme.example, language: ja, hours: "22:00-06:00" }
`;

describe.each(DIALECTS)("on %s", (on) => {
  test("customers come in after a look at what changes, are edited, and have a history", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: SHINSHU,
      policy: null,
      github: withOwnerPolicy(ACME_POLICY),
    });
    const dana = await signedIn(app, { login: "dana" });
    const boss = await signedIn(app, { login: "boss" });

    // Problems keep what was typed; an empty form says what to do.
    const wrong = await dana.send(`${AT}/customers/import`, { text: "customers:\n  - { id: x, nam: X }\n" });
    expect(wrong.status).toBe(422);
    expect(read(wrong).slice(2, 14)).toEqual([
      "2 things are wrong in the file",
      "Nothing was imported. Correct the text below, or the file, and show the changes again.",
      "2 things are wrong in the file",
      "Line",
      "Column",
      "What is wrong",
      "2",
      "5",
      "customers[0].name: This is missing. Write it like Shinshu Bank.",
      "2",
      "14",
      "customers[0].nam: This key is not known. Known here are id, name, timezone, confidential, owner, consultant, logins, organizations, domains, ids, contacts, contracts.",
    ]);
    expect(wrong.body).toContain("customers:\n  - { id: x, nam: X }\n</textarea>");
    expect((await dana.send(`${AT}/customers/import`, { text: " " })).status).toBe(422);

    // Seen first, and nothing changed by looking.
    const preview = await dana.send(`${AT}/customers/import`, { text: TWO });
    expect(read(preview)).toEqual([
      "Import customers",
      "What the import would change",
      "Nothing has been changed yet.",
      "Customers",
      "1 added, 1 changed, 0 unchanged, 0 not in the file and kept.",
      "changed shinshu-bank",
      "Contract 1, last day: 2026-12-31 → 2027-12-31",
      "added tanuki-rail",
      "People",
      "1 added, 0 changed, 0 unchanged, 0 not in the file and kept.",
      "added noel",
      "Import these customers",
      "Take another file",
    ]);
    expect((await dana.open(`/o/acme-db/customers/tanuki-rail/history`)).status).toBe(404);

    // Somebody else is faster: it is shown again, and only what was shown is imported.
    await app.importCustomers(SHINSHU.replace("Shinshu Bank", "Shinshu Bank KK"));
    const sealed = { text: field(preview, "text"), seal: field(preview, "seal") };
    const moved = await dana.send(`${AT}/customers/import`, sealed);
    expect([moved.status, read(moved).slice(2, 3)]).toEqual([
      409,
      ["Somebody else changed something meanwhile, so nothing was imported. This is what the import would change now."],
    ]);
    const done = await dana.send(`${AT}/customers/import`, { text: field(moved, "text"), seal: field(moved, "seal") });
    expect(done).toMatchObject({ status: 303, location: `${AT}/customers/import?done=imported` });
    expect(read(await dana.open(`${AT}/customers/import?done=imported`))[2]).toBe(
      "The customers are imported. Their patches are labelled anew.",
    );

    // One customer by hand: what is wrong names its field, and a login belongs to one.
    const form = await boss.open("/o/acme-db/customers/tanuki-rail/edit");
    const typed = { ...fieldsIn(form), id: "tanuki-rail", logins: "SB-dev1", "contracts[0].plan": "subscription" };
    const refused = await boss.send("/o/acme-db/customers/tanuki-rail/edit", typed);
    expect(refused.status).toBe(422);
    expect(read(refused).slice(1, 6)).toEqual([
      "Edit Tanuki Rail <script>",
      "2 things are wrong",
      "Contract 1, first day : nothing is not a date. Write year, month and day, such as 2026-12-29.",
      "Contract 1, last day : nothing is not a date. Write year, month and day, such as 2026-12-29.",
      "What you save counts at once, and stands in the history with your name.",
    ]);
    const days = {
      "contracts[0].from": "2026-04-01",
      "contracts[0].until": "2027-03-31",
      "contracts[0].targets.S1": "2h",
    };
    const claimed = await boss.send("/o/acme-db/customers/tanuki-rail/edit", { ...typed, ...days });
    expect(read(claimed)[3]).toBe(
      "GitHub logins : The login sb-dev1 belongs to the customer shinshu-bank. Take it away there first, or write another.",
    );
    expect(fieldsIn(claimed)).toMatchObject({ logins: "SB-dev1", "contracts[0].targets.S1": "2h" });
    const saved = await boss.send("/o/acme-db/customers/tanuki-rail/edit", { ...typed, ...days, logins: "tr-dev" });
    expect(saved).toMatchObject({ status: 303, location: "/o/acme-db/customers/tanuki-rail/edit?done=saved" });
    // The form that was open before is not written over it.
    expect((await dana.send("/o/acme-db/customers/tanuki-rail/edit", { ...fieldsIn(form), name: "Late" })).status).toBe(
      409,
    );
    expect(fieldsIn(await boss.open("/o/acme-db/customers/tanuki-rail/edit"))).toMatchObject({
      name: "Tanuki Rail <script>",
      "contacts[0].email": "abe@tanuki.example",
      "contracts[0].plan": "subscription",
      "contracts[0].targets.S1": "2h",
    });

    const add = await boss.open(`${AT}/customers/add`);
    const fresh = { ...fieldsIn(add), id: "kita-foods", name: "=HYPERLINK(1)" };
    expect((await boss.send(`${AT}/customers/add`, { ...fresh, id: "Shinshu-Bank" })).status).toBe(422);
    expect((await boss.send(`${AT}/customers/add`, fresh)).status).toBe(303);

    expect(read(await dana.open("/o/acme-db/customers/tanuki-rail/history")).slice(0, 14)).toEqual([
      "Customers · Tanuki Rail <script>",
      "What was changed about Tanuki Rail <script>",
      "The newest first, by import, on this page or over the API.",
      "What was changed about customers",
      "When",
      "By whom",
      "What",
      "2 Mar 2026, 09:00 UTC",
      "@boss, on the board",
      "GitHub logins: nothing → tr-dev",
      "Contract 1, plan: nothing → subscription",
      "Contract 1, first day: nothing → 2026-04-01",
      "Contract 1, last day: nothing → 2027-03-31",
      "Contract 1, targets S1: nothing → 2h",
    ]);
    expect((await dana.open(`${AT}/customers/history`)).body).toContain("by command");

    // Out again, inert in a spreadsheet, and back in without a change.
    const csv = await dana.open(`${AT}/customers/export?format=csv`);
    expect(csv.body.split("\n")[1]).toBe("kita-foods,'=HYPERLINK(1),UTC,false,,,,,,,,,,,");
    expect(read(await dana.send(`${AT}/customers/import`, { text: csv.body }))[2]).toBe(
      "Everything in the file is stored already. There is nothing to import.",
    );
    expect(read(await dana.open(`${AT}/customers?q=TANUKI`)).slice(-7, -4)).toEqual([
      "Tanuki Rail <script>",
      "tanuki-rail",
      "Edit Tanuki Rail <script> Contacts Tanuki Rail <script> History Tanuki Rail <script>",
    ]);

    const cases =
      "reference,title,customer,severity,state,summary,stake,workaround,needed_by,next_report,assignee,url\n";
    const some = `${cases}CASE-1,Backup hangs,shinshu-bank,S1,,,,,2026-12-29 the audit,,,\n`;
    const seen = await dana.send(`${AT}/cases`, { text: some });
    expect(read(seen).slice(3, 7)).toEqual([
      "Cases",
      "1 added, 0 changed, 0 unchanged.",
      "added CASE-1",
      "Import these cases",
    ]);
    expect(await dana.send(`${AT}/cases`, { text: field(seen, "text"), seal: field(seen, "seal") })).toMatchObject({
      status: 303,
      location: `${AT}/cases?done=imported`,
    });
    expect(read(await dana.send(`${AT}/cases`, { text: some.replace("S1", "S2") })).slice(3, 7)).toEqual([
      "Cases",
      "0 added, 1 changed, 0 unchanged.",
      "changed CASE-1",
      "Severity: S1 → S2",
    ]);

    const acts = await app.database.db
      .selectFrom("board_acts")
      .select(["person", "kind", "subject", "words"])
      .orderBy("id")
      .execute();
    expect(acts.map(({ person, kind, subject, words }) => `${person} ${kind} ${subject}: ${words}`)).toEqual([
      "@dana customers-imported settings: imported customers: 1 added, 1 changed; people: 1 added, 0 changed",
      "@boss customer-edited customer:tanuki-rail: edited the customer",
      "@boss customer-added customer:kita-foods: added the customer",
      "@dana customers-exported settings: took out 3 customers and 1 people as a file",
      "@dana cases-imported settings: imported cases: 1 added, 0 changed",
    ]);
    await app.expectNothingElse();
  });

  test("a test arrives while everything observes, tokens are shown once, sessions end, and others find nothing", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      policy: null,
      customers: TWO,
      channels: ["mail"],
    });
    const dana = await signedIn(app, { login: "boss" });
    const elsewhere = await signedIn(app, { login: "boss" });

    const people = await dana.open(`${AT}/people`);
    expect(read(people)).toEqual([
      "Settings",
      "People and channels",
      "Who hears things where",
      "From the customers' files and the owner's policy; of teams, who was in them when GitHub was asked last. To change an address, edit the customer, or import people.",
      "No address of yours is known: add yourself under people in the customers' file to hear things, and to send yourself a test.",
      "One of 3 cannot be reached.",
      "Who hears things where",
      "Name",
      "Hears things as",
      "Where",
      "When, and in which language",
      "What you can do",
      "kenji @kenji",
      "consultant (one customer)",
      "cannot be reached: no address is known for a channel that is set up",
      "09:00-18:00 UTC, English",
      "Noel @noel",
      "one of the people",
      "mail: noel@acme.example",
      "22:00-06:00 UTC, Japanese",
      "Send a test to Noel",
      "Sato",
      "account owner (one customer)",
      "mail: sato@acme.example",
      "09:00-18:00 UTC, English",
      "Send a test to Sato",
      "Channels",
      "They are set in the environment of the server.",
      "Channels",
      "Channel",
      "State",
      "Mail",
      "set up",
      "Slack",
      "not set up: set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET",
      "Webhook to your own systems",
      "not set up: set NOTIFY_WEBHOOK_URL, NOTIFY_WEBHOOK_SECRET",
      "PagerDuty",
      "not set up: set PAGERDUTY_ROUTING_KEY",
    ]);
    // Pressed twice, it goes out once.
    const sent = await dana.send(`${AT}/people/test`, { to: "login:noel" });
    await dana.send(`${AT}/people/test`, { to: "login:noel" });
    expect((await dana.send(`${AT}/people/test`, { to: "login:kenji" })).status).toBe(404);
    await app.settle();
    expect(read(await dana.open(sent.location ?? ""))[2]).toBe("The test to Noel was handed over by mail.");
    expect(app.mailsTo("noel@acme.example").map(({ subject, text }) => [subject, text])).toMatchInlineSnapshot(`
      [
        [
          "Patch Advocate からのテスト送信",
          "Noel 様

      これはテストです。お客様のパッチに関する Patch Advocate からのご連絡は、
      こちらに届きます。

      依頼者：@​boss
      組織：acme-db

      ご対応いただくことはありません。",
        ],
      ]
    `);

    const made = await dana.send(`${AT}/tokens`, { name: "help desk", scope: "write", days: "90" });
    const token = /id="token" readonly value="(pa_[\w-]{43})"/.exec(made.body)?.[1] ?? "";
    expect(read(made)).toEqual([
      "The token for help desk",
      "It is shown only now. Put it into the other program before you leave this page.",
      "Token",
      "The program sends it with every request:",
      `curl -H "Authorization: Bearer ${token}" https://advocate.example/api/v1/waiting`,
      "To the tokens",
    ]);
    expect(read(await dana.send(`${AT}/tokens`, { name: "", scope: "all", days: "366" })).slice(-9, -6)).toEqual([
      "Write what it is for, on one line of at most 100 characters.",
      "Choose what the token may.",
      "Write a whole number of days from 1 to 365.",
    ]);
    const listed = await dana.open(`${AT}/tokens`);
    expect(read(listed).slice(3, 17)).toEqual([
      "API tokens",
      "What it is for, such as “help desk”",
      "Begins with",
      "What it may",
      "Made by",
      "Last used",
      "Until",
      "What you can do",
      "help desk",
      `${token.slice(0, 11)}…`,
      "read and import",
      "@boss, 2 Mar 2026",
      "never",
      "31 May 2026",
    ]);
    const id = /tokens\/(\d+)\/revoke/.exec(listed.body)?.[1] ?? "";
    const revoke = `${AT}/tokens/${id}/revoke`;
    expect((await dana.send(revoke)).location).toBe(`${AT}/tokens?done=revoked`);
    expect((await dana.send(revoke)).location).toBe(`${AT}/tokens?done=gone`);
    const rows = await app.database.db.selectFrom("api_tokens").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(app.logs.filter((line) => line.includes(token))).toEqual([]);

    const sessions = await dana.open(`${AT}/sessions`);
    expect(read(sessions).filter((line) => line === "this one" || line.startsWith("End"))).toHaveLength(3);
    const ended = await dana.send(`${AT}/sessions/end-others`);
    expect(ended.location).toBe(`${AT}/sessions?done=others`);
    expect((await elsewhere.open(`${AT}/sessions`)).status).toBe(303);
    expect((await dana.open(`${AT}/sessions`)).status).toBe(200);

    // An account owner finds their own sessions and nothing else; so does a maintainer.
    const sato = await signedIn(app, { email: "sato@acme.example" });
    expect((await sato.open(AT)).location).toBe(`${AT}/sessions`);
    await expectNothing(sato);
    expect((await sato.send(`${AT}/sessions/end`, { session: "x" })).location).toBe(`${AT}/sessions?done=gone`);
    const mira = await signedInMaintainer(app, { login: "mira", repositories: ["engine"] });
    expect((await mira.open(AT)).status).toBe(404);
    expect((await mira.open(`${AT}/sessions`)).status).toBe(200);
    await expectNothing(mira);
    await app.expectNothingElse();
  });
});

async function expectNothing(browser: Browser): Promise<void> {
  const pages = [
    "customers",
    "customers/import",
    "customers/export",
    "customers/add",
    "customers/history",
    "cases",
    "people",
    "tokens",
  ];
  for (const page of pages) expect([page, (await browser.open(`${AT}/${page}`)).status]).toEqual([page, 404]);
  for (const page of ["edit", "history"])
    expect((await browser.open(`/o/acme-db/customers/shinshu-bank/${page}`)).status).toBe(404);
  for (const act of ["customers/import", "customers/add", "cases", "people/test", "tokens"])
    expect((await browser.send(`${AT}/${act}`, { text: "customers: []" })).status).toBe(404);
}
