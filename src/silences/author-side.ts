// Who of the author's side can hear something privately. Apart, because what comes next for a patch depends on whether anybody can.
import type { Customer } from "../customers/customer.ts";
import { personByGithub } from "../customers/store.ts";
import { isReachable } from "../notify/channels.ts";
import type { Recipient } from "../notify/notice.ts";
import { recipientOfLogin, withoutRepeats } from "../notify/recipients.ts";
import type { PatchPlace } from "../patches/place.ts";
import type { PatchRow } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";

type Telling = Pick<Wiring, "database" | "channels">;

type Concerned = { readonly row: PatchRow; readonly place: PatchPlace; readonly customers: readonly Customer[] };

export type Consultant = { readonly recipient: Recipient; readonly theirs: readonly Customer[] };

/** The author where `people` says how to reach them, else the consultants of the customers whom the patch concerns; perhaps nobody. */
export async function authorSideRecipients(telling: Telling, concerned: Concerned): Promise<readonly Recipient[]> {
  const { row, place } = concerned;
  const author = row.author_is_bot === 1 ? null : await reachablePerson(telling, place, row.author_login);
  if (author !== null) return [author];
  return (await consultantsOf(telling, concerned)).map(({ recipient }) => recipient);
}

/** The consultants who can be reached, each with those of the customers whom they look after. */
export async function consultantsOf(
  telling: Telling,
  { place, customers }: Pick<Concerned, "place" | "customers">,
): Promise<readonly Consultant[]> {
  const found: { recipient: Recipient; customer: Customer }[] = [];
  for (const customer of customers) {
    if (customer.consultant === null) continue;
    const recipient = await reachablePerson(telling, place, customer.consultant.github);
    if (recipient !== null) found.push({ recipient, customer });
  }
  return withoutRepeats(found.map(({ recipient }) => recipient)).map((recipient) => ({
    recipient,
    theirs: found.filter((each) => each.recipient.key === recipient.key).map(({ customer }) => customer),
  }));
}

async function reachablePerson(telling: Telling, place: PatchPlace, login: string): Promise<Recipient | null> {
  const { db } = telling.database;
  const owner = place.repository.owner_id;
  // Asked first, since whoever is not among people is looked for among all customers.
  if ((await personByGithub(db, owner, login)) === null) return null;
  const recipient = await recipientOfLogin(db, owner, { login, policy: place.policy });
  return recipient !== null && isReachable(recipient, telling.channels) ? recipient : null;
}
