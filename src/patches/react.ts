// What webhooks say of pull requests, turned into facts; the decision follows when the decider comes round.

import { parseCommands } from "../commands/parse.ts";
import { readBody, runComment } from "../commands/react.ts";
import type { Tx } from "../db/database.ts";
import { DONE, type Handled, ignored, type Reacting } from "../github/handled.ts";
import { isOurs } from "../github/identity.ts";
import { seeOrigin } from "../github/origin.ts";
import { pullRequestEvent, reviewCommentEvent, reviewEvent, toActor, toSnapshot } from "../github/payload.ts";
import { readPayload } from "../github/read-payload.ts";
import { type Actor, ownerId, type PatchId, patchId, repositoryId } from "../github/refs.ts";
import { effectivePolicy } from "../policy/effective.ts";
import { type Fact, naturalKey, type Reviewer } from "./fact.ts";
import { keepLabelName, personChangedLabel } from "./label-store.ts";
import { keepWhatClosed } from "./seen-landings.ts";
import { addFacts, expectPatch, factsOf, makeDue, seePatch } from "./store.ts";

type PullRequestEvent = import("zod").infer<typeof pullRequestEvent>;

/** Actions whose facts or words matter; the others only refresh what we know of the pull request. */
const DECIDED = new Set([
  "opened",
  "edited",
  "synchronize",
  "ready_for_review",
  "converted_to_draft",
  "review_requested",
  "review_request_removed",
  "closed",
  "reopened",
  "labeled",
  "unlabeled",
]);

export async function onPullRequest(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(pullRequestEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { database, now } = reacting;
  const snapshot = toSnapshot(event.pull_request, event.repository);
  const isOwnLabel = event.label !== undefined && (await isOurs(reacting.github, event.installation.id, event.sender));
  const id = patchId(event.repository.id, event.pull_request.number);
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    await seePatch(tx, snapshot);
    const facts = factsOfPullRequest(event);
    if (event.label !== undefined) facts.push(...(await labelFacts(tx, event, { id, isOwn: isOwnLabel })));
    await addFacts(tx, id, facts);
    // Our own label changes nothing that is decided: without this every label would cost a decision.
    if (DECIDED.has(event.action) && !isOwnLabel) await makeDue(tx, [id], now());
  });
  database.hint("patches");
  await keepWhatClosed(reacting, event);
  if (event.action === "opened" || event.action === "edited") {
    await readBody(reacting, {
      on: "patch",
      repositoryId: event.repository.id,
      number: event.pull_request.number,
      title: event.pull_request.title,
      body: event.pull_request.body ?? "",
      before: event.action === "edited" ? (event.changes?.body?.from ?? event.pull_request.body ?? "") : "",
      areCommandsRun: true,
      sender: toActor(event.sender),
      at: event.action === "opened" ? event.pull_request.created_at : event.pull_request.updated_at,
    });
  }
  return DECIDED.has(event.action) ? DONE : ignored(`pull_request.${event.action} changes no turn`);
}

function factsOfPullRequest(event: PullRequestEvent): Fact[] {
  const pull = event.pull_request;
  const actor = toActor(event.sender);
  const at = pull.updated_at;
  const opened: Fact = {
    kind: "opened",
    isDraft: wasOpenedAsDraft(event),
    key: "opened",
    at: pull.created_at,
    actor: toActor(pull.user),
  };
  switch (event.action) {
    case "opened":
      return [opened];
    case "synchronize":
      return [
        {
          kind: "pushed",
          headSha: event.after ?? pull.head.sha,
          key: `pushed:${event.after ?? pull.head.sha}`,
          at,
          actor,
        },
      ];
    case "ready_for_review":
      return [{ kind: "ready", key: naturalKey("ready", null, { actor, at }), at, actor }];
    case "converted_to_draft":
      return [{ kind: "drafted", key: naturalKey("drafted", null, { actor, at }), at, actor }];
    case "review_requested":
      return requestFacts("review-requested", event, { actor, at });
    case "review_request_removed":
      return requestFacts("review-request-removed", event, { actor, at });
    case "closed": {
      const kind = pull.merged === true || (pull.merged_at ?? null) !== null ? "merged" : "closed";
      const endedAt = pull.merged_at ?? pull.closed_at ?? at;
      return [{ kind, key: naturalKey(kind, null, { actor, at: endedAt }), at: endedAt, actor }];
    }
    case "reopened":
      return [{ kind: "reopened", key: naturalKey("reopened", null, { actor, at }), at, actor }];
    default:
      return [];
  }
}

