// Answers in words as rows of the outbox, and how many somebody gets: apart from running, which decides what is answered.
import { createHash } from "node:crypto";
import type { Tx } from "../db/database.ts";
import type { NewEffect } from "../effects/effect.ts";
import { disclosureOf, type PublicText, renderPublic } from "../effects/public-text.ts";
import { enqueue } from "../effects/store.ts";
import { patchId, repositoryId } from "../github/refs.ts";
import { takeReplyPlace } from "../patches/limit-store.ts";
import type { PatchPlace } from "../patches/place.ts";
import type { Roles } from "./authority.ts";
import type { CommandText } from "./command-text.ts";

/** Names a set of commands, for the key of what answers them. */
export const keyOf = (commands: readonly { text: string; occurrence: number }[]): string =>
  createHash("sha256")
    .update(JSON.stringify(commands.map(({ text, occurrence }) => [text, occurrence])))
    .digest("hex")
    .slice(0, 16);

/** An answer in words, in the place where the commands stand, as far as that may hear it. */
export function replyEffect(
  { text, place }: { text: CommandText; place: PatchPlace },
  reply: { name: string; what: string; words: PublicText; now: number },
): NewEffect {
  const { disclosure } = place.policy;
  return {
    key: `reply:${text.source}:${reply.name}:${reply.what}`,
    installationId: place.installationId ?? 0,
    lane: patchId(text.repositoryId, text.number),
    because: `commands of ${text.sender.login}`,
    runAfter: reply.now,
    effect: {
      kind: "reply",
      repositoryId: repositoryId(text.repositoryId),
      number: text.number,
      markdown: renderPublic(reply.words, disclosure),
      disclosure: disclosureOf(reply.words, disclosure),
    },
  };
}

type Replying = { readonly text: CommandText; readonly place: PatchPlace; readonly roles: Roles; readonly now: number };

/** Replies only as far as their sender has not had theirs of the hour; reactions always. */
export async function enqueueReplies(
  tx: Tx,
  { text, place, roles, now }: Replying,
  effects: readonly NewEffect[],
): Promise<void> {
  const who =
    roles.isSupporter || roles.isMaintainer || roles.isDecider ? "team" : roles.isAuthor ? "author" : "stranger";
  const allowed: NewEffect[] = [];
  for (const each of effects) {
    const wanted = { ownerId: place.repository.owner_id, userId: text.sender.id, who, by: each.key, now } as const;
    if (each.effect.kind !== "reply" || (await takeReplyPlace(tx, wanted))) allowed.push(each);
  }
  await enqueue(tx, allowed, now);
}
