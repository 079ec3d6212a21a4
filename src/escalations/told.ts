// What a step tells, and how one message of it is addressed: shared by all that write one.
import type { Message } from "../notify/message.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Addressee } from "../patches/situation.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { OwnersAnswers } from "./answers.ts";
import type { Audience } from "./audience.ts";
import type { Dossier } from "./dossier.ts";
import type { DossierReader } from "./dossier-for.ts";
import type { LadderStep } from "./escalation.ts";
import type { DeciderNotice, PreparedStep, StepAddressee } from "./prepare.ts";

export type ToPrepare = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly key: string;
  readonly step: LadderStep;
};

export type Preparing = ToPrepare & {
  readonly wiring: Wiring;
  readonly audience: Audience;
  /** Deciders whom nobody reaches privately and who did not ask for quiet. */
  readonly unreachable: readonly Addressee[];
  readonly dossier: Dossier;
  /** The customers whose side has answered the question that is out. */
  readonly answered: OwnersAnswers["given"];
  /** When the account owner was first asked in this escalation. */
  readonly askedAt: number | null;
};

/** What is told and to whom; the tokens of questions are made here and kept with the step. */
export type Told = {
  readonly addressees: readonly StepAddressee[];
  readonly notices: readonly NewNotice[];
  readonly deciders?: readonly DeciderNotice[];
  readonly choices?: PreparedStep["choices"];
  readonly request?: PreparedStep["request"];
};

export const addressee = (as: StepAddressee["as"], { key, name }: Recipient): StepAddressee => ({
  as,
  key,
  name,
  isReached: true,
});

export const supportReader = ({ language, timezone }: Recipient): DossierReader => ({
  kind: "support",
  language,
  timezone,
  choices: [],
});

export function noticeTo(
  { gathered, decision, key, step }: Preparing,
  to: Recipient,
  told: { readonly what: string; readonly message: Message },
): NewNotice {
  const { row, situation } = gathered;
  return {
    channel: "person",
    key: `escalation:${key}:${told.what}:${to.key}`,
    ownerId: row.owner_id,
    patchId: row.id,
    kind: step.kind,
    because: decision.because,
    runAfter: situation.now,
    to,
    thread: row.id,
    isUrgent: step.isUrgent,
    message: told.message,
  };
}
