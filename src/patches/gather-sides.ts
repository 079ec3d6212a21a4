// Who stands on which side of a patch, looked up: policies, CODEOWNERS, requests and customers name people, GitHub tells the rest.
import type { Customer } from "../customers/customer.ts";
import { keptSide } from "../erasure/mark.ts";
import { fileReader } from "../github/files.ts";
import { codeOwnersText } from "../people/code-owners.ts";
import type { Place } from "../people/people.ts";
import { isSideKnown, type Names, type SideLists, sideOf } from "../people/sides.ts";
import { codeOwnersOf } from "../policy/code-owners.ts";
import type { Party } from "../policy/policy.ts";
import { peopleOf } from "./customers-today.ts";
import { type Fact, inOrder } from "./fact.ts";
import { memberIdsOf, namesOf, partyKey } from "./parties.ts";
import type { PatchPlace } from "./place.ts";
import type { Situation } from "./situation.ts";
import type { PatchRow } from "./store.ts";
import type { Side } from "./turn.ts";
import type { Wiring } from "./wiring.ts";

type RequestedNow = {
  readonly people: readonly { readonly id: number; readonly login: string }[];
  readonly teams: readonly { readonly id: number; readonly slug: string }[];
};

export const requestedOf = (row: PatchRow): RequestedNow => ({
  people: JSON.parse(row.requested_reviewers) as RequestedNow["people"],
  teams: JSON.parse(row.requested_teams) as RequestedNow["teams"],
});

type CodeOwnersHere = {
  readonly all: readonly Party[];
  readonly ofFiles: (files: readonly string[]) => readonly Party[];
};

async function codeOwnersHere(wiring: Wiring, place: PatchPlace): Promise<CodeOwnersHere> {
  if (place.installationId === null || !place.isUsable) return { all: [], ofFiles: () => [] };
  const { repository } = place;
  const text = await codeOwnersText(
    { database: wiring.database, read: fileReader(wiring.github, place.installationId), now: wiring.now() },
    { id: repository.id, owner: repository.owner_login, name: repository.name },
  );
  if (text === null) return { all: [], ofFiles: () => [] };
  return { all: ownersNamedIn(text), ofFiles: (files) => toParties(codeOwnersOf(text, files)) };
}

/** Everybody whom a CODEOWNERS file names on any line. */
function ownersNamedIn(text: string): readonly Party[] {
  const names = new Map<string, Party>();
  for (const line of text.split("\n")) {
    const [rule = ""] = line.split("#", 1);
    for (const word of rule.trim().split(/\s+/).slice(1)) {
      const match = /^@([\w-]{1,39})(?:\/([\w.-]{1,100}))?$/.exec(word);
      if (match?.[1] === undefined) continue;
      const party: Party =
        match[2] === undefined
          ? { kind: "login", login: match[1] }
          : { kind: "team", organization: match[1], slug: match[2] };
      names.set(partyKey(party), party);
    }
  }
  return [...names.values()].slice(0, 100);
}

const toParties = (owners: {
  logins: readonly string[];
  teams: readonly { organization: string; slug: string }[];
}): readonly Party[] => [
  ...owners.logins.map((login): Party => ({ kind: "login", login })),
  ...owners.teams.map((team): Party => ({ kind: "team", ...team })),
];

type SidesInput = {
  readonly row: PatchRow;
  readonly place: PatchPlace;
  readonly facts: readonly Fact[];
  readonly customers: readonly Customer[];
  readonly linkedBy: readonly string[];
};

