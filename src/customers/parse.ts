// The text of a customers file, YAML or CSV → customers and people, or all that is wrong with it. Pure: page, API and command share it.
import { type Claim, collectClaims, type ReadCustomer, type ReadPerson } from "./claims.ts";
import { readCustomerRows } from "./csv-rows.ts";
import type { CustomersFile } from "./customer.ts";
import { checkItem, type FileFormat, type FileItem, type FileProblem, MAX_PROBLEMS, orderedProblems } from "./file.ts";
import { customerSchema, personSchema } from "./schema.ts";
import { readYamlLists } from "./yaml-file.ts";

/** A file that is right in itself. `claims` says where each login, organisation and domain stands. */
export type ReadCustomersFile = {
  readonly kind: "file";
  readonly format: FileFormat;
  readonly file: CustomersFile;
  readonly claims: ReadonlyMap<string, Claim>;
};

export type ParsedCustomers =
  | ReadCustomersFile
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

type Source = {
  readonly customers: readonly FileItem[];
  readonly people: readonly FileItem[];
  readonly problems: readonly FileProblem[];
};

/** Reads a whole file; up to fifty problems are told at once. Bounded in time and memory, and never throws over its input. */
export function parseCustomers(text: string, format: FileFormat): ParsedCustomers {
  const source = format === "yaml" ? readYaml(text) : { ...readCustomerRows(text), people: [] };
  const problems: FileProblem[] = [...source.problems];
  const customers: ReadCustomer[] = [];
  const people: ReadPerson[] = [];
  for (const item of source.customers) {
    if (problems.length >= MAX_PROBLEMS) break;
    const checked = checkItem(customerSchema, item);
    if (checked.kind === "value") customers.push({ customer: checked.value, item });
    else problems.push(...checked.problems);
  }
  for (const item of source.people) {
    if (problems.length >= MAX_PROBLEMS) break;
    const checked = checkItem(personSchema, item);
    if (checked.kind === "value") people.push({ person: checked.value, item });
    else problems.push(...checked.problems);
  }
  const { claims, problems: doubles } = collectClaims(customers, people);
  if (problems.length + doubles.length > 0)
    return { kind: "problems", problems: orderedProblems([...problems, ...doubles]) };
  const file = { customers: customers.map(({ customer }) => customer), people: people.map(({ person }) => person) };
  return { kind: "file", format, file, claims };
}

function readYaml(text: string): Source {
  const { lists, problems } = readYamlLists(text, ["customers", "people"]);
  return { customers: lists.customers, people: lists.people, problems };
}
