// What acts share: handles of the things that were made, and calls to emulate's REST in a person's name.

import type { Events } from "./events.ts";
import type { IssueRow, PullRow, RepoRow, UserRow } from "./rows.ts";
import type { Json, World } from "./world.ts";

/** A pull request or an issue; it stays good when the repository is renamed. */
export interface ConversationRef {
  readonly repository: string;
  readonly repositoryId: number;
  readonly number: number;
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
}
export interface CommentRef {
  readonly kind: "comment" | "reviewComment" | "review";
  readonly id: number;
  readonly nodeId: string;
  readonly repositoryId: number;
  readonly number: number;
}

export interface Acting {
  readonly world: World;
  readonly events: Events;
}

export function conversation(world: World, row: PullRow | IssueRow): ConversationRef {
  const repo = world.repoById(row.repo_id);
  const kind = "head_ref" in row ? "pull" : "issues";
  return {
    repository: repo.full_name,
    repositoryId: repo.id,
    number: row.number,
    id: row.id,
    nodeId: row.node_id,
    url: `${world.url}/${repo.full_name}/${kind}/${row.number}`,
  };
}

/** Calls emulate as a person (a login) or with a token; throws what emulate says where it refuses. */
export async function callAs(
  world: World,
  login: string,
  [method, path]: readonly [string, string],
  body?: Json,
): Promise<Json> {
  const request = new Request(`${world.url}${path}`, {
    method,
    headers: {
      authorization: `token ${world.emulator.tokens.has(login) ? login : tokenOf(login)}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await world.emulator.fetch(request);
  const text = await response.text();
  if (!response.ok) throw new Error(`${login} may not or cannot ${method} ${path}: ${response.status} ${text}`);
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}

export function tokenOf(login: string): string {
  return `ghp_${login}`;
}

/** A token for what GitHub itself does in a repository; the gateway takes it from nobody. */
export function systemToken(world: World, repo: RepoRow): string {
  const token = `system_${repo.id}`;
  world.emulator.tokens.set(token, {
    login: world.ownerOf(repo).login,
    id: repo.owner_id,
    scopes: [],
    installation: {
      installationId: 0,
      appId: world.app.id,
      accountId: repo.owner_id,
      accountType: repo.owner_type,
      permissions: { contents: "write", workflows: "write" },
      repositoryIds: [],
      repositorySelection: "all",
    },
  });
  return token;
}

/** Commits `files` (null removes one) onto `branch` as a person or with a token; a new branch begins at the default branch; answers the commit's id. */
export async function commitFiles(
  { world }: Pick<Acting, "world">,
  by: string,
  change: {
    readonly repo: RepoRow;
    readonly branch: string;
    readonly files: Readonly<Record<string, string | null>>;
    readonly message: string;
    readonly onto?: string;
    /** Where it is not who the token belongs to. */
    readonly author?: UserRow;
  },
): Promise<string> {
  const { repo, branch, files, message } = change;
  const api = `/repos/${repo.full_name}/git`;
  const heads = world.rows.refs.findBy("repo_id", repo.id);
  const existing = heads.find((row) => row.ref === `refs/heads/${branch}`);
  const parent =
    change.onto ?? existing?.sha ?? heads.find((row) => row.ref === `refs/heads/${repo.default_branch}`)?.sha ?? "";
  const base = world.rows.commits.findBy("sha", parent).find((row) => row.repo_id === repo.id);
  const tree = await callAs(world, by, ["POST", `${api}/trees`], {
    base_tree: base?.tree_sha,
    tree: Object.entries(files).map(([path, content]) => ({
      path,
      mode: "100644",
      type: "blob",
      ...(content === null ? { sha: null } : { content }),
    })),
  });
  const commit = await callAs(world, by, ["POST", `${api}/commits`], {
    message,
    tree: tree.sha,
    parents: parent === "" ? [] : [parent],
    ...(change.author === undefined ? {} : { author: identity(change.author) }),
  });
  const sha = String(commit.sha);
  const row = world.rows.commits.findBy("sha", sha).find((found) => found.repo_id === repo.id);
  if (change.author !== undefined && row !== undefined)
    world.rows.commits.update(row.id, { user_id: change.author.id });
  if (existing === undefined) await callAs(world, by, ["POST", `${api}/refs`], { ref: `refs/heads/${branch}`, sha });
  else await callAs(world, by, ["PATCH", `${api}/refs/heads/${branch}`], { sha, force: change.onto !== undefined });
  return sha;
}

/** Forks share their objects with where they come from; emulate keeps them apart. */
export function shareObjects({ rows }: World, from: RepoRow, to: RepoRow): void {
  const lacking = <R extends { readonly repo_id: number; readonly sha: string }>(
    there: readonly R[],
    here: readonly R[],
  ) => {
    const known = new Set(here.map((row) => row.sha));
    return there.filter((row) => !known.has(row.sha)).map((row) => ({ ...row, id: undefined, repo_id: to.id }));
  };
  const { commits, trees, blobs } = rows;
  for (const row of lacking(commits.findBy("repo_id", from.id), commits.findBy("repo_id", to.id))) commits.insert(row);
  for (const row of lacking(trees.findBy("repo_id", from.id), trees.findBy("repo_id", to.id))) trees.insert(row);
  for (const row of lacking(blobs.findBy("repo_id", from.id), blobs.findBy("repo_id", to.id))) blobs.insert(row);
}

function identity(person: UserRow): Json {
  return { name: person.name ?? person.login, email: `${person.login}@users.noreply.github.com` };
}
