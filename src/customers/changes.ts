// What an import would change, field by field. Pure, so that `check` and `import` cannot tell different stories.
import { collectIdentityClashes } from "./clashes.ts";
import {
  type AccountOwner,
  type Contract,
  type Customer,
  type CustomersFile,
  type Person,
  toPlainCustomer,
} from "./customer.ts";
import type { FileProblem } from "./file.ts";
import type { ReadCustomersFile } from "./parse.ts";

/** Null is "nothing there". */
export type FieldChange = { readonly field: string; readonly before: string | null; readonly after: string | null };

export type ChangeList = {
  readonly added: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly FieldChange[] }[];
  readonly unchanged: number;
  /** Stored and not in the file: they stay as they are. */
  readonly kept: number;
};

export type Changes = ChangeList & { readonly people: ChangeList };

/** One line of what an import changed, for the log. */
export const importedWords = ({ added, changed, people }: Changes): string =>
  `imported customers: ${added.length} added, ${changed.length} changed; people: ${people.added.length} added, ${people.changed.length} changed`;

type ImportPlan = {
  readonly kind: "plan";
  /** Only what is added or changed, as it will be stored. */
  readonly customers: readonly Customer[];
  readonly people: readonly Person[];
  readonly changes: Changes;
};

export type PlannedImport = ImportPlan | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

/** Compares a file with what is stored. A claim on what a stored customer outside the file has is a problem. */
export function planImport(read: ReadCustomersFile, stored: CustomersFile): PlannedImport {
  const problems = collectIdentityClashes(read, stored.customers);
  if (problems.length > 0) return { kind: "problems", problems };
  const known = new Map(stored.customers.map((customer) => [customer.id, customer]));
  const wanted = read.file.customers.map((customer) =>
    read.format === "csv" ? keepWhatCsvCannotSay(customer, known.get(customer.id)) : customer,
  );
  const customers = compare(wanted, stored.customers, { idOf: ({ id }) => id, plainOf: toPlainCustomer });
  const people = compare(read.file.people, stored.people, {
    idOf: ({ github }) => github.toLowerCase(),
    plainOf: (person) => person,
  });
  return {
    kind: "plan",
    customers: customers.written,
    people: people.written,
    changes: { ...customers.list, people: people.list },
  };
}

/** CSV holds the flat part only; contacts, ids and the like, once given in YAML, stay. */
function keepWhatCsvCannotSay(customer: Customer, stored: Customer | undefined): Customer {
  if (stored === undefined) return customer;
  return {
    ...customer,
    ids: stored.ids,
    contacts: stored.contacts,
    owner: keepOwner(customer.owner, stored.owner),
    contracts: customer.contracts.map((contract) => keepTargets(contract, stored.contracts)),
  };
}

function keepOwner(owner: AccountOwner | null, stored: AccountOwner | null): AccountOwner | null {
  if (owner === null || stored === null) return owner;
  // Another name and address is another person: the former one's Slack would tell the wrong one.
  const isSame = owner.name === stored.name || (owner.email !== null && owner.email === stored.email);
  return { ...owner, deputy: stored.deputy, ...(isSame && { slack: stored.slack, github: stored.github }) };
}

function keepTargets(contract: Contract, stored: readonly Contract[]): Contract {
  const same = stored.find(
    ({ plan, tier, from }) => plan === contract.plan && tier === contract.tier && from === contract.from,
  );
  return same === undefined ? contract : { ...contract, targets: same.targets };
}

type Comparison<Item> = { readonly idOf: (item: Item) => string; readonly plainOf: (item: Item) => unknown };

function compare<Item>(
  wanted: readonly Item[],
  stored: readonly Item[],
  { idOf, plainOf }: Comparison<Item>,
): { readonly written: readonly Item[]; readonly list: ChangeList } {
  const known = new Map(stored.map((item) => [idOf(item), item]));
  const written: Item[] = [];
  const added: string[] = [];
  const changed: ChangeList["changed"][number][] = [];
  for (const item of wanted) {
    const before = known.get(idOf(item));
    const fields = before === undefined ? [] : fieldChanges(plainOf(before), plainOf(item));
    if (before === undefined) added.push(idOf(item));
    else if (fields.length > 0) changed.push({ id: idOf(item), fields });
    else continue;
    written.push(item);
  }
  const unchanged = wanted.length - written.length;
  return { written, list: { added, changed, unchanged, kept: stored.length - unchanged - changed.length } };
}

/** The fields in which two plain values differ, named as in the file: `owner.email`, `contracts[0].until`. */
export function fieldChanges(before: unknown, after: unknown): readonly FieldChange[] {
  const old = new Map<string, string>();
  const young = new Map<string, string>();
  flatten(before, "", old);
  flatten(after, "", young);
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((field) => old.get(field) !== young.get(field))
    .map((field) => ({ field, before: old.get(field) ?? null, after: young.get(field) ?? null }));
}

function flatten(value: unknown, field: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > 0 && items.every((item) => typeof item === "string")) into.set(field, items.join(", "));
    else for (const [index, item] of items.entries()) flatten(item, `${field}[${index}]`, into);
  } else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value)) flatten(item, field === "" ? key : `${field}.${key}`, into);
  } else into.set(field, String(value));
}
