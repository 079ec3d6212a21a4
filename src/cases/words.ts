// A case's own words, each with the time of its last writer, so that imports and commands may arrive in any order. Pure.
import type { Selectable, Updateable } from "kysely";
import type { Schema } from "../db/schema.ts";
import type { Severity } from "../policy/policy.ts";

/** A day (YYYY-MM-DD) and, where somebody said it, why then. */
type NeededBy = { readonly date: string; readonly why: string | null };

/** What people say of a case. `workaround` is a text, `none`, or null where nobody knows; `report` is a day. */
export type CaseWords = {
  readonly title: string;
  readonly customer: string | null;
  readonly severity: Severity | null;
  readonly state: "open" | "resolved" | "closed";
  readonly summary: string | null;
  readonly stake: string | null;
  readonly workaround: string | null;
  readonly "needed-by": NeededBy | null;
  readonly report: string | null;
  readonly assignee: string | null;
  readonly url: string | null;
};

export type CaseWord = keyof CaseWords;

const CASE_WORDS: readonly CaseWord[] = [
  "title",
  "customer",
  "severity",
  "state",
  "summary",
  "stake",
  "workaround",
  "needed-by",
  "report",
  "assignee",
  "url",
];

type Row = Selectable<Schema["cases"]>;
export type StoredWords = Pick<
  Row,
  | "title"
  | "customer_id"
  | "severity"
  | "state"
  | "summary"
  | "stake"
  | "workaround"
  | "needed_by"
  | "needed_by_why"
  | "next_report"
  | "assignee"
  | "url"
  | "stamps"
>;

export type MergedWords = {
  /** Columns to write, stamps included. Empty where every word given is older than what is known. */
  readonly columns: Updateable<Schema["cases"]>;
  /** Words whose value is another than before. */
  readonly changed: readonly CaseWord[];
};

/** Lays words of the time `at` (epoch milliseconds) over what is stored. A word that was written later stays; at the same time the new one wins. */
export function mergeWords(stored: StoredWords, words: Partial<CaseWords>, at: number): MergedWords {
  const stamps = readStamps(stored.stamps);
  const written = CASE_WORDS.filter((word) => words[word] !== undefined && (stamps[word] ?? at) <= at);
  if (written.length === 0) return { columns: {}, changed: [] };
  for (const word of written) stamps[word] = at;
  const columns = toColumns(Object.fromEntries(written.map((word) => [word, words[word]])));
  const before = wordsOf(stored);
  const changed = written.filter((word) => JSON.stringify(before[word]) !== JSON.stringify(words[word]));
  return { columns: { ...columns, stamps: JSON.stringify(stamps) }, changed };
}

/** A stored case as its words. */
export function wordsOf(row: StoredWords): CaseWords {
  return {
    title: row.title,
    customer: row.customer_id,
    severity: row.severity,
    state: row.state,
    summary: row.summary,
    stake: row.stake,
    workaround: row.workaround,
    "needed-by": row.needed_by === null ? null : { date: row.needed_by, why: row.needed_by_why },
    report: row.next_report,
    assignee: row.assignee,
    url: row.url,
  };
}

function toColumns(words: Partial<CaseWords>): Updateable<Schema["cases"]> {
  const neededBy = words["needed-by"];
  return {
    ...(words.title !== undefined && { title: words.title }),
    ...(words.customer !== undefined && { customer_id: words.customer }),
    ...(words.severity !== undefined && { severity: words.severity }),
    ...(words.state !== undefined && { state: words.state }),
    ...(words.summary !== undefined && { summary: words.summary }),
    ...(words.stake !== undefined && { stake: words.stake }),
    ...(words.workaround !== undefined && { workaround: words.workaround }),
    ...(neededBy !== undefined && { needed_by: neededBy?.date ?? null, needed_by_why: neededBy?.why ?? null }),
    ...(words.report !== undefined && { next_report: words.report }),
    ...(words.assignee !== undefined && { assignee: words.assignee }),
    ...(words.url !== undefined && { url: words.url }),
  };
}

function readStamps(json: string): Record<string, number> {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== "object" || parsed === null) return {};
  return Object.fromEntries(
    Object.entries(parsed).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** When a word was last written; null where nobody wrote it. */
export const wordStampedAt = (stamps: string, word: CaseWord): number | null => readStamps(stamps)[word] ?? null;
