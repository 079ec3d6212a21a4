// Reads what an owner's digests are made of: a query a section, however many patches there are, and who the readers are.

import type { Customer } from "../customers/customer.ts";
import { customersOfOwner, peopleOfOwner } from "../customers/store.ts";
import { isReachable } from "../notify/channels.ts";
import type { Recipient } from "../notify/notice.ts";
import { ownerRecipients, recipientLookup } from "../notify/recipients.ts";
import { placeOf } from "../patches/place.ts";
import { quietPeople } from "../people/store.ts";
import { labelDefinitions, type Policy } from "../policy/policy.ts";
import { lapsesAt } from "../silences/contracts.ts";
import { loginsOf, type OwnersPlace, type TellingWiring } from "../silences/owner-place.ts";
import type { DigestReader, DigestSource, DigestUnreached } from "./digest.ts";
import {
  customersOfPatches,
  eventsOfOwner,
  failedReaders,
  followedPatches,
  linksOfOwner,
  openSilences,
  ownerSilentPatches,
  proposalsOfOwner,
  reportsUntil,
} from "./store.ts";

/** Somebody who may get a digest: one of the people whom a customers' file names, or an account owner. */
export type PossibleReader = { readonly to: Recipient; readonly owns: ReadonlySet<string> };

/** More than moves in a week; of whoever reads one customer's alone nothing may be cut off by the others'. */
const MOST_EVENTS = 10_000;

/** Everybody with an address who might be told something, each once, however many names the files have for them. */
export async function possibleReaders(
  { database, channels }: TellingWiring,
  { ownerId, policy }: OwnersPlace,
): Promise<readonly PossibleReader[]> {
  const { db } = database;
  const found: { to: Recipient; owns: Set<string> }[] = [];
  const lookUp = recipientLookup(db, ownerId, policy);
  for (const { github } of await peopleOfOwner(db, ownerId)) {
    const to = await lookUp(github);
    if (to !== null && isReachable(to, channels)) found.push({ to, owns: new Set() });
  }
  for (const customer of await customersOfOwner(db, ownerId)) {
    if (customer.owner === null) continue;
    const { owner } = await ownerRecipients(db, ownerId, { customer, policy });
    if (owner === null || !isReachable(owner, channels)) continue;
    const known = found.find(({ to }) => isSamePerson(to, owner));
    if (known === undefined) found.push({ to: owner, owns: new Set([customer.id]) });
    else known.owns.add(customer.id);
  }
  return found;
}

const isSamePerson = (one: Recipient, other: Recipient): boolean =>
  one.key === other.key ||
  (one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase()) ||
  (one.slack !== null && one.slack === other.slack);

/** What each of them is to the owner's patches. @throws where GitHub has to be asked who is in a team, and cannot. */
export async function readersOf(
  wiring: TellingWiring,
  place: OwnersPlace,
  of: { readonly possible: readonly PossibleReader[]; readonly source: DigestSource; readonly policies: PoliciesHere },
): Promise<readonly DigestReader[]> {
  const { db } = wiring.database;
  const customers = await customersOfOwner(db, place.ownerId);
  const support = await loginsOf(wiring, place, place.policy.support);
  const supportIn = new Map<number, ReadonlySet<string>>();
  for (const [id, policy] of of.policies) supportIn.set(id, await loginsOf(wiring, place, policy.support));
  const teams = new Map<string, ReadonlySet<string>>();
  for (const asked of new Set(of.source.patches.flatMap((patch) => patch.asked))) {
    const [organization = "", slug] = asked.split("/");
    if (slug !== undefined) teams.set(asked, await loginsOf(wiring, place, [{ kind: "team", organization, slug }]));
  }
  const quiet = new Set((await quietPeople(db, place.ownerId, wiring.now())).map((each) => each.login.toLowerCase()));
  return of.possible.map(({ to, owns }): DigestReader => {
    const login = to.login?.toLowerCase() ?? null;
    const isIn = (names: ReadonlySet<string>) => login !== null && names.has(login);
    return {
      to,
      owns,
      askedAs: new Set(login === null ? [] : [login, ...[...teams].filter(([, all]) => isIn(all)).map(([t]) => t)]),
      supports: isIn(support) ? "all" : new Set([...supportIn].filter(([, all]) => isIn(all)).map(([id]) => id)),
      consults: new Set(customers.filter((each) => isConsultant(each, login)).map((each) => each.id)),
      isQuiet: isIn(quiet),
    };
  });
}

const isConsultant = ({ consultant }: Customer, login: string | null): boolean =>
  login !== null && consultant?.github.toLowerCase() === login;

