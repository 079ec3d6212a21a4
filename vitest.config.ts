import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    // On a busy machine webhooks of one second reach a story in orders that it did not mean; what fails three times has failed.
    retry: process.env.CI === "true" ? 2 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