/** The side of everybody who acted. GitHub is asked for write access only of those whom no list tells. */
export async function sidesOf(
  wiring: Wiring,
  input: SidesInput,
): Promise<{ sides: ReadonlyMap<number, Side>; lists: SideLists; codeOwners: CodeOwnersHere }> {
  const { row, place, facts } = input;
  const codeOwners = await codeOwnersHere(wiring, place);
  const where = placeForPeople(place);
  const none: Names = { logins: new Set(), memberIds: new Set() };
  const named = async (parties: readonly Party[]) => (where === null ? none : namesOf(wiring.people, where, parties));
  const requested = requestedOf(row);
  const lists: SideLists = {
    authorId: row.author_id,
    support: await named(place.policy.support),
    maintainers: await named(place.policy.maintainers),
    codeOwners: await named(codeOwners.all),
    requestedIds: await requestedIds(wiring, { place, facts, requested }),
    customersPeople: peopleOf(input.customers),
    linkedBy: new Set(input.linkedBy.map((login) => login.toLowerCase())),
    pushedIds: new Set(facts.flatMap((fact) => (fact.kind === "pushed" && fact.actor !== null ? [fact.actor.id] : []))),
    writerIds: new Set(),
  };
  // In order of time, so that of a renamed account the newest name is asked for.
  const actors = new Map(
    inOrder(facts).flatMap((fact) =>
      fact.actor === null || fact.actor.isBot ? [] : [[fact.actor.id as number, fact.actor] as const],
    ),
  );
  const writerIds = new Set<number>();
  for (const actor of actors.values()) {
    if (where === null || isSideKnown(actor, lists)) continue;
    if (await wiring.people.mayWrite(where, actor)) writerIds.add(actor.id);
  }
  const whole = { ...lists, writerIds };
  return {
    sides: new Map([...actors.values()].map((actor) => [actor.id as number, sideOf(actor, whole)])),
    lists: whole,
    codeOwners,
  };
}

async function requestedIds(
  wiring: Wiring,
  input: { place: PatchPlace; facts: readonly Fact[]; requested: RequestedNow },
): Promise<ReadonlySet<number>> {
  const ids = new Set(input.requested.people.map((person) => person.id));
  const slugs = new Set(input.requested.teams.map((team) => team.slug));
  for (const fact of input.facts) {
    if (fact.kind !== "review-requested") continue;
    if (fact.of.kind === "user") ids.add(fact.of.id);
    else slugs.add(fact.of.slug);
  }
  const where = placeForPeople(input.place);
  if (where === null) return ids;
  for (const slug of slugs)
    for (const id of await memberIdsOf(wiring.people, where, { organization: where.owner, slug })) ids.add(id);
  return ids;
}

export function placeForPeople(place: PatchPlace): Place | null {
  if (place.installationId === null || !place.isUsable) return null;
  const { repository } = place;
  return {
    installationId: place.installationId,
    repositoryId: repository.id,
    ownerId: repository.owner_id,
    owner: repository.owner_login,
    name: repository.name,
  };
}

export function addressedOf(input: {
  place: PatchPlace;
  lists: SideLists;
  sides: ReadonlyMap<number, Side>;
  facts: readonly Fact[];
  requestedTeams: readonly { slug: string }[];
  codeOwnerParties: readonly Party[];
}): Situation["addressed"] {
  const { policy, repository } = input.place;
  const maintainers = new Set([...policy.maintainers, ...input.codeOwnerParties].map(partyKey));
  const author = new Set([...policy.support.map(partyKey), ...input.lists.customersPeople]);
  for (const { slug } of input.requestedTeams) maintainers.add(`${repository.owner_login}/${slug}`.toLowerCase());
  for (const { actor } of input.facts) {
    if (actor === null) continue;
    const side = input.sides.get(actor.id);
    if (side === "maintainer") maintainers.add(actor.login.toLowerCase());
    if (side === "author") author.add(actor.login.toLowerCase());
  }
  for (const fact of input.facts)
    if (fact.kind === "review-requested" && fact.of.kind === "user") maintainers.add(fact.of.login.toLowerCase());
  // Somebody erased is named by a mark that tells their side.
  for (const fact of input.facts)
    if (fact.kind === "commented" || fact.kind === "reviewed")
      for (const login of fact.mentions.logins) {
        const side = keptSide(login);
        if (side === "maintainer") maintainers.add(login);
        if (side === "author") author.add(login);
      }
  for (const login of author) maintainers.delete(login);
  return { maintainers, author };
}
