// When an installation is compared with GitHub again after something was lost: at once, but not more than once an hour.
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { hurryReconciliation, planReconciliation, saveReconciliation } from "../../../src/github/reconcile/store.ts";
import { DIALECTS, makeDatabase } from "../../support/databases.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const MINUTE = 60_000;

describe.each(DIALECTS)("on %s", (on) => {
  test.each([
    ["never compared before", null, 600, 0],
    ["compared two hours ago", -120, 600, 0],
    ["compared twenty minutes ago", -20, 600, 40],
    ["compared twenty minutes ago, and due before the hour is over", -20, 30, 30],
    ["due already", -120, -5, -5],
  ])("%s", async (_, doneAt, dueAt, expected) => {
    const made = await makeDatabase(on);
    onTestFinished(made.remove);
    const { db, close } = await openDatabase(made.url);
    onTestFinished(close);
    await planReconciliation(db, 7, NOW + dueAt * MINUTE);
    if (doneAt !== null) await saveReconciliation(db, 7, { done_at: NOW + doneAt * MINUTE });
    await hurryReconciliation(db, { installationId: 7, now: NOW });
    const row = await db.selectFrom("reconciliations").select("due_at").executeTakeFirstOrThrow();
    expect((row.due_at - NOW) / MINUTE).toBe(expected);
  });
});
