// A question behind an unguessable link: what it is about, whom it was asked, and until when it may be answered. Apart, because mails and
// Slack messages carry the link, and the page behind it acts.
import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "../db/database.ts";
import type { Language } from "../policy/policy.ts";

/** `escalation`: what is to be done with an escalation (its id is the subject). `closed`: what a closing meant (the patch's id). */
export type ChoiceKind = "escalation" | "closed";

/** `customerId`: whose side they were asked on, so that the page shows no other customer's; null where it is the team's own question. */
export type AskedPerson = { readonly key: string; readonly name: string; readonly customerId: string | null };

export type NewChoice = {
  readonly ownerId: number;
  readonly kind: ChoiceKind;
  readonly subject: string;
  readonly asked: AskedPerson;
  readonly language: Language;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** 256 random bits: whoever has it may answer, so only its hash is stored. */
export const newChoiceToken = (): string => randomBytes(32).toString("base64url");

export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** The page that shows the question; null where nobody said under which address we are reached. */
export const choiceUrl = (publicUrl: string | null, token: string): string | null =>
  publicUrl === null ? null : `${publicUrl}/answer/${token}`;

/** What a Slack button sends back: `answer` is one of the question's answers. */
export const slackValueOf = (token: string, answer: string): string => `${token}:${answer}`;

export async function keepChoice(tx: Tx, token: string, choice: NewChoice): Promise<void> {
  await tx
    .insertInto("choices")
    .values({
      token_hash: hashOfToken(token),
      owner_id: choice.ownerId,
      kind: choice.kind,
      subject: choice.subject,
      asked: JSON.stringify(choice.asked),
      language: choice.language,
      created_at: choice.createdAt,
      expires_at: choice.expiresAt,
    })
    .execute();
}
