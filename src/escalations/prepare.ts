// What a move of the ladder sends, gathered and written before the transaction that keeps it: to whom, the dossier, the question behind a
// link, and the one request on the pull request.

import type { AskedPerson } from "../choices/choice.ts";
import type { Disclosure } from "../effects/effect.ts";
import type { PublicMarkdown } from "../effects/public-text.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { becauseOf } from "../patches/reasons.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Language } from "../policy/policy.ts";
import { type EscalationEnd, escalationKey, type LadderMove, type LadderStep, type PauseReason } from "./escalation.ts";
import { alarmOver } from "./outside.ts";
import { prepareRest } from "./prepare-rest.ts";
import { prepareStep } from "./prepare-step.ts";

/** Somebody as a step tells of them later: who, and whether it could be told. */
export type StepAddressee = {
  readonly as: "owner" | "deputy" | "consultant" | "support" | "decider";
  readonly key: string;
  readonly name: string;
  readonly isReached: boolean;
  /** For whom they answer. */
  readonly customerId?: string;
};

/** A decider's dossier, sent where there is still a place in their week. */
export type DeciderNotice = { readonly to: Recipient; readonly notice: NewNotice };

export type PreparedStep = {
  readonly kind: "step";
  readonly key: string;
  readonly step: LadderStep;
  readonly addressees: readonly StepAddressee[];
  readonly dossier: unknown;
  readonly notices: readonly NewNotice[];
  readonly deciders: readonly DeciderNotice[];
  readonly choices: readonly {
    readonly token: string;
    readonly asked: AskedPerson;
    readonly language: Language;
    readonly expiresAt: number;
  }[];
  readonly request: {
    readonly markdown: PublicMarkdown;
    readonly disclosure: Disclosure;
    readonly mentioned: readonly string[];
  } | null;
};

export type PreparedMove =
  | PreparedStep
  | {
      readonly kind: "pause";
      readonly key: string;
      readonly why: PauseReason;
      readonly because: string;
      readonly notices: readonly NewNotice[];
    }
  | {
      readonly kind: "resume";
      readonly key: string;
      readonly because: string;
      readonly notices: readonly NewNotice[];
    }
  | {
      readonly kind: "end";
      readonly key: string;
      readonly end: EscalationEnd;
      readonly because: string;
      readonly notices: readonly NewNotice[];
    };

/** Null where the ladder does not move. @throws where GitHub has to be asked and cannot: then it is decided again later. */
export async function prepareMove(
  wiring: Wiring,
  gathered: Gathered,
  decision: Decision,
): Promise<PreparedMove | null> {
  const { ladder } = decision;
  const { escalation, now } = gathered.situation;
  const key = `${escalationKey(gathered.row.id, escalation?.openedAt ?? now)}:${(escalation?.stepCount ?? 0) + 1}`;
  switch (ladder.kind) {
    case "none":
    case "wait":
    case "look":
      return null;
    case "pause": {
      const notices = await prepareRest(wiring, { gathered, decision, key, what: ladder });
      const over = ladder.why === "closed" ? [] : alarmOver(wiring, { gathered, decision, key });
      return {
        kind: "pause",
        key,
        why: ladder.why,
        because: pauseBecause(ladder, decision),
        notices: [...notices, ...over],
      };
    }
    case "resume":
      return { kind: "resume", key, because: becauseOf(ladder.because), notices: [] };
    case "end": {
      const notices = await prepareRest(wiring, { gathered, decision, key, what: ladder });
      const over = alarmOver(wiring, { gathered, decision, key });
      const because = becauseOf(decision.standing.because);
      return { kind: "end", key, end: ladder.end, because, notices: [...notices, ...over] };
    }
    case "step":
      return prepareStep(wiring, { gathered, decision, key, step: ladder.step });
  }
}

/** A closing without a word is told as what it is; everything else as what it holds up. */
const pauseBecause = ({ why, because }: Extract<LadderMove, { kind: "pause" }>, { standing }: Decision): string =>
  becauseOf(why === "closed" ? standing.because : because);
