// Repositories: their settings, files, commits, labels, releases and checks.

import { type Answer, type Exchange, Refused } from "../exchange.ts";
import { findCommit } from "../git.ts";
import type { CheckRunRow, LabelRow, RepoRow } from "../rows.ts";
import { app, user } from "../shapes/accounts.ts";
import { commit, fullRepository, label, release } from "../shapes/repositories.ts";
import { type Json, type Role, same, seconds } from "../world.ts";
import type { Operations } from "./operations.ts";

const PERMISSION: Readonly<Record<Role, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

export const repositoryOperations: Operations = {
  "GET /repos/{owner}/{repo}": (x) => ({ status: 200, body: fullRepository(x.world, x.repository(["metadata"])) }),
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": (x) => {
    const repo = x.repository(["metadata"]);
    const person = x.world.findUser(x.param("username"));
    if (person === undefined) throw new Refused(404, "Not Found");
    const role = x.world.roleOf(person, repo);
    const can = (roles: readonly Role[]) => roles.includes(role);
    const permissions = {
      admin: can(["admin"]),
      maintain: can(["admin", "maintain"]),
      push: can(["admin", "maintain", "write"]),
      triage: can(["admin", "maintain", "write", "triage"]),
      pull: role !== "none",
    };
    return {
      status: 200,
      body: {
        permission: PERMISSION[role],
        user: { ...user(x.world, person), permissions, role_name: role },
        role_name: role,
      },
    };
  },
  "GET /repos/{owner}/{repo}/contents/{path}": async (x) => {
    x.repository(["contents"]);
    return x.forward();
  },
  "GET /repos/{owner}/{repo}/commits": async (x) => commits(x, await x.forward()),
  "GET /repos/{owner}/{repo}/commits/{ref}": async (x) => {
    const repo = x.repository(["contents"]);
    const answer = await x.forward();
    return { status: 200, body: { ...objectOf(answer.body), ...committed(x, repo, answer.body) } };
  },
  "GET /repos/{owner}/{repo}/compare/{basehead}": async (x) => {
    const repo = x.repository(["contents"]);
    const answer = objectOf((await x.forward()).body);
    const list = Array.isArray(answer.commits) ? answer.commits : [];
    return {
      status: 200,
      body: {
        ...answer,
        base_commit: committed(x, repo, answer.base_commit),
        merge_base_commit: committed(x, repo, answer.merge_base_commit),
        commits: list.map((item) => committed(x, repo, item)),
      },
    };
  },
  "GET /repos/{owner}/{repo}/labels": (x) => {
    const repo = x.repository(["issues", "pull_requests"]);
    return x.page(x.world.rows.labels.findBy("repo_id", repo.id), (row) => label(x.world, repo, row));
  },
  "POST /repos/{owner}/{repo}/labels": async (x) => {
    const repo = x.repository(["issues", "pull_requests"], "write");
    if (findLabel(x, repo, x.text("name") ?? "") !== undefined) throw alreadyExists();
    return labelAnswer(x, repo, await x.forward());
  },
  "GET /repos/{owner}/{repo}/labels/{name}": (x) => {
    const repo = x.repository(["issues", "pull_requests"]);
    return { status: 200, body: label(x.world, repo, labelOf(x, repo)) };
  },
  "PATCH /repos/{owner}/{repo}/labels/{name}": async (x) => {
    const repo = x.repository(["issues", "pull_requests"], "write");
    const row = labelOf(x, repo);
    const wanted = x.text("new_name");
    const taken = wanted === undefined ? undefined : findLabel(x, repo, wanted);
    if (taken !== undefined && taken.id !== row.id) throw alreadyExists();
    return labelAnswer(x, repo, await x.forward({ params: { name: row.name } }));
  },
  "GET /repos/{owner}/{repo}/releases": (x) => {
    const repo = x.repository(["contents"]);
    const rows = x.world.rows.releases.findBy("repo_id", repo.id).filter((row) => !row.draft);
    return x.page(
      rows.sort((a, b) => b.id - a.id),
      (row) => release(x.world, repo, row),
    );
  },
  "GET /repos/{owner}/{repo}/releases/tags/{tag}": (x) => {
    const repo = x.repository(["contents"]);
    const row = x.world.rows.releases
      .findBy("repo_id", repo.id)
      .find((found) => found.tag_name === x.param("tag") && !found.draft);
    if (row === undefined) throw new Refused(404, "Not Found");
    return { status: 200, body: release(x.world, repo, row) };
  },
  "GET /repos/{owner}/{repo}/tags": (x) => {
    const repo = x.repository(["contents"]);
    const tags = x.world.rows.refs.findBy("repo_id", repo.id).filter((row) => row.ref.startsWith("refs/tags/"));
    const api = `${x.world.url}/repos/${repo.full_name}`;
    return x.page(tags, ({ ref, sha, node_id }) => {
      const name = ref.slice("refs/tags/".length);
      const archives = { zipball_url: `${api}/zipball/${ref}`, tarball_url: `${api}/tarball/${ref}` };
      return { name, ...archives, commit: { sha, url: `${api}/commits/${sha}` }, node_id };
    });
  },
  "POST /repos/{owner}/{repo}/check-runs": async (x) => {
    const repo = x.repository(["checks"], "write");
    if (findCommit(x.world, repo.id, x.text("head_sha") ?? "") === undefined)
      throw new Refused(422, `No commit found for SHA: ${x.text("head_sha")}`);
    const answer = await x.forward();
    const row = x.world.rows.checkRuns.get(Number(objectOf(answer.body).id));
    if (row === undefined) throw new Error("emulate did not keep the check run.");
    return { status: 201, body: checkRun(x, repo, row) };
  },
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": async (x) => {
    const repo = x.repository(["checks"]);
    const answer = objectOf((await x.forward()).body);
    const list = Array.isArray(answer.check_runs) ? answer.check_runs : [];
    const rows = list.flatMap((item) => x.world.rows.checkRuns.get(Number(objectOf(item).id)) ?? []);
    return { status: 200, body: { total_count: rows.length, check_runs: rows.map((row) => checkRun(x, repo, row)) } };
  },
};

