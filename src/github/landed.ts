// Whether a commit or a merged pull request is in a repository's default branch, asked of GitHub.
import { z } from "zod";
import { faultOf } from "./faults.ts";
import type { Reacting } from "./handled.ts";
import { repositoryByName } from "./installation-store.ts";

type Asking = Pick<Reacting, "database" | "github">;
export type RepositoryName = { readonly owner: string; readonly repo: string };

export type Containing =
  | { readonly kind: "contained"; readonly sha: string; readonly pull: string | null }
  /** GitHub shows no such repository to this installation. */
  | { readonly kind: "no-repository" }
  | { readonly kind: "no-such" }
  /** A pull request that is not merged. */
  | { readonly kind: "not-merged" }
  | { readonly kind: "elsewhere"; readonly branch: string };

const comparison = z.object({ ahead_by: z.number(), merge_base_commit: z.object({ sha: z.string() }) });
const mergedPull = z.object({
  merged: z.boolean(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string(), default_branch: z.string() }) }),
});

/** Whether the default branch contains a commit, of which `sha` is the beginning. @throws where GitHub cannot be asked. */
export async function findCommitIn(
  asking: Asking,
  installationId: number,
  which: RepositoryName & { readonly sha: string },
): Promise<Containing> {
  const { owner, repo, sha } = which;
  const branch = await defaultBranchOf(asking, installationId, { owner, repo });
  if (branch === null) return { kind: "no-repository" };
  const octokit = await asking.github.installation(installationId);
  const found = await unlessGone(
    octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${branch}...${sha}`, per_page: 1 }),
  );
  if (found === null) return { kind: "no-such" };
  const { ahead_by, merge_base_commit } = comparison.parse(found.data);
  // Where the branch holds it, the commit is itself what both have in common: that gives its whole id.
  if (ahead_by > 0) return { kind: "elsewhere", branch };
  return { kind: "contained", sha: merge_base_commit.sha, pull: null };
}

/** Whether a pull request was merged into its repository's default branch. @throws where GitHub cannot be asked. */
export async function findMergedPull(
  asking: Asking,
  installationId: number,
  which: RepositoryName & { readonly number: number },
): Promise<Containing> {
  const { owner, repo, number } = which;
  const octokit = await asking.github.installation(installationId);
  const found = await unlessGone(octokit.rest.pulls.get({ owner, repo, pull_number: number }));
  if (found === null) {
    const isThere = (await defaultBranchOf(asking, installationId, { owner, repo })) !== null;
    return { kind: isThere ? "no-such" : "no-repository" };
  }
  const { merged, merge_commit_sha, base } = mergedPull.parse(found.data);
  if (!merged || merge_commit_sha === null) return { kind: "not-merged" };
  if (base.ref !== base.repo.default_branch) return { kind: "elsewhere", branch: base.repo.default_branch };
  return { kind: "contained", sha: merge_commit_sha, pull: `${base.repo.full_name}#${number}` };
}

async function defaultBranchOf(
  { database, github }: Asking,
  installationId: number,
  { owner, repo }: RepositoryName,
): Promise<string | null> {
  const known = await repositoryByName(database.db, owner, repo);
  if (known?.installation_id === installationId && known.default_branch !== "") return known.default_branch;
  const octokit = await github.installation(installationId);
  const found = await unlessGone(octokit.rest.repos.get({ owner, repo }));
  return found === null ? null : found.data.default_branch;
}

/** What GitHub does not show to us, it says is not there, or that we may not. */
async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  return asked.catch((error: unknown) => {
    const { kind } = faultOf(error, 0);
    if (kind === "gone" || kind === "permission" || kind === "invalid") return null;
    throw error;
  });
}
