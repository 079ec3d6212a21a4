// What rows of the log keep as JSON, read back: written by several releases, so that what cannot be read is left out and never thrown over.
import { z } from "zod";
import { isReasonCode, type Reason } from "../../patches/reasons.ts";
import type { LabelChange } from "./entry.ts";

const becauseOf = z.object({ because: z.string() });
const labels = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });
const observed = z.object({ labels });
const kindOf = z.object({ kind: z.string() });
const named = z.object({ name: z.string() });
const reasoned = z.object({ reason: z.looseObject({ code: z.string() }) });

function parsed(json: string | null): unknown {
  if (json === null || json === "") return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Why something was not done. */
export const outcomeIn = (json: string | null): string | null =>
  becauseOf.safeParse(parsed(json)).data?.because ?? null;

/** Which labels were put on and taken off, or would have been. */
export function changeIn(json: string | null): LabelChange | null {
  const outcome = parsed(json);
  return labels.safeParse(outcome).data ?? observed.safeParse(outcome).data?.labels ?? null;
}

export const commandOutcome = (json: string): string => kindOf.safeParse(parsed(json)).data?.kind ?? "";

/** Their name, as long as it is kept; then what is left of their key. */
export function recipientName(json: string, key: string): string {
  const name = named.safeParse(parsed(json)).data?.name ?? "";
  if (name !== "") return name;
  return key.startsWith("login:") ? `@${key.slice("login:".length)}` : key.replace(/^(?:mail|slack):/, "");
}

/** Why a patch was decided as it was; null where that was kept as a line alone. */
export function reasonIn(json: string): Reason | null {
  const reason = reasoned.safeParse(parsed(json)).data?.reason;
  // The words of a code that is known are tried on what was kept with it: what they cannot tell, the kept line tells.
  return reason !== undefined && isReasonCode(reason.code) ? (reason as Reason) : null;
}
