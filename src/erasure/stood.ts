// On which side somebody stood, patch by patch, as it was last known and without asking GitHub: whose turn it is rests on that, and goes on to when
// their name is gone.
import { pino } from "pino";
import type { Database } from "../db/database.ts";
import { createGitHub } from "../github/client.ts";
import type { PatchId } from "../github/refs.ts";
import { gather } from "../patches/gather.ts";
import { placeOf } from "../patches/place.ts";
import { factsOf, patchById } from "../patches/store.ts";
import type { Side } from "../patches/turn.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { People } from "../people/people.ts";
import { accessOf, membershipOf, organizationsOf, teamOf } from "../people/store.ts";
import type { Known } from "./scrub.ts";

/** The person's side on each of these patches; a patch that cannot be read any more has none. */
export async function sidesOn(
  database: Database,
  patches: readonly string[],
  { known, now }: { readonly known: Known; readonly now: number },
): Promise<ReadonlyMap<string, Side>> {
  const wiring = unasked(database, now);
  const sides = new Map<string, Side>();
  for (const id of patches) {
    const side = await sideOn(wiring, id, known).catch(() => null);
    if (side !== null) sides.set(id, side);
  }
  return sides;
}

async function sideOn(wiring: Wiring, id: string, known: Known): Promise<Side | null> {
  const { database } = wiring;
  const now = wiring.now();
  const row = await patchById(database.db, id as PatchId);
  if (row === undefined || row === null) return null;
  const place = await placeOf(database, row.repository_id, { fromAt: row.opened_at, now });
  if (place === null) return null;
  const facts = (await factsOf(database.db, [id])).get(id) ?? [];
  const { situation } = await gather(wiring, row, { place, facts });
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

/** What was answered last, however long ago. */
function unasked(database: Database, now: number): Wiring {
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
  const nobody = () => Promise.reject(new Error("GitHub is not asked while somebody is erased"));
  return {
    database,
    people,
    github: createGitHub({
      config: { appId: 1, privateKey: () => "none", apiUrl: "https://github.invalid" },
      database,
      log: pino({ level: "silent" }),
      fetch: nobody,
    }),
    now: () => now,
    addresses: { publicUrl: null, webUrl: "https://github.invalid" },
    channels: { hasMail: false, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
  };
}
