// A person on the emulated GitHub, with all that they can do there: pull requests, and issues, labels, files and releases.

import { type ConversationRef, commitFiles, conversation } from "./acts.ts";
import { branchOf } from "./branches.ts";
import { PatchActs } from "./patch-acts.ts";
import type { IssueRow } from "./rows.ts";
import { issue } from "./shapes/conversations.ts";
import { repository } from "./shapes/repositories.ts";

export interface NewIssue {
  readonly repository: string;
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}
export class Person extends PatchActs {
  async addLabel(ref: ConversationRef, name: string): Promise<void> {
    await this.call("POST", `${this.api(ref)}/issues/${ref.number}/labels`, { labels: [name] });
  }

  async removeLabel(ref: ConversationRef, name: string): Promise<void> {
    await this.call("DELETE", `${this.api(ref)}/issues/${ref.number}/labels/${encodeURIComponent(name)}`);
  }

  async createLabel(
    fullName: string,
    label: { readonly name: string; readonly color?: string; readonly description?: string },
  ): Promise<void> {
    await this.call("POST", `/repos/${this.world.repo(fullName).full_name}/labels`, { color: "ededed", ...label });
  }

  async renameLabel(fullName: string, name: string, newName: string): Promise<void> {
    await this.call("PATCH", `/repos/${this.world.repo(fullName).full_name}/labels/${encodeURIComponent(name)}`, {
      new_name: newName,
    });
  }

  async deleteLabel(fullName: string, name: string): Promise<void> {
    await this.call("DELETE", `/repos/${this.world.repo(fullName).full_name}/labels/${encodeURIComponent(name)}`);
  }

  async openIssue({ repository: fullName, ...fields }: NewIssue): Promise<ConversationRef> {
    const repo = this.world.repo(fullName);
    const made = await this.call("POST", `/repos/${repo.full_name}/issues`, fields);
    return conversation(this.world, this.world.issue(repo, Number(made.number)));
  }

  async editIssue(
    ref: ConversationRef,
    changes: { readonly title?: string; readonly body?: string; readonly assignees?: readonly string[] },
  ): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/issues/${ref.number}`, changes);
  }

  async closeIssue(ref: ConversationRef): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/issues/${ref.number}`, { state: "closed" });
  }

  async reopenIssue(ref: ConversationRef): Promise<void> {
    await this.call("PATCH", `${this.api(ref)}/issues/${ref.number}`, { state: "open" });
  }

  /** Two events, of which neither promises to come first; comments and assignees go along, labels only where the target has them. */
  async transferIssue(ref: ConversationRef, fullName: string): Promise<ConversationRef> {
    const world = this.world;
    const { rows } = world;
    const [from, to, old] = [this.repo(ref), world.repo(fullName), world.issue(this.repo(ref), ref.number)];
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
    const { events } = this.acting;
    events.emit("issues", "transferred", { issue: shownOld, changes: here }, { repository: from, sender: this.row() });
    events.emitIssue("opened", made, this.row(), { changes: there });
    return conversation(world, made);
  }

  async deleteIssue(ref: ConversationRef): Promise<void> {
    const row: IssueRow = this.world.issue(this.repo(ref), ref.number);
    this.acting.events.emitIssue("deleted", row, this.row());
    this.world.rows.issues.delete(row.id);
  }

  /** Commits to the default branch; null removes a file. A message that says so ("Closes #3") closes a pull request. */
  async commit(
    fullName: string,
    files: Readonly<Record<string, string | null>>,
    message = "Change files",
  ): Promise<string> {
    const { world } = this;
    const repo = world.repo(fullName);
    const sha = await commitFiles(this.acting, this.login, { repo, branch: repo.default_branch, files, message });
    for (const [, number] of message.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #(\d+)/gi)) {
      const pull = world.findPull(repo, Number(number));
      if (pull?.state !== "open") continue;
      world.closers.set(pull.id, sha);
      await this.call("PATCH", `/repos/${repo.full_name}/pulls/${pull.number}`, { state: "closed" });
    }
    return sha;
  }

  /** Commits to another branch, which begins at the default branch as it is then. */
  async commitOn(
    fullName: string,
    change: {
      readonly branch: string;
      readonly files: Readonly<Record<string, string | null>>;
      readonly message: string;
    },
  ): Promise<string> {
    return commitFiles(this.acting, this.login, { repo: this.world.repo(fullName), ...change });
  }

  async createTag(fullName: string, name: string, sha?: string): Promise<void> {
    const repo = this.world.repo(fullName);
    const target = sha ?? branchOf(this.world, repo, repo.default_branch);
    await this.call("POST", `/repos/${repo.full_name}/git/refs`, { ref: `refs/tags/${name}`, sha: target });
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
    const repo = this.world.repo(fullName);
    const isTagged = this.world.rows.refs
      .findBy("repo_id", repo.id)
      .some((row) => row.ref === `refs/tags/${given.tag}`);
    if (!isTagged && given.draft !== true) await this.createTag(fullName, given.tag, given.sha);
    const { tag, sha: _, ...fields } = given;
    await this.call("POST", `/repos/${repo.full_name}/releases`, { tag_name: tag, name: tag, ...fields });
  }
}
