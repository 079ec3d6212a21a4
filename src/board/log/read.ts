// A page of the log: the newest of every kind that is asked for, merged, with where the next page begins. Apart from the questions themselves.
import type { Db } from "../../db/database.ts";
import { type Cursor, LOG_KINDS, type LogEntry, type LogQuestion } from "./entry.ts";
import { entriesOf, nthNewestAt } from "./log-store.ts";

export type LogPage = {
  readonly entries: readonly LogEntry[];
  /** Where the next page begins; null where nothing older was found. */
  readonly next: Cursor | null;
  /** Words were looked for only so far back, and what is older may hold them too. */
  readonly searchedTo: number | null;
};

/** Of each kind the newest so many are searched for words at a time: more would keep a reader waiting. */
const SEARCHED = 5_000;

export async function readLog(db: Db, asked: LogQuestion): Promise<LogPage> {
  const edge = asked.text === null || asked.patchId !== null ? null : await edgeOf(db, asked);
  const bounded = edge === null ? asked : { ...asked, fromAt: edge };
  const found: LogEntry[] = [];
  for (const kind of bounded.kinds) found.push(...(await entriesOf[kind](db, { ...bounded, limit: asked.limit + 1 })));
  // Each kind is in order already, and sorting keeps what is equal where it stands.
  const all = found.toSorted((a, b) => b.at - a.at || LOG_KINDS.indexOf(a.kind) - LOG_KINDS.indexOf(b.kind));
  const entries = all.slice(0, asked.limit);
  const last = entries.at(-1);
  if (all.length > asked.limit && last !== undefined)
    return { entries, next: { at: last.at, kind: last.kind, id: last.id }, searchedTo: null };
  // What is exactly as old as the edge has been looked at.
  const next: Cursor | null = edge === null ? null : { at: edge, kind: "decision", id: "0" };
  return { entries, next, searchedTo: edge };
}

async function edgeOf(db: Db, asked: LogQuestion): Promise<number | null> {
  let edge: number | null = null;
  for (const kind of asked.kinds) {
    const at = await nthNewestAt(db, kind, asked, SEARCHED);
    if (at !== null) edge = Math.max(edge ?? 0, at);
  }
  // Where more than these share one instant the search would not move on.
  return edge !== null && edge === asked.before?.at ? edge - 1 : edge;
}
