// Somebody who acts on the emulated GitHub: who they are, and emulate called in their name.

import { type Acting, type ConversationRef, callAs } from "./acts.ts";
import type { PullRow, RepoRow, UserRow } from "./rows.ts";
import type { Json, World } from "./world.ts";

export class Somebody {
  readonly login: string;
  protected readonly acting: Acting;
  protected readonly world: World;

  constructor(acting: Acting, login: string) {
    this.login = acting.world.user(login).login;
    this.acting = acting;
    this.world = acting.world;
  }

  protected api(ref: { readonly repositoryId: number }): string {
    return `/repos/${this.world.repoById(ref.repositoryId).full_name}`;
  }

  protected repo(ref: { readonly repositoryId: number }): RepoRow {
    return this.world.repoById(ref.repositoryId);
  }

  protected pull(ref: ConversationRef): PullRow {
    return this.world.pull(this.repo(ref), ref.number);
  }

  protected row(): UserRow {
    return this.world.user(this.login);
  }

  protected call(method: string, path: string, body?: Json): Promise<Json> {
    return callAs(this.world, this.login, [method, path], body);
  }
}
