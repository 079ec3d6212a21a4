// What a log line and a stored fault may hold.
import { expect, test } from "vitest";
import { createLog, describeFault } from "../../src/log.ts";

test("a line is JSON with its level, its message and its fields, and hides what must not be there", () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", format: "json" }, { write: (line) => lines.push(line) });

  log.info({ delivery: "d-1", token: "ghs_x", request: { headers: {}, body: "words" } }, "a delivery is kept");
  log.debug("nobody asked for this");

  expect(lines.map((line) => ({ ...JSON.parse(line), time: null }))).toEqual([
    {
      level: "info",
      time: null,
      delivery: "d-1",
      token: "[not logged]",
      request: { headers: {}, body: "[not logged]" },
      msg: "a delivery is kept",
    },
  ]);
});

test("a fault of a delivery's worker is logged without the delivery", () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", format: "json" }, { write: (line) => lines.push(line) });
  const fault = Object.assign(new Error("broken"), { event: { id: "d-1", payload: { title: "private words" } } });

  log.error(fault);
  log.error(Object.assign(new AggregateError([fault], "all"), { event: fault.event }));

  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toContain("private words");
});

test.each<[string, unknown, string]>([
  ["an error", new Error("broken"), "broken"],
  ["an error with causes", new Error("a", { cause: new Error("b", { cause: "c" }) }), "a: b: c"],
  ["a cause that says the same again", new Error("away: refused", { cause: new Error("refused") }), "away: refused"],
  ["several at once", new AggregateError([new Error("first"), new Error("second")], "all"), "first"],
  ["none at all", new AggregateError([], "all"), "all"],
  ["an error without words", new TypeError(), "TypeError"],
  ["a text", "just a text", "just a text"],
  ["GitHub's tokens", new Error("got ghs_abcDEF123 and github_pat_11AB_c"), "got [secret] and [secret]"],
  ["a bearer", new Error('authorization: "Bearer abc.def"'), 'authorization: "Bearer [secret]"'],
  ["a password in a URL", new Error("postgres://u:p@db/x failed"), "postgres://[secret]@db/x failed"],
  ["a password with an at sign", new Error("postgres://u:p@ss@db/x failed"), "postgres://[secret]@db/x failed"],
  ["a password with a slash", new Error("postgresql://u:p/s@s@db/x failed"), "postgresql://[secret]@db/x failed"],
  ["an at sign in a mail server's", new Error("smtps://u:p@ss@mail failed"), "smtps://[secret]@mail failed"],
  [
    "secrets that are asked with",
    new Error("postgres://db/x?user=u&password=p@ss&client_secret=s and http://h/?sort=up"),
    "postgres://db/x?user=u&password=[secret]&client_secret=[secret] and http://h/?sort=up",
  ],
  ["an address of somebody", new Error("see https://github.com/@mira"), "see https://github.com/@mira"],
  ["a key", new Error("bad -----BEGIN RSA PRIVATE KEY-----\nMII"), "bad [secret]"],
  ["too many words", new Error("x".repeat(3000)), `${"x".repeat(1999)}…`],
])("a fault is described in bounded words without secrets: %s", (_name, fault, words) => {
  expect(describeFault(fault)).toBe(words);
});
