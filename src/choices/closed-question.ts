// The question to whoever linked a patch, and to support, what closing it meant: made ready before the decision's transaction, since supporters
// may have to be asked of GitHub, and kept in it.
import type { Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import type { NewNotice } from "../notify/notice.ts";
import { linkMakerRecipients, supportRecipients, withoutRepeats } from "../notify/recipients.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Decision } from "../patches/decide.ts";
import { ASK_MILLIS } from "../patches/decided.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Wiring } from "../patches/wiring.ts";
import { noteTold, openTold } from "../silences/store.ts";
import { choiceUrl, keepChoice, type NewChoice, newChoiceToken, slackValueOf } from "./choice.ts";
import { closedQuestionMessage } from "./closed-messages.ts";

type Asked = { readonly token: string; readonly choice: NewChoice; readonly notice: NewNotice };

export type PreparedQuestion = { readonly key: string; readonly asked: readonly Asked[] };

/** What is asked because of this decision; null where nothing is. @throws where GitHub has to be asked who is support, and cannot. */
export async function prepareClosedQuestion(
  wiring: Wiring,
  gathered: Gathered,
  { decided, isTracked }: Decision,
): Promise<PreparedQuestion | null> {
  const { row, place, situation } = gathered;
  const { now } = situation;
  if (situation.mode !== "act" || !isTracked || decided?.kind !== "declined" || decided.isSure) return null;
  if (now < decided.at + ASK_MILLIS) return null;
  const key = `closed:${row.id}:${decided.at}`;
  if ((await openTold(wiring.database.db, row.id)).some((told) => told.key === key)) return null;
  const makers = await linkMakerRecipients(wiring, place, storedPatchId(row.id));
  const support = await supportRecipients(wiring, place);
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  const asked = withoutRepeats([...makers.reached, ...support.reached]).map((to): Asked => {
    const token = newChoiceToken();
    const { publicUrl, webUrl } = wiring.addresses;
    const message = closedQuestionMessage({
      reader: to,
      patch: {
        name: `${repository}#${row.number}`,
        url: `${webUrl}/${repository}/pull/${row.number}`,
        title: row.title,
      },
      closed: decided,
      answer: { url: choiceUrl(publicUrl, token), value: slackValueOf(token, "declined") },
    });
    return {
      token,
      choice: {
        ownerId: row.owner_id,
        kind: "closed",
        subject: row.id,
        asked: { key: to.key, name: to.name },
        language: to.language,
        createdAt: now,
        expiresAt: decided.sureAt,
      },
      notice: {
        channel: "person",
        key: `${key}:${to.key}`,
        ownerId: row.owner_id,
        patchId: row.id,
        kind: "closed",
        because: "it was closed without a word on what became of the change",
        runAfter: now,
        to,
        thread: row.id,
        isUrgent: false,
        message,
      },
    };
  });
  return { key, asked };
}

/** Keeps it in the decision's transaction, once a closing. */
export async function keepClosedQuestion(
  tx: Tx,
  { row, situation }: Gathered,
  question: PreparedQuestion | null,
): Promise<void> {
  if (question === null) return;
  const { now } = situation;
  const told = {
    key: question.key,
    kind: "closed",
    ownerId: row.owner_id,
    patchId: row.id,
    customerId: null,
    at: now,
  } as const;
  if (!(await noteTold(tx, told))) return;
  for (const { token, choice } of question.asked) await keepChoice(tx, token, choice);
  await enqueueNotices(
    tx,
    question.asked.map(({ notice }) => notice),
    now,
  );
}
