// What changed between two commits, read from emulate's git rows: pull requests and pushes are told by their files.

import type { CommitRow, PullRow } from "./rows.ts";
import type { World } from "./world.ts";

export interface FileChange {
  readonly path: string;
  readonly status: "added" | "modified" | "removed";
  readonly sha: string;
}

export function findCommit(world: World, repositoryId: number, sha: string): CommitRow | undefined {
  return world.rows.commits.findBy("sha", sha).find((row) => row.repo_id === repositoryId);
}

/** Commits that `head` has and `base` has not, oldest first. */
export function commitsBetween(world: World, repositoryId: number, base: string, head: string): CommitRow[] {
  const known = new Set(ancestors(world, repositoryId, base).map((row) => row.sha));
  return ancestors(world, repositoryId, head)
    .filter((row) => !known.has(row.sha))
    .sort((a, b) => a.id - b.id);
}

export function changesOf(world: World, commit: CommitRow): FileChange[] {
  const parent = commit.parent_shas[0];
  const before = parent === undefined ? undefined : findCommit(world, commit.repo_id, parent);
  return diff(world, commit.repo_id, before?.tree_sha, commit.tree_sha);
}

export function pullDiff(world: World, pull: PullRow): { readonly commits: CommitRow[]; readonly files: FileChange[] } {
  const commits = commitsBetween(world, pull.head_repo_id, pull.base_sha, pull.head_sha);
  const base = findCommit(world, pull.head_repo_id, pull.base_sha);
  const head = findCommit(world, pull.head_repo_id, pull.head_sha);
  return { commits, files: head === undefined ? [] : diff(world, pull.head_repo_id, base?.tree_sha, head.tree_sha) };
}

function ancestors(world: World, repositoryId: number, from: string): CommitRow[] {
  const seen = new Map<string, CommitRow>();
  const waiting = [from];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const row = seen.has(sha) ? undefined : findCommit(world, repositoryId, sha);
    if (row === undefined) continue;
    seen.set(sha, row);
    waiting.push(...row.parent_shas);
  }
  return [...seen.values()];
}

function diff(world: World, repositoryId: number, base: string | undefined, head: string): FileChange[] {
  const before = base === undefined ? new Map<string, string>() : filesOf(world, repositoryId, base);
  const after = filesOf(world, repositoryId, head);
  const changes: FileChange[] = [];
  for (const [path, sha] of after) {
    const old = before.get(path);
    if (old !== sha) changes.push({ path, sha, status: old === undefined ? "added" : "modified" });
  }
  for (const [path, sha] of before) if (!after.has(path)) changes.push({ path, sha, status: "removed" });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function filesOf(world: World, repositoryId: number, tree: string, prefix = ""): Map<string, string> {
  const files = new Map<string, string>();
  const row = world.rows.trees.findBy("sha", tree).find((candidate) => candidate.repo_id === repositoryId);
  for (const entry of row?.tree ?? []) {
    if (entry.type === "blob") files.set(prefix + entry.path, entry.sha);
    if (entry.type !== "tree") continue;
    for (const [path, sha] of filesOf(world, repositoryId, entry.sha, `${prefix}${entry.path}/`)) files.set(path, sha);
  }
  return files;
}
