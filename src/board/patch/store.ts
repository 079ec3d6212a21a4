// What only the page of one patch asks of the database. Each question is bounded, however long the patch has waited.
import { type Expression, type SqlBool, sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { Dossier } from "../../escalations/dossier.ts";
import { patchId } from "../../github/refs.ts";
import type { Reason } from "../../patches/reasons.ts";
import type { PatchRow } from "../../patches/store.ts";
import { storedReason } from "../../patches/stored-reason.ts";

type Named = {
  readonly ownerId: number;
  /** The repository's name without the owner, in any case. */
  readonly repository: string;
  readonly number: number;
};

/** A patch by the name that people know it by; only this owner's. */
export async function patchNamed(db: Db, { ownerId, repository, number }: Named): Promise<PatchRow | null> {
  const repositories = await db
    .selectFrom("repositories")
    .select("id")
    .where("owner_id", "=", ownerId)
    .where((eb) => eb(eb.fn("lower", ["name"]), "=", repository.toLowerCase()))
    .execute();
  if (repositories.length === 0) return null;
  // By its id, which has an index: one repository may hold a hundred thousand of them.
  const row = await db
    .selectFrom("patches")
    .selectAll()
    .where(
      "id",
      "in",
      repositories.map(({ id }) => patchId(id, number)),
    )
    .where("owner_id", "=", ownerId)
    // A repository that was deleted may have left its name to a new one.
    .orderBy("seen_at", "desc")
    .executeTakeFirst();
  return row ?? null;
}

/** Ids of the customers whom it concerned when it was last decided on. */
export async function customersOfPatch(db: Db, patch: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("patch_customers").select("customer_id").where("patch_id", "=", patch).execute();
  return rows.map((row) => row.customer_id);
}

/** A patch as this owner has followed it: what another did before the repository came over is theirs. */
export type OwnedPatch = { readonly id: string; readonly ownerId: number };

/** Not as a condition that an index of the owner's could be taken for: of one patch there is little. */
const isOwners = ({ ownerId }: OwnedPatch): Expression<SqlBool> => sql<SqlBool>`coalesce(owner_id, 0) = ${ownerId}`;

export type StepTold = {
  readonly at: number;
  readonly kind: string;
  /** JSON: whom it asked. */
  readonly addressees: string;
  readonly because: string;
  readonly outcome: string | null;
  readonly outcomeAt: number | null;
};

const MOST_STEPS = 50;

/** The newest steps of a patch's escalations, oldest first, without the dossiers that went with them. */
export async function stepsTold(db: Db, patch: OwnedPatch): Promise<readonly StepTold[]> {
  const rows = await db
    .selectFrom("escalation_steps")
    .select(["at", "kind", "addressees", "because", "outcome", "outcome_at"])
    .where("patch_id", "=", patch.id)
    .where(isOwners(patch))
    .orderBy("id", "desc")
    .limit(MOST_STEPS)
    .execute();
  return rows.map(({ outcome_at, ...row }) => ({ ...row, outcomeAt: outcome_at })).toReversed();
}

/** The newest dossier as it was frozen. Written by us, so that it is trusted. */
export async function lastDossier(db: Db, patch: OwnedPatch): Promise<Dossier | null> {
  const row = await db
    .selectFrom("escalation_steps")
    .select("dossier")
    .where("patch_id", "=", patch.id)
    .where(isOwners(patch))
    .where("dossier", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined || row.dossier === null ? null : (JSON.parse(row.dossier) as Dossier);
}

export type DecisionTold = {
  readonly id: number;
  readonly at: number;
  readonly because: string;
  /** The same as a value; null in what an earlier release kept. */
  readonly reason: Reason | null;
};

/** Decisions before one, the newest first. */
export async function decisionsBefore(
  db: Db,
  patch: OwnedPatch,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly DecisionTold[]> {
  const { before, limit } = page;
  const rows = await db
    .selectFrom("decisions")
    .select(["id", "at", "because", "data"])
    .where("patch_id", "=", patch.id)
    .where(isOwners(patch))
    .$if(before !== null, (query) => query.where("id", "<", before ?? 0))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ data, ...row }) => ({ ...row, reason: storedReason(data) }));
}

export type ActTold = { readonly at: number; readonly person: string; readonly words: string };

const MOST_ACTS = 20;

/** What was done to it on the board, the newest first. */
export async function actsOn(db: Db, ownerId: number, patch: string): Promise<readonly ActTold[]> {
  return db
    .selectFrom("board_acts")
    .select(["at", "person", "words"])
    .where("subject", "=", `patch:${patch}`)
    .where("owner_id", "=", ownerId)
    .orderBy("id", "desc")
    .limit(MOST_ACTS)
    .execute();
}
