// Digests fall due as rows: of several processes one writes them, repeating writes nothing more, and a team that cannot be read delays them.
import { setTimeout } from "node:timers/promises";
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { sweepDigests } from "../../src/digests/sweep.ts";
import { seeInstallation } from "../../src/github/installation-store.ts";
import { ownerId } from "../../src/github/refs.ts";
import { keepPolicy, ownerScope } from "../../src/policy/store.ts";
import type { TellingWiring } from "../../src/silences/owner-place.ts";
import { at, iso } from "../patches/builders.ts";
import { DIALECTS, type Dialect, makeDatabase } from "../support/databases.ts";

const OWNER = ownerId(70);
const POLICY = `version: 1
support: ["@acme-db/support"]
`;
const CUSTOMERS = `customers:
  - { id: shinshu-bank, name: Shinshu Bank, contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-04-15 }] }
people:
  - { github: dana, name: Dana, email: dana@acme.example }
  - { github: kenji, name: Kenji, email: kenji@acme.example, timezone: Asia/Tokyo }
`;

async function stage(on: Dialect) {
  const made = await makeDatabase(on);
  const open: Database[] = [];
  onTestFinished(async () => {
    for (const database of open) await database.close();
    await made.remove();
  });
  const clock = { now: at("2026-03-03T09:00:00Z") };
  const team = { isReadable: true };
  const wiringOf = async (): Promise<TellingWiring> => {
    const database = await openDatabase(made.url);
    open.push(database);
    const nobody = () => Promise.reject(new Error("nobody is asked that"));
    return {
      database,
      log: pino({ level: "silent" }),
      now: () => clock.now,
      channels: { hasMail: true, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
      addresses: { publicUrl: null, webUrl: "https://github.example" },
      people: {
        mayWrite: nobody,
        publicOrganizations: nobody,
        isMember: nobody,
        isMemberNow: nobody,
        roleIn: nobody,
        ownersOf: nobody,
        membersOf: async () => {
          // Time enough for another process to be at the same.
          await setTimeout(20);
          if (!team.isReadable) throw new Error("GitHub is away");
          return [
            { id: 1, login: "dana" },
            { id: 2, login: "Kenji" },
          ];
        },
      },
    };
  };
  const first = await wiringOf();
  await first.database.transaction(async (tx) => {
    await seeInstallation(tx, {
      id: 7,
      ownerId: OWNER,
      owner: "acme-db",
      ownerType: "Organization",
      permissions: {},
      installedAt: clock.now,
      state: "active",
    });
    await keepPolicy(tx, {
      scope: ownerScope(OWNER),
      path: "acme-db/.github/.github/patch-advocate.yml",
      isFound: true,
      goodText: POLICY,
      goodAt: clock.now,
      errors: [],
      sha: null,
      checkedAt: clock.now,
    });
    const read = parseCustomers(CUSTOMERS, "yaml");
    if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
    await importCustomers(tx, { ownerId: OWNER, read, now: clock.now });
  });
  const { db } = first.database;
  return {
    clock,
    team,
    first,
    another: wiringOf,
    keys: async () => (await db.selectFrom("notices").select("key").orderBy("key").execute()).map(({ key }) => key),
    dueAt: async () => iso((await db.selectFrom("digests").select("due_at").executeTakeFirstOrThrow()).due_at),
  };
}

const DANAS = "digest:70:login:dana:2026-03-09";
const KENJIS = "digest:70:login:kenji:2026-03-09";

describe.each(DIALECTS)("on %s", (on) => {
  test("of several that look at the same time one writes, and each reader gets one message", async () => {
    const { clock, first, another, keys, dueAt } = await stage(on);
    // A second server on one SQLite file is refused, but its own sweeps may overlap.
    const second = on === "sqlite" ? first : await another();
    await sweepDigests(first);
    expect(await dueAt()).toBe("2026-03-09T00:00:00Z");
    clock.now = at("2026-03-09T00:00:00Z");
    await Promise.all([sweepDigests(first), sweepDigests(second), sweepDigests(first)]);
    expect(await keys()).toEqual([KENJIS]);
    expect(await dueAt()).toBe("2026-03-09T09:00:00Z");
    clock.now = at("2026-03-09T09:00:00Z");
    await Promise.all([sweepDigests(second), sweepDigests(first)]);
    expect(await keys()).toEqual([DANAS, KENJIS]);
    expect(await dueAt()).toBe("2026-03-16T00:00:00Z");
    await sweepDigests(first);
    expect(await keys()).toHaveLength(2);
  });

  test("where GitHub cannot say who is support they wait, and are written once it can", async () => {
    const { clock, team, first, keys, dueAt } = await stage(on);
    await sweepDigests(first);
    team.isReadable = false;
    clock.now = at("2026-03-09T09:00:00Z");
    await sweepDigests(first);
    expect(await keys()).toEqual([]);
    expect(await dueAt()).toBe("2026-03-09T09:10:00Z");
    team.isReadable = true;
    clock.now = at("2026-03-09T09:10:00Z");
    await sweepDigests(first);
    expect(await keys()).toEqual([DANAS, KENJIS]);
  });

  test("a process that was away for days tells them when it is back", async () => {
    const { clock, first, keys } = await stage(on);
    await sweepDigests(first);
    clock.now = at("2026-03-12T15:00:00Z");
    await sweepDigests(first);
    expect(await keys()).toEqual([DANAS, KENJIS]);
  });

  test("what moved for one customer is told, however much moved for the others after it", async () => {
    const { clock, first, keys } = await stage(on);
    const read = parseCustomers(
      "customers: [{ id: quiet-works, name: Quiet Works, owner: { name: Sato, email: sato@acme.example } }]",
      "yaml",
    );
    if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
    await first.database.transaction((tx) => importCustomers(tx, { ownerId: OWNER, read, now: clock.now }));
    await sweepDigests(first);
    const event = (customer: string, index: number) => ({
      key: `event:${customer}:${index}`,
      owner_id: OWNER,
      customer_id: customer,
      case_id: null,
      patch_id: null,
      kind: "reopened",
      at: at("2026-03-05T09:00:00Z") + index,
      data: JSON.stringify({ case: null, pull: null, event: { kind: "reopened" } }),
    });
    const others = Array.from({ length: 600 }, (_, index) => event("shinshu-bank", index + 1));
    await first.database.db
      .insertInto("customer_events")
      .values([event("quiet-works", 0), ...others])
      .execute();
    clock.now = at("2026-03-09T09:00:00Z");
    await sweepDigests(first);
    expect(await keys()).toContain("digest:70:mail:sato@acme.example:2026-03-09");
  });
});
