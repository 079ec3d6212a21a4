// The things that GraphQL documents ask for, each made from its row; fields that cost something are functions.

import type { Caller } from "./exchange.ts";
import { pullDiff } from "./git.ts";
import { connection } from "./graphql-connection.ts";
import type { CommentRow, CommitRow, PullRow, RepoRow, ReviewRow, TeamRow, UserRow } from "./rows.ts";
import { mergeStateStatus } from "./shapes/conversations.ts";
import { type Happened, happened } from "./timeline.ts";
import { type Json, seconds, type World } from "./world.ts";

export interface Viewer {
  readonly world: World;
  readonly caller: Caller;
  mayRead(repo: RepoRow): boolean;
}
interface Paging {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string | null;
}
interface PullsAsked extends Paging {
  readonly states?: readonly string[];
  readonly orderBy?: { readonly field: string; readonly direction: string };
}

const EVENT_TYPES: Readonly<Record<string, string>> = {
  ready_for_review: "ReadyForReviewEvent",
  convert_to_draft: "ConvertToDraftEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  merged: "MergedEvent",
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  review_dismissed: "ReviewDismissedEvent",
  review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent",
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
};

export function nodeOf(viewer: Viewer, id: string): Json | null {
  const { rows } = viewer.world;
  const pull = rows.pullRequests.all().find((row) => row.node_id === id);
  const comment = rows.comments.all().find((row) => row.node_id === id && row.comment_type === "issue");
  const found = pull ?? comment;
  const itself = rows.repos.all().find((row) => row.node_id === id);
  if (itself !== undefined) return viewer.mayRead(itself) ? repositoryNode(viewer, itself) : null;
  const repo = found === undefined ? undefined : rows.repos.get(found.repo_id);
  if (repo === undefined || !viewer.mayRead(repo)) return null;
  if (pull !== undefined) return pullNode(viewer, repo, pull);
  return comment === undefined ? null : commentNode(viewer, repo, comment);
}

export function repositoryNode(viewer: Viewer, repo: RepoRow): Json {
  return {
    __typename: "Repository",
    id: repo.node_id,
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: repo.full_name,
    isPrivate: repo.private,
    isArchived: repo.archived,
    visibility: repo.visibility.toUpperCase(),
    pullRequests: (given: PullsAsked) => {
      const rows = viewer.world.rows.pullRequests
        .findBy("repo_id", repo.id)
        .filter(
          (row) => given.states === undefined || given.states.includes(row.merged ? "MERGED" : row.state.toUpperCase()),
        );
      // By creation, whatever was changed since.
      rows.sort((a, b) => a.number - b.number);
      const ordered = given.orderBy?.direction === "DESC" ? rows.reverse() : rows;
      return connection(ordered, given, (row) => pullNode(viewer, repo, row));
    },
  };
}

