// The one request that an escalation writes on the pull request, for everybody to read: neutral, and no more than once an escalation.
import { disclosureOf, renderPublic } from "../effects/public-text.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { addresseesOf, silenceWanted } from "../patches/next-step.ts";
import { isUnderContract } from "../patches/shown.ts";
import { type Addressee, addresseeKey, gravestSeverity } from "../patches/situation.ts";
import { dayMillis } from "../policy/calendar.ts";
import { labelDefinitions } from "../policy/policy.ts";
import type { Audience } from "./audience.ts";
import type { LadderStep } from "./escalation.ts";
import { decisionRequestText } from "./messages-request.ts";
import type { PreparedStep } from "./prepare.ts";

type ToRequest = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly audience: Audience;
  readonly step: LadderStep;
};

/** The one neutral request on the pull request: to the maintainers, and to deciders to whom there is no other way. */
export function prepareRequest({ gathered, decision, audience, step }: ToRequest): PreparedStep["request"] {
  const { place, situation } = gathered;
  const { policy } = place;
  if (!policy.escalation.comment || silenceWanted(situation) !== null || step.answerByAt === null) return null;
  const mentioned = new Set(
    situation.reminders
      .filter(({ state }) => state === "sent" || state === "folded")
      .flatMap((reminder) => reminder.mentioned),
  );
  const unreachable = audience.unreachableDeciders.flatMap(({ login, because }): readonly Addressee[] =>
    login === null || because === "left" ? [] : [{ kind: "person", id: null, login }],
  );
  const people = [...addresseesOf(situation), ...unreachable];
  const severity = gravestSeverity(situation.cases);
  const isSeverityShown =
    severity !== null && labelDefinitions(policy).some((each) => each.key === `severity:${severity}`);
  const text = decisionRequestText({
    language: policy.language,
    mention: people.filter((each) => !mentioned.has(addresseeKey(each))),
    named: people.filter((each) => mentioned.has(addresseeKey(each))),
    decideByAt: step.answerByAt,
    timezone: policy.calendar.timezone,
    severity: isSeverityShown ? severity : null,
    isUnderContract: isUnderContract(situation),
    waited: { millis: decision.standing.clockMillis, dayMillis: dayMillis(situation.clock) },
  });
  return {
    markdown: renderPublic(text, policy.disclosure),
    disclosure: disclosureOf(text, policy.disclosure),
  };
}
