// The filters of an address, as words: what is not one of ours is left out and named. Pure; whether a customer or repository is there, the store says.
import { z } from "zod";
import { FIGURES, type FigureName, type FilterName, type Gravity, PERIODS, type Period } from "./insight.ts";

export type AskedFilters = {
  readonly period: Period;
  readonly severity: Gravity | null;
  /** An id and a name as they were written; null where none was. */
  readonly customer: string | null;
  readonly repository: string | null;
  readonly unknown: readonly UnknownFilter[];
};

/** `value` as it was written, shortened. */
export type UnknownFilter = { readonly filter: FilterName; readonly value: string };

const MOST_SHOWN = 80;
const period = z.enum(PERIODS);
const severity = z.enum(["S1", "S2", "S3", "S4", "none"] as const satisfies readonly Gravity[]);
const figure = z.enum(FIGURES);
/** Ids of customers and names of repositories are no longer. */
const name = z.string().min(1).max(100);

export const DEFAULT_PERIOD: Period = "3m";

export function readFilters(query: Readonly<Record<string, string | undefined>>): AskedFilters {
  const unknown: UnknownFilter[] = [];
  const read = <Value>(filter: FilterName, schema: z.ZodType<Value>): Value | null => {
    const value = query[filter]?.trim() ?? "";
    if (value === "") return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    unknown.push(unknownFilter(filter, value));
    return null;
  };
  return {
    period: read("period", period) ?? DEFAULT_PERIOD,
    severity: read("severity", severity),
    customer: read("customer", name),
    repository: read("repository", name),
    unknown,
  };
}

export const unknownFilter = (filter: FilterName, value: string): UnknownFilter => ({
  filter,
  value: value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value,
});

/** The figure that a file's name asks for (`decision.csv`); null where it is none of ours. */
export function figureOfFile(file: string): FigureName | null {
  const parsed = figure.safeParse(file.endsWith(".csv") ? file.slice(0, -".csv".length) : "");
  return parsed.success ? parsed.data : null;
}
