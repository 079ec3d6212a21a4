// Says that closing a pull request was a no. Apart, because the page behind the question and a command both come here.
import type { Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import { decidedOf } from "./decided.ts";
import { addFacts, factsOf, makeDue } from "./store.ts";

/** `by`: the name or login under which we know whoever said so; it is shown to the team alone. */
export type DeclineWord = { readonly patchId: string; readonly by: string; readonly at: number };

/**
 * Keeps that a closing was a no, which may be told outside the team from then on. False where there is nothing to confirm: it was
 * reopened, merged, landed or superseded meanwhile. Hint "patches" after commit.
 */
export async function confirmDecline(tx: Tx, word: DeclineWord): Promise<boolean> {
  const facts = (await factsOf(tx, [word.patchId])).get(word.patchId) ?? [];
  if (decidedOf(facts, word.at)?.kind !== "declined") return false;
  const key = `decline-confirmed:${word.by}:${word.at}`;
  await addFacts(tx, storedPatchId(word.patchId), [
    { kind: "decline-confirmed", by: word.by, key, at: word.at, actor: null },
  ]);
  await makeDue(tx, [word.patchId], word.at);
  return true;
}
