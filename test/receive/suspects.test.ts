// A delivery that ends the process takes none of those that were in the same hand with it: it alone is given up.
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { keepDeliveries } from "../../src/github/deliveries-store.ts";
import { createInbox, type Received } from "../../src/github/inbox.ts";
import { packBody } from "../../src/github/receive-body.ts";
import { atMostOneSuspect, isSuspect } from "../../src/github/suspects.ts";
import { createMetrics } from "../../src/metrics.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import { log, NOW } from "./support.ts";

const never = new Promise<never>(() => undefined);

test.each([
  ["at its first try", { attempts: 1, error: null }, false],
  ["after the process ended three times", { attempts: 4, error: null }, false],
  ["after it ended four times", { attempts: 5, error: null }, true],
  ["after it failed with a word", { attempts: 7, error: "GitHub answered 502" }, false],
])("a delivery %s is a suspect or not", (_, tried, expected) => {
  expect(isSuspect(tried)).toBe(expected);
});

test("of suspects one is kept in hand, the first, and none beside another", () => {
  const [plain, one, two] = [{ isSuspect: false }, { isSuspect: true }, { isSuspect: true }];
  const given = { now: NOW, hasSuspect: false };
  expect(atMostOneSuspect([plain, one, two], given)).toEqual({
    kept: [plain, one],
    later: [two],
    runAfter: NOW + 1000,
  });
  expect(atMostOneSuspect([one], { ...given, hasSuspect: true })).toMatchObject({ kept: [], later: [one] });
});

describe.each(DIALECTS)("on %s", (dialect) => {
  test("all that were in hand with it are worked on, and it is given up after sixteen tries", async () => {
    const made = await makeDatabase(dialect);
    onTestFinished(made.remove);
    const database = await openDatabase(made.url);
    onTestFinished(() => database.close());
    const body = packBody(new TextEncoder().encode('{"action":"opened"}'));
    const others = Array.from({ length: 20 }, (_, n) => `good-${n}`);
    await keepDeliveries(
      database.db,
      ["bad", ...others].map((id, n) => ({ id, event: "issues", receivedAt: NOW - 1000 + n, installationId: 7, body })),
    );
    let now = NOW;
    const left = async () =>
      (await database.db.selectFrom("deliveries").select("id").where("state", "=", "pending").execute()).length;

    let deaths = 0;
    for (; (await left()) > 0 && deaths < 60; now += 2000) {
      let end = (): void => undefined;
      let isDead = false;
      const died = new Promise<void>((resolve) => {
        end = resolve;
      });
      const receive = async ({ id }: { readonly id: string }): Promise<Received> => {
        if (id === "bad") {
          isDead = true;
          deaths += 1;
          end();
        }
        await new Promise((turn) => setImmediate(turn));
        return isDead ? never : { kind: "done" };
      };
      const limits = { slowMillis: 600_000 };
      const ofLife: Database = {
        ...database,
        transaction: (work) => (isDead ? never : database.transaction(work)),
      };
      const inbox = createInbox({ database: ofLife, receive, now: () => now, log, metrics: createMetrics(), limits });
      await Promise.race([died, inbox.runUntilIdle()]);
      // Its leases run out.
      await database.db.updateTable("deliveries").set({ claimed_until: null }).where("state", "=", "pending").execute();
    }

    const rows = await database.db.selectFrom("deliveries").select(["id", "state", "error"]).execute();
    expect(rows.filter(({ state }) => state !== "done")).toEqual([
      { id: "bad", state: "failed", error: "the process ended 16 times while it worked on this" },
    ]);
    expect(deaths).toBe(16);
  });
});
