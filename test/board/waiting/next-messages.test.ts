import { describe, expect, test } from "vitest";
import { nextWords } from "../../../src/board/waiting/next-messages.ts";
import type { NextReason } from "../../../src/patches/reasons.ts";

const NOW = Date.parse("2026-11-24T01:00:00Z");
const at = (text: string): number => Date.parse(text);
const TODAY = at("2026-11-24T05:30:00Z");
const THURSDAY = at("2026-11-26T01:00:00Z");
const NEXT_YEAR = at("2027-01-04T01:00:00Z");
const TEN_DAYS = { amount: 10, unit: "d" } as const;

type Row = readonly [NextReason, number | null, string, string];

const ROWS: readonly Row[] = [
  [
    { code: "reminder-due", target: TEN_DAYS, severity: null },
    THURSDAY,
    "A reminder goes out on Thu 26 Nov",
    "11月26日（木）に確認のお願いをお送りします",
  ],
  [
    { code: "reminder-due", target: TEN_DAYS, severity: null },
    TODAY,
    "A reminder goes out today at 14:30",
    "本日 14:30 に確認のお願いをお送りします",
  ],
  [
    { code: "reminder-due", target: TEN_DAYS, severity: null },
    null,
    "A reminder goes out now",
    "まもなく確認のお願いをお送りします",
  ],
  [
    { code: "next-reminder-due", every: TEN_DAYS, n: 2, limit: 2 },
    NEXT_YEAR,
    "Reminder number 2 goes out on Mon 4 Jan 2027",
    "2027年1月4日（月）に 2 回目の確認のお願いをお送りします",
  ],
  [
    { code: "escalation-due", reminders: 2, every: TEN_DAYS },
    THURSDAY,
    "It goes to the account owner on Thu 26 Nov, unless somebody answers before",
    "回答がない場合、11月26日（木）にお客様担当に判断をお願いします",
  ],
  [
    { code: "owner-asked", until: THURSDAY },
    THURSDAY,
    "The account owner is asked for an answer by Thu 26 Nov",
    "お客様担当に11月26日（木）までにご回答をお願いしています",
  ],
  [
    { code: "deciders-asked", until: TODAY },
    TODAY,
    "The deciders are asked for a decision by 14:30 today",
    "意思決定者に本日 14:30 までに判断をお願いしています",
  ],
  [
    { code: "taken-until", until: THURSDAY },
    THURSDAY,
    "Somebody has it in hand until Thu 26 Nov",
    "11月26日（木）まで担当の方がいます",
  ],
  [{ code: "snoozed-until", until: THURSDAY }, THURSDAY, "It comes back on Thu 26 Nov", "11月26日（木）に再開します"],
  [
    { code: "observing" },
    null,
    "Nothing: the policy lets this app observe only",
    "予定なし: ポリシーにより、このアプリは観察のみを行います",
  ],
];

describe("what comes next, in plain words", () => {
  test.each(ROWS)("%j at %d", (because, when, english, japanese) => {
    const reader = { timezone: "Asia/Tokyo", now: NOW, isLimited: false };
    expect(nextWords({ at: when, because }, { ...reader, language: "en" })).toBe(english);
    expect(nextWords({ at: when, because }, { ...reader, language: "ja" })).toBe(japanese);
  });

  test("whoever sees no customers hears nothing of the steps on their side", () => {
    const because: NextReason = { code: "owner-asked", until: THURSDAY };
    const reader = { timezone: "Asia/Tokyo", now: NOW, isLimited: true };
    expect(nextWords({ at: THURSDAY, because }, { ...reader, language: "en" })).toBe("The next step up is under way");
    expect(nextWords({ at: THURSDAY, because }, { ...reader, language: "ja" })).toBe("次の段階の手続き中です");
  });
});
