// Which repositories of an owner hold cases: those that any policy of theirs names, with the support that those policies name.
import type { Db } from "../db/database.ts";
import { repositoriesOfOwner } from "../github/installation-store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { type EffectivePolicy, effectivePolicy } from "../policy/effective.ts";
import type { Party, Policy } from "../policy/policy.ts";
import { repositoriesWithPolicy } from "../policy/store.ts";

/** Full names in lower case, each with everybody whom a policy that names it calls support: they look after the cases there. */
export async function caseRepositoriesOf(db: Db, owner: number): Promise<ReadonlyMap<string, readonly Party[]>> {
  const found = new Map<string, readonly Party[]>();
  const note = ({ cases, support }: Policy) => {
    for (const name of cases.repositories) {
      const key = name.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), ...support]);
    }
  };
  for (const { policy } of await policiesOfOwner(db, owner)) note(policy);
  return found;
}

/** The owner's policy, and those of repositories that have one of their own. */
export async function policiesOfOwner(db: Db, owner: number): Promise<readonly EffectivePolicy[]> {
  const own = { ownerId: ownerId(owner), repositoryId: repositoryId(0), visibility: "private" } as const;
  const policies = [await effectivePolicy(db, own)];
  const withPolicy = new Set(await repositoriesWithPolicy(db));
  if (withPolicy.size === 0) return policies;
  for (const { id, visibility } of await repositoriesOfOwner(db, owner)) {
    if (!withPolicy.has(id)) continue;
    policies.push(await effectivePolicy(db, { ownerId: ownerId(owner), repositoryId: repositoryId(id), visibility }));
  }
  return policies;
}
