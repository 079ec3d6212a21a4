// Gathers what the pages about repositories show: a bounded number of questions, and nothing of customers for who may see only repositories.
import type { Db } from "../../db/database.ts";
import { FUSE_AN_HOUR, WRITE_LIMITS } from "../../effects/pacing.ts";
import { type Pause, pauseOf } from "../../effects/pauses-store.ts";
import type { BackfillRow } from "../../github/backfill-store.ts";
import { type Budget, budgetOf, readsWaitUntil } from "../../github/budget.ts";
import { inboxFigures } from "../../github/deliveries-store.ts";
import { type InstallationRow, installationById, type RepositoryRow } from "../../github/installation-store.ts";
import { ownerId, repositoryId } from "../../github/refs.ts";
import { type EffectivePolicy, effectiveOf, effectivePolicies } from "../../policy/effective.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { PartialPolicy } from "../../policy/policy.ts";
import { ownerScope, policiesOf, repositoryScope, type StoredPolicy } from "../../policy/store.ts";
import { type NamedPatch, patchesNamed } from "../log/names-store.ts";
import type { Viewer } from "../viewer.ts";
import type { ShownMode } from "./messages.ts";
import { type PolicyLine, policyLines, withoutCustomers } from "./policy-lines.ts";
import {
  backfillsOf,
  type GravestPatch,
  gravestPatches,
  isOnlyOwner,
  lastDeliveries,
  oldestPatches,
  type PatchCounts,
  patchCounts,
  repositoriesListed,
  type SeenDelivery,
  type UndoneWrite,
  undoneWrites,
  writesSince,
} from "./repositories-store.ts";

const A_PAGE = 50;
const MOST_PATCHES = 50;
const MOST_UNDONE = 20;
const MOST_DELIVERIES = 10;
const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;

type Asking = { readonly db: Db; readonly viewer: Viewer; readonly now: number };

const modeOf = ({ isInForce, policy }: EffectivePolicy): ShownMode => (isInForce ? policy.mode : "unconfigured");

export type ListedRepository = {
  readonly repository: RepositoryRow;
  readonly mode: ShownMode;
  readonly mistakes: number;
  readonly counts: PatchCounts;
  readonly backfills: readonly BackfillRow[];
};

const NONE: PatchCounts = { followed: 0, maintainers: 0, authors: 0 };

/** A page of the owner's repositories by name; of a maintainer's own only. */
export async function gatherRepositories(
  { db, viewer }: Asking,
  after: string | null,
): Promise<{ readonly listed: readonly ListedRepository[]; readonly next: string | null }> {
  const { ownerId: owner } = viewer.owner;
  const only = viewer.isLimited ? viewer.repositoryIds : null;
  const rows = await repositoriesListed(db, { ownerId: owner, only, after, limit: A_PAGE + 1 });
  const page = rows.slice(0, A_PAGE);
  const ids = page.map(({ id }) => id);
  const policies = await effectivePolicies(
    db,
    page.map(({ id, visibility }) => ({ ownerId: ownerId(owner), repositoryId: repositoryId(id), visibility })),
  );
  const counts = await patchCounts(db, ids);
  const backfills = await backfillsOf(db, ids);
  const listed = page.map((repository) => {
    const policy = policies.get(repositoryId(repository.id));
    return {
      repository,
      mode: policy === undefined ? ("unconfigured" as const) : modeOf(policy),
      mistakes: policy === undefined ? 0 : policy.ownerErrors.length + policy.repositoryErrors.length,
      counts: counts.get(repository.id) ?? NONE,
      backfills: backfills.filter(({ repository_id }) => repository_id === repository.id),
    };
  });
  return { listed, next: rows.length > A_PAGE ? (page.at(-1)?.name ?? null) : null };
}

export type ShownRepository = {
  readonly repository: RepositoryRow;
  readonly mode: ShownMode;
  readonly disclosure: "none" | "reference" | "full";
  readonly isFreshlyPublic: boolean;
  readonly installation: InstallationRow | null;
  readonly pause: Pause | null;
  /** Until when reading that can wait is put off, since little is left of GitHub's hour. */
  readonly readsPutOffUntil: number | null;
  readonly files: readonly StoredPolicy[];
  readonly isOwnersHidden: boolean;
  readonly lines: readonly PolicyLine[];
  readonly backfills: readonly BackfillRow[];
  readonly counts: PatchCounts;
  readonly patches: readonly GravestPatch[];
  readonly arePatchesCut: boolean;
  /** Null for who sees only repositories. */
  readonly inside: Inside | null;
};

