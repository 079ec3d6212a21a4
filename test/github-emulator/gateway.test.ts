// The emulated GitHub seen as the product sees it: through Probot's Octokit and through webhooks, held against GitHub's description.

import { verify } from "@octokit/webhooks-methods";
import { Probot } from "probot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OBSERVE, OPEN_PATCHES, PATCHES_BY_ID, REQUIRED_CHECKS, MINIMIZE, MORE_TIMELINE } from "../../src/github/queries.ts";
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
      { login: "acme-db", owners: ["boss"], members: ["mira"], publicMembers: ["dana"], teams: { support: ["dana"], engine: ["mira"] } },
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

async function octokit() {
  const probot = new Probot({ appId: github.appId, privateKey: github.privateKey, secret: SECRET, baseUrl: github.url, logLevel: "silent" });
  return probot.auth(github.installationId("acme-db"));
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
    "pull_request.labeled",
    "pull_request.unlabeled",
    "pull_request.closed",
    "pull_request.reopened",
    "pull_request.closed",
    "push",
  ]);
  expect(receiver.received.map(({ guid }) => guid)).toEqual(github.deliveries.map(({ guid }) => guid));
  expect(new Set(receiver.received.map(({ guid }) => guid)).size).toBe(20);
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
