// What rows of any release keep as the reason of a decision, also where it is none.
import { expect, test } from "vitest";
import { renderPublic } from "../../src/effects/public-text.ts";
import { storedReason, storedReasonText } from "../../src/patches/stored-reason.ts";

const reader = { language: "en", timezone: "UTC" } as const;

test.each([
  ["{"],
  [""],
  ["null"],
  ["[]"],
  ['{"turn":"nobody"}'],
  ['{"reason":null}'],
  ['{"reason":"gone"}'],
  ['{"reason":{"code":"constructor"}}'],
  ['{"reason":{"code":"from-the-future"}}'],
])("%s keeps no reason", (json) => {
  expect(storedReason(json)).toBeNull();
});

test("a reason is told with all that was kept of it", () => {
  const reason = storedReason('{"turn":"nobody","reason":{"code":"snoozed-until","until":1772442000000}}');
  expect(reason).toEqual({ code: "snoozed-until", until: 1_772_442_000_000 });
  const words = storedReasonText(reason, reader);
  expect(words === null ? null : renderPublic(words, "full")).toBe("it is put off until 2026-03-02");
});

test("a reason that lacks what its words need is not told", () => {
  expect(storedReasonText(storedReason('{"reason":{"code":"reminder-due"}}'), reader)).toBeNull();
  expect(storedReasonText(null, reader)).toBeNull();
});
