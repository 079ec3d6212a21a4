// Who pays on a day, and when that can change next. Pure, because labels, reminders, board and simulation ask the same question.
import { type Contract, type Customer, type Duration, SEVERITIES, type Severity } from "./customer.ts";

const DAY_MILLIS = 86_400_000;
const UNIT_MILLIS: Readonly<Record<Duration["unit"], number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MILLIS,
  w: 7 * DAY_MILLIS,
};

/** A contract that counts; it is lapsing from the day after `until` to the end of the grace. */
type CountedContract = { readonly contract: Contract; readonly isLapsing: boolean };

export type Paying = {
  readonly pays: boolean;
  /** Whether a consulting contract counts. */
  readonly isConsulting: boolean;
  /** Whether the customer pays only because of the grace: every contract that counts is past its last day. */
  readonly isLapsing: boolean;
  readonly countedContracts: readonly CountedContract[];
  /** For the team, never for a public place. Names no customer. */
  readonly because: string;
};

/** Whether the customer pays at the instant `at` (epoch milliseconds). `grace` counts in calendar days, `w` is seven. */
export function payingOn(customer: Customer, at: number, grace: Duration): Paying {
  const today = dayAt(customer.timezone, at);
  const hasActiveSubscription = customer.contracts.some(
    (contract) => contract.plan === "subscription" && isActive(contract, today),
  );
  const countedContracts = customer.contracts
    .filter((contract) => hasActiveSubscription || contract.plan === "subscription")
    .filter((contract) => contract.from <= today && isUpTo(today, lastCountingDay(contract, grace)))
    .map((contract) => ({ contract, isLapsing: today > contract.until }));
  const pays = countedContracts.length > 0;
  return {
    pays,
    isConsulting: countedContracts.some(({ contract }) => contract.plan === "consulting"),
    isLapsing: pays && countedContracts.every(({ isLapsing }) => isLapsing),
    countedContracts,
    because: pays ? becauseCounted(countedContracts, grace) : becauseNone(customer.contracts, today, grace),
  };
}

/**
 * The next instant after `at` at which `payingOn` can answer otherwise: a contract's first day begins, its last day is over, or its
 * grace is. Null when nothing lies ahead.
 */
export function nextBoundaryAt(customer: Customer, at: number, grace: Duration): number | null {
  let next: number | null = null;
  for (const contract of customer.contracts) {
    const days = [contract.from, dayAfter(contract.until, 1), dayAfter(lastCountingDay(contract, grace), 1)];
    for (const boundaryAt of days.map((day) => startOfDay(day, customer.timezone))) {
      if (boundaryAt > at && (next === null || boundaryAt < next)) next = boundaryAt;
    }
  }
  return next;
}

/**
 * The strictest targets of the contracts that count at `at`, for the severities that have one. `millisOf` says how much working time
 * a length is by the policy's calendar, for a day of eight hours is shorter than `9h`.
 */
export function targetsOf(
  customer: Customer,
  at: number,
  { grace, millisOf }: { readonly grace: Duration; readonly millisOf: (duration: Duration) => number },
): Readonly<Partial<Record<Severity, Duration>>> {
  const strictest: Partial<Record<Severity, Duration>> = {};
  for (const { contract } of payingOn(customer, at, grace).countedContracts) {
    for (const severity of SEVERITIES) {
      const target = contract.targets[severity];
      const known = strictest[severity];
      if (target !== undefined && (known === undefined || millisOf(target) < millisOf(known)))
        strictest[severity] = target;
    }
  }
  return strictest;
}

function isActive(contract: Contract, today: string): boolean {
  return contract.from <= today && today <= contract.until;
}

/** Days are compared as days: beyond the year 9999, where "for ever" and its grace end, their texts do not sort. */
function isUpTo(day: string, last: string): boolean {
  return Temporal.PlainDate.compare(day, last) <= 0;
}

/** The last day on which the contract counts: its end and the grace after it. */
export function lastCountingDay(contract: Contract, grace: Duration): string {
  return dayAfter(contract.until, graceDays(grace));
}

/** Contracts live in whole days, so a grace in hours is rounded up to them. */
function graceDays(grace: Duration): number {
  return Math.ceil((grace.amount * UNIT_MILLIS[grace.unit]) / DAY_MILLIS);
}

/** The day that the zone's calendars show. */
export function dayAt(timezone: string, at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The first instant of the day, which is not midnight where the clocks go forward at midnight. */
function startOfDay(day: string, timezone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timezone).epochMilliseconds;
}

function becauseCounted(counted: readonly CountedContract[], grace: Duration): string {
  const parts = counted.map(({ contract, isLapsing }) =>
    isLapsing
      ? `a ${contract.plan} contract ended on ${contract.until} and counts until ${lastCountingDay(contract, grace)}`
      : `a ${contract.plan} contract runs from ${contract.from} until ${contract.until}`,
  );
  return parts.join("; ");
}

function becauseNone(contracts: readonly Contract[], today: string, grace: Duration): string {
  const subscriptions = contracts.filter(({ plan }) => plan === "subscription");
  const last = subscriptions
    .filter(({ until }) => until < today)
    .sort((a, b) => (a.until < b.until ? 1 : -1))
    .at(0);
  const next = subscriptions
    .filter(({ from }) => from > today)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(0);
  if (subscriptions.length === 0)
    return contracts.length === 0
      ? "there is no contract"
      : "there is no subscription, and consulting counts only with one";
  const parts: string[] = [];
  if (last !== undefined)
    parts.push(`the subscription ended on ${last.until} and counted until ${lastCountingDay(last, grace)}`);
  if (next !== undefined) parts.push(`the next subscription begins on ${next.from}`);
  return parts.join("; ");
}
