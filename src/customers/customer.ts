// What a customer is, as `customers.yml` writes it: the types, and the form in which it is stored. Apart, because files, store and pages share it.
import type { Duration, Language, Severity } from "../policy/policy.ts";
import { customerSchema, personSchema } from "./schema.ts";

export type { Duration, Severity } from "../policy/policy.ts";

export const SEVERITIES = ["S1", "S2", "S3", "S4"] as const;

/** `from` and `until` are days (YYYY-MM-DD) in the customer's time zone, both inclusive. `targets` are working time. */
export type Contract = {
  readonly plan: "subscription" | "consulting";
  readonly tier: string | null;
  readonly from: string;
  readonly until: string;
  readonly targets: Readonly<Partial<Record<Severity, Duration>>>;
};

/** Where somebody can be told something; a deputy has the same. */
type Reachable = {
  readonly name: string;
  readonly email: string | null;
  readonly language: Language | null;
  readonly slack: string | null;
  readonly github: string | null;
};

/** The person who owns the account. */
export type AccountOwner = Reachable & { readonly deputy: Reachable | null };

type Contact = { readonly name: string; readonly email: string; readonly language: Language | null };

export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly confidential: boolean;
  readonly owner: AccountOwner | null;
  readonly consultant: { readonly github: string } | null;
  readonly logins: readonly string[];
  readonly organizations: readonly string[];
  readonly domains: readonly string[];
  /** Their ids elsewhere (help desk, CRM), by the name of that place. */
  readonly ids: Readonly<Record<string, string>>;
  readonly contacts: readonly Contact[];
  readonly contracts: readonly Contract[];
};

/** Where a supporter, maintainer or decider hears things privately. */
export type Person = {
  readonly github: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly slack: string | null;
  readonly language: Language | null;
  readonly timezone: string | null;
  /** `HH:MM-HH:MM` in their time zone; the second may be the earlier: then they span midnight. */
  readonly hours: string | null;
};

export type CustomersFile = { readonly customers: readonly Customer[]; readonly people: readonly Person[] };

/** The customer in the file's own form (lengths as text), which is also how it is stored. */
export function toPlainCustomer(customer: Customer): unknown {
  const contracts = customer.contracts.map((contract) => ({ ...contract, targets: toPlainTargets(contract.targets) }));
  return { ...customer, contracts };
}

function toPlainTargets(targets: Contract["targets"]): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const severity of SEVERITIES) {
    const duration = targets[severity];
    if (duration !== undefined) plain[severity] = `${duration.amount}${duration.unit}`;
  }
  return plain;
}

/** @throws when what was stored is not a customer. */
export function storedCustomer(json: string): Customer {
  return customerSchema.parse(JSON.parse(json));
}

/** @throws when what was stored is not a person. */
export function storedPerson(json: string): Person {
  return personSchema.parse(JSON.parse(json));
}
