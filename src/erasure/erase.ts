// Erases a person: every table by what columns.ts says of it, until nothing is found any more. Apart from the command, which only tells of it.
import type { Database, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { withdrawNoticesByKey } from "../notify/store.ts";
import { TABLES } from "./columns.ts";
import { erasedCommand } from "./command-text.ts";
import { withoutPerson } from "./customer.ts";
import { noteErased } from "./erased-store.ts";
import { isErased, markOf } from "./mark.ts";
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
type Change = { readonly drop: true } | { readonly changed: Readonly<Record<string, string | null>> };
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
const OLD_NAMES = ["erased.invalid"];

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
  ].filter((text) => text !== "" && !OLD_NAMES.some((old) => text.endsWith(old)));

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

/** What tells whether a row may be touched, and whose it is. */
const BESIDE: Partial<Record<keyof Schema, readonly string[]>> = {
  facts: ["patch_id", "actor_id"],
  effects: ["state"],
  notices: ["state", "channel"],
  patches: ["author_id"],
  commands: ["actor_id"],
  access: ["user_id"],
  team_members: ["user_id"],
};

/** Whose a login is, where that is known: it may be another's in another row. */
const ID_OF: Partial<Record<keyof Schema, Readonly<Record<string, string>>>> = {
  facts: { actor_login: "actor_id" },
  patches: { author_login: "author_id" },
  commands: { actor_login: "actor_id" },
  access: { login: "user_id" },
  team_members: { login: "user_id" },
};

type Changing = {
  readonly table: keyof Schema;
  readonly how: string;
  readonly held: readonly (readonly [string, Treatment])[];
  readonly row: Row;
  readonly scrub: Scrub;
  readonly known: Known;
};

/** Null: nothing of theirs is in it, or it is on its way and may not be touched. */
function changeOf({ table, how, held, row, scrub, known }: Changing): Change | null {
  // It goes out in a moment; what has gone is taken up next time.
  if (table === "effects" && row.state === "due") return null;
  const isTold = table === "notices" && isPerson(String(row.recipient), known);
  if (table === "notices" && row.state === "due" && !isTold) return null;
  const changed: Record<string, string | null> = {};
  for (const [name, treatment] of held) {
    const before = row[name];
    if (typeof before !== "string" || before === "") continue;
    const id = row[ID_OF[table]?.[name] ?? ""];
    const isTheirs = id !== undefined && id !== null && known.ids.has(Number(id)) && !isErased(before);
    const after = isTheirs ? scrub.mark : scrubbed({ table, name, before, treatment, scrub, known });
    if (after !== before) changed[name] = after;
  }
  if (Object.keys(changed).length === 0) return null;
  if (how === "drop") return { drop: true };
  if (isTold) return { changed: { ...changed, body: "", recipient_data: "" } };
  if (table === "patches" && changed.author_login !== undefined) return { changed: { ...changed, body: scrub.mark } };
  return { changed };
}

const isPerson = (recipient: string, { logins, emails, slacks, names }: Known): boolean => {
  const [, kind = "", value = ""] = /^(login|mail|slack|name):(.*)$/.exec(recipient) ?? [];
  const lower = value.toLowerCase();
  return kind === "name" ? names.has(value) : logins.has(lower) || emails.has(lower) || slacks.has(lower);
};

type Scrubbing = {
  readonly table: keyof Schema;
  readonly name: string;
  readonly before: string;
  readonly treatment: Treatment;
  readonly scrub: Scrub;
  readonly known: Known;
};

function scrubbed({ table, name, before, treatment, scrub, known }: Scrubbing): string {
  switch (treatment) {
    case "value":
      return scrub.value(before);
    case "key":
      return scrub.key(before);
    case "words": {
      const after = scrub.words(before);
      return table === "commands" && name === "text" && after !== before ? erasedCommand(before) : after;
    }
    case "json": {
      if (table === "customers" || table === "customer_changes") return withoutPerson(before, known) ?? before;
      const after = scrub.json(before);
      return after === JSON.stringify(JSON.parse(before)) ? before : after;
    }
    case "never":
    case "theirs":
      return before;
  }
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
