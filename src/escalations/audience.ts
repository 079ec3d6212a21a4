// Who hears of a step, by name and address: account owners with their deputies, consultants, support, deciders. Apart, because who stands in
// for somebody without an address is the same for every step.
import type { Customer } from "../customers/customer.ts";
import { ownerId } from "../github/refs.ts";
import { isReachable } from "../notify/channels.ts";
import type { Recipient } from "../notify/notice.ts";
import {
  consultantRecipient,
  deciderRecipients,
  ownerRecipients,
  supportRecipients,
  type Unreachable,
  withoutRepeats,
} from "../notify/recipients.ts";
import { customersById } from "../patches/customers-today.ts";
import type { Gathered } from "../patches/gather.ts";
import { confirmedOpen } from "../patches/situation.ts";
import type { Wiring } from "../patches/wiring.ts";

/** Who stands behind one customer. Only those who can be told are in it. */
export type CustomerSide = {
  readonly customer: Customer;
  readonly owner: Recipient | null;
  readonly deputy: Recipient | null;
  readonly consultant: Recipient | null;
  /** The account owner or deputy, where no way to them is known. */
  readonly unreachable: readonly string[];
};

export type Audience = {
  readonly sides: readonly CustomerSide[];
  readonly support: readonly Recipient[];
  readonly deciders: readonly Recipient[];
  readonly unreachableDeciders: readonly Unreachable[];
};

/** @throws where GitHub has to be asked and cannot. */
export async function audienceOf(
  wiring: Wiring,
  gathered: Gathered,
  of: {
    /** Whose sides, where it is not those who wait now. */
    readonly customerIds: readonly string[] | null;
    /** Whether anything is put before those who decide: GitHub is asked of each whether they have left. */
    readonly isForDeciders: boolean;
  },
): Promise<Audience> {
  const { customerIds, isForDeciders } = of;
  const support = await supportRecipients(wiring, gathered.place);
  const deciders = isForDeciders ? await deciderRecipients(wiring, gathered.place) : { reached: [], unreachable: [] };
  const sides: CustomerSide[] = [];
  const customers =
    customerIds === null
      ? customersWho(gathered)
      : await customersById(wiring.database.db, ownerId(gathered.row.owner_id), customerIds);
  for (const customer of customers) sides.push(await sideOf(wiring, gathered, customer));
  return {
    sides,
    support: support.reached,
    deciders: deciders.reached,
    unreachableDeciders: deciders.unreachable,
  };
}

/** Those of the open cases; where no case has a customer yet, the author's. */
function customersWho({ customers, situation }: Gathered): readonly Customer[] {
  const linked = new Set(confirmedOpen(situation.cases).flatMap((each) => each.customerId ?? []));
  const ids = linked.size > 0 ? linked : new Set(situation.authorCustomerIds);
  return customers.filter((each) => ids.has(each.id));
}

async function sideOf(wiring: Wiring, { row, place }: Gathered, customer: Customer): Promise<CustomerSide> {
  const { db } = wiring.database;
  const of = { customer, policy: place.policy };
  const { owner, deputy } = await ownerRecipients(db, row.owner_id, of);
  const consultant = await consultantRecipient(db, row.owner_id, of);
  const reached = (each: Recipient | null): Recipient | null =>
    each !== null && isReachable(each, wiring.channels) ? each : null;
  return {
    customer,
    owner: reached(owner),
    deputy: reached(deputy),
    consultant: reached(consultant),
    unreachable: [owner, deputy].flatMap((each) => (each !== null && reached(each) === null ? [each.name] : [])),
  };
}

/** Who is asked what the account owner has to decide: they, and their deputy the second time; else the consultant, else support. */
export function askedInstead(
  side: CustomerSide | null,
  { support }: Audience,
  { withDeputy }: { readonly withDeputy: boolean },
): readonly Recipient[] {
  const owners = [side?.owner ?? null, withDeputy ? (side?.deputy ?? null) : null].filter((each) => each !== null);
  if (owners.length > 0) return withoutRepeats(owners);
  if (!withDeputy && side?.deputy) return [side.deputy];
  return side?.consultant ? [side.consultant] : support;
}

/** Those who help: consultants, else support. */
export function helpersOf(audience: Audience): readonly Recipient[] {
  const consultants = audience.sides.flatMap((side) => side.consultant ?? []);
  return withoutRepeats([...consultants, ...audience.support]);
}
