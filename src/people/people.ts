// Who somebody is to a repository, asked of GitHub and remembered: write access, teams, organisations. `author_association` in
// webhooks is not used: private members show as strangers there.
import type { Database } from "../db/database.ts";
import type { GitHub } from "../github/client.ts";
import { faultOf } from "../github/faults.ts";
import {
  accessOf,
  keepAccess,
  keepMembership,
  keepOrganizations,
  keepTeam,
  type Member,
  membershipOf,
  organizationsOf,
  teamOf,
} from "./store.ts";

export type Place = {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly ownerId: number;
  readonly owner: string;
  readonly name: string;
};

export type Person = { readonly id: number; readonly login: string };

export type People = {
  /** Whether GitHub lets somebody write in the repository; `maxAgeMillis` 0 asks anew. */
  readonly mayWrite: (place: Place, person: Person, maxAgeMillis?: number) => Promise<boolean>;
  /** A team's members, child teams included; none where the team does not exist or cannot be seen. */
  readonly membersOf: (
    place: Pick<Place, "installationId" | "ownerId">,
    team: { organization: string; slug: string },
    maxAgeMillis?: number,
  ) => Promise<readonly Member[]>;
  /** Organisations that somebody shows on their profile, lower case. */
  readonly publicOrganizations: (installationId: number, person: Person) => Promise<readonly string[]>;
  /** Whether somebody is a member, shown or not: only where we are installed in that organisation. */
  readonly isMember: (installationId: number, organization: string, person: Person) => Promise<boolean>;
  /** The same of whoever bears a login now, asked anew each time: for the seldom question whether somebody has left. */
  readonly isMemberNow: (installationId: number, organization: string, login: string) => Promise<boolean>;
  /** What somebody is in an organisation, asked anew each time. Whoever bears their login now without being them is nobody there. */
  readonly roleIn: (
    installationId: number,
    organization: string,
    person: Person,
  ) => Promise<"owner" | "member" | "none">;
  /** The logins of an organisation's owners, asked anew each time; none where it is no organisation. */
  readonly ownersOf: (installationId: number, organization: string) => Promise<readonly string[]>;
};

const DAY = 24 * 60 * 60_000;
const PAGES = 10;

/** Builds the look-ups. Answers are kept for a day, or until an event says that they changed. */
export function createPeople(parts: { database: Database; github: GitHub; now: () => number }): People {
  const { database, github, now } = parts;
  const { db } = database;

  return {
    mayWrite: async (place, person, maxAgeMillis = DAY) => {
      const known = await accessOf(db, place.repositoryId, person.id);
      if (known !== null && now() - known.readAt < maxAgeMillis) return isWrite(known.permission);
      const octokit = await github.installation(place.installationId);
      const answer = await octokit.rest.repos
        .getCollaboratorPermissionLevel({ owner: place.owner, repo: place.name, username: person.login })
        .then(({ data }) => ({ permission: data.permission, userId: data.user?.id ?? null }), nothingWhereMissing);
      // Somebody else may bear the login by now: then it says nothing of this person. That is kept too, so as not to ask each time.
      const permission = answer !== null && answer.userId === person.id ? answer.permission : "none";
      await keepAccess(db, {
        repositoryId: place.repositoryId,
        userId: person.id,
        login: person.login,
        permission,
        at: now(),
      });
      return isWrite(permission);
    },

    membersOf: async (place, { organization, slug }, maxAgeMillis = DAY) => {
      const known = await teamOf(db, place.ownerId, slug);
      if (known !== null && now() - known.readAt < maxAgeMillis) return known.members;
      const octokit = await github.installation(place.installationId);
      const members: Member[] = [];
      let isFound = true;
      for (let page = 1; page <= PAGES; page += 1) {
        const answer = await octokit.rest.teams
          .listMembersInOrg({ org: organization, team_slug: slug, per_page: 100, page })
          .then(({ data }) => data, nothingWhereMissing);
        if (answer === null) {
          isFound = false;
          break;
        }
        members.push(...answer.map(({ id, login }) => ({ id, login })));
        if (answer.length < 100) break;
      }
      await database.transaction((tx) => keepTeam(tx, { ownerId: place.ownerId, slug, isFound, members, at: now() }));
      return members;
    },

    publicOrganizations: async (installationId, person) => {
      const known = await organizationsOf(db, person.id);
      if (known !== null && now() - known.readAt < DAY) return known.organizations;
      const octokit = await github.installation(installationId);
      const answer = await octokit.rest.orgs
        .listForUser({ username: person.login, per_page: 100 })
        .then(({ data }) => data.map((each) => each.login.toLowerCase()), nothingWhereMissing);
      const organizations = answer ?? [];
      await keepOrganizations(db, { userId: person.id, organizations, at: now() });
      return organizations;
    },

    isMember: async (installationId, organization, person) => {
      const known = await membershipOf(db, organization, person.id);
      if (known !== null && now() - known.readAt < DAY) return known.isMember;
      const octokit = await github.installation(installationId);
      const answer = await octokit.rest.orgs
        .checkMembershipForUser({ org: organization, username: person.login })
        .then(({ status }) => Number(status) === 204, nothingWhereMissing);
      const isMember = answer === true;
      await keepMembership(db, { organization, userId: person.id, isMember, at: now() });
      return isMember;
    },

    isMemberNow: async (installationId, organization, login) => {
      const octokit = await github.installation(installationId);
      const answer = await octokit.rest.orgs
        .checkMembershipForUser({ org: organization, username: login })
        .then(({ status }) => Number(status) === 204, nothingWhereMissing);
      return answer === true;
    },

    roleIn: async (installationId, organization, person) => {
      const octokit = await github.installation(installationId);
      const answer = await octokit.rest.orgs
        .getMembershipForUser({ org: organization, username: person.login })
        .then(({ data }) => data, nothingWhereMissing);
      if (answer === null || answer.state !== "active" || answer.user?.id !== person.id) return "none";
      return answer.role === "admin" ? "owner" : "member";
    },

    ownersOf: async (installationId, organization) => {
      const octokit = await github.installation(installationId);
      const answer = await octokit.rest.orgs
        .listMembers({ org: organization, role: "admin", per_page: 100 })
        .then(({ data }) => data.map((each) => each.login), nothingWhereMissing);
      return answer ?? [];
    },
  };
}

/** Only `admin` and `write` count: triage is told as `read`, and what a stranger gets is not certain (GitHub's REST reference). */
const isWrite = (permission: string): boolean => permission === "admin" || permission === "write";

/** A person, team or organisation that GitHub does not show us is none; anything else is a fault, a refused token above all. */
function nothingWhereMissing(error: unknown): null {
  if (faultOf(error, 0).kind === "gone") return null;
  throw error;
}
