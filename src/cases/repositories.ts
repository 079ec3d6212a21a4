// Which repositories of an owner hold cases: those that any policy of theirs names.
import type { Db } from "../db/database.ts";
import { repositoriesOfOwner } from "../github/installation-store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { effectivePolicy } from "../policy/effective.ts";
import { repositoriesWithPolicy } from "../policy/store.ts";

/** Full names in lower case. */
export async function caseRepositoriesOf(db: Db, owner: number): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const own = await effectivePolicy(db, {
    ownerId: ownerId(owner),
    repositoryId: repositoryId(0),
    visibility: "private",
  });
  for (const name of own.policy.cases.repositories) names.add(name.toLowerCase());
  const withPolicy = new Set(await repositoriesWithPolicy(db));
  if (withPolicy.size === 0) return names;
  for (const repository of await repositoriesOfOwner(db, owner)) {
    if (!withPolicy.has(repository.id)) continue;
    const { policy } = await effectivePolicy(db, {
      ownerId: ownerId(owner),
      repositoryId: repositoryId(repository.id),
      visibility: repository.visibility,
    });
    for (const name of policy.cases.repositories) names.add(name.toLowerCase());
  }
  return names;
}
