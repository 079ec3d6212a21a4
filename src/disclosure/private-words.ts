// Tells whoever gave a command with private words where they do not belong why it was not done: privately, where an address is known.
import type { Db } from "../db/database.ts";
import { isReachable } from "../notify/channels.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import { recipientOfLogin } from "../notify/recipients.ts";
import type { PatchPlace } from "../patches/place.ts";
import type { Wiring } from "../patches/wiring.ts";
import { privateWordsMessage } from "./messages.ts";

/** Where somebody hears something privately; null where they have to be answered in the place itself. */
export async function privateAddressOf(
  db: Db,
  place: PatchPlace,
  who: { readonly login: string; readonly channels: Wiring["channels"] },
): Promise<Recipient | null> {
  if (place.mode !== "act") return null;
  const { policy, repository } = place;
  const recipient = await recipientOfLogin(db, repository.owner_id, { login: who.login, policy });
  return recipient !== null && isReachable(recipient, who.channels) ? recipient : null;
}

export function privateWordsNotice(
  { addresses }: Pick<Wiring, "addresses">,
  told: {
    readonly to: Recipient;
    readonly place: PatchPlace;
    readonly on: "patch" | "case";
    readonly number: number;
    readonly patchId: string | null;
    /** The comment or body, and what of it this is about. */
    readonly source: string;
    readonly verbs: readonly string[];
    readonly now: number;
  },
): NewNotice {
  const { repository } = told.place;
  const name = `${repository.owner_login}/${repository.name}`;
  return {
    channel: "person",
    key: `private-words:${told.source}`,
    kind: "private-words",
    ownerId: repository.owner_id,
    patchId: told.patchId,
    thread: told.patchId,
    isUrgent: false,
    because: "a command held private words where they do not belong",
    runAfter: told.now,
    to: told.to,
    message: privateWordsMessage({
      reader: told.to,
      where: {
        name: `${name}#${told.number}`,
        url: `${addresses.webUrl}/${name}/${told.on === "patch" ? "pull" : "issues"}/${told.number}`,
      },
      commands: [...new Set(told.verbs)].map((verb) => `/case ${verb}`),
      isPublic: repository.visibility === "public",
    }),
  };
}
