// What stands on the emulated GitHub when it starts.

import type { RepoRow } from "./rows.ts";
import type { Role, TestApp, World } from "./world.ts";

export interface SeededUser {
  readonly login: string;
  readonly name?: string;
}
export interface SeededOrganization {
  readonly login: string;
  readonly owners?: readonly string[];
  readonly members?: readonly string[];
  /** Members who show it; all others keep it private. */
  readonly publicMembers?: readonly string[];
  /** Slug → logins, who become members of the organisation by that. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
}
export interface SeededRepository {
  readonly name: string;
  readonly visibility?: "public" | "private" | "internal";
  readonly collaborators?: Readonly<Record<string, Role>>;
  readonly teams?: Readonly<Record<string, Role>>;
  readonly files?: Readonly<Record<string, string>>;
}

export function emulateSeed(options: {
  readonly app: TestApp;
  readonly organizations: readonly SeededOrganization[];
  readonly oauth:
    | { readonly clientId: string; readonly clientSecret: string; readonly redirectUris: readonly string[] }
    | undefined;
}): Readonly<Record<string, unknown>> {
  const { app, organizations, oauth } = options;
  return {
    orgs: organizations.map(({ login }) => ({ login, name: login })),
    apps: [
      {
        app_id: app.id,
        slug: app.slug,
        name: app.name,
        private_key: app.privateKey,
        permissions: app.permissions,
        events: app.events,
      },
    ],
    oauth_apps:
      oauth === undefined
        ? []
        : [
            {
              client_id: oauth.clientId,
              client_secret: oauth.clientSecret,
              name: app.name,
              redirect_uris: oauth.redirectUris,
            },
          ],
  };
}

/** Everybody who is named anywhere. */
export function loginsIn(options: {
  readonly users?: readonly (string | SeededUser)[];
  readonly organizations?: readonly SeededOrganization[];
  readonly repositories?: readonly SeededRepository[];
}): SeededUser[] {
  const organizations = options.organizations ?? [];
  const isOrganization = (login: string) => organizations.some((org) => org.login === login);
  const named = [
    ...organizations.flatMap(({ owners = [], members = [], publicMembers = [], teams = {} }) => [
      ...owners,
      ...members,
      ...publicMembers,
      ...Object.values(teams).flat(),
    ]),
    ...(options.repositories ?? []).flatMap(({ name, collaborators = {} }) => [
      name.split("/")[0] ?? "",
      ...Object.keys(collaborators),
    ]),
  ];
  const given = (options.users ?? []).map((user) => (typeof user === "string" ? { login: user } : user));
  return [...given, ...named.filter((login) => !isOrganization(login)).map((login) => ({ login }))];
}

export function addRepositoryRow(world: World, { name: fullName, visibility = "public" }: SeededRepository): RepoRow {
  const [owner = "", name = ""] = fullName.split("/");
  const account = world.account(owner);
  const row = world.rows.repos.insert({
    node_id: "",
    name,
    full_name: fullName,
    owner_id: account.row.id,
    owner_type: account.type,
    private: visibility !== "public",
    visibility,
    archived: false,
    fork: false,
    forked_from_id: null,
    default_branch: "main",
    open_issues_count: 0,
    pushed_at: null,
    description: null,
    topics: [],
    has_issues: true,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    delete_branch_on_merge: false,
  });
  return (
    world.rows.repos.update(row.id, { node_id: Buffer.from(`0:Repository${row.id}`).toString("base64url") }) ?? row
  );
}
