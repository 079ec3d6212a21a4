// Everything that happened to an issue or pull request, in order: its comments, its reviews, and the events that were noted.

import type { CommentRow, IssueRow, RepoRow, ReviewRow } from "./rows.ts";
import { seconds, type TimelineEntry, type World } from "./world.ts";

export type Happened =
  | { readonly kind: "comment"; readonly at: string; readonly row: CommentRow }
  | { readonly kind: "review"; readonly at: string; readonly row: ReviewRow }
  | { readonly kind: "event"; readonly at: string; readonly entry: TimelineEntry };

export function happened(world: World, repo: RepoRow, issue: IssueRow): Happened[] {
  const comments = world.rows.comments
    .findBy("repo_id", repo.id)
    .filter((row) => row.comment_type === "issue" && row.issue_number === issue.number)
    .map((row): Happened => ({ kind: "comment", at: seconds(row.created_at), row }));
  const reviews = world.rows.reviews
    .findBy("repo_id", repo.id)
    .filter((row) => row.pull_number === issue.number && row.submitted_at !== null && issue.is_pull_request)
    .map((row): Happened => ({ kind: "review", at: seconds(row.submitted_at ?? row.created_at), row }));
  const events = world.timeline
    .filter((entry) => entry.issueId === issue.id)
    .map((entry): Happened => ({ kind: "event", at: entry.at, entry }));
  return [...comments, ...reviews, ...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
