// Who hears what the account owner answered: gathered before the transaction that keeps it.
import { storedPatchId } from "../github/refs.ts";
import type { NewNotice } from "../notify/notice.ts";
import { linkMakerRecipients, supportRecipients } from "../notify/recipients.ts";
import { placeOf } from "../patches/place.ts";
import { patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Answering } from "./answer.ts";
import { sideOf } from "./answers.ts";
import { ownersAnswerMessage } from "./messages-told-back.ts";
import type { EscalationRow } from "./store.ts";

/**
 * A no or a wait goes back, with its reason, to whoever made the link, else to support; what goes before the deciders is told by the
 * ladder itself.
 */
export async function prepareAnswer(
  wiring: Wiring,
  row: EscalationRow,
  { answer, by, at }: Pick<Answering, "answer" | "by" | "at">,
): Promise<readonly NewNotice[]> {
  if (answer.kind === "deciders") return [];
  const patch = await patchById(wiring.database.db, row.patch_id);
  if (patch === undefined) return [];
  const place = await placeOf(wiring.database, patch.repository_id, { fromAt: at, now: at });
  if (place === null) return [];
  const makers = await linkMakerRecipients(wiring, place, storedPatchId(patch.id));
  const reached = makers.reached.length > 0 ? makers.reached : (await supportRecipients(wiring, place)).reached;
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  return reached.map((to) => ({
    channel: "person",
    key: `answer:${row.id}:${row.state_at}:${sideOf(by.customerId)}:${to.key}`,
    ownerId: row.owner_id,
    patchId: patch.id,
    kind: `answer-${answer.kind}`,
    because: "the account owner answered",
    runAfter: at,
    to,
    thread: patch.id,
    isUrgent: false,
    message: ownersAnswerMessage({
      language: to.language,
      timezone: to.timezone,
      patch: {
        repository,
        number: patch.number,
        title: patch.title,
        url: `${wiring.addresses.webUrl}/${repository}/pull/${patch.number}`,
      },
      by: by.name,
      answer,
    }),
  }));
}
