// The question to whoever linked a patch, and to support, what closing it meant: made ready before the decision's transaction, since supporters
// may have to be asked of GitHub, and kept in it.
import type { Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import type { NewNotice } from "../notify/notice.ts";
import { linkMakerRecipients, supportRecipients, withoutRepeats } from "../notify/recipients.ts";
import { enqueueNotices, withdrawNotices } from "../notify/store.ts";
import type { Decision } from "../patches/decide.ts";
import { ASK_MILLIS } from "../patches/decided.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Wiring } from "../patches/wiring.ts";
import { endTold, noteTold, openTold } from "../silences/store.ts";
import { choiceUrl, keepChoice, type NewChoice, newChoiceToken, slackValueOf } from "./choice.ts";
import { closedQuestionMessage } from "./closed-messages.ts";

type Asked = { readonly token: string; readonly choice: NewChoice; readonly notice: NewNotice };

export type PreparedQuestion = {
  /** Names the closing that is asked about now; null where none is. */
  readonly key: string | null;
  readonly asked: readonly Asked[];
  /** Closings that were asked about, and are none any more or have had their answer: who was not told yet is not asked. */
  readonly over: readonly string[];
};

/** What is asked because of this decision; null where there is nothing to do. @throws where GitHub has to be asked who is support, and cannot. */
export async function prepareClosedQuestion(
  wiring: Wiring,
  gathered: Gathered,
  { decided, isTracked }: Decision,
): Promise<PreparedQuestion | null> {
  const { row, place, situation } = gathered;
  const { now } = situation;
  const told = (await openTold(wiring.database.db, row.id)).filter(({ kind }) => kind === "closed");
  const isOpen = isTracked && decided?.kind === "declined" && !decided.isSure;
  const key = isOpen ? `closed:${row.id}:${decided.at}` : null;
  const over = told.map((each) => each.key).filter((each) => each !== key);
  const nothing = over.length === 0 ? null : { key: null, asked: [], over };
  if (!isOpen || situation.mode !== "act" || now < decided.at + ASK_MILLIS) return nothing;
  if (told.some((each) => each.key === key)) return nothing;
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
        asked: { key: to.key, name: to.name, customerId: null },
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
  return { key, asked, over };
}

/** Keeps it in the decision's transaction, once a closing. */
export async function keepClosedQuestion(
  tx: Tx,
  { row, situation }: Gathered,
  question: PreparedQuestion | null,
): Promise<void> {
  if (question === null) return;
  const { now } = situation;
  const { key, asked, over } = question;
  if (over.length > 0) {
    await endTold(tx, over, now);
    await withdrawNotices(tx, { patchId: row.id, kinds: ["closed"], because: "there is nothing to ask any more", now });
  }
  if (key === null) return;
  const told = { key, kind: "closed", ownerId: row.owner_id, patchId: row.id, customerId: null, at: now } as const;
  if (!(await noteTold(tx, told))) return;
  for (const { token, choice } of asked) await keepChoice(tx, token, choice);
  await enqueueNotices(
    tx,
    asked.map(({ notice }) => notice),
    now,
  );
}
