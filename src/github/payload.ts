// The parts of GitHub's payloads that we read, decoded at the edge into our words. Whatever else a payload holds is not looked at.
import { z } from "zod";
import type { Reviewer } from "../patches/fact.ts";
import type { Snapshot } from "../patches/store.ts";
import { type Actor, userId } from "./refs.ts";

/** The end of the year 9999: what lies beyond is no time that anybody writes, and no calendar of ours. */
const LAST_MOMENT = 253_402_300_799_999;

/** A time as GitHub writes it (ISO 8601; `push` sends seconds), in epoch milliseconds. */
export const time = z.union([z.string(), z.number()]).transform((value, context) => {
  const at = typeof value === "number" ? Math.trunc(value * 1000) : Date.parse(value);
  if (!(at >= 0 && at <= LAST_MOMENT)) {
    context.addIssue({ code: "custom", message: "is not a time" });
    return z.NEVER;
  }
  return at;
});

export const account = z.object({ id: z.int(), login: z.string(), type: z.string().optional() });
export type Account = z.infer<typeof account>;

/** Deleted accounts are null, and a sender can be missing altogether. */
export const maybeAccount = account.nullish();

export function toActor(person: Account | null | undefined): Actor | null {
  if (person === null || person === undefined) return null;
  return { id: userId(person.id), login: person.login, isBot: person.type === "Bot" || person.login.endsWith("[bot]") };
}

export const repository = z.object({
  id: z.int(),
  node_id: z.string(),
  name: z.string(),
  full_name: z.string(),
  private: z.boolean(),
  visibility: z.enum(["public", "private", "internal"]).optional(),
  default_branch: z.string().optional(),
  archived: z.boolean().optional(),
  owner: z.object({ id: z.int(), login: z.string(), type: z.string().optional() }),
});
export type RepositoryPayload = z.infer<typeof repository>;

export const installation = z.object({ id: z.int().positive() });

const label = z.object({ id: z.int(), name: z.string() });

const team = z.object({ id: z.int(), slug: z.string() });

export const pullRequest = z.object({
  id: z.int(),
  node_id: z.string(),
  number: z.int32(),
  title: z.string(),
  body: z.string().nullish(),
  user: maybeAccount,
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  merged: z.boolean().nullish(),
  merged_at: time.nullish(),
  merge_commit_sha: z.string().nullish(),
  closed_at: time.nullish(),
  created_at: time,
  updated_at: time,
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string() }),
  requested_reviewers: z.array(z.union([account, team]).nullable()).nullish(),
  requested_teams: z.array(team.nullable()).nullish(),
  labels: z.array(label.partial({ id: true })).nullish(),
});
export type PullRequestPayload = z.infer<typeof pullRequest>;

export function toReviewers(pull: PullRequestPayload): readonly Reviewer[] {
  const reviewers: Reviewer[] = [];
  for (const asked of [...(pull.requested_reviewers ?? []), ...(pull.requested_teams ?? [])]) {
    if (asked === null) continue;
    if ("login" in asked) reviewers.push({ kind: "user", id: asked.id, login: asked.login });
    else reviewers.push({ kind: "team", id: asked.id, slug: asked.slug });
  }
  return reviewers;
}

export function toSnapshot(pull: PullRequestPayload, repo: { id: number; owner: { id: number } }): Snapshot {
  const isMerged = pull.merged === true || (pull.merged_at ?? null) !== null;
  return {
    repositoryId: repo.id,
    number: pull.number,
    ownerId: repo.owner.id,
    pullRequestId: pull.id,
    nodeId: pull.node_id,
    title: pull.title,
    body: pull.body ?? "",
    author: toActor(pull.user),
    state: pull.state,
    isDraft: pull.draft === true,
    isMerged,
    // While it is open GitHub names the commit with which it tried whether it can be merged.
    mergeSha: isMerged ? (pull.merge_commit_sha ?? null) : null,
    openedAt: pull.created_at,
    headSha: pull.head.sha,
    baseRef: pull.base.ref,
    requested: toReviewers(pull),
    labelNames: (pull.labels ?? []).map((each) => each.name),
    seenAt: pull.updated_at,
  };
}

const before = z.object({ from: z.string().nullish() }).nullish();
/** What an edit changed; GitHub sends `edited` without a changed body when a comment is hidden. */
const changes = z.object({ body: before, title: before }).nullish();

const common = { repository, sender: maybeAccount, installation: installation.optional() };

export const pullRequestEvent = z.object({
  ...common,
  action: z.string(),
  pull_request: pullRequest,
  changes: changes,
  before: z.string().optional(),
  after: z.string().optional(),
  label: label.optional(),
  requested_reviewer: account.nullish(),
  requested_team: team.nullish(),
});

