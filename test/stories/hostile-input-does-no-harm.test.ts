// Whatever arrives at the door, signed or not: it is refused or kept with its reason, and the product goes on working.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATH = "/api/github/webhooks";

type Example = { readonly name: string; readonly examples: readonly Record<string, unknown>[] };
const EXAMPLES: readonly Example[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples/api.github.com/index.json",
);

async function post(story: Story, given: { body: string; event?: string; signature?: string; id?: string }) {
  const { body, event = "issues", signature = story.github.sign(body), id = randomUUID() } = given;
  const headers = {
    "content-type": "application/json",
    "x-hub-signature-256": signature,
    ...(event === "" ? {} : { "x-github-event": event }),
    ...(id === "" ? {} : { "x-github-delivery": id }),
  };
  const answer = await fetch(`${story.url}${PATH}`, { method: "POST", headers, body });
  return `${answer.status} ${await answer.text()}`;
}

const stateOf = (story: Story, id: string) =>
  story.database.db
    .selectFrom("deliveries")
    .select(["state", "because", "error"])
    .where("id", "=", id)
    .executeTakeFirst();

describe.each(DIALECTS)("on %s", (on) => {
  test("what is not signed or does not say what it is, is refused", async () => {
    const story = await startApp({ on, now: NOW });
    const before = await story.database.db.selectFrom("deliveries").select("id").execute();
    const body = '{"action":"opened"}';
    expect(await post(story, { body, signature: story.github.sign("another body") })).toBe(
      "401 the signature in X-Hub-Signature-256 is missing or was made with another secret\n",
    );
    expect(await post(story, { body, signature: "sha256=none" })).toBe(
      "401 the signature in X-Hub-Signature-256 is missing or was made with another secret\n",
    );
    for (const missing of [{ event: "" }, { id: "" }, { id: "../../etc" }]) {
      expect(await post(story, { body, ...missing })).toBe(
        "400 X-GitHub-Event and X-GitHub-Delivery must say what this is\n",
      );
    }
    expect(await story.database.db.selectFrom("deliveries").select("id").execute()).toEqual(before);
    await story.expectNothingElse();
  });

  test("signed rubbish is kept and marked failed at once, an unknown event is ignored with its reason", async () => {
    const story = await startApp({ on, now: NOW });
    const id = randomUUID();
    expect(await post(story, { id, body: '{"action":"opened", "issue":' })).toBe("202 kept\n");
    await story.settle();
    expect(await stateOf(story, id)).toEqual({ state: "failed", because: null, error: "the payload is not JSON" });

    const unknown = randomUUID();
    expect(await post(story, { id: unknown, event: "moon_landing", body: '{"action":"landed"}' })).toBe("202 kept\n");
    await story.settle();
    expect(await stateOf(story, unknown)).toEqual({
      state: "ignored",
      because: "no feature knows the event moon_landing",
      error: null,
    });

    const odd = randomUUID();
    const strange = JSON.stringify({ action: "opened", pull_request: { number: 2 ** 40 }, repository: "engine" });
    expect(await post(story, { id: odd, event: "pull_request", body: strange })).toBe("202 kept\n");
    await story.settle();
    expect(await stateOf(story, odd)).toEqual({
      state: "failed",
      because: null,
      error:
        "the payload is not as GitHub describes it: repository: expected object, received string; pull_request.id: number is missing; pull_request.node_id: string is missing; and 7 more",
    });
    // Not expectNothingElse: that a delivery failed for good is told in the log, and stays in sight.
    const told = story.logs.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(told.map(({ delivery, msg }) => ({ delivery, msg }))).toEqual([
      { delivery: id, msg: "a delivery failed for good; see `deliveries list`" },
      { delivery: odd, msg: "a delivery failed for good; see `deliveries list`" },
    ]);
    expect(story.unread()).toEqual([]);
  });

  test("every example of GitHub's own is worked through without a fault", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    for (const { name, examples } of EXAMPLES) {
      // As if they were of our own installation, but for its own coming and going.
      const installation = { id: story.github.installationId("acme-db") };
      for (const example of examples)
        story.github.deliver(name, name.startsWith("installation") ? example : { ...example, installation });
    }
    await story.settle();
    await story.advance({ days: 30 });
    expect(
      await story.database.db
        .selectFrom("deliveries")
        .select(["event", "state", "error"])
        .where("state", "not in", ["done", "ignored"])
        .execute(),
    ).toEqual([]);
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("users and forks that were deleted, and the longest comment there can be, are taken as they are", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine" });
    await story.settle();
    const sent = story.github.deliveries.find(({ event }) => event === "pull_request");
    const payload = JSON.parse(JSON.stringify(sent?.payload ?? {}));
    payload.pull_request.head.repo = null;
    payload.pull_request.head.user = null;
    payload.pull_request.base.user = null;
    payload.pull_request.requested_reviewers = [null];
    payload.sender = null;
    payload.action = "edited";
    story.github.deliver("pull_request", payload);
    const orphan = await story.github.as("stranger").openPullRequest({ repository: "acme-db/engine" });
    const opened = story.github.deliveries.findLast(({ event }) => event === "pull_request");
    story.github.deliver("pull_request", {
      ...opened?.payload,
      sender: null,
      pull_request: { ...JSON.parse(JSON.stringify(opened?.payload.pull_request)), user: null },
    });
    const comment = await story.github
      .as("stranger")
      .comment(patch, `/case status\n${"😀x\n> ` ".repeat(20_000)}`.slice(0, 65_536));
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.reactionsOn(comment)).toEqual(["confused"]);
    expect(story.labelsOn(orphan)).toEqual([]);
    await story.expectNothingElse();
  });
});
