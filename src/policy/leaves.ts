// The single values of a policy: durations, hours, people, colours, each with the sentence for what it is not.
import { z } from "zod";
import type { Duration, Party } from "./policy.ts";
import { mustBe, nearest, shown } from "./problems.ts";
import { patternProblem } from "./references.ts";

const MAX_LIST = 200;
const MAX_AMOUNT = 1_000;

/** Reads a text leaf: `read` answers the value, or `{ problem }` with a whole sentence. */
function text<T>(
  expected: (issue: { readonly input?: unknown }) => string,
  read: (value: string) => T | { readonly problem: string },
) {
  return z.string({ error: expected }).transform((value, context): T => {
    const result = read(value);
    if (typeof result === "object" && result !== null && "problem" in result) {
      context.addIssue({ code: "custom", message: result.problem, input: value });
      return z.NEVER;
    }
    return result;
  });
}

export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return z.enum(words, {
    error: (issue) => `${shown(issue.input)} is not known here. Write ${meant(issue.input, words) ?? list}.`,
  });
}

function meant(input: unknown, words: readonly string[]): string | null {
  return typeof input === "string" ? nearest(input, words) : null;
}

export const flag = z.boolean({ error: mustBe("true or false", "true or false, without quotes") });

export function wholeNumber(most: number, least = 0) {
  const error = mustBe(`a whole number from ${least} to ${most}`, "one, without quotes");
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** A list without repeats; `same` says what makes two entries one. */
export function listOf<T>(
  item: z.ZodType<T>,
  same: (value: T) => string = (value) => JSON.stringify(value).toLowerCase(),
) {
  return z
    .array(item, { error: mustBe("a list", "the entries in [ ], or [] for none") })
    .max(MAX_LIST, {
      error: `This list has more than ${MAX_LIST} entries. Name teams instead of people, or shorten it.`,
    })
    .superRefine((values, context) => {
      const seen = new Set<string>();
      values.forEach((value, index) => {
        const key = same(value);
        if (seen.has(key))
          context.addIssue({ code: "custom", path: [index], message: "This stands in the list twice. Keep one." });
        seen.add(key);
      });
    });
}

function readDuration(value: string, units: string): Duration | null {
  const match = /^([0-9]{1,4})([smhdw])$/.exec(value);
  const amount = Number(match?.[1] ?? Number.NaN);
  const unit = match?.[2];
  if (!(amount <= MAX_AMOUNT) || unit === undefined || !units.includes(unit)) return null;
  return unit === "s" || unit === "m" || unit === "h" || unit === "d" || unit === "w" ? { amount, unit } : null;
}

/** A length of working time: more than nothing. */
export const workingDuration = text<Duration>(
  mustBe("a duration", "a number and s, m, h, d or w, such as 5d"),
  (value) => {
    const duration = readDuration(value, "smhdw");
    if (duration !== null && duration.amount > 0) return duration;
    return {
      problem: `${shown(value)} is not a duration. Write a number from 1 to ${MAX_AMOUNT} and s, m, h, d or w, such as 5d.`,
    };
  },
);

/** A number of calendar days, which may be none. */
export const calendarDays = text<Duration>(
  mustBe("a number of calendar days", "a number and d or w, such as 30d"),
  (value) =>
    readDuration(value, "dw") ?? {
      problem: `${shown(value)} is not a number of calendar days. Write a number up to ${MAX_AMOUNT} and d or w, such as 30d.`,
    },
);

function minuteOf(hours: string | undefined, minutes: string | undefined): number | null {
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= 24 * 60 ? minute : null;
}

/** A time of day, as minutes after midnight. */
export const timeOfDay = text<number>(mustBe("a time of day", 'it in quotes, such as "09:00"'), (value) => {
  const match = /^([0-9]{1,2}):([0-9]{2})$/.exec(value);
  const minute = match === null ? null : minuteOf(match[1], match[2]);
  if (minute !== null && minute < 24 * 60) return minute;
  return { problem: `${shown(value)} is not a time of day. Write hours and minutes, such as "09:00".` };
});

/** Working hours; the second time may be the earlier one: then they span midnight. */
export const hours = text<{ fromMinute: number; toMinute: number }>(
  mustBe("working hours", 'them in quotes, such as "09:00-17:00"'),
  (value) => {
    const match = /^([0-9]{1,2}):([0-9]{2}) ?[-–] ?([0-9]{1,2}):([0-9]{2})$/.exec(value);
    const fromMinute = match === null ? null : minuteOf(match[1], match[2]);
    const toMinute = match === null ? null : minuteOf(match[3], match[4]);
    if (fromMinute === null || toMinute === null || fromMinute === 24 * 60) {
      return { problem: `${shown(value)} is not working hours. Write two times of day, such as "09:00-17:00".` };
    }
    if (fromMinute === toMinute)
      return { problem: `${shown(value)} is no time at all. Write "00:00-24:00" for the whole day.` };
    return { fromMinute, toMinute: toMinute === 0 ? 24 * 60 : toMinute };
  },
);

export const timezone = text<string>(mustBe("a time zone", "a name such as Asia/Tokyo"), (value) => {
  if (isTimezone(value)) return value;
  const zones = Intl.supportedValuesOf("timeZone");
  const city = zones.find((zone) => zone.toLowerCase().endsWith(`/${value.toLowerCase().replaceAll(" ", "_")}`));
  return {
    problem: `${shown(value)} is not a time zone. Write ${city ?? nearest(value, zones) ?? "a name of the IANA list, such as Asia/Tokyo"}.`,
  };
});

function isTimezone(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(value)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return true;
  } catch {
    return false;
  }
}

