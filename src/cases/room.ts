// Where a case that is an issue may be written to: only in a private repository that still holds cases of the same owner.
import type { Db } from "../db/database.ts";
import { repositoryById } from "../github/installation-store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { effectivePolicy } from "../policy/effective.ts";
import type { Language } from "../policy/policy.ts";
import { caseRepositoriesOf } from "./repositories.ts";
import type { CaseRow } from "./store.ts";

export type CaseRoom = {
  readonly repositoryId: number;
  readonly number: number;
  readonly installationId: number;
  readonly language: Language;
  readonly timezone: string;
};

export type RoomOrNone =
  | { readonly kind: "room"; readonly room: CaseRoom }
  | { readonly kind: "none"; readonly because: string };

const none = (because: string): RoomOrNone => ({ kind: "none", because });

/** Says where the case's issue is and in which language and days it is written there, or why nothing is written. */
export async function caseRoomOf(
  db: Db,
  row: Pick<CaseRow, "owner_id" | "repository_id" | "number">,
): Promise<RoomOrNone> {
  if (row.repository_id === null || row.number === null) return none("the case is no issue");
  const repository = await repositoryById(db, row.repository_id);
  if (repository === undefined || repository.installation_id === null)
    return none("the app is not on the case's repository");
  if (repository.visibility === "public") return none("the case's repository is public");
  if (repository.owner_id !== row.owner_id) return none("the case's repository belongs to somebody else");
  const names = await caseRepositoriesOf(db, row.owner_id);
  if (!names.has(`${repository.owner_login}/${repository.name}`.toLowerCase()))
    return none("no policy calls the repository one for cases");
  const { policy } = await effectivePolicy(db, {
    ownerId: ownerId(repository.owner_id),
    repositoryId: repositoryId(repository.id),
    visibility: repository.visibility,
  });
  return {
    kind: "room",
    room: {
      repositoryId: repository.id,
      number: row.number,
      installationId: repository.installation_id,
      language: policy.language,
      timezone: policy.calendar.timezone,
    },
  };
}
