// Tells account owners and support of contracts that lapse, each moment once, what falls on one morning in one message.
import { createHash } from "node:crypto";
import type { Customer } from "../customers/customer.ts";
import { lapsesMessage } from "../customers/messages.ts";
import type { OwnerId } from "../github/refs.ts";
import { isReachable } from "../notify/channels.ts";
import type { Recipient } from "../notify/notice.ts";
import { ownerRecipients } from "../notify/recipients.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Policy } from "../policy/policy.ts";
import { type DueLapse, lapsesAt } from "./contracts.ts";
import { type OwnersPlace, supportOfOwner, type TellingWiring } from "./owner-place.ts";
import { noteTold } from "./store.ts";

type Lapsing = { readonly customer: Customer; readonly lapse: DueLapse };

/** Where nobody is to be told (`place` null: the policy observes, or we are not installed) nothing is noted either. */
export async function tellLapses(
  wiring: TellingWiring,
  place: OwnersPlace,
  customers: readonly Customer[],
): Promise<void> {
  const { database, channels, now } = wiring;
  const { ownerId, policy } = place;
  const at = now();
  const lapsing = customers.flatMap((customer) =>
    lapsesAt(customer, policy.contracts, at).map((lapse): Lapsing => ({ customer, lapse })),
  );
  if (lapsing.length === 0) return;
  const support = (await supportOfOwner(wiring, place)).filter((each) => isReachable(each, channels));
  const owners = await accountOwnersOf(wiring, { ownerId, policy, lapsing });
  await database.transaction(async (tx) => {
    const news: Lapsing[] = [];
    for (const each of lapsing) {
      const told = { key: `${ownerId}:${each.lapse.key}`, ownerId, kind: "contract" as const, at };
      if (await noteTold(tx, { ...told, patchId: null, customerId: each.customer.id })) news.push(each);
    }
    const readers = new Map<string, { to: Recipient; lapses: readonly Lapsing[] }>();
    for (const to of support) readers.set(to.key, { to, lapses: news });
    for (const { to, customerIds } of owners)
      if (!readers.has(to.key))
        readers.set(to.key, { to, lapses: news.filter(({ customer }) => customerIds.has(customer.id)) });
    for (const { to, lapses } of readers.values()) {
      if (lapses.length === 0) continue;
      const keys = createHash("sha256").update(JSON.stringify(lapses.map(({ lapse }) => lapse.key)));
      await enqueueNotices(
        tx,
        [
          {
            channel: "person",
            key: `contracts:${ownerId}:${to.key}:${keys.digest("hex").slice(0, 16)}`,
            kind: "contracts",
            ownerId,
            patchId: null,
            thread: null,
            isUrgent: false,
            because: "contracts end, and account owner and support are to hear of it",
            runAfter: at,
            to,
            message: lapsesMessage({
              reader: to,
              lapses: lapses.map(({ customer, lapse }) => ({ customer: customer.name, lapse })),
            }),
          },
        ],
        at,
      );
    }
  });
  database.hint("notices");
}

async function accountOwnersOf(
  { database, channels }: TellingWiring,
  of: { ownerId: OwnerId; policy: Policy; lapsing: readonly Lapsing[] },
): Promise<readonly { readonly to: Recipient; readonly customerIds: ReadonlySet<string> }[]> {
  const found = new Map<string, { to: Recipient; customerIds: Set<string> }>();
  for (const customer of new Set(of.lapsing.map((each) => each.customer))) {
    const { owner } = await ownerRecipients(database.db, of.ownerId, { customer, policy: of.policy });
    if (owner === null || !isReachable(owner, channels)) continue;
    const known = found.get(owner.key) ?? { to: owner, customerIds: new Set<string>() };
    known.customerIds.add(customer.id);
    found.set(owner.key, known);
  }
  return [...found.values()];
}
