// Compares which repositories an installation sees, and whether each is as we know it, with GitHub: before anything else, since what may be said
// where rests on whether a repository is public.
import { queueBackfill } from "../backfill-store.ts";
import type { Reacting } from "../handled.ts";
import { leaveRepositories, repositoryIdsOfInstallation } from "../installation-store.ts";
import { repositoryFound } from "../repository-changed.ts";
import { askRepositories } from "./ask-installations.ts";
import type { DriftKind } from "./decide.ts";

/** Brings the repositories of one installation up to date; what joined is read in its turn. */
export async function compareRepositories(
  parts: Reacting,
  installationId: number,
  drifted: (kind: DriftKind) => void,
): Promise<void> {
  const { database, github, now } = parts;
  // Before the list, so that none that joins meanwhile is missing in it.
  const ours = new Set(await repositoryIdsOfInstallation(database.db, installationId));
  const shown = await askRepositories(github, installationId);
  for (const repository of shown) {
    const isOurs = ours.delete(repository.id);
    for (const action of await repositoryFound(parts, { repository, installationId })) drifted(action);
    if (isOurs) continue;
    await database.transaction((tx) => queueBackfill(tx, [repository.id], { kind: "patches", at: now() }));
    database.hint("backfills");
    drifted("repository joined");
  }
  if (ours.size === 0) return;
  await database.transaction((tx) => leaveRepositories(tx, { repositoryIds: [...ours] }));
  for (const _ of ours) drifted("repository left");
}
