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

export async function keepBoardAct(tx: Tx, viewer: Viewer, act: BoardAct): Promise<void> {
  await tx
    .insertInto("board_acts")
    .values({
      owner_id: viewer.owner.ownerId,
      at: act.at,
      person_key: viewer.personKey,
      person: shownPerson(viewer.person),
      kind: act.kind,
      subject: act.subject,
      words: act.words,
    })
    .execute();
}
