// Reads policies again where they may have changed: after a push, an installation, a repository made public.

import { caseRepositoriesOf } from "../cases/repositories.ts";
import { setAllCustomersDue } from "../customers/store.ts";
import { makeDigestsDue } from "../digests/due-store.ts";
import { enqueue } from "../effects/store.ts";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import { loadOwnerPolicy, loadRepositoryPolicy } from "../policy/react.ts";
import { hasBackfill, queueBackfill } from "./backfill-store.ts";
import { fileReader } from "./files.ts";
import type { Reacting } from "./handled.ts";
import { repositoryByName } from "./installation-store.ts";
import { ownerId, repositoryId } from "./refs.ts";

type Named = {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly id: number; readonly login: string };
};

/** Reads a repository's own policy; a changed one makes its patches due, and is told in a check run on the commit. */
export async function loadPolicies(
  reacting: Reacting,
  where: { installationId: number; repository: Named; headSha?: string },
): Promise<void> {
  const { database, github, now } = reacting;
  const { repository, installationId } = where;
  const read = fileReader(github, installationId);
  const change = await loadRepositoryPolicy(
    { db: database.db, read, now: now() },
    { id: repositoryId(repository.id), owner: repository.owner.login, name: repository.name },
  );
  await database.transaction(async (tx) => {
    if (change.isChanged)
      await makeOpenPatchesDue(tx, { ownerId: repository.owner.id, repositoryId: repository.id }, now());
    if (change.report !== null && where.headSha !== undefined) {
      await enqueue(
        tx,
        [
          checkRun({
            installationId,
            repositoryId: repository.id,
            headSha: where.headSha,
            report: change.report,
            now: now(),
          }),
        ],
        now(),
      );
    }
  });
  if (change.isChanged) await queueNewCases(reacting, repository.owner.id);
  database.hint("effects");
}

/** Reads the owner's policy; a changed one makes all the owner's patches due. */
export async function loadPolicyOfOwner(
  reacting: Reacting,
  installationId: number,
  repository: Named,
  headSha?: string,
): Promise<void> {
  const { database, github, now } = reacting;
  const read = fileReader(github, installationId);
  const owner = { id: ownerId(repository.owner.id), login: repository.owner.login };
  const change = await loadOwnerPolicy({ db: database.db, read, now: now() }, owner);
  await database.transaction(async (tx) => {
    if (change.isChanged) {
      await makeOpenPatchesDue(tx, { ownerId: repository.owner.id }, now());
      // The grace of contracts is the policy's: when customers cease to pay may be another day now.
      await setAllCustomersDue(tx, owner.id, now());
      await makeDigestsDue(tx, owner.id, now());
    }
    // The owner's policy may lie in a private repository: what is wrong with it is told there alone.
    const isHere = change.kept.path?.startsWith(`${repository.owner.login}/${repository.name}/`) === true;
    if (change.report !== null && headSha !== undefined && isHere) {
      await enqueue(
        tx,
        [checkRun({ installationId, repositoryId: repository.id, headSha, report: change.report, now: now() })],
        now(),
      );
    }
  });
  if (change.isChanged) await queueNewCases(reacting, repository.owner.id);
  database.hint("patches");
  database.hint("effects");
}

/** Issues of repositories that hold cases from now on are read, if that has not been done. */
async function queueNewCases({ database, now }: Reacting, owner: number): Promise<void> {
  for (const name of (await caseRepositoriesOf(database.db, owner)).keys()) {
    const [login = "", repo = ""] = name.split("/");
    const repository = await repositoryByName(database.db, login, repo);
    if (repository === undefined || repository.installation_id === null || repository.owner_id !== owner) continue;
    if (!(await hasBackfill(database.db, repository.id, "cases")))
      await database.transaction((tx) => queueBackfill(tx, [repository.id], { kind: "cases", at: now() }));
  }
  database.hint("backfills");
}

function checkRun(run: {
  installationId: number;
  repositoryId: number;
  headSha: string;
  report: { conclusion: "success" | "failure" | "neutral"; title: string; summary: string };
  now: number;
}) {
  return {
    key: `check-run:${run.repositoryId}:${run.headSha}`,
    installationId: run.installationId,
    lane: `${run.repositoryId}#policy`,
    because: "the policy file changed with this commit",
    runAfter: run.now,
    effect: {
      kind: "check-run" as const,
      repositoryId: repositoryId(run.repositoryId),
      headSha: run.headSha,
      ...run.report,
    },
  };
}
