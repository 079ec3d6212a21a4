// What the address of the page of what waits asks for: filters, and where its pages begin. Pure; what is not known is named and left out.
import { SEVERITIES } from "../../customers/customer.ts";
import type { Turn } from "../../patches/turn.ts";
import type { Severity } from "../../policy/policy.ts";

/** In the order of the page. */
export const TURNS: readonly Turn[] = ["author", "maintainer", "nobody"];

/** What a filter may name; what is empty is not asked of whoever may not filter by it. */
export type Choosable = {
  readonly customers: ReadonlySet<string>;
  /** By name, in lower case. */
  readonly repositories: ReadonlyMap<string, { readonly id: number; readonly name: string }>;
  /** Maintainers see neither customers nor severities, and cannot find them out by filtering. */
  readonly isLimited: boolean;
};

export type Filters = {
  readonly text: string | null;
  readonly customer: string | null;
  readonly severity: Severity | "none" | null;
  readonly turn: Turn | null;
  readonly repository: { readonly id: number; readonly name: string } | null;
  readonly isMine: boolean;
  readonly isProposals: boolean;
};

/** Behind which row a page begins, in the order of the page. */
export type Cursor = { readonly gravity: number; readonly openedAt: number; readonly id: string };

export type Asked = {
  readonly filters: Filters;
  readonly after: Cursor | null;
  readonly page: number;
  /** What the address asked for in vain. */
  readonly unknown: readonly string[];
};

export const NO_FILTERS: Filters = {
  text: null,
  customer: null,
  severity: null,
  turn: null,
  repository: null,
  isMine: false,
  isProposals: false,
};

const LONGEST_TEXT = 100;
const MOST_PAGES = 1000;
const GRAVITIES = [...SEVERITIES, "none"] as const;

type Query = Readonly<Record<string, string>>;

/** Reads what an address asks for, one filter after the other; what nobody finds is put among the unknown. */
export function asking(query: Query) {
  const unknown: string[] = [];
  const chosen = <T>(name: string, find: (value: string) => T | null): T | null => {
    const value = query[name]?.trim() ?? "";
    if (value === "") return null;
    const found = find(value);
    if (found === null) unknown.push(`${name}=${value.slice(0, LONGEST_TEXT)}`);
    return found;
  };
  return { chosen, unknown };
}

export const readText = (value: string): string => value.slice(0, LONGEST_TEXT);

export const readGravity = (value: string): Severity | "none" | null =>
  GRAVITIES.find((each) => each.toLowerCase() === value.toLowerCase()) ?? null;

export function readAsked(query: Query, known: Choosable): Asked {
  const { chosen, unknown } = asking(query);
  const isAllowed = !known.isLimited;
  return {
    filters: {
      text: chosen("text", readText),
      customer: chosen("customer", (value) => (isAllowed && known.customers.has(value) ? value : null)),
      severity: chosen("severity", (value) => (isAllowed ? readGravity(value) : null)),
      turn: chosen("turn", (value) => TURNS.find((each) => each === value) ?? null),
      repository: chosen("repository", (value) => known.repositories.get(value.toLowerCase()) ?? null),
      isMine: chosen("mine", (value) => (isAllowed && value === "1" ? true : null)) ?? false,
      isProposals: chosen("proposals", (value) => (isAllowed && value === "1" ? true : null)) ?? false,
    },
    after: chosen("after", readCursor),
    page: chosen("page", readPage) ?? 1,
    unknown,
  };
}

/** A page's number from 1 on. */
export const readPage = (value: string): number | null =>
  /^[1-9]\d{0,3}$/.test(value) && Number(value) <= MOST_PAGES ? Number(value) : null;

export const cursorText = ({ gravity, openedAt, id }: Cursor): string => `${gravity}.${openedAt}.${id}`;

function readCursor(value: string): Cursor | null {
  const [, gravity, openedAt, id] = /^([0-5])\.(\d{1,15})\.(\d{1,15}#\d{1,10})$/.exec(value) ?? [];
  if (id === undefined) return null;
  return { gravity: Number(gravity), openedAt: Number(openedAt), id };
}

export const hasFilters = (filters: Filters): boolean => JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);

/** The filters as an address's query. */
export const queryOf = (filters: Filters): Readonly<Record<string, string | null>> => ({
  text: filters.text,
  customer: filters.customer,
  severity: filters.severity,
  turn: filters.turn,
  repository: filters.repository?.name ?? null,
  mine: filters.isMine ? "1" : null,
  proposals: filters.isProposals ? "1" : null,
});
