// The filters of the address, as values: what is not one of ours is left out and named. Pure; whether a repository is there, the store says.
import { z } from "zod";

export type AskedObserve = {
  readonly repository: string | null;
  /** YYYY-MM-DD. */
  readonly day: string | null;
  readonly before: { readonly at: number; readonly id: number } | null;
  readonly unknown: readonly ("repository" | "day")[];
};

const repository = z.string().min(1).max(100);
const day = z.iso.date();
const before = z
  .string()
  .regex(/^[0-9]{1,15}\.[0-9]{1,15}$/)
  .transform((written) => {
    const [at = "", id = ""] = written.split(".");
    return { at: Number(at), id: Number(id) };
  });

export function readObserveFilters(query: Readonly<Record<string, string | undefined>>): AskedObserve {
  const unknown: ("repository" | "day")[] = [];
  const read = (filter: "repository" | "day", schema: z.ZodType<string>): string | null => {
    const written = query[filter]?.trim() ?? "";
    if (written === "") return null;
    const parsed = schema.safeParse(written);
    if (parsed.success) return parsed.data;
    unknown.push(filter);
    return null;
  };
  return {
    repository: read("repository", repository),
    day: read("day", day),
    before: before.safeParse(query.before ?? "").data ?? null,
    unknown,
  };
}
