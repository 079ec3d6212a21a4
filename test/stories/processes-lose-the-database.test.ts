// PostgreSQL goes away under a running process and comes back: GitHub is told to send again, nothing ends, nothing is lost or said twice.
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { startBreakingProxy } from "../support/breaking-proxy.ts";
import { DIALECTS, onServer, SERVER } from "../support/databases.ts";
import { redeliverUntaken } from "../support/more-processes.ts";
import { SHINSHU } from "../support/start-app.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
`;
const CUSTOMERS = SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31");

const open = (story: ProcessStory) =>
  story.github.as("stranger").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
const status = async (url: string) => (await fetch(url)).status;

describe.runIf(DIALECTS.includes("postgres"))("on PostgreSQL", () => {
  test("while it is away deliveries are answered 503, and all is made up for once it is back", async () => {
    const server = new URL(SERVER);
    const proxy = await startBreakingProxy({ host: server.hostname, port: Number(server.port || 5432) });
    onTestFinished(proxy.close);
    const story = await startProcess({
      on: "postgres",
      policy: POLICY,
      customers: CUSTOMERS,
      environment: (usual) => {
        const url = new URL(usual.DATABASE_URL ?? "");
        url.hostname = "127.0.0.1";
        url.port = String(proxy.port);
        return { ...usual, DATABASE_URL: url.href };
      },
    });
    const patch = await open(story);
    await story.untilIdle();

    await proxy.takeAway();
    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1042 S2");
    await story.github.settled();
    expect(story.github.deliveries.at(-1)).toMatchObject({ event: "issue_comment", status: 503 });
    expect(await status(`${story.url()}/readyz`)).toBe(503);
    expect(await status(`${story.url()}/healthz`)).toBe(200);

    await proxy.giveBack();
    await story.until("it can work again", async () => (await status(`${story.url()}/readyz`)) === 200);
    await redeliverUntaken(story);
    await story.untilIdle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S2"]);
    await story.expectNothingElse();
  });

  test("connections that are ended again and again under traffic cost nothing but tries", async () => {
    const story = await startProcess({ on: "postgres", policy: POLICY, customers: CUSTOMERS });
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(story.database.db);
    const name = rows[0]?.name;
    const patches = [await open(story), await open(story), await open(story)];
    await story.untilIdle();

    const linkings: Awaited<ReturnType<ReturnType<ProcessStory["github"]["as"]>["comment"]>>[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const patch of patches) {
        linkings.push(await story.github.as("dana").comment(patch, `/case link CASE-${1000 + linkings.length}`));
        await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
      }
    }
    await story.until("it can work again", async () => (await status(`${story.url()}/readyz`)) === 200);
    await redeliverUntaken(story);
    let skippedAt = Number.NEGATIVE_INFINITY;
    await story.until("all was worked on", async () => {
      // Whoever was cut off in the midst waits for its lease to end, or a minute before it looks for what it may have written.
      if (performance.now() - skippedAt > 2000) {
        await story.skipWaiting();
        skippedAt = performance.now();
      }
      return linkings.every((linking) => story.reactionsOn(linking).length > 0);
    });
    await story.untilIdle();
    for (const linking of linkings) expect(story.reactionsOn(linking)).toEqual(["+1"]);
    for (const patch of patches) expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    await story.expectNothingElse();
  });
});
