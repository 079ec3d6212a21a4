// A customer as the fields of a form, and back: as a customers file would write it. Pure, so that a form and a file are held against the same rules.
import { type ClaimedBy, claimedBy } from "../../customers/clashes.ts";
import { type Customer, SEVERITIES, toPlainCustomer } from "../../customers/customer.ts";
import { customerSchema } from "../../customers/schema.ts";
import type { Form } from "../../web/form.ts";

/** By the field's name: `owner.email`, `contracts[0].until`. */
export type Fields = ReadonlyMap<string, string>;

/** `message` in the words of the files' rules; or what another customer has. */
export type FormProblem =
  | { readonly kind: "rule"; readonly field: string; readonly message: string }
  | ({ readonly kind: "claimed"; readonly field: string } & ClaimedBy);

export type ReadForm =
  | { readonly kind: "customer"; readonly customer: Customer }
  | { readonly kind: "problems"; readonly problems: readonly FormProblem[] };

export const REACHABLE = ["name", "email", "language", "slack", "github"] as const;
export const CONTACT = ["name", "email", "language"] as const;
export const CONTRACT = [
  "plan",
  "tier",
  "from",
  "until",
  ...SEVERITIES.map((each) => `targets.${each}` as const),
] as const;
/** Of a customer with more entries of a kind, a form would lose some. */
export const MOST_ENTRIES = 200;

const LISTS = ["logins", "organizations", "domains"] as const;

/** What was typed, put in order: empty entries fall away. */
export function typedCustomer(form: Form): Readonly<Record<string, unknown>> {
  const text = (name: string): string | null => form.text(name).trim() || null;
  const words = (name: string) => (text(name) ?? "").split(/[\s,、]+/).filter((word) => word !== "");
  const group = (prefix: string, keys: readonly string[]): Record<string, unknown> | null => {
    const values = keys.map((key) => [key, text(`${prefix}${key}`)] as const).filter(([, value]) => value !== null);
    return values.length === 0 ? null : nested(values);
  };
  const groups = (name: string, keys: readonly string[]) =>
    Array.from({ length: MOST_ENTRIES + 10 }, (_, index) => group(`${name}[${index}].`, keys)).filter(
      (entry) => entry !== null,
    );
  const deputy = group("owner.deputy.", REACHABLE);
  const owner = group("owner.", REACHABLE);
  return {
    id: text("id") ?? undefined,
    name: text("name") ?? undefined,
    timezone: text("timezone"),
    confidential: form.text("confidential") === "yes",
    owner: owner === null && deputy === null ? null : { ...owner, deputy },
    consultant: group("consultant.", ["github"]),
    ...Object.fromEntries(LISTS.map((name) => [name, words(name)])),
    ids: idsIn(form.text("ids")),
    contacts: groups("contacts", CONTACT),
    contracts: groups("contracts", CONTRACT),
  };
}

/** `targets.S1` into a map of its own. */
function nested(values: readonly (readonly [string, string | null])[]): Record<string, unknown> {
  const targets = values.filter(([key]) => key.startsWith("targets."));
  const plain = Object.fromEntries(values.filter(([key]) => !key.startsWith("targets.")));
  if (targets.length === 0) return plain;
  return {
    ...plain,
    targets: Object.fromEntries(targets.map(([key, value]) => [key.slice("targets.".length), value])),
  };
}

/** A line each: where, a colon, the id there. */
function idsIn(text: string): Record<string, string> {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const [where = "", ...id] = line.split(":");
      return [where.trim(), id.join(":").trim()];
    }),
  );
}

/** Holds what was typed against the rules, and against what other customers have. */
export function readCustomer(typed: unknown, others: readonly Customer[]): ReadForm {
  const read = customerSchema.safeParse(typed);
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }): FormProblem => ({ kind: "rule", field: fieldAt(path), message }),
    );
    return { kind: "problems", problems };
  }
  const customer: Customer = read.data;
  const problems = [...twice(customer), ...claimedBy(customer, others).map(ofClaim)];
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "customer", customer };
}

const ofClaim = (claim: ClaimedBy): FormProblem => ({ ...claim, kind: "claimed", field: CLAIM_FIELDS[claim.of] });

const CLAIM_FIELDS = { id: "id", login: "logins", organization: "organizations", domain: "domains" } as const;

/** A contact is told apart by the address. */
function twice({ contacts }: Customer): FormProblem[] {
  const addresses = contacts.map(({ email }) => email.toLowerCase());
  return addresses.flatMap((email, index) =>
    addresses.indexOf(email) === index
      ? []
      : [{ kind: "rule", field: `contacts[${index}].email`, message: `The contact ${email} stands twice. Keep one.` }],
  );
}

/** Of a list that is one field, the field. */
function fieldAt(path: readonly PropertyKey[]): string {
  const [first] = path;
  if (first === "ids" || LISTS.some((name) => name === first)) return String(first);
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${String(part)}`))
    .join("");
}

export const fieldsOfCustomer = (customer: Customer): Fields => fieldsOf(toPlainCustomer(customer));

/** Whether the form would give the customer back as it is: what a file can say and a form cannot stays the file's. */
export function fitsForm(customer: Customer): boolean {
  const fields = fieldsOfCustomer(customer);
  const text = (name: string) => fields.get(name) ?? "";
  const read = readCustomer(typedCustomer({ text, all: (name) => [text(name)] }), []);
  const same = (each: Customer) => JSON.stringify(toPlainCustomer(each));
  return read.kind === "customer" && same(read.customer) === same(customer);
}

/** What stands in the form: of a customer that is stored, or of what was typed. */
export function fieldsOf(plain: unknown): Fields {
  const fields = new Map<string, string>();
  if (typeof plain !== "object" || plain === null) return fields;
  for (const [key, value] of Object.entries(plain)) {
    if (key === "ids") fields.set(key, linesOf(value));
    else spread(value, key, fields);
  }
  return fields;
}

const linesOf = (ids: unknown): string =>
  typeof ids !== "object" || ids === null
    ? ""
    : Object.entries(ids)
        .map(([where, id]) => `${where}: ${id}`)
        .join("\n");

function spread(value: unknown, field: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every((item) => typeof item === "string")) into.set(field, items.join(" "));
    else for (const [index, item] of items.entries()) spread(item, `${field}[${index}]`, into);
  } else if (typeof value === "object")
    for (const [key, item] of Object.entries(value)) spread(item, `${field}.${key}`, into);
  else into.set(field, value === true ? "yes" : value === false ? "" : String(value));
}

export const countEntries = (fields: Fields, list: "contacts" | "contracts"): number =>
  [...fields.keys()].reduce((most, field) => {
    const index = new RegExp(`^${list}\\[(\\d+)\\]`).exec(field)?.[1];
    return index === undefined ? most : Math.max(most, Number(index) + 1);
  }, 0);
