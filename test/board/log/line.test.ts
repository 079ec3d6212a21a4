// Every kind of entry as its reader sees it, in both languages, also where it was written by another release; and as a file.
import { describe, expect, test } from "vitest";
import { logCsv } from "../../../src/board/log/csv.ts";
import type { LogEntry } from "../../../src/board/log/entry.ts";
import { lineOf } from "../../../src/board/log/line.ts";
import { LOG_TEXTS } from "../../../src/board/log/messages.ts";
import { changeIn, commandOutcome, outcomeIn, recipientName } from "../../../src/board/log/stored.ts";
import { storedReason } from "../../../src/patches/stored-reason.ts";

const AT = Date.parse("2026-03-02T09:00:00Z");
const owner = { ownerId: 70, login: "acme-db", type: "Organization", installationId: 1 } as const;
const names = {
  patches: new Map([["7#1", { id: "7#1", repository: "engine", number: 1, title: "Fix" }]]),
  cases: new Map([[3, "CASE-3"]]),
};
const common = { at: AT, id: "1", patchId: "7#1" };
const entries: readonly LogEntry[] = [
  {
    ...common,
    kind: "act",
    person: "Sato",
    what: "link-made",
    subject: "customer:a b",
    words: "did `it`",
    patchId: null,
  },
  { ...common, kind: "command", person: "@dana", text: "link CASE-3", caseId: 3, outcome: "do", patchId: null },
  { ...common, kind: "command", person: "@dana", text: "take", caseId: null, outcome: "denied", patchId: "8#9" },
  {
    ...common,
    kind: "escalation",
    what: "ask-owner",
    because: "nobody answered",
    outcome: "those who decide were asked next",
  },
  {
    ...common,
    kind: "write",
    what: "labels",
    state: "done",
    because: "x",
    outcome: null,
    changed: { added: ["a", "b"], removed: ["c"] },
  },
  {
    ...common,
    kind: "write",
    what: "labels",
    state: "observed",
    because: "x",
    outcome: "y",
    changed: { added: ["a"], removed: [] },
  },
  {
    ...common,
    kind: "write",
    what: "from-the-future",
    state: "failed",
    because: "x",
    outcome: "GitHub answered 403",
    changed: null,
  },
  {
    ...common,
    kind: "notice",
    what: "ask-owner",
    channel: "person",
    recipient: "Sato",
    state: "withdrawn",
    because: "",
    outcome: "answered",
  },
  {
    ...common,
    kind: "notice",
    what: "case.shipped",
    channel: "webhook",
    recipient: "webhook",
    state: "done",
    because: "x",
    outcome: null,
  },
  { ...common, kind: "decision", what: "remind", because: "kept", reason: { code: "nobody-to-remind" } },
  { ...common, kind: "decision", what: "none", because: "kept in `English`", reason: null },
];

describe("lines of the log", () => {
  test.each(["en", "ja"] as const)("in %s", (language) => {
    const reader = { owner, language, timezone: "UTC" };
    expect(entries.map((entry) => lineOf(entry, names, reader))).toMatchSnapshot();
  });

  test("a reason that lacks its words is told by the line that was kept", () => {
    const reason = storedReason('{"reason":{"code":"reminder-due"}}');
    const entry: LogEntry = { ...common, kind: "decision", what: "wait", because: "kept", reason };
    expect(lineOf(entry, names, { owner, language: "en", timezone: "UTC" }).because?.words).toBe("kept");
  });

  test("a spreadsheet computes nothing, and quotes hold what would break a row", () => {
    const entry: LogEntry = { ...common, kind: "act", person: "=1+1", what: "-x", subject: "", words: 'a "b",\r\nc' };
    const line = lineOf(entry, names, { owner, language: "en", timezone: "UTC" });
    expect(logCsv([line], LOG_TEXTS.en)).toBe(
      `When,Kind,What,About,Who,Because,Outcome\r\n2026-03-02T09:00:00.000Z,Act on the board,'-x,engine#1,'=1+1,"a ""b"",\r\nc",\r\n`,
    );
  });
});

describe("what rows keep", () => {
  test.each([
    ['{"kind":"withdrawn","because":"decided"}', "decided"],
    ['{"kind":"done"}', null],
    ["", null],
    ["not JSON", null],
    [null, null],
  ])("why %s", (json, because) => {
    expect(outcomeIn(json)).toBe(because);
  });

  test("labels that were changed, or would have been", () => {
    expect(changeIn('{"kind":"labels","added":["a"],"removed":[]}')).toEqual({ added: ["a"], removed: [] });
    expect(changeIn('{"kind":"observed","because":"x","labels":{"added":[],"removed":["b"]}}')).toEqual({
      added: [],
      removed: ["b"],
    });
    expect(changeIn('{"kind":"observed","because":"x"}')).toBeNull();
  });

  test("names, outcomes and reasons", () => {
    expect(recipientName('{"name":"Sato"}', "mail:sato@acme.example")).toBe("Sato");
    expect(recipientName("", "mail:sato@acme.example")).toBe("sato@acme.example");
    expect(recipientName("", "login:kenji")).toBe("@kenji");
    expect(recipientName("null", "webhook")).toBe("webhook");
    expect(commandOutcome('{"kind":"refused"}')).toBe("refused");
    expect(commandOutcome("{")).toBe("");
  });
});
