// docs/security.md names a test for each threat: each is there, under the title that it is named by.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const text = readFileSync(new URL("docs/security.md", ROOT), "utf8");
const rows = text
  .slice(text.indexOf("## Threats"), text.indexOf("## Dependencies"))
  .split("\n")
  .slice(4)
  .filter((line) => line.startsWith("| "));

test("every threat has what stands against it and the test that shows it", () => {
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) expect(row).toMatch(/^\| [^|]+ \| [^|]+ \| `test\/[\w/.-]+\.test\.ts`: “[^”]+” \|$/);
});

test("every test that is named is there, under that title", () => {
  const missing = rows.filter((row) => {
    const [, file = "", title = ""] = /`(test\/[^`]+)`: “([^”]+)”/.exec(row) ?? [];
    const path = new URL(file, ROOT);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${title}"`);
  });
  expect(missing).toEqual([]);
});
