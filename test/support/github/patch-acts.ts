// What people do with pull requests: through emulate's REST where emulate has it, and told to the app as GitHub would.

import { type CommentRef, type ConversationRef, commitFiles, conversation, shareObjects } from "./acts.ts";
import { branchOf, forkOf, mergeInto } from "./branches.ts";
import { pushed } from "./pushes.ts";
import { team, user } from "./shapes/accounts.ts";
import { Somebody } from "./somebody.ts";
import type { Json } from "./world.ts";

export interface NewPullRequest {
  readonly repository: string;
  readonly title?: string;
  readonly body?: string | null;
  readonly draft?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly branch?: string;
  /** Where the person may not write to the repository, a fork is the only way and need not be asked for. */
  readonly fromFork?: boolean;
}
export interface Reviewers {
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
}
const EVENT = { APPROVED: "APPROVE", CHANGES_REQUESTED: "REQUEST_CHANGES", COMMENTED: "COMMENT" } as const;

export class PatchActs extends Somebody {
  async openPullRequest(given: NewPullRequest): Promise<ConversationRef> {
    const world = this.world;
    const repo = world.repo(given.repository);
    const me = this.row();
    const branch = given.branch ?? `patch-${world.nextId()}`;
    const isFork = given.fromFork ?? !world.canWrite(me, repo);
    const head = isFork ? forkOf(world, repo, me) : repo;
    const files = given.files ?? { [`src/${branch}.c`]: `/* ${branch} */\n` };
    const title = given.title ?? "Fix the lock timeout";
    await commitFiles(this.acting, me.login, { repo: head, branch, files, message: title });
    // GitHub shows a pull request's commits in the repository that it is for, wherever its branch lies.
    if (isFork) shareObjects(world, head, repo);
    const opened = await this.call("POST", `/repos/${repo.full_name}/pulls`, {
      title,
      body: given.body ?? null,
      draft: given.draft ?? false,
      head: isFork ? `${me.login}:${branch}` : branch,
      base: repo.default_branch,
    });
    return conversation(world, world.pull(repo, Number(opened.number)));
  }

