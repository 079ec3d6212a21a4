// What a machine may ask: alive, ready, and figures of all that was received, processed and written, which name no customer.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const ask = async (story: Story, path: string) => {
  const response = await fetch(`${story.url}${path}`);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};
const TEXT = "text/plain; charset=UTF-8";

describe.each(DIALECTS)("on %s", (on) => {
  test("figures tell what was received, processed and written, and nobody's name", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    expect(await ask(story, "/healthz")).toEqual({ status: 200, type: TEXT, text: "alive\n" });
    expect(await ask(story, "/readyz")).toEqual({ status: 200, type: TEXT, text: "ready\n" });

    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1042 S2\n/case status");
    await story.advanceTo("2026-03-05T09:30:00Z");
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.commentsOn(patch)).toHaveLength(2);
    story.labelsOn(patch);

    const { status, type, text } = await ask(story, "/metrics");
    expect([status, type]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
    const figure = (name: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.split(" ")[1],
      );
    const kept = story.github.deliveries.length;
    expect(figure('patch_advocate_deliveries_received_total{outcome="kept"}')).toBe(kept);
    const done = figure('patch_advocate_deliveries_processed_total{outcome="done"}');
    const ignored = figure('patch_advocate_deliveries_processed_total{outcome="ignored"}');
    expect(done + (ignored || 0)).toBe(kept);
    expect(figure('patch_advocate_effects_total{kind="reminder",outcome="done"}')).toBe(1);
    expect(figure('patch_advocate_effects_total{kind="reply",outcome="done"}')).toBe(1);
    expect(figure('patch_advocate_effects_total{kind="reaction",outcome="done"}')).toBe(1);
    expect(figure('patch_advocate_effects_total{kind="labels",outcome="done"}')).toBeGreaterThan(0);
    for (const secret of ["shinshu", "Shinshu", "Sato", "sb-dev1", "CASE-1042", "acme-db"])
      expect.soft([secret, text.includes(secret)]).toEqual([secret, false]);
    await story.expectNothingElse();
  });
});
