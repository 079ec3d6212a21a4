// A long backlog of one installation, on both databases: it holds up nobody behind it. Apart from the other tests of the inbox, because here
// it is seen from outside how the places are given away.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { claimDeliveries, keepDeliveries, retryDeliveriesOf } from "../../src/github/deliveries-store.ts";
import { createInbox } from "../../src/github/inbox.ts";
import { packBody } from "../../src/github/receive-body.ts";
import { createMetrics } from "../../src/metrics.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import { log, NOW } from "./support.ts";

const SLOW = 7;
const OTHER = 8;
const HOUR = 3_600_000;

describe.each(DIALECTS)("on %s", (dialect) => {
  let database: Database;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const { url, remove } = await makeDatabase(dialect);
    database = await openDatabase(url);
    cleanUp = async () => {
      await database.close();
      await remove();
    };
  });
  afterAll(() => cleanUp());
  beforeEach(async () => {
    await database.db.deleteFrom("deliveries").execute();
  });

  /** As it was received, or, where it is not known whose it is, as an earlier release received it. */
  const keep = (ids: readonly string[], of: number, { isKnown = true } = {}) =>
    keepDeliveries(
      database.db,
      ids.map((id, index) => ({
        id,
        event: "issues",
        receivedAt: NOW + index,
        installationId: isKnown ? of : null,
        body: packBody(new TextEncoder().encode(`{ "installation": { "id": ${of} } }`)),
      })),
    );
  const some = (count: number) => Array.from({ length: count }, (_, index) => `slow ${index}`);

  test.each([
    ["", true],
    [" that an earlier release received", false],
  ])(
    "behind a backlog%s of an installation for which GitHub is slow the next is worked on without waiting",
    async (_, isKnown) => {
      await keep(some(200), SLOW, { isKnown });
      await keep(["other"], OTHER);
      await database.db
        .updateTable("deliveries")
        .set({ run_after: NOW + 1000 })
        .where("id", "=", "other")
        .execute();
      const begun: string[] = [];
      const end = Promise.withResolvers<void>();
      const inbox = createInbox({
        database,
        receive: async ({ id }) => {
          begun.push(id);
          if (id !== "other") await end.promise;
          return { kind: "done" };
        },
        now: () => NOW + 1000,
        log,
        metrics: createMetrics(),
        limits: { slowMillis: 20, pollMillis: 60_000 },
      });

      inbox.start();
      await vi.waitFor(() => expect(begun).toContain("other"), 5000);
      // Eight were begun before it was known that they take long; each place given away took none of theirs again.
      expect(begun.filter((id) => id !== "other").length).toBeLessThanOrEqual(12);
      end.resolve();
      await inbox.stop();
    },
  );

  test("an installation's deliveries that wait to be tried again are due at once when it is let in again", async () => {
    await keep(["theirs", "done"], SLOW);
    await keep(["other"], OTHER);
    await database.db
      .updateTable("deliveries")
      .set({ run_after: NOW + HOUR })
      .execute();
    await database.db.updateTable("deliveries").set({ state: "done" }).where("id", "=", "done").execute();

    await database.transaction((tx) => retryDeliveriesOf(tx, SLOW, NOW));

    const rows = await database.db.selectFrom("deliveries").select(["id", "run_after"]).orderBy("id").execute();
    expect(rows.map(({ id, run_after }) => [id, run_after - NOW])).toEqual([
      ["done", HOUR],
      ["other", HOUR],
      ["theirs", 0],
    ]);
  });

  test("a claim passes over the installations that it is told, and takes what is not known to be anybody's", async () => {
    await keep(["theirs"], SLOW);
    await keep(["unknown"], SLOW, { isKnown: false });
    await keep(["other"], OTHER);
    const claim = { now: NOW, claimedUntil: NOW + 1, limit: 8, except: [SLOW] };

    const claimed = await database.transaction((tx) => claimDeliveries(tx, dialect, claim));

    expect(claimed.map(({ id, installationId }) => [id, installationId]).toSorted()).toEqual([
      ["other", OTHER],
      ["unknown", null],
    ]);
  });
});
