// What every decision about a patch asks of the store costs no more as the store fills: SQLite's own plan names an index for it.
import { CompiledQuery, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { type Db, openDatabase } from "../../src/db/database.ts";
import {
  dropOldPayloads,
  forgetOldDeliveries,
  inboxFigures,
  retryDeliveriesOf,
  retryFailedDeliveries,
} from "../../src/github/deliveries-store.ts";
import { makeDatabase } from "../support/databases.ts";

test.each([
  ["the steps of its escalations", "select * from escalation_steps where patch_id = 'x' order by id"],
  ["the escalation that is open", "select * from escalations where patch_id = 'x' and ended_at is null"],
  ["requests for a decision", "select state from effects where kind = 'decision-request' and lane = 'x'"],
  ["cases that moved over from it", "select case_id from links where carried_from = 'x' and state = 'confirmed'"],
  ["ends that were told", "select key from told where patch_id = 'x' and kind = 'case-end' and ended_at is null"],
  [
    "bodies of messages that need not be kept, not those that are gone already",
    "update notices set body = '' where state in ('done', 'withdrawn') and finished_at < 1 and body != ''",
  ],
  [
    "the first message to somebody, in order",
    "select id from notices where state = 'due' and owner_id = 1 and recipient = 'x' and run_after <= 1 order by is_urgent desc, attempts, id limit 1",
  ],
  [
    "the next delivery, past the backlog of another installation",
    "select id from deliveries where state = 'pending' and run_after <= 1 and (claimed_until is null or claimed_until <= 1) and (installation_id is null or installation_id not in (1, 2)) order by run_after limit 32",
  ],
  [
    "what is open in some repositories",
    "select repository_id, node_id from patches where owner_id in (1) and repository_id in (1, 2) and state = 'open'",
  ],
  ["what is to be told of it", "select key from notices where patch_id = 'x' and state = 'due'"],
])("an index finds %s", async (_, statement) => {
  const made = await makeDatabase("sqlite");
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });

  const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(statement)}`.execute(database.db);

  const plan = rows.map(({ detail }) => detail).join("\n");
  expect(plan).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX/);
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
});

test("what is asked of deliveries, as it is asked, reads only those that wait or failed, or are old", async () => {
  const made = await makeDatabase("sqlite");
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const asked: CompiledQuery[] = [];
  const listening: Db = database.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      asked.push(database.db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await inboxFigures(listening, 1);
  await listening.transaction().execute(async (tx) => {
    await retryFailedDeliveries(tx, 1);
    await retryDeliveriesOf(tx, 7, 1);
    await dropOldPayloads(tx, { settled: 1, failed: 1 });
    await forgetOldDeliveries(tx, { settled: 1, failed: 1 });
  });

  const plans: string[] = [];
  for (const { sql: text, parameters } of asked) {
    const explained = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
    const { rows } = await database.db.executeQuery<{ detail: string }>(explained);
    plans.push(rows.map(({ detail }) => /INDEX (\w+)/.exec(detail)?.[1] ?? detail).join());
  }

  expect(plans).toEqual(
    ["pending", "failed", "failed", "pending", "finished", "failed", "finished", "failed"].map(
      (index) => `deliveries_${index}`,
    ),
  );
});
