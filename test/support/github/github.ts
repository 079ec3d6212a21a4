// The GitHub that tests and the demo run against: emulate behind a gateway that speaks as GitHub does and is held to GitHub's description.

import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { type ConversationRef, commitFiles, systemToken } from "./acts.ts";
import { Administration } from "./admin.ts";
import { Deliveries, type Delivery, type ReleaseOrder } from "./deliveries.ts";
import { type Dispatch, startEmulator } from "./emulator.ts";
import { Events } from "./events.ts";
import type { Fault, FaultMatch } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { Installing, type SeededInstallation } from "./installing.ts";
import { Looking, type Parts } from "./looking.ts";
import { Person } from "./person.ts";
import {
  addRepositoryRow,
  emulateSeed,
  loginsIn,
  type SeededOrganization,
  type SeededRepository,
  type SeededUser,
} from "./seed.ts";
import { type ChecksState, type Json, type Mergeable, type Role, seconds, World } from "./world.ts";

export type { CommentRef, ConversationRef } from "./acts.ts";
export type { Delivery } from "./deliveries.ts";
export type { Fault, FaultMatch } from "./faults.ts";
export type { SeededInstallation } from "./installing.ts";
export type { Person } from "./person.ts";
export type { SeededOrganization, SeededRepository, SeededUser } from "./seed.ts";
export type { ChecksState, Mergeable, Role } from "./world.ts";

export interface GitHubOptions {
  readonly webhookUrl?: string;
  readonly webhookSecret: string;
  readonly appId?: number;
  readonly slug?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly events?: readonly string[];
  readonly users?: readonly (string | SeededUser)[];
  readonly organizations?: readonly SeededOrganization[];
  readonly repositories?: readonly SeededRepository[];
  readonly installations?: readonly SeededInstallation[];
  /** For the board's sign-in. */
  readonly oauth?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUris: readonly string[];
  };
}

const PERMISSIONS = {
  contents: "read",
  metadata: "read",
  members: "read",
  statuses: "read",
  issues: "write",
  pull_requests: "write",
  checks: "write",
};
const EVENTS =
  "pull_request pull_request_review pull_request_review_comment issue_comment issues label release create push repository organization member membership team".split(
    " ",
  );

/** One key for all of a process: making one takes longer than everything else. */
let privateKey: Promise<string> | undefined;

