// Public holidays by region and year: read once from date-holidays, kept as rows, so that the library is seldom loaded.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { Db } from "../db/database.ts";
import { ALWAYS, type Calendar, calendarOf } from "./calendar.ts";
import type { PolicyCalendar } from "./policy.ts";
import { forgetHolidaysUnlessFrom, holidayYears, keepHolidays, regionsWithHolidays } from "./store.ts";

const execFileAsync = promisify(execFile);

const answer = z.array(
  z.object({
    region: z.string(),
    years: z.array(z.object({ year: z.number(), dates: z.array(z.string()) })).nullable(),
  }),
);

/** No patch is older, and a year of a region that is not kept yet costs time. */
const MAX_YEARS = 30;

type Asked = { readonly region: string; readonly years: readonly number[] };
type Answer = z.infer<typeof answer>;

/** What is being read now, so that many who wait for one year start one process. Entries leave when they are answered. */
const reading = new Map<string, Promise<Answer>>();

/** The dates ("YYYY-MM-DD") that are public holidays in any of the regions in these years. @throws when the library cannot be loaded. */
export async function holidaysFor(
  db: Db,
  regions: readonly string[],
  years: readonly number[],
): Promise<ReadonlySet<string>> {
  if (regions.length === 0 || years.length === 0) return new Set();
  const kept = await holidayYears(db, regions, years);
  const dates = new Set(kept.flatMap((row) => row.dates));
  const missing = regions
    .map((region) => ({
      region,
      years: years.filter((year) => !kept.some((row) => row.region === region && row.year === year)),
    }))
    .filter((asked) => asked.years.length > 0);
  if (missing.length === 0) return dates;

  const read = (await readOnce(missing)).flatMap(({ region, years: found }) =>
    (found ?? []).map((each) => ({ region, ...each })),
  );
  await keepHolidays(db, read);
  for (const row of read) for (const date of row.dates) dates.add(date);
  return dates;
}

/** A policy's calendar with the public holidays of every year from `fromAt` to a year after `toAt`. */
export async function workingCalendar(
  db: Db,
  policy: PolicyCalendar,
  { fromAt, toAt }: { readonly fromAt: number; readonly toAt: number },
): Promise<Calendar> {
  if (policy.kind === "always") return ALWAYS;
  const first = new Date(fromAt).getUTCFullYear();
  const last = Math.min(new Date(toAt).getUTCFullYear() + 1, first + MAX_YEARS);
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return calendarOf(policy, await holidaysFor(db, policy.holidays, years));
}

/** The regions of these that do not exist; this year's holidays of the others are kept. @throws when the library cannot be loaded. */
export async function unknownRegions(db: Db, regions: readonly string[], year: number): Promise<readonly string[]> {
  if (regions.length === 0) return [];
  const known = await regionsWithHolidays(db, regions);
  const asked = regions.filter((region) => !known.has(region)).map((region) => ({ region, years: [year] }));
  if (asked.length === 0) return [];
  const answers = await readOnce(asked);
  await keepHolidays(
    db,
    answers.flatMap(({ region, years }) => (years ?? []).map((each) => ({ region, ...each }))),
  );
  return answers.filter(({ years }) => years === null).map(({ region }) => region);
}

/** Forgets what another release of date-holidays said: laws change. To be called once at start; loads nothing. */
export async function refreshHolidays(db: Db): Promise<void> {
  const { version } = z
    .object({ version: z.string() })
    .parse(createRequire(import.meta.url)("date-holidays/package.json"));
  await forgetHolidaysUnlessFrom(db, `date-holidays ${version}`);
}

function readOnce(asked: readonly Asked[]): Promise<Answer> {
  const key = JSON.stringify(asked);
  const underWay = reading.get(key);
  if (underWay !== undefined) return underWay;
  const started = readInProcess(asked).finally(() => reading.delete(key));
  reading.set(key, started);
  return started;
}

async function readInProcess(asked: readonly Asked[]): Promise<Answer> {
  const script = fileURLToPath(new URL("./holidays-process.ts", import.meta.url));
  try {
    // No environment: that process needs none of our secrets.
    const { stdout } = await execFileAsync(process.execPath, [script, JSON.stringify(asked)], {
      env: {},
      timeout: 60_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    return answer.parse(JSON.parse(stdout));
  } catch (cause) {
    throw new Error("the public holidays could not be read from date-holidays", { cause });
  }
}
