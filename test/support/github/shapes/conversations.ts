// Issues, pull requests, comments, reviews and reactions as GitHub's JSON shows them.

import { pullDiff } from "../git.ts";
import type { CommentRow, IssueRow, PullRow, RepoRow, ReviewRow } from "../rows.ts";
import { type Json, same, seconds, type World } from "../world.ts";
import { app, owner, team, user } from "./accounts.ts";
import { labels, repositoryOfPull } from "./repositories.ts";

const CONTENTS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"];

export function issue(world: World, repo: RepoRow, row: IssueRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const pull = row.is_pull_request ? world.findPull(repo, row.number) : undefined;
  const page = `${world.url}/${repo.full_name}/${pull === undefined ? "issues" : "pull"}/${row.number}`;
  const assignees = row.assignee_ids.map((id) => user(world, world.userById(id)));
  return {
    url: `${api}/issues/${row.number}`,
    repository_url: api,
    labels_url: `${api}/issues/${row.number}/labels{/name}`,
    comments_url: `${api}/issues/${row.number}/comments`,
    events_url: `${api}/issues/${row.number}/events`,
    html_url: page,
    id: row.id,
    node_id: pull?.node_id ?? row.node_id,
    number: row.number,
    title: row.title,
    user: user(world, world.userById(row.user_id)),
    labels: labels(world, repo, row.label_ids),
    state: row.state,
    state_reason: row.is_pull_request ? null : row.state_reason,
    locked: row.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: row.comments,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    closed_at: row.closed_at === null ? null : seconds(row.closed_at),
    author_association: association(world, repo, row.user_id),
    active_lock_reason: null,
    ...(pull === undefined
      ? {}
      : {
          draft: pull.draft,
          pull_request: {
            url: `${api}/pulls/${row.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: pull.merged_at === null ? null : seconds(pull.merged_at),
          },
        }),
    body: row.body,
    closed_by: row.closed_by_id === null ? null : user(world, world.userById(row.closed_by_id)),
    reactions: reactions(world, pull?.node_id ?? row.node_id, `${api}/issues/${row.number}`),
    timeline_url: `${api}/issues/${row.number}/timeline`,
    performed_via_github_app: viaApp(world, row.user_id),
  };
}

/** A pull request as lists and reviews show it. */
export function simplePull(world: World, repo: RepoRow, row: PullRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const page = `${world.url}/${repo.full_name}/pull/${row.number}`;
  const self = `${api}/pulls/${row.number}`;
  const head = world.rows.repos.get(row.head_repo_id);
  const assignees = row.assignee_ids.map((id) => user(world, world.userById(id)));
  const statuses = `${api}/statuses/${row.head_sha}`;
  return {
    url: self,
    id: row.id,
    node_id: row.node_id,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${row.number}`,
    number: row.number,
    state: row.state,
    locked: row.locked,
    title: row.title,
    user: user(world, world.userById(row.user_id)),
    body: row.body,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    closed_at: row.closed_at === null ? null : seconds(row.closed_at),
    merged_at: row.merged_at === null ? null : seconds(row.merged_at),
    merge_commit_sha: row.merge_commit_sha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: row.requested_reviewer_ids.map((id) => user(world, world.userById(id))),
    requested_teams: row.requested_team_ids.flatMap((id) => {
      const found = world.rows.teams.get(id);
      return found === undefined ? [] : [team(world, found)];
    }),
    labels: labels(world, repo, row.label_ids),
    milestone: null,
    draft: row.draft,
    commits_url: `${self}/commits`,
    review_comments_url: `${self}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${row.number}/comments`,
    statuses_url: statuses,
    head: side(world, head, row.head_ref, row.head_sha),
    base: side(world, repo, row.base_ref, row.base_sha),
    _links: {
      self: { href: self },
      html: { href: page },
      issue: { href: `${api}/issues/${row.number}` },
      comments: { href: `${api}/issues/${row.number}/comments` },
      review_comments: { href: `${self}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${self}/commits` },
      statuses: { href: statuses },
    },
    author_association: association(world, repo, row.user_id),
    auto_merge: null,
    active_lock_reason: null,
  };
}

export function pull(world: World, repo: RepoRow, row: PullRow): Json {
  const mergeable = world.mergeable.get(row.id) ?? "MERGEABLE";
  const diff = pullDiff(world, row);
  return {
    ...simplePull(world, repo, row),
    merged: row.merged,
    mergeable: row.state === "closed" || mergeable === "UNKNOWN" ? null : mergeable === "MERGEABLE",
    rebaseable: row.state === "closed" || mergeable === "UNKNOWN" ? null : mergeable === "MERGEABLE",
    mergeable_state: row.state === "closed" ? "unknown" : mergeStateStatus(world, row).toLowerCase(),
    merged_by: row.merged_by_id === null ? null : user(world, world.userById(row.merged_by_id)),
    comments: world.issue(repo, row.number).comments,
    review_comments: row.review_comments,
    maintainer_can_modify: row.head_repo_id !== repo.id,
    commits: diff.commits.length,
    additions: diff.files.length,
    deletions: 0,
    changed_files: diff.files.length,
  };
}

/** GitHub's one word for whether a pull request could be merged now. */
export function mergeStateStatus(world: World, row: PullRow): string {
  const mergeable = world.mergeable.get(row.id) ?? "MERGEABLE";
  const checks = world.checks.get(row.id);
  if (mergeable === "UNKNOWN") return "UNKNOWN";
  if (mergeable === "CONFLICTING") return "DIRTY";
  if (row.draft) return "DRAFT";
  if (checks === undefined || checks.state === "SUCCESS") return "CLEAN";
  return checks.required ? "BLOCKED" : "UNSTABLE";
}

export function comment(world: World, repo: RepoRow, row: CommentRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const number = row.issue_number ?? 0;
  const kind = world.findPull(repo, number) === undefined ? "issues" : "pull";
  return {
    url: `${api}/issues/comments/${row.id}`,
    html_url: `${world.url}/${repo.full_name}/${kind}/${number}#issuecomment-${row.id}`,
    issue_url: `${api}/issues/${number}`,
    id: row.id,
    node_id: row.node_id,
    user: user(world, world.userById(row.user_id)),
    created_at: seconds(row.created_at),
    updated_at: commentUpdatedAt(world, row),
    author_association: association(world, repo, row.user_id),
    body: row.body,
    reactions: reactions(world, row.node_id, `${api}/issues/comments/${row.id}`),
    performed_via_github_app: viaApp(world, row.user_id),
  };
}

/** emulate touches a comment's row right after writing it; only an edit counts. */
function commentUpdatedAt(world: World, row: CommentRow): string {
  return world.editedAt.get(row.id) ?? seconds(row.created_at);
}

export function reviewComment(world: World, repo: RepoRow, row: CommentRow): Json {
  const api = `${world.url}/repos/${repo.full_name}`;
  const pullUrl = `${api}/pulls/${row.pull_number}`;
  const page = `${world.url}/${repo.full_name}/pull/${row.pull_number}#discussion_r${row.id}`;
  const url = `${api}/pulls/comments/${row.id}`;
  return {
    url,
    pull_request_review_id: row.review_id,
    id: row.id,
    node_id: row.node_id,
    diff_hunk: "@@ -1 +1 @@",
    path: row.path ?? "README.md",
    position: 1,
    original_position: 1,
    commit_id: row.commit_sha ?? "",
    original_commit_id: row.commit_sha ?? "",
    ...(row.in_reply_to_id === null ? {} : { in_reply_to_id: row.in_reply_to_id }),
    user: user(world, world.userById(row.user_id)),
    body: row.body,
    created_at: seconds(row.created_at),
    updated_at: commentUpdatedAt(world, row),
    html_url: page,
    pull_request_url: pullUrl,
    author_association: association(world, repo, row.user_id),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl } },
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: 1,
    original_line: 1,
    side: "RIGHT",
    subject_type: "line",
    reactions: reactions(world, row.node_id, url),
  };
}

export function review(world: World, repo: RepoRow, row: ReviewRow): Json {
  const pullUrl = `${world.url}/repos/${repo.full_name}/pulls/${row.pull_number}`;
  const page = `${world.url}/${repo.full_name}/pull/${row.pull_number}#pullrequestreview-${row.id}`;
  return {
    id: row.id,
    node_id: row.node_id,
    user: user(world, world.userById(row.user_id)),
    body: row.body ?? "",
    state: row.state,
    html_url: page,
    pull_request_url: pullUrl,
    author_association: association(world, repo, row.user_id),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    ...(row.submitted_at === null ? {} : { submitted_at: seconds(row.submitted_at) }),
    commit_id: row.commit_id,
  };
}

/** As unreliable as GitHub's own: only public members show as members. */
function association(world: World, repo: RepoRow, userId: number): string {
  const person = world.userById(userId);
  if (repo.owner_type === "User" && repo.owner_id === userId) return "OWNER";
  const org = repo.owner_type === "Organization" ? world.rows.orgs.get(repo.owner_id) : undefined;
  if (org !== undefined && world.isPublicMember(org, person)) return "MEMBER";
  if (world.rows.collaborators.findBy("repo_id", repo.id).some((row) => row.user_id === userId)) return "COLLABORATOR";
  const merged = world.rows.pullRequests.findBy("repo_id", repo.id).some((row) => row.user_id === userId && row.merged);
  return merged ? "CONTRIBUTOR" : "NONE";
}

function viaApp(world: World, userId: number): Json | null {
  return same(world.userById(userId).login, `${world.app.slug}[bot]`) ? app(world) : null;
}

function reactions(world: World, subject: string, url: string): Json {
  const given = world.reactions.filter((row) => row.subject === subject);
  const counts = CONTENTS.map((content) => [content, given.filter((row) => row.content === content).length]);
  return { url: `${url}/reactions`, total_count: given.length, ...Object.fromEntries(counts) };
}

function side(world: World, repo: RepoRow | undefined, ref: string, sha: string): Json {
  if (repo === undefined) return { label: `unknown:${ref}`, ref, sha, user: null, repo: null };
  return {
    label: `${world.ownerOf(repo).login}:${ref}`,
    ref,
    sha,
    user: owner(world, repo),
    repo: repositoryOfPull(world, repo),
  };
}
