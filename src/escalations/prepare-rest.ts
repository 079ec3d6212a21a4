// Who hears that an escalation rests or has ended: the account owners who were asked, in a few words, so that nobody waits for nothing.
import { wordsAnchor } from "../cases/news.ts";
import type { NewNotice } from "../notify/notice.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Wiring } from "../patches/wiring.ts";
import { askedInstead, audienceOf } from "./audience.ts";
import type { LadderMove } from "./escalation.ts";
import { type Outcome, outcomeMessage } from "./messages-told-back.ts";

type Rest = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly key: string;
  readonly what: Extract<LadderMove, { kind: "pause" | "end" }>;
};

/** Nothing where nobody but support was asked. @throws where GitHub has to be asked and cannot. */
export async function prepareRest(wiring: Wiring, rest: Rest): Promise<readonly NewNotice[]> {
  const { gathered, decision, key, what } = rest;
  const { row, place, situation } = gathered;
  if (situation.escalation === null || situation.escalation.state === "support") return [];
  const audience = await audienceOf(wiring, gathered);
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  const patch = {
    repository,
    number: row.number,
    title: row.title,
    url: `${wiring.addresses.webUrl}/${repository}/pull/${row.number}`,
  };
  const outcome = outcomeOf(decision, what);
  const at = decision.decided?.at ?? decision.standing.lastResponse?.at ?? situation.now;
  const anchor = wordsAnchor(situation.facts, situation.sides, { at });
  return audience.sides.flatMap((side) =>
    askedInstead(side, audience, { withDeputy: situation.escalation?.state === "owner-again" }).map(
      (to): NewNotice => ({
        channel: "person",
        key: `escalation:${key}:${what.kind}:${side.customer.id}:${to.key}`,
        ownerId: row.owner_id,
        patchId: row.id,
        kind: `escalation-${what.kind}`,
        because: decision.because,
        runAfter: situation.now,
        to,
        thread: row.id,
        isUrgent: false,
        message: outcomeMessage({
          language: to.language,
          timezone: to.timezone,
          customer: side.customer.name,
          patch,
          outcome,
          wordsUrl: anchor === null ? null : `${patch.url}${anchor}`,
        }),
      }),
    ),
  );
}

function outcomeOf({ standing, decided }: Decision, what: Rest["what"]): Outcome {
  const { because } = standing;
  const by = "by" in because ? because.by : null;
  if (what.kind === "end") {
    if (what.end === "not-followed") return { kind: "not-followed", by: null };
    if (what.end === "closed")
      return { kind: "closed", by: decided?.by ?? by, isSure: decided?.kind === "declined" && decided.isSure };
    return { kind: what.end, by: decided?.by ?? by };
  }
  if (because.code === "put-off") return { kind: "put-off", by, until: because.until, reason: because.reason };
  if (because.code === "changes-requested") return { kind: "changes-requested", by };
  if (because.code === "approved-not-merged") return { kind: "approved", by };
  return { kind: "answered", by: standing.lastResponse?.by ?? by };
}
