// The sweep as a whole: what one of its parts cannot read keeps none of the others from their turn.
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../src/db/database.ts";
import { createSweeper } from "../src/sweeper.ts";
import { DIALECTS, makeDatabase } from "./support/databases.ts";

const NOW = Date.parse("2026-06-10T03:00:00Z");
const DAY = 24 * 60 * 60_000;
const asked = () => Promise.reject(new Error("nobody is asked that"));

describe.each(DIALECTS)("on %s", (on) => {
  test("a customer that cannot be read is said, and what need not be kept is forgotten all the same", async () => {
    const made = await makeDatabase(on);
    const database = await openDatabase(made.url);
    onTestFinished(async () => {
      await database.close();
      await made.remove();
    });
    const { db } = database;
    await db
      .insertInto("customers")
      .values({
        owner_id: 70,
        id: "broken",
        name: "B",
        timezone: "UTC",
        is_confidential: 0,
        data: "{}",
        due_at: NOW - DAY,
      })
      .execute();
    await db
      .insertInto("choices")
      .values({
        token_hash: "old",
        owner_id: 70,
        kind: "closed",
        subject: "7#1",
        asked: "{}",
        language: "en",
        created_at: 0,
        expires_at: NOW - 91 * DAY,
      })
      .execute();
    const logs: string[] = [];
    const sweeper = createSweeper({
      database,
      log: pino({ base: null }, { write: (line: string) => logs.push(line) }),
      now: () => NOW,
      channels: { hasMail: true, hasSlack: false, hasWebhook: false, hasPagerDuty: false },
      addresses: { publicUrl: null, webUrl: "https://github.example" },
      people: {
        mayWrite: asked,
        publicOrganizations: asked,
        isMember: asked,
        isMemberNow: asked,
        roleIn: asked,
        ownersOf: asked,
        membersOf: asked,
      },
    });

    await expect(sweeper.runOnce()).rejects.toThrow("the sweep failed in part");

    expect(await db.selectFrom("choices").selectAll().execute()).toEqual([]);
    expect(logs.map((line) => JSON.parse(line) as { part?: string })).toMatchObject([{ part: "contracts" }]);
  });
});
