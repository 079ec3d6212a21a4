// Where a webhook came from: keeps the repository and its installation as the payload shows them, and says what changed by it.
import type { Tx } from "../db/database.ts";
import { expectInstallation, queueBackfill, type RepositoryRow, seeRepository } from "./installation-store.ts";
import type { RepositoryPayload } from "./payload.ts";

export type Origin = {
  readonly repository: RepositoryPayload;
  readonly installation?: { readonly id: number } | undefined;
};

/** Sees the repository of a payload. One that we did not know is queued to be read. Gives the row as it was before. */
export async function seeOrigin(tx: Tx, origin: Origin, now: number): Promise<RepositoryRow | undefined> {
  const { repository, installation } = origin;
  if (installation === undefined) return undefined;
  await expectInstallation(tx, { id: installation.id, owner: repository.owner, at: now });
  const before = await seeRepository(tx, {
    id: repository.id,
    nodeId: repository.node_id,
    installationId: installation.id,
    ownerId: repository.owner.id,
    owner: repository.owner.login,
    name: repository.name,
    visibility: repository.visibility ?? (repository.private ? "private" : "public"),
    defaultBranch: repository.default_branch ?? "",
    isArchived: repository.archived === true,
    seenAt: now,
  });
  if (before === undefined || before.installation_id === null)
    await queueBackfill(tx, [repository.id], { kind: "patches", at: now });
  return before;
}
