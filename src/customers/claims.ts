// What only one customer or person may have: ids, logins, organisations, domains, people. Pure; it knows the line of every claim.
import type { Customer, Person } from "./customer.ts";
import { type FileItem, type FileProblem, onLines, type Place } from "./file.ts";

export type ReadCustomer = { readonly customer: Customer; readonly item: FileItem };
export type ReadPerson = { readonly person: Person; readonly item: FileItem };

/** Who claims something in a file, and where. */
export type Claim = { readonly by: string; readonly place: Place };

export type Claims = {
  /** By `login:x`, `organization:x`, `domain:x`, all lower case. */
  readonly claims: ReadonlyMap<string, Claim>;
  readonly problems: readonly FileProblem[];
};

/** Collects every claim of a file. A second claim on the same is a problem that names both lines. */
export function collectClaims(customers: readonly ReadCustomer[], people: readonly ReadPerson[]): Claims {
  const claims = new Map<string, Claim>();
  const problems: FileProblem[] = [];
  const claim = (key: string, { by, place }: Claim, say: (lines: string, other: Claim) => string) => {
    const other = claims.get(key);
    if (other === undefined) claims.set(key, { by, place });
    else problems.push({ ...place, message: say(onLines(other.place, place), other) });
  };
  for (const { customer, item } of customers) {
    const by = customer.id;
    claim(`id:${by.toLowerCase()}`, { by, place: item.placeOf(["id"]) }, (lines, other) =>
      by === other.by
        ? `The customer ${by} stands twice, ${lines}. Put both into one entry, or give one another id.`
        : `The customers ${other.by} and ${by}, ${lines}, differ only in capital letters. Give one another id.`,
    );
    for (const { key, word, value, place } of identitiesIn(customer, item)) {
      if (claims.get(key)?.by === by) continue;
      claim(
        key,
        { by, place },
        (lines, other) =>
          `The ${word} ${value} belongs to ${other.by} and to ${by}, ${lines}. Take it away from one of them.`,
      );
    }
    for (const [index, { email }] of customer.contacts.entries()) {
      const place = item.placeOf(["contacts", index, "email"]);
      claim(
        `contact:${by}:${email.toLowerCase()}`,
        { by, place },
        (lines) => `The contact ${email} of ${by} stands twice, ${lines}. Keep one.`,
      );
    }
  }
  for (const { person, item } of people) {
    const place = item.placeOf(["github"]);
    claim(
      `person:${person.github.toLowerCase()}`,
      { by: person.github, place },
      (lines) => `The person ${person.github} stands twice, ${lines}. Keep one.`,
    );
  }
  return { claims, problems };
}

type Identity = { readonly kind: "login" | "organization" | "domain"; readonly value: string };

/** What belongs to a customer, lower case, each once. */
export function identitiesOf(customer: Customer): readonly Identity[] {
  const all: readonly Identity[] = [
    ...customer.logins.map((value) => ({ kind: "login", value }) as const),
    ...customer.organizations.map((value) => ({ kind: "organization", value }) as const),
    ...customer.domains.map((value) => ({ kind: "domain", value }) as const),
  ];
  const byKey = new Map(all.map(({ kind, value }) => [identityKey(kind, value), { kind, value: value.toLowerCase() }]));
  return [...byKey.values()];
}

export function identityKey(kind: Identity["kind"], value: string): string {
  return `${kind}:${value.toLowerCase()}`;
}

function identitiesIn(customer: Customer, item: FileItem) {
  const under = (list: "logins" | "organizations" | "domains", kind: Identity["kind"], word: string) =>
    customer[list].map((value, index) => ({
      key: identityKey(kind, value),
      word,
      value,
      place: item.placeOf([list, index]),
    }));
  return [
    ...under("logins", "login", "login"),
    ...under("organizations", "organization", "organisation"),
    ...under("domains", "domain", "domain"),
  ];
}
