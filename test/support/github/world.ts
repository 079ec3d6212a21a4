// The state of the emulated GitHub: emulate's rows, what emulate has no place for, and the questions asked of both.

import type { Emulator } from "./emulator.ts";
import { Manifests } from "./manifests.ts";
import type { InstallationRow, IssueRow, OrgRow, PullRow, RepoRow, Rows, TeamRow, UserRow } from "./rows.ts";

export type Json = Readonly<Record<string, unknown>>;

/** GitHub's name for what a person may do in a repository. */
export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";
export type Mergeable = "MERGEABLE" | "CONFLICTING" | "UNKNOWN";
export type ChecksState = "SUCCESS" | "FAILURE" | "PENDING";

/** Something that happened to an issue or pull request and that GitHub shows in its timeline. */
export interface TimelineEntry {
  readonly id: number;
  readonly issueId: number;
  readonly event: string;
  readonly actorId: number;
  readonly at: string;
  readonly extra: Json;
}
export interface ReactionRow {
  readonly id: number;
  readonly subject: string;
  readonly content: string;
  readonly userId: number;
  readonly at: string;
}
export interface TestApp {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly events: readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

const ROLES: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
const EMULATE_ROLES: Readonly<Record<string, Role>> = { pull: "read", push: "write" };
export const MEMBERS_TEAM = "members";

export class World {
  readonly url: string;
  readonly app: TestApp;
  readonly emulator: Emulator;
  /** Every private key of the app that GitHub knows; an app may have several. */
  readonly appKeys: Set<string>;
  readonly publicMembers = new Set<string>();
  readonly teamRoles = new Map<string, Role>();
  readonly timeline: TimelineEntry[] = [];
  readonly reactions: ReactionRow[] = [];
  readonly minimized = new Map<number, string>();
  /** Pull requests that are being closed because a commit's message says so, by id, with that commit. */
  readonly closers = new Map<number, string>();
  readonly editedAt = new Map<number, string>();
  readonly mergeable = new Map<number, Mergeable>();
  readonly checks = new Map<number, { readonly state: ChecksState; readonly required: boolean }>();
  /** Lower-case old full name → repository id. */
  readonly renamed = new Map<string, number>();
  /** Lower-case old "owner/name#number" → the issue's new place. */
  readonly transferredIssues = new Map<string, { readonly repositoryId: number; readonly number: number }>();
  /** When tokens of installations run out, as epoch milliseconds. */
  readonly tokenExpiry = new Map<string, number>();
  /** Tokens asked for some repositories only: these do not follow the installation. */
  readonly narrowedTokens = new Set<string>();
  readonly manifests = new Manifests();
  #nextId = 900_000_001;

  constructor(options: { readonly url: string; readonly app: TestApp; readonly emulator: Emulator }) {
    this.url = options.url;
    this.app = options.app;
    this.appKeys = new Set([options.app.privateKey]);
    this.emulator = options.emulator;
  }

