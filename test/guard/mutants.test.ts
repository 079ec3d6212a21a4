// The list of guards that `npm run mutants` takes out is held against the source: a guard that was moved or renamed has to move there, too.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MUTATIONS } from "../../scripts/mutations.ts";

const sourceOf = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

test.each(MUTATIONS)("$name stands where it is said to stand, once, and has its test", ({ changes, killedBy }) => {
  for (const { file, text, instead } of changes) {
    expect(sourceOf(file).split(text)).toHaveLength(2);
    expect(instead).not.toBe(text);
  }
  expect(existsSync(new URL(`../../${killedBy}`, import.meta.url))).toBe(true);
});
