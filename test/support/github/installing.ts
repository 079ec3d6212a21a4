// Where the app is installed: coming, going, pausing, and which repositories it sees.

import type { Acting } from "./acts.ts";
import type { InstallationRow, RepoRow } from "./rows.ts";
import { installation, user } from "./shapes/accounts.ts";
import { installedRepository } from "./shapes/repositories.ts";
import type { Json, World } from "./world.ts";

export interface SeededInstallation {
  readonly account: string;
  readonly repositories: "all" | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
}

export class Installing {
  readonly #acting: Acting;
  readonly #world: World;
  #nextId = 500_001;

  constructor(acting: Acting) {
    this.#acting = acting;
    this.#world = acting.world;
  }

  /** Puts the installation there without telling. */
  seed({ account, repositories, permissions }: SeededInstallation): InstallationRow {
    const { type, row } = this.#world.account(account);
    return this.#world.rows.appInstallations.insert({
      installation_id: this.#nextId++,
      app_id: this.#world.app.id,
      account_type: type,
      account_id: row.id,
      account_login: row.login,
      repository_selection: repositories === "all" ? "all" : "selected",
      repository_ids: repositories === "all" ? [] : repositories.map((name) => this.#world.repo(name).id),
      permissions: permissions ?? this.#world.app.permissions,
      events: this.#world.app.events,
      suspended_at: null,
    });
  }

  /** Answers the installation's id. */
  install(account: string, repositories: SeededInstallation["repositories"]): number {
    const row = this.seed({ account, repositories });
    this.announce(row);
    return row.installation_id;
  }

  announce(row: InstallationRow): void {
    this.#emit("created", row, { ...this.#repositories(row), requester: null });
  }

  uninstall(account: string): void {
    const row = this.of(account);
    const repositories = this.#repositories(row);
    const tell = this.#prepared("deleted", row, repositories);
    this.#world.rows.appInstallations.delete(row.id);
    tell();
  }

  suspend(account: string): void {
    const row = this.#update(account, { suspended_at: this.#world.now() });
    this.#emit("suspend", row, this.#repositories(row));
  }

  unsuspend(account: string): void {
    const row = this.#update(account, { suspended_at: null });
    this.#emit("unsuspend", row, this.#repositories(row));
  }

  acceptPermissions(account: string, permissions: Readonly<Record<string, string>>): void {
    const row = this.#update(account, { permissions });
    this.#emit("new_permissions_accepted", row, this.#repositories(row));
  }

  addRepositories(account: string, names: readonly string[]): void {
    const added = names.map((name) => this.#world.repo(name));
    const before = this.#seen(this.of(account)).map((repo) => repo.id);
    const row = this.#update(account, {
      repository_selection: "selected",
      repository_ids: [...before, ...added.map((repo) => repo.id)],
    });
    this.#emitRepositories("added", row, {
      repositories_added: added.map(installedRepository),
      repositories_removed: [],
    });
  }

  removeRepositories(account: string, names: readonly string[]): void {
    const removed = names.map((name) => this.#world.repo(name));
    const kept = this.#seen(this.of(account)).filter((repo) => !removed.some((gone) => gone.id === repo.id));
    const row = this.#update(account, {
      repository_selection: "selected",
      repository_ids: kept.map((repo) => repo.id),
    });
    this.#emitRepositories("removed", row, {
      repositories_added: [],
      repositories_removed: removed.map(installedRepository),
    });
  }

  of(account: string): InstallationRow {
    const { type, row } = this.#world.account(account);
    const found = this.#world.installationOf({ type, id: row.id });
    if (found === undefined) throw new Error(`The app is not installed at ${account}.`);
    return found;
  }

  /** Tokens of the installation follow it, unless they were asked for certain repositories. */
  #update(account: string, changes: Partial<InstallationRow>): InstallationRow {
    const world = this.#world;
    const old = this.of(account);
    const row = world.rows.appInstallations.update(old.id, changes) ?? old;
    for (const [token, owner] of world.emulator.tokens) {
      if (owner.installation?.installationId !== row.installation_id || world.narrowedTokens.has(token)) continue;
      owner.installation = {
        ...owner.installation,
        repositorySelection: row.repository_selection,
        repositoryIds: row.repository_ids,
      };
    }
    return row;
  }

  #seen(row: InstallationRow): readonly RepoRow[] {
    return this.#world.repositoriesOf(row);
  }

  #repositories(row: InstallationRow): Json {
    return { repositories: this.#seen(row).map(installedRepository) };
  }

  #emitRepositories(action: string, row: InstallationRow, changed: Json): void {
    const fields = { ...changed, repository_selection: row.repository_selection, requester: null };
    this.#prepared(action, row, fields, "installation_repositories")();
  }

  #emit(action: string, row: InstallationRow, fields: Json): void {
    this.#prepared(action, row, fields)();
  }

  /** These are told to an installation that is suspended or just gone, too. */
  #prepared(action: string, row: InstallationRow, fields: Json, event = "installation"): () => void {
    const world = this.#world;
    const sender = row.account_type === "User" ? world.userById(row.account_id) : world.user("admin");
    const payload = { action, installation: installation(world, row), ...fields, sender: user(world, sender) };
    return () => void this.#acting.events.deliveries.deliver(event, payload);
  }
}
