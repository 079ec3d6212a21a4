// Pull requests as GraphQL tells them, with what happened to them, in our words: the same facts under the same keys as webhooks give.
import { z } from "zod";
import { parseCommands } from "../commands/parse.ts";
import { type Fact, naturalKey, type Reviewer } from "../patches/fact.ts";
import type { Snapshot } from "../patches/store.ts";
import { closer, landingByCloser } from "./closed-by.ts";
import { time } from "./payload.ts";
import { type Actor, userId } from "./refs.ts";

const id = z.union([z.number(), z.string()]).transform(Number);

/** GraphQL names an app's account without the `[bot]` that REST and webhooks have. */
const actor = z
  .object({ login: z.string(), __typename: z.string(), databaseId: id.nullish() })
  .nullable()
  .transform((person): Actor | null => {
    if (person === null || person.databaseId === null || person.databaseId === undefined) return null;
    const isBot = person.__typename === "Bot";
    return { id: userId(person.databaseId), login: isBot ? `${person.login}[bot]` : person.login, isBot };
  });

const reviewer = z
  .object({
    __typename: z.string(),
    databaseId: id.nullish(),
    login: z.string().optional(),
    slug: z.string().optional(),
  })
  .nullable()
  .transform((asked): Reviewer | null => {
    if (asked === null || asked.databaseId === null || asked.databaseId === undefined) return null;
    if (asked.slug !== undefined) return { kind: "team", id: asked.databaseId, slug: asked.slug };
    return asked.login === undefined ? null : { kind: "user", id: asked.databaseId, login: asked.login };
  });

export const nodesOf = <T extends z.ZodType>(item: T) =>
  z.object({ nodes: z.array(item.nullable()).nullable() }).nullable();

const event = { createdAt: time, actor };
const timelineItem = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("IssueComment"),
    fullDatabaseId: id,
    createdAt: time,
    body: z.string(),
    author: actor,
  }),
  z.object({
    __typename: z.literal("PullRequestReview"),
    fullDatabaseId: id,
    submittedAt: time.nullable(),
    state: z.string(),
    body: z.string(),
    author: actor,
    // Left out where it would cost too much to ask for.
    comments: nodesOf(z.object({ fullDatabaseId: id, createdAt: time, body: z.string(), author: actor })).optional(),
  }),
  z.object({ __typename: z.literal("ReadyForReviewEvent"), ...event }),
  z.object({ __typename: z.literal("ConvertToDraftEvent"), ...event }),
  z.object({ __typename: z.literal("ClosedEvent"), ...event, closer }),
  z.object({ __typename: z.literal("ReopenedEvent"), ...event }),
  z.object({ __typename: z.literal("MergedEvent"), ...event }),
  z.object({
    __typename: z.literal("HeadRefForcePushedEvent"),
    ...event,
    afterCommit: z.object({ oid: z.string() }).nullable(),
  }),
  z.object({
    __typename: z.literal("ReviewDismissedEvent"),
    ...event,
    review: z.object({ fullDatabaseId: id }).nullable(),
  }),
  z.object({ __typename: z.literal("ReviewRequestedEvent"), ...event, requestedReviewer: reviewer }),
  z.object({ __typename: z.literal("ReviewRequestRemovedEvent"), ...event, requestedReviewer: reviewer }),
]);
type TimelineItem = z.infer<typeof timelineItem>;

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
export const rateLimit = z.object({ cost: z.number(), remaining: z.number(), resetAt: time }).nullable();

export const timeline = z.object({
  pageInfo,
  nodes: z.array(z.unknown()).nullable(),
});

export const graphqlPatch = z.object({
  id: z.string(),
  fullDatabaseId: id,
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  merged: z.boolean(),
  createdAt: time,
  updatedAt: time,
  headRefOid: z.string(),
  baseRefName: z.string(),
  author: actor,
  labels: nodesOf(z.object({ name: z.string() })),
  reviewRequests: nodesOf(z.object({ requestedReviewer: reviewer })),
  commits: z.object({
    nodes: z
      .array(
        z
          .object({
            commit: z.object({
              oid: z.string(),
              committedDate: time,
              author: z
                .object({ user: z.object({ databaseId: id.nullish(), login: z.string() }).nullable() })
                .nullable(),
            }),
          })
          .nullable(),
      )
      .nullable(),
  }),
  timelineItems: timeline,
});
export type GraphqlPatch = z.infer<typeof graphqlPatch>;

export function snapshotOf(patch: GraphqlPatch, repository: { id: number; owner_id: number }): Snapshot {
  return {
    repositoryId: repository.id,
    number: patch.number,
    ownerId: repository.owner_id,
    pullRequestId: patch.fullDatabaseId,
    nodeId: patch.id,
    title: patch.title,
    body: patch.body,
    author: patch.author,
    state: patch.state === "OPEN" ? "open" : "closed",
    isDraft: patch.isDraft,
    isMerged: patch.merged,
    mergeSha: null,
    openedAt: patch.createdAt,
    headSha: patch.headRefOid,
    baseRef: patch.baseRefName,
    requested: (patch.reviewRequests?.nodes ?? []).flatMap((node) => node?.requestedReviewer ?? []),
    labelNames: (patch.labels?.nodes ?? []).flatMap((node) => node?.name ?? []),
    seenAt: patch.updatedAt,
  };
}

