// Asks what somebody is to an owner: GitHub for those whom it knows, the customers' file for all. Apart from the rule, which is pure.
import { customersOfOwner } from "../customers/store.ts";
import { ownerId, repositoryId, userId } from "../github/refs.ts";
import { repositoriesByIds } from "../github/repository-store.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Person } from "../people/people.ts";
import { effectivePolicy } from "../policy/effective.ts";
import type { Party } from "../policy/policy.ts";
import { type Access, decideAccess, isLimitedTo, NO_ACCESS } from "./access.ts";
import type { BoardOwner } from "./access-store.ts";
import { loginsByEmail } from "./people-store.ts";
import type { SignedIn } from "./signed-in.ts";

/** After this long GitHub is asked again. */
export const ACCESS_MILLIS = 10 * 60_000;
/** Of whoever maintains more than these, the first are shown. */
const MOST_REPOSITORIES = 100;

type Asking = Pick<Wiring, "database" | "people" | "now">;

type Asked = {
  readonly owner: BoardOwner;
  readonly person: SignedIn;
  /** The repositories that GitHub said they may write in when they signed in, or as was known before. */
  readonly maintained: readonly number[];
};

/** @throws where GitHub has to be asked and cannot. */
export async function askAccess(wiring: Asking, asked: Asked): Promise<Access> {
  const { owner, person } = asked;
  const { db } = wiring.database;
  const { policy } = await effectivePolicy(db, {
    ownerId: ownerId(owner.ownerId),
    // The owner's own policy only: whoever may write in one repository could name themselves in that one's.
    repositoryId: repositoryId(0),
    visibility: "private",
  });
  const customers = await customersOfOwner(db, owner.ownerId);
  if (person.kind === "mail") {
    const deciders = await loginsOf(wiring, owner, policy.escalation.deciders);
    const known = await loginsByEmail(db, owner.ownerId, person.email);
    const isDecider = await someIs(
      known,
      async (login) => deciders.has(login) && (await isStillHere(wiring, owner, login)),
    );
    return decideAccess({
      person,
      isMember: true,
      isOwner: false,
      isInSupport: false,
      isDecider,
      customers,
      maintains: [],
    });
  }
  const { isMember, isOwner } = await membershipOf(wiring, owner, person);
  const login = person.login.toLowerCase();
  const access = decideAccess({
    person,
    isMember,
    isOwner,
    isInSupport: (await loginsOf(wiring, owner, policy.support)).has(login),
    isDecider: (await loginsOf(wiring, owner, policy.escalation.deciders)).has(login),
    customers,
    maintains: [],
  });
  if (!isLimitedTo(access)) return access;
  const maintains = await stillMaintained(
    wiring,
    { ownerId: owner.ownerId, maintained: asked.maintained },
    { id: userId(person.id), login: person.login },
  );
  return maintains.length === 0 ? NO_ACCESS : { ...NO_ACCESS, roles: ["maintainer"], repositoryIds: maintains };
}

async function membershipOf(
  { people }: Asking,
  owner: BoardOwner,
  person: { readonly id: number; readonly login: string },
): Promise<{ readonly isMember: boolean; readonly isOwner: boolean }> {
  if (owner.type === "User") return { isMember: true, isOwner: person.id === owner.ownerId };
  const role = await people.roleIn(owner.installationId, owner.login, person);
  return { isMember: role !== "none", isOwner: role === "owner" };
}

async function isStillHere({ people }: Asking, owner: BoardOwner, login: string): Promise<boolean> {
  return owner.type === "User" || people.isMemberNow(owner.installationId, owner.login, login);
}

async function loginsOf(
  { people }: Asking,
  owner: BoardOwner,
  parties: readonly Party[],
): Promise<ReadonlySet<string>> {
  const logins = new Set<string>();
  const place = { installationId: owner.installationId, ownerId: owner.ownerId };
  for (const party of parties) {
    if (party.kind === "login") logins.add(party.login.toLowerCase());
    else if (party.organization.toLowerCase() === owner.login.toLowerCase())
      for (const member of await people.membersOf(place, party, ACCESS_MILLIS)) logins.add(member.login.toLowerCase());
  }
  return logins;
}

/** Of these repositories those of the owner in which GitHub lets them write now. */
async function stillMaintained(
  wiring: Asking,
  { ownerId, maintained: ids }: { readonly ownerId: number; readonly maintained: readonly number[] },
  person: Person,
): Promise<readonly number[]> {
  const repositories = await repositoriesByIds(wiring.database.db, ids.slice(0, MOST_REPOSITORIES));
  const maintained: number[] = [];
  for (const each of repositories) {
    if (each.installation_id === null || each.owner_id !== ownerId) continue;
    const place = {
      installationId: each.installation_id,
      repositoryId: each.id,
      ownerId: each.owner_id,
      owner: each.owner_login,
      name: each.name,
    };
    if (await wiring.people.mayWrite(place, person, ACCESS_MILLIS)) maintained.push(each.id);
  }
  return maintained;
}

async function someIs<T>(items: readonly T[], is: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await is(item)) return true;
  return false;
}
