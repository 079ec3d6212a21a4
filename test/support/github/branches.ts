// Forks and merges, which emulate does by halves: a fork of its own has other commits, a merge forgets what the base gained meanwhile.

import { callAs, shareObjects, systemToken } from "./acts.ts";
import { pullDiff } from "./git.ts";
import type { PullRow, RepoRow, UserRow } from "./rows.ts";
import type { World } from "./world.ts";

export function branchOf(world: World, repo: RepoRow, name: string): string {
  const found = world.rows.refs.findBy("repo_id", repo.id).find((row) => row.ref === `refs/heads/${name}`);
  if (found === undefined) throw new Error(`${repo.full_name} has no branch ${name}.`);
  return found.sha;
}

/** The person's fork, made when first needed and brought up to date with its parent. */
export function forkOf(world: World, parent: RepoRow, owner: UserRow): RepoRow {
  const own = world.rows.repos.all().find((row) => row.forked_from_id === parent.id && row.owner_id === owner.id);
  const { id: _, ...fields } = parent;
  const fork =
    own ??
    world.rows.repos.insert({
      ...fields,
      full_name: `${owner.login}/${parent.name}`,
      owner_id: owner.id,
      owner_type: "User",
      fork: true,
      forked_from_id: parent.id,
      open_issues_count: 0,
      node_id: Buffer.from(`0:Repository${world.nextId()}`).toString("base64url"),
    });
  shareObjects(world, parent, fork);
  pointBranch(world, fork, parent.default_branch, branchOf(world, parent, parent.default_branch));
  return fork;
}

/** Lets emulate merge onto the base as it is now, and keeps the files that the base gained since the pull request began. */
export async function mergeInto(world: World, pull: PullRow, merge: () => Promise<unknown>): Promise<void> {
  const repo = world.repoById(pull.repo_id);
  const base = world.rows.commits
    .findBy("sha", branchOf(world, repo, pull.base_ref))
    .find((row) => row.repo_id === repo.id);
  const head = world.repoById(pull.head_repo_id);
  const { files } = pullDiff(world, pull);
  if (head.id !== repo.id) shareObjects(world, head, repo);
  if (base !== undefined) world.rows.pullRequests.update(pull.id, { base_sha: base.sha });
  await merge();
  const merged = world.rows.pullRequests.get(pull.id);
  const commit = world.rows.commits.findBy("sha", merged?.merge_commit_sha).find((row) => row.repo_id === repo.id);
  if (base === undefined || commit === undefined) return;
  const tree = files.map((file) => ({
    path: file.path,
    mode: "100644",
    type: "blob",
    sha: file.status === "removed" ? null : file.sha,
  }));
  const made = await callAs(world, systemToken(world, repo), ["POST", `/repos/${repo.full_name}/git/trees`], {
    base_tree: base.tree_sha,
    tree,
  });
  world.rows.commits.update(commit.id, { tree_sha: String(made.sha) });
}

function pointBranch(world: World, repo: RepoRow, name: string, sha: string): void {
  const ref = world.rows.refs.findBy("repo_id", repo.id).find((row) => row.ref === `refs/heads/${name}`);
  if (ref !== undefined) world.rows.refs.update(ref.id, { sha });
  else
    world.rows.refs.insert({
      repo_id: repo.id,
      ref: `refs/heads/${name}`,
      sha,
      node_id: Buffer.from(`0:Ref${world.nextId()}`).toString("base64url"),
    });
  const branch = world.rows.branches.findBy("repo_id", repo.id).find((row) => row.name === name);
  if (branch !== undefined) world.rows.branches.update(branch.id, { sha });
  else world.rows.branches.insert({ repo_id: repo.id, name, sha, protected: false });
}
