// Who hears something privately, and who cannot: account owners, consultants, supporters, deciders, those who made a link. Apart, because
// every feature that tells somebody asks here, so that all know the same addresses, languages and zones.
import { linksOf } from "../cases/store.ts";
import type { AccountOwner, Customer, Person } from "../customers/customer.ts";
import { customersOfOwner, personByGithub } from "../customers/store.ts";
import type { Db } from "../db/database.ts";
import { installationById } from "../github/installation-store.ts";
import type { PatchId } from "../github/refs.ts";
import { placeForPeople } from "../patches/gather-sides.ts";
import type { PatchPlace } from "../patches/place.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Party, Policy } from "../policy/policy.ts";
import { isReachable } from "./channels.ts";
import type { Recipient } from "./notice.ts";

/** `no-address`: no way to them is known or configured. `left`: no member of the owner's organisation any more. */
export type Unreachable = {
  readonly name: string;
  readonly login: string | null;
  readonly because: "no-address" | "left";
};

/** Nobody stands in it twice. */
export type Reach = { readonly reached: readonly Recipient[]; readonly unreachable: readonly Unreachable[] };

type Asking = Pick<Wiring, "database" | "channels"> & {
  readonly people: Pick<Wiring["people"], "membersOf" | "isMemberNow">;
};

/** What somebody whose own words say nothing else hears in. */
type Defaults = Pick<Policy, "language" | "calendar">;

type Reachable = Pick<AccountOwner, "name" | "email" | "language" | "slack" | "github">;

/** Where the person behind a login hears things: as `people` says, else as an account owner or deputy; null where neither knows them. */
export const recipientOfLogin = (
  db: Db,
  ownerId: number,
  who: { readonly login: string; readonly policy: Defaults },
): Promise<Recipient | null> => recipientLookup(db, ownerId, who.policy)(who.login);

/** The same for many logins: however many of them `people` does not know, customers are read once. */
export function recipientLookup(
  db: Db,
  ownerId: number,
  policy: Defaults,
): (login: string) => Promise<Recipient | null> {
  let reading: Promise<ReadonlyMap<string, Reachable>> | null = null;
  return async (login) => {
    const person = await personByGithub(db, ownerId, login);
    const isAddressKnown = person !== null && (person.email !== null || person.slack !== null);
    if (!isAddressKnown) reading ??= accountOwnersByLogin(db, ownerId);
    const owner = isAddressKnown ? null : ((await reading)?.get(login.toLowerCase()) ?? null);
    if (person === null && owner === null) return null;
    return toRecipient({ person, reachable: owner, login, policy });
  };
}

/** Whoever is one for several customers hears things as the first of these says. */
async function accountOwnersByLogin(db: Db, ownerId: number): Promise<ReadonlyMap<string, Reachable>> {
  const byLogin = new Map<string, Reachable>();
  for (const { owner } of await customersOfOwner(db, ownerId))
    for (const each of [owner, owner?.deputy ?? null]) {
      const login = each?.github?.toLowerCase();
      if (each !== null && login !== undefined && !byLogin.has(login)) byLogin.set(login, each);
    }
  return byLogin;
}

/** A customer's account owner and deputy; null where there is none. They may be without an address: ask `isReachable`. */
export async function ownerRecipients(
  db: Db,
  ownerId: number,
  of: { readonly customer: Customer; readonly policy: Defaults },
): Promise<{ readonly owner: Recipient | null; readonly deputy: Recipient | null }> {
  const recipientOf = async (reachable: Reachable | null): Promise<Recipient | null> => {
    if (reachable === null) return null;
    const person = reachable.github === null ? null : await personByGithub(db, ownerId, reachable.github);
    return toRecipient({ person, reachable, login: reachable.github, policy: of.policy });
  };
  const { owner } = of.customer;
  return { owner: await recipientOf(owner), deputy: await recipientOf(owner?.deputy ?? null) };
}

/** A customer's consultant; null where there is none or nobody knows where they hear things. */
export async function consultantRecipient(
  db: Db,
  ownerId: number,
  of: { readonly customer: Customer; readonly policy: Defaults },
): Promise<Recipient | null> {
  const login = of.customer.consultant?.github ?? null;
  return login === null ? null : recipientOfLogin(db, ownerId, { login, policy: of.policy });
}

