// Times and lengths on the board: in words, with the exact instant on hover. Pure.
import { html } from "hono/html";
import { renderPublic } from "../effects/public-text.ts";
import { roughTime, type WorkingTime } from "../patches/working-time.ts";
import type { Html } from "../web/page.ts";
import type { Reading } from "./viewer.ts";

type Reads = Pick<Reading, "language" | "timezone">;

const LOCALE = { en: "en-GB", ja: "ja-JP" } as const;

/** Making a format takes longer than a page may with a row of them each; the oldest leaves when there are more than these. */
const MOST_FORMATS = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(at: number, { language, timezone }: Reads, options: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${timezone} ${Object.keys(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known.format(at);
  const made = new Intl.DateTimeFormat(LOCALE[language], { timeZone: timezone, ...options });
  const oldest = formats.keys().next();
  if (formats.size >= MOST_FORMATS && oldest.done !== true) formats.delete(oldest.value);
  formats.set(key, made);
  return made.format(at);
}

const DAY: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };
const INSTANT: Intl.DateTimeFormatOptions = { ...DAY, hour: "2-digit", minute: "2-digit", timeZoneName: "short" };

/** "24 Nov 2026, 16:05 GMT+9": an instant in the reader's zone. */
export const exactInstant = (at: number, reads: Reads): string => formatted(at, reads, INSTANT);

/** "24 Nov 2026". */
export const shortDay = (at: number, reads: Reads): string => formatted(at, reads, DAY);

/** A day as such (YYYY-MM-DD), without a zone. */
export function plainDay(day: string, { language }: Pick<Reading, "language">): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : shortDay(at, { language, timezone: "UTC" });
}

/** Words for an instant, with the instant itself on hover and for programs. */
export const timeElement = (words: string, at: number, reads: Reads): Html =>
  html`<time datetime="${new Date(at).toISOString()}" title="${exactInstant(at, reads)}">${words}</time>`;

export const dayElement = (at: number, reads: Reads): Html => timeElement(shortDay(at, reads), at, reads);

export const instantElement = (at: number, reads: Reads): Html => timeElement(exactInstant(at, reads), at, reads);

/** "3 working days", with the instant since when on hover. */
export const sinceElement = (time: WorkingTime, sinceAt: number, reads: Reads): Html =>
  timeElement(workingWords(time, reads), sinceAt, reads);

/** "3 working days". */
export const workingWords = (time: WorkingTime, { language }: Pick<Reading, "language">): string =>
  renderPublic(roughTime(time, language), "none");

/** A number by locale: "12,345". */
export const number = (value: number, { language }: Pick<Reading, "language">): string =>
  new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 1 }).format(value);

/** A share of 1 by locale: "85%". */
export const percent = (share: number, { language }: Pick<Reading, "language">): string =>
  new Intl.NumberFormat(LOCALE[language], { style: "percent", maximumFractionDigits: 0 }).format(share);
