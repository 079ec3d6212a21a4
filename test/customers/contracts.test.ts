import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextBoundaryAt, payingOn, targetsOf } from "../../src/customers/contracts.ts";
import type { Contract, Duration } from "../../src/customers/customer.ts";
import { aContract, aCustomer, DAYS_30 } from "./builders.ts";

const NO_GRACE: Duration = { amount: 0, unit: "d" };
const at = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;
const instant = (millis: number | null) =>
  millis === null ? null : Temporal.Instant.fromEpochMilliseconds(millis).toString();

/** What the contracts say at an instant, in one word each. */
function answer(contracts: readonly Contract[], when: string, { timezone = "UTC", grace = DAYS_30 as Duration } = {}) {
  const { pays, isConsulting, isLapsing } = payingOn(aCustomer({ timezone, contracts }), at(when), grace);
  if (!pays) return "no";
  return `pays${isConsulting ? " consulting" : ""}${isLapsing ? " lapsing" : ""}`;
}

const year = aContract({ from: "2026-04-01", until: "2027-03-31" });
const consulting = aContract({ plan: "consulting", from: "2026-06-01", until: "2026-12-31" });

describe("both ends of a contract are inclusive, in the customer's time zone", () => {
  test.each([
    ["UTC", "2026-03-31T23:59:59.999Z", "no"],
    ["UTC", "2026-04-01T00:00:00Z", "pays"],
    ["UTC", "2027-03-31T23:59:59.999Z", "pays"],
    ["UTC", "2027-04-01T00:00:00Z", "no"],
    ["Asia/Tokyo", "2026-03-31T14:59:59.999Z", "no"],
    ["Asia/Tokyo", "2026-03-31T15:00:00Z", "pays"],
    ["Asia/Tokyo", "2027-03-31T14:59:59.999Z", "pays"],
    ["Asia/Tokyo", "2027-03-31T15:00:00Z", "no"],
    ["America/Los_Angeles", "2026-04-01T06:59:59.999Z", "no"],
    ["America/Los_Angeles", "2026-04-01T07:00:00Z", "pays"],
    ["Pacific/Kiritimati", "2026-03-31T10:00:00Z", "pays"],
    ["Pacific/Kiritimati", "2026-03-31T09:59:59.999Z", "no"],
  ])("%s at %s: %s", (timezone, when, expected) => {
    expect(answer([year], when, { timezone, grace: NO_GRACE })).toBe(expected);
  });
});

describe("after its last day a contract counts for the grace and is lapsing", () => {
  test.each([
    ["2027-03-31T12:00:00Z", DAYS_30, "pays"],
    ["2027-04-01T00:00:00Z", DAYS_30, "pays lapsing"],
    ["2027-04-30T23:59:59.999Z", DAYS_30, "pays lapsing"],
    ["2027-05-01T00:00:00Z", DAYS_30, "no"],
    ["2027-04-07T23:59:59Z", { amount: 1, unit: "w" }, "pays lapsing"],
    ["2027-04-08T00:00:00Z", { amount: 1, unit: "w" }, "no"],
    ["2027-04-02T23:59:59Z", { amount: 25, unit: "h" }, "pays lapsing"],
    ["2027-04-03T00:00:00Z", { amount: 25, unit: "h" }, "no"],
  ] as const)("at %s with a grace of %o: %s", (when, grace, expected) => {
    expect(answer([year], when, { grace })).toBe(expected);
  });
});

describe("a consulting contract counts only while a subscription is active", () => {
  const shortYear = aContract({ from: "2026-04-01", until: "2026-09-30" });
  test.each([
    ["without any subscription", [consulting], "2026-07-01T00:00:00Z", "no"],
    ["with one", [year, consulting], "2026-07-01T00:00:00Z", "pays consulting"],
    ["before consulting begins", [year, consulting], "2026-05-31T23:59:59Z", "pays"],
    ["in consulting's own grace", [year, consulting], "2027-01-30T23:59:59Z", "pays consulting"],
    ["after consulting's own grace", [year, consulting], "2027-01-31T00:00:00Z", "pays"],
    ["on the subscription's last day", [shortYear, consulting], "2026-09-30T23:59:59Z", "pays consulting"],
    ["in the subscription's grace", [shortYear, consulting], "2026-10-01T00:00:00Z", "pays lapsing"],
    ["after the subscription's grace", [shortYear, consulting], "2026-10-31T00:00:00Z", "no"],
  ])("%s", (_name, contracts, when, expected) => {
    expect(answer(contracts, when)).toBe(expected);
  });
});

describe("gaps, renewals and odd days", () => {
  const first = aContract({ from: "2026-01-01", until: "2026-03-31" });
  const renewed = aContract({ from: "2026-06-01", until: "2026-12-31" });
  test.each([
    ["a gap longer than the grace", [first, renewed], "2026-05-15T00:00:00Z", "no"],
    ["the first day after the gap", [first, renewed], "2026-06-01T00:00:00Z", "pays"],
    ["a renewal in time is not lapsing", [first, aContract({ from: "2026-04-01" })], "2026-04-10T00:00:00Z", "pays"],
    ["no contract at all", [], "2026-04-10T00:00:00Z", "no"],
    ["a contract of one day", [aContract({ from: "2026-02-28", until: "2026-02-28" })], "2026-02-28T12:00:00Z", "pays"],
    ["29 February counts", [aContract({ from: "2028-02-29", until: "2028-02-29" })], "2028-02-29T23:59:59Z", "pays"],
    ["a contract for ever", [aContract({ until: "9999-12-31" })], "2500-01-01T00:00:00Z", "pays"],
  ])("%s", (_name, contracts, when, expected) => {
    expect(answer(contracts, when)).toBe(expected);
  });
});

