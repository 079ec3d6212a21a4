// Issues and pull requests: lists, comments, labels, reactions, and what happened to them.

import { type Answer, type Exchange, Refused } from "../exchange.ts";
import { pullDiff } from "../git.ts";
import type { CommentRow, IssueRow, PullRow, RepoRow } from "../rows.ts";
import { user } from "../shapes/accounts.ts";
import { comment, issue, pull, review, reviewComment, simplePull } from "../shapes/conversations.ts";
import { commit, labels } from "../shapes/repositories.ts";
import { type Happened, happened } from "../timeline.ts";
import { type Json, seconds } from "../world.ts";
import type { Operations } from "./operations.ts";
import { findLabel } from "./repositories.ts";

const PULLS = ["pull_requests"];

export const conversationOperations: Operations = {
  "GET /repos/{owner}/{repo}/pulls": (x) => {
    const repo = x.repository(PULLS);
    const state = x.query.get("state") ?? "open";
    const base = x.query.get("base");
    const rows = x.world.rows.pullRequests
      .findBy("repo_id", repo.id)
      .filter((row) => (state === "all" || row.state === state) && (base === null || row.base_ref === base));
    return x.page(sorted(x, rows), (row) => simplePull(x.world, repo, row));
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": (x) => {
    const repo = x.repository(PULLS);
    return { status: 200, body: pull(x.world, repo, pullOf(x, repo)) };
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": (x) => {
    const repo = x.repository(PULLS);
    const { files } = pullDiff(x.world, pullOf(x, repo));
    const api = `${x.world.url}/repos/${repo.full_name}`;
    const { head_sha: sha } = pullOf(x, repo);
    return x.page(files, (file) => ({
      sha: file.sha,
      filename: file.path,
      status: file.status,
      additions: 1,
      deletions: 0,
      changes: 1,
      blob_url: `${x.world.url}/${repo.full_name}/blob/${sha}/${encodeURIComponent(file.path)}`,
      raw_url: `${x.world.url}/${repo.full_name}/raw/${sha}/${encodeURIComponent(file.path)}`,
      contents_url: `${api}/contents/${encodeURIComponent(file.path)}?ref=${sha}`,
    }));
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits": (x) => {
    const repo = x.repository(PULLS);
    return x.page(pullDiff(x.world, pullOf(x, repo)).commits, (row) => commit(x.world, repo, row));
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": (x) => {
    const repo = x.repository(PULLS);
    const { number } = pullOf(x, repo);
    const rows = x.world.rows.reviews.findBy("repo_id", repo.id).filter((row) => row.pull_number === number);
    return x.page(rows, (row) => review(x.world, repo, row));
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": (x) => {
    const repo = x.repository(PULLS);
    const { number } = pullOf(x, repo);
    const rows = commentsIn(x, repo, "review").filter((row) => row.pull_number === number);
    return x.page(rows, (row) => reviewComment(x.world, repo, row));
  },
  "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions": (x) => {
    const repo = x.repository(PULLS, "write");
    return react(x, commentOf(x, repo, "review").node_id);
  },
  "GET /repos/{owner}/{repo}/issues": (x) => {
    const repo = x.repository(["issues"]);
    const state = x.query.get("state") ?? "open";
    const since = x.query.get("since");
    const wanted = (x.query.get("labels") ?? "").split(",").filter((name) => name !== "");
    const ids = wanted.map((name) => findLabel(x, repo, name)?.id);
    const rows = x.world.rows.issues.findBy("repo_id", repo.id).filter((row) => {
      const isNew = since === null || seconds(row.updated_at) >= since;
      return (
        (state === "all" || row.state === state) &&
        isNew &&
        ids.every((id) => id !== undefined && row.label_ids.includes(id))
      );
    });
    return x.page(sorted(x, rows), (row) => issue(x.world, repo, row));
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    return { status: 200, body: issue(x.world, repo, issueOf(x, repo)) };
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    const { number } = issueOf(x, repo);
    const since = x.query.get("since");
    const rows = commentsIn(x, repo, "issue").filter(
      (row) => row.issue_number === number && (since === null || seconds(row.updated_at) >= since),
    );
    return x.page(rows, (row) => comment(x.world, repo, row));
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": async (x) => {
    const repo = writable(x);
    const answer = await x.forward();
    return { status: 201, body: comment(x.world, repo, keptComment(x, answer)) };
  },
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    return { status: 200, body: comment(x.world, repo, commentOf(x, repo, "issue")) };
  },
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": async (x) => {
    const repo = x.repository(["issues", ...PULLS], "write");
    const row = commentOf(x, repo, "issue");
    const isOwn = x.caller.kind !== "installation" || row.user_id === x.world.bot.id;
    if (!isOwn) throw new Refused(403, "Resource not accessible by integration");
    return { status: 200, body: comment(x.world, repo, keptComment(x, await x.forward())) };
  },
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions": (x) => {
    const repo = x.repository(["issues", ...PULLS], "write");
    return react(x, commentOf(x, repo, "issue").node_id);
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/reactions": (x) => {
    const repo = writable(x);
    const row = issueOf(x, repo);
    return react(x, x.world.findPull(repo, row.number)?.node_id ?? row.node_id);
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/labels": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    return { status: 200, body: labels(x.world, repo, issueOf(x, repo).label_ids) };
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels": (x) => setLabels(x),
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels": (x) => setLabels(x),
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": async (x) => {
    const repo = writable(x);
    const row = findLabel(x, repo, x.param("name"));
    if (row === undefined || !issueOf(x, repo).label_ids.includes(row.id))
      throw new Refused(404, "Label does not exist");
    await x.forward({ params: { name: row.name } });
    return { status: 200, body: labels(x.world, repo, issueOf(x, repo).label_ids) };
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/timeline": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    return x.page(happened(x.world, repo, issueOf(x, repo)), (item) => timelineItem(x, repo, item));
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": (x) => {
    const repo = x.repository(["issues", ...PULLS]);
    const items = happened(x.world, repo, issueOf(x, repo)).filter((item) => item.kind === "event");
    return x.page(items, (item) => timelineItem(x, repo, item));
  },
};

