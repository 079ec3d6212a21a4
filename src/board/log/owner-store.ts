// Whose what a release wrote that knew no owner beside it is. Apart from the log, which asks by owner only: the sweep fills it in.
import { sql } from "kysely";
import type { Tx } from "../../db/database.ts";

/** Where nobody can be told any more whose it is, so that it is not looked at again: no owner of GitHub has this id. */
const NOBODY = 0;

/** Fills in up to `limit` rows of each table; answers how many there were. */
export async function nameOwners(tx: Tx, limit: number): Promise<number> {
  const decisions = await tx
    .updateTable("decisions")
    .set((eb) => ({
      owner_id: eb.fn.coalesce(
        eb.selectFrom("patches").select("patches.owner_id").whereRef("patches.id", "=", "decisions.patch_id"),
        sql.lit(NOBODY),
      ),
    }))
    .where("id", "in", (eb) => eb.selectFrom("decisions").select("id").where("owner_id", "is", null).limit(limit))
    .executeTakeFirst();
  const steps = await tx
    .updateTable("escalation_steps")
    .set((eb) => ({
      owner_id: eb.fn.coalesce(
        eb
          .selectFrom("escalations")
          .select("escalations.owner_id")
          .whereRef("escalations.id", "=", "escalation_steps.escalation_id"),
        sql.lit(NOBODY),
      ),
    }))
    .where("id", "in", (eb) =>
      eb.selectFrom("escalation_steps").select("id").where("owner_id", "is", null).limit(limit),
    )
    .executeTakeFirst();
  const commands = await tx
    .updateTable("commands")
    .set((eb) => ({
      owner_id: eb.fn.coalesce(
        eb.selectFrom("patches").select("patches.owner_id").whereRef("patches.id", "=", "commands.patch_id"),
        eb.selectFrom("cases").select("cases.owner_id").whereRef("cases.id", "=", "commands.case_id"),
        sql.lit(NOBODY),
      ),
    }))
    .where("source", "in", (eb) =>
      eb.selectFrom("commands").select("source").where("owner_id", "is", null).limit(limit),
    )
    .where("owner_id", "is", null)
    .executeTakeFirst();
  return [decisions, steps, commands].reduce((sum, { numUpdatedRows }) => sum + Number(numUpdatedRows), 0);
}
