// Who hears something privately: by customers.yml, teams and the policy, and who is left out because of what.
import { describe, expect, test } from "vitest";
import { customerById } from "../../src/customers/store.ts";
import { ownerId, patchId } from "../../src/github/refs.ts";
import type { Recipient } from "../../src/notify/notice.ts";
import {
  consultantRecipient,
  deciderRecipients,
  linkMakerRecipients,
  ownerRecipients,
  recipientLookup,
  recipientOfLogin,
  supportRecipients,
  withoutRepeats,
} from "../../src/notify/recipients.ts";
import { placeOf } from "../../src/patches/place.ts";
import { DIALECTS, type Dialect } from "../support/databases.ts";
import { startApp } from "../support/start-app.ts";

const POLICY = `version: 1
language: ja
support: ["@acme-db/support"]
maintainers: [mira]
cases: { references: [{ pattern: "CASE-[0-9]{1,8}" }] }
calendar: { timezone: Asia/Tokyo }
escalation: { deciders: ["@acme-db/engine", Boss, stranger] }
`;
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example, github: Sato-gh, slack: U0123, deputy: { name: Mori, language: en } }
    consultant: { github: kenji }
    contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-12-31 }]
  - id: kawa-denki
    name: Kawa Denki
    consultant: { github: nobody }
    contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-12-31 }]
people:
  - { github: Kenji, name: Kenji, email: kenji@acme.example, language: en, timezone: Europe/Berlin, hours: "08:00-17:00" }
  - { github: dana, name: Dana }
  - { github: sato-gh, timezone: Asia/Singapore, hours: "10:00-19:00", slack: U0999, language: en }
  - { github: mira, slack: U0777 }
