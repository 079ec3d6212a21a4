// How far GitHub's list of deliveries was read: kept, so that a long one is read over several turns and by whichever process has its turn.
import { z } from "zod";
import type { Database, Db } from "../../db/database.ts";
import { keepSetting, readSetting, readSettings } from "../identity-store.ts";

const progress = z.object({
  /** All that GitHub delivered before is known to have arrived or is kept as missed. Null before the list was first read to its end. */
  doneAt: z.number().nullable(),
  /** A reading under way, which makes `beganAt` the next `doneAt` once it is through. */
  reading: z.object({ cursor: z.string(), beganAt: z.number(), pages: z.number() }).nullable(),
});
export type Progress = z.infer<typeof progress>;

const PREFIX = "missed-deliveries:";
const nameOf = (of: string): string => `${PREFIX}${of}`;
const NONE: Progress = { doneAt: null, reading: null };

/** `of` names the App and its GitHub: another App's list begins anew. */
export async function readProgress({ db }: Database, of: string): Promise<Progress> {
  const kept = await readSetting(db, nameOf(of));
  return kept === null ? NONE : parse(kept);
}

/** Until when GitHub's list was read to its end, whosever it is; null where it never was. */
export async function listReadUntil(db: Db): Promise<number | null> {
  const all = (await readSettings(db, PREFIX)).flatMap((kept) => parse(kept).doneAt ?? []);
  return all.length === 0 ? null : Math.max(...all);
}

const parse = (kept: string): Progress => progress.safeParse(JSON.parse(kept)).data ?? NONE;

export async function keepProgress({ db }: Database, of: string, at: Progress): Promise<void> {
  await keepSetting(db, { name: nameOf(of), value: JSON.stringify(at) });
}
