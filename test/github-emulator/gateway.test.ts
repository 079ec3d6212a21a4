// The emulated GitHub seen as the product sees it: through Probot's Octokit and through webhooks, held against GitHub's description.

import { verify } from "@octokit/webhooks-methods";
import { Probot, ProbotOctokit } from "probot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  MINIMIZE,
  MORE_TIMELINE,
  OBSERVE,
  OPEN_PATCHES,
  PATCHES_BY_ID,
  REQUIRED_CHECKS,
} from "../../src/github/queries.ts";
import { type GitHub, startGitHub } from "../support/github/github.ts";
import { startReceiver } from "./receiver.ts";

const SECRET = "a-secret-of-the-tests";
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let github: GitHub;
let status = 202;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-02T09:00:00.123Z") });
  status = 202;
  receiver = await startReceiver(() => status);
  github = await startGitHub({
    webhookUrl: receiver.url,
    webhookSecret: SECRET,
    organizations: [
      {
        login: "acme-db",
        owners: ["boss"],
        members: ["mira"],
        publicMembers: ["dana"],
        teams: { support: ["dana"], engine: ["mira"] },
      },
    ],
    users: ["stranger"],
    repositories: [
      { name: "acme-db/engine", teams: { engine: "write" }, files: { ".github/patch-advocate.yml": "version: 1\n" } },
      { name: "acme-db/cases", visibility: "private" },
    ],
    installations: [{ account: "acme-db", repositories: "all" }],
  });
});

afterEach(async () => {
  await github.close();
  await receiver.close();
  vi.useRealTimers();
});

