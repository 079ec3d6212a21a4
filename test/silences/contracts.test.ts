// When a contract's end is told: each warning, the last day and the end of the grace, in the customer's morning; never of a renewed one.
import { describe, expect, test } from "vitest";
import type { Contract, Customer } from "../../src/customers/customer.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { lapsesAt, nextLapseAt } from "../../src/silences/contracts.ts";
import { aContract, aCustomer } from "../customers/builders.ts";
import { at, iso } from "../patches/builders.ts";

const days = (amount: number) => ({ amount, unit: "d" }) as const;
const POLICY: Policy["contracts"] = { grace: days(30), warn: [days(60), days(14)] };

const ends = (until: string, parts: Partial<Contract> = {}) => aContract({ from: "2026-01-01", until, ...parts });
const withContracts = (...contracts: readonly Contract[]) => aCustomer({ timezone: "Asia/Tokyo", contracts });

/** What is told at that time, as "kind until (days left)". */
const told = (customer: Customer, now: string, policy = POLICY) =>
  lapsesAt(customer, policy, at(now)).map(
    ({ kind, contract, daysLeft }) => `${kind} ${contract.plan} ${contract.until} (${daysLeft})`,
  );

type Row = readonly [sentence: string, customer: Customer, now: string, expected: readonly string[]];

const ONE = withContracts(ends("2026-12-31"));

const rows: readonly Row[] = [
  ["nothing before the first warning", ONE, "2026-10-31T23:59:59Z", []],
  [
    "sixty days before, at nine in the customer's morning",
    ONE,
    "2026-11-01T00:00:00Z",
    ["warning subscription 2026-12-31 (60)"],
  ],
  ["fourteen days before", ONE, "2026-12-17T00:00:00Z", ["warning subscription 2026-12-31 (14)"]],
  ["on the last day", ONE, "2026-12-31T00:00:00Z", ["last-day subscription 2026-12-31 (0)"]],
  ["missed on the day, the day after still", ONE, "2027-01-01T00:00:00Z", ["last-day subscription 2026-12-31 (-1)"]],
  ["at the end of the grace", ONE, "2027-01-30T00:00:00Z", ["grace-over subscription 2026-12-31 (-30)"]],
  ["a week later at the latest", ONE, "2027-02-06T00:00:00Z", ["grace-over subscription 2026-12-31 (-37)"]],
  ["of what ended long ago nothing", ONE, "2027-02-07T00:00:00Z", []],
  [
    "not of one that another of the same plan follows without a gap",
    withContracts(ends("2026-12-31"), aContract({ from: "2027-01-01", until: "2027-12-31" })),
    "2026-12-31T00:00:00Z",
    [],
  ],
  [
    "not of one that another outlasts",
    withContracts(ends("2026-12-31"), aContract({ from: "2026-06-01", until: "2027-05-31", tier: "gold" })),
    "2026-12-31T00:00:00Z",
    [],
  ],
  [
    "of one that another follows after a gap",
    withContracts(ends("2026-12-31"), aContract({ from: "2027-01-02", until: "2027-12-31" })),
    "2026-12-31T00:00:00Z",
    ["last-day subscription 2026-12-31 (0)"],
  ],
  [
    "another plan renews nothing",
    withContracts(ends("2026-12-31"), aContract({ plan: "consulting", from: "2027-01-01", until: "2027-12-31" })),
    "2026-12-31T00:00:00Z",
    ["last-day subscription 2026-12-31 (0)"],
  ],
  [
    "a contract shorter than its warnings is not warned of before it began",
    withContracts(ends("2026-12-31", { from: "2026-12-24" })),
    "2026-12-25T00:00:00Z",
    [],
  ],
  [
    "each contract by itself",
    withContracts(ends("2026-12-31"), ends("2026-12-20", { plan: "consulting" })),
    "2026-12-20T01:00:00Z",
    ["warning subscription 2026-12-31 (11)", "last-day consulting 2026-12-20 (0)"],
  ],
];

describe("a contract's end is told", () => {
  test.each(rows)("%s", (_, customer, now, expected) => {
    expect(told(customer, now)).toEqual(expected);
  });

  test("once where there is no grace, and where a warning falls on the last day", () => {
    const policy = { grace: days(0), warn: [days(0), { amount: 1, unit: "w" } as const] };
    expect(told(ONE, "2026-12-24T00:00:00Z", policy)).toEqual(["warning subscription 2026-12-31 (7)"]);
    expect(told(ONE, "2026-12-31T00:00:00Z", policy)).toEqual(["last-day subscription 2026-12-31 (0)"]);
    expect(nextLapseAt(ONE, policy, at("2026-12-31T00:00:00Z"))).toBeNull();
  });

  test("each moment has a key of its own, another once the contract is extended", () => {
    const keys = (customer: Customer, now: string) => lapsesAt(customer, POLICY, at(now)).map(({ key }) => key);
    expect(keys(ONE, "2026-12-17T00:00:00Z")).toEqual(["contract:shinshu-bank:subscription:2026-12-31:2026-12-17"]);
    expect(keys(withContracts(ends("2027-01-05")), "2026-12-22T00:00:00Z")).toEqual([
      "contract:shinshu-bank:subscription:2027-01-05:2026-12-22",
    ]);
  });

  test("moments follow each other until there is none", () => {
    const moments: (string | null)[] = [];
    for (let now: number | null = at("2026-06-01T00:00:00Z"); now !== null; now = nextLapseAt(ONE, POLICY, now))
      moments.push(iso(now));
    expect(moments).toEqual([
      "2026-06-01T00:00:00Z",
      "2026-11-01T00:00:00Z",
      "2026-12-17T00:00:00Z",
      "2026-12-31T00:00:00Z",
      "2027-01-30T00:00:00Z",
    ]);
  });

  test("in the morning by the clocks of that day, also where they change in between", () => {
    const berlin = aCustomer({ timezone: "Europe/Berlin", contracts: [ends("2026-03-31")] });
    const policy = { grace: days(0), warn: [days(14)] };
    const first = nextLapseAt(berlin, policy, at("2026-03-01T00:00:00Z"));
    expect(iso(first)).toBe("2026-03-17T08:00:00Z");
    expect(iso(nextLapseAt(berlin, policy, first ?? 0))).toBe("2026-03-31T07:00:00Z");
  });

  test("never of a contract for ever", () => {
    const forever = withContracts(ends("9999-12-31"));
    expect(told(forever, "2026-12-31T00:00:00Z")).toEqual([]);
    expect(nextLapseAt(forever, POLICY, at("2026-12-31T00:00:00Z"))).toBe(at("9999-11-01T00:00:00Z"));
  });
});
