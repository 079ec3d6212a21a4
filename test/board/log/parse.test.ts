// What an address asks of the log: what is not one of ours is left out and named.
import { describe, expect, test } from "vitest";
import { readLogFilters, writeCursor } from "../../../src/board/log/parse.ts";

const plain = { kind: null, patch: null, person: null, text: null, days: 30, before: null };

describe("filters of the log", () => {
  test.each([
    ["nothing", {}, plain, []],
    ["a kind", { kind: "notice" }, { ...plain, kind: "notice" }, []],
    ["a strange kind", { kind: "secret" }, plain, ["kind"]],
    ["a patch", { patch: "engine#42" }, { ...plain, patch: { repository: "engine", number: 42 } }, []],
    [
      "a patch with its owner",
      { patch: " acme-db/engine#42 " },
      { ...plain, patch: { repository: "engine", number: 42 } },
      [],
    ],
    ["a patch without a number", { patch: "engine" }, plain, ["patch"]],
    ["a path as a patch", { patch: "../../etc#1" }, plain, ["patch"]],
    ["a person with a sign", { person: "@Dana" }, { ...plain, person: "dana" }, []],
    ["only the sign", { person: "@" }, plain, ["person"]],
    ["words", { text: "  Lock_100% " }, { ...plain, text: "lock_100%" }, []],
    ["a command as words", { text: "/case link CASE-1" }, { ...plain, text: "link case-1" }, []],
    ["too many words", { text: "x".repeat(101) }, plain, ["text"]],
    ["a period", { days: "365" }, { ...plain, days: 365 }, []],
    ["another period", { days: "31" }, plain, ["days"]],
    [
      "a place",
      { before: "1772442000000.command.comment:7~3" },
      { ...plain, before: { at: 1772442000000, kind: "command", id: "comment:7~3" } },
      [],
    ],
    ["a place with dots", { before: "5.act.a.b" }, { ...plain, before: { at: 5, kind: "act", id: "a.b" } }, []],
    ["a strange place", { before: "5.secret.1" }, plain, ["before"]],
    ["no place", { before: "' or 1=1" }, plain, ["before"]],
  ])("%s", (_, query, expected, unknown) => {
    const { typed: _typed, unknown: left, ...asked } = readLogFilters(query);
    expect(asked).toEqual(expected);
    expect(left).toEqual(unknown);
  });

  test("a place is read as it was written", () => {
    const place = { at: 1772442000000, kind: "command", id: "body:7#1~0" } as const;
    expect(readLogFilters({ before: writeCursor(place) }).before).toEqual(place);
  });
});