/** Without throttling, which waits by `Date`: that stands still here. */
function quiet() {
  return ProbotOctokit.defaults((options: Record<string, unknown>) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
}
function probot() {
  return new Probot({
    Octokit: quiet(),
    appId: github.appId,
    privateKey: github.privateKey,
    secret: SECRET,
    baseUrl: github.url,
    logLevel: "fatal",
  });
}
async function octokit() {
  return probot().auth(github.installationId("acme-db"));
}
const engine = { owner: "acme-db", repo: "engine" };

function told(): string[] {
  return github.deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
}

test("a person's acts on a pull request reach the product, signed, in order and with the person as sender", async () => {
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine", body: "Case: CASE-7" });
  await github.as("stranger").editPullRequest(patch, { title: "Another title" });
  const comment = await github.as("mira").comment(patch, "Please add a test");
  await github.as("mira").editComment(comment, "Please add two tests");
  await github.as("mira").deleteComment(comment);
  await github.as("stranger").push(patch);
  await github.as("stranger").convertToDraft(patch);
  await github.as("stranger").markReady(patch);
  await github.as("boss").requestReview(patch, { users: ["mira"], teams: ["engine"] });
  await github.as("boss").removeReviewRequest(patch, { teams: ["engine"] });
  const review = await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Not yet" });
  await github.as("mira").reviewComment(patch, "here");
  await github.as("boss").dismissReview(review);
  await github.as("mira").addLabel(patch, "bug");
  await github.as("mira").removeLabel(patch, "bug");
  await github.as("mira").close(patch);
  await github.as("mira").reopen(patch);
  await github.as("boss").merge(patch);
  await github.settled();

  expect(told()).toEqual([
    "pull_request.opened",
    "pull_request.edited",
    "issue_comment.created",
    "issue_comment.edited",
    "issue_comment.deleted",
    "pull_request.synchronize",
    "pull_request.converted_to_draft",
    "pull_request.ready_for_review",
    "pull_request.review_requested",
    "pull_request.review_requested",
    "pull_request.review_request_removed",
    "pull_request_review.submitted",
    "pull_request_review_comment.created",
    "pull_request_review.dismissed",
    "label.created",
    "pull_request.labeled",
    "pull_request.unlabeled",
    "pull_request.closed",
    "pull_request.reopened",
    "pull_request.closed",
    "push",
  ]);
  expect(receiver.received.map(({ guid }) => guid)).toEqual(github.deliveries.map(({ guid }) => guid));
  expect(new Set(receiver.received.map(({ guid }) => guid)).size).toBe(21);
  for (const { body, signature } of receiver.received) expect(await verify(SECRET, body, signature)).toBe(true);
  const [opened, edited, created, changed] = github.deliveries.map(({ payload }) => payload);
  expect(opened).toMatchObject({
    sender: { login: "stranger" },
    installation: { id: github.installationId("acme-db") },
    pull_request: { created_at: "2026-03-02T09:00:00Z", body: "Case: CASE-7" },
  });
  expect(edited).toMatchObject({ changes: { title: { from: "Fix the lock timeout" } } });
  expect(created).toMatchObject({ issue: { pull_request: {} }, sender: { login: "mira" } });
  expect(changed).toMatchObject({ changes: { body: { from: "Please add a test" } } });
});

test("the product reads and writes through Probot's Octokit, and every answer is as GitHub describes it", async () => {
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("mira").review(patch, { state: "APPROVED" });
  await github.as("mira").reviewComment(patch, "here");
  await github.as("boss").requestReview(patch, { users: ["mira"], teams: ["engine"] });
  await github.as("mira").addLabel(patch, "bug");
  await github.as("boss").createRelease("acme-db/engine", { tag: "v1" });
  const { rest } = await octokit();
  const number = { ...engine, issue_number: patch.number };
  const pull = { ...engine, pull_number: patch.number };

  const { data: comment } = await rest.issues.createComment({ ...number, body: "Hello" });
  await rest.issues.updateComment({ ...engine, comment_id: comment.id, body: "Hello again" });
  await rest.reactions.createForIssueComment({ ...engine, comment_id: comment.id, content: "+1" });
  await rest.reactions.createForIssue({ ...number, content: "confused" });
  await rest.issues.createLabel({ ...engine, name: "customer", color: "0e8a16", description: "Somebody waits" });
  await rest.issues.updateLabel({ ...engine, name: "Customer", description: "Somebody is waiting" });
  await rest.issues.addLabels({ ...number, labels: ["customer"] });
  await rest.issues.removeLabel({ ...number, name: "bug" });
  await rest.issues.setLabels({ ...number, labels: ["customer", "overdue"] });
  await rest.checks.create({
    ...engine,
    name: "policy",
    head_sha: (await rest.pulls.get(pull)).data.head.sha,
    status: "completed",
    conclusion: "success",
    output: { title: "Good", summary: "Nothing is wrong." },
  });

  expect(comment.user).toMatchObject({ login: "patch-advocate[bot]", type: "Bot" });
  expect(comment.performed_via_github_app).toMatchObject({ id: github.appId, slug: "patch-advocate" });
  expect((await rest.users.getByUsername({ username: "patch-advocate[bot]" })).data.id).toBe(comment.user?.id);
  expect(github.commentsOn(patch)).toMatchObject([
    { author: "patch-advocate[bot]", body: "Hello again", createdAt: "2026-03-02T09:00:00Z" },
  ]);
  const [shown] = github.commentsOn(patch);
  expect(shown === undefined ? [] : github.reactionsOn(shown)).toEqual([
    { content: "+1", user: "patch-advocate[bot]" },
  ]);
  expect(github.reactionsOn(patch)).toEqual([{ content: "confused", user: "patch-advocate[bot]" }]);
  expect(github.labelsOn(patch)).toEqual(["customer", "overdue"]);
  expect(github.checkRunsOn("acme-db/engine")).toMatchObject([{ name: "policy", conclusion: "success" }]);

  const permission = async (username: string, repo = "engine") =>
    (await rest.repos.getCollaboratorPermissionLevel({ owner: "acme-db", repo, username })).data;
  expect(await permission("mira")).toMatchObject({ permission: "write", role_name: "write" });
  expect(await permission("boss")).toMatchObject({ permission: "admin" });
  expect(await permission("dana")).toMatchObject({ permission: "read" });
  expect(await permission("stranger")).toMatchObject({ permission: "read" });
  expect(await permission("stranger", "cases")).toMatchObject({ permission: "none" });
  expect((await rest.orgs.listForUser({ username: "dana" })).data).toMatchObject([{ login: "acme-db" }]);
  expect((await rest.orgs.listForUser({ username: "mira" })).data).toEqual([]);

  const { data: file } = await rest.repos.getContent({ ...engine, path: ".github/patch-advocate.yml" });
  expect(file).toMatchObject({ type: "file", encoding: "base64" });
  const { data: raw } = await rest.repos.getContent({
    ...engine,
    path: ".github/patch-advocate.yml",
    mediaType: { format: "raw" },
  });
  expect(raw).toBe("version: 1\n");
  expect((await rest.pulls.listFiles(pull)).data).toHaveLength(1);
  expect((await rest.pulls.listCommits(pull)).data).toHaveLength(1);
  expect((await rest.pulls.listReviews(pull)).data).toMatchObject([{ state: "APPROVED" }]);
  expect((await rest.pulls.listReviewComments(pull)).data).toHaveLength(1);
  expect((await rest.pulls.list(engine)).data).toHaveLength(1);
  expect((await rest.issues.listForRepo(engine)).data).toMatchObject([{ pull_request: {} }]);
  expect((await rest.issues.get(number)).data.id).not.toBe(patch.id);
  expect((await rest.issues.listComments(number)).data).toHaveLength(1);
  expect((await rest.issues.getComment({ ...engine, comment_id: comment.id })).data.body).toBe("Hello again");
  expect((await rest.issues.listLabelsOnIssue(number)).data).toHaveLength(2);
  expect((await rest.issues.listLabelsForRepo(engine)).data).toHaveLength(3);
  await rest.issues.listEventsForTimeline(number);
  await rest.issues.listEvents(number);
  await rest.checks.listForRef({ ...engine, ref: "main" });
  await rest.repos.compareCommitsWithBasehead({ ...engine, basehead: "v1...main" });
  await rest.repos.listReleases(engine);
  await rest.repos.getReleaseByTag({ ...engine, tag: "v1" });
  await rest.repos.listTags(engine);
  await rest.repos.listCommits(engine);
  await rest.repos.getCommit({ ...engine, ref: "main" });
  await rest.repos.get(engine);
  await rest.orgs.get({ org: "acme-db" });
  await rest.orgs.listMembers({ org: "acme-db" });
  expect((await rest.orgs.checkMembershipForUser({ org: "acme-db", username: "mira" })).status).toBe(204);
  await rest.teams.getByName({ org: "acme-db", team_slug: "engine" });
  await rest.teams.listMembersInOrg({ org: "acme-db", team_slug: "engine" });
  await rest.teams.getMembershipForUserInOrg({ org: "acme-db", team_slug: "engine", username: "mira" });
  await rest.rateLimit.get();
  expect((await rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(2);
  expect(github.violations).toEqual([]);
  expect(github.writes().map(({ operation }) => operation)).toHaveLength(10);
});

test("the documents that the product sends run against GitHub's schema", async () => {
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("boss").requestReview(patch, { users: ["mira"], teams: ["engine"] });
  const comment = await github.as("mira").comment(patch, "Please add a test");
  const review = await github.as("mira").review(patch, { state: "APPROVED" });
  await github.as("boss").dismissReview(review);
  await github.as("stranger").push(patch, undefined, { force: true });
  await github.as("stranger").convertToDraft(patch);
  github.setMergeable(patch, "CONFLICTING");
  github.setChecks(patch, "FAILURE", { required: true });
  const { graphql } = await octokit();

  const open = await graphql<Record<string, unknown>>(OPEN_PATCHES, { owner: "acme-db", name: "engine", after: null });
  expect(open).toMatchObject({
    repository: {
      pullRequests: {
        totalCount: 1,
        nodes: [
          {
            fullDatabaseId: String(patch.id),
            isDraft: true,
            reviewRequests: {
              nodes: [
                { requestedReviewer: { __typename: "Team", slug: "engine", organization: { login: "acme-db" } } },
              ],
            },
            timelineItems: {
              nodes: [
                { __typename: "IssueComment", viewerDidAuthor: false },
                { __typename: "PullRequestReview", state: "DISMISSED" },
                { __typename: "ReviewRequestedEvent", requestedReviewer: { login: "mira" } },
                { __typename: "ReviewRequestedEvent", requestedReviewer: { slug: "engine" } },
                { __typename: "ReviewDismissedEvent", review: { fullDatabaseId: String(review.id) } },
                { __typename: "HeadRefForcePushedEvent" },
                {
                  __typename: "ConvertToDraftEvent",
                  actor: { login: "stranger", databaseId: github.idOf("stranger") },
                },
              ],
            },
          },
        ],
      },
    },
  });
  await graphql(PATCHES_BY_ID, { ids: [patch.nodeId] });
  expect(
    await graphql(MORE_TIMELINE, { id: patch.nodeId, after: Buffer.from("cursor:5").toString("base64url") }),
  ).toMatchObject({
    node: { timelineItems: { nodes: [{ __typename: "ConvertToDraftEvent" }] } },
  });
  await graphql(MINIMIZE, { id: comment.nodeId });
  expect(await graphql(OBSERVE, { ids: [patch.nodeId, comment.nodeId] })).toMatchObject({
    nodes: [
      {
        mergeable: "CONFLICTING",
        mergeStateStatus: "DIRTY",
        commits: { nodes: [{ commit: { statusCheckRollup: { state: "FAILURE" } } }] },
      },
      { isMinimized: true },
    ],
  });
  expect(await graphql(REQUIRED_CHECKS, { id: patch.nodeId })).toMatchObject({
    node: {
      commits: {
        nodes: [
          { commit: { statusCheckRollup: { contexts: { nodes: [{ isRequired: true, conclusion: "FAILURE" }] } } } },
        ],
      },
    },
  });
  await expect(graphql(OBSERVE, { ids: Array.from({ length: 101 }, () => patch.nodeId) })).rejects.toThrow(
    /more than 100 node ids/,
  );
  await expect(graphql(OBSERVE, { ids: [patch.nodeId, "gone"] })).rejects.toMatchObject({
    data: { nodes: [{ mergeable: "CONFLICTING" }, null] },
  });
  expect(github.violations).toEqual([]);
});

test("owners' acts are told to the app, and only where it is installed, awake and subscribed", async () => {
  await github.as("stranger").openIssue({ repository: "acme-db/engine", title: "Elsewhere" });
  github.renameRepository("acme-db/engine", "motor");
  github.setVisibility("acme-db/motor", "private");
  github.setVisibility("acme-db/motor", "public");
  github.archive("acme-db/motor");
  github.unarchive("acme-db/motor");
  github.addTeamMember("acme-db", "engine", "stranger");
  github.removeTeamMember("acme-db", "engine", "stranger");
  github.removeOrganizationMember("acme-db", "stranger");
  github.setCollaborator("acme-db/cases", "stranger", "write");
  github.setCollaborator("acme-db/cases", "stranger", "read");
  github.setCollaborator("acme-db/cases", "stranger", "none");
  github.transferRepository("acme-db/cases", "stranger");
  github.transferRepository("stranger/cases", "acme-db");
  github.renameOrganization("acme-db", "acme-data");
  github.removeRepositories("acme-data", ["acme-data/cases"]);
  await github.as("boss").openIssue({ repository: "acme-data/cases", title: "Not seen" });
  github.addRepositories("acme-data", ["acme-data/cases"]);
  github.acceptPermissions("acme-data", { issues: "write" });
  github.suspend("acme-data");
  await github.as("boss").openIssue({ repository: "acme-data/cases", title: "Not seen either" });
  github.unsuspend("acme-data");
  github.uninstall("acme-data");
  github.install("stranger", "all");
  await github.settled();

  expect(told()).toEqual([
    "issues.opened",
    "repository.renamed",
    "repository.privatized",
    "repository.publicized",
    "repository.archived",
    "repository.unarchived",
    "organization.member_added",
    "membership.added",
    "membership.removed",
    "organization.member_removed",
    "member.added",
    "member.edited",
    "member.removed",
    "repository.transferred",
    "installation_target.renamed",
    "organization.renamed",
    "installation_repositories.removed",
    "installation_repositories.added",
    "installation.new_permissions_accepted",
    "installation.suspend",
    "installation.unsuspend",
    "installation.deleted",
    "installation.created",
  ]);
  expect(github.violations).toEqual([]);
});

test("issues, labels, files and releases are told with what changed", async () => {
  const boss = github.as("boss");
  const issue = await boss.openIssue({
    repository: "acme-db/cases",
    title: "A case",
    body: "Customer: a",
    labels: ["S1"],
    assignees: ["mira"],
  });
  await boss.editIssue(issue, { body: "Customer: b" });
  await boss.addLabel(issue, "S2");
  await boss.removeLabel(issue, "S2");
  await boss.closeIssue(issue);
  await boss.reopenIssue(issue);
  const moved = await boss.transferIssue(issue, "acme-db/engine");
  await boss.deleteIssue(moved);
  await boss.renameLabel("acme-db/cases", "S1", "gravest");
  await boss.deleteLabel("acme-db/cases", "gravest");
  await boss.commit("acme-db/engine", {
    ".github/patch-advocate.yml": "version: 1\nmode: act\n",
    "new.md": "new\n",
    "README.md": null,
  });
  await boss.createRelease("acme-db/engine", { tag: "v2" });
  await github.settled();

  expect(told()).toEqual([
    "label.created",
    "issues.opened",
    "issues.edited",
    "label.created",
    "issues.labeled",
    "issues.unlabeled",
    "issues.closed",
    "issues.reopened",
    "issues.transferred",
    "issues.opened",
    "issues.deleted",
    "label.edited",
    "label.deleted",
    "push",
    "create",
    "push",
    "release.created",
    "release.published",
    "release.released",
  ]);
  const payload = (name: string) =>
    github.deliveries.find(({ event, action }) => `${event}.${action}` === name || (event === name && action === null))
      ?.payload;
  expect(payload("issues.edited")).toMatchObject({ changes: { body: { from: "Customer: a" } } });
  expect(payload("label.edited")).toMatchObject({ changes: { name: { from: "S1" } } });
  expect(payload("issues.transferred")).toMatchObject({
    changes: { new_issue: { id: moved.id } },
    repository: { name: "cases" },
  });
  expect(payload("push")).toMatchObject({
    ref: "refs/heads/main",
    repository: { default_branch: "main" },
    commits: [{ added: ["new.md"], modified: [".github/patch-advocate.yml"], removed: ["README.md"] }],
  });
  expect(github.violations).toEqual([]);
});

test("merging keeps what the base gained since the pull request began", async () => {
  const patch = await github
    .as("stranger")
    .openPullRequest({ repository: "acme-db/engine", files: { "src/lock.c": "1\n" } });
  await github.as("boss").commit("acme-db/engine", { "other.md": "other\n" });
  await github.as("boss").merge(patch);
  const { rest } = await octokit();

  const names = (await rest.repos.getContent({ ...engine, path: "other.md" })).status;
  const { data: comparison } = await rest.repos.compareCommitsWithBasehead({
    ...engine,
    basehead: `${(await rest.pulls.get({ ...engine, pull_number: patch.number })).data.head.sha}...main`,
  });

  expect(names).toBe(200);
  expect((await rest.repos.getContent({ ...engine, path: "src/lock.c" })).status).toBe(200);
  expect(comparison.status).toBe("ahead");
});

test("old names lead on, archived repositories refuse, and private ones are hidden", async () => {
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  github.renameRepository("acme-db/engine", "motor");
  const { rest } = await octokit();

  expect((await rest.repos.get(engine)).data.full_name).toBe("acme-db/motor");
  github.archive("acme-db/motor");
  const comment = { owner: "acme-db", repo: "motor", issue_number: patch.number, body: "Hello" };
  await expect(rest.issues.createComment(comment)).rejects.toMatchObject({ status: 403 });
  github.removeRepositories("acme-db", ["acme-db/cases"]);
  await expect(rest.repos.get({ owner: "acme-db", repo: "cases" })).rejects.toMatchObject({ status: 404 });
  expect(github.violations).toEqual([]);
});

test("tokens run out, and stop working when the installation is suspended or gone", async () => {
  const { rest } = await octokit();
  const { data: first } = await rest.apps.listReposAccessibleToInstallation();
  const [request] = github.requests.filter(({ operation }) => operation.endsWith("/access_tokens"));
  expect([first.total_count, request?.status]).toEqual([2, 201]);

  // Octokit tries again while a token is younger than five seconds.
  vi.setSystemTime(new Date("2026-03-02T09:01:00Z"));
  github.suspend("acme-db");
  await expect(rest.repos.get(engine)).rejects.toMatchObject({ status: 403 });
  await expect(octokit().then((fresh) => fresh.rest.repos.get(engine))).rejects.toMatchObject({ status: 403 });
  const id = github.installationId("acme-db");
  github.uninstall("acme-db");
  await expect(rest.apps.listReposAccessibleToInstallation()).rejects.toMatchObject({ status: 401 });
  const app = await probot().auth();
  await expect(app.rest.apps.createInstallationAccessToken({ installation_id: id })).rejects.toMatchObject({
    status: 404,
  });
  expect((await app.rest.apps.listInstallations()).data).toEqual([]);
  expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ id: github.appId, slug: "patch-advocate" });
  const nobody = new (quiet())({ baseUrl: github.url, auth: { token: "ghs_wrong" } });
  await expect(nobody.rest.repos.get(engine)).rejects.toMatchObject({ status: 401 });
});

test("deliveries are kept, listed by pages, and sent again under their guid", async () => {
  status = 500;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("stranger").comment(patch, "one");
  await github.as("stranger").comment(patch, "two");
  await github.settled();
  status = 202;
  const app = await probot().auth();

  const first = await app.rest.apps.listWebhookDeliveries({ per_page: 2 });
  const cursor = /cursor=([^&>]+)/.exec(first.headers.link ?? "")?.[1] ?? "";
  const second = await app.rest.apps.listWebhookDeliveries({ per_page: 2, cursor });
  expect([...first.data, ...second.data].map(({ event, status_code }) => [event, status_code])).toEqual([
    ["issue_comment", 500],
    ["issue_comment", 500],
    ["pull_request", 500],
  ]);
  const [last] = first.data;
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: last?.id ?? 0 });
  await github.settled();
  expect(github.deliveries.at(-1)).toMatchObject({ guid: last?.guid, redelivery: true, status: 202 });
  const { data: whole } = await app.rest.apps.getWebhookDelivery({ delivery_id: github.deliveries.at(-1)?.id ?? 0 });
  expect(whole.request.payload).toMatchObject({ comment: { body: "two" } });

  vi.setSystemTime(new Date("2026-03-06T09:00:00Z"));
  expect((await app.rest.apps.listWebhookDeliveries()).data).toEqual([]);
  expect(github.violations).toEqual([]);
});

