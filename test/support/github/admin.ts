// What owners and administrators do: names, visibility, people, teams. emulate has no webhooks for most of it.

import { type Acting, tokenOf } from "./acts.ts";
import type { OrgRow, RepoRow, UserRow } from "./rows.ts";
import { account, fullTeam, organization, team, user } from "./shapes/accounts.ts";
import { type Json, MEMBERS_TEAM, type Role, type World } from "./world.ts";

const EMULATE_ROLE: Readonly<Record<string, string>> = { read: "pull", write: "push" };
const TO_EMULATE = (role: string): string => EMULATE_ROLE[role] ?? role;

export class Administration {
  readonly #acting: Acting;
  readonly #world: World;

  constructor(acting: Acting) {
    this.#acting = acting;
    this.#world = acting.world;
  }

  /** On the app's settings page: another private key beside the others. */
  addAppKey(privateKey: string): void {
    this.#world.appKeys.add(privateKey);
  }
  deleteAppKey(privateKey: string): void {
    this.#world.appKeys.delete(privateKey);
  }
  changeWebhookSecret(secret: string): void {
    this.#acting.events.deliveries.secret = secret;
  }

  addUser(login: string, more: { readonly name?: string; readonly type?: string } = {}): UserRow {
    const { rows, emulator } = this.#world;
    const existing = this.#world.findUser(login);
    if (existing !== undefined) return existing;
    const row = rows.users.insert({
      login,
      node_id: "",
      type: more.type ?? "User",
      site_admin: false,
      name: more.name ?? null,
      email: null,
    });
    const nodeId = Buffer.from(`0:${row.type}${row.id}`).toString("base64url");
    emulator.tokens.set(tokenOf(login), { login, id: row.id, scopes: ["repo", "user", "admin:org"] });
    return rows.users.update(row.id, { node_id: nodeId }) ?? row;
  }

  repositoryCreated(repo: RepoRow): void {
    this.#emit("created", repo, {});
  }

  renameRepository(fullName: string, name: string): void {
    const repo = this.#world.repo(fullName);
    const [owner] = repo.full_name.split("/");
    const changed = this.#rename(repo, { name, full_name: `${owner}/${name}` });
    this.#emit("renamed", changed, { changes: { repository: { name: { from: repo.name } } } });
  }