export type Inside = {
  readonly writes: number;
  readonly comments: number;
  readonly writeLimit: number;
  readonly fuse: number;
  readonly budget: Budget | null;
  readonly undone: readonly (UndoneWrite & { readonly patch: NamedPatch | null })[];
  /** Null where another owner's may be among them. */
  readonly deliveries: { readonly last: readonly SeenDelivery[]; readonly pending: number } | null;
};

export async function gatherRepository(asking: Asking, repository: RepositoryRow): Promise<ShownRepository> {
  const { db, viewer } = asking;
  const { ownerId: owner } = viewer.owner;
  const scopes = [repositoryScope(repositoryId(repository.id)), ownerScope(ownerId(owner))] as const;
  const stored = await policiesOf(db, scopes);
  const inForce = effectiveOf(stored, {
    ownerId: ownerId(owner),
    repositoryId: repositoryId(repository.id),
    visibility: repository.visibility,
  });
  const installation =
    repository.installation_id === null ? undefined : await installationById(db, repository.installation_id);
  const [own, owners] = scopes.map((scope) => stored.get(scope));
  const isFreshlyPublic = repository.made_public_at !== null && (inForce.ownerGoodAt ?? 0) <= repository.made_public_at;
  const lines = policyLines(inForce.policy, { repository: partialOf(own), owner: partialOf(owners) });
  const inOrder = viewer.isLimited ? oldestPatches : gravestPatches;
  const patches = await inOrder(db, repository.id, MOST_PATCHES + 1);
  return {
    repository,
    mode: modeOf(inForce),
    disclosure: isFreshlyPublic ? "none" : inForce.policy.disclosure,
    isFreshlyPublic,
    installation: installation ?? null,
    pause: await pauseOf(db, owner),
    readsPutOffUntil: installation === undefined ? null : await putOffUntil(asking, installation.id),
    files: [own, owners].filter((file) => file !== undefined).filter(({ isFound }) => isFound),
    isOwnersHidden: viewer.isLimited,
    lines: viewer.isLimited ? withoutCustomers(lines) : lines,
    backfills: await backfillsOf(db, [repository.id]),
    counts: (await patchCounts(db, [repository.id])).get(repository.id) ?? NONE,
    patches: patches.slice(0, MOST_PATCHES),
    arePatchesCut: patches.length > MOST_PATCHES,
    inside: viewer.isLimited ? null : await gatherInside(asking, repository),
  };
}

async function putOffUntil({ db, now }: Asking, installationId: number): Promise<number | null> {
  const budget = await budgetOf(db, installationId);
  return budget === null ? null : readsWaitUntil(budget, now);
}

/** A text that this release no longer reads says nothing. */
function partialOf(file: StoredPolicy | undefined): PartialPolicy | null {
  if (file?.isFound !== true || file.goodText === null) return null;
  const parsed = parsePolicy(file.goodText, { where: "the policy" });
  return parsed.kind === "policy" ? parsed.partial : null;
}

async function gatherInside({ db, viewer, now }: Asking, repository: RepositoryRow): Promise<Inside> {
  const { ownerId: owner } = viewer.owner;
  const installationId = repository.installation_id ?? viewer.owner.installationId;
  const undone = await undoneWrites(db, {
    installationId,
    repositoryId: repository.id,
    since: now - WEEK,
    limit: MOST_UNDONE,
  });
  const patches = await patchesNamed(db, owner, [...new Set(undone.map(({ lane }) => lane))]);
  const isOnly = await isOnlyOwner(db, owner);
  return {
    ...(await writesSince(db, installationId, now - HOUR)),
    writeLimit: WRITE_LIMITS.answer.anHour,
    fuse: FUSE_AN_HOUR,
    budget: await budgetOf(db, installationId),
    undone: undone.map((each) => ({ ...each, patch: patches.get(each.lane) ?? null })),
    deliveries: isOnly
      ? { last: await lastDeliveries(db, MOST_DELIVERIES), pending: (await inboxFigures(db, now)).pending }
      : null,
  };
}
