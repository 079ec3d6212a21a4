// Two processes behind PgBouncer in transaction mode, where no hint comes through: each looks by itself, and what one that was killed held is
// taken up by the other.
import { describe, expect, onTestFinished, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { redeliverUntaken, sendTo, startFurther } from "../support/more-processes.ts";
import { PGBOUNCER, startPgbouncer } from "../support/pgbouncer.ts";
import { SHINSHU } from "../support/start-app.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
`;
const CUSTOMERS = SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31");
const REACTIONS = /\/reactions$/;

const open = (story: ProcessStory) =>
  story.github.as("stranger").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });

describe.runIf(DIALECTS.includes("postgres") && PGBOUNCER !== null)("behind PgBouncer in transaction mode", () => {
  test("what one process received and held when it was killed is done once by the other, without a hint", async () => {
    let environment: Readonly<Record<string, string>> = {};
    const bouncer = await startPgbouncer(onTestFinished);
    const story = await startProcess({
      on: "postgres",
      policy: POLICY,
      customers: CUSTOMERS,
      environment: (usual) => {
        environment = { ...usual, DATABASE_URL: bouncer.through(usual.DATABASE_URL ?? "") };
        return environment;
      },
    });
    const patch = await open(story);
    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1 S2");
    await story.github.settled();
    await story.untilIdle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S2"]);

    // The first answers GitHub's questions for so long that it is killed in the midst.
    story.github.fault({ path: REACTIONS }, { delayMs: 2000 }, { times: 1 });
    const second = await story.github.as("dana").comment(patch, "/case link CASE-2 S1");
    await story.until(
      "the first is about to answer",
      () => story.github.requests.filter(({ path }) => REACTIONS.test(path)).length === 2,
    );
    await story.kill();
    await story.skipWaiting();
    const other = await startFurther(environment);
    sendTo(story, other.url);
    await redeliverUntaken(story);
    await story.until(
      "the other has done it",
      () => story.labelsOn(patch).includes("severity: S1") && story.reactionsOn(second).length > 0,
    );
    await story.untilIdle();
    expect(story.reactionsOn(second)).toEqual(["+1"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S1"]);
    await story.expectNothingElse();
  });
});
