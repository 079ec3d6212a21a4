// What GitHub could not bring us, because the server was down, busy or away, is asked for again: once, and until it is there or given up.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const ENGINE = "acme-db/engine";
/** Nobody listens there. */
const NOWHERE = "http://127.0.0.1:9/";

/** What happens while the server is down. */
async function whileDown<T>(story: Story, act: () => Promise<T>): Promise<T> {
  const url = story.github.webhookUrl;
  story.github.webhookUrl = NOWHERE;
  const made = await act();
  await story.github.settled();
  story.github.webhookUrl = url;
  return made;
}

const asked = (story: Story) => story.github.requests.filter(({ path }) => path.endsWith("/attempts")).length;
const lists = (story: Story) => story.github.requests.filter(({ path }) => path.startsWith("/app/hook/deliveries?"));
const said = (story: Story, message: string) =>
  story.logs.filter((line) => (JSON.parse(line) as { msg: string }).msg === message).length;

describe.each(DIALECTS)("on %s", (on) => {
  test("what was lost while the server was down is there after its start, and is answered once", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    await story.settle();
    await story.app.stop();
    const question = await whileDown(story, () => story.github.as("mira").comment(patch, "/case why"));

    await story.advance({ minutes: 3 });
    await story.advance({ minutes: 3 });
    expect(asked(story)).toBe(0);
    story.github.webhookUrl = `${await story.startAnother()}/api/github/webhooks`;
    await story.settle();

    expect(asked(story)).toBe(1);
    expect(story.commentsOn(patch)).toEqual([expect.stringContaining("`mira` responded with commands only")]);
    expect(story.reactionsOn(question)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advance({ hours: 2 });
    expect(asked(story)).toBe(1);
    expect(await story.database.db.selectFrom("missed_deliveries").selectAll().execute()).toEqual([]);
    await story.expectNothingElse();
  });

  test("of a long list, read page by page, what is missing is asked for over several turns and none of it twice", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    await whileDown(story, async () => {
      for (let n = 0; n < 101; n += 1) story.github.deliver("ping", { zen: `Lost ${n}.` });
    });
    const before = lists(story).length;
    await story.advance({ minutes: 6 });
    expect(lists(story).length - before).toBe(2);
    // A turn asks for 60 at most, and the next comes a minute later.
    expect(asked(story)).toBe(60);
    await story.advance({ minutes: 1 });
    expect(asked(story)).toBe(101);
    await story.advance({ hours: 1 });
    expect(asked(story)).toBe(101);
    await story.expectNothingElse();
  });

  test("what never arrives is asked for six times, then given up, and that is said", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    story.github.webhookUrl = NOWHERE;
    story.github.deliver("ping", { zen: "Nobody home." });
    await story.github.settled();
    for (let hours = 0; hours < 24; hours += 1) await story.advance({ hours: 1 });

    expect(asked(story)).toBe(6);
    expect(said(story, "a missed delivery was given up")).toBe(1);
    const metrics = await (await fetch(`${story.url}/metrics`)).text();
    expect(metrics.split("\n").filter((line) => line.startsWith("patch_advocate_missed_deliveries"))).toEqual([
      'patch_advocate_missed_deliveries_total{outcome="found"} 1',
      'patch_advocate_missed_deliveries_total{outcome="arrived"} 0',
      'patch_advocate_missed_deliveries_total{outcome="asked"} 6',
      'patch_advocate_missed_deliveries_total{outcome="given up"} 1',
      'patch_advocate_missed_deliveries{state="due"} 0',
      'patch_advocate_missed_deliveries{state="given up"} 1',
    ]);
    await story.expectNothingElse();
  });

  test("a GitHub that fails in between loses nothing: the list is read on, and the delivery asked for later", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    await whileDown(story, async () => {
      story.github.deliver("ping", { zen: "Lost." });
    });
    story.github.fault({ path: /^\/app\/hook\/deliveries\?/ }, { status: 502 });
    story.github.fault({ path: /\/attempts$/ }, { drop: true });
    await story.advance({ minutes: 6 });
    expect(said(story, "GitHub could not be asked for missed deliveries")).toBe(1);
    await story.advance({ minutes: 1 });
    expect(said(story, "GitHub could not be asked for a missed delivery")).toBe(1);
    const waiting = await story.database.db.selectFrom("missed_deliveries").select("tries").execute();
    expect(waiting).toEqual([{ tries: 1 }]);

    await story.advance({ minutes: 6 });
    await story.advance({ minutes: 6 });

    expect(await story.database.db.selectFrom("missed_deliveries").selectAll().execute()).toEqual([]);
    expect(asked(story)).toBe(2);
    await story.expectNothingElse();
  });
});

// One SQLite file has one server.
describe.each(DIALECTS.filter((each) => each === "postgres"))("on %s", (on) => {
  test("two processes ask for it once, and nothing that was answered is ever asked for", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    await story.startAnother();
    await whileDown(story, () => story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix" }));
    await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Arrives" });
    story.github.clearRequests();

    // Younger than two minutes it may still be on its way.
    await story.advance({ minutes: 1 });
    expect(asked(story)).toBe(0);
    await story.advance({ minutes: 10 });

    expect(asked(story)).toBe(1);
    const patches = await story.database.db.selectFrom("patches").select("title").orderBy("number").execute();
    expect(patches.map(({ title }) => title)).toEqual(["Fix", "Arrives"]);
    await story.github.settled();
    expect(story.unread().filter((write) => !write.includes("labels"))).toEqual([]);
  });
});
