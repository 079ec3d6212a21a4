// A clean stop: what is in hand is finished, what arrives later is asked for again by GitHub, and the next start goes on from there.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU } from "../support/start-app.ts";
import { startProcess } from "../support/start-process.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
calendar: always
targets: { none: 1s }
reminders: { limit: 1 }
`;
const CUSTOMERS = SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31");

describe.each(DIALECTS)("on %s", (on) => {
  test("stopped with SIGTERM amid a burst, the process ends by itself and the next one does the rest once", async () => {
    const story = await startProcess({ on, policy: POLICY, customers: CUSTOMERS });
    const answers = await Promise.all(
      ["healthz", "readyz"].map(async (path) => (await fetch(`${story.url()}/${path}`)).text()),
    );
    expect(answers).toEqual(["alive\n", "ready\n"]);

    const author = story.github.as("sb-dev1");
    const patches = [
      await author.openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" }),
      await author.openPullRequest({ repository: "acme-db/engine", title: "Fix the leak" }),
      await author.openPullRequest({ repository: "acme-db/engine", title: "Fix the loop" }),
    ];
    await story.github.settled();
    expect(await story.stop()).toBe(0);

    await story.start();
    await story.until("each has its reminder", async () => {
      const sent = await story.database.db.selectFrom("reminders").select("n").where("state", "=", "sent").execute();
      return sent.length === patches.length;
    });
    await story.untilIdle();
    for (const patch of patches) {
      expect(story.commentsOn(patch)).toHaveLength(1);
      expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "overdue"]);
    }
    expect(await story.stop()).toBe(0);
    await story.expectNothingElse();
  });
});
