// Every text of the settings in both languages, as somebody reads the pages: whole, in texts-en.txt and texts-ja.txt.
import { html } from "hono/html";
import { expect, test } from "vitest";
import { fieldsOf } from "../../../src/board/settings/customer-form.ts";
import { customersBody, historyBody } from "../../../src/board/settings/customers-page.ts";
import { editBody, tooMuchBody } from "../../../src/board/settings/edit-page.ts";
import { fieldLabel, valueWords } from "../../../src/board/settings/fields-messages.ts";
import { hearersOf } from "../../../src/board/settings/hearers.ts";
import { chooseBody, previewBody } from "../../../src/board/settings/import-page.ts";
import { SETTINGS_TEXTS } from "../../../src/board/settings/messages.ts";
import { testMessage } from "../../../src/board/settings/people-messages.ts";
import { peopleBody, type TestShown } from "../../../src/board/settings/people-page.ts";
import { sessionsBody } from "../../../src/board/settings/sessions-routes.ts";
import { EMPTY_TOKEN, madeTokenBody, tokensBody } from "../../../src/board/settings/tokens-page.ts";
import type { Viewer } from "../../../src/board/viewer.ts";
import { renderText } from "../../../src/notify/render-text.ts";
import { DEFAULT_POLICY } from "../../../src/policy/defaults.ts";
import type { Language } from "../../../src/policy/policy.ts";
import { aContract, aCustomer } from "../../customers/builders.ts";
import { pageText } from "../../support/board/page-text.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const DAY = 24 * 60 * 60_000;

const viewerIn = (language: Language): Viewer => ({
  person: { kind: "github", id: 1, login: "dana", name: "Dana" },
  personKey: "github:1",
  owner: { ownerId: 7, login: "acme-db", type: "Organization", installationId: 70 },
  roles: new Set(["support"]),
  customerIds: new Set(),
  isLimited: false,
  repositoryIds: [],
  csrf: "CSRF",
  checkedAt: NOW,
  isStale: false,
  language,
  timezone: "Asia/Tokyo",
  theme: "auto",
});

const customer = aCustomer({
  confidential: true,
  owner: { name: "Sato", email: "sato@acme.example", language: "ja", slack: null, github: null, deputy: null },
  contacts: [{ name: "Ito", email: "ito@shinshu-bank.example", language: null }],
  contracts: [aContract({ tier: "gold", targets: { S1: { amount: 2, unit: "h" } } })],
  ids: { zendesk: "3600" },
});
const fields = [
  { field: "contracts[0].until", before: "2027-03-31", after: "2028-03-31" },
  { field: "confidential", before: "true", after: "false" },
  { field: "ids.zendesk", before: null, after: "3600" },
];
const NOTHING = { added: [], changed: [], unchanged: 0 };