export function pullNode(viewer: Viewer, repo: RepoRow, row: PullRow): Json {
  const { world } = viewer;
  return {
    __typename: "PullRequest",
    id: row.node_id,
    databaseId: row.id,
    fullDatabaseId: String(row.id),
    number: row.number,
    title: row.title,
    body: row.body ?? "",
    url: `${world.url}/${repo.full_name}/pull/${row.number}`,
    state: row.merged ? "MERGED" : row.state.toUpperCase(),
    isDraft: row.draft,
    createdAt: seconds(row.created_at),
    updatedAt: seconds(row.updated_at),
    closedAt: row.closed_at === null ? null : seconds(row.closed_at),
    merged: row.merged,
    mergedAt: row.merged_at === null ? null : seconds(row.merged_at),
    headRefOid: row.head_sha,
    headRefName: row.head_ref,
    baseRefName: row.base_ref,
    author: actor(world, row.user_id),
    mergedBy: row.merged_by_id === null ? null : actor(world, row.merged_by_id),
    mergeable: row.state === "closed" ? "UNKNOWN" : (world.mergeable.get(row.id) ?? "MERGEABLE"),
    additions: pullDiff(world, row).files.length,
    deletions: 0,
    changedFiles: pullDiff(world, row).files.length,
    latestOpinionatedReviews: (given: Paging) =>
      connection(opinions(world, row), given, (review) => reviewNode(world, repo, review)),
    mergeStateStatus: row.state === "closed" ? "UNKNOWN" : mergeStateStatus(world, row),
    labels: (given: Paging) =>
      connection(
        row.label_ids.flatMap((id) => world.rows.labels.get(id) ?? []),
        given,
        (label) => ({
          __typename: "Label",
          id: label.node_id,
          name: label.name,
          color: label.color,
          description: label.description,
        }),
      ),
    reviewRequests: (given: Paging) => connection(requested(world, row), given, (who) => ({ requestedReviewer: who })),
    files: (given: Paging) =>
      connection(pullDiff(world, row).files, given, (file) => ({
        path: file.path,
        changeType: file.status.toUpperCase(),
      })),
    commits: (given: Paging) =>
      connection(pullDiff(world, row).commits, given, (commit) => ({ commit: commitNode(world, row, commit) })),
    comments: (given: Paging) =>
      connection(commentsOf(world, row), given, (comment) => commentNode(viewer, repo, comment)),
    timelineItems: (given: Paging & { itemTypes?: readonly string[]; since?: string }) => {
      const since = given.since === undefined ? 0 : Date.parse(given.since);
      const items = happened(world, repo, world.issue(repo, row.number))
        .filter((item) => Date.parse(item.at) >= since)
        .map((item) => timelineNode(viewer, repo, item))
        .filter((item) => item !== null)
        .filter((item) => given.itemTypes === undefined || given.itemTypes.includes(enumName(String(item.__typename))));
      return connection(items, given, (item) => item);
    },
  };
}

export function commentNode(viewer: Viewer, repo: RepoRow, row: CommentRow): Json {
  const { world, caller } = viewer;
  const viewerId = caller.kind === "person" ? world.user(caller.login).id : world.bot.id;
  const minimized = world.minimized.get(row.id);
  return {
    __typename: "IssueComment",
    id: row.node_id,
    databaseId: row.id,
    fullDatabaseId: String(row.id),
    createdAt: seconds(row.created_at),
    updatedAt: world.editedAt.get(row.id) ?? seconds(row.created_at),
    lastEditedAt: world.editedAt.get(row.id) ?? null,
    body: row.body,
    url: `${world.url}/${repo.full_name}/pull/${row.issue_number}#issuecomment-${row.id}`,
    author: actor(world, row.user_id),
    viewerDidAuthor: row.user_id === viewerId,
    isMinimized: minimized !== undefined,
    minimizedReason: minimized?.toLowerCase() ?? null,
  };
}

function reviewNode(world: World, repo: RepoRow, row: ReviewRow): Json {
  return {
    __typename: "PullRequestReview",
    id: row.node_id,
    databaseId: row.id,
    fullDatabaseId: String(row.id),
    submittedAt: row.submitted_at === null ? null : seconds(row.submitted_at),
    createdAt: seconds(row.created_at),
    state: row.state,
    body: row.body ?? "",
    url: `${world.url}/${repo.full_name}/pull/${row.pull_number}#pullrequestreview-${row.id}`,
    author: actor(world, row.user_id),
    comments: {
      nodes: world.rows.comments
        .all()
        .filter((comment) => comment.review_id === row.id)
        .map((comment) => ({
          fullDatabaseId: String(comment.id),
          createdAt: seconds(comment.created_at),
          body: comment.body,
          author: actor(world, comment.user_id),
        })),
    },
  };
}

