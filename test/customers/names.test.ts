import { expect, test } from "vitest";
import { nameMentioned } from "../../src/customers/names.ts";
import { aCustomer } from "./builders.ts";

const customers = [
  aCustomer({ id: "shinshu-bank", name: "Shinshu Bank" }),
  aCustomer({ id: "c-17", name: "信州銀行" }),
  aCustomer({ id: "c-18", name: "HP" }),
  aCustomer({ id: "c-19", name: "東光" }),
  aCustomer({ id: "c-20", name: "Crédit Ångström (Groupe)" }),
  aCustomer({ id: "c-21", name: "カナデン" }),
];

test.each([
  ["Blocks Shinshu Bank in production", "shinshu-bank"],
  ["blocks SHINSHU BANK's upgrade", "shinshu-bank"],
  ["see shinshu-bank", "shinshu-bank"],
  ["see shinshu_bank/cases", "shinshu-bank"],
  ["Shinshu\n  Bank", "shinshu-bank"],
  ["Ｓｈｉｎｓｈｕ　Ｂａｎｋ", "shinshu-bank"],
  ["Shin\u00adshu Ba\u200bnk", "shinshu-bank"],
  ["Shinshu Banking", null],
  ["OldShinshu Bank", null],
  ["Shinshu", null],
  ["これは信州銀行様の件です", "c-17"],
  ["the HP case", "c-18"],
  ["the hp case", "c-18"],
  ["PHP and HPC", null],
  ["東光 waits", "c-19"],
  ["東光様の件", null],
  ["for credit", null],
  ["for CRÉDIT ÅNGSTRÖM (groupe).", "c-20"],
  ["for Cre\u0301dit A\u030angstro\u0308m (Groupe)", "c-20"],
  ["株式会社ｶﾅﾃﾞﾝの件", "c-21"],
  ["C-17", "c-17"],
  ["c-171", null],
  ["", null],
])("%j names %s", (text, id) => {
  expect(nameMentioned(text, customers)?.id ?? null).toBe(id);
});

test("a comment of the largest size is searched for ten thousand customers in bounded time", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => aCustomer({ id: `customer-${n}`, name: `Customer of ${n}` }));
  const started = performance.now();
  expect(nameMentioned("customer ".repeat(7_300), many)).toBe(null);
  expect(performance.now() - started).toBeLessThan(5_000);
});