export function findLabel(x: Exchange, repo: RepoRow, name: string): LabelRow | undefined {
  return x.world.rows.labels.findBy("repo_id", repo.id).find((row) => same(row.name, name));
}

function labelOf(x: Exchange, repo: RepoRow): LabelRow {
  const row = findLabel(x, repo, x.param("name"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function labelAnswer(x: Exchange, repo: RepoRow, answer: Answer): Answer {
  const row = x.world.rows.labels.get(Number(objectOf(answer.body).id));
  return { status: answer.status, body: row === undefined ? answer.body : label(x.world, repo, row) };
}

function alreadyExists(): Refused {
  return new Refused(422, "Validation Failed", {
    errors: [{ resource: "Label", code: "already_exists", field: "name" }],
  });
}

function commits(x: Exchange, answer: Answer): Answer {
  const repo = x.repository(["contents"]);
  const list = Array.isArray(answer.body) ? answer.body : [];
  return { ...answer, body: list.map((item) => committed(x, repo, item)) };
}

function committed(x: Exchange, repo: RepoRow, shown: unknown): Json {
  const row = findCommit(x.world, repo.id, String(objectOf(shown).sha));
  return row === undefined ? objectOf(shown) : commit(x.world, repo, row);
}

function checkRun(x: Exchange, repo: RepoRow, row: CheckRunRow): Json {
  const api = `${x.world.url}/repos/${repo.full_name}/check-runs/${row.id}`;
  const { title, summary, text, annotations_count } = row.output;
  return {
    id: row.id,
    head_sha: row.head_sha,
    node_id: row.node_id,
    external_id: row.external_id,
    url: api,
    html_url: `${x.world.url}/${repo.full_name}/runs/${row.id}`,
    details_url: row.details_url,
    status: row.status,
    conclusion: row.conclusion,
    started_at: row.started_at === null ? null : seconds(row.started_at),
    completed_at: row.completed_at === null ? null : seconds(row.completed_at),
    output: { title, summary, text, annotations_count, annotations_url: `${api}/annotations` },
    name: row.name,
    check_suite: { id: row.check_suite_id },
    app: app(x.world),
    pull_requests: [],
  };
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
