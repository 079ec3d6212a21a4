// The reminders of a patch as rows: what was decided, sent, folded or withdrawn.

import { sql } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "../db/database.ts";
import { openTold } from "../silences/store.ts";
import type { Mode, SentReminder } from "./situation.ts";

// In the text of the statement, else SQLite does not use the partial index.
const AUTHOR_TURN = sql.lit("author-turn");

type Kept = { readonly kind: "person" | "team"; readonly key: string; readonly isMentioned: boolean };

/** A patch's reminders in the order in which they were decided. */
export async function remindersOf(db: Db, patch: string): Promise<readonly SentReminder[]> {
  const rows = await db
    .selectFrom("reminders")
    .selectAll()
    .where("patch_id", "=", patch)
    .orderBy("decided_at")
    .orderBy("n")
    .execute();
  return rows.map((row) => ({
    round: row.round,
    n: row.n,
    state: row.state,
    at: row.sent_at ?? row.decided_at,
    commentNodeId: row.comment_node_id,
    mentioned: (JSON.parse(row.addressees) as Kept[]).filter((each) => each.isMentioned).map((each) => each.key),
  }));
}

export async function addReminder(
  tx: Tx,
  reminder: {
    patchId: string;
    round: string;
    n: number;
    at: number;
    addressees: readonly Kept[];
    state: "waiting" | "observed";
  },
): Promise<void> {
  await tx
    .insertInto("reminders")
    .values({
      patch_id: reminder.patchId,
      round: reminder.round,
      n: reminder.n,
      decided_at: reminder.at,
      addressees: JSON.stringify(reminder.addressees),
      state: reminder.state,
    })
    .execute();
}

/**
 * When the author's side was told, on the pull request or privately, by the start of the turn that they were told of. Withdrawn texts told nobody; one that failed for
 * good is not tried again; one that was only observed counts while we observe.
 */
export async function authorTold(db: Db, patch: string, mode: Mode): Promise<ReadonlyMap<number, number>> {
  const prefix = `author-turn:${patch}:`;
  const rows = await db
    .selectFrom("effects")
    .select(["key", "created_at", "finished_at"])
    .where("lane", "=", patch)
    .where("kind", "=", AUTHOR_TURN)
    .where("state", "in", mode === "act" ? ["due", "done", "failed"] : ["due", "done", "failed", "observed"])
    .execute();
  const privately = (await openTold(db, patch)).map(({ key, at }) => ({ key, finished_at: at, created_at: at }));
  return new Map(
    [...rows, ...privately]
      .filter((row) => row.key.startsWith(prefix))
      .map((row) => [Number(row.key.slice(prefix.length)), row.finished_at ?? row.created_at]),
  );
}

const comment = z.object({ commentNodeId: z.string() });

/** The comment by which the author's side was told last; null where there is none. */
export async function lastAuthorWord(db: Db, patch: string): Promise<string | null> {
  const row = await db
    .selectFrom("effects")
    .select("outcome")
    .where("lane", "=", patch)
    .where("kind", "=", AUTHOR_TURN)
    .where("state", "=", "done")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const parsed = comment.safeParse(JSON.parse(row?.outcome ?? "null"));
  return parsed.success ? parsed.data.commentNodeId : null;
}