async function pagesIn(language: Language): Promise<string> {
  const viewer = viewerIn(language);
  const choose = { viewer, kind: "customers", text: "", problems: [], isEmpty: false, isDone: false } as const;
  const problem = { line: 2, column: 5, message: "This is missing." };
  const lists = [
    { of: "customers", ...NOTHING, added: ["tanuki-rail"], changed: [{ id: "shinshu-bank", fields }], kept: 3 },
    { of: "people", ...NOTHING, added: ["kenji"], kept: 0 },
  ] as const;
  const seen = { viewer, kind: "customers", text: "TEXT", hasMoved: false } as const;
  const none = [{ of: "cases", ...NOTHING, unchanged: 5, kept: null }] as const;
  const edit = { viewer, customer, was: "WAS", problems: [], hasMoved: false, isSaved: false } as const;
  const token = {
    id: 1,
    prefix: "pa_12345678",
    ownerId: 7,
    name: "help desk",
    scope: "write",
    madeBy: "@dana",
  } as const;
  const times = { createdAt: NOW, expiresAt: NOW + 90 * DAY, lastUsedAt: NOW, revokedAt: null };
  const tokens = [
    { ...token, ...times },
    { ...token, ...times, id: 2, scope: "read" as const, lastUsedAt: null, revokedAt: NOW },
    { ...token, ...times, id: 3, expiresAt: NOW - DAY },
  ];
  const tokenPage = { viewer, tokens, typed: EMPTY_TOKEN, wrong: [], done: null, now: NOW } as const;
  const channels = { hasMail: true, hasSlack: false, hasWebhook: false, hasPagerDuty: true };
  const hearers = hearersOf({
    customers: [customer],
    people: [],
    policy: { ...DEFAULT_POLICY, language },
    support: ["dana"],
    deciders: [],
    channels,
  });
  const people = { viewer, channels, hearers, total: 2, unreached: 1, self: null, test: null, nextPage: 2 } as const;
  const session = { tokenHash: "a", personKey: "github:1", person: viewer.person, browser: "Firefox", createdAt: NOW };
  const sessions = ["a", "b"].map((tokenHash) => ({
    ...session,
    tokenHash,
    browser: tokenHash === "a" ? "Firefox" : "",
    seenAt: NOW,
    expiresAt: NOW + DAY,
  }));
  const tests: readonly TestShown[] = [
    { kind: "sending", name: "Sato" },
    { kind: "sent", name: "Sato", by: "mail" },
    { kind: "not-sent", name: "Sato", because: "the mailbox does not exist" },
  ];
  const change = { id: 1, customerId: "shinshu-bank", at: NOW, isAdded: false, fields };
  const authors = [
    { by: "@dana", how: "page" },
    { by: "token help desk (pa_12345678…)", how: "api" },
    { by: "command", how: "command" },
  ] as const;
  const rule = { kind: "rule", field: "contracts[0].until", message: "nothing is not a date." } as const;
  const claims = (["id", "login", "organization", "domain"] as const).map(
    (of) => ({ kind: "claimed", field: "logins", of, value: "x", by: "tanuki-rail" }) as const,
  );
  const bodies = [
    html`<h1>${SETTINGS_TEXTS[language].title}</h1>${SETTINGS_TEXTS[language].parts.map(({ title, what }) => html`<dt>${title}</dt><dd>${what}</dd>`)}`,
    chooseBody({ ...choose, isEmpty: true }),
    chooseBody({ ...choose, problems: [problem], text: "a: b" }),
    chooseBody({ ...choose, problems: [problem, problem] }),
    chooseBody({ ...choose, isDone: true }),
    chooseBody({ ...choose, kind: "cases", isDone: true }),
    previewBody({ ...seen, preview: { kind: "changes", seal: "SEAL", lists } }),
    previewBody({ ...seen, kind: "cases", preview: { kind: "changes", seal: "SEAL", lists: none }, hasMoved: true }),
    customersBody({ viewer, customers: [], search: "", nextAfter: null }),
    customersBody({ viewer, customers: [], search: "x", nextAfter: null }),
    customersBody({
      viewer,
      customers: [{ id: "shinshu-bank", name: "Shinshu Bank", isConfidential: true }],
      search: "",
      nextAfter: "shinshu-bank",
    }),
    historyBody({ viewer, customer, changes: [], nextBefore: null }),
    historyBody({
      viewer,
      customer: null,
      changes: [{ ...change, author: authors[0], isAdded: true }, ...authors.map((author) => ({ ...change, author }))],
      nextBefore: 1,
    }),
    editBody({ ...edit, fields: fieldsOf({}), customer: null }),
    editBody({ ...edit, fields: new Map(), problems: [rule, ...claims], hasMoved: true, isSaved: true }),
    tooMuchBody(viewer, customer),
    peopleBody({ ...people, hearers: [], total: 0, unreached: 0 }),
    peopleBody({ ...people, unreached: 0 }),
    ...tests.map((each) => peopleBody({ ...people, test: each, self: hearers[1] ?? null })),
    tokensBody({ ...tokenPage, done: "revoked" }),
    tokensBody({ ...tokenPage, tokens: [], wrong: ["wrongName", "wrongScope", "wrongDays"], done: "gone" }),
    madeTokenBody(viewer, { name: "help desk", token: "TOKEN", url: "https://advocate.example" }),
    sessionsBody({ viewer, sessions, here: "a", done: "others" }),
    sessionsBody({ viewer, sessions: sessions.slice(0, 1), here: "a", done: "gone" }),
    sessionsBody({ viewer, sessions: sessions.slice(0, 1), here: "a", done: "ended" }),
  ];
  const pages = await Promise.all(bodies);
  const message = testMessage({ language, name: "Sato", askedBy: "@dana", owner: "acme-db" });
  return `${[...pages.map((body) => pageText({ body: String(body) }).trim()), `${message.subject}\n\n${renderText(message).trim()}`].join("\n\n==========\n\n")}\n`;
}

test.each(["en", "ja"] as const)("the settings in %s", async (language) => {
  await expect(await pagesIn(language)).toMatchFileSnapshot(`texts-${language}.txt`);
});

test.each([
  ["contracts[1].until", "Contract 2, last day", "契約の最終日（2 件目）"],
  ["contracts[0].targets.S1", "Contract 1, targets S1", "契約の目標時間（S1）（1 件目）"],
  ["ids.zendesk", "Id at zendesk", "zendesk での ID"],
  ["owner.deputy.email", "Deputy, e-mail", "代理のメールアドレス"],
  ["contacts[0].name", "Contact 1, name", "ご担当者の名前（1 件目）"],
  ["unknown.thing", "unknown.thing", "unknown.thing"],
])("the field %s is called %s and %s", (field, en, ja) => {
  expect([fieldLabel(field, "en"), fieldLabel(field, "ja")]).toEqual([en, ja]);
  expect(valueWords("confidential", "true", "ja")).toBe("はい");
});
