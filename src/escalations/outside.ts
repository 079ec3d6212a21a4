// What outside systems hear of an escalation: an event a step for the outgoing webhook, and an alarm where it is urgent.
import type { NewNotice } from "../notify/notice.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { insideBecauseOf } from "../patches/reasons.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Dossier } from "./dossier.ts";
import { escalationKey, type LadderStep } from "./escalation.ts";
import { urgentSummary } from "./messages-deciders.ts";

type Step = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly key: string;
  readonly step: LadderStep;
  readonly dossier: Dossier;
};

/** Nothing where neither is configured. */
export function outsideEvents(wiring: Wiring, told: Step): readonly NewNotice[] {
  const { gathered, decision, key, step } = told;
  const { row, situation } = gathered;
  const common = {
    ownerId: row.owner_id,
    patchId: row.id,
    kind: step.kind,
    because: decision.because,
    runAfter: situation.now,
  };
  const data = dataOf(told);
  const notices: NewNotice[] = [];
  if (wiring.channels.hasWebhook)
    notices.push({
      ...common,
      channel: "webhook",
      key: `escalation:${key}:webhook`,
      event: { type: "escalation.step", at: situation.now, data },
    });
  if (wiring.channels.hasPagerDuty && step.isUrgent)
    notices.push({
      ...common,
      channel: "pagerduty",
      key: `escalation:${key}:pagerduty`,
      event: {
        type: "escalation.step",
        at: situation.now,
        data,
        summary: urgentSummary(told.dossier),
        incident: escalationKey(row.id, situation.escalation?.openedAt ?? situation.now),
        action: "trigger",
      },
    });
  return notices;
}

/** Whoever is on call is let go once it is settled or rests. Nothing where nobody was called. */
export function alarmOver(
  wiring: Wiring,
  { gathered, decision, key }: Pick<Step, "gathered" | "decision" | "key">,
): readonly NewNotice[] {
  const { row, place, situation } = gathered;
  const { escalation, now } = situation;
  if (!wiring.channels.hasPagerDuty || escalation?.severity !== "S1" || escalation.state !== "deciders") return [];
  const { owner_login, name } = place.repository;
  return [
    {
      channel: "pagerduty",
      key: `escalation:${key}:pagerduty`,
      ownerId: row.owner_id,
      patchId: row.id,
      kind: "alarm-over",
      because: decision.because,
      runAfter: now,
      event: {
        type: "escalation.over",
        at: now,
        data: {},
        summary: `Nothing is asked any more on ${owner_login}/${name}#${row.number}`,
        incident: escalationKey(row.id, escalation.openedAt),
        action: "resolve",
      },
    },
  ];
}

function dataOf({ step, dossier }: Step): Readonly<Record<string, unknown>> {
  return {
    step: step.kind,
    because: insideBecauseOf(step.because),
    isUrgent: step.isUrgent,
    answerBy: step.answerByAt === null ? null : new Date(step.answerByAt).toISOString(),
    patch: { repository: dossier.patch.repository, number: dossier.patch.number, url: dossier.patch.url },
    cases: dossier.cases.map(({ reference, customerId, severity }) => ({ reference, customer: customerId, severity })),
  };
}
