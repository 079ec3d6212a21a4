// What the product asks of the emulated GitHub, through Probot's Octokit: every answer is held against GitHub's description.

import { expect, test, vi } from "vitest";
import {
  MINIMIZE,
  MORE_TIMELINE,
  OBSERVE,
  OPEN_PATCHES,
  PATCHES_BY_ID,
  REQUIRED_CHECKS,
} from "../../src/github/queries.ts";
import { startGitHub } from "../support/github/github.ts";
import { engine, octokit, probot, quiet, SECRET, stageGitHub } from "./setup.ts";

const stage = stageGitHub();

test("the product reads and writes through Probot's Octokit, and every answer is as GitHub describes it", async () => {
  const { github } = stage;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("mira").review(patch, { state: "APPROVED" });
  await github.as("mira").reviewComment(patch, "here");
  await github.as("boss").requestReview(patch, { users: ["mira"], teams: ["engine"] });
  await github.as("mira").addLabel(patch, "bug");
  await github.as("boss").createRelease("acme-db/engine", { tag: "v1" });
  const { rest } = await octokit(github);
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
  expect((await rest.pulls.listReviews(pull)).data).toMatchObject([{ state: "APPROVED" }, { state: "COMMENTED" }]);
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
  const { github } = stage;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("boss").requestReview(patch, { users: ["mira"], teams: ["engine"] });
  const comment = await github.as("mira").comment(patch, "Please add a test");
  const review = await github.as("mira").review(patch, { state: "APPROVED" });
  await github.as("boss").dismissReview(review);
  await github.as("stranger").push(patch, undefined, { force: true });
  await github.as("stranger").convertToDraft(patch);
  github.setMergeable(patch, "CONFLICTING");
  github.setChecks(patch, "FAILURE", { required: true });
  const { graphql } = await octokit(github);

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

test("old names lead on, archived repositories refuse, and private ones are hidden", async () => {
  const { github } = stage;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  github.renameRepository("acme-db/engine", "motor");
  const { rest } = await octokit(github);

  expect((await rest.repos.get(engine)).data.full_name).toBe("acme-db/motor");
  github.archive("acme-db/motor");
  const comment = { owner: "acme-db", repo: "motor", issue_number: patch.number, body: "Hello" };
  await expect(rest.issues.createComment(comment)).rejects.toMatchObject({ status: 403 });
  github.removeRepositories("acme-db", ["acme-db/cases"]);
  await expect(rest.repos.get({ owner: "acme-db", repo: "cases" })).rejects.toMatchObject({ status: 404 });
  expect(github.violations).toEqual([]);
});

test("tokens run out, and stop working when the installation is suspended or gone", async () => {
  const { github } = stage;
  const { rest } = await octokit(github);
  const { data: first } = await rest.apps.listReposAccessibleToInstallation();
  const [request] = github.requests.filter(({ operation }) => operation.endsWith("/access_tokens"));
  expect([first.total_count, request?.status]).toEqual([2, 201]);

  // Octokit tries again while a token is younger than five seconds.
  vi.setSystemTime(new Date("2026-03-02T09:01:00Z"));
  github.suspend("acme-db");
  await expect(rest.repos.get(engine)).rejects.toMatchObject({ status: 403 });
  await expect(octokit(github).then((fresh) => fresh.rest.repos.get(engine))).rejects.toMatchObject({ status: 403 });
  const id = github.installationId("acme-db");
  github.uninstall("acme-db");
  await expect(rest.apps.listReposAccessibleToInstallation()).rejects.toMatchObject({ status: 401 });
  const app = await probot(github).auth();
  await expect(app.rest.apps.createInstallationAccessToken({ installation_id: id })).rejects.toMatchObject({
    status: 404,
  });
  expect((await app.rest.apps.listInstallations()).data).toEqual([]);
  expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({ id: github.appId, slug: "patch-advocate" });
  const nobody = new (quiet())({ baseUrl: github.url, auth: { token: "ghs_wrong" } });
  await expect(nobody.rest.repos.get(engine)).rejects.toMatchObject({ status: 401 });
});

test("a token works for an hour", async () => {
  const { github } = stage;
  const app = await probot(github).auth();
  const installation_id = github.installationId("acme-db");
  const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id, repositories: ["engine"] });
  const ask = async (repository: string) =>
    (await fetch(`${github.url}/repos/acme-db/${repository}`, { headers: { authorization: `Bearer ${data.token}` } }))
      .status;

  expect([data.expires_at, await ask("engine"), await ask("cases")]).toEqual(["2026-03-02T10:00:00Z", 200, 404]);
  vi.setSystemTime(new Date("2026-03-02T10:00:01Z"));
  expect(await ask("engine")).toBe(401);
});

test("a person's own account can have the app, too, and the app is made from a manifest", async () => {
  const { github } = stage;
  await github.addRepository({ name: "mira/notes", collaborators: { dana: "read" } });
  github.install("mira", ["mira/notes"]);
  const patch = await github.as("dana").openPullRequest({ repository: "mira/notes", fromFork: true });
  const issue = await github.as("mira").openIssue({ repository: "mira/notes", title: "A case", assignees: ["mira"] });
  await github.as("mira").merge(patch);
  const { rest } = await probot(github).auth(github.installationId("mira"));
  await rest.issues.createComment({ owner: "mira", repo: "notes", issue_number: issue.number, body: "Hello" });
  await github.settled();

  expect(github.deliveries.some(({ payload }) => "organization" in payload)).toBe(false);
  expect(github.commentsOn(issue)).toMatchObject([{ author: github.botLogin }]);
  const app = await probot(github).auth();
  expect((await app.rest.apps.listInstallations()).data).toHaveLength(2);
  expect(
    (await app.rest.apps.getInstallation({ installation_id: github.installationId("mira") })).data.target_type,
  ).toBe("User");
  const register = (events: readonly string[]) =>
    fetch(`${github.url}/settings/apps/new?state=s`, {
      method: "POST",
      body: new URLSearchParams({
        manifest: JSON.stringify({
          name: "Patch Advocate",
          url: "https://patches.acme.example",
          redirect_url: "http://127.0.0.1:9/made",
          setup_url: "https://patches.acme.example/setup/installed",
          hook_attributes: { url: "https://patches.acme.example/hooks" },
          default_permissions: { pull_requests: "write" },
          default_events: events,
        }),
      }),
      redirect: "manual",
    });
  expect(await (await register(["issue_comment"])).text()).toBe(
    "Default events are not supported by permissions: issue_comment",
  );
  const made = await register(["pull_request"]);
  const back = new URL(made.headers.get("location") ?? "");
  expect([back.origin, back.pathname, back.searchParams.get("state")]).toEqual(["http://127.0.0.1:9", "/made", "s"]);
  const convert = () =>
    fetch(`${github.url}/app-manifests/${back.searchParams.get("code")}/conversions`, { method: "POST" });
  const converted = await convert();
  expect((await convert()).status).toBe(404);
  expect(await converted.json()).toMatchObject({ id: github.appId, slug: "patch-advocate", webhook_secret: SECRET });
  const me = await fetch(`${github.url}/user`, { headers: { authorization: `token ${github.tokenOf("mira")}` } });
  expect(await me.json()).toMatchObject({ login: "mira", id: github.idOf("mira") });
  expect(github.violations).toEqual([]);
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