  get rows(): Rows {
    return this.emulator.rows;
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** The time as GitHub writes it: no milliseconds. */
  now(): string {
    return seconds(new Date().toISOString());
  }

  user(login: string): UserRow {
    return this.findUser(login) ?? unknown("user", login);
  }

  findUser(login: string): UserRow | undefined {
    return this.rows.users.findOneBy("login", login) ?? this.rows.users.all().find((row) => same(row.login, login));
  }

  userById(id: number): UserRow {
    return this.rows.users.get(id) ?? this.user("ghost");
  }

  get bot(): UserRow {
    return this.user(`${this.app.slug}[bot]`);
  }

  findOrg(login: string): OrgRow | undefined {
    return this.rows.orgs.all().find((row) => same(row.login, login));
  }

  org(login: string): OrgRow {
    return this.findOrg(login) ?? unknown("organization", login);
  }

  account(login: string): { readonly type: "User" | "Organization"; readonly row: UserRow | OrgRow } {
    const org = this.findOrg(login);
    return org === undefined ? { type: "User", row: this.user(login) } : { type: "Organization", row: org };
  }

  ownerOf(repo: RepoRow): UserRow | OrgRow {
    const owner = repo.owner_type === "User" ? this.rows.users.get(repo.owner_id) : this.rows.orgs.get(repo.owner_id);
    return owner ?? unknown("owner of", repo.full_name);
  }

  findRepo(fullName: string): RepoRow | undefined {
    return (
      this.rows.repos.findOneBy("full_name", fullName) ??
      this.rows.repos.all().find((row) => same(row.full_name, fullName))
    );
  }

  repo(fullName: string): RepoRow {
    return this.findRepo(fullName) ?? unknown("repository", fullName);
  }

  repoById(id: number): RepoRow {
    return this.rows.repos.get(id) ?? unknown("repository", String(id));
  }

  findIssue(repo: RepoRow, number: number): IssueRow | undefined {
    return this.rows.issues.findBy("repo_id", repo.id).find((row) => row.number === number);
  }

  issue(repo: RepoRow, number: number): IssueRow {
    return this.findIssue(repo, number) ?? unknown("issue", `${repo.full_name}#${number}`);
  }

  findPull(repo: RepoRow, number: number): PullRow | undefined {
    return this.rows.pullRequests.findBy("repo_id", repo.id).find((row) => row.number === number);
  }

  pull(repo: RepoRow, number: number): PullRow {
    return this.findPull(repo, number) ?? unknown("pull request", `${repo.full_name}#${number}`);
  }

  findTeam(org: OrgRow, slug: string): TeamRow | undefined {
    return this.rows.teams.findBy("org_id", org.id).find((row) => same(row.slug, slug) && row.slug !== MEMBERS_TEAM);
  }

  team(org: OrgRow, slug: string): TeamRow {
    return this.findTeam(org, slug) ?? unknown("team", `${org.login}/${slug}`);
  }

  teamMembers(team: TeamRow): readonly UserRow[] {
    return this.rows.teamMembers.findBy("team_id", team.id).map((row) => this.userById(row.user_id));
  }

  /** emulate keeps an organisation's members as a team of its own; owners are its maintainers. */
  membersTeam(org: OrgRow): TeamRow {
    const found = this.rows.teams.findBy("org_id", org.id).find((row) => row.slug === MEMBERS_TEAM);
    return found ?? unknown("members of", org.login);
  }

  membership(org: OrgRow, user: UserRow): "admin" | "member" | undefined {
    const row = this.rows.teamMembers
      .findBy("team_id", this.membersTeam(org).id)
      .find((member) => member.user_id === user.id);
    if (row === undefined) return undefined;
    return row.role === "maintainer" ? "admin" : "member";
  }

  organizationsOf(user: UserRow): readonly OrgRow[] {
    return this.rows.orgs.all().filter((org) => this.membership(org, user) !== undefined);
  }

  isPublicMember(org: OrgRow, user: UserRow): boolean {
    return this.publicMembers.has(`${org.id}:${user.id}`);
  }

  /** The highest of what the person has by owning, by membership, by teams, by invitation, and by the repository being public. */
  roleOf(user: UserRow, repo: RepoRow): Role {
    const roles: Role[] = [repo.private ? "none" : "read"];
    if (repo.owner_type === "User" && repo.owner_id === user.id) roles.push("admin");
    for (const row of this.rows.collaborators.findBy("repo_id", repo.id)) {
      if (row.user_id === user.id) roles.push(roleNamed(row.permission));
    }
    const org = repo.owner_type === "Organization" ? this.rows.orgs.get(repo.owner_id) : undefined;
    if (org !== undefined) {
      const membership = this.membership(org, user);
      if (membership !== undefined) roles.push(membership === "admin" ? "admin" : "read");
      for (const row of this.rows.teamMembers.findBy("user_id", user.id)) {
        roles.push(this.teamRoles.get(`${row.team_id}:${repo.id}`) ?? "none");
      }
    }
    return roles.reduce((best, role) => (ROLES.indexOf(role) > ROLES.indexOf(best) ? role : best));
  }

  canWrite(user: UserRow, repo: RepoRow): boolean {
    return ROLES.indexOf(this.roleOf(user, repo)) >= ROLES.indexOf("write");
  }

  installations(): readonly InstallationRow[] {
    return this.rows.appInstallations.all();
  }

  installation(id: number): InstallationRow | undefined {
    return this.installations().find((row) => row.installation_id === id);
  }

  installationOf(account: {
    readonly id: number;
    readonly type: "User" | "Organization";
  }): InstallationRow | undefined {
    return this.installations().find((row) => row.account_id === account.id && row.account_type === account.type);
  }

  repositoriesOf(
    installation: Pick<InstallationRow, "account_id" | "account_type" | "repository_selection" | "repository_ids">,
  ): RepoRow[] {
    return this.rows.repos.all().filter((repo) => covers(installation, repo));
  }

  note(entry: Omit<TimelineEntry, "id" | "at">): TimelineEntry {
    const noted = { ...entry, id: this.nextId(), at: this.now() };
    this.timeline.push(noted);
    return noted;
  }
}

export function covers(
  installation: Pick<InstallationRow, "account_id" | "account_type" | "repository_selection" | "repository_ids">,
  repo: RepoRow,
): boolean {
  if (repo.owner_id !== installation.account_id || repo.owner_type !== installation.account_type) return false;
  return installation.repository_selection === "all" || installation.repository_ids.includes(repo.id);
}

function roleNamed(permission: string): Role {
  return EMULATE_ROLES[permission] ?? ROLES.find((role) => role === permission) ?? "none";
}

/** emulate's times have milliseconds, GitHub's do not. */
export function seconds(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}

export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unknown(kind: string, name: string): never {
  throw new Error(`There is no ${kind} ${name} on the emulated GitHub.`);
}
