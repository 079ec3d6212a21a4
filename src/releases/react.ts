// What webhooks say of releases and tags: kept as the policy counts them; what they contain is asked by the shipper.
import { DONE, type Handled, ignored, type Reacting } from "../github/handled.ts";
import { seeOrigin } from "../github/origin.ts";
import { createEvent, type RepositoryPayload, releaseEvent } from "../github/payload.ts";
import { readPayload } from "../github/read-payload.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { effectivePolicy } from "../policy/effective.ts";
import type { Policy } from "../policy/policy.ts";
import { isPrereleaseTag } from "./contains.ts";
import { keepRelease } from "./store.ts";

/** `released` also tells that what was a prerelease has become a release. */
const ACTIONS = new Set(["published", "released", "prereleased"]);

export async function onRelease(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(releaseEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  if (!ACTIONS.has(event.action)) return ignored(`release.${event.action} changes nothing for us`);
  const { release, repository } = event;
  if (release.draft) return ignored("it is a draft");
  const { releases } = await policyOf(reacting, repository);
  if (releases.from !== "releases") return ignored("the policy counts tags as releases");
  if (release.prerelease && !releases.prereleases) return ignored("the policy counts no prereleases");
  await reacting.database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: reacting.now(), about: "other" });
    await keepRelease(tx, {
      repositoryId: repository.id,
      tag: release.tag_name,
      name: release.name ?? null,
      url: release.html_url ?? null,
      publishedAt: release.published_at ?? reacting.now(),
      isPrerelease: release.prerelease,
      now: reacting.now(),
    });
  });
  reacting.database.hint("releases");
  return DONE;
}

export async function onCreate(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(createEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  if (event.ref_type !== "tag") return ignored(`a new ${event.ref_type} changes nothing for us`);
  const { repository, ref: tag } = event;
  const { releases } = await policyOf(reacting, repository);
  if (releases.from !== "tags") return ignored("the policy counts releases, not tags");
  const isPrerelease = isPrereleaseTag(tag);
  if (isPrerelease && !releases.prereleases) return ignored("the policy counts no prereleases");
  const page = `${reacting.addresses.webUrl}/${repository.full_name}/releases/tag/${encodeURIComponent(tag)}`;
  await reacting.database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: reacting.now(), about: "other" });
    await keepRelease(tx, {
      repositoryId: repository.id,
      tag,
      name: null,
      url: page,
      publishedAt: reacting.now(),
      isPrerelease,
      now: reacting.now(),
    });
  });
  reacting.database.hint("releases");
  return DONE;
}

async function policyOf({ database }: Reacting, repository: RepositoryPayload): Promise<Policy> {
  const { policy } = await effectivePolicy(database.db, {
    ownerId: ownerId(repository.owner.id),
    repositoryId: repositoryId(repository.id),
    visibility: repository.visibility ?? (repository.private ? "private" : "public"),
  });
  return policy;
}
