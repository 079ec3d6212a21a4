// The questions about cases and their links to patches.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";

export type CaseRow = import("kysely").Selectable<Schema["cases"]>;

export type LinkState = "proposed" | "confirmed" | "dropped";

export type LinkOfPatch = {
  readonly patchId: string;
  readonly state: "proposed" | "confirmed";
  readonly madeBy: string;
  readonly isBySupport: boolean;
  readonly madeWhere: string;
  readonly madeAt: number;
  readonly case: CaseRow;
};

/** Links that stand, with their cases, of several patches. */
export async function linksOf(db: Db, patches: readonly string[]): Promise<readonly LinkOfPatch[]> {
  if (patches.length === 0) return [];
  const rows = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .selectAll("cases")
    .select(["links.patch_id", "links.state as link_state", "links.made_by", "links.is_by_support"])
    .select(["links.made_where", "links.made_at"])
    .where("links.patch_id", "in", patches)
    .where("links.state", "in", ["proposed", "confirmed"])
    .orderBy("cases.id")
    .execute();
  return rows.map(({ patch_id, link_state, made_by, is_by_support, made_where, made_at, ...row }) => ({
    patchId: patch_id,
    state: link_state === "confirmed" ? "confirmed" : "proposed",
    madeBy: made_by,
    isBySupport: is_by_support === 1,
    madeWhere: made_where,
    madeAt: made_at,
    case: row,
  }));
}

export async function caseByReference(db: Db, ownerId: number, reference: string): Promise<CaseRow | undefined> {
  return db
    .selectFrom("cases")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("reference", "=", reference)
    .executeTakeFirst();
}

export async function caseByIssue(db: Db, repositoryId: number, number: number): Promise<CaseRow | undefined> {
  return db
    .selectFrom("cases")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .executeTakeFirst();
}

/** Makes sure that there is a case of this reference: open, without customer and severity, until somebody says more. */
export async function expectCase(
  tx: Tx,
  expected: { ownerId: number; reference: string; url: string | null; at: number },
): Promise<CaseRow> {
  await tx
    .insertInto("cases")
    .values({
      owner_id: expected.ownerId,
      reference: expected.reference,
      title: expected.reference,
      state: "open",
      url: expected.url,
      stamps: "{}",
      created_at: expected.at,
    })
    .onConflict((conflict) => conflict.columns(["owner_id", "reference"]).doNothing())
    .execute();
  return tx
    .selectFrom("cases")
    .selectAll()
    .where("owner_id", "=", expected.ownerId)
    .where("reference", "=", expected.reference)
    .executeTakeFirstOrThrow();
}