/** Policies in force by repository, of those in which patches are followed. */
export type PoliciesHere = ReadonlyMap<number, Policy>;

/** Reads it all. `sinceAt`: the earliest time since when any of the readers is told what moved. */
export async function readSource(
  wiring: TellingWiring,
  place: OwnersPlace,
  asked: { readonly sinceAt: number; readonly reportsUntil: string },
): Promise<{ readonly source: DigestSource; readonly policies: PoliciesHere }> {
  const { database, addresses, now } = wiring;
  const { db } = database;
  const { ownerId, policy } = place;
  const stored = await followedPatches(db, ownerId);
  const links = Map.groupBy(await linksOfOwner(db, ownerId), (link) => link.patchId);
  const customersOf = await customersOfPatches(db, ownerId);
  const silences = await openSilences(db, ownerId);
  const ownerSilent = await ownerSilentPatches(db, ownerId);
  const proposals = await proposalsOfOwner(db, ownerId);
  const customers = await customersOfOwner(db, ownerId);
  const policies = new Map<number, Policy>();
  for (const id of new Set([...stored, ...proposals].map((each) => each.repositoryId))) {
    const here = await placeOf(database, id, { fromAt: now(), now: now() });
    if (here !== null) policies.set(id, here.policy);
  }
  const patchWords = (patch: { repository: string; number: number; title: string }) => ({
    name: `${patch.repository}#${patch.number}`,
    url: `${addresses.webUrl}/${patch.repository}/pull/${patch.number}`,
    title: patch.title,
  });
  const source: DigestSource = {
    patches: stored.map((patch) => ({
      ...patchWords(patch),
      id: patch.id,
      repositoryId: patch.repositoryId,
      gravity: patch.gravity,
      turn: patch.standing.turn,
      sinceAt: patch.standing.sinceAt,
      waitsForUs: patch.standing.waitsForUs === true,
      asked: patch.standing.asked ?? [],
      customerIds: customersOf.get(patch.id) ?? [],
      cases: links.get(patch.id) ?? [],
      silence: silences.get(patch.id)?.kind ?? null,
      isOwnerSilent: ownerSilent.has(patch.id),
    })),
    proposals: proposals
      .filter(({ repositoryId }) => policies.get(repositoryId)?.mode === "act")
      .map((each) => ({
        patch: patchWords(each),
        repositoryId: each.repositoryId,
        reference: each.reference,
        customerId: each.customerId,
        madeBy: each.madeBy,
      })),
    reports: await reportsUntil(db, ownerId, asked.reportsUntil),
    events: (await eventsOfOwner(db, ownerId, { sinceAt: asked.sinceAt, limit: MOST_EVENTS })).map((each) => ({
      customerId: each.customerId,
      at: each.at,
      reference: each.case?.reference ?? null,
      pull:
        each.pull === null
          ? null
          : { name: `${each.pull.repository}#${each.pull.number}`, url: each.pull.url, title: each.pull.title },
      event: each.event,
    })),
    lapses: customers.flatMap((customer) =>
      lapsesAt(customer, policy.contracts, now()).map((lapse) => ({ customerId: customer.id, lapse })),
    ),
    unreached: [
      ...(await withoutAddress(wiring, place, customers)),
      ...(await failedReaders(db, ownerId, asked.sinceAt)).map((each) => ({ ...each, because: "failed" as const })),
    ],
    customerNames: new Map(customers.map((each) => [each.id, each.name])),
    mayName: new Map(
      [...policies].map(([id, each]) => [
        id,
        {
          references: each.disclosure !== "none",
          severities: labelDefinitions(each).some(({ key }) => key.startsWith("severity:")),
        },
      ]),
    ),
  };
  return { source, policies };
}

/** Account owners and consultants for whom there is no way. */
async function withoutAddress(
  { database, channels }: TellingWiring,
  { ownerId, policy }: OwnersPlace,
  customers: readonly Customer[],
): Promise<readonly DigestUnreached[]> {
  const names = new Set<string>();
  const lookUp = recipientLookup(database.db, ownerId, policy);
  for (const customer of customers) {
    const { owner } = await ownerRecipients(database.db, ownerId, { customer, policy });
    if (owner !== null && !isReachable(owner, channels)) names.add(owner.name);
    if (customer.consultant === null) continue;
    const consultant = await lookUp(customer.consultant.github);
    if (consultant === null || !isReachable(consultant, channels)) names.add(customer.consultant.github);
  }
  return [...names].toSorted().map((name) => ({ name, because: "no-address", times: 0 }));
}
