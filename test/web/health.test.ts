// Health and figures are open to whoever asks: however often that is, the database is asked once a second.
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { createMetrics } from "../../src/metrics.ts";
import { sharedQuestion } from "../../src/shared-question.ts";
import { healthRoutes } from "../../src/web/health.ts";

/** A question that is answered when the test says so, on a clock that the test moves. */
function watched() {
  const world = { at: 0, asked: 0, answer: (_: string) => {} };
  const ask = () => {
    world.asked += 1;
    return new Promise<string>((resolve) => {
      world.answer = resolve;
    });
  };
  return { world, question: sharedQuestion(ask, "late", () => world.at) };
}

test("all who ask while a question is on its way get its answer, and so does whoever asks within a second after it", async () => {
  const { world, question } = watched();
  const answers = [question(), question(), question()];
  world.at = 1500;
  answers.push(question());
  world.answer("ready");
  expect(await Promise.all(answers)).toEqual(["ready", "ready", "ready", "ready"]);
  world.at = 2499;
  expect(await question()).toBe("ready");
  expect(world.asked).toBe(1);

  world.at = 2500;
  const next = question();
  world.answer("not ready");
  expect([await next, world.asked]).toEqual(["not ready", 2]);
});

test("a question that fails is asked again after a second, too", async () => {
  const world = { at: 0, asked: 0 };
  const question = sharedQuestion(
    async () => {
      world.asked += 1;
      throw new Error("away");
    },
    null,
    () => world.at,
  );
  await expect(question()).rejects.toThrow("away");
  await expect(question()).rejects.toThrow("away");
  expect(world.asked).toBe(1);
  world.at = 1000;
  await expect(question()).rejects.toThrow("away");
  expect(world.asked).toBe(2);
});

test("a hundred who ask at once whether it is ready, and for its figures, cost the database one question each", async () => {
  const database = await openDatabase("sqlite::memory:");
  onTestFinished(() => database.close());
  const metrics = createMetrics();
  const world = { checks: 0, reads: 0 };
  metrics.beforeScrape(async () => {
    world.reads += 1;
    metrics.duePatches(7);
  });
  const check = async () => {
    world.checks += 1;
    return database.storage.check();
  };
  const routes = healthRoutes({
    database: { ...database, storage: { ...database.storage, check } },
    isStopping: () => false,
    metrics,
  });
  const ask = async (path: string) => (await routes.request(path)).text();

  const ready = await Promise.all(Array.from({ length: 100 }, () => ask("/readyz")));
  const figures = await Promise.all(Array.from({ length: 100 }, () => ask("/metrics")));

  expect(new Set(ready)).toEqual(new Set(["ready\n"]));
  expect(figures.every((text) => text.includes("patch_advocate_due_patches 7\n"))).toBe(true);
  expect(world).toEqual({ checks: 1, reads: 1 });
});
