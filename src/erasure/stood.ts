// On which side somebody stood, patch by patch, as it was last known and without asking GitHub: whose turn it is rests on that, and goes on to when
// their name is gone.
import { pino } from "pino";
import type { Database } from "../db/database.ts";
import { createGitHub } from "../github/client.ts";
import type { PatchId } from "../github/refs.ts";
import type { Fact } from "../patches/fact.ts";
import { gather } from "../patches/gather.ts";
import { placeForPeople } from "../patches/gather-sides.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { factsOf, type PatchRow, patchById } from "../patches/store.ts";
import type { Side } from "../patches/turn.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { People } from "../people/people.ts";
import { accessOf, membershipOf, organizationsOf, teamOf } from "../people/store.ts";
import type { Party } from "../policy/policy.ts";
import type { Known } from "./scrub.ts";

/**
 * The person's side on each of these patches; a patch that is not there any more has none. @throws where one cannot be told now: whoever counted as a
 * maintainer would count as nobody for good.
 */
export async function sidesOn(
  database: Database,
  patches: readonly string[],
  { known, now }: { readonly known: Known; readonly now: number },
): Promise<ReadonlyMap<string, Side>> {
  const sides = new Map<string, Side>();
  for (const id of patches) {
    const side = await sideOn(unasked(database, now), id, known);
    if (side !== null) sides.set(id, side);
  }
  return sides;
}

async function sideOn({ wiring, wasAsked }: Unasked, id: string, known: Known): Promise<Side | null> {
  const { database } = wiring;
  const now = wiring.now();
  const row = await patchById(database.db, id as PatchId);
  if (row === undefined) return null;
  const place = await placeOf(database, row.repository_id, { fromAt: row.opened_at, now });
  if (place === null) return null;
  const facts = (await factsOf(database.db, [id])).get(id) ?? [];
  const gathered = await gather(wiring, row, { place, facts }).catch((error: unknown) => {
    if (wasAsked()) return null;
    throw new Error(`on which side somebody stood on ${id} could not be told`, { cause: error });
  });
  if (gathered === null) return sideByLists(wiring, { row, place, facts, known });
  const { situation } = gathered;
  for (const userId of known.ids) {
    const side = situation.sides.get(userId);
    if (side !== undefined) return side;
  }
  // Named by others only: whom such a remark addresses.
  for (const login of known.logins) {
    if (situation.addressed.maintainers.has(login)) return "maintainer";
    if (situation.addressed.author.has(login)) return "author";
  }
  return "neither";
}

type Listed = {
  readonly row: PatchRow;
  readonly place: PatchPlace;
  readonly facts: readonly Fact[];
  readonly known: Known;
};

/** CODEOWNERS is not kept at the moment: what there is beside it. */
async function sideByLists({ people }: Wiring, { row, place, facts, known }: Listed): Promise<Side> {
  const where = placeForPeople(place);
  const isAmong = async (parties: readonly Party[]): Promise<boolean> => {
    for (const party of parties) {
      if (party.kind === "login" && known.logins.has(party.login.toLowerCase())) return true;
      if (party.kind !== "team" || where === null) continue;
      const members = await people.membersOf(where, party);
      if (members.some(({ id }) => known.ids.has(id))) return true;
    }
    return false;
  };
  if (row.author_id !== null && known.ids.has(row.author_id)) return "author";
  if (await isAmong(place.policy.support)) return "author";
  if (await isAmong(place.policy.maintainers)) return "maintainer";
  const isRequested = facts.some(
    (fact) => fact.kind === "review-requested" && fact.of.kind === "user" && known.ids.has(fact.of.id),
  );
  if (isRequested) return "maintainer";
  for (const id of known.ids)
    if (where !== null && (await people.mayWrite(where, { id, login: "" }))) return "maintainer";
  return "neither";
}

type Unasked = { readonly wiring: Wiring; readonly wasAsked: () => boolean };

/** What was answered last, however long ago; and whether GitHub would have had to be asked. */
function unasked(database: Database, now: number): Unasked {
  let wasAsked = false;
  const { db } = database;
  const people: People = {
    mayWrite: async (place, { id }) => {
      const access = await accessOf(db, place.repositoryId, id);
      return access?.permission === "admin" || access?.permission === "write";
    },
    membersOf: async ({ ownerId }, { slug }) => (await teamOf(db, ownerId, slug))?.members ?? [],
    publicOrganizations: async (_, { id }) => (await organizationsOf(db, id))?.organizations ?? [],
    isMember: async (_, organization, { id }) => (await membershipOf(db, organization, id))?.isMember ?? false,
    isMemberNow: async () => true,
    roleIn: async () => "none",
    ownersOf: async () => [],
  };
  const nobody = () => {
    wasAsked = true;
    return Promise.reject(new Error("GitHub is not asked while somebody is erased"));
  };
  const wiring: Wiring = {
    database,
    people,
    github: createGitHub({
      config: {
        appId: 1,
        privateKey: () => {
          wasAsked = true;
          return "none";
        },
        apiUrl: "https://github.invalid",
      },
      database,
      log: pino({ level: "silent" }),
      fetch: nobody,
    }),
    now: () => now,
    addresses: { publicUrl: null, webUrl: "https://github.invalid" },
    channels: { hasMail: false, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
  };
  // The client takes the key once when it is made; from here on only to ask.
  wasAsked = false;
  return { wiring, wasAsked: () => wasAsked };
}
