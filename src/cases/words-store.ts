// Writing a case's words, a word a writer. Apart from the other questions, because commands, imports and issues all write this way.
import type { Tx } from "../db/database.ts";
import { type CaseRow, caseByReference } from "./store.ts";
import { type CaseWord, type CaseWords, mergeWords } from "./words.ts";

const MAX_TRIES = 10;

export type CaseTarget = { readonly caseId: number } | { readonly ownerId: number; readonly reference: string };

export type WordsToWrite = {
  readonly words: Partial<CaseWords>;
  /** When they were said, in epoch milliseconds. */
  readonly at: number;
};

export type WrittenWords = { readonly caseId: number; readonly changed: readonly CaseWord[] };

/** Writes the words that nobody has written later, and says which changed. Null when there is no such case. */
export async function writeCaseWords(tx: Tx, target: CaseTarget & WordsToWrite): Promise<WrittenWords | null> {
  const row = await caseOf(tx, target);
  return row === undefined ? null : await applyWords(tx, row, target);
}

/** The same for a row that is at hand. */
export async function applyWords(tx: Tx, known: CaseRow, { words, at }: WordsToWrite): Promise<WrittenWords | null> {
  let row: CaseRow | undefined = known;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (row === undefined) return null;
    const { columns, changed } = mergeWords(row, words, at);
    if (columns.stamps === undefined) return { caseId: row.id, changed: [] };
    // Another transaction may have written a word since the row was read; then the stamps are others and we read again.
    const result = await tx
      .updateTable("cases")
      .set(columns)
      .where("id", "=", row.id)
      .where("stamps", "=", row.stamps)
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) return { caseId: row.id, changed };
    row = await caseOf(tx, { caseId: row.id });
  }
  throw new Error(`the words of case ${known.id} could not be written: others wrote them ${MAX_TRIES} times meanwhile`);
}

async function caseOf(tx: Tx, target: CaseTarget): Promise<CaseRow | undefined> {
  if ("reference" in target) return await caseByReference(tx, target.ownerId, target.reference);
  return await tx.selectFrom("cases").selectAll().where("id", "=", target.caseId).executeTakeFirst();
}