describe("every answer says why", () => {
  test.each([
    [[year], "2026-05-01T00:00:00Z", "a subscription contract runs from 2026-04-01 until 2027-03-31"],
    [[year], "2027-04-02T00:00:00Z", "a subscription contract ended on 2027-03-31 and counts until 2027-04-30"],
    [
      [year, consulting],
      "2027-01-15T00:00:00Z",
      "a subscription contract runs from 2026-04-01 until 2027-03-31; a consulting contract ended on 2026-12-31 and counts until 2027-01-30",
    ],
    [[year], "2026-03-01T00:00:00Z", "the next subscription begins on 2026-04-01"],
    [[year], "2027-06-01T00:00:00Z", "the subscription ended on 2027-03-31 and counted until 2027-04-30"],
    [[consulting], "2026-07-01T00:00:00Z", "there is no subscription, and consulting counts only with one"],
    [[], "2026-07-01T00:00:00Z", "there is no contract"],
  ])("%# %s", (contracts, when, because) => {
    expect(payingOn(aCustomer({ contracts }), at(when), DAYS_30).because).toBe(because);
  });
});

describe("the next instant at which the answer can change", () => {
  test.each([
    ["UTC", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"],
    ["UTC", "2026-04-01T00:00:00Z", "2027-04-01T00:00:00Z"],
    ["UTC", "2027-04-01T00:00:00Z", "2027-05-01T00:00:00Z"],
    ["UTC", "2027-05-01T00:00:00Z", null],
    ["Asia/Tokyo", "2026-01-01T00:00:00Z", "2026-03-31T15:00:00Z"],
  ])("in %s after %s: %s", (timezone, when, expected) => {
    const customer = aCustomer({ timezone, contracts: [year] });
    expect(instant(nextBoundaryAt(customer, at(when), DAYS_30))).toBe(expected);
  });

  test.each([
    // The clocks go forward at midnight: the day begins at one o'clock.
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"],
    ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"],
    // A day of 25 hours, and one that Samoa left out.
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z"],
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"],
  ])("a contract in %s that begins on %s counts from %s", (timezone, from, expected) => {
    const customer = aCustomer({ timezone, contracts: [aContract({ from })] });
    const boundaryAt = nextBoundaryAt(customer, at(`${from}T00:00:00Z`) - 48 * 3_600_000, NO_GRACE);
    expect(instant(boundaryAt)).toBe(expected);
    expect(payingOn(customer, at(expected), NO_GRACE).pays).toBe(true);
    expect(payingOn(customer, at(expected) - 1, NO_GRACE).pays).toBe(false);
  });

  test("between two boundaries the answer never changes", () => {
    const day = fc.integer({ min: 0, max: 700 }).map((days) => Temporal.PlainDate.from("2026-01-01").add({ days }));
    const contract = fc
      .record({ plan: fc.constantFrom("subscription", "consulting"), from: day, days: fc.integer({ min: 0, max: 90 }) })
      .map(({ plan, from, days }) => aContract({ plan, from: from.toString(), until: from.add({ days }).toString() }));
    fc.assert(
      fc.property(
        fc.array(contract, { maxLength: 4 }),
        fc.constantFrom("UTC", "Asia/Tokyo", "America/Santiago", "Europe/Berlin", "Australia/Lord_Howe"),
        fc.integer({ min: 0, max: 800 * 86_400 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (contracts, timezone, seconds, share) => {
          const customer = aCustomer({ contracts, timezone });
          const now = at("2026-01-01T00:00:00Z") + seconds * 1000;
          const next = nextBoundaryAt(customer, now, DAYS_30) ?? now + 10 ** 10;
          const later = now + Math.floor((next - now) * share);
          expect(payingOn(customer, later, DAYS_30)).toEqual(payingOn(customer, now, DAYS_30));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the strictest target of the contracts that count", () => {
  const millisOf = ({ amount, unit }: Duration) => amount * { s: 1, m: 60, h: 3600, d: 8 * 3600, w: 40 * 3600 }[unit];
  const hours = (amount: number): Duration => ({ amount, unit: "h" });
  const oneDay: Duration = { amount: 1, unit: "d" };

  test("is taken a severity, by working time", () => {
    const contracts = [
      aContract({ targets: { S1: hours(4), S2: hours(9) } }),
      aContract({ targets: { S1: hours(2), S2: oneDay } }),
      aContract({ plan: "consulting", targets: { S3: oneDay } }),
    ];
    const targets = targetsOf(aCustomer({ contracts }), at("2026-05-01T00:00:00Z"), { grace: DAYS_30, millisOf });
    expect(targets).toEqual({ S1: hours(2), S2: oneDay, S3: oneDay });
  });

  test("leaves out contracts that do not count", () => {
    const contracts = [
      aContract({ until: "2026-04-30", targets: { S1: hours(1) } }),
      aContract({ targets: { S2: oneDay } }),
    ];
    const targets = targetsOf(aCustomer({ contracts }), at("2026-08-01T00:00:00Z"), { grace: DAYS_30, millisOf });
    expect(targets).toEqual({ S2: oneDay });
  });
});
