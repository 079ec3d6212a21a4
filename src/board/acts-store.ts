// Who did what on the board, as rows for the log. Apart, because every act writes one in its own transaction.
import type { Tx } from "../db/database.ts";
import { shownPerson } from "./signed-in.ts";
import type { Viewer } from "./viewer.ts";

export type BoardAct = {
  /** Such as `link-made` or `customers-imported`. */
  readonly kind: string;
  /** `patch:ID`, `case:ID`, `customer:ID` or `settings`. */
  readonly subject: string;
  /** One line in plain English, without secrets. */
  readonly words: string;
  readonly at: number;
};

/** `name`: as the log shows them. */
type Actor = { readonly ownerId: number; readonly key: string; readonly name: string };

export async function keepBoardAct(tx: Tx, viewer: Viewer, act: BoardAct): Promise<void> {
  const { owner, personKey, person } = viewer;
  await keepAct(tx, { ownerId: owner.ownerId, key: personKey, name: shownPerson(person) }, act);
}

/** The same for whoever acts without a session. */
export async function keepAct(tx: Tx, actor: Actor, act: BoardAct): Promise<void> {
  await tx
    .insertInto("board_acts")
    .values({
      owner_id: actor.ownerId,
      at: act.at,
      person_key: actor.key,
      person: actor.name,
      kind: act.kind,
      subject: act.subject,
      words: act.words,
    })
    .execute();
}
