// What a dossier would have to call unknown. Pure; support is asked for it before an account owner is.
import type { LackingWord } from "./escalation.ts";

type CaseAsKnown = {
  readonly reference: string;
  readonly summary: string | null;
  readonly stake: string | null;
  readonly workaround: string | null;
  readonly severity: string | null;
  readonly customer_id: string | null;
};

const WORDS = ["customer", "severity", "summary", "stake", "workaround"] as const;

/** The words that nobody has said of the open cases that are linked; of one that would have to be linked where none is. */
export function lackingWords(cases: readonly CaseAsKnown[]): readonly LackingWord[] {
  if (cases.length === 0) return WORDS.map((word) => ({ reference: null, word }));
  return cases.flatMap((each) =>
    WORDS.filter((word) => (word === "customer" ? each.customer_id : each[word]) === null).map((word) => ({
      reference: each.reference,
      word,
    })),
  );
}
