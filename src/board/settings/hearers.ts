// Everybody who may hear something privately, with the ways to them: from the customers' files and the owner's policy. Pure.
import type { AccountOwner, Customer, Person } from "../../customers/customer.ts";
import { type ConfiguredChannels, type Way, waysTo } from "../../notify/channels.ts";
import type { Recipient } from "../../notify/notice.ts";
import { toRecipient } from "../../notify/recipients.ts";
import type { Policy } from "../../policy/policy.ts";

export const HEARD_AS = ["account-owner", "deputy", "consultant", "support", "decider", "person"] as const;

/** What makes somebody hear things; `person`: they stand under `people` alone. */
export type HeardAs = (typeof HEARD_AS)[number];

export type Hearer = {
  readonly recipient: Recipient;
  readonly as: readonly HeardAs[];
  /** Of how many customers they are account owner, deputy or consultant. */
  readonly customers: number;
  /** None: they cannot be reached. */
  readonly ways: readonly Way[];
};

export type Known = {
  readonly customers: readonly Customer[];
  readonly people: readonly Person[];
  readonly policy: Pick<Policy, "language" | "calendar">;
  /** Logins, teams by their members as they were read last. */
  readonly support: readonly string[];
  readonly deciders: readonly string[];
  readonly channels: Pick<ConfiguredChannels, "hasMail" | "hasSlack">;
};

type Reachable = Pick<AccountOwner, "name" | "email" | "language" | "slack" | "github">;

/** Each person once; who cannot be reached first, then by name. */
export function hearersOf({ customers, people, policy, support, deciders, channels }: Known): readonly Hearer[] {
  const byLogin = new Map(people.map((person) => [person.github.toLowerCase(), person]));
  const owners = ownersByLogin(customers);
  const found = new Map<string, { recipient: Recipient; as: Set<HeardAs>; customers: Set<string> }>();
  const add = (recipient: Recipient, as: HeardAs, customer: Customer | null): void => {
    const known = found.get(recipient.key) ?? { recipient, as: new Set<HeardAs>(), customers: new Set<string>() };
    known.as.add(as);
    if (customer !== null) known.customers.add(customer.id);
    found.set(recipient.key, known);
  };
  const addReachable = (reachable: Reachable | null, as: HeardAs, customer: Customer): void => {
    if (reachable === null) return;
    const login = reachable.github;
    const person = login === null ? null : (byLogin.get(login.toLowerCase()) ?? null);
    add(toRecipient({ person, reachable, login, policy }), as, customer);
  };
  const addLogin = (login: string, as: HeardAs, customer: Customer | null): void => {
    const person = byLogin.get(login.toLowerCase()) ?? null;
    const isKnown = person !== null && (person.email !== null || person.slack !== null);
    const reachable = isKnown ? null : (owners.get(login.toLowerCase()) ?? null);
    add(toRecipient({ person, reachable, login, policy }), as, customer);
  };
  for (const customer of customers) {
    addReachable(customer.owner, "account-owner", customer);
    addReachable(customer.owner?.deputy ?? null, "deputy", customer);
    if (customer.consultant !== null) addLogin(customer.consultant.github, "consultant", customer);
  }
  for (const login of support) addLogin(login, "support", null);
  for (const login of deciders) addLogin(login, "decider", null);
  for (const { github } of people) if (!found.has(`login:${github.toLowerCase()}`)) addLogin(github, "person", null);
  return [...found.values()]
    .map(({ recipient, as, customers: theirs }) => ({
      recipient,
      as: HEARD_AS.filter((each) => as.has(each)),
      customers: theirs.size,
      ways: waysTo(recipient, channels),
    }))
    .sort((a, b) => rank(a) - rank(b) || (a.recipient.name < b.recipient.name ? -1 : 1));
}

const rank = ({ ways }: Hearer): number => (ways.length === 0 ? 0 : 1);

/** Whoever is one for several customers hears things as the first of these says. */
function ownersByLogin(customers: readonly Customer[]): ReadonlyMap<string, Reachable> {
  const owners = new Map<string, Reachable>();
  for (const { owner } of customers)
    for (const each of [owner, owner?.deputy ?? null]) {
      const login = each?.github?.toLowerCase();
      if (each !== null && login !== undefined && !owners.has(login)) owners.set(login, each);
    }
  return owners;
}
