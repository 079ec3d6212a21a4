// What is said of a database by a server that cannot start with it.
import { expect, test } from "vitest";
import { storageText } from "../../src/start-messages.ts";

test.each([
  ["sqlite:data/patch-advocate.db", "sqlite:data/patch-advocate.db"],
  ["postgres://patches:s3cret@db.example:5433/patches", "postgres://db.example:5433/patches"],
  ["postgres://patches:s3@cret@db.example/patches", "postgres://db.example/patches"],
  ["postgresql:///patches?host=/run/postgresql&user=patches&password=s3cret", "postgresql:///patches"],
  ["postgres://patches:s3/cret@db.example/patches", "PostgreSQL"],
  ["postgres://patches:33/cret@db.example/patches", "PostgreSQL"],
])("of %s only the place is said: %s", (url, place) => {
  expect(storageText(url, "full")).toBe(
    `Patch Advocate cannot start with ${place}: its disk is full. Make room there and start again.`,
  );
});
