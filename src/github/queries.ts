// The GraphQL documents that we send, together, so that what we ask of GitHub can be read in one place and held against its schema.

const actor = `login __typename ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId }`;

const patchFields = `
  id fullDatabaseId number title body url state isDraft createdAt updatedAt closedAt merged mergedAt headRefOid baseRefName
  author { ${actor} }
  mergedBy { ${actor} }
  labels(first: 50) { nodes { id name } }
  reviewRequests(first: 50) { nodes { requestedReviewer { __typename
    ... on User { databaseId login }
    ... on Team { databaseId slug organization { login } } } } }
  commits(last: 1) { nodes { commit { oid committedDate author { user { databaseId login } } } } }`;

const closedFields = `... on ClosedEvent { createdAt actor { ${actor} }
    closer { __typename ... on Commit { oid }
      ... on PullRequest { number merged repository { nameWithOwner } mergeCommit { oid } } } }`;

const eventFields = `
  ... on ReadyForReviewEvent { createdAt actor { ${actor} } }
  ... on ConvertToDraftEvent { createdAt actor { ${actor} } }
  ${closedFields}
  ... on ReopenedEvent { createdAt actor { ${actor} } }
  ... on MergedEvent { createdAt actor { ${actor} } }
  ... on HeadRefForcePushedEvent { createdAt actor { ${actor} } afterCommit { oid } }
  ... on ReviewDismissedEvent { createdAt actor { ${actor} } review { fullDatabaseId } }
  ... on ReviewRequestedEvent { createdAt actor { ${actor} } requestedReviewer { __typename
    ... on User { databaseId login } ... on Team { databaseId slug organization { login } } } }
  ... on ReviewRequestRemovedEvent { createdAt actor { ${actor} } requestedReviewer { __typename
    ... on User { databaseId login } ... on Team { databaseId slug organization { login } } } }`;

const timelineFields = `
  __typename
  ... on IssueComment { id fullDatabaseId createdAt updatedAt lastEditedAt body url author { ${actor} } viewerDidAuthor isMinimized }
  ... on PullRequestReview { id fullDatabaseId submittedAt state body url author { ${actor} }
    comments(first: 20) { nodes { fullDatabaseId createdAt body author { ${actor} } } } }
  ${eventFields}`;

const timelineTypes =
  "ISSUE_COMMENT, PULL_REQUEST_REVIEW, READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, CLOSED_EVENT, REOPENED_EVENT, MERGED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, REVIEW_DISMISSED_EVENT, REVIEW_REQUESTED_EVENT, REVIEW_REQUEST_REMOVED_EVENT";

/** A page of a repository's open pull requests with the first hundred things that happened to each. */
export const OPEN_PATCHES = `query OpenPatches($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 25, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ${patchFields}
        timelineItems(first: 100, itemTypes: [${timelineTypes}]) { pageInfo { hasNextPage endCursor } nodes { ${timelineFields} } } }
    }
  }
  rateLimit { cost remaining resetAt }
}`;

/** Up to 100 pull requests by node id, each with the first hundred things that happened to it. */
export const PATCHES_BY_ID = `query PatchesById($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on PullRequest { ${patchFields}
    timelineItems(first: 100, itemTypes: [${timelineTypes}]) { pageInfo { hasNextPage endCursor } nodes { ${timelineFields} } } } }
  rateLimit { cost remaining resetAt }
}`;

/**
 * Up to 100 pull requests by node id with what happened to each since a time: enough to see whether we know all of it, and lean, since every
 * connection inside is counted a hundred times.
 */
export const RECONCILE = `query Reconcile($ids: [ID!]!, $since: DateTime!) {
  nodes(ids: $ids) { __typename ... on PullRequest {
    id number title body state isDraft updatedAt headRefOid
    labels(first: 50) { nodes { name } }
    timelineItems(first: 30, since: $since, itemTypes: [${timelineTypes}]) { pageInfo { hasNextPage endCursor } nodes {
      __typename
      ... on IssueComment { fullDatabaseId createdAt body author { ${actor} } }
      ... on PullRequestReview { fullDatabaseId submittedAt state body author { ${actor} } }
      ${eventFields} } } } }
  rateLimit { cost remaining resetAt }
}`;

/** Which pull requests are open in each of up to 100 repositories, by node ids. */
export const OPEN_IDS = `query OpenIds($ids: [ID!]!, $after: String) {
  nodes(ids: $ids) { __typename ... on Repository { id
    pullRequests(states: OPEN, first: 100, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor } nodes { id } } } }
  rateLimit { cost remaining resetAt }
}`;

/** The next page of what happened to one pull request. */
export const MORE_TIMELINE = `query MoreTimeline($id: ID!, $after: String!) {
  node(id: $id) { ... on PullRequest {
    timelineItems(first: 100, after: $after, itemTypes: [${timelineTypes}]) { pageInfo { hasNextPage endCursor } nodes { ${timelineFields} } } } }
  rateLimit { cost remaining resetAt }
}`;

/** What closed a pull request last: read once when one is closed unmerged, since the webhook does not say. */
export const CLOSED_BY = `query ClosedBy($id: ID!) {
  node(id: $id) { ... on PullRequest {
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { __typename ${closedFields} } } } }
  rateLimit { cost remaining resetAt }
}`;

/**
 * What has no history: mergeability, checks and changed files of pull requests, and whether comments were folded away.
 * Takes up to 100 node ids of either kind (GitHub's limit of `nodes`).
 */
export const OBSERVE = `query Observe($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on PullRequest { id state isDraft headRefOid mergeable mergeStateStatus
      files(first: 100) { nodes { path } }
      commits(last: 1) { nodes { commit { statusCheckRollup { state } } } } }
    ... on IssueComment { id isMinimized }
  }
  rateLimit { cost remaining resetAt }
}`;

/** Which failing checks are required, for one pull request that GitHub calls blocked. */
export const REQUIRED_CHECKS = `query RequiredChecks($id: ID!) {
  node(id: $id) { ... on PullRequest { commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes {
    __typename
    ... on CheckRun { name conclusion isRequired(pullRequestId: $id) }
    ... on StatusContext { context state isRequired(pullRequestId: $id) } } } } } } } } }
  rateLimit { cost remaining resetAt }
}`;

/** What a dossier shows of one pull request at its head commit: size, checks, and each reviewer's latest opinion. */
export const DOSSIER = `query Dossier($id: ID!) {
  node(id: $id) { ... on PullRequest { headRefOid additions deletions changedFiles
    latestOpinionatedReviews(first: 30) { nodes { state url author { login __typename } } }
    commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes {
      __typename
      ... on CheckRun { name conclusion isRequired(pullRequestId: $id) }
      ... on StatusContext { context state isRequired(pullRequestId: $id) } } } } } } } } }
  rateLimit { cost remaining resetAt }
}`;

/** Folds one comment away as outdated. */
export const MINIMIZE = `mutation Minimize($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
}`;
