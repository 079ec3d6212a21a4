// What date-holidays says of a region, as dates. Apart, because only the process that loads the library may import it.
import Holidays from "date-holidays";

export type HolidayYear = { readonly year: number; readonly dates: readonly string[] };

type Holiday = { readonly start: Date; readonly end: Date };

const MAX_DAYS = 31;

/** The public holidays of a region ("JP", "US-CA", "DE-BY-A") in each year, all their days; null where there is no such region. */
export function publicHolidays(region: string, years: readonly number[]): readonly HolidayYear[] | null {
  const [country = "", state, district] = region.split("-");
  if (!isKnown(country, state, district)) return null;
  const calendar = new Holidays();
  if (district !== undefined && state !== undefined) calendar.init(country, state, district);
  else if (state !== undefined) calendar.init(country, state);
  else calendar.init(country);
  const zone = calendar.getTimezones()[0] ?? "UTC";
  return years.map((year) => {
    const dates = calendar
      .getHolidays(year)
      .filter(({ type }) => type === "public")
      .flatMap((holiday) => datesOf(holiday, zone));
    return { year, dates: [...new Set(dates)].toSorted() };
  });
}

function isKnown(country: string, state: string | undefined, district: string | undefined): boolean {
  const all = new Holidays();
  const has = (names: object | undefined | null, name: string) => Object.keys(names ?? {}).includes(name);
  if (!has(all.getCountries(), country)) return false;
  if (state !== undefined && !has(all.getStates(country), state)) return false;
  return state === undefined || district === undefined || has(all.getRegions(country, state), district);
}

/**
 * The dates that a holiday takes up: those whose afternoon lies in it and whose morning is not all free. So one that begins at sunset
 * (the library's 18:00) takes up the days after, and half a day off is a working day.
 */
function datesOf({ start, end }: Holiday, zone: string): readonly string[] {
  const local = (instant: Date) =>
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  const from = local(start);
  const to = local(end);
  const dates: string[] = [];
  for (let date = from.toPlainDate(); dates.length < MAX_DAYS; date = date.add({ days: 1 })) {
    if (Temporal.PlainDateTime.compare(to, date.toPlainDateTime({ hour: 17 })) < 0) break;
    if (Temporal.PlainDateTime.compare(from, date.toPlainDateTime({ hour: 12 })) < 0) dates.push(date.toString());
  }
  return dates;
}
