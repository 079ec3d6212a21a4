// Asks what somebody is to an owner: GitHub for those whom it knows, the customers' file for all. Apart from the rule, which is pure.
import type { Customer, Person as FilesPerson } from "../customers/customer.ts";
import { customersOfOwner, peopleOfOwner } from "../customers/store.ts";
import { ownerId, userId } from "../github/refs.ts";
import { repositoriesByIds } from "../github/repository-store.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Person } from "../people/people.ts";
import { ownersPolicy } from "../policy/effective.ts";
import type { Party, Policy } from "../policy/policy.ts";
import { loginsOf } from "../silences/owner-place.ts";
import { type Access, decideAccess, isLimitedTo, type Reads } from "./access.ts";
import type { BoardOwner } from "./access-store.ts";
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
  const place = { ownerId: ownerId(owner.ownerId), owner: owner.login, installationId: owner.installationId };
  // The owner's own policy only: whoever may write in one repository could name themselves in that one's.
  const { policy } = await ownersPolicy(db, place.ownerId);
  const customers = await customersOfOwner(db, owner.ownerId);
  const known = (await peopleOfOwner(db, owner.ownerId)).filter((each) => isThem(each, person));
  const isAmong = async (parties: readonly Party[], logins: readonly string[]): Promise<boolean> => {
    const named = await loginsOf(wiring, place, parties, ACCESS_MILLIS);
    return logins.some((login) => named.has(login.toLowerCase()));
  };
  const common = { person, customers, maintains: [], reads: readsOf({ person, known, customers, policy }) };
  const { deciders } = policy.escalation;
  if (person.kind === "mail") {
    const here: string[] = [];
    for (const { github } of known) if (await isStillHere(wiring, owner, github)) here.push(github);
    const isDecider = await isAmong(deciders, here);
    return decideAccess({ ...common, isMember: true, isOwner: false, isInSupport: false, isDecider });
  }
  const { isMember, isOwner } = await membershipOf(wiring, owner, person);
  const access = decideAccess({
    ...common,
    isMember,
    isOwner,
    isInSupport: await isAmong(policy.support, [person.login]),
    isDecider: await isAmong(deciders, [person.login]),
  });
  if (!isLimitedTo(access)) return access;
  const maintains = await stillMaintained(
    wiring,
    { ownerId: owner.ownerId, maintained: asked.maintained },
    { id: userId(person.id), login: person.login },
  );
  return decideAccess({ ...common, isMember: false, isOwner: false, isInSupport: false, isDecider: false, maintains });
}

const isThem = ({ github, email }: FilesPerson, person: SignedIn): boolean =>
  person.kind === "github"
    ? github.toLowerCase() === person.login.toLowerCase()
    : email?.toLowerCase() === person.email.toLowerCase();

type Known = {
  readonly person: SignedIn;
  readonly known: readonly FilesPerson[];
  readonly customers: readonly Customer[];
  readonly policy: Policy;
};

/** As their entry among the people says, else, of an account owner who came by mail, the customer's. */
function readsOf({ person, known, customers, policy }: Known): Reads {
  const owners = customers.flatMap(({ owner }) => [owner, owner?.deputy ?? null]);
  const mailed =
    person.kind === "mail"
      ? owners.find((each) => each?.email?.toLowerCase() === person.email.toLowerCase())
      : undefined;
  return {
    language: known.find(({ language }) => language !== null)?.language ?? mailed?.language ?? null,
    timezone: known.find(({ timezone }) => timezone !== null)?.timezone ?? policy.calendar.timezone,
  };
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
