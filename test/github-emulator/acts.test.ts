// What people and owners do on the emulated GitHub, as the product is told of it.

import { verify } from "@octokit/webhooks-methods";
import { expect, test } from "vitest";
import { engine, octokit, SECRET, stageGitHub, told } from "./setup.ts";

const stage = stageGitHub();

test("a person's acts on a pull request reach the product, signed, in order and with the person as sender", async () => {
  const { github } = stage;
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

  expect(told(github)).toEqual([
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
  expect(stage.receiver.received.map(({ guid }) => guid)).toEqual(github.deliveries.map(({ guid }) => guid));
  expect(new Set(stage.receiver.received.map(({ guid }) => guid)).size).toBe(22);
  for (const { body, signature } of stage.receiver.received) expect(await verify(SECRET, body, signature)).toBe(true);
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

test("owners' acts are told to the app, and only where it is installed, awake and subscribed", async () => {
  const { github } = stage;
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

  expect(told(github)).toEqual([
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
  const { github } = stage;
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

  expect(told(github)).toEqual([
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
  const { github } = stage;
  const patch = await github
    .as("stranger")
    .openPullRequest({ repository: "acme-db/engine", files: { "src/lock.c": "1\n" } });
  await github.as("boss").commit("acme-db/engine", { "other.md": "other\n" });
  await github.as("boss").merge(patch);
  const { rest } = await octokit(github);

  const names = (await rest.repos.getContent({ ...engine, path: "other.md" })).status;
  const { data: comparison } = await rest.repos.compareCommitsWithBasehead({
    ...engine,
    basehead: `${(await rest.pulls.get({ ...engine, pull_number: patch.number })).data.head.sha}...main`,
  });

  expect(names).toBe(200);
  expect((await rest.repos.getContent({ ...engine, path: "src/lock.c" })).status).toBe(200);
  expect(comparison.status).toBe("ahead");
});
