// Short ways to say what policy tests are about: a calendar, an instant, a policy that must be good.
import { type Calendar, calendarOf } from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import { type PartialPolicy, type PolicyError, parsePolicy, type WorkingHours } from "../../src/policy/policy.ts";

export const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
export const iso = (millis: number): string => new Date(millis).toISOString().replace(".000Z", "Z");
export const HOUR = 3_600_000;
export const EVERY_DAY: WorkingHours["days"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** `hours("22:00-06:00", { timezone: "Asia/Tokyo" })` */
export function calendar(hours: string, rest: Partial<WorkingHours> = {}, holidays: readonly string[] = []): Calendar {
  const [from = "", to = ""] = hours.split("-");
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return calendarOf(
    { kind: "hours", ...DEFAULT_HOURS, hours: { fromMinute: minute(from), toMinute: minute(to) }, ...rest },
    new Set(holidays),
  );
}

export function goodPolicy(text: string): PartialPolicy {
  const parsed = parsePolicy(text, { where: "the policy" });
  if (parsed.kind === "policy") return parsed.partial;
  throw new Error(JSON.stringify(parsed.errors));
}

/** The mistakes of a text as people read them: `line:column path | message`. */
export function mistakes(input: string | Uint8Array): readonly string[] {
  const parsed = parsePolicy(input, { where: "patch-advocate.yml" });
  return (parsed.kind === "errors" ? parsed.errors : parsed.warnings).map(told);
}

function told({ line, column, path, message }: PolicyError): string {
  return `${line}:${column} ${path} | ${message}`;
}
