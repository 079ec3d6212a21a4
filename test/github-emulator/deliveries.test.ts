// Deliveries of the emulated GitHub and the faults that a test can put in the way.

import { expect, test, vi } from "vitest";
import { engine, octokit, probot, stageGitHub } from "./setup.ts";

const stage = stageGitHub();

test("deliveries are kept, listed by pages, and sent again under their guid", async () => {
  const { github } = stage;
  stage.status = 500;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.as("stranger").comment(patch, "one");
  await github.as("stranger").comment(patch, "two");
  await github.settled();
  stage.status = 202;
  const app = await probot(github).auth();

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
  const { github } = stage;
  const patch = await github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
  await github.settled();
  github.hold();
  await github.as("stranger").comment(patch, "one");
  await github.as("stranger").comment(patch, "two");
  await github.settled();
  expect(stage.receiver.received).toHaveLength(1);
  github.release({ order: "reversed" });
  await github.settled();
  expect(stage.receiver.received.slice(1).map(({ body }) => JSON.parse(body).comment.body)).toEqual(["two", "one"]);

  const { rest } = await octokit(github);
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
