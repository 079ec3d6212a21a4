// The public holidays of a reader's country, this year's and the next's. Apart from the hours, which are pure, and from the policy's
// calendars, which name their regions themselves.
import type { Logger } from "pino";
import type { Db } from "../db/database.ts";
import { holidaysFor, unknownRegions } from "../policy/holidays.ts";
import { countryOfZone } from "./hours.ts";

export type ReadersHolidays = (timezone: string, now: number) => Promise<ReadonlySet<string>>;

const NONE: ReadonlySet<string> = new Set();

/** Builds the look-up. A year of a country is read once a process; where it cannot be read nobody waits for it. */
export function createReadersHolidays({ db, log }: { readonly db: Db; readonly log: Logger }): ReadersHolidays {
  const known = new Map<string, ReadonlySet<string>>();
  return async (timezone, now) => {
    const country = countryOfZone(timezone);
    if (country === null) return NONE;
    const year = new Date(now).getUTCFullYear();
    const key = `${country} ${year}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    try {
      const isUnknown = (await unknownRegions(db, [country], year)).length > 0;
      const dates = isUnknown ? NONE : await holidaysFor(db, [country], [year, year + 1]);
      known.set(key, dates);
      return dates;
    } catch (error) {
      log.warn({ country, err: error }, "a reader's holidays are not known; they are told as on any other day");
      return NONE;
    }
  };
}
