// The requests for a decision on pull requests, as effects of the outbox hold them. Apart, because an escalation has at most one that stands.
import { sql } from "kysely";
import { z } from "zod";
import type { Db, Tx } from "../db/database.ts";
import type { OpenEscalation } from "./escalation.ts";

type Request = {
  readonly isDone: boolean;
  readonly isOut: boolean;
  readonly escalationId: number;
  readonly mentioned: readonly string[];
};

const requestBody = z.object({ escalationId: z.number(), mentioned: z.array(z.string()) });

/** The requests for a decision that stand on a pull request or are about to. */
export async function requestsOn(db: Db, patch: string): Promise<readonly Request[]> {
  const rows = await db
    .selectFrom("effects")
    .select(["state", "body", "first_try_at", "claimed_until"])
    .where("kind", "=", sql.lit("decision-request"))
    .where("lane", "=", patch)
    .where("state", "in", ["due", "done"])
    .execute();
  return rows.map((row) => ({
    isDone: row.state === "done",
    // Whatever was tried or is in hand may stand there already.
    isOut: row.state === "done" || row.first_try_at !== null || row.claimed_until !== null,
    ...requestBody.parse(JSON.parse(row.body)),
  }));
}

export function requestOf(requests: readonly Request[]): OpenEscalation["request"] {
  if (requests.length === 0) return "none";
  return requests.some(({ isOut }) => isOut) ? "out" : "waiting";
}

/** What waits to be asked on a pull request is asked anew, with another date. False: it may stand there already. */
export async function withdrawWaitingRequest(
  tx: Tx,
  which: { readonly patchId: string; readonly escalationId: number; readonly because: string; readonly now: number },
): Promise<boolean> {
  await tx
    .updateTable("effects")
    .set({
      state: "withdrawn",
      outcome: JSON.stringify({ kind: "withdrawn", because: which.because }),
      finished_at: which.now,
    })
    .where("kind", "=", sql.lit("decision-request"))
    .where("lane", "=", which.patchId)
    .where("state", "=", "due")
    .where("first_try_at", "is", null)
    .where("claimed_until", "is", null)
    .execute();
  return !(await requestsOn(tx, which.patchId)).some(({ escalationId }) => escalationId === which.escalationId);
}
