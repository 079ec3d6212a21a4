import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A poll ends as soon as it holds; how long it may take on a busy machine is no test of it.
    expect: { poll: { timeout: 10_000 } },
    pool: "forks",
    maxWorkers: 2,
    // Loading the product takes longer than most tests: files share a worker's modules. None keeps anything between tests.
    isolate: false,
  },
});
