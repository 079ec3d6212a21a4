// When account owner and support hear that a contract lapses: at each warning before its end, on its last day, at the end of the grace. Pure.
import { dayAfter, dayAt, lastCountingDay } from "../customers/contracts.ts";
import type { Contract, Customer } from "../customers/customer.ts";
import type { Policy } from "../policy/policy.ts";

type ContractPolicy = Policy["contracts"];

/** `warning`: some days before the end. `last-day`: it ends today. `grace-over`: it counts for the last day. */
export type LapseKind = "warning" | "last-day" | "grace-over";

/** A moment of a contract's end. `key` is one a moment, so that it is told once. */
export type Lapse = {
  readonly key: string;
  readonly kind: LapseKind;
  readonly contract: Contract;
  readonly at: number;
  readonly countsUntil: string;
};

/** A lapse that may be told now, and how many days from now the contract ends (0: today; less: it has ended). */
export type DueLapse = Lapse & { readonly daysLeft: number };

const MORNING = "09:00";
/** Who imports what ended long ago hears nothing of it. */
const LATEST_DAYS = 7;

/** Of each contract that lapses at `now` the moment that came last: what was missed before it says nothing more. */
export function lapsesAt(customer: Customer, policy: ContractPolicy, now: number): readonly DueLapse[] {
  const today = dayAt(customer.timezone, now);
  return customer.contracts.flatMap((contract) => {
    const last = lapsesOf(contract, customer, policy).findLast((each) => each.at <= now);
    if (last === undefined || isAfter(today, dayAfter(last.countsUntil, LATEST_DAYS))) return [];
    return [{ ...last, daysLeft: daysBetween(today, contract.until) }];
  });
}

/** When the next such moment comes; null where none does. */
export function nextLapseAt(customer: Customer, policy: ContractPolicy, now: number): number | null {
  const ahead = customer.contracts
    .flatMap((contract) => lapsesOf(contract, customer, policy).map((each) => each.at))
    .filter((at) => at > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** All moments of a contract's end in their order; none where it is renewed. */
function lapsesOf(contract: Contract, customer: Customer, policy: ContractPolicy): readonly Lapse[] {
  if (isRenewed(contract, customer)) return [];
  const countsUntil = lastCountingDay(contract, policy.grace);
  const moment = (kind: LapseKind, day: string): Lapse => ({
    key: `contract:${customer.id}:${contract.plan}:${contract.until}:${day}`,
    kind,
    contract,
    at: morningOf(day, customer.timezone),
    countsUntil,
  });
  const warnings = policy.warn
    .map((before) => dayAfter(contract.until, -before.amount * (before.unit === "w" ? 7 : 1)))
    .filter((day) => !isAfter(contract.from, day) && day !== contract.until);
  return [
    ...[...new Set(warnings)].toSorted().map((day) => moment("warning", day)),
    moment("last-day", contract.until),
    // Without a grace both are the same day, and one word is enough.
    ...(countsUntil === contract.until ? [] : [moment("grace-over", countsUntil)]),
  ];
}

/** Another contract of the same plan follows without a gap. */
function isRenewed(contract: Contract, customer: Customer): boolean {
  const nextDay = dayAfter(contract.until, 1);
  return customer.contracts.some(
    (other) =>
      other !== contract &&
      other.plan === contract.plan &&
      isAfter(other.until, contract.until) &&
      !isAfter(other.from, nextDay),
  );
}

/** Days are compared as days: beyond the year 9999 their texts do not sort. */
const isAfter = (day: string, other: string): boolean => Temporal.PlainDate.compare(day, other) > 0;

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: "day" }).days;

const morningOf = (day: string, timezone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone, plainTime: MORNING }).epochMilliseconds;
