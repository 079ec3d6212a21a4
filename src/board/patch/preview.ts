// What an escalation would say, to whom and where, if it were asked for now: the same decision and the same texts as when it is, and nothing
// kept of them.
import { accountOf, type CommandText } from "../../commands/command-text.ts";
import type { Judged } from "../../commands/judge.ts";
import type { LadderStep } from "../../escalations/escalation.ts";
import type { StepAddressee } from "../../escalations/prepare.ts";
import { prepareStep } from "../../escalations/prepare-step.ts";
import { decide } from "../../patches/decide.ts";
import type { Fact } from "../../patches/fact.ts";
import type { Gathered } from "../../patches/gather.ts";
import type { NextReason } from "../../patches/reasons.ts";
import type { Wiring } from "../../patches/wiring.ts";

export type Preview =
  | {
      readonly kind: "step";
      readonly step: LadderStep["kind"];
      readonly people: readonly StepAddressee[];
      /** Our own Markdown; null where nothing is written on the pull request. */
      readonly request: string | null;
      readonly answerByAt: number | null;
    }
  /** Nobody is asked at once; `because` is null where nothing says when. */
  | { readonly kind: "later"; readonly because: NextReason | null };

type Asking = { readonly gathered: Gathered; readonly judged: Judged; readonly text: CommandText };

/** @throws where GitHub has to be asked and cannot. */
export async function previewEscalation(wiring: Wiring, { gathered, judged, text }: Asking): Promise<Preview> {
  const { situation } = gathered;
  const facts = askedFacts(judged, text);
  const asked: Gathered = { ...gathered, situation: { ...situation, facts: [...situation.facts, ...facts] } };
  const decision = decide(asked.situation);
  const { ladder } = decision;
  if (ladder.kind !== "step") return { kind: "later", because: ladder.kind === "wait" ? ladder.because : null };
  const { step } = ladder;
  const { addressees, request } = await prepareStep(wiring, { gathered: asked, decision, key: "preview", step });
  return {
    kind: "step",
    step: step.kind,
    people: addressees,
    request: request?.markdown ?? null,
    answerByAt: step.answerByAt,
  };
}

function askedFacts({ outcome }: Judged, text: CommandText): readonly Fact[] {
  if (outcome.kind !== "do" && outcome.kind !== "partly") return [];
  return outcome.acts.flatMap((act): readonly Fact[] => {
    if (act.kind !== "fact" || act.body.kind !== "escalation-asked") return [];
    const by = text.senderEmail === undefined ? {} : { by: text.sender.login };
    return [{ ...act.body, ...by, key: "preview", at: text.at, actor: accountOf(text) }];
  });
}