test("deliveries can be kept back and turned around, and requests made to fail", async () => {
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.settled();
  github.hold();
  await github.as("stranger").comment(patch, "one");
  await github.as("stranger").comment(patch, "two");
  await github.settled();
  expect(receiver.received).toHaveLength(1);
  github.release({ order: "reversed" });
  await github.settled();
  expect(receiver.received.slice(1).map(({ body }) => JSON.parse(body).comment.body)).toEqual(["two", "one"]);

  const { rest } = await octokit();
  const comment = { ...engine, issue_number: patch.number, body: "three" };
  github.fault({ method: "POST", path: /comments$/ }, { status: 502 });
  github.fault({ method: "POST", path: /comments$/ }, { afterwards: { status: 500 } });
  github.fault({ method: "POST", path: /comments$/ }, { drop: true });
  for (const wanted of [502, 500, 500])
    await expect(rest.issues.createComment(comment)).rejects.toMatchObject({ status: wanted });
  expect(github.commentsOn(patch).map(({ body }) => body)).toEqual(["one", "two", "three"]);
  await rest.issues.createComment(comment);
  expect(github.commentsOn(patch)).toHaveLength(4);
});

test("what GitHub does not describe is a violation", async () => {
  const strict = await startGitHub({
    webhookSecret: SECRET,
    repositories: [{ name: "mira/notes" }],
    installations: [{ account: "mira", repositories: "all" }],
  });
  const answered = await fetch(`${strict.url}/repos/mira/notes/labels?sort=name`);
  await fetch(`${strict.url}/repos/mira/notes/stargazers`);

  expect(answered.headers.get("x-ratelimit-remaining")).toBe("4999");
  expect(strict.violations).toEqual([
    "GET /repos/{owner}/{repo}/labels: unknown parameter sort",
    "GET /repos/mira/notes/stargazers is not an operation of the description that we keep (scripts/github-openapi.ts)",
  ]);
  await expect(strict.close()).rejects.toThrow(/description was not kept/);
});