function timelineNode(viewer: Viewer, repo: RepoRow, item: Happened): Json | null {
  const { world } = viewer;
  if (item.kind === "comment") return commentNode(viewer, repo, item.row);
  if (item.kind === "review") return reviewNode(world, repo, item.row);
  const { entry } = item;
  const type = EVENT_TYPES[entry.event];
  if (type === undefined) return null;
  const dismissed = world.rows.reviews.get(idIn(entry.extra.dismissed_review, "review_id"));
  const user = world.rows.users.get(idIn(entry.extra.requested_reviewer, "id"));
  const team = world.rows.teams.get(idIn(entry.extra.requested_team, "id"));
  return {
    __typename: type,
    id: `EV_${entry.id}`,
    createdAt: entry.at,
    actor: actor(world, entry.actorId),
    review: dismissed === undefined ? null : reviewNode(world, repo, dismissed),
    afterCommit: commitIn(entry.extra),
    closer: entry.event === "closed" ? commitIn(entry.extra) : null,
    requestedReviewer: user === undefined ? (team === undefined ? null : teamNode(world, team)) : personNode(user),
  };
}

const commitIn = (extra: Json): Json | null =>
  typeof extra.commit_id === "string" ? { __typename: "Commit", oid: extra.commit_id } : null;

function commitNode(world: World, pull: PullRow, row: CommitRow): Json {
  const by = row.user_id === null ? undefined : world.rows.users.get(row.user_id);
  const checks = row.sha === pull.head_sha ? world.checks.get(pull.id) : undefined;
  const conclusion = checks?.state === "PENDING" ? null : (checks?.state ?? null);
  return {
    __typename: "Commit",
    oid: row.sha,
    committedDate: seconds(row.committer_date),
    message: row.message,
    author: { name: row.author_name, email: row.author_email, user: by === undefined ? null : personNode(by) },
    statusCheckRollup:
      checks === undefined
        ? null
        : {
            state: checks.state,
            contexts: (given: Paging) =>
              connection([checks], given, () => ({
                __typename: "CheckRun",
                name: "ci",
                status: conclusion === null ? "IN_PROGRESS" : "COMPLETED",
                conclusion,
                isRequired: checks.required,
              })),
          },
  };
}

/** Each reviewer's latest review that is not a mere comment. */
function opinions(world: World, pull: PullRow): readonly ReviewRow[] {
  const given = world.rows.reviews
    .findBy("repo_id", pull.repo_id)
    .filter((row) => row.pull_number === pull.number && row.state !== "COMMENTED" && row.state !== "PENDING");
  return [...new Map(given.map((row) => [row.user_id, row])).values()];
}

function requested(world: World, row: PullRow): Json[] {
  const users = row.requested_reviewer_ids.map((id) => personNode(world.userById(id)));
  const teams = row.requested_team_ids.flatMap((id) => {
    const team = world.rows.teams.get(id);
    return team === undefined ? [] : [teamNode(world, team)];
  });
  return [...users, ...teams];
}

/** GraphQL leaves the "[bot]" off an app's login, REST does not. */
function actor(world: World, id: number): Json {
  return personNode(world.userById(id));
}

function personNode(row: UserRow): Json {
  return {
    __typename: row.type === "Bot" ? "Bot" : "User",
    id: row.node_id,
    databaseId: row.id,
    login: row.login.replace("[bot]", ""),
  };
}

function teamNode(world: World, row: TeamRow): Json {
  const org = world.rows.orgs.get(row.org_id);
  return {
    __typename: "Team",
    id: row.node_id,
    databaseId: row.id,
    slug: row.slug,
    organization: { __typename: "Organization", login: org?.login ?? "" },
  };
}

function commentsOf(world: World, pull: PullRow): CommentRow[] {
  return world.rows.comments
    .findBy("repo_id", pull.repo_id)
    .filter((row) => row.comment_type === "issue" && row.issue_number === pull.number);
}

function idIn(value: unknown, key: string): number {
  if (typeof value !== "object" || value === null) return 0;
  return Number(Object.entries(value).find(([name]) => name === key)?.[1] ?? 0);
}

/** ReadyForReviewEvent → READY_FOR_REVIEW_EVENT */
function enumName(type: string): string {
  return type.replaceAll(/(?<=[a-z])([A-Z])/g, "_$1").toUpperCase();
}