/** To write on a pull request an app needs `pull_requests`, on an issue `issues`: GitHub's pages say "one of", its servers do not. */
function writable(x: Exchange): RepoRow {
  const repo = x.repository(["issues", ...PULLS], "write");
  x.mustHave(issueOf(x, repo).is_pull_request ? PULLS : ["issues"], "write");
  return repo;
}

function issueOf(x: Exchange, repo: RepoRow): IssueRow {
  const row = x.world.findIssue(repo, x.number("issue_number"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function pullOf(x: Exchange, repo: RepoRow): PullRow {
  const row = x.world.findPull(repo, x.number("pull_number"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function commentsIn(x: Exchange, repo: RepoRow, type: string): CommentRow[] {
  return x.world.rows.comments.findBy("repo_id", repo.id).filter((row) => row.comment_type === type);
}

function commentOf(x: Exchange, repo: RepoRow, type: string): CommentRow {
  const row = commentsIn(x, repo, type).find((found) => found.id === x.number("comment_id"));
  if (row === undefined) throw new Refused(404, "Not Found");
  return row;
}

function keptComment(x: Exchange, { body }: Answer): CommentRow {
  const id = typeof body === "object" && body !== null && "id" in body ? Number(body.id) : 0;
  const row = x.world.rows.comments.get(id);
  if (row === undefined) throw new Error("emulate did not keep the comment.");
  return row;
}

/** Names of labels are the same in any case; emulate thinks otherwise. */
async function setLabels(x: Exchange): Promise<Answer> {
  const repo = writable(x);
  const given = typeof x.body === "object" && x.body !== null && "labels" in x.body ? x.body.labels : x.body;
  const names = (Array.isArray(given) ? given : []).map((item: unknown) => {
    const name = typeof item === "object" && item !== null && "name" in item ? String(item.name) : String(item);
    return findLabel(x, repo, name)?.name ?? name;
  });
  await x.forward({ body: { labels: names } });
  return { status: 200, body: labels(x.world, repo, issueOf(x, repo).label_ids) };
}

function react(x: Exchange, subject: string): Answer {
  const by = x.caller.kind === "person" ? x.world.user(x.caller.login) : x.world.bot;
  const content = x.text("content") ?? "";
  const found = x.world.reactions.find(
    (row) => row.subject === subject && row.userId === by.id && row.content === content,
  );
  const row = found ?? { id: x.world.nextId(), subject, content, userId: by.id, at: x.world.now() };
  if (found === undefined) x.world.reactions.push(row);
  const body = { id: row.id, node_id: `REA_${row.id}`, user: user(x.world, by), content, created_at: row.at };
  return { status: found === undefined ? 201 : 200, body };
}

function sorted<R extends IssueRow | PullRow>(x: Exchange, rows: readonly R[]): R[] {
  const key = x.query.get("sort") === "updated" ? "updated_at" : "created_at";
  const direction = x.query.get("direction") === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => (a[key] === b[key] ? a.number - b.number : a[key] < b[key] ? -1 : 1) * direction);
}

function timelineItem(x: Exchange, repo: RepoRow, item: Happened): Json {
  switch (item.kind) {
    case "comment": {
      const by = user(x.world, x.world.userById(item.row.user_id));
      return { event: "commented", actor: by, ...comment(x.world, repo, item.row) };
    }
    case "review":
      return { event: "reviewed", ...review(x.world, repo, item.row), state: item.row.state.toLowerCase() };
    case "event": {
      const { entry } = item;
      return {
        id: entry.id,
        node_id: `EV_${entry.id}`,
        url: `${x.world.url}/repos/${repo.full_name}/issues/events/${entry.id}`,
        actor: user(x.world, x.world.userById(entry.actorId)),
        event: entry.event,
        commit_id: null,
        commit_url: null,
        created_at: entry.at,
        performed_via_github_app: null,
        ...entry.extra,
      };
    }
  }
}