const wasOpenedAsDraft = (event: PullRequestEvent): boolean =>
  event.action === "opened" && event.pull_request.draft === true;

function requestFacts(
  kind: "review-requested" | "review-request-removed",
  event: PullRequestEvent,
  by: { actor: Actor | null; at: number },
): Fact[] {
  const of = reviewerOf(event);
  if (of === null) return [];
  return [{ kind, of, key: naturalKey(kind, `${of.kind}${of.id}`, by), ...by }];
}

function reviewerOf(event: PullRequestEvent): Reviewer | null {
  const { requested_reviewer: person, requested_team: team } = event;
  if (person) return { kind: "user", id: person.id, login: person.login };
  return team ? { kind: "team", id: team.id, slug: team.slug } : null;
}

/** A person's hand on a label of ours is theirs from then on; a label that exempts pauses the clock. */
async function labelFacts(
  tx: Tx,
  event: PullRequestEvent,
  patch: { id: PatchId; isOwn: boolean },
): Promise<readonly Fact[]> {
  const { label, repository } = event;
  const isPut = event.action === "labeled";
  if (label === undefined || (!isPut && event.action !== "unlabeled")) return [];
  await keepLabelName(tx, patch.id, { name: label.name, isOn: isPut });
  const actor = toActor(event.sender);
  const at = event.pull_request.updated_at;
  const facts: Fact[] = [];
  const { policy } = await effectivePolicy(tx, {
    ownerId: ownerId(repository.owner.id),
    repositoryId: repositoryId(repository.id),
    visibility: repository.visibility ?? (repository.private ? "private" : "public"),
  });
  if (policy.exempt.labels.some((name) => name.toLowerCase() === label.name.toLowerCase())) {
    const kind = isPut ? "exempted" : "exemption-ended";
    // One that was put on before we looked exempted all the time until now.
    if (!isPut && !(await isExemptionKnown(tx, patch.id, label.name))) {
      const unseen = {
        key: `exempted:${label.name.toLowerCase()}:unseen`,
        at: event.pull_request.created_at,
        actor: null,
      };
      facts.push({ kind: "exempted", label: label.name, ...unseen });
    }
    facts.push({ kind, label: label.name, key: naturalKey(kind, label.id, { actor, at }), at, actor });
  }
  if (patch.isOwn) return facts;
  const { wasOurs } = await personChangedLabel(tx, { patchId: patch.id, label, hand: isPut ? "put" : "taken off" });
  if (wasOurs)
    facts.push({ kind: "unwanted", what: "label", key: naturalKey("unwanted", label.id, { actor, at }), at, actor });
  return facts;
}

async function isExemptionKnown(tx: Tx, id: PatchId, label: string): Promise<boolean> {
  const facts = (await factsOf(tx, [id])).get(id) ?? [];
  return facts.some((fact) => fact.kind === "exempted" && fact.label.toLowerCase() === label.toLowerCase());
}

const REVIEW_STATES: Readonly<Record<string, "approved" | "changes_requested" | "commented">> = {
  approved: "approved",
  changes_requested: "changes_requested",
  commented: "commented",
};

