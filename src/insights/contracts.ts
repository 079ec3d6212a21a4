// Which contracts counted when a patch was opened, and what they promised. Pure, and apart from customers/contracts.ts, whose rule it follows,
// because it is asked of thousands of patches: a customer's days become instants once.
import { dayAfter, lastCountingDay } from "../customers/contracts.ts";
import type { Contract, Duration } from "../customers/customer.ts";

/** Instants: `fromAt` inclusive, the others exclusive. */
export type ContractSpan = {
  readonly label: string;
  readonly plan: Contract["plan"];
  readonly targets: Contract["targets"];
  readonly fromAt: number;
  readonly untilAt: number;
  readonly countsUntilAt: number;
};

export type Contracted = { readonly timezone: string; readonly contracts: readonly Contract[] };

/** Answers a customer's contracts as spans. Days that many contracts share are worked out once for all of them. */
export function createSpanning(grace: Duration): (customer: Contracted) => readonly ContractSpan[] {
  const known = new Map<string, Instants>();
  const instantsOf = (contract: Contract, timezone: string): Instants => {
    const key = `${timezone} ${contract.from} ${contract.until}`;
    const found = known.get(key) ?? {
      fromAt: startOfDay(contract.from, timezone),
      untilAt: startOfDay(dayAfter(contract.until, 1), timezone),
      countsUntilAt: startOfDay(dayAfter(lastCountingDay(contract, grace), 1), timezone),
    };
    known.set(key, found);
    return found;
  };
  return ({ timezone, contracts }) =>
    contracts.map((contract) => ({
      label: contract.tier === null ? contract.plan : `${contract.plan} ${contract.tier}`,
      plan: contract.plan,
      targets: contract.targets,
      ...instantsOf(contract, timezone),
    }));
}

type Instants = Pick<ContractSpan, "fromAt" | "untilAt" | "countsUntilAt">;

/** A contract counts from its first day to the end of its grace; consulting only while a subscription is active. */
export function countedAt(spans: readonly ContractSpan[], at: number): readonly ContractSpan[] {
  const hasSubscription = spans.some(
    ({ plan, fromAt, untilAt }) => plan === "subscription" && fromAt <= at && at < untilAt,
  );
  return spans.filter(
    ({ plan, fromAt, countsUntilAt }) =>
      fromAt <= at && at < countsUntilAt && (hasSubscription || plan === "subscription"),
  );
}

const startOfDay = (day: string, timezone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timezone).epochMilliseconds;
