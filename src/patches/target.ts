// How soon maintainers should answer: the policy's target or a contract's, whichever is stricter. Pure.
import { dayMillis, durationMillis } from "../policy/calendar.ts";
import type { Duration, Severity } from "../policy/policy.ts";
import { mayShow, shownAuthorCustomers } from "./shown.ts";
import { type CustomerToday, confirmedOpen, gravestSeverity, type Situation } from "./situation.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `isOfContract`: somebody's contract promises it, and not the policy alone. */
type Target = {
  readonly millis: number;
  readonly duration: Duration;
  readonly severity: Severity | null;
  readonly isOfContract: boolean;
};

/** The stricter of the policy's target and those of the contracts of everybody who waits. */
export function targetOf(situation: Situation): Target {
  const { clock } = situation;
  const severity = gravestSeverity(situation.cases);
  const ofPolicy = situation.policy.targets[severity ?? "none"];
  const policyMillis = durationMillis(ofPolicy, clock);
  if (severity === null) return { millis: policyMillis, duration: ofPolicy, severity, isOfContract: false };
  const ofContracts = waitingCustomers(situation).flatMap((each) => each.targetMillis[severity] ?? []);
  const millis = Math.min(policyMillis, ...ofContracts);
  return {
    millis,
    duration: millis < policyMillis ? durationOf(millis, dayMillis(clock)) : ofPolicy,
    severity,
    isOfContract: ofContracts.some((each) => each === millis),
  };
}

/** Those who pay and either wrote the patch or have an open case linked: a closed case waits for nothing. */
function waitingCustomers(situation: Situation): readonly CustomerToday[] {
  const shownCases = confirmedOpen(situation.cases).filter((each) => mayShow(each, situation));
  const ids = new Set([
    ...shownAuthorCustomers(situation).map((each) => each.id),
    ...shownCases.flatMap((each) => each.customerId ?? []),
  ]);
  return [...situation.customers.values()].filter((each) => each.pays && ids.has(each.id));
}

/** In the greatest unit that goes into it without a rest. */
function durationOf(millis: number, day: number): Duration {
  if (millis % day === 0) return { amount: millis / day, unit: "d" };
  if (millis % HOUR === 0) return { amount: millis / HOUR, unit: "h" };
  if (millis % MINUTE === 0) return { amount: millis / MINUTE, unit: "m" };
  return { amount: Math.ceil(millis / 1000), unit: "s" };
}
