// Writing what a cases file says. Apart from the other questions about cases, because an import writes many at once.
import type { FieldChange } from "../customers/changes.ts";
import { batches } from "../customers/store.ts";
import type { Database, Db, Tx } from "../db/database.ts";
import { makeDue } from "../patches/store.ts";
import { type ParsedCases, type ReadCase, resolveCustomers } from "./import.ts";
import { type CaseWord, type CaseWords, mergeWords, wordsOf } from "./words.ts";
import { applyWords } from "./words-store.ts";

/** Only as many in one transaction that webhooks need not wait for the whole import. */
const CASES_AT_ONCE = 500;

export type CaseChanges = {
  readonly added: readonly string[];
  readonly changed: readonly { readonly reference: string; readonly words: readonly CaseWord[] }[];
  readonly unchanged: number;
};

/** One line of what an import changed, for the log. */
export const importedCasesWords = ({ added, changed }: CaseChanges): string =>
  `imported cases: ${added.length} added, ${changed.length} changed`;

/** Holds the customers that a file names against those that are stored. */
export async function checkCaseCustomers(db: Db, ownerId: number, cases: readonly ReadCase[]): Promise<ParsedCases> {
  const rows = await db.selectFrom("customers").select("id").where("owner_id", "=", ownerId).orderBy("id").execute();
  return resolveCustomers(
    cases,
    rows.map(({ id }) => id),
  );
}

export type CasesImport = { readonly ownerId: number; readonly cases: readonly ReadCase[]; readonly now: number };

/** Writes a whole file's cases, some at a time; `finish` stands in the transaction of the last. Hints at the patches that are due then. */
export async function importAllCases(
  database: Database,
  { ownerId, cases, now }: CasesImport,
  finish: (tx: Tx, changes: CaseChanges) => Promise<void> = async () => undefined,
): Promise<CaseChanges> {
  const pieces = cases.length === 0 ? [[]] : batches(cases, CASES_AT_ONCE);
  let changes: CaseChanges = { added: [], changed: [], unchanged: 0 };
  for (const [index, some] of pieces.entries()) {
    changes = await database.transaction(async (tx) => {
      const sum = joined(changes, await importCases(tx, { ownerId, cases: some, now }));
      if (index === pieces.length - 1) await finish(tx, sum);
      return sum;
    });
  }
  database.hint("patches");
  return changes;
}

const joined = (one: CaseChanges, other: CaseChanges): CaseChanges => ({
  added: [...one.added, ...other.added],
  changed: [...one.changed, ...other.changed],
  unchanged: one.unchanged + other.unchanged,
});

export type CasesCheck = {
  readonly added: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly FieldChange[] }[];
  readonly unchanged: number;
};

/** What `importAllCases` would change, word by word, without writing. */
export async function checkCases(db: Db, { ownerId, cases, now }: CasesImport): Promise<CasesCheck> {
  const added: string[] = [];
  const changed: CasesCheck["changed"][number][] = [];
  for (const some of batches(cases)) {
    const rows = await casesByReferences(db, ownerId, some);
    for (const { reference, words } of some) {
      const row = rows.get(reference);
      if (row === undefined) added.push(reference);
      else {
        const before = wordsOf(row);
        const fields = mergeWords(row, words, now).changed.map((field) => ({
          field,
          before: shownWord(before[field]),
          after: shownWord(words[field] ?? null),
        }));
        if (fields.length > 0) changed.push({ id: reference, fields });
      }
    }
  }
  return { added, changed, unchanged: cases.length - added.length - changed.length };
}

const shownWord = (word: CaseWords[CaseWord]): string | null =>
  word === null || typeof word === "string" ? word : [word.date, word.why].filter((each) => each !== null).join(" ");

/** Adds and changes cases by their reference, a word a writer, and makes the linked patches due where something changed. */
export async function importCases(tx: Tx, { ownerId, cases, now }: CasesImport): Promise<CaseChanges> {
  const added: string[] = [];
  const changed: CaseChanges["changed"][number][] = [];
  const changedIds: number[] = [];
  let unchanged = 0;
  for (const some of batches(cases)) {
    const isNew = await addMissing(tx, { ownerId, cases: some, now });
    const rows = await casesByReferences(tx, ownerId, some);
    for (const { reference, words } of some) {
      const row = rows.get(reference);
      const written = row === undefined ? null : await applyWords(tx, row, { words, at: now });
      if (written === null) throw new Error(`the case ${reference} went away while it was imported`);
      if (isNew.has(reference)) added.push(reference);
      else if (written.changed.length === 0) unchanged += 1;
      else {
        changed.push({ reference, words: written.changed });
        changedIds.push(written.caseId);
      }
    }
  }
  await makeLinkedDue(tx, changedIds, now);
  return { added, changed, unchanged };
}

async function addMissing(tx: Tx, { ownerId, cases, now }: CasesImport): Promise<ReadonlySet<string>> {
  const rows = await tx
    .insertInto("cases")
    .values(
      cases.map(({ reference }) => ({
        owner_id: ownerId,
        reference,
        title: reference,
        state: "open" as const,
        stamps: "{}",
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(["owner_id", "reference"]).doNothing())
    .returning("reference")
    .execute();
  return new Set(rows.map(({ reference }) => reference));
}

async function casesByReferences(tx: Db, ownerId: number, cases: readonly ReadCase[]) {
  const references = cases.map(({ reference }) => reference);
  const rows = await tx
    .selectFrom("cases")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("reference", "in", references)
    .execute();
  return new Map(rows.map((row) => [row.reference, row]));
}

async function makeLinkedDue(tx: Tx, caseIds: readonly number[], now: number): Promise<void> {
  for (const some of batches(caseIds)) {
    const rows = await tx
      .selectFrom("links")
      .select("patch_id")
      .distinct()
      .where("case_id", "in", some)
      .where("state", "in", ["proposed", "confirmed"])
      .execute();
    for (const patches of batches(rows.map(({ patch_id }) => patch_id))) await makeDue(tx, patches, now);
  }
}
