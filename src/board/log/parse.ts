// The filters of the log's address, as values: what is not one of ours is left out and named. Pure; whether a patch is there, the store says.
import { z } from "zod";
import { type Cursor, LOG_DAYS, LOG_KINDS, type LogDays, type LogKind } from "./entry.ts";

export const DEFAULT_DAYS: LogDays = 30;

export type LogFilter = "kind" | "patch" | "person" | "text" | "days" | "before";

export type AskedLog = {
  readonly kind: LogKind | null;
  /** A repository's name without its owner, and a number. */
  readonly patch: { readonly repository: string; readonly number: number } | null;
  readonly person: string | null;
  readonly text: string | null;
  readonly days: LogDays;
  readonly before: Cursor | null;
  /** As they were written, so that fields keep it and messages name it; shortened. */
  readonly typed: Readonly<Record<Exclude<LogFilter, "before">, string>>;
  readonly unknown: readonly LogFilter[];
};

const MOST_TYPED = 100;
const MOST_CURSOR = 300;

const kind = z.enum(LOG_KINDS);
const days = z.coerce.number().pipe(z.literal(LOG_DAYS));
const patch = z
  .string()
  .regex(/^(?:[^/#\s]{1,100}\/)?[^/#\s]{1,100}#[0-9]{1,9}$/)
  .transform((written) => {
    const [name = "", number = ""] = written.split("#");
    return { repository: name.split("/").at(-1) ?? "", number: Number(number) };
  });
const person = z
  .string()
  .max(MOST_TYPED)
  .transform((name) => name.replace(/^@/, "").toLowerCase())
  .pipe(z.string().min(1));
const text = z
  .string()
  .max(MOST_TYPED)
  // Commands are kept without what they all begin with.
  .transform((words) => words.toLowerCase().replace(/^\/case\s+/, ""));
const cursor = z
  .string()
  .max(MOST_CURSOR)
  .regex(/^[0-9]{1,15}\.[a-z]+\..+$/)
  .transform((written): { at: number; kind: string; id: string } => {
    const [at = "", of = "", ...id] = written.split(".");
    return { at: Number(at), kind: of, id: id.join(".") };
  })
  .pipe(z.object({ at: z.number().int(), kind, id: z.string() }));

export function readLogFilters(query: Readonly<Record<string, string | undefined>>): AskedLog {
  const unknown: LogFilter[] = [];
  const read = <Value>(filter: LogFilter, schema: z.ZodType<Value>): Value | null => {
    const written = query[filter]?.trim() ?? "";
    if (written === "") return null;
    const parsed = schema.safeParse(written);
    if (parsed.success) return parsed.data;
    unknown.push(filter);
    return null;
  };
  const typed = (filter: LogFilter) => (query[filter]?.trim() ?? "").slice(0, MOST_TYPED);
  return {
    kind: read("kind", kind),
    patch: read("patch", patch),
    person: read("person", person),
    text: read("text", text),
    days: read("days", days) ?? DEFAULT_DAYS,
    before: read("before", cursor),
    typed: {
      kind: typed("kind"),
      patch: typed("patch"),
      person: typed("person"),
      text: typed("text"),
      days: typed("days"),
    },
    unknown,
  };
}

/** As it stands in an address. */
export const writeCursor = ({ at, kind, id }: Cursor): string => `${at}.${kind}.${id}`;
