// What a change of a repository brings with it: the same whether a webhook told of it or reading the repository showed it.
import { renameCases } from "../cases/store.ts";
import type { Tx } from "../db/database.ts";
import { tellMadePublic } from "../disclosure/made-public.ts";
import { foldTellingComments, type TellingComment } from "../effects/telling-store.ts";
import { makeOpenPatchesDue, openPatchIds } from "../patches/batch-store.ts";
import { type Fact, naturalKey } from "../patches/fact.ts";
import { addFacts } from "../patches/store.ts";
import type { Reacting } from "./handled.ts";
import {
  isSame,
  type RepositoryRow,
  repositoryById,
  type SeenRepository,
  seeRepository,
} from "./installation-store.ts";
import { seenOf } from "./origin.ts";
import type { RepositoryPayload } from "./payload.ts";
import { loadPolicies, loadPolicyOfOwner } from "./policies.ts";
import { type Actor, storedPatchId } from "./refs.ts";

type RepositoryChange = {
  readonly repository: RepositoryPayload;
  readonly installationId: number;
  /** As webhooks name them. */
  readonly actions: readonly string[];
  readonly actor: Actor | null;
  readonly at: number;
  /** Keeps it as it is shown. */
  readonly see: (tx: Tx) => Promise<unknown>;
};

export async function repositoryChanged(reacting: Reacting, change: RepositoryChange): Promise<void> {
  const { database, now } = reacting;
  const { repository, installationId, actor, at } = change;
  const is = (...actions: readonly string[]) => actions.some((action) => change.actions.includes(action));
  let tellings: readonly TellingComment[] = [];
  await database.transaction(async (tx) => {
    await change.see(tx);
    const ownerId = (await repositoryById(tx, repository.id))?.owner_id ?? repository.owner.id;
    if (is("renamed", "transferred")) await renameCases(tx, repository.id, repository.full_name);
    for (const kind of ["archived", "unarchived"] as const) {
      if (!is(kind)) continue;
      const fact: Fact = { kind, key: naturalKey(kind, null, { actor, at }), at, actor };
      for (const id of await openPatchIds(tx, repository.id)) await addFacts(tx, storedPatchId(id), [fact]);
    }
    await makeOpenPatchesDue(tx, { ownerId, repositoryId: repository.id }, now());
    if (is("publicized"))
      tellings = await foldTellingComments(tx, { repositoryId: repository.id, installationId, now: now() });
  });
  if (is("publicized", "privatized")) await loadPolicyOfOwner(reacting, installationId, repository);
  if (is("publicized")) await tellMadePublic(reacting, { repositoryId: repository.id, tellings });
  if (is("renamed", "transferred")) await loadPolicies(reacting, { installationId, repository });
  database.hint("backfills");
  database.hint("patches");
  database.hint("effects");
}

export type RepositoryAction = "publicized" | "privatized" | "archived" | "unarchived" | "transferred" | "renamed";

/** Keeps a repository as GitHub shows it now, with all that changed and that nobody told of; answers what that was. */
export async function repositoryFound(
  reacting: Reacting,
  shown: { readonly repository: RepositoryPayload; readonly installationId: number },
): Promise<readonly RepositoryAction[]> {
  const { database, now } = reacting;
  const { repository, installationId } = shown;
  const known = await repositoryById(database.db, repository.id);
  const seen = seenOf(repository, installationId, now());
  const actions = known === undefined ? [] : changesOf(known, seen);
  if (known !== undefined && isSame(known, seen)) return [];
  if (actions.length === 0) await database.transaction((tx) => seeRepository(tx, seen));
  else {
    const see = (tx: Tx) => seeRepository(tx, seen);
    await repositoryChanged(reacting, { repository, installationId, actions, actor: null, at: seen.seenAt, see });
  }
  return actions;
}

/** The webhooks that should have told of what differs. */
function changesOf(known: RepositoryRow, seen: SeenRepository): readonly RepositoryAction[] {
  const actions: RepositoryAction[] = [];
  const [wasPublic, isPublic] = [known.visibility === "public", seen.visibility === "public"];
  if (wasPublic !== isPublic) actions.push(isPublic ? "publicized" : "privatized");
  if ((known.is_archived === 1) !== seen.isArchived) actions.push(seen.isArchived ? "archived" : "unarchived");
  if (known.owner_id !== seen.ownerId) actions.push("transferred");
  else if (known.name !== seen.name || known.owner_login !== seen.owner) actions.push("renamed");
  return actions;
}
