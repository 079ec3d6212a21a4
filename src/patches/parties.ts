// Turns the people whom policies, CODEOWNERS and requests name into accounts, so that sides and addressees can be told apart.
import type { People } from "../people/people.ts";
import type { Names } from "../people/sides.ts";
import type { Party } from "../policy/policy.ts";
import type { Addressee } from "./situation.ts";

type Team = { readonly organization: string; readonly slug: string };
type Where = { readonly installationId: number; readonly ownerId: number; readonly owner: string };

/** Logins in lower case and the ids of teams' members. Teams of another owner cannot be read and are left out. */
export async function namesOf(people: People, where: Where, parties: readonly Party[]): Promise<Names> {
  const logins = new Set<string>();
  const memberIds = new Set<number>();
  for (const party of parties) {
    if (party.kind === "login") logins.add(party.login.toLowerCase());
    else for (const id of await memberIdsOf(people, where, party)) memberIds.add(id);
  }
  return { logins, memberIds };
}

export async function memberIdsOf(people: People, where: Where, team: Team): Promise<readonly number[]> {
  if (team.organization.toLowerCase() !== where.owner.toLowerCase()) return [];
  return (await people.membersOf(where, team)).map((member) => member.id);
}

export const toAddressee = (party: Party): Addressee =>
  party.kind === "login"
    ? { kind: "person", id: null, login: party.login }
    : { kind: "team", organization: party.organization, slug: party.slug };

/** Names for seeing whom a comment addresses: `login`, `org/team`, in lower case. */
export const partyKey = (party: Party): string =>
  (party.kind === "login" ? party.login : `${party.organization}/${party.slug}`).toLowerCase();