export const date = text<string>(mustBe("a date", "year, month and day, such as 2026-12-29"), (value) => {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) && isDate(value)) return value;
  return { problem: `${shown(value)} is not a date of the calendar. Write year, month and day, such as 2026-12-29.` };
});

function isDate(value: string): boolean {
  try {
    Temporal.PlainDate.from(value);
    return true;
  } catch {
    return false;
  }
}

const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?$/;
const TEAM = /^@([A-Za-z0-9][A-Za-z0-9_-]{0,99})\/([A-Za-z0-9_][A-Za-z0-9_.-]{0,99})$/;

/** An account, with or without `@`. */
export const login = text<string>(mustBe("a login", "a GitHub login (in quotes where it is only digits)"), (value) => {
  const name = value.replace(/^@/, "");
  if (LOGIN.test(name)) return name;
  if (value.includes("/"))
    return { problem: `${shown(value)} is a team; only logins stand here. Write the members' logins.` };
  return { problem: `${shown(value)} is not a login. Write it as GitHub shows it, such as dana.` };
});

/** An account or a team. */
export const party = text<Party>(mustBe("a login or a team", 'dana or "@acme-db/engine"'), (value) => {
  const team = TEAM.exec(value);
  if (team?.[1] !== undefined && team[2] !== undefined) return { kind: "team", organization: team[1], slug: team[2] };
  const name = value.replace(/^@/, "");
  if (LOGIN.test(name)) return { kind: "login", login: name };
  if (TEAM.test(`@${value}`)) return { problem: `${shown(value)} lacks its @. Write "@${value}" for the team.` };
  return { problem: `${shown(value)} is neither a login nor a team. Write dana or "@acme-db/engine".` };
});

export const repository = text<string>(mustBe("a repository", "owner/name"), (value) => {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100}$/.test(value)) return value;
  return { problem: `${shown(value)} is not a repository. Write owner/name, such as acme-db/cases.` };
});

export const region = text<string>(mustBe("a region", "JP or US-CA, or a list of such"), (value) => {
  if (/^[A-Z]{2}(-[A-Za-z0-9]{1,12}){0,2}$/.test(value)) return value;
  const upper = value.toUpperCase();
  const write = /^[A-Z]{2}(-[A-Z0-9]{1,12}){0,2}$/.test(upper)
    ? upper
    : "a country's two letters, such as JP, or US-CA";
  return { problem: `${shown(value)} is not a region. Write ${write}.` };
});

export const labelText = (what: string, most: number) =>
  text<string>(mustBe(`a label's ${what}`, "it in quotes"), (value) => {
    if (value.trim() !== value || /[\r\n]/.test(value))
      return { problem: `A label's ${what} is one line without spaces around it. Take them away.` };
    if (value === "" && what === "name") return { problem: "A label needs a name. Write one, or false for no label." };
    if ([...value].length > most)
      return {
        problem: `A label's ${what} has at most ${most} characters on GitHub; this has ${[...value].length}. Shorten it.`,
      };
    return value;
  });

export const color = text<string>(
  (issue) =>
    `${shown(issue.input)} is not a colour. Write six hexadecimal digits, such as 0e8a16 (after a # YAML reads no further).`,
  (value) => {
    const digits = value.replace(/^#/, "").toLowerCase();
    return /^[0-9a-f]{6}$/.test(digits)
      ? digits
      : { problem: `${shown(value)} is not a colour. Write six hexadecimal digits, such as 0e8a16.` };
  },
);

export const pattern = text<string>(mustBe("a pattern", 'it in quotes, such as "CASE-[0-9]{3,8}"'), (value) => {
  const problem = patternProblem(value);
  return problem === null ? value : { problem };
});

export const webAddress = text<string>(
  mustBe("a web address", 'it in quotes, such as "https://support.example/{ref}"'),
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (
      url === null ||
      (url.protocol !== "https:" && url.protocol !== "http:") ||
      url.hostname === "" ||
      value.length > 500 ||
      /\s/.test(value)
    ) {
      return {
        problem: `${shown(value)} is not a web address. Write one that begins with https://, such as "https://support.example/{ref}".`,
      };
    }
    if (url.username !== "" || url.password !== "")
      return { problem: "This address holds a name or password. Take them away." };
    if (url.host.includes("{"))
      return { problem: "{ref} may stand only after the host's name. Write it in the path or query." };
    const strange = value.match(/\{[^}]*\}/g)?.find((found) => found !== "{ref}");
    if (strange !== undefined)
      return { problem: `${strange.slice(0, 40)} is not known. Write {ref} where the reference belongs.` };
    if (!value.includes("{ref}"))
      return { problem: "This address is the same for every case. Write {ref} where the reference belongs." };
    return value;
  },
);
