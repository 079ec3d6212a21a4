// What a customer's history keeps of an import: every change once, by whom and how, whoever imports.
import { describe, expect, test } from "vitest";
import { customerChanges } from "../../src/customers/history-store.ts";
import { claimUnowned, NO_OWNER } from "../../src/customers/store.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { useDatabase } from "../policy/databases.ts";
import { DIALECTS } from "../support/databases.ts";
import { readFile } from "./builders.ts";

const NOW = Date.UTC(2026, 5, 1);
const OWNER = 71;
const fileOf = (until: string) => `customers:
  - { id: a, name: A, contracts: [{ plan: subscription, from: 2026-04-01, until: ${until} }] }
  - { id: b, name: B }
`;

describe.each(DIALECTS)("on %s", (dialect) => {
  const open = useDatabase(dialect);
  const bring = (owner: number, text: string, now: number, who?: Parameters<typeof importCustomers>[1]["who"]) =>
    open().transaction((tx) =>
      importCustomers(tx, { ownerId: owner, read: readFile(text), now, ...(who === undefined ? {} : { who }) }),
    );
  const history = (customerId: string | null, beforeId: number | null = null, limit = 10) =>
    customerChanges(open().db, OWNER, { customerId, beforeId, limit });

  test("every change stands there once, with who made it and how", async () => {
    await bring(NO_OWNER, fileOf("2027-03-31"), NOW);
    await bring(NO_OWNER, fileOf("2027-03-31"), NOW + 1);
    await open().transaction((tx) => claimUnowned(tx, OWNER));
    await bring(OWNER, fileOf("2028-03-31"), NOW + 2, { by: "@dana", how: "page" });

    const [changed, added, ...others] = await history("a");
    expect(others).toEqual([]);
    expect(changed).toEqual({
      id: expect.any(Number),
      customerId: "a",
      at: NOW + 2,
      author: { by: "@dana", how: "page" },
      isAdded: false,
      fields: [{ field: "contracts[0].until", before: "2027-03-31", after: "2028-03-31" }],
    });
    expect(added).toMatchObject({ at: NOW, author: { by: "command", how: "command" }, isAdded: true });
    expect((await history(null)).map(({ customerId, at }) => [customerId, at - NOW])).toEqual([
      ["a", 2],
      ["b", 0],
      ["a", 0],
    ]);
    expect(await history(null, changed?.id ?? 0, 1)).toMatchObject([{ customerId: "b" }]);
    expect(await customerChanges(open().db, OWNER + 1, { customerId: null, beforeId: null, limit: 10 })).toEqual([]);
  });

  test("who imports beside somebody else changes what that one wrote, and not what was there before", async () => {
    const owner = OWNER + 2;
    await bring(owner, fileOf("2027-03-31"), NOW);
    let later: Promise<unknown> = Promise.resolve();
    await open().transaction(async (tx) => {
      const read = (until: string) => ({ ownerId: owner, read: readFile(fileOf(until)), now: NOW + 1 });
      await importCustomers(tx, read("2028-03-31"));
      later = bring(owner, fileOf("2029-03-31"), NOW + 2);
      // Time for the other to connect and read, were it let.
      for (let asked = 0; asked < 500; asked += 1) await tx.selectFrom("customers").select("id").execute();
    });
    await later;
    const [last] = await customerChanges(open().db, owner, { customerId: "a", beforeId: null, limit: 1 });
    expect(last?.fields).toEqual([{ field: "contracts[0].until", before: "2028-03-31", after: "2029-03-31" }]);
  });
});
