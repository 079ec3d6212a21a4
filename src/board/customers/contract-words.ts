// Where a customer's contracts stand on a day, as values that pages tell: whether they pay, whether that lapses, and until when. Pure.
import { dayAt, lastCountingDay, payingOn } from "../../customers/contracts.ts";
import type { Contract, Customer } from "../../customers/customer.ts";
import type { Duration } from "../../policy/policy.ts";
import type { ContractDays } from "./time-axis.ts";

export type ContractState = "ahead" | "counts" | "lapsing" | "over" | "without-subscription";

export type ContractShown = ContractDays & { readonly state: ContractState; readonly targets: Contract["targets"] };

export type Paid =
  | { readonly kind: "pays"; readonly until: string }
  /** Past the last day of what they had; it counts until the end of the grace. */
  | { readonly kind: "lapsing"; readonly ended: string; readonly until: string }
  | { readonly kind: "begins"; readonly from: string }
  | { readonly kind: "over"; readonly ended: string }
  | { readonly kind: "none" };

export type Contracts = { readonly today: string; readonly paid: Paid; readonly contracts: readonly ContractShown[] };

/** The newest contracts first. */
export function contractsOn(customer: Customer, now: number, grace: Duration): Contracts {
  const today = dayAt(customer.timezone, now);
  const paying = payingOn(customer, now, grace);
  const counted = new Map(paying.countedContracts.map((each) => [each.contract, each.isLapsing]));
  const contracts = customer.contracts
    .toSorted((a, b) => Temporal.PlainDate.compare(b.from, a.from) || Temporal.PlainDate.compare(b.until, a.until))
    .map((contract): ContractShown => {
      const { plan, tier, from, until, targets } = contract;
      const isLapsing = counted.get(contract);
      return {
        plan,
        tier,
        from,
        until,
        targets,
        countsUntil: lastCountingDay(contract, grace),
        state: isLapsing === undefined ? stateOf(contract, { today, grace }) : isLapsing ? "lapsing" : "counts",
      };
    });
  return { today, contracts, paid: paidOf(contracts, { today, pays: paying.pays, isLapsing: paying.isLapsing }) };
}

function stateOf(contract: Contract, { today, grace }: { today: string; grace: Duration }): ContractState {
  if (isAfter(contract.from, today)) return "ahead";
  return isAfter(today, lastCountingDay(contract, grace)) ? "over" : "without-subscription";
}

type Today = { readonly today: string; readonly pays: boolean; readonly isLapsing: boolean };

function paidOf(contracts: readonly ContractShown[], { pays, isLapsing }: Today): Paid {
  const running = contracts.filter(({ state }) => state === "counts" || state === "lapsing");
  const last = latest(running, ({ until }) => until);
  if (pays && last !== undefined)
    return isLapsing
      ? {
          kind: "lapsing",
          ended: last.until,
          until: latest(running, ({ countsUntil }) => countsUntil)?.countsUntil ?? last.until,
        }
      : { kind: "pays", until: last.until };
  const next = contracts
    .filter(({ state, plan }) => state === "ahead" && plan === "subscription")
    .toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))[0];
  if (next !== undefined) return { kind: "begins", from: next.from };
  const ended = latest(
    contracts.filter(({ state }) => state === "over"),
    ({ until }) => until,
  );
  return ended === undefined ? { kind: "none" } : { kind: "over", ended: ended.until };
}

const latest = (contracts: readonly ContractShown[], dayOf: (contract: ContractShown) => string) =>
  contracts.toSorted((a, b) => Temporal.PlainDate.compare(dayOf(b), dayOf(a)))[0];

/** Days are compared as days: beyond the year 9999 their texts do not sort. */
const isAfter = (day: string, other: string): boolean => Temporal.PlainDate.compare(day, other) > 0;
