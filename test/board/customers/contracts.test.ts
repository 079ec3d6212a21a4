import { describe, expect, test } from "vitest";
import { contractsOn } from "../../../src/board/customers/contract-words.ts";
import { drawContracts } from "../../../src/board/customers/time-axis.ts";
import type { Contract } from "../../../src/customers/customer.ts";
import { aCustomer } from "../../customers/builders.ts";

const GRACE = { amount: 30, unit: "d" } as const;
const NOW = Date.parse("2026-03-02T01:00:00Z");

const contract = (from: string, until: string, plan: Contract["plan"] = "subscription"): Contract => ({
  plan,
  tier: null,
  from,
  until,
  targets: {},
});
const shown = (...contracts: readonly Contract[]) => contractsOn(aCustomer({ contracts }), NOW, GRACE);

describe("where contracts stand", () => {
  test.each<readonly [string, readonly Contract[], object, readonly string[]]>([
    ["none", [], { kind: "none" }, []],
    ["running", [contract("2026-01-01", "2026-12-31")], { kind: "pays", until: "2026-12-31" }, ["counts"]],
    [
      "in its grace",
      [contract("2025-01-01", "2026-02-15")],
      { kind: "lapsing", ended: "2026-02-15", until: "2026-03-17" },
      ["lapsing"],
    ],
    [
      "followed by another, with consulting that counts with it",
      [
        contract("2025-01-01", "2026-02-15"),
        contract("2026-02-16", "2027-02-15"),
        contract("2026-01-01", "2026-06-30", "consulting"),
      ],
      { kind: "pays", until: "2027-02-15" },
      ["counts", "counts", "lapsing"],
    ],
    ["over", [contract("2024-01-01", "2025-12-31")], { kind: "over", ended: "2025-12-31" }, ["over"]],
    ["still to come", [contract("2026-06-01", "2027-05-31")], { kind: "begins", from: "2026-06-01" }, ["ahead"]],
    [
      "consulting alone",
      [contract("2026-01-01", "2026-12-31", "consulting")],
      { kind: "none" },
      ["without-subscription"],
    ],
    ["for ever", [contract("2026-01-01", "9999-12-31")], { kind: "pays", until: "9999-12-31" }, ["counts"]],
  ])("%s", (_, contracts, paid, states) => {
    const told = shown(...contracts);
    expect(told.paid).toEqual(paid);
    expect(told.contracts.map(({ state }) => state)).toEqual(states);
  });

  test("the axis holds every bar, its grace and today, and what is far away ends at its edge", () => {
    const { contracts, today } = shown(contract("2025-01-01", "2026-02-15"), contract("2026-06-01", "9999-12-31"));
    const axis = drawContracts(contracts, today);
    for (const { x, width, grace } of axis.bars) {
      expect(x).toBeGreaterThanOrEqual(axis.left);
      expect((grace?.x ?? x) + (grace?.width ?? width)).toBeLessThanOrEqual(axis.width);
    }
    expect(axis.bars.map(({ grace }) => grace === null)).toEqual([true, false]);
    expect(axis.todayX).toBeGreaterThan(axis.bars[1]?.x ?? 0);
    expect(axis.todayX).toBeLessThan(axis.bars[0]?.x ?? 0);
  });
});
