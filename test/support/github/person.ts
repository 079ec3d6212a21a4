// A person on the emulated GitHub. What they do goes through emulate's REST where emulate has it, and is told to the app as GitHub would.

import {
  type Acting,
  type CommentRef,
  type ConversationRef,
  callAs,
  commitFiles,
  conversation,
  shareObjects,
} from "./acts.ts";
import { branchOf, forkOf, mergeInto } from "./branches.ts";
import { pushed } from "./pushes.ts";
import type { IssueRow, PullRow, RepoRow, UserRow } from "./rows.ts";
import { team, user } from "./shapes/accounts.ts";
import { issue } from "./shapes/conversations.ts";
import { repository } from "./shapes/repositories.ts";
import type { Json, World } from "./world.ts";

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
export interface NewIssue {
  readonly repository: string;
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}
export interface Reviewers {
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
}
const EVENT = { APPROVED: "APPROVE", CHANGES_REQUESTED: "REQUEST_CHANGES", COMMENTED: "COMMENT" } as const;

export class Person {
  readonly login: string;
  readonly #acting: Acting;
  readonly #world: World;

  constructor(acting: Acting, login: string) {
    this.login = acting.world.user(login).login;
    this.#acting = acting;
    this.#world = acting.world;
  }

  async openPullRequest(given: NewPullRequest): Promise<ConversationRef> {
    const world = this.#world;
    const repo = world.repo(given.repository);
    const me = this.#row();
    const branch = given.branch ?? `patch-${world.nextId()}`;
    const isFork = given.fromFork ?? !world.canWrite(me, repo);
    const head = isFork ? forkOf(world, repo, me) : repo;
    const files = given.files ?? { [`src/${branch}.c`]: `/* ${branch} */\n` };
    const title = given.title ?? "Fix the lock timeout";
    await commitFiles(this.#acting, me.login, { repo: head, branch, files, message: title });
    // GitHub shows a pull request's commits in the repository that it is for, wherever its branch lies.
    if (isFork) shareObjects(world, head, repo);
    const opened = await this.#call("POST", `/repos/${repo.full_name}/pulls`, {
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
    await this.#call("PATCH", `${this.#api(ref)}/pulls/${ref.number}`, changes);
  }

  async comment(ref: ConversationRef, body: string): Promise<CommentRef> {
    const made = await this.#call("POST", `${this.#api(ref)}/issues/${ref.number}/comments`, { body });
    return handle(ref, "comment", made);
  }

  async editComment(comment: CommentRef, body: string): Promise<void> {
    await this.#call("PATCH", this.#commentPath(comment), { body });
  }

  async deleteComment(comment: CommentRef): Promise<void> {
    await this.#call("DELETE", this.#commentPath(comment));
  }

  /** Folds a comment away. */
  async minimize(comment: { readonly id: number }): Promise<void> {
    const row = this.#world.rows.comments.get(comment.id);
    if (row === undefined) throw new Error(`There is no comment ${comment.id}.`);
    this.#world.minimized.set(row.id, "OUTDATED");
    this.#acting.events.commentHidden(row, this.#row());
  }

  async review(
    ref: ConversationRef,
    given: { readonly state: keyof typeof EVENT; readonly body?: string },
  ): Promise<CommentRef> {
    const made = await this.#call("POST", `${this.#api(ref)}/pulls/${ref.number}/reviews`, {
      event: EVENT[given.state],
      body: given.body ?? "",
    });
    return handle(ref, "review", made);
  }

  async dismissReview(review: CommentRef, message = "Outdated."): Promise<void> {
    await this.#call("PUT", `${this.#api(review)}/pulls/${review.number}/reviews/${review.id}/dismissals`, { message });
  }

  async reviewComment(ref: ConversationRef, body: string): Promise<CommentRef> {
    const made = await this.#call("POST", `${this.#api(ref)}/pulls/${ref.number}/comments`, {
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
    const row = this.#pull(ref);
    const repo = this.#world.repoById(row.head_repo_id);
    const named = files ?? { [`src/change-${this.#world.nextId()}.c`]: "/* more */\n" };
    const onto = options.force === true ? { onto: row.base_sha } : {};
    return commitFiles(this.#acting, this.login, {
      repo,
      branch: row.head_ref,
      files: named,
      message: "Go on",
      ...onto,
    });
  }

  async requestReview(ref: ConversationRef, reviewers: Reviewers): Promise<void> {
    await this.#call("POST", `${this.#api(ref)}/pulls/${ref.number}/requested_reviewers`, asked(reviewers));
    this.#tellReviewers(ref, "review_requested", reviewers);
  }

  async removeReviewRequest(ref: ConversationRef, reviewers: Reviewers): Promise<void> {
    await this.#call("DELETE", `${this.#api(ref)}/pulls/${ref.number}/requested_reviewers`, asked(reviewers));
    this.#tellReviewers(ref, "review_request_removed", reviewers);
  }

  async close(ref: ConversationRef): Promise<void> {
    await this.#call("PATCH", `${this.#api(ref)}/pulls/${ref.number}`, { state: "closed" });
  }

  async reopen(ref: ConversationRef): Promise<void> {
    await this.#call("PATCH", `${this.#api(ref)}/pulls/${ref.number}`, { state: "open" });
  }

  async merge(ref: ConversationRef): Promise<void> {
    const repo = this.#repo(ref);
    const before = branchOf(this.#world, repo, repo.default_branch);
    await mergeInto(this.#world, this.#pull(ref), () =>
      this.#call("PUT", `${this.#api(ref)}/pulls/${ref.number}/merge`, {}),
    );
    const after = branchOf(this.#world, repo, repo.default_branch);
    pushed(this.#acting.events, { repo, sender: this.#row(), ref: `refs/heads/${repo.default_branch}`, before, after });
  }

  async markReady(ref: ConversationRef): Promise<void> {
    this.#setDraft(ref, false);
  }

  async convertToDraft(ref: ConversationRef): Promise<void> {
    this.#setDraft(ref, true);
  }

  async addLabel(ref: ConversationRef, name: string): Promise<void> {
    await this.#call("POST", `${this.#api(ref)}/issues/${ref.number}/labels`, { labels: [name] });
  }

  async removeLabel(ref: ConversationRef, name: string): Promise<void> {
    await this.#call("DELETE", `${this.#api(ref)}/issues/${ref.number}/labels/${encodeURIComponent(name)}`);
  }

  async createLabel(
    fullName: string,
    label: { readonly name: string; readonly color?: string; readonly description?: string },
  ): Promise<void> {
    await this.#call("POST", `/repos/${this.#world.repo(fullName).full_name}/labels`, { color: "ededed", ...label });
  }

  async renameLabel(fullName: string, name: string, newName: string): Promise<void> {
    await this.#call("PATCH", `/repos/${this.#world.repo(fullName).full_name}/labels/${encodeURIComponent(name)}`, {
      new_name: newName,
    });
  }

  async deleteLabel(fullName: string, name: string): Promise<void> {
    await this.#call("DELETE", `/repos/${this.#world.repo(fullName).full_name}/labels/${encodeURIComponent(name)}`);
  }

  async openIssue({ repository: fullName, ...fields }: NewIssue): Promise<ConversationRef> {
    const repo = this.#world.repo(fullName);
    const made = await this.#call("POST", `/repos/${repo.full_name}/issues`, fields);
    return conversation(this.#world, this.#world.issue(repo, Number(made.number)));
  }

  async editIssue(
    ref: ConversationRef,
    changes: { readonly title?: string; readonly body?: string; readonly assignees?: readonly string[] },
  ): Promise<void> {
    await this.#call("PATCH", `${this.#api(ref)}/issues/${ref.number}`, changes);
  }

  async closeIssue(ref: ConversationRef): Promise<void> {
    await this.#call("PATCH", `${this.#api(ref)}/issues/${ref.number}`, { state: "closed" });
  }

  async reopenIssue(ref: ConversationRef): Promise<void> {
    await this.#call("PATCH", `${this.#api(ref)}/issues/${ref.number}`, { state: "open" });
  }

  /** Two events, of which neither promises to come first; comments and assignees go along, labels only where the target has them. */
  async transferIssue(ref: ConversationRef, fullName: string): Promise<ConversationRef> {
    const world = this.#world;
    const { rows } = world;
    const [from, to, old] = [this.#repo(ref), world.repo(fullName), world.issue(this.#repo(ref), ref.number)];
    const names = old.label_ids.map((id) => rows.labels.get(id)?.name);
    const kept = rows.labels
      .findBy("repo_id", to.id)
      .filter((row) => names.includes(row.name))
      .map((row) => row.id);
    const numbers = [...rows.issues.findBy("repo_id", to.id)].map((row) => row.number);
    const { id: _, ...fields } = old;
    const inserted = rows.issues.insert({
      ...fields,
      repo_id: to.id,
      number: Math.max(0, ...numbers) + 1,
      label_ids: kept,
    });
    const nodeId = Buffer.from(`0:Issue${inserted.id}`).toString("base64url");
    const made = rows.issues.update(inserted.id, { node_id: nodeId }) ?? inserted;
    for (const row of rows.comments.findBy("repo_id", from.id)) {
      if (row.issue_number === old.number) rows.comments.update(row.id, { repo_id: to.id, issue_number: made.number });
    }
    const shownOld = { ...issue(world, from, old), comments: old.comments };
    const here = { new_issue: issue(world, to, made), new_repository: repository(world, to) };
    const there = { old_issue: shownOld, old_repository: repository(world, from) };
    rows.issues.delete(old.id);
    world.transferredIssues.set(`${from.full_name}#${old.number}`.toLowerCase(), {
      repositoryId: to.id,
      number: made.number,
    });
    const { events } = this.#acting;
    events.emit("issues", "transferred", { issue: shownOld, changes: here }, { repository: from, sender: this.#row() });
    events.emitIssue("opened", made, this.#row(), { changes: there });
    return conversation(world, made);
  }

  async deleteIssue(ref: ConversationRef): Promise<void> {
    const row: IssueRow = this.#world.issue(this.#repo(ref), ref.number);
    this.#acting.events.emitIssue("deleted", row, this.#row());
    this.#world.rows.issues.delete(row.id);
  }

  /** Commits to the default branch; null removes a file. */
  async commit(
    fullName: string,
    files: Readonly<Record<string, string | null>>,
    message = "Change files",
  ): Promise<string> {
    const repo = this.#world.repo(fullName);
    return commitFiles(this.#acting, this.login, { repo, branch: repo.default_branch, files, message });
  }

  async createTag(fullName: string, name: string, sha?: string): Promise<void> {
    const repo = this.#world.repo(fullName);
    const target = sha ?? branchOf(this.#world, repo, repo.default_branch);
    await this.#call("POST", `/repos/${repo.full_name}/git/refs`, { ref: `refs/tags/${name}`, sha: target });
  }

  async createRelease(
    fullName: string,
    given: {
      readonly tag: string;
      readonly name?: string;
      readonly body?: string;
      readonly prerelease?: boolean;
      readonly draft?: boolean;
      readonly sha?: string;
    },
  ): Promise<void> {
    const repo = this.#world.repo(fullName);
    const isTagged = this.#world.rows.refs
      .findBy("repo_id", repo.id)
      .some((row) => row.ref === `refs/tags/${given.tag}`);
    if (!isTagged && given.draft !== true) await this.createTag(fullName, given.tag, given.sha);
    const { tag, sha: _, ...fields } = given;
    await this.#call("POST", `/repos/${repo.full_name}/releases`, { tag_name: tag, name: tag, ...fields });
  }

  #tellReviewers(ref: ConversationRef, action: string, { users = [], teams = [] }: Reviewers): void {
    const world = this.#world;
    const repo = this.#repo(ref);
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
        actorId: this.#row().id,
        extra: { review_requester: user(world, this.#row()), ...who },
      });
      this.#acting.events.emitPull(action, this.#pull(ref), this.#row(), who);
    }
  }

  #setDraft(ref: ConversationRef, draft: boolean): void {
    const world = this.#world;
    const row = world.rows.pullRequests.update(this.#pull(ref).id, { draft });
    if (row === undefined) return;
    const { id: issueId } = world.issue(this.#repo(ref), ref.number);
    world.note({ issueId, event: draft ? "convert_to_draft" : "ready_for_review", actorId: this.#row().id, extra: {} });
    this.#acting.events.emitPull(draft ? "converted_to_draft" : "ready_for_review", row, this.#row());
  }

  #commentPath(comment: CommentRef): string {
    return `${this.#api(comment)}/${comment.kind === "reviewComment" ? "pulls" : "issues"}/comments/${comment.id}`;
  }

  #api(ref: { readonly repositoryId: number }): string {
    return `/repos/${this.#world.repoById(ref.repositoryId).full_name}`;
  }

  #repo(ref: { readonly repositoryId: number }): RepoRow {
    return this.#world.repoById(ref.repositoryId);
  }

  #pull(ref: ConversationRef): PullRow {
    return this.#world.pull(this.#repo(ref), ref.number);
  }

  #row(): UserRow {
    return this.#world.user(this.login);
  }

  #call(method: string, path: string, body?: Json): Promise<Json> {
    return callAs(this.#world, this.login, [method, path], body);
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
