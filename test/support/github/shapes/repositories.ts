// Repositories, their labels, releases and commits as GitHub's JSON shows them.

import type { CommitRow, LabelRow, ReleaseRow, RepoRow } from "../rows.ts";
import { type Json, seconds, type World } from "../world.ts";
import { owner, user } from "./accounts.ts";

export function repository(world: World, row: RepoRow): Json {
  const api = `${world.url}/repos/${row.full_name}`;
  const page = `${world.url}/${row.full_name}`;
  return {
    id: row.id,
    node_id: row.node_id,
    name: row.name,
    full_name: row.full_name,
    private: row.private,
    owner: owner(world, row),
    html_url: page,
    description: row.description,
    fork: row.fork,
    url: api,
    ...urls(api),
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    pushed_at: seconds(row.pushed_at ?? row.created_at),
    git_url: `${page.replace(/^https?/, "git")}.git`,
    ssh_url: `git@github.example:${row.full_name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: row.archived,
    disabled: false,
    open_issues_count: row.open_issues_count,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: row.topics,
    visibility: row.visibility,
    forks: 0,
    open_issues: row.open_issues_count,
    watchers: 0,
    default_branch: row.default_branch,
  };
}

/** What `GET /repos/{owner}/{repo}` tells beyond what others repeat. */
export function fullRepository(world: World, row: RepoRow): Json {
  const parent = row.forked_from_id === null ? undefined : world.rows.repos.get(row.forked_from_id);
  return {
    ...repository(world, row),
    network_count: 0,
    subscribers_count: 0,
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    ...(parent === undefined ? {} : { parent: repository(world, parent), source: repository(world, parent) }),
  };
}

/** A repository inside a pull request's head and base, with the settings that GitHub adds there. */
export function repositoryOfPull(world: World, row: RepoRow): Json {
  return {
    ...repository(world, row),
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    allow_update_branch: false,
  };
}

export function installedRepository(row: RepoRow): Json {
  return { id: row.id, node_id: row.node_id, name: row.name, full_name: row.full_name, private: row.private };
}

export function label(world: World, repo: RepoRow, row: LabelRow): Json {
  return {
    id: row.id,
    node_id: row.node_id,
    url: `${world.url}/repos/${repo.full_name}/labels/${encodeURIComponent(row.name)}`,
    name: row.name,
    color: row.color,
    default: row.default,
    description: row.description,
  };
}

export function labels(world: World, repo: RepoRow, ids: readonly number[]): Json[] {
  return ids.flatMap((id) => {
    const row = world.rows.labels.get(id);
    return row === undefined ? [] : [label(world, repo, row)];
  });
}

export function release(world: World, repo: RepoRow, row: ReleaseRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const tag = encodeURIComponent(row.tag_name);
  return {
    url: `${api}/releases/${row.id}`,
    assets_url: `${api}/releases/${row.id}/assets`,
    upload_url: `${api}/releases/${row.id}/assets{?name,label}`,
    html_url: `${world.url}/${repo.full_name}/releases/tag/${tag}`,
    id: row.id,
    author: user(world, world.userById(row.author_id)),
    node_id: row.node_id,
    tag_name: row.tag_name,
    target_commitish: row.target_commitish,
    name: row.name,
    draft: row.draft,
    immutable: false,
    prerelease: row.prerelease,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    published_at: row.published_at === null ? null : seconds(row.published_at),
    assets: [],
    tarball_url: `${api}/tarball/${tag}`,
    zipball_url: `${api}/zipball/${tag}`,
    body: row.body ?? "",
  };
}

export function commit(world: World, repo: RepoRow, row: CommitRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const page = `${world.url}/${repo.full_name}/commit`;
  const by = row.user_id === null ? undefined : world.rows.users.get(row.user_id);
  const author = by === undefined ? null : user(world, by);
  return {
    sha: row.sha,
    node_id: row.node_id,
    commit: {
      author: { name: row.author_name, email: row.author_email, date: seconds(row.author_date) },
      committer: { name: row.committer_name, email: row.committer_email, date: seconds(row.committer_date) },
      message: row.message,
      tree: { sha: row.tree_sha, url: `${api}/git/trees/${row.tree_sha}` },
      url: `${api}/git/commits/${row.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
    },
    url: `${api}/commits/${row.sha}`,
    html_url: `${page}/${row.sha}`,
    comments_url: `${api}/commits/${row.sha}/comments`,
    author,
    committer: author,
    parents: row.parent_shas.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${page}/${sha}` })),
  };
}

function urls(api: string): Json {
  return {
    forks_url: `${api}/forks`,
    keys_url: `${api}/keys{/key_id}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    teams_url: `${api}/teams`,
    hooks_url: `${api}/hooks`,
    issue_events_url: `${api}/issues/events{/number}`,
    events_url: `${api}/events`,
    assignees_url: `${api}/assignees{/user}`,
    branches_url: `${api}/branches{/branch}`,
    tags_url: `${api}/tags`,
    blobs_url: `${api}/git/blobs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    trees_url: `${api}/git/trees{/sha}`,
    statuses_url: `${api}/statuses/{sha}`,
    languages_url: `${api}/languages`,
    stargazers_url: `${api}/stargazers`,
    contributors_url: `${api}/contributors`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    commits_url: `${api}/commits{/sha}`,
    git_commits_url: `${api}/git/commits{/sha}`,
    comments_url: `${api}/comments{/number}`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    contents_url: `${api}/contents/{+path}`,
    compare_url: `${api}/compare/{base}...{head}`,
    merges_url: `${api}/merges`,
    archive_url: `${api}/{archive_format}{/ref}`,
    downloads_url: `${api}/downloads`,
    issues_url: `${api}/issues{/number}`,
    pulls_url: `${api}/pulls{/number}`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    labels_url: `${api}/labels{/name}`,
    releases_url: `${api}/releases{/id}`,
    deployments_url: `${api}/deployments`,
  };
}
