// Who we are on GitHub, kept once asked. Apart, because it is the only thing that the client keeps.
import type { Db } from "../db/database.ts";

/** Reads a kept text by its name. */
export async function readSetting(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}

/** Keeps a text under a name, in place of what was there. */
export async function keepSetting(db: Db, setting: { readonly name: string; readonly value: string }): Promise<void> {
  await db
    .insertInto("settings")
    .values(setting)
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: setting.value }))
    .execute();
}
