// What differs between GitHub's list of installations and ours, and when so much is missing that it is left as it is.
import { describe, expect, test } from "vitest";
import type { InstallationRow } from "../../../src/github/installation-store.ts";
import { decideInstallation, decideMissing } from "../../../src/github/reconcile/decide-installations.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const DAY = 24 * 60 * 60_000;
const ACCOUNT = { id: 1, login: "acme-db" };
const ROW: InstallationRow = {
  id: 7,
  owner_id: 1,
  owner_login: "acme-db",
  owner_type: "Organization",
  state: "active",
  permissions: '{"metadata":"read","issues":"write"}',
  installed_at: NOW - DAY,
  parked_until: null,
  parked_because: null,
  refusals: 0,
  removed_at: null,
  forgotten_at: null,
};
const SHOWN = {
  state: "active" as const,
  account: ACCOUNT,
  created_at: NOW - DAY,
  permissions: { issues: "write", metadata: "read" },
};

describe("an installation that GitHub lists", () => {
  test.each([
    ["is left as it is where nothing differs", ROW, SHOWN, null],
    ["was made where it is not known", undefined, SHOWN, "created"],
    ["tells of itself where it was made just now", undefined, { ...SHOWN, created_at: NOW - 60_000 }, null],
    ["was suspended", ROW, { ...SHOWN, state: "suspended" as const }, "suspend"],
    ["was let in again", { ...ROW, state: "suspended" as const }, SHOWN, "unsuspend"],
    ["got other permissions", ROW, { ...SHOWN, permissions: { issues: "read" } }, "new_permissions_accepted"],
    ["stays deleted where it was", { ...ROW, state: "deleted" as const }, SHOWN, null],
  ])("%s", (_, known, shown, action) => {
    expect(decideInstallation(known, shown, NOW)).toBe(action);
  });
});

describe("an installation that GitHub does not list", () => {
  const many = [ROW, { ...ROW, id: 8 }, { ...ROW, id: 9 }];
  test("may be gone, unless it was made just now or is known to be", () => {
    const missing = [ROW, { ...ROW, id: 8, installed_at: NOW }, { ...ROW, id: 9, state: "deleted" as const }];
    expect(decideMissing(missing, { shown: 0, now: NOW })).toEqual({ gone: [ROW], because: null });
  });
  test("is left as it is where most are missing at once", () => {
    expect(decideMissing(many, { shown: 2, now: NOW })).toMatchObject({ gone: [] });
    expect(decideMissing(many, { shown: 3, now: NOW })).toEqual({ gone: many, because: null });
  });
});
