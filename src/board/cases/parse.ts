// What the address of the list of cases asks for, and what a form holds of a case's words. Pure; what is not known is named and left out.
import { z } from "zod";
import type { CaseWords } from "../../cases/words.ts";
import type { Severity } from "../../policy/policy.ts";
import { asking, readGravity, readPage, readText } from "../waiting/parse.ts";
import { FIELDS, STATES, type Typed } from "./decide.ts";

export type CaseState = CaseWords["state"];

export type CaseFilters = {
  readonly text: string | null;
  readonly state: CaseState | "all";
  readonly severity: Severity | "none" | null;
  readonly customer: string | null;
};

export type AskedCases = {
  readonly filters: CaseFilters;
  readonly page: number;
  readonly unknown: readonly string[];
};

export const STATE_FILTERS = [...STATES, "all"] as const;

export function readAskedCases(
  query: Readonly<Record<string, string>>,
  { customers }: { readonly customers: ReadonlySet<string> },
): AskedCases {
  const { chosen, unknown } = asking(query);
  return {
    filters: {
      text: chosen("text", readText),
      state: chosen("state", (value) => STATE_FILTERS.find((each) => each === value) ?? null) ?? "open",
      severity: chosen("severity", readGravity),
      customer: chosen("customer", (value) => (customers.has(value) ? value : null)),
    },
    page: chosen("page", readPage) ?? 1,
    unknown,
  };
}

export const hasCaseFilters = ({ text, state, severity, customer }: CaseFilters): boolean =>
  text !== null || state !== "open" || severity !== null || customer !== null;

export const caseQuery = ({
  text,
  state,
  severity,
  customer,
}: CaseFilters): Readonly<Record<string, string | null>> => ({
  text,
  state: state === "open" ? null : state,
  severity,
  customer,
});

/** The id of a case in an address; null where it is none. */
export const readCaseId = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

const typed = z.record(z.enum(FIELDS), z.string());

/** Every field of a form by its name; `prefix` is what stands before the names. */
export const readTyped = (text: (name: string) => string, prefix = ""): Typed =>
  typed.parse(Object.fromEntries(FIELDS.map((field) => [field, text(`${prefix}${field}`)])));
