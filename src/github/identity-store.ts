// Who we are on GitHub, kept once asked. Apart, because it is the only thing that the client keeps.
import type { Database, Db } from "../db/database.ts";

/** Reads a kept text by its name. */
export async function readSetting(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}

/** Reads every kept text whose name begins so. */
export async function readSettings(db: Db, beginning: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("settings").select("value").where("name", "like", `${beginning}%`).execute();
  return rows.map(({ value }) => value);
}

/** Keeps a text under a name, in place of what was there. */
export async function keepSetting(db: Db, setting: { readonly name: string; readonly value: string }): Promise<void> {
  await db
    .insertInto("settings")
    .values(setting)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: setting.value }))
    .execute();
}

/** Keeps a text under a name where there is none yet, and answers the one that is there then: the same for every process. */
export async function keepFirstSetting(
  database: Database,
  setting: { readonly name: string; readonly value: string },
): Promise<string> {
  const { db } = database;
  await db
    .insertInto("settings")
    .values(setting)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  return (await readSetting(db, setting.name)) ?? setting.value;
}
