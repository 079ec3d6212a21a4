// Landings that we see for ourselves: what closed a pull request, what a maintainer's comment says, what commits in the default branch name.
// Each is kept as a fact that explains a closing; none closes anything.
import type { z } from "zod";
import { linksOf } from "../cases/store.ts";
import { rolesOf } from "../commands/roles.ts";
import { lastClosingOf } from "../github/closed-by.ts";
import { factsOfItems } from "../github/graphql-patch.ts";
import type { Reacting } from "../github/handled.ts";
import { repositoryByName } from "../github/installation-store.ts";
import { type Containing, findCommitIn, findMergedPull } from "../github/landed.ts";
import { type issueCommentEvent, type pullRequestEvent, type pushEvent, toActor } from "../github/payload.ts";
import { patchId, storedPatchId } from "../github/refs.ts";
import type { Fact } from "./fact.ts";
import { landedIn, type NamedPull, wordsOfMessage } from "./landed-words.ts";
import { patchesByHead } from "./landing-store.ts";
import { placeOf } from "./place.ts";
import { addFacts, makeDue, patchById } from "./store.ts";

/** Reads what closed a pull request that is followed, since its webhook does not say. @throws where GitHub cannot be asked. */
export async function keepWhatClosed(reacting: Reacting, event: z.infer<typeof pullRequestEvent>): Promise<void> {
  const { database, now } = reacting;
  const { installation, repository, pull_request: pull } = event;
  const isMerged = pull.merged === true || (pull.merged_at ?? null) !== null;
  if (event.action !== "closed" || isMerged || installation === undefined) return;
  const id = patchId(repository.id, pull.number);
  if (!(await isFollowed(reacting, id))) return;
  const facts = factsOfItems(await lastClosingOf(reacting, installation.id, pull.node_id));
  await database.transaction(async (tx) => {
    await addFacts(tx, id, facts);
    await makeDue(tx, [id], now());
  });
  database.hint("patches");
}

/** One that was not decided on yet may turn out to be followed. */
async function isFollowed({ database }: Reacting, id: string): Promise<boolean> {
  const row = await patchById(database.db, id);
  if (row === undefined) return false;
  return row.is_tracked === 1 || row.decided_at === null || (await linksOf(database.db, [id])).length > 0;
}

/** Where a comment says that the change landed, if a maintainer wrote it and it is so. @throws where GitHub cannot be asked. */
export async function landingsByComment(
  reacting: Reacting,
  event: z.infer<typeof issueCommentEvent>,
): Promise<readonly Fact[]> {
  const { database, addresses, now } = reacting;
  const { installation, repository, issue, comment } = event;
  const actor = toActor(comment.user);
  if (installation === undefined || event.action !== "created" || actor === null || actor.isBot) return [];
  const named = landedIn(comment.body ?? "", new URL(addresses.webUrl).host);
  const id = patchId(repository.id, issue.number);
  if (named === null || !(await isFollowed(reacting, id))) return [];
  const place = await placeOf(database, repository.id, { fromAt: comment.created_at, now: now() });
  if (place === null || !place.isUsable) return [];
  const isItself = named.kind === "pull" && named.repository === null && named.number === issue.number;
  if (isItself || !(await rolesOf(reacting, actor, { kind: "patch", place, patchId: id })).isMaintainer) return [];
  const where = named.repository ?? { owner: repository.owner.login, repo: repository.name };
  const found: Containing =
    named.kind === "commit"
      ? await findCommitIn(reacting, installation.id, { ...where, sha: named.sha })
      : await findMergedPull(reacting, installation.id, { ...where, number: named.number });
  if (found.kind !== "contained") return [];
  const { sha, pull } = found;
  const key = `landed:comment:${comment.id}`;
  return [{ kind: "landed", how: "comment", sha, pull, key, at: comment.created_at, actor }];
}

/** Keeps what commits that were pushed to the default branch say of patches; answers whether there was any. */
export async function keepPushedLandings(reacting: Reacting, event: z.infer<typeof pushEvent>): Promise<boolean> {
  const { database, now } = reacting;
  const actor = toActor(event.sender);
  const at = event.repository.pushed_at ?? now();
  let isAny = false;
  for (const { id: sha, message } of event.commits ?? []) {
    const { pulls, pickedFrom } = wordsOfMessage(message, new URL(reacting.addresses.webUrl).host);
    const closing = await patchesNamed(reacting, event, pulls);
    const picked = await patchesByHead(database.db, event.repository.owner.id, pickedFrom);
    const landed = { kind: "landed", sha, pull: null, key: `landed:push:${sha}`, at, actor } as const;
    const found = [
      ...closing.map((patch) => ({ patch, fact: { ...landed, how: "push" } as const })),
      ...picked.map((patch) => ({ patch, fact: { ...landed, how: "cherry-pick" } as const })),
    ];
    if (found.length === 0) continue;
    isAny = true;
    await database.transaction(async (tx) => {
      for (const { patch, fact } of found) await addFacts(tx, storedPatchId(patch), [fact]);
      await makeDue(
        tx,
        found.map(({ patch }) => patch),
        now(),
      );
    });
  }
  if (isAny) database.hint("patches");
  return isAny;
}

/** Patches that we know, of the same owner, by how a message names them. */
async function patchesNamed(
  { database }: Reacting,
  { repository }: z.infer<typeof pushEvent>,
  pulls: readonly NamedPull[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const named of pulls) {
    const other =
      named.repository === null
        ? null
        : await repositoryByName(database.db, named.repository.owner, named.repository.repo);
    if (other === undefined || (other !== null && other.owner_id !== repository.owner.id)) continue;
    const id = patchId(other?.id ?? repository.id, named.number);
    if ((await patchById(database.db, id)) !== undefined) found.add(id);
  }
  return [...found];
}