/** Starts a GitHub of its own on loopback; time is the global `Date`. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  privateKey ??= makeKey();
  const gateway = new Gateway();
  const url = await gateway.listen();
  let dispatched: ((dispatch: Dispatch) => void) | undefined;
  const app = {
    id: options.appId ?? 4242,
    slug: options.slug ?? "patch-advocate",
    name: "Patch Advocate",
    privateKey: await privateKey,
    webhookSecret: options.webhookSecret,
    events: options.events ?? EVENTS,
    permissions: options.permissions ?? PERMISSIONS,
    createdAt: seconds(new Date().toISOString()),
  };
  const seed = emulateSeed({ app, organizations: options.organizations ?? [], oauth: options.oauth });
  const emulator = await startEmulator({ url, seed, onDispatch: (dispatch) => dispatched?.(dispatch) });
  const world = new World({ url, app, emulator });
  const violations: string[] = [];
  const deliveries = new Deliveries({ secret: options.webhookSecret, appId: app.id, url: undefined, violations });
  const events = new Events(world, deliveries);
  const github = new GitHub({ world, events, deliveries, gateway, violations });
  await github.seed(options);
  dispatched = (dispatch) => events.fromEmulate(dispatch);
  deliveries.url = options.webhookUrl;
  gateway.open({ world, events, violations });
  return github;
}

export class GitHub extends Looking {
  readonly administration: Administration;
  readonly installing: Installing;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    super(parts);
    this.#parts = parts;
    this.administration = new Administration(parts);
    this.installing = new Installing(parts);
  }

  get webhookUrl(): string | undefined {
    return this.#parts.deliveries.url;
  }
  set webhookUrl(url: string | undefined) {
    this.#parts.deliveries.url = url;
  }

  async seed(options: GitHubOptions): Promise<void> {
    const { app } = this.#parts.world;
    const { administration: admin } = this;
    admin.addUser(`${app.slug}[bot]`, { type: "Bot" });
    for (const { login, ...more } of loginsIn(options)) admin.addUser(login, more);
    for (const org of options.organizations ?? []) {
      for (const login of org.owners ?? []) admin.addOrganizationMember(org.login, login, { role: "owner" });
      for (const login of org.members ?? []) admin.addOrganizationMember(org.login, login);
      for (const login of org.publicMembers ?? []) admin.addOrganizationMember(org.login, login, { isPublic: true });
      for (const [slug, logins] of Object.entries(org.teams ?? {})) {
        admin.addTeam(org.login, slug);
        for (const login of logins) admin.addTeamMember(org.login, slug, login);
      }
    }
    for (const repository of options.repositories ?? []) await this.addRepository(repository);
    for (const installation of options.installations ?? []) this.installing.seed(installation);
  }

  /** A repository with its first commit. */
  async addRepository(seeded: SeededRepository): Promise<void> {
    const { world } = this.#parts;
    const repo = addRepositoryRow(world, seeded);
    this.administration.repositoryCreated(repo);
    for (const [login, role] of Object.entries(seeded.collaborators ?? {}))
      this.administration.setCollaborator(seeded.name, login, role);
    for (const [slug, role] of Object.entries(seeded.teams ?? {}))
      this.administration.setTeamRole(seeded.name, slug, role);
    const files = { "README.md": `# ${repo.name}\n`, ...seeded.files };
    await commitFiles({ world }, systemToken(world, repo), {
      repo,
      branch: repo.default_branch,
      files,
      message: "Begin",
      author: this.administration.ownerOf(repo),
    });
  }

  as(login: string): Person {
    return new Person(this.#parts, login);
  }

  installationId(account: string): number {
    return this.installing.of(account).installation_id;
  }

  announceInstallations(): void {
    for (const announce of this.announcements()) announce();
  }

  /** One for each installation, for who has to know which came first. */
  announcements(): readonly (() => void)[] {
    return this.#parts.world.installations().map((row) => () => this.installing.announce(row));
  }

  setMergeable(ref: ConversationRef, mergeable: Mergeable): void {
    this.#parts.world.mergeable.set(ref.id, mergeable);
  }

  /** The state of the head commit's checks; null: it has none. */
  setChecks(
    ref: ConversationRef,
    state: ChecksState | null,
    { required = false }: { readonly required?: boolean } = {},
  ): void {
    if (state === null) this.#parts.world.checks.delete(ref.id);
    else this.#parts.world.checks.set(ref.id, { state, required });
  }

  clearRequests(): void {
    this.#parts.gateway.requests.length = 0;
  }

  fault(match: FaultMatch, fault: Fault, options: { readonly times?: number } = {}): void {
    this.#parts.gateway.faults.add(match, fault, options);
  }

  useUpHour(hour: { readonly left: number }): void {
    this.#parts.gateway.useUpHour(hour);
  }

  clearFaults(): void {
    this.#parts.gateway.faults.clear();
  }

  hold(): void {
    this.#parts.deliveries.hold();
  }

  release({ order = "asSent" }: { readonly order?: ReleaseOrder } = {}): void {
    this.#parts.deliveries.release(order);
  }

  /** Sends a delivery again under the guid it had. */
  redeliver(guid: string): void {
    const found = this.deliveries.find((delivery) => delivery.guid === guid);
    if (found === undefined) throw new Error(`There is no delivery ${guid}.`);
    this.#parts.deliveries.redeliver(found);
  }

  /** Sends anything, correctly signed and not held against the description. */
  deliver(event: string, payload: Json): Delivery {
    return this.#parts.deliveries.deliver(event, payload, { checked: false });
  }

  sign(body: string): string {
    return this.#parts.deliveries.sign(body);
  }

  settled(): Promise<void> {
    return this.#parts.deliveries.settled();
  }

  /** Throws the violations, if there were any. */
  async close(): Promise<void> {
    await this.settled();
    await this.#parts.gateway.close();
    await this.#parts.world.emulator.close();
    if (this.violations.length > 0)
      throw new Error(`GitHub's description was not kept:\n${[...new Set(this.violations)].join("\n")}`);
  }

  renameRepository(fullName: string, name: string): void {
    this.administration.renameRepository(fullName, name);
  }
  transferRepository(fullName: string, owner: string): void {
    this.administration.transferRepository(fullName, owner);
  }
  setVisibility(fullName: string, visibility: "public" | "private" | "internal"): void {
    this.administration.setVisibility(fullName, visibility);
  }
  archive(fullName: string): void {
    this.administration.archive(fullName);
  }
  unarchive(fullName: string): void {
    this.administration.unarchive(fullName);
  }
  addTeamMember(org: string, team: string, login: string): void {
    this.administration.addTeamMember(org, team, login);
  }
  removeTeamMember(org: string, team: string, login: string): void {
    this.administration.removeTeamMember(org, team, login);
  }
  addOrganizationMember(
    org: string,
    login: string,
    as: { readonly role?: "owner" | "member"; readonly isPublic?: boolean } = {},
  ): void {
    this.administration.addOrganizationMember(org, login, as);
  }
  removeOrganizationMember(org: string, login: string): void {
    this.administration.removeOrganizationMember(org, login);
  }
  setCollaborator(fullName: string, login: string, role: Role): void {
    this.administration.setCollaborator(fullName, login, role);
  }
  renameUser(login: string, newLogin: string): void {
    this.administration.renameUser(login, newLogin);
  }
  renameOrganization(login: string, newLogin: string): void {
    this.administration.renameOrganization(login, newLogin);
  }
  install(account: string, repositories: "all" | readonly string[]): number {
    return this.installing.install(account, repositories);
  }
  uninstall(account: string): void {
    this.installing.uninstall(account);
  }
  suspend(account: string): void {
    this.installing.suspend(account);
  }
  unsuspend(account: string): void {
    this.installing.unsuspend(account);
  }
  addRepositories(account: string, names: readonly string[]): void {
    this.installing.addRepositories(account, names);
  }
  removeRepositories(account: string, names: readonly string[]): void {
    this.installing.removeRepositories(account, names);
  }
  acceptPermissions(account: string, permissions: Readonly<Record<string, string>>): void {
    this.installing.acceptPermissions(account, permissions);
  }
}

async function makeKey(): Promise<string> {
  const { privateKey: key } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return key;
}
