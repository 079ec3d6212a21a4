// Where a webhook came from: keeps the repository and its installation as the payload shows them, and says what changed by it.
import type { Tx } from "../db/database.ts";
import { queueBackfill } from "./backfill-store.ts";
import {
  expectInstallation,
  type RepositoryRow,
  repositoryById,
  type SeenRepository,
  seeRepository,
} from "./installation-store.ts";
import type { RepositoryPayload } from "./payload.ts";

export type Origin = {
  readonly repository: RepositoryPayload;
  readonly installation?: { readonly id: number } | undefined;
};

/**
 * Sees the repository of a payload. One that we did not know is queued to be read. Gives the row as it was before.
 *
 * Webhooks come late and again: what an old one says of a repository's name or owner counts only where the event is about that
 * (`about: "repository"`), and that it is private never, since that would let private words into what is public by now. Reading the
 * repository itself settles it.
 */
export async function seeOrigin(
  tx: Tx,
  origin: Origin,
  { now, about }: { readonly now: number; readonly about: "repository" | "other" },
): Promise<RepositoryRow | undefined> {
  const { repository, installation } = origin;
  if (installation === undefined) return undefined;
  await expectInstallation(tx, { id: installation.id, owner: repository.owner, at: now });
  const known = await repositoryById(tx, repository.id);
  const isTold = known === undefined || about === "repository";
  const visibility = repository.visibility ?? (repository.private ? "private" : "public");
  const before = await seeRepository(tx, {
    id: repository.id,
    nodeId: repository.node_id,
    installationId: installation.id,
    ownerId: isTold ? repository.owner.id : known.owner_id,
    owner: isTold ? repository.owner.login : known.owner_login,
    name: isTold ? repository.name : known.name,
    visibility: known?.visibility === "public" ? "public" : visibility,
    defaultBranch: repository.default_branch ?? known?.default_branch ?? "",
    isArchived: isTold ? repository.archived === true : known.is_archived === 1,
    seenAt: now,
  });
  if (before === undefined || before.installation_id === null)
    await queueBackfill(tx, [repository.id], { kind: "patches", at: now });
  return before;
}

/** A repository as GitHub answers who asks for it. */
export const seenOf = (read: RepositoryPayload, installationId: number, seenAt: number): SeenRepository => ({
  id: read.id,
  nodeId: read.node_id,
  installationId,
  ownerId: read.owner.id,
  owner: read.owner.login,
  name: read.name,
  visibility: read.visibility ?? (read.private ? "private" : "public"),
  defaultBranch: read.default_branch ?? "",
  isArchived: read.archived === true,
  seenAt,
});