  async editPullRequest(
    ref: ConversationRef,
    changes: { readonly title?: string; readonly body?: string | null },
  ): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/pulls/${ref.number}`, changes);
  }

  async comment(ref: ConversationRef, body: string): Promise<CommentRef> {
    const made = await this.call("POST", `${this.api(ref)}/issues/${ref.number}/comments`, { body });
    return handle(ref, "comment", made);
  }

  async editComment(comment: CommentRef, body: string): Promise<void> {
    await this.call("PATCH", this.#commentPath(comment), { body });
  }

  async deleteComment(comment: CommentRef): Promise<void> {
    await this.call("DELETE", this.#commentPath(comment));
  }

  /** Folds a comment away. */
  async minimize(comment: { readonly id: number }): Promise<void> {
    const row = this.world.rows.comments.get(comment.id);
    if (row === undefined) throw new Error(`There is no comment ${comment.id}.`);
    this.world.minimized.set(row.id, "OUTDATED");
    this.acting.events.commentHidden(row, this.row());
  }

  async review(
    ref: ConversationRef,
    given: { readonly state: keyof typeof EVENT; readonly body?: string },
  ): Promise<CommentRef> {
    const made = await this.call("POST", `${this.api(ref)}/pulls/${ref.number}/reviews`, {
      event: EVENT[given.state],
      body: given.body ?? "",
    });
    return handle(ref, "review", made);
  }

  async dismissReview(review: CommentRef, message = "Outdated."): Promise<void> {
    await this.call("PUT", `${this.api(review)}/pulls/${review.number}/reviews/${review.id}/dismissals`, { message });
  }

  /** GitHub wraps a comment of its own in a review without words, and tells of both. */
  async reviewComment(ref: ConversationRef, body: string): Promise<CommentRef> {
    await this.call("POST", `${this.api(ref)}/pulls/${ref.number}/reviews`, { event: "COMMENT", body: "" });
    const made = await this.call("POST", `${this.api(ref)}/pulls/${ref.number}/comments`, {
      body,
      path: "README.md",
      line: 1,
    });
    return handle(ref, "reviewComment", made);
  }

  /** Pushes another commit to a pull request's branch; `force` replaces what was there. */
  async push(
    ref: ConversationRef,
    files?: Readonly<Record<string, string | null>>,
    options: { readonly force?: boolean } = {},
  ): Promise<string> {
    const row = this.pull(ref);
    const repo = this.world.repoById(row.head_repo_id);
    const named = files ?? { [`src/change-${this.world.nextId()}.c`]: "/* more */\n" };
    const onto = options.force === true ? { onto: row.base_sha } : {};
    return commitFiles(this.acting, this.login, {
      repo,
      branch: row.head_ref,
      files: named,
      message: "Go on",
      ...onto,
    });
  }

  async requestReview(ref: ConversationRef, reviewers: Reviewers): Promise<void> {
    await this.call("POST", `${this.api(ref)}/pulls/${ref.number}/requested_reviewers`, asked(reviewers));
    this.#tellReviewers(ref, "review_requested", reviewers);
  }

  async removeReviewRequest(ref: ConversationRef, reviewers: Reviewers): Promise<void> {
    await this.call("DELETE", `${this.api(ref)}/pulls/${ref.number}/requested_reviewers`, asked(reviewers));
    this.#tellReviewers(ref, "review_request_removed", reviewers);
  }

  async close(ref: ConversationRef): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/pulls/${ref.number}`, { state: "closed" });
  }

  async reopen(ref: ConversationRef): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/pulls/${ref.number}`, { state: "open" });
  }

  async merge(ref: ConversationRef): Promise<void> {
    const repo = this.repo(ref);
    const before = branchOf(this.world, repo, repo.default_branch);
    await mergeInto(this.world, this.pull(ref), () =>
      this.call("PUT", `${this.api(ref)}/pulls/${ref.number}/merge`, {}),
    );
    const after = branchOf(this.world, repo, repo.default_branch);
    pushed(this.acting.events, { repo, sender: this.row(), ref: `refs/heads/${repo.default_branch}`, before, after });
  }

  async markReady(ref: ConversationRef): Promise<void> {
    this.#setDraft(ref, false);
  }

  async convertToDraft(ref: ConversationRef): Promise<void> {
    this.#setDraft(ref, true);
  }

  #tellReviewers(ref: ConversationRef, action: string, { users = [], teams = [] }: Reviewers): void {
    const world = this.world;
    const repo = this.repo(ref);
    const { id: issueId } = world.issue(repo, ref.number);
    const org = world.rows.orgs.get(repo.owner_id);
    const told: Json[] = [
      ...users.map((login) => ({ requested_reviewer: user(world, world.user(login)) })),
      ...teams.flatMap((slug) => (org === undefined ? [] : [{ requested_team: team(world, world.team(org, slug)) }])),
    ];
    for (const who of told) {
      world.note({
        issueId,
        event: action,
        actorId: this.row().id,
        extra: { review_requester: user(world, this.row()), ...who },
      });
      this.acting.events.emitPull(action, this.pull(ref), this.row(), who);
    }
  }

  #setDraft(ref: ConversationRef, draft: boolean): void {
    const world = this.world;
    const row = world.rows.pullRequests.update(this.pull(ref).id, { draft });
    if (row === undefined) return;
    const { id: issueId } = world.issue(this.repo(ref), ref.number);
    world.note({ issueId, event: draft ? "convert_to_draft" : "ready_for_review", actorId: this.row().id, extra: {} });
    this.acting.events.emitPull(draft ? "converted_to_draft" : "ready_for_review", row, this.row());
  }

  #commentPath(comment: CommentRef): string {
    return `${this.api(comment)}/${comment.kind === "reviewComment" ? "pulls" : "issues"}/comments/${comment.id}`;
  }
}

function handle(ref: ConversationRef, kind: CommentRef["kind"], json: Json): CommentRef {
  return {
    kind,
    id: Number(json.id),
    nodeId: String(json.node_id),
    repositoryId: ref.repositoryId,
    number: ref.number,
  };
}

function asked({ users = [], teams = [] }: Reviewers): Json {
  return { reviewers: users, team_reviewers: teams };
}
