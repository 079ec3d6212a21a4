// Days and times as people write them in letters. Apart from public texts, which show them as data.
import type { Language } from "../policy/policy.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const JAPANESE_WEEKDAYS = ["月", "火", "水", "木", "金", "土", "日"];

export type DateWords = { readonly language: Language; readonly timezone: string };

const written: Record<Language, (day: Temporal.PlainDate) => string> = {
  en: (day) => `${WEEKDAYS[day.dayOfWeek - 1]} ${day.day} ${MONTHS[day.month - 1]} ${day.year}`,
  ja: (day) => `${day.year}年${day.month}月${day.day}日（${JAPANESE_WEEKDAYS[day.dayOfWeek - 1]}）`,
};

/** "Friday 20 March 2026": the day of an instant in the reader's time zone. */
export const dayInWords = (at: number, { language, timezone }: DateWords): string =>
  written[language](zoned(at, timezone).toPlainDate());

/** "Friday 20 March 2026, 18:00"; in Japanese without a space, "2026年3月20日（金）18:00". */
export function minuteInWords(at: number, { language, timezone }: DateWords): string {
  const when = zoned(at, timezone);
  const time = when.toPlainTime().toString({ smallestUnit: "minute" });
  return language === "ja" ? `${written.ja(when.toPlainDate())}${time}` : `${written.en(when.toPlainDate())}, ${time}`;
}

/** The same of a day that somebody named (YYYY-MM-DD); what is no day is shown as it is. */
export function namedDay(day: string, language: Language): string {
  try {
    return written[language](Temporal.PlainDate.from(day));
  } catch {
    return day;
  }
}

const zoned = (at: number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
