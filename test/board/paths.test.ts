import fc from "fast-check";
import { expect, test } from "vitest";
import { safeReturn } from "../../src/board/paths.ts";
import { csrfOf, hashesOf, isCsrfOf, readSigned, type Secrets, signed } from "../../src/board/secrets.ts";

test.each([
  ["/o/acme-db", "/o/acme-db"],
  ["/o/acme-db/r/engine/7?a=b", "/o/acme-db/r/engine/7?a=b"],
  ["/o/acme-db/../../sign-out", "/"],
  ["/o/..", "/"],
  ["//evil.example/o/", "/"],
  ["https://evil.example/o/", "/"],
  ["/\\evil.example", "/"],
  ["/o/\\\\evil.example", "/o///evil.example"],
  ["", "/"],
  [undefined, "/"],
])("a way back to %j leads to %j", (wanted, leads) => {
  expect(safeReturn(wanted)).toBe(leads);
});

test("whatever is asked for, the way back stays on this site", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((text) => `/o/${text}`),
      ),
      (wanted) => {
        const url = new URL(safeReturn(wanted), "https://board.example");
        return url.origin === "https://board.example" && (url.pathname === "/" || url.pathname.startsWith("/o/"));
      },
    ),
  );
});

test("what was made with the secret before still holds while it is changed", () => {
  const before: Secrets = () => ["the secret before"];
  const during: Secrets = () => ["the secret now", "the secret before"];
  const after: Secrets = () => ["the secret now"];
  expect(hashesOf(during, "token")).toContain(hashesOf(before, "token")[0]);
  expect([
    isCsrfOf(during, "token", csrfOf(before, "token")),
    isCsrfOf(after, "token", csrfOf(before, "token")),
  ]).toEqual([true, false]);
  expect([readSigned(during, signed(before, "text")), readSigned(after, signed(before, "text"))]).toEqual([
    "text",
    null,
  ]);
  expect(readSigned(before, `${signed(before, "text")}x`)).toBe(null);
});
