// What rows of the log keep as JSON, read back: written by several releases, so that what cannot be read is left out and never thrown over.
import { z } from "zod";
import { storedJson } from "../../db/stored-json.ts";
import type { LabelChange } from "./entry.ts";

const becauseOf = z.object({ because: z.string() });
const labels = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });
const observed = z.object({ labels });
const kindOf = z.object({ kind: z.string() });
const named = z.object({ name: z.string() });

/** Why something was not done. */
export const outcomeIn = (json: string | null): string | null =>
  becauseOf.safeParse(storedJson(json)).data?.because ?? null;

/** Which labels were put on and taken off, or would have been. */
export function changeIn(json: string | null): LabelChange | null {
  const outcome = storedJson(json);
  return labels.safeParse(outcome).data ?? observed.safeParse(outcome).data?.labels ?? null;
}

export const commandOutcome = (json: string): string => kindOf.safeParse(storedJson(json)).data?.kind ?? "";

/** Their name, as long as it is kept; then what is left of their key. */
export function recipientName(json: string, key: string): string {
  const name = named.safeParse(storedJson(json)).data?.name ?? "";
  if (name !== "") return name;
  return key.startsWith("login:") ? `@${key.slice("login:".length)}` : key.replace(/^(?:mail|slack):/, "");
}
