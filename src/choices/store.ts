// What is asked of the database about questions behind links: who was asked what, what was answered, and where what it is about stands.
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import type { Language } from "../policy/policy.ts";
import { type Answer, readStoredAnswer, readStoredAsked } from "./answer.ts";
import { type AskedPerson, type ChoiceKind, hashOfToken } from "./choice.ts";

export type Answered = { readonly at: number; readonly by: string; readonly answer: Answer };

export type StoredChoice = {
  readonly tokenHash: string;
  readonly ownerId: number;
  readonly kind: ChoiceKind;
  /** The escalation's id, or the patch's. */
  readonly subject: string;
  readonly asked: AskedPerson;
  readonly language: Language;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly answered: Answered | null;
};

type ChoiceRow = import("kysely").Selectable<Schema["choices"]>;

/** The question behind a link, or null. It is looked up by the token's hash, so that how long it takes tells nothing of any token. */
export async function choiceByToken(db: Db, token: string): Promise<StoredChoice | null> {
  const row = await db
    .selectFrom("choices")
    .selectAll()
    .where("token_hash", "=", hashOfToken(token))
    .executeTakeFirst();
  return row === undefined ? null : toChoice(row);
}

function toChoice(row: ChoiceRow): StoredChoice {
  const asked = readStoredAsked(row.asked);
  return {
    tokenHash: row.token_hash,
    ownerId: row.owner_id,
    kind: row.kind,
    subject: row.subject,
    asked,
    language: row.language,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    answered: answeredOf(row),
  };
}

function answeredOf(row: Pick<ChoiceRow, "answered_at" | "answer" | "asked">): Answered | null {
  if (row.answered_at === null || row.answer === null) return null;
  return { at: row.answered_at, by: readStoredAsked(row.asked).name, answer: readStoredAnswer(row.answer) };
}

/**
 * What was answered first to the same question since it was asked here, by whomever it was asked of on the same customer's side: what another
 * customer's account owner said is nobody else's to read.
 */
export async function answeredElsewhere(db: Db, choice: StoredChoice): Promise<Answered | null> {
  const rows = await db
    .selectFrom("choices")
    .select(["answered_at", "answer", "asked"])
    .where("kind", "=", choice.kind)
    .where("subject", "=", choice.subject)
    .where("answered_at", ">=", choice.createdAt)
    .orderBy("answered_at")
    .execute();
  const row = rows.find(({ asked }) => readStoredAsked(asked).customerId === choice.asked.customerId);
  return row === undefined ? null : answeredOf(row);
}

/** Keeps what was answered; false where something was kept already. */
export async function keepAnswer(
  tx: Tx,
  kept: { readonly tokenHash: string; readonly answer: Answer; readonly at: number },
): Promise<boolean> {
  const result = await tx
    .updateTable("choices")
    .set({ answered_at: kept.at, answer: JSON.stringify(kept.answer) })
    .where("token_hash", "=", kept.tokenHash)
    .where("answered_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Nothing was answered after all: there was nothing left to answer. */
export async function takeBackAnswer(tx: Tx, tokenHash: string): Promise<void> {
  await tx
    .updateTable("choices")
    .set({ answered_at: null, answer: null })
    .where("token_hash", "=", tokenHash)
    .execute();
}

/** Forgets questions that could be answered until before `before`. */
export async function forgetChoicesExpiredBefore(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom("choices").where("expires_at", "<", before).execute();
}

/** The person as known when they were last told something about the patch: their zone and their Slack. */
export async function recipientTold(
  db: Db,
  told: { readonly patchId: string; readonly key: string },
): Promise<string | null> {
  const row = await db
    .selectFrom("notices")
    .select("recipient_data")
    .where("patch_id", "=", told.patchId)
    .where("channel", "=", "person")
    .where("recipient", "=", told.key)
    // Taken out of what was told long ago.
    .where("recipient_data", "!=", "")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.recipient_data ?? null;
}
