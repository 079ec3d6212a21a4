// People, organisations, teams, the app and its installations as GitHub's JSON shows them.

import type { InstallationRow, OrgRow, RepoRow, TeamRow, UserRow } from "../rows.ts";
import { type Json, seconds, type World } from "../world.ts";

export function user(world: World, row: UserRow): Json {
  const url = `${world.url}/users/${encodeURIComponent(row.login)}`;
  const page = row.type === "Bot" ? `${world.url}/apps/${row.login.replace("[bot]", "")}` : `${world.url}/${row.login}`;
  return {
    login: row.login,
    id: row.id,
    node_id: row.node_id,
    avatar_url: `${world.url}/avatars/u/${row.id}`,
    gravatar_id: "",
    url,
    html_url: page,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: row.type,
    user_view_type: "public",
    site_admin: row.site_admin,
  };
}

export function fullUser(world: World, row: UserRow): Json {
  return {
    ...user(world, row),
    name: row.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: world.rows.repos.findBy("owner_id", row.id).filter((repo) => !repo.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
  };
}

export function organization(world: World, row: OrgRow): Json {
  const url = `${world.url}/orgs/${row.login}`;
  return {
    login: row.login,
    id: row.id,
    node_id: row.node_id,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/o/${row.id}`,
    description: row.description ?? "",
  };
}

export function fullOrganization(world: World, row: OrgRow): Json {
  return {
    ...organization(world, row),
    name: row.name ?? row.login,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: world.rows.repos.findBy("owner_id", row.id).filter((repo) => !repo.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${world.url}/${row.login}`,
    type: "Organization",
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    archived_at: null,
  };
}

/** An organisation where GitHub shows it as an owner: with the fields of a user. */
export function owner(world: World, repo: RepoRow): Json {
  return account(world, repo.owner_type, world.ownerOf(repo));
}

export function account(world: World, type: "User" | "Organization", row: UserRow | OrgRow): Json {
  return type === "User"
    ? user(world, world.userById(row.id))
    : user(world, { ...row, type: "Organization", site_admin: false, email: null });
}

export function team(world: World, row: TeamRow): Json {
  const org = world.rows.orgs.get(row.org_id);
  const url = `${world.url}/organizations/${row.org_id}/team/${row.id}`;
  return {
    id: row.id,
    node_id: row.node_id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: row.permission,
    url,
    html_url: `${world.url}/orgs/${org?.login}/teams/${row.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: row.org_id,
    parent: null,
  };
}

export function fullTeam(world: World, row: TeamRow): Json {
  const org = world.rows.orgs.get(row.org_id);
  return {
    ...team(world, row),
    members_count: world.rows.teamMembers.findBy("team_id", row.id).length,
    repos_count: world.rows.teamRepos.findBy("team_id", row.id).length,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    organization: org === undefined ? null : fullOrganization(world, org),
  };
}

export function app(world: World): Json {
  const { id, slug, name, permissions, events, createdAt } = world.app;
  return {
    id,
    slug,
    client_id: `Iv1.${id}`,
    node_id: Buffer.from(`0:App${id}`).toString("base64url"),
    owner: user(world, world.user("admin")),
    name,
    description: null,
    external_url: `${world.url}/apps/${slug}`,
    html_url: `${world.url}/apps/${slug}`,
    created_at: createdAt,
    updated_at: createdAt,
    permissions,
    events,
  };
}

export function installation(world: World, row: InstallationRow): Json {
  const found =
    row.account_type === "User" ? world.rows.users.get(row.account_id) : world.rows.orgs.get(row.account_id);
  const owned = found === undefined ? null : account(world, row.account_type, found);
  const settings = row.account_type === "User" ? "settings" : `organizations/${row.account_login}/settings`;
  return {
    id: row.installation_id,
    client_id: `Iv1.${row.app_id}`,
    account: owned,
    repository_selection: row.repository_selection,
    access_tokens_url: `${world.url}/app/installations/${row.installation_id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/${settings}/installations/${row.installation_id}`,
    app_id: row.app_id,
    app_slug: world.app.slug,
    target_id: row.account_id,
    target_type: row.account_type,
    permissions: row.permissions,
    events: row.events,
    created_at: seconds(row.created_at),
    updated_at: seconds(row.updated_at),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: row.suspended_at === null || found === undefined ? null : owned,
    suspended_at: row.suspended_at,
  };
}

export function briefInstallation(row: InstallationRow): Json {
  return {
    id: row.installation_id,
    node_id: Buffer.from(`0:Installation${row.installation_id}`).toString("base64url"),
  };
}
