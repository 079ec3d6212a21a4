// Claims of a file against customers that are stored and not in it. Pure; apart from the claims inside one file, which need no store.
import { identitiesOf, identityKey } from "./claims.ts";
import type { Customer } from "./customer.ts";
import { type FileProblem, orderedProblems } from "./file.ts";
import type { ReadCustomersFile } from "./parse.ts";

const WORDS = { login: "login", organization: "organisation", domain: "domain" } as const;

/** A problem for each id, login, organisation or domain of the file that a stored customer has; it names the line and the customer. */
export function collectIdentityClashes(read: ReadCustomersFile, stored: readonly Customer[]): readonly FileProblem[] {
  const inFile = new Set(read.file.customers.map(({ id }) => id));
  const others = stored.filter(({ id }) => !inFile.has(id));
  const problems = others.flatMap((other) => [
    ...idClash(read, other),
    ...identitiesOf(other).flatMap(({ kind, value }) => {
      const claim = read.claims.get(identityKey(kind, value));
      if (claim === undefined) return [];
      const message = `The ${WORDS[kind]} ${value} on line ${claim.place.line} belongs to the stored customer ${other.id}. Take it away from ${claim.by} here, or import ${other.id} without it in the same file.`;
      return [{ ...claim.place, message }];
    }),
  ]);
  return orderedProblems(problems);
}

function idClash(read: ReadCustomersFile, other: Customer): FileProblem[] {
  const claim = read.claims.get(`id:${other.id.toLowerCase()}`);
  if (claim === undefined) return [];
  const message = `The customer ${claim.by} on line ${claim.place.line} is stored as ${other.id}. Write the id in these letters.`;
  return [{ ...claim.place, message }];
}

/** Something of a customer that another one has. */
export type ClaimedBy = {
  readonly of: "id" | "login" | "organization" | "domain";
  readonly value: string;
  readonly by: string;
};

/** What of one customer others have: the same rule without a file and its lines. An id in the same letters is the customer itself. */
export function claimedBy(customer: Customer, others: readonly Customer[]): readonly ClaimedBy[] {
  const wanted = new Set(identitiesOf(customer).map(({ kind, value }) => identityKey(kind, value)));
  return others.flatMap((other) => {
    if (other.id === customer.id) return [];
    const taken = identitiesOf(other)
      .filter(({ kind, value }) => wanted.has(identityKey(kind, value)))
      .map(({ kind, value }): ClaimedBy => ({ of: kind, value, by: other.id }));
    const isSameId = other.id.toLowerCase() === customer.id.toLowerCase();
    return isSameId ? [{ of: "id", value: customer.id, by: other.id }, ...taken] : taken;
  });
}
