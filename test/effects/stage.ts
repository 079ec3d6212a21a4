// A stage for single effects: a database, a little GitHub, a clock that is moved by hand, and the outbox between them.

import type { Selectable } from "kysely";
import { pino } from "pino";
import type { Database, Dialect } from "../../src/db/database.ts";
import type { Schema } from "../../src/db/schema.ts";
import { claimDue } from "../../src/effects/claims-store.ts";
import type { Effect, NewEffect } from "../../src/effects/effect.ts";
import { createOutbox, type Outbox } from "../../src/effects/outbox.ts";
import { createPerform } from "../../src/effects/perform.ts";
import { parseEffect } from "../../src/effects/row.ts";
import { enqueue } from "../../src/effects/store.ts";
import type { World } from "../../src/effects/world.ts";
import { createGitHub } from "../../src/github/client.ts";
import { INSTALLATION, openTestDatabase, REPOSITORY, seedInstallation, seedPatch } from "./databases.ts";
import { asked, MINUTE, START } from "./effects.ts";
import { type LittleGitHub, startLittleGitHub } from "./little-github.ts";

export const COMMENTS = /^POST .*\/comments$/;
export const PATCH = `${REPOSITORY}#1`;
const log = pino({ level: "silent" });

type Row<Table extends keyof Schema> = Promise<Selectable<Schema[Table]>>;

export type Stage = {
  readonly database: Database;
  readonly little: LittleGitHub;
  readonly outbox: Outbox;
  /** What the product would answer when asked once more; tests change it. */
  readonly rules: {
    stillHolds: World["stillHolds"];
    writesAllowed: World["writesAllowed"];
    caseCommentOf: World["caseCommentOf"];
    labelDefinitionsFor: World["labelDefinitionsFor"];
  };
  readonly now: () => number;
  readonly advance: (millis: number) => void;
  readonly ask: (effect: Effect, over?: Partial<NewEffect>) => Promise<void>;
  /** As a process that has just started would have it. */
  readonly newOutbox: (holder: string) => Outbox;
  /** Performs what is due first, and keeps nothing of what came of it: as a process that is killed there. */
  readonly performAndDie: () => Promise<void>;
  readonly decideReminder: () => Promise<void>;
  readonly wants: (...keys: readonly string[]) => Promise<void>;
  readonly row: (key?: string) => Row<"effects">;
  readonly outcome: (key?: string) => Promise<unknown>;
  readonly patch: () => Row<"patches">;
  readonly reminderRow: () => Row<"reminders">;
  readonly marks: () => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
};

export async function startStage(dialect: Dialect): Promise<Stage> {
  const opened = await openTestDatabase(dialect);
  const { database } = opened;
  const little = await startLittleGitHub(START);
  const clock = { now: START };
  const now = () => clock.now;
  const rules: Stage["rules"] = {
    stillHolds: async () => ({ holds: true }),
    writesAllowed: async () => "all",
    caseCommentOf: async () => ({ kind: "none", because: "there is no case" }),
    labelDefinitionsFor: async () => [
      { key: "customer", name: "customer", color: "0e8a16", description: "Somebody waits." },
      { key: "overdue", name: "overdue", color: "d93f0b", description: "Nobody has answered." },
    ],
  };
  await seedInstallation(database);
  await seedPatch(database, { number: 1 });

  const newPerform = () =>
    createPerform({
      github: createGitHub({
        config: { appId: 1, privateKey: () => little.privateKey, apiUrl: little.apiUrl },
        database,
        log,
        now,
      }),
      database,
      now,
      log,
      stillHolds: (row, at) => rules.stillHolds(row, at),
      caseCommentOf: (id) => rules.caseCommentOf(id),
      writesAllowed: (id) => rules.writesAllowed(id),
      labelDefinitionsFor: (id) => rules.labelDefinitionsFor(id),
    });
  const newOutbox = (holder: string) => createOutbox({ database, perform: newPerform(), now, log, holder });
  const row = (key = "the-key") =>
    database.db.selectFrom("effects").selectAll().where("key", "=", key).executeTakeFirstOrThrow();

  return {
    database,
    little,
    outbox: newOutbox("here"),
    rules,
    now,
    advance: (millis) => {
      clock.now += millis;
      little.clock.now = clock.now;
    },
    ask: (effect, over = {}) =>
      database.transaction((tx) => enqueue(tx, [asked(effect, { key: "the-key", ...over })], now())),
    newOutbox,
    performAndDie: async () => {
      const claim = { installationId: INSTALLATION, now: now(), limit: 1, holder: "dead", until: now() + MINUTE };
      const [claimed] = await claimDue(database, { ...claim, busyLanes: [], heldKinds: [] });
      if (claimed === undefined) throw new Error("nothing was claimed");
      await newPerform()({ ...claimed, effect: parseEffect(claimed.body) });
    },
    decideReminder: async () => {
      await database.db
        .insertInto("reminders")
        .values({ patch_id: PATCH, round: "r1", n: 1, decided_at: now(), addressees: "[]", state: "waiting" })
        .execute();
    },
    wants: async (...keys) => {
      await database.db
        .updateTable("patches")
        .set({ wanted_labels: JSON.stringify(keys) })
        .execute();
    },
    row,
    outcome: async (key) => JSON.parse((await row(key)).outcome ?? "null"),
    patch: () => database.db.selectFrom("patches").selectAll().where("id", "=", PATCH).executeTakeFirstOrThrow(),
    reminderRow: () => database.db.selectFrom("reminders").selectAll().executeTakeFirstOrThrow(),
    marks: async () => {
      const rows = await database.db.selectFrom("label_marks").selectAll().where("patch_id", "=", PATCH).execute();
      return Object.fromEntries(rows.map(({ key, hand }) => [key, hand]));
    },
    close: async () => {
      await little.close();
      await opened.close();
    },
  };
}
