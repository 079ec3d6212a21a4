// The reason that a decision was kept with, read back and told. Apart from the reasons, because rows were written by several releases: what
// this one cannot tell in words, the English line beside it does.
import { z } from "zod";
import { storedJson } from "../db/stored-json.ts";
import type { PublicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import { isReasonCode, type Reason, reasonText } from "./reasons.ts";

const coded = z.looseObject({ code: z.string().refine(isReasonCode) });
const kept = z.object({ reason: z.custom<Reason>((value) => coded.safeParse(value).success) });

/** Null where it was kept as a line alone, or is not known here. */
export const storedReason = (json: string): Reason | null => kept.safeParse(storedJson(json)).data?.reason ?? null;

/** In its reader's words; null where they need what was not kept with it, as by a release that knew less of it. */
export function storedReasonText(
  reason: Reason | null,
  reader: { readonly language: Language; readonly timezone: string },
): PublicText | null {
  if (reason === null) return null;
  try {
    return reasonText(reason, reader);
  } catch {
    return null;
  }
}
