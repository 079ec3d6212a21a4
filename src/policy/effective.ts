// The policy that holds in a repository now: its own last good text on top of its owner's, parsed once a text.
import { createHash } from "node:crypto";
import type { Db } from "../db/database.ts";
import { type OwnerId, type RepositoryId, repositoryId } from "../github/refs.ts";
import { policyHash, resolvePolicy } from "./inheritance.ts";
import { parsePolicy } from "./parse.ts";
import type { PartialPolicy, Policy, PolicyError, Visibility } from "./policy.ts";
import { ownerScope, policiesOf, repositoryScope, type StoredPolicy } from "./store.ts";

export type EffectivePolicy = {
  /** `mode` is `observe` where no policy file exists or none has ever been good. */
  readonly policy: Policy;
  /** Whether a policy file exists at either place, good or bad. */
  readonly found: boolean;
  /** Whether one of them has ever been good, so that there is something in force. */
  readonly isInForce: boolean;
  /** When the owner's policy in force was first read as it is; null without one. */
  readonly ownerGoodAt: number | null;
  readonly ownerErrors: readonly PolicyError[];
  readonly repositoryErrors: readonly PolicyError[];
  /** Another hash, another policy. */
  readonly hash: string;
  /** Why it is this policy, as a sentence. */
  readonly because: string;
};

/** One that is none, so that the owner's policy alone counts. */
export const NO_REPOSITORY = repositoryId(0);

export type PolicyPlace = {
  readonly ownerId: OwnerId;
  readonly repositoryId: RepositoryId;
  readonly visibility: Visibility;
};

/** The policy in force. Reads two rows; asks GitHub nothing. */
export async function effectivePolicy(
  db: Db,
  { ownerId, repositoryId, visibility }: PolicyPlace,
): Promise<EffectivePolicy> {
  const stored = await policiesOf(db, [ownerScope(ownerId), repositoryScope(repositoryId)]);
  return effectiveOf(stored, { ownerId, repositoryId, visibility });
}

/** The policies in force in several repositories of one owner, by repository. Reads all their rows at once. */
export async function effectivePolicies(
  db: Db,
  places: readonly PolicyPlace[],
): Promise<ReadonlyMap<RepositoryId, EffectivePolicy>> {
  if (places.length === 0) return new Map();
  const scopes = places.flatMap(({ ownerId, repositoryId }) => [ownerScope(ownerId), repositoryScope(repositoryId)]);
  const stored = await policiesOf(db, [...new Set(scopes)]);
  return new Map(places.map((place) => [place.repositoryId, effectiveOf(stored, place)]));
}

/** The same from the rows of both scopes, for whoever has read them already. */
export function effectiveOf(
  stored: ReadonlyMap<string, StoredPolicy>,
  { ownerId, repositoryId, visibility }: PolicyPlace,
): EffectivePolicy {
  const owner = stored.get(ownerScope(ownerId)) ?? null;
  const repository = stored.get(repositoryScope(repositoryId)) ?? null;
  const { policy, hash } = resolved({ owner: goodText(owner), repository: goodText(repository), visibility });
  return {
    policy,
    hash,
    found: owner?.isFound === true || repository?.isFound === true,
    isInForce: goodText(owner) !== null || goodText(repository) !== null,
    ownerGoodAt: goodText(owner) === null ? null : (owner?.goodAt ?? null),
    ownerErrors: owner?.errors ?? [],
    repositoryErrors: repository?.errors ?? [],
    because: because(owner, repository),
  };
}

/** The owner's own policy, for what belongs to no repository. */
export const ownersPolicy = (db: Db, ownerId: OwnerId): Promise<EffectivePolicy> =>
  effectivePolicy(db, { ownerId, repositoryId: NO_REPOSITORY, visibility: "private" });

function goodText(stored: StoredPolicy | null): string | null {
  return stored?.isFound === true ? stored.goodText : null;
}

function because(owner: StoredPolicy | null, repository: StoredPolicy | null): string {
  const files = [repository, owner].filter((stored) => stored !== null).filter(({ isFound }) => isFound);
  if (files.length === 0) return "there is no policy file, so the app only observes";
  const good = files.filter(({ goodText }) => goodText !== null).map(({ path }) => path ?? "a policy file");
  if (good.length === 0) return "no policy file has been good yet, so the app only observes";
  const isStale = files.some(({ errors }) => errors.length > 0);
  return `${good.join(" on top of ")} ${good.length === 1 ? "is" : "are"} in force${isStale ? ", as last good" : ""}`;
}

type Layers = { readonly owner: string | null; readonly repository: string | null; readonly visibility: Visibility };
type Resolved = { readonly policy: Policy; readonly hash: string };

/** The same few texts are asked for again and again; the oldest leaves when there are more than these. */
const MAX_KEPT = 200;
const kept = new Map<string, Resolved>();

function resolved({ owner, repository, visibility }: Layers): Resolved {
  const key = `${visibility} ${digest(owner)} ${digest(repository)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const layers = { owner: partialOf(owner), repository: partialOf(repository), visibility };
  const whole = resolvePolicy(layers);
  const policy: Policy = layers.owner === null && layers.repository === null ? { ...whole, mode: "observe" } : whole;
  const fresh = { policy, hash: policyHash(policy) };
  const oldest = kept.keys().next();
  if (kept.size >= MAX_KEPT && oldest.done !== true) kept.delete(oldest.value);
  kept.set(key, fresh);
  return fresh;
}

function digest(text: string | null): string {
  return text === null ? "-" : createHash("sha256").update(text).digest("base64url");
}

/** A text that was good when it was kept and that this release no longer reads counts as none. */
function partialOf(text: string | null): PartialPolicy | null {
  const parsed = text === null ? null : parsePolicy(text, { where: "the policy" });
  return parsed?.kind === "policy" ? parsed.partial : null;
}
