// Who hears that an escalation rests or has ended: the account owners who were asked, in a few words, so that nobody waits for nothing.
import { wordsAnchor } from "../cases/news.ts";
import type { NewNotice } from "../notify/notice.ts";
import type { Decision } from "../patches/decide.ts";
import { inOrder } from "../patches/fact.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Wiring } from "../patches/wiring.ts";
import { askedInstead, audienceOf } from "./audience.ts";
import type { LadderMove } from "./escalation.ts";
import { type Outcome, outcomeMessage } from "./messages-told-back.ts";
import { dossierOf, type EscalationStepRow, stepsOf } from "./store.ts";

type Rest = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly key: string;
  readonly what: Extract<LadderMove, { kind: "pause" | "end" }>;
};

/** Nothing where nobody but support was asked, or where it may have been a slip. @throws where GitHub has to be asked and cannot. */
export async function prepareRest(wiring: Wiring, rest: Rest): Promise<readonly NewNotice[]> {
  const { gathered, decision, key, what } = rest;
  const { row, place, situation } = gathered;
  const { escalation } = situation;
  if (escalation === null || escalation.state === "support") return [];
  if (what.kind === "pause" && what.why === "closed") return [];
  const steps = (await stepsOf(wiring.database.db, row.id)).filter((step) => step.escalation_id === escalation.id);
  const withDeputy = steps.some((step) => step.kind === "ask-owner-again");
  const audience = await audienceOf(wiring, gathered, {
    // Whose case was closed or taken away is not among those who wait any more, but was asked.
    customerIds: what.kind === "end" && what.end === "not-followed" ? await askedFor(wiring, steps) : null,
    isForDeciders: false,
  });
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  const patch = {
    repository,
    number: row.number,
    title: row.title,
    url: `${wiring.addresses.webUrl}/${repository}/pull/${row.number}`,
  };
  const outcome = outcomeOf(rest);
  const hasWords = outcome.kind !== "taken" && outcome.kind !== "not-followed" && outcome.kind !== "gone";
  const at = decision.decided?.at ?? decision.standing.lastResponse?.at ?? situation.now;
  const anchor = hasWords ? wordsAnchor(situation.facts, situation.sides, { at }) : null;
  return audience.sides.flatMap((side) =>
    askedInstead(side, audience, { withDeputy }).map(
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

/** The customers whom the newest dossier was about. */
async function askedFor({ database }: Wiring, steps: readonly EscalationStepRow[]): Promise<readonly string[]> {
  const key = steps.findLast((step) => step.dossier !== null)?.key;
  const dossier = key === undefined ? null : await dossierOf(database.db, key);
  return dossier?.customers.map(({ id }) => id) ?? [];
}

function outcomeOf({ gathered, decision, what }: Rest): Outcome {
  const { standing, decided } = decision;
  const { because } = standing;
  const by = "by" in because ? because.by : null;
  if (what.kind === "end") {
    if (what.end === "not-followed" || what.end === "gone") return { kind: what.end, by: null };
    if (what.end === "closed")
      return { kind: "closed", by: decided?.by ?? by, isSure: decided?.kind === "declined" && decided.isSure };
    return { kind: what.end, by: decided?.by ?? by };
  }
  const taken = inOrder(gathered.situation.facts).findLast((fact) => fact.kind === "taken");
  if (what.why === "taken" && taken?.kind === "taken")
    return { kind: "taken", by: taken.actor?.login ?? null, until: taken.untilAt };
  if (because.code === "put-off") return { kind: "put-off", by, until: because.until, reason: because.reason };
  if (because.code === "changes-requested") return { kind: "changes-requested", by };
  if (because.code === "approved-not-merged") return { kind: "approved", by };
  return { kind: "answered", by: standing.lastResponse?.by ?? by };
}