  /** Told to the new owner only, and only if the app is installed there. */
  transferRepository(fullName: string, newOwner: string): void {
    const world = this.#world;
    const repo = world.repo(fullName);
    const from = account(world, repo.owner_type, world.ownerOf(repo));
    const owner = world.account(newOwner);
    const changed = this.#rename(repo, {
      owner_id: owner.row.id,
      owner_type: owner.type,
      full_name: `${owner.row.login}/${repo.name}`,
    });
    const previous =
      repo.owner_type === "User"
        ? { user: from }
        : { organization: organization(world, world.org(String(from.login))) };
    this.#emit("transferred", changed, { changes: { owner: { from: previous } } });
  }

  setVisibility(fullName: string, visibility: RepoRow["visibility"]): void {
    const repo = this.#world.repo(fullName);
    const changed = this.#update(repo, { visibility, private: visibility !== "public" });
    if (changed.private !== repo.private) this.#emit(changed.private ? "privatized" : "publicized", changed, {});
  }

  archive(fullName: string): void {
    this.#emit("archived", this.#update(this.#world.repo(fullName), { archived: true }), {});
  }

  unarchive(fullName: string): void {
    this.#emit("unarchived", this.#update(this.#world.repo(fullName), { archived: false }), {});
  }

  setCollaborator(fullName: string, login: string, role: Role): void {
    const { rows } = this.#world;
    const repo = this.#world.repo(fullName);
    const person = this.#world.user(login);
    const existing = rows.collaborators.findBy("repo_id", repo.id).find((row) => row.user_id === person.id);
    const member = user(this.#world, person);
    if (existing !== undefined) rows.collaborators.delete(existing.id);
    if (role !== "none")
      rows.collaborators.insert({ repo_id: repo.id, user_id: person.id, permission: TO_EMULATE(role) });
    const action = role === "none" ? "removed" : existing === undefined ? "added" : "edited";
    if (action === "removed" && existing === undefined) return;
    const old = existing === undefined ? {} : { old_permission: { from: existing.permission } };
    const changes =
      action === "added"
        ? { permission: { to: role === "admin" || role === "read" ? role : "write" } }
        : { ...old, permission: { from: existing?.permission ?? null, to: role } };
    const fields = { member, ...(action === "removed" ? {} : { changes }) };
    this.#acting.events.emit("member", action, fields, { repository: repo, sender: this.ownerOf(repo) });
  }

  setTeamRole(fullName: string, slug: string, role: Role): void {
    const { rows, teamRoles } = this.#world;
    const repo = this.#world.repo(fullName);
    const org = this.#world.org(this.#world.ownerOf(repo).login);
    const row = this.#world.team(org, slug);
    const link = rows.teamRepos.findBy("team_id", row.id).find((found) => found.repo_id === repo.id);
    teamRoles.set(`${row.id}:${repo.id}`, role);
    if (role === "none") {
      if (link !== undefined) rows.teamRepos.delete(link.id);
    } else {
      if (link === undefined) rows.teamRepos.insert({ team_id: row.id, repo_id: repo.id });
      rows.teams.update(row.id, { permission: TO_EMULATE(role) });
    }
    const action = role === "none" ? "removed_from_repository" : link === undefined ? "added_to_repository" : undefined;
    if (action === undefined) return;
    const fields = { team: team(this.#world, this.#world.team(org, slug)) };
    this.#acting.events.emit("team", action, fields, { repository: repo, sender: this.ownerOf(repo) });
  }

  addTeam(orgLogin: string, slug: string): void {
    const { rows } = this.#world;
    const org = this.#world.org(orgLogin);
    if (slug === MEMBERS_TEAM) throw new Error(`emulate keeps the team "${MEMBERS_TEAM}" for itself.`);
    const fields = {
      org_id: org.id,
      slug,
      name: slug,
      description: null,
      permission: "pull",
      privacy: "closed",
      parent_id: null,
    };
    const row = rows.teams.insert({ ...fields, members_count: 0, repos_count: 0, node_id: "" });
    rows.teams.update(row.id, { node_id: Buffer.from(`0:Team${row.id}`).toString("base64url") });
    this.#emitOrg("team", "created", org, { team: team(this.#world, this.#world.team(org, slug)) });
  }

  addTeamMember(orgLogin: string, slug: string, login: string): void {
    const org = this.#world.org(orgLogin);
    const person = this.#world.user(login);
    if (this.#world.membership(org, person) === undefined) this.addOrganizationMember(orgLogin, login);
    const row = this.#world.team(org, slug);
    if (this.#memberRow(row.id, person) !== undefined) return;
    this.#world.rows.teamMembers.insert({ team_id: row.id, user_id: person.id, role: "member" });
    this.#emitOrg("membership", "added", org, {
      scope: "team",
      member: user(this.#world, person),
      team: team(this.#world, row),
    });
  }

  removeTeamMember(orgLogin: string, slug: string, login: string): void {
    const org = this.#world.org(orgLogin);
    const person = this.#world.user(login);
    const row = this.#world.team(org, slug);
    const member = this.#memberRow(row.id, person);
    if (member === undefined) return;
    this.#world.rows.teamMembers.delete(member.id);
    this.#emitOrg("membership", "removed", org, {
      scope: "team",
      member: user(this.#world, person),
      team: team(this.#world, row),
    });
  }

  addOrganizationMember(
    orgLogin: string,
    login: string,
    as: { readonly role?: "owner" | "member"; readonly isPublic?: boolean } = {},
  ): void {
    const org = this.#world.org(orgLogin);
    const person = this.#world.user(login);
    const members = this.#world.membersTeam(org);
    if (as.isPublic === true) this.#world.publicMembers.add(`${org.id}:${person.id}`);
    const existing = this.#memberRow(members.id, person);
    if (existing !== undefined) return;
    this.#world.rows.teamMembers.insert({
      team_id: members.id,
      user_id: person.id,
      role: as.role === "owner" ? "maintainer" : "member",
    });
    this.#emitOrg("organization", "member_added", org, {
      membership: this.#membership(org, person, as.role === "owner" ? "admin" : "member"),
    });
  }

  removeOrganizationMember(orgLogin: string, login: string): void {
    const { rows, publicMembers } = this.#world;
    const org = this.#world.org(orgLogin);
    const person = this.#world.user(login);
    const role = this.#world.membership(org, person) ?? "member";
    for (const row of rows.teams.findBy("org_id", org.id)) {
      if (row.slug !== MEMBERS_TEAM) this.removeTeamMember(orgLogin, row.slug, login);
      else
        for (const member of rows.teamMembers.findBy("team_id", row.id))
          if (member.user_id === person.id) rows.teamMembers.delete(member.id);
    }
    publicMembers.delete(`${org.id}:${person.id}`);
    this.#emitOrg("organization", "member_removed", org, { membership: this.#membership(org, person, role) });
  }

  /** No event tells an app of it. Ids stay, repositories of the person move along. */
  renameUser(login: string, newLogin: string): void {
    const { rows, emulator } = this.#world;
    const person = this.#world.user(login);
    rows.users.update(person.id, { login: newLogin });
    emulator.tokens.set(tokenOf(newLogin), { login: newLogin, id: person.id, scopes: ["repo", "user", "admin:org"] });
    emulator.tokens.delete(tokenOf(person.login));
    this.#renameAccount({ id: person.id, type: "User", from: person.login, to: newLogin });
  }

  renameOrganization(login: string, newLogin: string): void {
    const { rows } = this.#world;
    const org = this.#world.org(login);
    rows.orgs.update(org.id, { login: newLogin });
    this.#renameAccount({ id: org.id, type: "Organization", from: org.login, to: newLogin });
    const changed = this.#world.org(newLogin);
    const membership = this.#membership(changed, this.#world.user("admin"), "admin");
    this.#emitOrg("organization", "renamed", changed, { changes: { login: { from: org.login } }, membership });
  }

  team(orgLogin: string, slug: string): Json {
    return fullTeam(this.#world, this.#world.team(this.#world.org(orgLogin), slug));
  }

  #renameAccount(account_: {
    readonly id: number;
    readonly type: "User" | "Organization";
    readonly from: string;
    readonly to: string;
  }): void {
    const { rows } = this.#world;
    for (const repo of rows.repos.findBy("owner_id", account_.id)) {
      if (repo.owner_type === account_.type) this.#rename(repo, { full_name: `${account_.to}/${repo.name}` });
    }
    const installation = this.#world.installationOf(account_);
    if (installation === undefined) return;
    rows.appInstallations.update(installation.id, { account_login: account_.to });
    const shown = this.#world.account(account_.to);
    const fields = {
      account: account(this.#world, account_.type, shown.row),
      changes: { login: { from: account_.from } },
      target_type: account_.type,
    };
    this.#acting.events.emit("installation_target", "renamed", fields, {
      account: account_,
      sender: this.#world.user("admin"),
    });
  }

  #rename(repo: RepoRow, changes: Partial<RepoRow>): RepoRow {
    const changed = this.#update(repo, changes);
    this.#world.renamed.set(repo.full_name.toLowerCase(), repo.id);
    this.#world.renamed.delete(changed.full_name.toLowerCase());
    return changed;
  }

  #update(repo: RepoRow, changes: Partial<RepoRow>): RepoRow {
    return this.#world.rows.repos.update(repo.id, changes) ?? repo;
  }

  #memberRow(teamId: number, person: UserRow) {
    return this.#world.rows.teamMembers.findBy("team_id", teamId).find((row) => row.user_id === person.id);
  }

  #membership(org: OrgRow, person: UserRow, role: string): Json {
    const url = `${this.#world.url}/orgs/${org.login}`;
    return {
      url: `${url}/memberships/${person.login}`,
      state: "active",
      role,
      organization_url: url,
      user: user(this.#world, person),
    };
  }

  #emit(action: string, repo: RepoRow, fields: Json): void {
    this.#acting.events.emit("repository", action, fields, { repository: repo, sender: this.ownerOf(repo) });
  }

  #emitOrg(event: string, action: string, org: OrgRow, fields: Json): void {
    const place = { account: { id: org.id, type: "Organization" as const }, sender: this.#someMember(org) };
    this.#acting.events.emit(event, action, fields, place);
  }

  /** The repository's owner, or one of the organisation's. */
  ownerOf(repo: RepoRow): UserRow {
    if (repo.owner_type === "User") return this.#world.userById(repo.owner_id);
    const org = this.#world.rows.orgs.get(repo.owner_id);
    return org === undefined ? this.#world.user("admin") : this.#someMember(org);
  }

  #someMember(org: OrgRow): UserRow {
    const owners = this.#world
      .teamMembers(this.#world.membersTeam(org))
      .filter((row) => this.#world.membership(org, row) === "admin");
    return owners[0] ?? this.#world.user("admin");
  }
}
