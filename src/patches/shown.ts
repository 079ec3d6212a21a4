// Whom a patch may show to everybody that it is for. Pure, and apart, because labels, following, reminders and times all have to keep to it.
import { type CustomerToday, confirmedOpen, type LinkedCase, type Situation } from "./situation.ts";

type Showing = {
  readonly policy: Pick<Situation["policy"], "disclosure">;
  readonly customers: ReadonlyMap<string, Pick<CustomerToday, "isConfidential">>;
};

/** A link shows a confidential customer where nothing may be said only if a supporter made it. */
export function mayShow(linked: LinkedCase, { policy, customers }: Showing): boolean {
  const isConfidential = linked.customerId !== null && customers.get(linked.customerId)?.isConfidential === true;
  return !isConfidential || policy.disclosure !== "none" || linked.isBySupport;
}

/**
 * Cases as they count for what everybody sees. How grave one is that may not be shown drives nothing: a label, a target, a clock or an urgent
 * question would tell it.
 */
export const asShown = (cases: readonly LinkedCase[], showing: Showing): readonly LinkedCase[] =>
  cases.map((each) => (mayShow(each, showing) ? each : { ...each, severity: null }));

/**
 * The author's customers, as far as who wrote a patch may show whom it is for: following it, labelling it or reminding of it because of
 * its author would give a confidential customer away where nothing may be said. Then a supporter's link is needed.
 */
export function shownAuthorCustomers(situation: Situation): readonly CustomerToday[] {
  const isSilent = situation.policy.disclosure === "none";
  return situation.authorCustomerIds
    .flatMap((id) => situation.customers.get(id) ?? [])
    .filter((each) => !each.isConfidential || !isSilent);
}

/** Whether somebody under a support contract depends on it, as far as that may be said. */
export function isUnderContract(situation: Situation): boolean {
  const isCaseOpen = confirmedOpen(situation.cases).some((each) => mayShow(each, situation));
  return isCaseOpen || shownAuthorCustomers(situation).some((each) => each.pays);
}
