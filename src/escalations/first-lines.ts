// What a dossier has to say before anything else, from what the ladder found notable. Pure.
import type { Situation } from "../patches/situation.ts";
import type { FirstLine } from "./dossier.ts";
import type { LadderStep, Notable } from "./escalation.ts";

/** Also tells which words nobody has said, in spite of having been asked. */
export function firstLines(situation: Situation, step: LadderStep): readonly FirstLine[] {
  const words = [...new Set(situation.lackingWords.map(({ word }) => word))];
  const lines = step.notables.map((notable) => firstLineOf(notable, situation, step));
  return words.length === 0 ? lines : [...lines, { code: "unknown-words", words }];
}

function firstLineOf(notable: Notable, { escalation, now }: Situation, { opening }: LadderStep): FirstLine {
  switch (notable.code) {
    case "anyway": {
      const asked = opening ?? escalation;
      return { code: "anyway", missing: asked?.missing ?? [], by: asked?.askedBy ?? "", reason: asked?.reason ?? null };
    }
    case "owner-not-heard":
      return { code: "owner-not-heard" };
    case "again":
      return { code: "again", askedAt: escalation?.stateAt ?? now };
    case "put-off-is-over":
      return { code: "put-off-is-over", until: now };
  }
}
