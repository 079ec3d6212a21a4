// People, organisations and teams: membership is private where the person keeps it so.

import { type Exchange, Refused } from "../exchange.ts";
import type { OrgRow, TeamRow, UserRow } from "../rows.ts";
import { fullOrganization, fullTeam, fullUser, organization, user } from "../shapes/accounts.ts";
import type { Operations } from "./operations.ts";

export const accountOperations: Operations = {
  "GET /users/{username}": (x) => {
    const row = x.world.findUser(x.param("username"));
    if (row !== undefined) return { status: 200, body: fullUser(x.world, row) };
    const org = x.world.findOrg(x.param("username"));
    if (org === undefined) throw new Refused(404, "Not Found");
    return { status: 200, body: fullUser(x.world, { ...org, type: "Organization", site_admin: false, email: null }) };
  },
  "GET /users/{username}/orgs": (x) => {
    const person = userOf(x);
    const shown = x.world.organizationsOf(person).filter((org) => x.world.isPublicMember(org, person));
    return x.page(shown, (org) => organization(x.world, org));
  },
  "GET /user": (x) => {
    if (x.caller.kind !== "person") throw new Refused(401, "Requires authentication");
    return { status: 200, body: fullUser(x.world, x.world.user(x.caller.login)) };
  },
  "GET /orgs/{org}": (x) => ({ status: 200, body: fullOrganization(x.world, orgOf(x)) }),
  "GET /orgs/{org}/members": (x) => {
    const org = orgOf(x);
    const all = x.world.teamMembers(x.world.membersTeam(org));
    const role = x.query.get("role") ?? "all";
    const seen = all.filter((row) => seesMembers(x, org) || x.world.isPublicMember(org, row));
    const wanted = seen.filter((row) => role === "all" || x.world.membership(org, row) === role);
    return x.page(wanted, (row) => user(x.world, row));
  },
  "GET /orgs/{org}/members/{username}": (x) => {
    const org = orgOf(x);
    const person = userOf(x);
    if (!seesMembers(x, org)) {
      const location = `${x.world.url}/orgs/${org.login}/public_members/${person.login}`;
      return { status: 302, headers: { location } };
    }
    if (x.world.membership(org, person) === undefined) throw new Refused(404, "Not Found");
    return { status: 204 };
  },
  "GET /orgs/{org}/memberships/{username}": (x) => {
    const org = orgOf(x);
    const person = userOf(x);
    if (!seesMembers(x, org)) throw new Refused(403, "Resource not accessible by integration");
    const role = x.world.membership(org, person);
    if (role === undefined) throw new Refused(404, "Not Found");
    const body = {
      url: `${x.world.url}/orgs/${org.login}/memberships/${person.login}`,
      state: "active",
      role,
      organization_url: `${x.world.url}/orgs/${org.login}`,
      organization: organization(x.world, org),
      user: user(x.world, person),
    };
    return { status: 200, body };
  },
  "GET /orgs/{org}/public_members/{username}": (x) => {
    if (!x.world.isPublicMember(orgOf(x), userOf(x))) throw new Refused(404, "Not Found");
    return { status: 204 };
  },
  "GET /orgs/{org}/teams/{team_slug}": (x) => ({ status: 200, body: fullTeam(x.world, teamOf(x)) }),
  "GET /orgs/{org}/teams/{team_slug}/members": (x) =>
    x.page(x.world.teamMembers(teamOf(x)), (row) => user(x.world, row)),
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}": (x) => {
    const team = teamOf(x);
    const person = userOf(x);
    const row = x.world.rows.teamMembers.findBy("team_id", team.id).find((member) => member.user_id === person.id);
    if (row === undefined) throw new Refused(404, "Not Found");
    const url = `${x.world.url}/organizations/${team.org_id}/team/${team.id}/memberships/${person.login}`;
    return { status: 200, body: { url, role: row.role, state: "active" } };
  },
};

function userOf(x: Exchange): UserRow {
  const row = x.world.findUser(x.param("username"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function orgOf(x: Exchange): OrgRow {
  const row = x.world.findOrg(x.param("org"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function teamOf(x: Exchange): TeamRow {
  const org = orgOf(x);
  if (!seesMembers(x, org))
    throw x.caller.kind === "installation"
      ? new Refused(403, "Resource not accessible by integration")
      : new Refused(404, "Not Found");
  const row = x.world.findTeam(org, x.param("team_slug"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

/** The app with `members: read` where it is installed, and the organisation's own people. */
function seesMembers(x: Exchange, org: OrgRow): boolean {
  const { caller, world } = x;
  if (caller.kind === "person") return world.membership(org, world.user(caller.login)) !== undefined;
  if (caller.kind !== "installation") return false;
  const isHere = caller.installation.account_type === "Organization" && caller.installation.account_id === org.id;
  return isHere && caller.permissions.members !== undefined;
}