/** Everybody under `support`, teams by their members. @throws where GitHub has to be asked and cannot. */
export async function supportRecipients(wiring: Asking, place: PatchPlace): Promise<Reach> {
  return reachOf(wiring, place, await loginsOf(wiring, place, place.policy.support));
}

/**
 * Everybody under `escalation.deciders`, teams by their members. Who is named by login and no longer belongs to the owner's organisation
 * is left out and told. @throws where GitHub has to be asked and cannot.
 */
export async function deciderRecipients(wiring: Asking, place: PatchPlace): Promise<Reach> {
  const { deciders } = place.policy.escalation;
  const left: Unreachable[] = [];
  const staying: Party[] = [];
  for (const party of deciders) {
    if (party.kind === "login" && (await hasLeft(wiring, place, party.login)))
      left.push({ name: party.login, login: party.login, because: "left" });
    else staying.push(party);
  }
  const { reached, unreachable } = await reachOf(wiring, place, await loginsOf(wiring, place, staying));
  return { reached, unreachable: [...left, ...unreachable] };
}

/** Those who made the confirmed links of a patch, whom a no or a wait goes back to. */
export async function linkMakerRecipients(wiring: Asking, place: PatchPlace, patch: PatchId): Promise<Reach> {
  const links = await linksOf(wiring.database.db, [patch]);
  const makers = links.filter(({ state }) => state === "confirmed").map(({ madeBy }) => madeBy);
  return reachOf(wiring, place, makers);
}

/** The same people once, by key; who comes first stays. */
export function withoutRepeats(recipients: readonly Recipient[]): readonly Recipient[] {
  const byKey = new Map<string, Recipient>();
  for (const recipient of recipients) if (!byKey.has(recipient.key)) byKey.set(recipient.key, recipient);
  return [...byKey.values()];
}

async function loginsOf(wiring: Asking, place: PatchPlace, parties: readonly Party[]): Promise<readonly string[]> {
  const where = placeForPeople(place);
  const logins: string[] = [];
  for (const party of parties) {
    if (party.kind === "login") logins.push(party.login);
    else if (where !== null && party.organization.toLowerCase() === where.owner.toLowerCase())
      logins.push(...(await wiring.people.membersOf(where, party)).map(({ login }) => login));
  }
  return logins;
}

async function reachOf(wiring: Asking, place: PatchPlace, logins: readonly string[]): Promise<Reach> {
  const lookUp = recipientLookup(wiring.database.db, place.repository.owner_id, place.policy);
  const reached = new Map<string, Recipient>();
  const unreachable: Unreachable[] = [];
  for (const login of new Map(logins.map((each) => [each.toLowerCase(), each])).values()) {
    const recipient = await lookUp(login);
    if (recipient !== null && isReachable(recipient, wiring.channels)) reached.set(recipient.key, recipient);
    else unreachable.push({ name: recipient?.name ?? login, login, because: "no-address" });
  }
  return { reached: [...reached.values()], unreachable };
}

/** A user's own account has no members, so nobody leaves it. */
async function hasLeft(wiring: Asking, place: PatchPlace, login: string): Promise<boolean> {
  const where = placeForPeople(place);
  if (where === null) return false;
  const installation = await installationById(wiring.database.db, where.installationId);
  if (installation?.owner_type !== "Organization") return false;
  return !(await wiring.people.isMemberNow(where.installationId, where.owner, login));
}

type Known = {
  readonly person: Person | null;
  readonly reachable: Reachable | null;
  readonly login: string | null;
  readonly policy: Defaults;
};

/** What the customer's file says of its own people wins; `people` fills in what it leaves out. */
export function toRecipient({ person, reachable, login, policy }: Known): Recipient {
  const email = reachable?.email ?? person?.email ?? null;
  const slack = reachable?.slack ?? person?.slack ?? null;
  const name = reachable?.name ?? person?.name ?? login ?? "";
  return {
    key: keyOf({ login, email, slack, name }),
    name,
    login,
    email,
    slack,
    language: reachable?.language ?? person?.language ?? policy.language,
    timezone: person?.timezone ?? policy.calendar.timezone,
    hours: person?.hours ?? null,
  };
}

function keyOf(of: {
  readonly login: string | null;
  readonly email: string | null;
  readonly slack: string | null;
  readonly name: string;
}): string {
  if (of.login !== null) return `login:${of.login.toLowerCase()}`;
  if (of.email !== null) return `mail:${of.email.toLowerCase()}`;
  if (of.slack !== null) return `slack:${of.slack}`;
  return `name:${of.name}`;
}
