// What tests and the demo look at: what now stands on the emulated GitHub, what the product asked, what it was sent.

import { type CommentRef, type ConversationRef, conversation, tokenOf } from "./acts.ts";
import type { Deliveries, Delivery } from "./deliveries.ts";
import type { Events } from "./events.ts";
import type { Gateway, ProductRequest } from "./gateway.ts";
import { seconds, type World } from "./world.ts";

export interface Parts {
  readonly world: World;
  readonly events: Events;
  readonly deliveries: Deliveries;
  readonly gateway: Gateway;
  readonly violations: string[];
}

export interface ShownComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly minimized: boolean;
  readonly createdAt: string;
}

export class Looking {
  /** Where GitHub's description was not kept, by the product or by us. `close` throws if there are any. */
  readonly violations: readonly string[];
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.violations = parts.violations;
  }

  get url(): string {
    return this.#parts.world.url;
  }
  get graphqlUrl(): string {
    return `${this.url}/graphql`;
  }
  get webUrl(): string {
    return this.url;
  }
  get appId(): number {
    return this.#parts.world.app.id;
  }
  get privateKey(): string {
    return this.#parts.world.app.privateKey;
  }
  get botLogin(): string {
    return this.#parts.world.bot.login;
  }
  /** A personal token, for what uses GitHub without an installation. */
  tokenOf(login: string): string {
    return tokenOf(this.#parts.world.user(login).login);
  }

  idOf(login: string): number {
    return this.#parts.world.account(login).row.id;
  }

  repositoryId(fullName: string): number {
    return this.#parts.world.repo(fullName).id;
  }

  /** Every issue and pull request, oldest first. */
  conversations(): ConversationRef[] {
    const { world } = this.#parts;
    return world.rows.issues
      .all()
      .map((row) => conversation(world, world.findPull(world.repoById(row.repo_id), row.number) ?? row));
  }

  commentsOn(ref: ConversationRef): ShownComment[] {
    const { world } = this.#parts;
    return (
      world.rows.comments
        .findBy("repo_id", ref.repositoryId)
        .filter((row) => row.comment_type === "issue" && row.issue_number === ref.number)
        // emulate moves what was edited to the end.
        .sort((one, other) => one.id - other.id)
        .map((row) => ({
          id: row.id,
          nodeId: row.node_id,
          author: world.userById(row.user_id).login,
          body: row.body,
          minimized: world.minimized.has(row.id),
          createdAt: seconds(row.created_at),
        }))
    );
  }

  labelsOn(ref: ConversationRef): string[] {
    const { world } = this.#parts;
    const issue = world.issue(world.repoById(ref.repositoryId), ref.number);
    return issue.label_ids.flatMap((id) => world.rows.labels.get(id)?.name ?? []);
  }

  labelsOf(fullName: string): { readonly name: string; readonly color: string; readonly description: string | null }[] {
    const { world } = this.#parts;
    return world.rows.labels
      .findBy("repo_id", world.repo(fullName).id)
      .map(({ name, color, description }) => ({ name, color, description }));
  }

  reactionsOn(
    subject: CommentRef | ConversationRef | ShownComment,
  ): { readonly content: string; readonly user: string }[] {
    const { world } = this.#parts;
    const given = world.reactions.filter((row) => row.subject === subject.nodeId);
    return given.map((row) => ({ content: row.content, user: world.userById(row.userId).login }));
  }

  checkRunsOn(
    fullName: string,
    sha?: string,
  ): {
    readonly name: string;
    readonly sha: string;
    readonly status: string;
    readonly conclusion: string | null;
    readonly title: string | null;
    readonly summary: string | null;
  }[] {
    const { world } = this.#parts;
    const rows = world.rows.checkRuns
      .findBy("repo_id", world.repo(fullName).id)
      .filter((row) => sha === undefined || row.head_sha === sha);
    return rows.map(({ name, head_sha, status, conclusion, output: { title, summary } }) => ({
      name,
      sha: head_sha,
      status,
      conclusion,
      title,
      summary,
    }));
  }

  get requests(): readonly ProductRequest[] {
    return this.#parts.gateway.requests;
  }

  /** Those requests that change something on GitHub; tokens are not among them. */
  writes(): readonly ProductRequest[] {
    return this.requests.filter((request) => request.isWrite);
  }

  get deliveries(): readonly Delivery[] {
    return this.#parts.deliveries.sent;
  }
}
