// The one request that an escalation writes on the pull request, for everybody to read: neutral, and no more than once an escalation.
import { disclosureOf, renderPublic } from "../effects/public-text.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { addresseesOf, mentionedOn, silenceWanted } from "../patches/next-step.ts";
import { isUnderContract } from "../patches/shown.ts";
import { type Addressee, addresseeKey, gravestSeverity } from "../patches/situation.ts";
import { dayMillis } from "../policy/calendar.ts";
import { labelDefinitions } from "../policy/policy.ts";
import type { LadderStep } from "./escalation.ts";
import { decisionRequestText } from "./messages-request.ts";
import type { PreparedStep } from "./prepare.ts";

type ToRequest = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly step: LadderStep;
  /** Deciders whom nobody reaches privately and who did not ask for quiet. */
  readonly unreachable: readonly Addressee[];
};

/** The one neutral request on the pull request: to the maintainers, and to deciders to whom there is no other way. */
export function prepareRequest({ gathered, decision, unreachable, step }: ToRequest): PreparedStep["request"] {
  const { place, situation } = gathered;
  const { policy } = place;
  if (!policy.escalation.comment || silenceWanted(situation) !== null || step.answerByAt === null) return null;
  // What went through anyway is no maintainer's to answer yet.
  if (decision.standing.turn !== "maintainer") return null;
  const mentioned = mentionedOn(situation);
  const people = uniquePeople([...addresseesOf(situation), ...unreachable]);
  const mention = people.filter((each) => !mentioned.has(addresseeKey(each)));
  const severity = gravestSeverity(situation.cases);
  const isSeverityShown =
    severity !== null && labelDefinitions(policy).some((each) => each.key === `severity:${severity}`);
  const text = decisionRequestText({
    language: policy.language,
    mention,
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
    mentioned: mention.map(addresseeKey),
  };
}

/** A maintainer may be a decider as well. */
function uniquePeople(people: readonly Addressee[]): readonly Addressee[] {
  return [...new Map(people.map((each) => [addresseeKey(each), each])).values()];
}