export async function onReview(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(reviewEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { database, now } = reacting;
  const { review } = event;
  const at = review.submitted_at ?? event.pull_request.updated_at;
  const body = review.body ?? "";
  const actor = toActor(review.user);
  const id = patchId(event.repository.id, event.pull_request.number);
  const facts: Fact[] = [];
  const state = REVIEW_STATES[review.state.toLowerCase()];
  // GitHub wraps replies in threads and bare inline comments into a review without words: then the comments speak for it.
  const isWrapping = state === "commented" && body.trim() === "";
  if (event.action === "submitted" && state !== undefined && !isWrapping) {
    const { mentions, isOnlyCommands } = parseCommands(body);
    facts.push({
      kind: "reviewed",
      reviewId: review.id,
      state,
      mentions,
      isOnlyCommands,
      key: `reviewed:${review.id}`,
      at,
      actor,
    });
  }
  if (event.action === "dismissed") {
    facts.push({
      kind: "review-dismissed",
      reviewId: review.id,
      key: `review-dismissed:${review.id}`,
      at: event.pull_request.updated_at,
      actor: toActor(event.sender),
    });
  }
  if (facts.length === 0 && event.action !== "edited")
    return ignored(`pull_request_review.${event.action} changes no turn`);
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    await expectPatch(tx, {
      repositoryId: event.repository.id,
      number: event.pull_request.number,
      ownerId: event.repository.owner.id,
      title: event.pull_request.title,
      author: toActor(event.pull_request.user),
      at: event.pull_request.created_at,
    });
    await addFacts(tx, id, facts);
    if (facts.length > 0) await makeDue(tx, [id], now());
  });
  database.hint("patches");
  if (event.action === "submitted" || (event.action === "edited" && event.changes?.body !== undefined)) {
    await runComment(reacting, {
      on: "patch",
      repositoryId: event.repository.id,
      number: event.pull_request.number,
      source: `review:${review.id}`,
      // GitHub takes no reaction on a review itself, so it goes on the pull request.
      subject: { on: "issue", repositoryId: repositoryId(event.repository.id), number: event.pull_request.number },
      body,
      before: event.action === "edited" ? (event.changes?.body?.from ?? "") : null,
      sender: toActor(event.sender),
      at: event.action === "edited" ? event.pull_request.updated_at : at,
      url: review.html_url ?? "",
    });
  }
  return DONE;
}

/** What is said inline is said, whether or not the review that it belongs to has words of its own. */
function factsOfReviewComment(event: import("zod").infer<typeof reviewCommentEvent>): readonly Fact[] {
  const { comment } = event;
  const actor = toActor(comment.user);
  const reviewId = comment.pull_request_review_id ?? comment.id;
  if (actor === null || actor.isBot) return [];
  const { mentions, isOnlyCommands } = parseCommands(comment.body ?? "");
  const said = { mentions, isOnlyCommands, at: comment.created_at, actor };
  return [{ kind: "reviewed", reviewId, state: "commented", key: `review-comment:${comment.id}`, ...said }];
}

export async function onReviewComment(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(reviewCommentEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const isEdited = event.action === "edited";
  if (event.action !== "created" && !isEdited)
    return ignored(`pull_request_review_comment.${event.action} changes no turn`);
  if (isEdited && event.changes?.body === undefined) return ignored("the comment's words did not change");
  const { database, now } = reacting;
  const facts = isEdited ? [] : factsOfReviewComment(event);
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    const id = await expectPatch(tx, {
      repositoryId: event.repository.id,
      number: event.pull_request.number,
      ownerId: event.repository.owner.id,
      title: event.pull_request.title,
      author: toActor(event.pull_request.user),
      at: event.pull_request.created_at,
    });
    await addFacts(tx, id, facts);
    if (facts.length > 0) await makeDue(tx, [id], now());
  });
  database.hint("patches");
  await runComment(reacting, {
    on: "patch",
    repositoryId: event.repository.id,
    number: event.pull_request.number,
    source: `review-comment:${event.comment.id}`,
    subject: { on: "review-comment", repositoryId: repositoryId(event.repository.id), commentId: event.comment.id },
    body: event.comment.body ?? "",
    before: isEdited ? (event.changes?.body?.from ?? "") : null,
    sender: toActor(event.sender),
    at: isEdited ? event.comment.updated_at : event.comment.created_at,
    url: event.comment.html_url ?? "",
  });
  return DONE;
}
