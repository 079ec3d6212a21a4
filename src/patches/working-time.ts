// How long something took, in words. Apart, because reminders, tables and mails must count alike.

import { count, literal, noText, type PublicText, publicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";

/** A length of working time and what a working day lasts there; a day of 24 hours is a day by every calendar. */
export type WorkingTime = { readonly millis: number; readonly dayMillis: number };

const HOUR = 3_600_000;
const MINUTE = 60_000;
const WHOLE_DAY = 24 * HOUR;

type Unit = "day" | "working-day" | "hour" | "working-hour" | "minute";

const one: Record<Unit, PublicText> = {
  day: literal("day"),
  "working-day": literal("working day"),
  hour: literal("hour"),
  "working-hour": literal("working hour"),
  minute: literal("minute"),
};

const many: Record<Unit, PublicText> = {
  day: literal("days"),
  "working-day": literal("working days"),
  hour: literal("hours"),
  "working-hour": literal("working hours"),
  minute: literal("minutes"),
};

const japanese: Record<Unit, PublicText> = {
  day: literal("日"),
  "working-day": literal("営業日"),
  hour: literal("時間"),
  "working-hour": literal("営業時間"),
  minute: literal("分"),
};

const measured: Record<Language, (n: number, unit: Unit) => PublicText> = {
  en: (n, unit) => publicText`${count(n)} ${n === 1 ? one[unit] : many[unit]}`,
  ja: (n, unit) => publicText`${count(n)} ${japanese[unit]}`,
};

/** Whole days, or whole hours under one day, or minutes under one hour: "10 working days". */
export function roughTime(time: WorkingTime, language: Language): PublicText {
  const { days, hours, minutes, isWorking } = parts(time);
  if (days > 0) return measured[language](days, isWorking ? "working-day" : "day");
  if (hours > 0) return measured[language](hours, isWorking ? "working-hour" : "hour");
  return measured[language](minutes, "minute");
}

/** Days and hours, or hours and minutes: "3 working days 2 hours". */
export function exactTime(time: WorkingTime, language: Language): PublicText {
  const { days, hours, minutes, isWorking } = parts(time);
  const more = (n: number, unit: Unit) => (n === 0 ? noText : publicText` ${measured[language](n, unit)}`);
  if (days > 0) return publicText`${measured[language](days, isWorking ? "working-day" : "day")}${more(hours, "hour")}`;
  if (hours > 0)
    return publicText`${measured[language](hours, isWorking ? "working-hour" : "hour")}${more(minutes, "minute")}`;
  return measured[language](minutes, "minute");
}

function parts({ millis, dayMillis }: WorkingTime) {
  const days = Math.floor(millis / dayMillis);
  const rest = millis - days * dayMillis;
  const hours = Math.floor(rest / HOUR);
  const minutes = Math.floor((rest - hours * HOUR) / MINUTE);
  return { days, hours, minutes, isWorking: dayMillis !== WHOLE_DAY };
}
