// A supporter's words in a public repository that name a customer: they alone are told, once a comment.
import { nameMentioned } from "../customers/names.ts";
import { customersOfOwner, personByGithub } from "../customers/store.ts";
import type { Reacting } from "../github/handled.ts";
import type { Actor } from "../github/refs.ts";
import { patchId } from "../github/refs.ts";
import { isReachable } from "../notify/channels.ts";
import { recipientOfLogin } from "../notify/recipients.ts";
import { enqueueNotices } from "../notify/store.ts";
import { placeForPeople } from "../patches/gather-sides.ts";
import { namesOf } from "../patches/parties.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { namedCustomerMessage } from "./messages.ts";
import { wasToldOfPrivateWords } from "./store.ts";

export type Said = {
  readonly repositoryId: number;
  readonly number: number;
  readonly on: "patch" | "issue";
  /** Names the comment, review or body. */
  readonly source: string;
  readonly text: string;
  readonly sender: Actor | null;
  /** Of the comment itself, where GitHub says it. */
  readonly url: string | null;
  readonly at: number;
};

/** Asks GitHub at most once a day who is in a team, and only about somebody with a private address. */
export async function noticeNamedCustomer(reacting: Reacting, said: Said): Promise<void> {
  const { database, addresses, channels, now } = reacting;
  const { db } = database;
  const { sender, text } = said;
  if (sender === null || sender.isBot || text.trim() === "") return;
  const place = await placeOf(database, said.repositoryId, { fromAt: said.at, now: now() });
  if (place === null || place.mode !== "act" || place.repository.visibility !== "public") return;
  const { repository, policy } = place;
  if ((await personByGithub(db, repository.owner_id, sender.login)) === null) return;
  const to = await recipientOfLogin(db, repository.owner_id, { login: sender.login, policy });
  if (to === null || !isReachable(to, channels)) return;
  const customers = await customersOfOwner(db, repository.owner_id);
  const named = nameMentioned(text, customers);
  if (named === null) return;
  const login = sender.login.toLowerCase();
  const looksAfter = customers.some(
    (each) => each.consultant?.github.toLowerCase() === login || each.owner?.github?.toLowerCase() === login,
  );
  if (!looksAfter && !(await isSupport(reacting, place, sender))) return;
  // Whoever has just been told to take private words away need not be told of the name among them.
  if (await wasToldOfPrivateWords(db, said.source)) return;
  const name = `${repository.owner_login}/${repository.name}`;
  const isPatch = said.on === "patch";
  await database.transaction((tx) =>
    enqueueNotices(
      tx,
      [
        {
          channel: "person",
          key: `named-customer:${said.source}`,
          kind: "named-customer",
          ownerId: repository.owner_id,
          patchId: isPatch ? patchId(repository.id, said.number) : null,
          thread: isPatch ? patchId(repository.id, said.number) : null,
          isUrgent: false,
          because: "a supporter's comment in a public repository names a customer",
          runAfter: now(),
          to,
          message: namedCustomerMessage({
            reader: to,
            where: {
              name: `${name}#${said.number}`,
              url: said.url ?? `${addresses.webUrl}/${name}/${isPatch ? "pull" : "issues"}/${said.number}`,
            },
            customer: named.name,
          }),
        },
      ],
      now(),
    ),
  );
  database.hint("notices");
}

async function isSupport({ people }: Reacting, place: PatchPlace, sender: Actor): Promise<boolean> {
  const where = placeForPeople(place);
  if (where === null) return false;
  const names = await namesOf(people, where, place.policy.support);
  return names.logins.has(sender.login.toLowerCase()) || names.memberIds.has(sender.id);
}
