// Customers, contracts and files as tests need them.
import type { Contract, Customer } from "../../src/customers/customer.ts";
import type { FileFormat, FileProblem } from "../../src/customers/file.ts";
import { parseCustomers, type ReadCustomersFile } from "../../src/customers/parse.ts";

export const DAYS_30 = { amount: 30, unit: "d" } as const;

export function aContract(parts: Partial<Contract> = {}): Contract {
  return { plan: "subscription", tier: null, from: "2026-04-01", until: "2027-03-31", targets: {}, ...parts };
}

export function aCustomer(parts: Partial<Customer> = {}): Customer {
  return {
    id: "shinshu-bank",
    name: "Shinshu Bank",
    timezone: "UTC",
    confidential: false,
    owner: null,
    consultant: null,
    logins: [],
    organizations: [],
    domains: [],
    ids: {},
    contacts: [],
    contracts: [],
    ...parts,
  };
}

/** A file that is right; throws with its problems otherwise. */
export function readFile(text: string, format: FileFormat = "yaml"): ReadCustomersFile {
  const parsed = parseCustomers(text, format);
  if (parsed.kind === "file") return parsed;
  throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
}

/** What is wrong with a file, as `line:column message`. */
export function problemsIn(text: string, format: FileFormat = "yaml"): string[] {
  const parsed = parseCustomers(text, format);
  return parsed.kind === "file" ? [] : said(parsed.problems);
}

export function said(problems: readonly FileProblem[]): string[] {
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** The example of the product's description, whole. */
export const EXAMPLE = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    confidential: false
    owner: { name: Sato, email: sato@acme.example, language: ja, slack: U0123, deputy: { name: Mori, email: mori@acme.example } }     # the account owner; GitHub login optional
    consultant: { github: kenji }
    logins: [sb-dev1]
    organizations: [shinshu-bank]
    domains: [shinshu-bank.example]
    ids: { zendesk: "3600", salesforce: 001xx }
    contacts: [{ name: Ito, email: ito@shinshu-bank.example, language: ja }]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-04-01, until: 2027-03-31, targets: { S1: 2h } }   # stricter of contract and policy wins
      - { plan: consulting, from: 2026-06-01, until: 2026-12-31 }
people:                        # where supporters, maintainers, deciders hear things privately
  - { github: kenji, name: Kenji, email: kenji@acme.example, slack: U0456, language: ja, timezone: Asia/Tokyo, hours: "09:00-18:00" }
`;
