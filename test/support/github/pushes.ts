// Pushes: GitHub tells their commits with the files of each, and brings open pull requests up to date.

import { shareObjects } from "./acts.ts";
import type { Events } from "./events.ts";
import { changesOf, commitsBetween, findCommit } from "./git.ts";
import type { CommitRow, RepoRow, UserRow } from "./rows.ts";
import { repository } from "./shapes/repositories.ts";
import { type Json, seconds, type World } from "./world.ts";

const NOTHING = "0".repeat(40);

export interface Push {
  readonly repo: RepoRow;
  readonly sender: UserRow;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

export function pushed(events: Events, push: Push): void {
  const { world } = events;
  const { repo, sender } = push;
  world.rows.repos.update(repo.id, { pushed_at: world.now() });
  events.emit("push", undefined, pushPayload(world, push), { repository: world.repoById(repo.id), sender });
  if (push.before === NOTHING) return;
  for (const pull of world.rows.pullRequests.all()) {
    if (pull.state !== "open" || pull.head_repo_id !== repo.id || `refs/heads/${pull.head_ref}` !== push.ref) continue;
    if (pull.repo_id !== repo.id) shareObjects(world, repo, world.repoById(pull.repo_id));
    const row = world.rows.pullRequests.update(pull.id, { head_sha: push.after });
    if (row === undefined) continue;
    const forced = commitsBetween(world, repo.id, push.after, push.before).length > 0;
    const { id: issueId } = world.issue(world.repoById(row.repo_id), row.number);
    if (forced)
      world.note({ issueId, event: "head_ref_force_pushed", actorId: sender.id, extra: { commit_id: push.after } });
    events.emitPull("synchronize", row, sender, { before: push.before, after: push.after });
  }
}

export function createPayload(repo: RepoRow, ref: string): Json {
  const isBranch = ref.startsWith("refs/heads/");
  return {
    ref: ref.replace(/^refs\/(?:heads|tags)\//, ""),
    ref_type: isBranch ? "branch" : "tag",
    master_branch: repo.default_branch,
    description: repo.description,
    pusher_type: "user",
  };
}

function pushPayload(world: World, { repo, sender, ref, before, after }: Push): Json {
  const isNew = before === NOTHING;
  const base = isNew
    ? (world.rows.branches.findBy("repo_id", repo.id).find((row) => row.name === repo.default_branch)?.sha ?? "")
    : before;
  const commits = commitsBetween(world, repo.id, base, after);
  const head = findCommit(world, repo.id, after);
  const page = `${world.url}/${repo.full_name}`;
  const seconds1970 = (time: string) => Math.floor(Date.parse(time) / 1000);
  return {
    ref,
    before,
    after,
    base_ref: null,
    compare: isNew
      ? `${page}/compare/${after.slice(0, 12)}`
      : `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    created: isNew,
    deleted: false,
    forced: !isNew && commitsBetween(world, repo.id, after, before).length > 0,
    commits: commits.map((commit) => pushedCommit(world, repo, commit)),
    head_commit: head === undefined ? null : pushedCommit(world, repo, head),
    pusher: { name: sender.login, email: `${sender.login}@users.noreply.github.com` },
    repository: {
      ...repository(world, repo),
      created_at: seconds1970(repo.created_at),
      pushed_at: seconds1970(repo.pushed_at ?? repo.created_at),
      stargazers: 0,
      master_branch: repo.default_branch,
    },
  };
}

function pushedCommit(world: World, repo: RepoRow, row: CommitRow): Json {
  const files = changesOf(world, row);
  const paths = (status: string) => files.filter((file) => file.status === status).map((file) => file.path);
  const person = { name: row.author_name, email: row.author_email, username: world.userById(row.user_id ?? 0).login };
  return {
    id: row.sha,
    tree_id: row.tree_sha,
    distinct: true,
    message: row.message,
    timestamp: seconds(row.committer_date),
    url: `${world.url}/${repo.full_name}/commit/${row.sha}`,
    author: person,
    committer: person,
    added: paths("added"),
    removed: paths("removed"),
    modified: paths("modified"),
  };
}
