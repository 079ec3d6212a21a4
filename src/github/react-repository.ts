// What webhooks say of a repository itself: names, visibility, archive, pushes that touch what we read from it, labels.
import { z } from "zod";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import { labelCreated, labelDeleted, labelRenamed } from "../patches/label-store.ts";
import { keepPushedLandings } from "../patches/seen-landings.ts";
import { forgetCodeOwners } from "../people/store.ts";
import { OWNER_REPOSITORIES, touchesCodeOwners, touchesPolicy } from "../policy/source.ts";
import { queueBackfill } from "./backfill-store.ts";
import { DONE, type Handled, ignored, type Reacting } from "./handled.ts";
import { leaveRepositories, repositoryById } from "./installation-store.ts";
import { seeOrigin } from "./origin.ts";
import { labelEvent, pushEvent, repositoryEvent, toActor } from "./payload.ts";
import { loadPolicies, loadPolicyOfOwner } from "./policies.ts";
import { readPayload } from "./read-payload.ts";
import { repositoryChanged } from "./repository-changed.ts";

export async function onRepository(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(repositoryEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { database, now } = reacting;
  const { repository, installation, action } = event;
  if (action === "deleted") {
    await database.transaction((tx) => leaveRepositories(tx, { repositoryIds: [repository.id] }));
    return DONE;
  }
  const known = await repositoryById(database.db, repository.id);
  const at = Math.min(repository.updated_at ?? now(), now());
  // Something was said of it since: what this says may be over, and reading the repository settles it.
  const isLate = known !== undefined && known.seen_at > at;
  const isLasting = action !== "renamed" && action !== "transferred";
  await repositoryChanged(reacting, {
    repository,
    installationId: installation.id,
    actions: isLate && !isLasting ? [] : [action],
    actor: toActor(event.sender),
    at,
    see: async (tx) => {
      // That it is private again is believed once the repository itself was read: this event may be an old one.
      if (isLate || action === "privatized") await queueBackfill(tx, [repository.id], { kind: "patches", at: now() });
      await seeOrigin(tx, event, { now: now(), about: isLate ? "other" : "repository" });
    },
  });
  return DONE;
}

/** A push to the default branch that names patches, or touches a policy or CODEOWNERS; GitHub lists the paths of up to 2,048 commits. */
export async function onPush(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(pushEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { repository } = event;
  if (event.ref !== `refs/heads/${repository.default_branch}`) return ignored("not the default branch");
  const paths = (event.commits ?? []).flatMap((commit) => [
    ...(commit.added ?? []),
    ...(commit.modified ?? []),
    ...(commit.removed ?? []),
  ]);
  const isOwners = OWNER_REPOSITORIES.includes(repository.name);
  // A push with more commits than GitHub lists may touch anything.
  const isUnclear = paths.length === 0 || (event.commits?.length ?? 0) >= 2048;
  const isPolicy = touchesPolicy(paths) || isUnclear;
  const isCodeOwners = touchesCodeOwners(paths) || isUnclear;
  const isLanding = await keepPushedLandings(reacting, event);
  if (!isPolicy && !isCodeOwners) return isLanding ? DONE : ignored("it touches nothing that we read");
  await reacting.database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: reacting.now(), about: "other" });
    if (isCodeOwners) {
      await forgetCodeOwners(tx, repository.id);
      await makeOpenPatchesDue(tx, { ownerId: repository.owner.id, repositoryId: repository.id }, reacting.now());
    }
  });
  if (isPolicy) {
    const place = { installationId: event.installation.id, repository, headSha: event.after };
    await loadPolicies(reacting, place);
    if (isOwners) await loadPolicyOfOwner(reacting, event.installation.id, repository, event.after);
  }
  reacting.database.hint("patches");
  return DONE;
}

const renamedFrom = z.object({ changes: z.object({ name: z.object({ from: z.string() }).optional() }).optional() });

export async function onLabel(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(labelEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { database, now } = reacting;
  const { label, repository } = event;
  const from = readPayload(renamedFrom, payload).changes?.name?.from;
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    if (event.action === "deleted") await labelDeleted(tx, { repositoryId: repository.id, label });
    if (event.action === "edited" && from !== undefined)
      await labelRenamed(tx, { repositoryId: repository.id, label, from });
    if (event.action === "created") await labelCreated(tx, { repositoryId: repository.id, label });
  });
  return DONE;
}