/** What happened to a pull request. `items` are its timeline's nodes, of all pages. */
export function factsOfGraphql(patch: GraphqlPatch, items: readonly unknown[]): readonly Fact[] {
  const parsed = parseItems(items);
  const facts: Fact[] = [
    {
      kind: "opened",
      isDraft: wasOpenedAsDraft(patch, parsed),
      key: "opened",
      at: patch.createdAt,
      actor: patch.author,
    },
  ];
  for (const item of parsed) facts.push(...factsOfItem(item));
  const push = lastPush(patch);
  if (push !== null && !facts.some((fact) => fact.key === push.key)) facts.push(push);
  return facts;
}

/** The facts of single nodes of a timeline. */
export const factsOfItems = (items: readonly unknown[]): readonly Fact[] => parseItems(items).flatMap(factsOfItem);

/** What of a timeline's nodes we understand. */
export function parseItems(items: readonly unknown[]): readonly TimelineItem[] {
  return items.flatMap((item) => {
    const result = timelineItem.safeParse(item);
    return result.success ? [result.data] : [];
  });
}

/** The first change of draft tells what it was before; without one it is as it is now. */
function wasOpenedAsDraft(patch: GraphqlPatch, items: readonly TimelineItem[]): boolean {
  const first = items.find(
    (item) => item.__typename === "ReadyForReviewEvent" || item.__typename === "ConvertToDraftEvent",
  );
  return first === undefined ? patch.isDraft : first.__typename === "ReadyForReviewEvent";
}

/** Only the newest commit: when the others were pushed is not told. One made before the opening is part of it. */
function lastPush(patch: GraphqlPatch): Fact | null {
  const commit = patch.commits.nodes?.[0]?.commit;
  if (commit === undefined || commit.committedDate <= patch.createdAt) return null;
  const user = commit.author?.user;
  const by = user?.databaseId
    ? { id: userId(user.databaseId), login: user.login, isBot: user.login.endsWith("[bot]") }
    : null;
  return { kind: "pushed", headSha: commit.oid, key: `pushed:${commit.oid}`, at: commit.committedDate, actor: by };
}

const REVIEW_STATES: Readonly<Record<string, "approved" | "changes_requested" | "commented">> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
};

function factsOfItem(item: TimelineItem): readonly Fact[] {
  switch (item.__typename) {
    case "IssueComment": {
      if (item.author === null || item.author.isBot) return [];
      const { mentions, isOnlyCommands } = parseCommands(item.body);
      return [
        {
          kind: "commented",
          mentions,
          isOnlyCommands,
          key: `commented:${item.fullDatabaseId}`,
          at: item.createdAt,
          actor: item.author,
        },
      ];
    }
    case "PullRequestReview":
      return factsOfReview(item);
    case "ReviewDismissedEvent":
      if (item.review === null) return [];
      return [
        {
          kind: "review-dismissed",
          reviewId: item.review.fullDatabaseId,
          key: `review-dismissed:${item.review.fullDatabaseId}`,
          at: item.createdAt,
          actor: item.actor,
        },
      ];
    case "HeadRefForcePushedEvent":
      if (item.afterCommit === null) return [];
      return [
        {
          kind: "pushed",
          headSha: item.afterCommit.oid,
          key: `pushed:${item.afterCommit.oid}`,
          at: item.createdAt,
          actor: item.actor,
        },
      ];
    case "ReviewRequestedEvent":
    case "ReviewRequestRemovedEvent": {
      const of = item.requestedReviewer;
      if (of === null) return [];
      const kind = item.__typename === "ReviewRequestedEvent" ? "review-requested" : "review-request-removed";
      const by = { actor: item.actor, at: item.createdAt };
      return [{ kind, of, key: naturalKey(kind, `${of.kind}${of.id}`, by), ...by }];
    }
    case "ReadyForReviewEvent":
      return [stateFact("ready", item)];
    case "ConvertToDraftEvent":
      return [stateFact("drafted", item)];
    case "ClosedEvent":
      return [stateFact("closed", item), ...landingByCloser(item)];
    case "MergedEvent":
      return [stateFact("merged", item)];
    case "ReopenedEvent":
      return [stateFact("reopened", item)];
  }
}

function factsOfReview(item: Extract<TimelineItem, { __typename: "PullRequestReview" }>): readonly Fact[] {
  const facts: Fact[] = [];
  for (const comment of item.comments?.nodes ?? []) {
    if (comment === null || comment.author === null || comment.author.isBot) continue;
    const { mentions, isOnlyCommands } = parseCommands(comment.body);
    const said = { mentions, isOnlyCommands, at: comment.createdAt, actor: comment.author };
    const key = `review-comment:${comment.fullDatabaseId}`;
    facts.push({ kind: "reviewed", reviewId: item.fullDatabaseId, state: "commented", key, ...said });
  }
  const state = REVIEW_STATES[item.state];
  // A dismissed review does not tell any more what it was; its dismissal is told apart. One without words only wraps its comments.
  const isWrapping = state === "commented" && item.body.trim() === "";
  if (state === undefined || isWrapping || item.submittedAt === null || item.author === null) return facts;
  const { mentions, isOnlyCommands } = parseCommands(item.body);
  const said = { mentions, isOnlyCommands, at: item.submittedAt, actor: item.author };
  facts.push({
    kind: "reviewed",
    reviewId: item.fullDatabaseId,
    state,
    key: `reviewed:${item.fullDatabaseId}`,
    ...said,
  });
  return facts;
}

function stateFact(
  kind: "ready" | "drafted" | "closed" | "merged" | "reopened",
  item: { createdAt: number; actor: Actor | null },
): Fact {
  const by = { actor: item.actor, at: item.createdAt };
  return { kind, key: naturalKey(kind, null, by), ...by };
}