/** Makes sure that there is a case for an issue of a case repository; its words are written with `writeCaseWords`. */
export async function expectIssueCase(
  tx: Tx,
  expected: {
    ownerId: number;
    repositoryId: number;
    number: number;
    reference: string;
    title: string;
    url: string;
    at: number;
  },
): Promise<CaseRow> {
  const known = await caseByIssue(tx, expected.repositoryId, expected.number);
  if (known !== undefined) return known;
  // A link may have named the issue before we saw it: then there is a case of that reference without the issue.
  const named = await caseByReference(tx, expected.ownerId, expected.reference);
  if (named !== undefined) {
    await tx
      .updateTable("cases")
      .set({ repository_id: expected.repositoryId, number: expected.number, url: expected.url })
      .where("id", "=", named.id)
      .execute();
    return { ...named, repository_id: expected.repositoryId, number: expected.number, url: expected.url };
  }
  const made = await tx
    .insertInto("cases")
    .values({
      owner_id: expected.ownerId,
      repository_id: expected.repositoryId,
      number: expected.number,
      reference: expected.reference,
      title: expected.title,
      state: "open",
      url: expected.url,
      stamps: "{}",
      created_at: expected.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // Its opening and a comment on it may be worked on at the same moment: the other one made it.
  return made ?? expectIssueCase(tx, expected);
}

/** An issue that moved to another repository stays the same case under its new name. */
export async function moveCase(
  tx: Tx,
  from: { repositoryId: number; number: number },
  to: { repositoryId: number; number: number; reference: string; url: string },
): Promise<void> {
  const known = await caseByIssue(tx, from.repositoryId, from.number);
  if (known === undefined) return;
  // The two webhooks of a transfer come in any order: where the new issue was seen first, its row gives way to the old one's links.
  const arrived = await caseByIssue(tx, to.repositoryId, to.number);
  if (arrived !== undefined && arrived.id !== known.id) {
    const links = await tx.selectFrom("links").selectAll().where("case_id", "=", arrived.id).execute();
    await tx.deleteFrom("links").where("case_id", "=", arrived.id).execute();
    for (const link of links) {
      await tx
        .insertInto("links")
        .values({ ...link, case_id: known.id })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await tx.deleteFrom("cases").where("id", "=", arrived.id).execute();
  }
  await tx
    .updateTable("cases")
    .set({ repository_id: to.repositoryId, number: to.number, reference: to.reference, url: to.url })
    .where("id", "=", known.id)
    .execute();
}

/** A repository's new name in the references of its cases. */
export async function renameCases(tx: Tx, repositoryId: number, fullName: string): Promise<void> {
  const rows = await tx
    .selectFrom("cases")
    .select(["id", "number"])
    .where("repository_id", "=", repositoryId)
    .execute();
  for (const row of rows) {
    await tx
      .updateTable("cases")
      .set({ reference: `${fullName}#${row.number}` })
      .where("id", "=", row.id)
      .execute();
  }
}

export type NewLink = {
  readonly ownerId: number;
  readonly caseId: number;
  readonly patchId: string;
  readonly state: LinkState;
  readonly madeBy: string;
  readonly isBySupport: boolean;
  readonly madeWhere: string;
  readonly madeAt: number;
};

/**
 * Writes a link: the later word wins, but a proposal never takes the place of what somebody confirmed or dropped.
 * True when something changed.
 */
export async function setLink(tx: Tx, link: NewLink): Promise<boolean> {
  const changing = {
    state: link.state,
    made_by: link.madeBy,
    is_by_support: link.isBySupport ? (1 as const) : (0 as const),
    made_where: link.madeWhere,
    made_at: link.madeAt,
    carried_from: null,
  };
  const result = await tx
    .insertInto("links")
    .values({ case_id: link.caseId, patch_id: link.patchId, owner_id: link.ownerId, ...changing })
    .onConflict((conflict) => {
      const columns = conflict.columns(["case_id", "patch_id"]);
      if (link.state === "proposed") return columns.doNothing();
      return columns
        .doUpdateSet(changing)
        .where((eb) => eb.or([eb("links.made_at", "<=", link.madeAt), eb("links.state", "=", "proposed")]));
    })
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Drops proposals that nobody answered since `before`; gives the patches that they were about. */
export async function dropProposalsBefore(tx: Tx, before: number): Promise<readonly string[]> {
  const rows = await tx
    .updateTable("links")
    .set({ state: "dropped" })
    // In the text of the statement, else SQLite does not use the partial index.
    .where("state", "=", sql.lit("proposed" as const))
    .where("made_at", "<", before)
    .returning("patch_id")
    .execute();
  return [...new Set(rows.map((row) => row.patch_id))];
}

/** The patches that a case is linked to, confirmed first. */
export async function patchesOfCase(
  db: Db,
  caseId: number,
): Promise<readonly { readonly id: string; readonly state: LinkState }[]> {
  const rows = await db
    .selectFrom("links")
    .select(["patch_id", "state"])
    .where("case_id", "=", caseId)
    .where("state", "in", ["proposed", "confirmed"])
    .orderBy("state")
    .execute();
  return rows.map((row) => ({ id: row.patch_id, state: row.state }));
}
