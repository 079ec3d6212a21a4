// Who somebody is to a repository, from what GitHub last said of them and however long ago: a page asks nobody else. Who was never asked about
// is told as nobody, and that this was so.
import type { Db } from "../../db/database.ts";
import type { GitHub } from "../../github/client.ts";
import type { Wiring } from "../../patches/wiring.ts";
import type { People } from "../../people/people.ts";
import { accessOf, membershipOf, organizationsOf, teamOf } from "../../people/store.ts";

export type Stored = {
  readonly wiring: Wiring;
  /** Whether something had to be left open that only GitHub can tell. */
  readonly isGuessed: () => boolean;
};

/** The same wiring, which reads the store only. What cannot be told from it is thrown as `NotKept`. */
export function storedWiring(wiring: Wiring): Stored {
  const { db } = wiring.database;
  let isGuessed = false;
  const people = storedPeople(db, () => {
    isGuessed = true;
  });
  const silent = () => Promise.reject(new NotKept());
  const github: GitHub = { ...wiring.github, app: silent, installation: silent, graphql: silent, botIdentity: silent };
  return { wiring: { ...wiring, people, github }, isGuessed: () => isGuessed };
}

/** Only GitHub can tell, and a page does not ask it. */
export class NotKept extends Error {
  constructor() {
    super("only GitHub can tell, and a page does not ask it");
  }
}

function storedPeople(db: Db, guess: () => void): People {
  const known = <T, R>(row: T | null, read: (row: T) => R, otherwise: R): R => {
    if (row !== null) return read(row);
    guess();
    return otherwise;
  };
  return {
    mayWrite: async (place, person) =>
      known(
        await accessOf(db, place.repositoryId, person.id),
        ({ permission }) => permission === "admin" || permission === "write",
        false,
      ),
    membersOf: async (place, { slug }) => known(await teamOf(db, place.ownerId, slug), ({ members }) => members, []),
    publicOrganizations: async (_installation, person) =>
      known(await organizationsOf(db, person.id), ({ organizations }) => organizations, []),
    isMember: async (_installation, organization, person) =>
      known(await membershipOf(db, organization, person.id), ({ isMember }) => isMember, false),
    isMemberNow: async () => false,
    roleIn: async () => "none",
    ownersOf: async () => [],
  };
}
