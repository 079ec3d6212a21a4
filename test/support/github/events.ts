// Makes webhooks as GitHub words them: out of what emulate would send (`fromEmulate`), and for all that it has no webhook for (`emit`).

import type { Deliveries } from "./deliveries.ts";
import type { Dispatch } from "./emulator.ts";
import { createPayload, pushed } from "./pushes.ts";
import type { CommentRow, IssueRow, LabelRow, PullRow, RepoRow, UserRow } from "./rows.ts";
import { briefInstallation, organization, user } from "./shapes/accounts.ts";
import { comment, issue, pull, review, reviewComment, simplePull } from "./shapes/conversations.ts";
import { label, release, repository } from "./shapes/repositories.ts";
import { covers, type Json, seconds, type World } from "./world.ts";

/** These come to every app, subscribed or not. */
const ALWAYS = new Set(["installation", "installation_repositories", "installation_target"]);

export interface Place {
  readonly repository?: RepoRow;
  /** Where it is not told by the repository. */
  readonly account?: { readonly id: number; readonly type: "User" | "Organization" };
  readonly sender: UserRow;
}

export class Events {
  readonly world: World;
  readonly deliveries: Deliveries;
  /** The text last told of each thing, so that an edit can say what it changed. */
  readonly #told = new Map<string, Readonly<Record<string, string | null>>>();

  constructor(world: World, deliveries: Deliveries) {
    this.world = world;
    this.deliveries = deliveries;
  }

  /** Sends `event` if the app is installed there, not suspended, and subscribed. */
  emit(event: string, action: string | undefined, fields: Json, place: Place): void {
    const { world } = this;
    const { repository: repo, sender } = place;
    const account = repo === undefined ? place.account : { id: repo.owner_id, type: repo.owner_type };
    const installation = account === undefined ? undefined : world.installationOf(account);
    if (account === undefined || installation === undefined || installation.suspended_at !== null) return;
    if (repo !== undefined && !covers(installation, repo)) return;
    if (!ALWAYS.has(event) && !world.app.events.includes(event)) return;
    const org = account.type === "Organization" ? world.rows.orgs.get(account.id) : undefined;
    this.deliveries.deliver(event, {
      ...(action === undefined ? {} : { action }),
      ...(repo === undefined ? {} : { repository: repository(world, repo) }),
      ...(org === undefined ? {} : { organization: organization(world, org) }),
      sender: user(world, sender),
      installation: briefInstallation(installation),
      ...fields,
    });
  }

  emitPull(action: string, row: PullRow, sender: UserRow, fields: Json = {}): void {
    const repo = this.world.repoById(row.repo_id);
    const json = pull(this.world, repo, row);
    this.emit(
      "pull_request",
      action,
      { number: row.number, pull_request: json, ...fields },
      { repository: repo, sender },
    );
  }

  emitIssue(action: string, row: IssueRow, sender: UserRow, fields: Json = {}): void {
    const repo = this.world.repoById(row.repo_id);
    this.emit("issues", action, { issue: issue(this.world, repo, row), ...fields }, { repository: repo, sender });
  }

  fromEmulate({ event, action, payload }: Dispatch): void {
    const repo = this.world.repoById(idOf(payload.repository));
    const sender = this.world.user(textOf(payload.sender, "login"));
    const place = { repository: repo, sender };
    const tell: Readonly<Record<string, () => void>> = {
      issues: () => this.#issues(action ?? "", payload, place),
      pull_request: () => this.#pulls(action ?? "", payload, place),
      issue_comment: () => this.#comments(action ?? "", payload, place),
      pull_request_review: () => this.#reviews(action ?? "", payload, place),
      pull_request_review_comment: () => this.#reviewComments(action ?? "", payload, place),
      label: () => this.#labels(action ?? "", payload, place),
      release: () => this.#releases(payload, place),
      create: () => this.#created(String(payload.ref), place),
      push: () => {
        const { ref, before, after } = payload;
        pushed(this, { repo, sender, ref: String(ref), before: String(before), after: String(after) });
      },
    };
    // emulate has webhooks that the app never subscribes to: forks, check runs.
    tell[event]?.();
  }

