// What webhooks say of installations and their repositories: where we may work, and what has to be read there first.
import { claimUnowned, ownersOfOrganization } from "../customers/store.ts";
import type { Tx } from "../db/database.ts";
import { withdrawEffectsOf } from "../effects/store.ts";
import { noteRemovals } from "../erasure/owner-store.ts";
import { withdrawNoticesOfOwner } from "../notify/store.ts";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import { forgetMemberships } from "../people/store.ts";
import { queueBackfill } from "./backfill-store.ts";
import { retryDeliveriesOf } from "./deliveries-store.ts";
import { DONE, type Handled, ignored, type Reacting } from "./handled.ts";
import {
  countOtherInstallations,
  leaveRepositories,
  renameOwner,
  repositoryById,
  repositoryIdsOfInstallation,
  seeInstallation,
  seeRepository,
} from "./installation-store.ts";
import {
  installationEvent,
  installationRepositoriesEvent,
  installationTargetEvent,
  type ListedRepository,
  type WholeInstallation,
} from "./payload.ts";
import { readPayload } from "./read-payload.ts";
import { askInstallation, askRepositories } from "./reconcile/ask-installations.ts";
import { hurryReconciliation } from "./reconcile/store.ts";
import { ownerId } from "./refs.ts";

export async function onInstallation(reacting: Reacting, payload: unknown): Promise<Handled> {
  const { action, installation: told, repositories } = readPayload(installationEvent, payload);
  if (!["created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"].includes(action)) {
    return ignored(`installation.${action} changes nothing for us`);
  }
  // Deliveries come late and in any order, and GitHub says how it is now. Only a deletion is for good.
  const shown = action === "deleted" ? null : await askInstallation(reacting.github, told.id);
  if (shown === null && !["created", "deleted"].includes(action)) return ignored(NOT_SHOWN);
  await installationChanged(reacting, { action, installation: shown ?? told, repositories: repositories ?? [] });
  return DONE;
}

/** What a change of an installation brings with it, be it told or found. */
export async function installationChanged(
  { database, now }: Reacting,
  change: {
    /** As webhooks name it. */
    readonly action: string;
    readonly installation: WholeInstallation;
    /** Those of a new one. */
    readonly repositories: readonly ListedRepository[];
  },
): Promise<void> {
  const { action, installation, repositories } = change;
  const state = action === "deleted" ? "deleted" : stateOf(installation);
  await database.transaction(async (tx) => {
    // Another webhook of it may have come before its own.
    const isFirst = (await countOtherInstallations(tx, installation.id)) === 0;
    await keepInstallation(tx, installation, state);
    // What was imported before anybody had installed us belongs to the first who does.
    if (isFirst && action === "created") await claimUnowned(tx, ownerId(installation.account.id));
    if (action === "created") await joinRepositories(tx, { installation, repositories, now: now() });
    if (action === "deleted") {
      await withdrawEffectsOf(tx, installation.id, now());
      await withdrawNoticesOfOwner(tx, installation.account.id, now());
      await leaveRepositories(tx, { installationId: installation.id });
      await noteRemovals(tx, now());
    }
    // Where a customer's own organisation installs us, its private members can be known, and no longer once it does not.
    await decideMembersAnew(tx, installation.account.login ?? "", now());
    // While suspended nothing reached us: what happened meanwhile is read.
    if (action === "unsuspend" && state === "active") await readAgain(tx, installation.id, now());
  });
  database.hint("patches");
  if (action === "created" || action === "unsuspend") database.hint("backfills");
}

const NOT_SHOWN = "GitHub does not show the installation any more";
export const stateOf = ({ suspended_at }: WholeInstallation) =>
  (suspended_at ?? null) === null ? "active" : "suspended";

async function decideMembersAnew(tx: Tx, organization: string, now: number): Promise<void> {
  await forgetMemberships(tx, organization);
  for (const id of await ownersOfOrganization(tx, organization)) await makeOpenPatchesDue(tx, { ownerId: id }, now);
}

async function keepInstallation(
  tx: Tx,
  installation: WholeInstallation,
  state: "active" | "suspended" | "deleted",
): Promise<void> {
  await seeInstallation(tx, {
    id: installation.id,
    ownerId: installation.account.id,
    owner: installation.account.login ?? "",
    ownerType: installation.account.type === "User" ? "User" : "Organization",
    permissions: installation.permissions,
    installedAt: installation.created_at,
    state,
  });
}

async function joinRepositories(
  tx: Tx,
  joined: { installation: WholeInstallation; repositories: readonly ListedRepository[]; now: number },
): Promise<void> {
  const { installation, repositories, now } = joined;
  for (const each of repositories) {
    const known = await repositoryById(tx, each.id);
    await seeRepository(tx, {
      id: each.id,
      nodeId: each.node_id,
      installationId: installation.id,
      ownerId: installation.account.id,
      owner: installation.account.login ?? "",
      name: each.name,
      // The list does not tell internal from private, nor the default branch: reading the repository does.
      visibility: each.private ? (known?.visibility === "internal" ? "internal" : "private") : "public",
      defaultBranch: known?.default_branch ?? "",
      isArchived: known?.is_archived === 1,
      seenAt: now,
    });
  }
  await queueBackfill(
    tx,
    repositories.map((each) => each.id),
    { kind: "patches", at: now },
  );
}

async function readAgain(tx: Tx, installationId: number, now: number): Promise<void> {
  await retryDeliveriesOf(tx, installationId, now);
  await queueBackfill(tx, await repositoryIdsOfInstallation(tx, installationId), { kind: "patches", at: now });
}

export async function onInstallationRepositories(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(installationRepositoriesEvent, payload);
  const { database, github, now } = reacting;
  const installation = await askInstallation(github, event.installation.id);
  if (installation === null) return ignored(NOT_SHOWN);
  const state = stateOf(installation);
  // What was added may have been taken away again, and the other way round, before this came. While suspended, nothing can be asked.
  const listed = state === "active" ? await listedNow(reacting, installation.id) : null;
  const added = event.repositories_added.filter(({ id }) => listed?.has(id) ?? true);
  const removed = event.repositories_removed.filter(({ id }) => !(listed?.has(id) ?? false));
  const isOutdated =
    added.length < event.repositories_added.length || removed.length < event.repositories_removed.length;
  await database.transaction(async (tx) => {
    await keepInstallation(tx, installation, state);
    await joinRepositories(tx, { installation, repositories: added, now: now() });
    await leaveRepositories(tx, { repositoryIds: removed.map(({ id }) => id) });
  });
  if (isOutdated) await hurryReconciliation(database.db, { installationId: installation.id, now: now() });
  database.hint("backfills");
  return DONE;
}

async function listedNow({ github }: Reacting, installationId: number): Promise<ReadonlySet<number>> {
  return new Set((await askRepositories(github, installationId)).map(({ id }) => id));
}

export async function onInstallationTarget(reacting: Reacting, payload: unknown): Promise<Handled> {
  const { action, account } = readPayload(installationTargetEvent, payload);
  if (action !== "renamed" || account.login === undefined)
    return ignored(`installation_target.${action} changes nothing for us`);
  const { login } = account;
  await reacting.database.transaction((tx) => renameOwner(tx, account.id, login));
  return DONE;
}
