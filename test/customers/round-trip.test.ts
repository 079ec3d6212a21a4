import fc from "fast-check";
import { expect, test } from "vitest";
import { planImport } from "../../src/customers/changes.ts";
import { identitiesOf, identityKey } from "../../src/customers/claims.ts";
import type { AccountOwner, Contract, Customer, CustomersFile, Person } from "../../src/customers/customer.ts";
import { customersToCsv, customersToYaml } from "../../src/customers/write.ts";
import { aCustomer, readFile } from "./builders.ts";

const words = [
  "Sato",
  "佐藤 花子",
  '"quoted", and more',
  "=1+1",
  "- dash",
  "yes",
  "null",
  "# no comment",
  "a: b",
  "~",
  "1e3",
  "O'Neil",
  "*star",
  "&and",
  "{}",
  "é\u0301",
];
const name = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter(isLine),
);
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const email = fc.constantFrom("sato@acme.example", "ito+x@shinshu-bank.example", "o'neil@例え.example");
const language = fc.constantFrom("en", "ja");
const login = fc.stringMatching(/^[a-zA-Z0-9][a-z0-9-]{0,8}$/);
const zone = fc.constantFrom("UTC", "Asia/Tokyo", "America/Los_Angeles");
const slack = fc.constantFrom("U0123", "W9ABC");

const reachable = fc.record({
  name,
  email: orNull(email),
  language: orNull(language),
  slack: orNull(slack),
  github: orNull(login),
});
const owner: fc.Arbitrary<AccountOwner> = fc
  .record({ who: reachable, deputy: orNull(reachable) })
  .map(({ who, deputy }) => ({ ...who, deputy }));

const duration = fc.record({
  amount: fc.integer({ min: 1, max: 1000 }),
  unit: fc.constantFrom("s", "m", "h", "d", "w"),
});
const contract: fc.Arbitrary<Contract> = fc.record({
  plan: fc.constantFrom("subscription", "consulting"),
  tier: orNull(name),
  from: fc.constantFrom("2024-02-29", "2026-04-01"),
  until: fc.constantFrom("2026-04-01", "9999-12-31"),
  targets: fc.record({ S1: duration, S4: duration }, { requiredKeys: [] }),
});

const customer: fc.Arbitrary<Customer> = fc.record({
  id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/),
  name,
  timezone: zone,
  confidential: fc.boolean(),
  owner: orNull(owner),
  consultant: orNull(fc.record({ github: login })),
  logins: fc.uniqueArray(login, { maxLength: 3, selector: (text) => text.toLowerCase() }),
  organizations: fc.uniqueArray(login, { maxLength: 3, selector: (text) => text.toLowerCase() }),
  domains: fc.uniqueArray(fc.constantFrom("a.example", "b.example", "ドメイン.example"), { maxLength: 2 }),
  ids: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9.]{0,8}$/), name, { maxKeys: 3 }).map(sorted),
  contacts: fc.uniqueArray(fc.record({ name, email, language: orNull(language) }), {
    maxLength: 2,
    selector: (contact) => contact.email,
  }),
  contracts: fc.uniqueArray(contract, {
    maxLength: 3,
    selector: ({ plan, tier, from }) => JSON.stringify([plan, tier, from]),
  }),
});

const person: fc.Arbitrary<Person> = fc.record({
  github: login,
  name: orNull(name),
  email: orNull(email),
  slack: orNull(slack),
  language: orNull(language),
  timezone: orNull(zone),
  hours: orNull(fc.constantFrom("09:00-18:00", "22:00-06:00", "00:00-24:00")),
});

const file: fc.Arbitrary<CustomersFile> = fc.record({
  customers: fc.uniqueArray(customer, { maxLength: 4, selector: ({ id }) => id }).map(withoutDoubleClaims),
  people: fc.uniqueArray(person, { maxLength: 3, selector: ({ github }) => github.toLowerCase() }),
});

function isLine(text: string): boolean {
  return text.trim() === text && text !== "" && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff]/u.test(text);
}

function sorted(ids: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(ids).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutDoubleClaims(customers: readonly Customer[]): Customer[] {
  const taken = new Set<string>();
  return customers.map((each) => {
    const keys = identitiesOf(each).map(({ kind, value }) => identityKey(kind, value));
    if (keys.some((key) => taken.has(key))) return { ...each, logins: [], organizations: [], domains: [] };
    for (const key of keys) taken.add(key);
    return each;
  });
}

function changesOf(text: string, format: "yaml" | "csv", stored: CustomersFile) {
  const plan = planImport(readFile(text, format), stored);
  if (plan.kind === "problems") throw new Error(plan.problems.map(({ message }) => message).join("\n"));
  const { added, changed, unchanged, people } = plan.changes;
  return { added, changed, unchanged, people: [people.added, people.changed, people.unchanged] };
}

test("what is exported as YAML or JSON and imported again changes nothing", () => {
  fc.assert(
    fc.property(file, fc.constantFrom("yaml", "json"), (stored, form) => {
      expect(changesOf(customersToYaml(stored, form), "yaml", stored)).toEqual({
        added: [],
        changed: [],
        unchanged: stored.customers.length,
        people: [[], [], stored.people.length],
      });
    }),
    { numRuns: 500 },
  );
});

test("what is exported as CSV and imported again changes nothing, not even what CSV cannot say", () => {
  fc.assert(
    fc.property(file, (stored) => {
      expect(changesOf(customersToCsv(stored), "csv", stored)).toEqual({
        added: [],
        changed: [],
        unchanged: stored.customers.length,
        people: [[], [], 0],
      });
    }),
    { numRuns: 500 },
  );
});

test("a customer is written as a person would write it", () => {
  const stored = aCustomer({
    timezone: "Asia/Tokyo",
    owner: { name: "Sato", email: "sato@acme.example", language: "ja", slack: null, github: null, deputy: null },
    logins: ["sb-dev1"],
    ids: { zendesk: "3600" },
    contracts: [
      {
        plan: "subscription",
        tier: "gold",
        from: "2026-04-01",
        until: "2027-03-31",
        targets: { S1: { amount: 2, unit: "h" } },
      },
    ],
  });
  expect(customersToYaml({ customers: [stored], people: [] })).toBe(`customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner:
      name: Sato
      email: sato@acme.example
      language: ja
    logins:
      - sb-dev1
    ids:
      zendesk: "3600"
    contracts:
      - plan: subscription
        tier: gold
        from: 2026-04-01
        until: 2027-03-31
        targets:
          S1: 2h
`);
  expect(customersToCsv({ customers: [stored], people: [] })).toBe(
    `id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until
shinshu-bank,Shinshu Bank,Asia/Tokyo,false,Sato,sato@acme.example,ja,,sb-dev1,,,subscription,gold,2026-04-01,2027-03-31
`,
  );
});
