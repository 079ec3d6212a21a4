// The plans of the questions that a page asks, and which of them read a whole table that grows. Apart from the bench, which measures.
import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from "kysely";
import type { Database } from "../src/db/database.ts";

/** Tables that grow with what is stored; of others a page may read all. */
const GROWING =
  /^SCAN (?:patches|facts|decisions|cases|links|patch_customers|patch_times|reminders|effects|notices|escalations|escalation_steps|customers|commands|board_acts|customer_events)\b/;
/** An index that is read whole holds only what the page counts. */
const BY_INDEX = /USING (?:COVERING )?INDEX/;

export type Watch = {
  readonly plugin: KyselyPlugin;
  readonly reset: () => void;
  readonly questions: () => readonly RootOperationNode[];
};

/** Keeps every question that is asked through a database with this plugin. */
export function createWatch(): Watch {
  let asked: RootOperationNode[] = [];
  return {
    plugin: {
      transformQuery: ({ node }) => {
        asked.push(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    },
    reset: () => {
      asked = [];
    },
    questions: () => asked,
  };
}

/** On SQLite: the parts of plans that read a growing table from end to end without an index. */
export async function scansOf({ db }: Database, questions: readonly RootOperationNode[]): Promise<readonly string[]> {
  const scans = new Set<string>();
  for (const node of questions) {
    if (node.kind !== "SelectQueryNode" && node.kind !== "RawNode") continue;
    const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: "plan" });
    const { rows } = await db.executeQuery<{ readonly detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    );
    for (const { detail } of rows)
      if (GROWING.test(detail) && !BY_INDEX.test(detail)) scans.add(`${detail} in ${sql.slice(0, 160)}`);
  }
  return [...scans];
}
