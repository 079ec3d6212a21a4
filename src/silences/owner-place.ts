// What holds for an owner as a whole, wherever no repository is in question: its policy, its installation and its support.

import type { Reacting } from "../github/handled.ts";
import { activeInstallationOfOwner } from "../github/installation-store.ts";
import type { OwnerId } from "../github/refs.ts";
import type { Recipient } from "../notify/notice.ts";
import { recipientLookup, withoutRepeats } from "../notify/recipients.ts";
import { ownersPolicy } from "../policy/effective.ts";
import type { Party, Policy } from "../policy/policy.ts";

export type TellingWiring = Pick<Reacting, "database" | "people" | "channels" | "addresses" | "log" | "now">;

export type OwnersPlace = {
  readonly ownerId: OwnerId;
  readonly owner: string;
  readonly installationId: number;
  /** The owner's own policy. */
  readonly policy: Policy;
};

/** Null where nobody is to be told anything: no active installation, no policy of the owner in force, or one that observes. */
export async function ownersPlace({ database }: TellingWiring, ownerId: OwnerId): Promise<OwnersPlace | null> {
  const { db } = database;
  const installation = await activeInstallationOfOwner(db, ownerId);
  if (installation === undefined) return null;
  const { policy, isInForce } = await ownersPolicy(db, ownerId);
  if (!isInForce || policy.mode !== "act") return null;
  return { ownerId, owner: installation.owner_login, installationId: installation.id, policy };
}

/** The logins of these parties, lower case; teams of the owner by their members, asked anew where that is longer ago. @throws where GitHub has to be asked and cannot. */
export async function loginsOf(
  { people }: { readonly people: Pick<TellingWiring["people"], "membersOf"> },
  place: Pick<OwnersPlace, "ownerId" | "owner" | "installationId">,
  parties: readonly Party[],
  maxAgeMillis?: number,
): Promise<ReadonlySet<string>> {
  const logins = new Set<string>();
  for (const party of parties) {
    if (party.kind === "login") logins.add(party.login.toLowerCase());
    else if (party.organization.toLowerCase() === place.owner.toLowerCase())
      for (const member of await people.membersOf(place, party, maxAgeMillis)) logins.add(member.login.toLowerCase());
  }
  return logins;
}

/** Everybody under the owner's `support` whom `people` or a customer's file knows; some may be without an address. */
export async function supportOfOwner(wiring: TellingWiring, place: OwnersPlace): Promise<readonly Recipient[]> {
  const found: Recipient[] = [];
  const lookUp = recipientLookup(wiring.database.db, place.ownerId, place.policy);
  for (const login of await loginsOf(wiring, place, place.policy.support)) {
    const recipient = await lookUp(login);
    if (recipient !== null) found.push(recipient);
  }
  return withoutRepeats(found);
}