  #issues(action: string, payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const { world } = this;
    const number = numberOf(payload.issue);
    const row = world.issue(place.repository, number);
    const extra = this.#labelOrAssignee(action, payload, place.repository);
    if (action !== "opened" && action !== "edited") {
      world.note({ issueId: row.id, event: action, actorId: place.sender.id, extra });
    }
    const pullRow = row.is_pull_request ? world.findPull(place.repository, number) : undefined;
    this.#madeLabels(place);
    const changes = this.#changes(row.node_id, { title: row.title, body: row.body });
    if (pullRow !== undefined) {
      this.emitPull(action, pullRow, place.sender, extra);
      return;
    }
    if (action === "edited" && Object.keys(changes).length === 0) return;
    this.emitIssue(action, row, place.sender, action === "edited" ? { changes } : extra);
  }

  #labelOrAssignee(action: string, payload: Json, repo: RepoRow): Json {
    if (action.endsWith("assigned"))
      return { assignee: user(this.world, this.world.user(textOf(payload.assignee, "login"))) };
    if (!action.endsWith("labeled")) return {};
    const name = textOf(payload.label, "name");
    const row = this.world.rows.labels.findBy("repo_id", repo.id).find((candidate) => candidate.name === name);
    return row === undefined ? {} : { label: label(this.world, repo, row) };
  }

  #pulls(action: string, payload: Json, { repository: repo, sender }: { repository: RepoRow; sender: UserRow }): void {
    const { world } = this;
    const row = world.pull(repo, numberOf(payload.pull_request));
    const { id: issueId } = world.issue(repo, row.number);
    const changes = this.#changes(row.node_id, { title: row.title, body: row.body });
    // Review requests are told one reviewer at a time, by the act itself.
    if (action === "review_requested") return;
    if (action === "edited") {
      if (Object.keys(changes).length > 0) this.emitPull(action, row, sender, { changes });
      return;
    }
    if (action === "closed" && row.merged)
      world.note({ issueId, event: "merged", actorId: sender.id, extra: { commit_id: row.merge_commit_sha } });
    const closer = action === "closed" ? world.closers.get(row.id) : undefined;
    const extra = closer === undefined ? {} : { commit_id: closer };
    if (action !== "opened") world.note({ issueId, event: action, actorId: sender.id, extra });
    this.emitPull(action, row, sender);
  }

  #comments(action: string, payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const { world } = this;
    const row = world.rows.comments.get(idOf(payload.comment)) ?? this.#deletedComment(payload, place.repository);
    const issueRow = world.issue(place.repository, row.issue_number ?? 0);
    const changes = this.#changes(row.node_id, { body: row.body });
    if (action === "edited") world.editedAt.set(row.id, world.now());
    const json = comment(world, place.repository, row);
    const fields = {
      issue: issue(world, place.repository, issueRow),
      comment: json,
      ...(action === "edited" ? { changes } : {}),
    };
    this.emit("issue_comment", action, fields, place);
  }

  /** Folding a comment away has no event of its own: GitHub sends an edit that changed nothing. */
  commentHidden(row: CommentRow, sender: UserRow): void {
    const repo = this.world.repoById(row.repo_id);
    const issueRow = this.world.issue(repo, row.issue_number ?? 0);
    const fields = { issue: issue(this.world, repo, issueRow), comment: comment(this.world, repo, row), changes: {} };
    this.emit("issue_comment", "edited", fields, { repository: repo, sender });
  }

  #deletedComment(payload: Json, repo: RepoRow): CommentRow {
    const shown = objectOf(payload.comment);
    return {
      id: idOf(shown),
      node_id: textOf(shown, "node_id"),
      created_at: textOf(shown, "created_at"),
      updated_at: textOf(shown, "updated_at"),
      repo_id: repo.id,
      issue_number: numberOf(payload.issue),
      pull_number: null,
      body: textOf(shown, "body"),
      user_id: this.world.user(textOf(shown.user, "login")).id,
      comment_type: "issue",
      commit_sha: null,
      path: null,
      in_reply_to_id: null,
      review_id: null,
    };
  }

  #reviews(action: string, payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const { world } = this;
    const row = world.rows.reviews.get(idOf(payload.review));
    if (row === undefined) return;
    const pullRow = world.pull(place.repository, row.pull_number);
    const { id: issueId } = world.issue(place.repository, row.pull_number);
    if (action === "submitted") this.#answerReviewRequest(pullRow, place.sender);
    else {
      const dismissed = { state: "approved", review_id: row.id, dismissal_message: row.body };
      world.note({
        issueId,
        event: "review_dismissed",
        actorId: place.sender.id,
        extra: { dismissed_review: dismissed },
      });
    }
    const fresh = world.pull(place.repository, row.pull_number);
    const json = review(world, place.repository, row);
    const fields = {
      review: { ...json, state: row.state.toLowerCase() },
      pull_request: simplePull(world, place.repository, fresh),
    };
    this.emit("pull_request_review", action, fields, place);
  }

  /** Who was asked and has reviewed is no longer asked; GitHub sends no event for that. */
  #answerReviewRequest(row: PullRow, reviewer: UserRow): void {
    const left = row.requested_reviewer_ids.filter((id) => id !== reviewer.id);
    if (left.length < row.requested_reviewer_ids.length)
      this.world.rows.pullRequests.update(row.id, { requested_reviewer_ids: left });
  }

  #reviewComments(action: string, payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const { world } = this;
    const made = world.rows.comments.get(idOf(payload.comment));
    if (made === undefined) return;
    const wrapping = world.rows.reviews
      .all()
      .filter((review) => review.repo_id === made.repo_id && review.pull_number === made.pull_number)
      .filter((review) => review.user_id === made.user_id && !review.body)
      .at(-1);
    if (made.review_id === null && wrapping !== undefined)
      world.rows.comments.update(made.id, { review_id: wrapping.id });
    const row = world.rows.comments.get(made.id) ?? made;
    const changes = this.#changes(row.node_id, { body: row.body });
    if (action === "edited") world.editedAt.set(row.id, world.now());
    const pullRow = world.pull(place.repository, row.pull_number ?? 0);
    const fields = {
      comment: reviewComment(world, place.repository, row),
      pull_request: simplePull(world, place.repository, pullRow),
    };
    this.emit("pull_request_review_comment", action, { ...fields, ...(action === "edited" ? { changes } : {}) }, place);
  }

  #labels(action: string, payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const shown = objectOf(payload.label);
    const row = this.world.rows.labels.get(idOf(shown)) ?? deletedLabel(shown, place.repository);
    const changes = this.#changes(row.node_id, { name: row.name, color: row.color, description: row.description });
    const json = label(this.world, place.repository, row);
    this.emit("label", action, { label: json, ...(action === "edited" ? { changes } : {}) }, place);
  }

  /** A label that is put on before it exists is made by that, and told first. */
  #madeLabels(place: { repository: RepoRow; sender: UserRow }): void {
    const rows = this.world.rows.labels.findBy("repo_id", place.repository.id);
    for (const row of rows.filter(({ node_id }) => !this.#told.has(node_id))) {
      this.#changes(row.node_id, { name: row.name, color: row.color, description: row.description });
      this.emit("label", "created", { label: label(this.world, place.repository, row) }, place);
    }
  }

  #releases(payload: Json, place: { repository: RepoRow; sender: UserRow }): void {
    const row = this.world.rows.releases.get(idOf(payload.release));
    if (row === undefined) return;
    const fields = { release: release(this.world, place.repository, row) };
    const actions = row.draft ? ["created"] : ["created", "published", row.prerelease ? "prereleased" : "released"];
    for (const action of actions) this.emit("release", action, fields, place);
  }

  #created(ref: string, place: { repository: RepoRow; sender: UserRow }): void {
    this.emit("create", undefined, createPayload(place.repository, ref), place);
    const after = this.world.rows.refs.findBy("repo_id", place.repository.id).find((row) => row.ref === ref)?.sha;
    if (after !== undefined)
      pushed(this, { repo: place.repository, sender: place.sender, ref, before: "0".repeat(40), after });
  }

  /** Remembers what a thing says now; answers what it said before, as GitHub's `changes` do. */
  #changes(nodeId: string, now: Readonly<Record<string, string | null>>): Json {
    const before = this.#told.get(nodeId) ?? now;
    this.#told.set(nodeId, now);
    const changed = Object.keys(now).filter((key) => before[key] !== now[key]);
    return Object.fromEntries(changed.map((key) => [key, { from: before[key] ?? "" }]));
  }
}

function deletedLabel(shown: Json, repo: RepoRow): LabelRow {
  const at = seconds(new Date().toISOString());
  return {
    id: idOf(shown),
    node_id: textOf(shown, "node_id"),
    repo_id: repo.id,
    name: textOf(shown, "name"),
    color: textOf(shown, "color"),
    description: typeof shown.description === "string" ? shown.description : null,
    default: false,
    created_at: at,
    updated_at: at,
  };
}

function objectOf(value: unknown): Json {
  if (typeof value !== "object" || value === null) throw new Error("emulate's webhook lacks an object that we need.");
  return { ...value };
}

function idOf(value: unknown): number {
  return Number(objectOf(value).id);
}

function numberOf(value: unknown): number {
  return Number(objectOf(value).number);
}

function textOf(value: unknown, key: string): string {
  return String(objectOf(value)[key]);
}
