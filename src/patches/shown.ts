// Whom a patch may show to everybody that it is for. Pure, and apart, because labels, following, reminders and times all have to keep to it.
import type { Severity } from "../policy/policy.ts";
import { type CustomerToday, confirmedOpen, gravestSeverity, type LinkedCase, type Situation } from "./situation.ts";

/** A link shows a confidential customer where nothing may be said only if a supporter made it. */
export function mayShow(linked: LinkedCase, { policy, customers }: Situation): boolean {
  const isConfidential = linked.customerId !== null && customers.get(linked.customerId)?.isConfidential === true;
  return !isConfidential || policy.disclosure !== "none" || linked.isBySupport;
}

/** The gravest severity of the cases that may be shown. */
export const shownSeverity = (situation: Situation): Severity | null =>
  gravestSeverity(situation.cases.filter((each) => mayShow(each, situation)));

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
