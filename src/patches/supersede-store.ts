// Writing what moves over from a superseded patch, and taking it back. Apart from the other questions, because nothing else changes facts
// and links that are there.
import { isDeepStrictEqual } from "node:util";
import type { LinkOfPatch } from "../cases/store.ts";
import type { Tx } from "../db/database.ts";
import type { PatchId } from "../github/refs.ts";
import type { Fact } from "./fact.ts";
import { addFacts, factsOf } from "./store.ts";

/**
 * Links a case to the patch that supersedes the one of `link`, as whoever made that link; what somebody said there since, or confirmed
 * there already, stays. True when something changed.
 */
export async function carryLink(
  tx: Tx,
  { link, ownerId, to, at }: { link: LinkOfPatch; ownerId: number; to: string; at: number },
): Promise<boolean> {
  const changing = {
    state: "confirmed" as const,
    made_by: link.madeBy,
    is_by_support: link.isBySupport ? (1 as const) : (0 as const),
    made_where: link.madeWhere,
    made_at: at,
    carried_from: link.patchId,
  };
  const result = await tx
    .insertInto("links")
    .values({ case_id: link.case.id, patch_id: to, owner_id: ownerId, ...changing })
    .onConflict((conflict) =>
      conflict
        .columns(["case_id", "patch_id"])
        .doUpdateSet(changing)
        .where((eb) =>
          eb.or([
            eb("links.state", "=", "proposed"),
            eb.and([eb("links.state", "=", "dropped"), eb("links.made_at", "<=", at)]),
          ]),
        ),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes back from `to` the links that came over from `from` and that nobody has confirmed there. True when there were any. */
export async function dropCarriedLinks(tx: Tx, from: string, to: string): Promise<boolean> {
  const result = await tx
    .updateTable("links")
    .set({ state: "dropped" })
    .where("patch_id", "=", to)
    .where("carried_from", "=", from)
    .where("state", "=", "confirmed")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Keeps a fact in the place of what stood under its key, or with null takes that away; true when something changed. */
export async function replaceFact(tx: Tx, patch: PatchId, key: string, fact: Fact | null): Promise<boolean> {
  const before = (await factsOf(tx, [patch])).get(patch)?.find((each) => each.key === key) ?? null;
  if (isDeepStrictEqual(before, fact)) return false;
  if (before !== null) await tx.deleteFrom("facts").where("patch_id", "=", patch).where("key", "=", key).execute();
  if (fact !== null) await addFacts(tx, patch, [fact]);
  return true;
}