`;

const kenji: Recipient = {
  key: "login:kenji",
  name: "Kenji",
  login: "kenji",
  email: "kenji@acme.example",
  slack: null,
  language: "en",
  timezone: "Europe/Berlin",
  hours: "08:00-17:00",
};

async function open(on: Dialect) {
  const story = await startApp({ on, now: "2026-03-02T09:00:00Z", policy: POLICY, customers: CUSTOMERS });
  const { database, github } = story;
  const place = await placeOf(database, github.repositoryId("acme-db/engine"), { fromAt: Date.now(), now: Date.now() });
  if (place === null) throw new Error("the story has no such place");
  const members: Readonly<Record<string, readonly string[]>> = { support: ["dana", "kenji"], engine: ["mira", "noel"] };
  const people = {
    membersOf: async (_: unknown, { slug }: { readonly slug: string }) =>
      (members[slug] ?? []).map((login) => ({ id: github.idOf(login), login })),
    isMemberNow: async (_: number, organization: string, login: string) =>
      organization === "acme-db" && login !== "stranger",
  };
  const channels = { hasMail: true, hasSlack: true, hasWebhook: false, hasPagerDuty: false };
  const owner = ownerId(github.idOf("acme-db"));
  const customer = async (id: string) => {
    const found = await customerById(database.db, owner, id);
    if (found === null) throw new Error(`there is no ${id}`);
    return found;
  };
  return { story, place, wiring: { database, people, channels }, owner, customer };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("account owner and deputy hear where the customer's file says, in their own zone and the policy's language", async () => {
    const { story, place, owner, customer } = await open(on);
    const { db } = story.database;
    const found = await ownerRecipients(db, owner, { customer: await customer("shinshu-bank"), policy: place.policy });
    expect(found).toEqual({
      owner: {
        key: "login:sato-gh",
        name: "Sato",
        login: "Sato-gh",
        email: "sato@acme.example",
        slack: "U0123",
        language: "en",
        timezone: "Asia/Singapore",
        hours: "10:00-19:00",
      },
      deputy: {
        key: "name:Mori",
        name: "Mori",
        login: null,
        email: null,
        slack: null,
        language: "en",
        timezone: "Asia/Tokyo",
        hours: null,
      },
    });
    expect(await ownerRecipients(db, owner, { customer: await customer("kawa-denki"), policy: place.policy })).toEqual({
      owner: null,
      deputy: null,
    });
    await story.expectNothingElse();
  });

  test("a login is somebody of `people`, else an account owner, else nobody; upper and lower case are one", async () => {
    const { story, place, owner, customer } = await open(on);
    const { db } = story.database;
    const of = (login: string) => recipientOfLogin(db, owner, { login, policy: place.policy });
    expect(await of("KENJI")).toEqual({ ...kenji, login: "KENJI" });
    expect(await of("sato-GH")).toMatchObject({ key: "login:sato-gh", slack: "U0999", language: "en" });
    expect(await of("noel")).toBe(null);
    const policy = place.policy;
    expect(await consultantRecipient(db, owner, { customer: await customer("shinshu-bank"), policy })).toEqual(kenji);
    expect(await consultantRecipient(db, owner, { customer: await customer("kawa-denki"), policy })).toBe(null);
    await story.expectNothingElse();
  });

  test("of many whom `people` does not know the customers are read once", async () => {
    const { story, place, owner } = await open(on);
    const { db } = story.database;
    const asked: string[] = [];
    const counted: typeof db = new Proxy(db, {
      get: (target, name) =>
        name === "selectFrom"
          ? (table: "customers" | "people") => {
              asked.push(table);
              return target.selectFrom(table);
            }
          : Reflect.get(target, name, target),
    });
    const lookUp = recipientLookup(counted, owner, place.policy);
    const found = [await lookUp("noel"), await lookUp("sato-gh"), await lookUp("nobody"), await lookUp("kenji")];
    expect(found.map((each) => each?.key ?? null)).toEqual([null, "login:sato-gh", null, "login:kenji"]);
    expect(asked.filter((table) => table === "customers")).toHaveLength(1);
    await story.expectNothingElse();
  });

  test("support is a team's members; who has no address is told by name", async () => {
    const { story, place, wiring } = await open(on);
    expect(await supportRecipients(wiring, place)).toEqual({
      reached: [kenji],
      unreachable: [{ name: "Dana", login: "dana", because: "no-address" }],
    });
    await story.expectNothingElse();
  });

  test("of the deciders, who has left the organisation is left out and told", async () => {
    const { story, place, wiring } = await open(on);
    const { reached, unreachable } = await deciderRecipients(wiring, place);
    expect(reached.map(({ key }) => key)).toEqual(["login:mira"]);
    expect(unreachable).toEqual([
      { name: "stranger", login: "stranger", because: "left" },
      { name: "noel", login: "noel", because: "no-address" },
      { name: "Boss", login: "Boss", because: "no-address" },
    ]);
    await story.expectNothingElse();
  });

  test("without Slack set up a Slack id is no address", async () => {
    const { story, place, wiring } = await open(on);
    const withoutSlack = { ...wiring, channels: { ...wiring.channels, hasSlack: false } };
    expect((await deciderRecipients(withoutSlack, place)).reached).toEqual([]);
    await story.expectNothingElse();
  });

  test("those who made the confirmed links are one person each", async () => {
    const { story, place, wiring } = await open(on);
    const patch = await story.github
      .as("kenji")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix", body: "Case: CASE-7\nCase: CASE-8" });
    await story.settle();
    const id = patchId(patch.repositoryId, patch.number);
    expect(await linkMakerRecipients(wiring, place, id)).toEqual({ reached: [kenji], unreachable: [] });
    expect(await linkMakerRecipients(wiring, place, patchId(1, 1))).toEqual({ reached: [], unreachable: [] });
    story.labelsOn(patch);
    await story.expectNothingElse();
  });
});

test("the same person by two roles hears once", () => {
  expect(withoutRepeats([kenji, { ...kenji, name: "K." }])).toEqual([kenji]);
});
