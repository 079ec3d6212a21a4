import { describe, expect, test } from "vitest";
import {
  claimUnowned,
  customerById,
  customersByDomain,
  customersByLogin,
  customersByOrganizations,
  customersDueAt,
  customersOfOwner,
  NO_OWNER,
  organizationsOfCustomers,
  personByGithub,
  setAllCustomersDue,
  setCustomerDue,
} from "../../src/customers/store.ts";
import { checkImport, exportCustomers, importCustomers } from "../../src/customers/store-import.ts";
import { customersToYaml } from "../../src/customers/write.ts";
import { ownerId } from "../../src/github/refs.ts";
import { useDatabase } from "../policy/databases.ts";
import { DIALECTS } from "../support/databases.ts";
import { EXAMPLE, readFile, said } from "./builders.ts";

const NOW = Date.UTC(2026, 5, 1);
const NOTHING = { added: [], changed: [], unchanged: 0, kept: 0 };
const TWO = `customers:
  - { id: a, name: A, logins: [A-dev], organizations: [A-org], domains: [a.example] }
  - { id: b, name: B, logins: [b-dev], contracts: [{ plan: subscription, from: 2026-04-01, until: 2027-03-31 }] }
`;

describe.each(DIALECTS)("on %s", (dialect) => {
  const open = useDatabase(dialect);
  let owners = 100;
  /** Every test has an owner of its own. */
  function anOwner() {
    owners += 1;
    return ownerId(owners);
  }
  const load = (owner: number, text: string, { now = NOW, format = "yaml" as "yaml" | "csv" } = {}) =>
    open().transaction((tx) => importCustomers(tx, { ownerId: owner, read: readFile(text, format), now }));
  const ids = (customers: readonly { readonly id: string }[]) => customers.map(({ id }) => id);

  test("the same file twice changes nothing", async () => {
    const owner = anOwner();
    expect(await load(owner, EXAMPLE)).toEqual({
      kind: "changes",
      changes: { ...NOTHING, added: ["shinshu-bank"], people: { ...NOTHING, added: ["kenji"] } },
    });
    expect(await load(owner, EXAMPLE, { now: NOW + 5 })).toEqual({
      kind: "changes",
      changes: { ...NOTHING, unchanged: 1, people: { ...NOTHING, unchanged: 1 } },
    });
    const exported = await exportCustomers(open().db, owner);
    expect(exported).toEqual(readFile(EXAMPLE).file);
    expect((await load(owner, customersToYaml(exported))).kind).toBe("changes");
    expect((await customersDueAt(open().db, NOW + 5, 1000)).filter((due) => due.ownerId === owner)).toMatchObject([
      { dueAt: NOW },
    ]);
  });

  test("an empty file deletes nothing, and customers that are not in the file stay", async () => {
    const owner = anOwner();
    await load(owner, TWO);
    expect(await load(owner, "")).toEqual({
      kind: "changes",
      changes: { ...NOTHING, kept: 2, people: NOTHING },
    });
    await load(owner, "customers: [{ id: c, name: C }]");
    expect(ids(await customersOfOwner(open().db, owner))).toEqual(["a", "b", "c"]);
  });

  test("check tells what an import would change, field by field, and writes nothing", async () => {
    const owner = anOwner();
    await load(owner, TWO);
    const text = `customers:
  - { id: a, name: Alpha, logins: [A-dev, a-ops], domains: [a.example] }
  - { id: b, name: B, logins: [b-dev], contracts: [{ plan: subscription, tier: gold, from: 2026-04-01, until: 2028-03-31, targets: { S1: 2h } }] }
  - { id: c, name: C }
people: [{ github: Kenji, email: kenji@acme.example }]
`;
    const before = await exportCustomers(open().db, owner);
    expect(await checkImport(open().db, { ownerId: owner, read: readFile(text) })).toEqual({
      kind: "changes",
      changes: {
        added: ["c"],
        changed: [
          {
            id: "a",
            fields: [
              { field: "name", before: "A", after: "Alpha" },
              { field: "logins", before: "A-dev", after: "A-dev, a-ops" },
              { field: "organizations", before: "A-org", after: null },
            ],
          },
          {
            id: "b",
            fields: [
              { field: "contracts[0].until", before: "2027-03-31", after: "2028-03-31" },
              { field: "contracts[0].tier", before: null, after: "gold" },
              { field: "contracts[0].targets.S1", before: null, after: "2h" },
            ],
          },
        ],
        unchanged: 0,
        kept: 0,
        people: { ...NOTHING, added: ["kenji"] },
      },
    });
    expect(await exportCustomers(open().db, owner)).toEqual(before);
  });

  test("customers are found by what belongs to them, whatever the case", async () => {
    const owner = anOwner();
    const stranger = anOwner();
    await load(owner, TWO);
    await load(stranger, TWO);
    const { db } = open();
    expect(ids(await customersByLogin(db, owner, "a-DEV"))).toEqual(["a"]);
    expect(ids(await customersByLogin(db, owner, "nobody"))).toEqual([]);
    expect(ids(await customersByOrganizations(db, owner, ["x", "a-ORG"]))).toEqual(["a"]);
    expect(ids(await customersByOrganizations(db, owner, []))).toEqual([]);
    expect(ids(await customersByDomain(db, owner, "A.example"))).toEqual(["a"]);
    expect(ids(await customersByDomain(db, owner, "mail.tokyo.a.example"))).toEqual(["a"]);
    expect(ids(await customersByDomain(db, owner, "nota.example"))).toEqual([]);
    expect(await organizationsOfCustomers(db, owner)).toEqual(["a-org"]);
    expect((await customerById(db, owner, "B"))?.id).toBe("b");
    expect(await customerById(db, owner, "z")).toBe(null);
  });

  test("people are found by login, whatever the case", async () => {
    const owner = anOwner();
    await load(owner, EXAMPLE);
    expect((await personByGithub(open().db, owner, "KENJI"))?.email).toBe("kenji@acme.example");
    expect(await personByGithub(open().db, owner, "dana")).toBe(null);
  });

  test("what a stored customer has cannot be claimed by another in the file", async () => {
    const owner = anOwner();
    await load(owner, TWO);
    const text = `customers:
  - id: c
    name: C
    logins: [b-DEV]
    organizations: [a-org]
    domains: [A.example]
  - { id: B, name: B }
`;
    const outcome = await load(owner, text);
    expect(outcome.kind === "problems" ? said(outcome.problems) : []).toEqual([
      "4:14 The login b-dev on line 4 belongs to the stored customer b. Take it away from c here, or import b without it in the same file.",
      "5:21 The organisation a-org on line 5 belongs to the stored customer a. Take it away from c here, or import a without it in the same file.",
      "6:15 The domain a.example on line 6 belongs to the stored customer a. Take it away from c here, or import a without it in the same file.",
      "7:11 The customer B on line 7 is stored as b. Write the id in these letters.",
    ]);
    expect(ids(await customersOfOwner(open().db, owner))).toEqual(["a", "b"]);
  });

  test("two customers of one file may exchange what they have", async () => {
    const owner = anOwner();
    await load(owner, TWO);
    await load(owner, "customers: [{ id: a, name: A, logins: [b-dev] }, { id: b, name: B, logins: [A-dev] }]");
    expect(ids(await customersByLogin(open().db, owner, "b-dev"))).toEqual(["a"]);
    expect(ids(await customersByLogin(open().db, owner, "a-dev"))).toEqual(["b"]);
    expect(await organizationsOfCustomers(open().db, owner)).toEqual([]);
  });

  test("CSV changes the flat part and leaves what it cannot say, but for another owner's Slack", async () => {
    const owner = anOwner();
    await load(owner, EXAMPLE);
    const header =
      "id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until\n";
    const row = (name: string, mail: string) =>
      `shinshu-bank,Shinshu Bank,Asia/Tokyo,true,${name},${mail},ja,kenji,sb-dev1,shinshu-bank,shinshu-bank.example,subscription,gold,2026-04-01,2028-03-31\n`;
    await load(owner, header + row("Sato Hanako", "sato@acme.example"), { format: "csv" });
    const stored = await customerById(open().db, owner, "shinshu-bank");
    expect(stored).toMatchObject({
      confidential: true,
      owner: { name: "Sato Hanako", slack: "U0123", deputy: { name: "Mori" } },
      ids: { zendesk: "3600" },
      contacts: [{ name: "Ito" }],
      contracts: [{ plan: "subscription", until: "2028-03-31", targets: { S1: { amount: 2, unit: "h" } } }],
    });
    await load(owner, header + row("Abe", "abe@acme.example"), { format: "csv" });
    expect((await customerById(open().db, owner, "shinshu-bank"))?.owner).toMatchObject({
      name: "Abe",
      slack: null,
      deputy: { name: "Mori" },
    });
  });

  test("what changed is due at once, then when a contract next begins or ends, and an import in between is not lost", async () => {
    const owner = anOwner();
    const { db } = open();
    const due = async (now: number) =>
      (await customersDueAt(db, now, 1000)).filter((each) => each.ownerId === owner).map(({ customer }) => customer.id);
    await load(owner, TWO, { now: NOW });
    expect(await due(NOW - 1)).toEqual([]);
    expect(await due(NOW)).toEqual(["a", "b"]);
    await setCustomerDue(db, { ownerId: owner, customerId: "a", wasDueAt: NOW, dueAt: null });
    await setCustomerDue(db, { ownerId: owner, customerId: "b", wasDueAt: NOW, dueAt: NOW + 1000 });
    expect(await due(NOW + 999)).toEqual([]);
    expect(await due(NOW + 1000)).toEqual(["b"]);
    await load(owner, "customers: [{ id: b, name: Bravo }]", { now: NOW + 2000 });
    await setCustomerDue(db, { ownerId: owner, customerId: "b", wasDueAt: NOW + 1000, dueAt: null });
    expect(await due(NOW + 2000)).toEqual(["b"]);
    await setAllCustomersDue(db, owner, NOW + 3000);
    expect(await due(NOW + 2999)).toEqual([]);
    expect(await due(NOW + 3000)).toEqual(["a", "b"]);
  });

  test("what was imported before any installation is due to nobody and belongs to the first that comes", async () => {
    const owner = anOwner();
    const { db } = open();
    await load(owner, "customers: [{ id: mine, name: Mine, logins: [mine-dev] }]");
    const text = `${TWO}  - { id: clash, name: Clash, logins: [Mine-dev] }\n  - { id: Mine, name: Mine }\npeople: [{ github: kenji }]\n`;
    await load(NO_OWNER, text);
    await db
      .insertInto("cases")
      .values({ owner_id: 0, reference: "CASE-1", title: "One", state: "open", stamps: "{}", created_at: NOW })
      .execute();
    expect((await customersDueAt(db, NOW, 1000)).filter((due) => due.ownerId === NO_OWNER)).toEqual([]);

    const claimed = await open().transaction((tx) => claimUnowned(tx, owner));

    expect(claimed).toEqual({ customers: 2, people: 1, cases: 1 });
    expect(ids(await customersOfOwner(db, owner))).toEqual(["a", "b", "mine"]);
    expect(ids(await customersByLogin(db, owner, "a-dev"))).toEqual(["a"]);
    expect((await personByGithub(db, owner, "kenji"))?.github).toBe("kenji");
    expect(ids(await customersOfOwner(db, NO_OWNER))).toEqual(["Mine", "clash"]);
    expect((await customersDueAt(db, NOW, 1000)).filter((due) => due.ownerId === owner)).toHaveLength(3);
  });

  test("ten thousand customers are imported in one go", async () => {
    const owner = anOwner();
    const rows = Array.from({ length: 10_000 }, (_, n) => `c${n},Name,,,,,,,l${n} m${n},o${n},d${n}.example,,,,\n`);
    const header =
      "id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until\n";
    const outcome = await load(owner, header + rows.join(""), { format: "csv" });
    expect(outcome.kind === "changes" ? outcome.changes.added.length : 0).toBe(10_000);
    expect(ids(await customersByLogin(open().db, owner, "M9999"))).toEqual(["c9999"]);
  });
});