export const reviewEvent = z.object({
  ...common,
  action: z.string(),
  pull_request: pullRequest.partial({ draft: true, merged: true }),
  review: z.object({
    id: z.int(),
    user: maybeAccount,
    body: z.string().nullish(),
    state: z.string(),
    submitted_at: time.nullish(),
    html_url: z.string().optional(),
  }),
  changes: changes,
});

export const comment = z.object({
  id: z.int(),
  node_id: z.string(),
  user: maybeAccount,
  body: z.string().nullish(),
  created_at: time,
  updated_at: time,
  html_url: z.string().optional(),
});

export const reviewCommentEvent = z.object({
  ...common,
  action: z.string(),
  pull_request: z.object({ number: z.int32(), title: z.string(), user: maybeAccount, created_at: time }),
  comment: comment.extend({ pull_request_review_id: z.int().nullish() }),
  changes: changes,
});

export const issue = z.object({
  id: z.int(),
  node_id: z.string(),
  number: z.int32(),
  title: z.string(),
  body: z.string().nullish(),
  user: maybeAccount,
  state: z.enum(["open", "closed"]),
  html_url: z.string(),
  created_at: time,
  updated_at: time,
  closed_at: time.nullish(),
  assignee: maybeAccount,
  pull_request: z.unknown().optional(),
});
export type IssuePayload = z.infer<typeof issue>;

export const issueCommentEvent = z.object({ ...common, action: z.string(), issue, comment, changes: changes });

export const issuesEvent = z.object({
  ...common,
  action: z.string(),
  issue,
  changes: z
    .object({
      body: before,
      title: before,
      new_issue: z.object({ number: z.int32(), title: z.string(), html_url: z.string() }).nullish(),
      new_repository: repository.nullish(),
      old_issue: z.object({ number: z.int32() }).nullish(),
      old_repository: repository.nullish(),
    })
    .nullish(),
});

export const labelEvent = z.object({ ...common, action: z.string(), label });

export const pushEvent = z.object({
  ...common,
  ref: z.string(),
  after: z.string(),
  /** When it was pushed; only a push's repository has its time as a number. */
  repository: repository.extend({ pushed_at: time.nullish() }),
  /** GitHub's page on webhooks: at most 2,048 of a push. */
  commits: z
    .array(
      z.object({
        id: z.string(),
        message: z.string(),
        added: z.array(z.string()).optional(),
        modified: z.array(z.string()).optional(),
        removed: z.array(z.string()).optional(),
      }),
    )
    .nullish(),
});

const releaseWords = z.object({
  tag_name: z.string(),
  name: z.string().nullish(),
  html_url: z.string().nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  published_at: time.nullish(),
});

export const releaseEvent = z.object({ ...common, action: z.string(), release: releaseWords });

/** A branch or tag was made. */
export const createEvent = z.object({ ...common, ref: z.string(), ref_type: z.string() });

export const repositoryEvent = z.object({
  ...common,
  action: z.string(),
  repository: repository.extend({ updated_at: time.nullish() }),
  changes: z.unknown().optional(),
});

const listedRepository = z.object({
  id: z.int(),
  node_id: z.string(),
  name: z.string(),
  full_name: z.string(),
  private: z.boolean(),
});
export type ListedRepository = z.infer<typeof listedRepository>;

export const wholeInstallation = z.object({
  id: z.int().positive(),
  account: z.object({ id: z.int(), login: z.string().optional(), type: z.string().optional() }),
  created_at: time,
  suspended_at: time.nullish(),
  permissions: z.record(z.string(), z.string()),
});
export type WholeInstallation = z.infer<typeof wholeInstallation>;

export const installationEvent = z.object({
  action: z.string(),
  installation: wholeInstallation,
  repositories: z.array(listedRepository).nullish(),
  sender: maybeAccount,
});

export const installationRepositoriesEvent = z.object({
  action: z.string(),
  installation: wholeInstallation,
  repositories_added: z.array(listedRepository),
  repositories_removed: z.array(listedRepository.partial({ node_id: true, private: true })),
});

export const installationTargetEvent = z.object({
  action: z.string(),
  account: z.object({ id: z.int(), login: z.string().optional() }),
  installation,
});

export const memberEvent = z.object({ ...common, action: z.string(), member: maybeAccount });

export const teamEvent = z.object({
  action: z.string(),
  /** A team that was deleted meanwhile has no slug any more. */
  team: z.object({ id: z.int(), slug: z.string().optional() }),
  organization: z.object({ id: z.int(), login: z.string() }),
  member: maybeAccount,
  changes: z.unknown().optional(),
});

export const organizationEvent = z.object({
  action: z.string(),
  organization: z.object({ id: z.int(), login: z.string() }),
  membership: z.object({ user: maybeAccount }).nullish(),
});
