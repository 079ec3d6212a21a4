// Erases a person: every table by what columns.ts says of it, until nothing is found any more. Apart from the command, which only tells of it.
import type { Database, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { withdrawNoticesByKey } from "../notify/store.ts";
import { BESIDE, type Change, changeOf } from "./change.ts";
import { TABLES } from "./columns.ts";
import { noteErased } from "./erased-store.ts";
import { MARKED_MAIL, markOf } from "./mark.ts";
import { dropAccessOf, dropPayloads, numberOfErased, staying } from "./person-store.ts";
import { dropRow, type Row, rewriteRow, rowsThatHold } from "./rows-store.ts";
import { addSample, type Sample } from "./samples.ts";
import { type Known, type Scrub, scrubOf } from "./scrub.ts";
import { sidesOn } from "./stood.ts";
import type { Treatment } from "./treatment.ts";

export type Erasure = {
  /** What stands in their place; null where nothing was done. */
  readonly mark: string | null;
  /** Rows a table, changed or dropped, or those that would be. */
  readonly rows: Readonly<Record<string, number>>;
  /** What is kept and how often. */
  readonly stays: Readonly<Record<Stay, number>>;
  /** Some of what would be replaced, and by what; none where it was done. */
  readonly samples: readonly Sample[];
};
export type Stay = "any-word" | "on-the-way" | "policies" | "code-owners" | "quiet" | "own-account";

type Given = { readonly known: Known; readonly isCheck: boolean; readonly now: number };
type Erasing = {
  readonly database: Database;
  readonly known: Known;
  readonly n: number;
  readonly isCheck: boolean;
  readonly now: number;
  readonly samples: Sample[];
};
type Done = { readonly changed: number; readonly anyWord: number };

/** What a running server writes meanwhile is found in another round. */
const ROUNDS = 4;
const ROWS_A_TRANSACTION = 200;

export async function erase(database: Database, { known, isCheck, now }: Given): Promise<Erasure> {
  const n = await database.transaction((tx) => numberOfErased(tx, isCheck ? "next" : "taken"));
  const erasing: Erasing = { database, known, n, isCheck, now, samples: [] };
  // First, so that what a server writes from now on bears the mark.
  if (!isCheck) await database.transaction((tx) => noteErased(tx, { ids: known.ids, mark: markOf(n), now }));
  const rows = new Map<string, number>();
  let anyWord = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let count = 0;
    anyWord = 0;
    for (const table of Object.keys(TABLES) as (keyof Schema)[]) {
      const done = await eraseIn(erasing, table);
      count += done.changed;
      anyWord += done.anyWord;
      if (done.changed > 0) rows.set(table, (rows.get(table) ?? 0) + done.changed);
    }
    if (round === 0) {
      const deliveries = await dropPayloads(database, { texts: textsOf(known), isCheck, now });
      const access = await database.transaction((tx) => dropAccessOf(tx, { known, isCheck }));
      const more = { deliveries, ...access };
      for (const [table, done] of Object.entries(more)) if (done > 0) rows.set(table, (rows.get(table) ?? 0) + done);
    }
    if (isCheck || count === 0) break;
  }
  return {
    mark: rows.size === 0 || isCheck ? null : markOf(n),
    rows: Object.fromEntries(rows),
    stays: { "any-word": anyWord, ...(await staying(database.db, { texts: textsOf(known), known })) },
    samples: erasing.samples,
  };
}

/** A name without spaces, or with wide ones, is found as well where it is one of a script that has none. */
const textsOf = ({ logins, shared, emails, slacks, names }: Known): readonly string[] =>
  [
    ...[...logins, ...shared, ...emails, ...slacks],
    ...[...names].flatMap((name) => [name, name.replace(/\s+/gu, ""), name.replace(/\s+/gu, "\u3000")]),
  ].filter((text) => text !== "" && !text.endsWith(MARKED_MAIL));

async function eraseIn(erasing: Erasing, table: keyof Schema): Promise<Done> {
  const { how, columns } = TABLES[table] as { how: string; columns: Readonly<Record<string, Treatment>> };
  const held = Object.entries(columns).filter(([, treatment]) => treatment !== "never" && treatment !== "theirs");
  const isMine = how === "scrub" || how === "drop" || table === "customers" || table === "customer_changes";
  if (!isMine || held.length === 0) return { changed: 0, anyWord: 0 };
  const { database, known, isCheck, samples } = erasing;
  const names = held.map(([name]) => name);
  const rows = await rowsThatHold(database, {
    table,
    columns: names,
    texts: textsOf(known),
    beside: BESIDE[table] ?? [],
  });
  const scrubs = table === "facts" ? await scrubsByPatch(erasing, rows) : null;
  const common = scrubOf(known, erasing.n);
  let changed = 0;
  let anyWord = 0;
  for (let from = 0; from < rows.length; from += ROWS_A_TRANSACTION) {
    const some = rows.slice(from, from + ROWS_A_TRANSACTION);
    const changes = some.flatMap((row) => {
      const scrub = scrubs?.get(String(row.patch_id)) ?? common;
      const change = changeOf({ table, how, held, row, scrub, known });
      const after = change === null || "drop" in change ? row : { ...row, ...change.changed };
      if (change === null || "changed" in change)
        if (names.some((name) => common.mayName(String(after[name] ?? "")))) anyWord += 1;
      if (change === null) return [];
      if (isCheck && "changed" in change)
        for (const [name, text] of Object.entries(change.changed))
          addSample(samples, { where: `${table} ${name}`, before: String(row[name]), after: text ?? "" });
      return [{ row, change }];
    });
    if (isCheck) changed += changes.length;
    else changed += await database.transaction((tx) => write(tx, erasing, { table, names, changes }));
  }
  return { changed, anyWord };
}

async function scrubsByPatch(erasing: Erasing, rows: readonly Row[]): Promise<ReadonlyMap<string, Scrub>> {
  const { database, known, n, now, isCheck } = erasing;
  if (isCheck) return new Map();
  const patches = [...new Set(rows.map((row) => String(row.patch_id)))];
  const sides = await sidesOn(database, patches, { known, now });
  return new Map([...sides].map(([id, side]) => [id, scrubOf(known, n, markOf(n, side))]));
}

type Writing = {
  readonly table: keyof Schema;
  readonly names: readonly string[];
  readonly changes: readonly { readonly row: Row; readonly change: Change }[];
};

async function write(tx: Tx, { database, now }: Erasing, { table, names, changes }: Writing): Promise<number> {
  let count = 0;
  for (const { row, change } of changes) {
    if (table === "notices" && row.state === "due") {
      await withdrawNoticesByKey(tx, { keys: [String(row.key)], because: "whoever was to hear it was erased", now });
      count += 1;
      continue;
    }
    const isDone =
      "drop" in change
        ? await dropRow(tx, database, { table, row, columns: names })
        : await rewriteRow(tx, database, { table, row, changed: change.changed });
    if (isDone) count += 1;
  }
  return count;
}
