// The commands that ran, so that none runs twice.
import type { Db, Tx } from "../db/database.ts";
import { erasedCommand } from "../erasure/command-text.ts";
import type { Roles } from "./authority.ts";
import type { ParsedCommand } from "./command.ts";
import type { CommandOutcome } from "./decide.ts";

type Numbered = Pick<ParsedCommand, "text" | "occurrence">;

/** Which of these have not run yet. */
export async function notYetRun<Command extends Numbered>(
  db: Db,
  source: string,
  commands: readonly Command[],
): Promise<readonly Command[]> {
  if (commands.length === 0) return [];
  const rows = await db.selectFrom("commands").select(["text", "occurrence"]).where("source", "=", source).execute();
  return commands.filter(
    ({ text, occurrence }) =>
      !rows.some((row) => row.occurrence === occurrence && (row.text === text || row.text === erasedCommand(text))),
  );
}

export type RanCommand = Numbered & {
  readonly source: string;
  readonly patchId: string | null;
  readonly caseId: number | null;
  readonly actor: { readonly id: number; readonly login: string };
  readonly roles: Roles;
  readonly outcome: CommandOutcome["kind"] | "problem";
  readonly at: number;
};

/** Notes that a command runs now. False where it ran already: then nothing of it may be done. */
export async function noteCommand(tx: Tx, ran: RanCommand): Promise<boolean> {
  const result = await tx
    .insertInto("commands")
    .values((eb) => ({
      owner_id: eb.fn.coalesce(
        eb.selectFrom("patches").select("owner_id").where("id", "=", ran.patchId),
        eb.selectFrom("cases").select("owner_id").where("id", "=", ran.caseId),
      ),
      source: ran.source,
      text: ran.text,
      occurrence: ran.occurrence,
      patch_id: ran.patchId,
      case_id: ran.caseId,
      actor_id: ran.actor.id,
      actor_login: ran.actor.login,
      authority: JSON.stringify(ran.roles),
      outcome: JSON.stringify({ kind: ran.outcome }),
      at: ran.at,
    }))
    .onConflict((conflict) => conflict.columns(["source", "text", "occurrence"]).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
