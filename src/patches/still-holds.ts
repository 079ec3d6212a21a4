// Asked once more before a comment is written: whether what was decided some time ago still holds, by the same rules as then.
import { caseNoteHolds } from "../cases/note-holds.ts";
import type { Disclosure } from "../effects/effect.ts";
import type { EffectRow } from "../effects/row.ts";
import type { Held } from "../effects/world.ts";
import { isWorkingMoment, nextWorkingMoment } from "../policy/calendar.ts";
import { decide } from "./decide.ts";
import { gather } from "./gather.ts";
import { type Step, silenceWanted } from "./next-step.ts";
import { placeOf } from "./place.ts";
import { becauseOf } from "./reasons.ts";
import type { Situation } from "./situation.ts";
import { factsOf, patchById } from "./store.ts";
import type { Wiring } from "./wiring.ts";

const MINUTE = 60_000;
const RANK: Readonly<Record<Disclosure, number>> = { none: 0, reference: 1, full: 2 };

/** @throws where GitHub has to be asked and cannot: then the effect is tried again. */
export async function stillHolds(wiring: Wiring, row: EffectRow, now: number): Promise<Held> {
  const { effect } = row;
  if (effect.kind === "reply")
    return mayStillSay(wiring, { repositoryId: effect.repositoryId, disclosure: effect.disclosure, now });
  if (effect.kind === "case-note") return caseNoteHolds(wiring.database, effect, now);
  if (effect.kind !== "reminder" && effect.kind !== "author-turn" && effect.kind !== "decision-request")
    return { holds: true };
  const { db } = wiring.database;
  const patch = await patchById(db, effect.patchId);
  if (patch === undefined) return { holds: false, because: "the pull request is not known any more" };
  const said = await mayStillSay(wiring, { repositoryId: patch.repository_id, disclosure: effect.disclosure, now });
  if (!said.holds) return said;
  const place = await placeOf(wiring.database, patch.repository_id, { fromAt: patch.opened_at, now });
  if (place === null) return { holds: false, because: "the repository is not known any more" };
  const facts = (await factsOf(db, [patch.id])).get(patch.id) ?? [];
  const { situation } = await gather(wiring, patch, { place, facts });
  if (effect.kind === "decision-request") return isStillAsked(situation, effect);
  const { step, standing } = decide(withoutThis(situation, row));
  if (effect.kind === "reminder" && standing.round !== effect.round)
    return { holds: false, because: "a maintainer has responded meanwhile" };
  if (effect.kind === "author-turn" && standing.sinceAt !== effect.turnSince)
    return { holds: false, because: "the turn has changed meanwhile" };
  return heldBy(step, { wanted: effect.kind === "reminder" ? "remind" : "tell-author", now });
}

/** Whether what was decided is still what comes next; pure. */
export function heldBy(step: Step, { wanted, now }: { readonly wanted: Step["kind"]; readonly now: number }): Held {
  if (step.kind === wanted || step.kind === "observe-first") return { holds: true };
  const because = becauseOf(step.because);
  if (step.kind !== "wait" || step.untilAt === null) return { holds: false, because };
  // The ladder moves in this very moment: whether it is still to be said is known right after.
  if (step.untilAt <= now) return { holds: false, because, againAt: now + MINUTE };
  if (step.because.code === "outside-hours") return { holds: false, because, againAt: step.untilAt };
  return { holds: false, because };
}

function isStillAsked(situation: Situation, asked: { readonly escalationId: number; readonly round: string }): Held {
  const { escalation, officeHours, now } = situation;
  const isOpen = escalation?.id === asked.escalationId && escalation.state === "deciders";
  if (!isOpen || escalation.pausedBecause !== null)
    return { holds: false, because: "the deciders are not asked any more" };
  const { standing } = decide(situation);
  if (standing.round !== asked.round) return { holds: false, because: "a maintainer has responded meanwhile" };
  if (standing.turn !== "maintainer") return { holds: false, because: becauseOf(standing.because) };
  if (!situation.policy.escalation.comment)
    return { holds: false, because: "the policy wants no such request any more" };
  const quiet = silenceWanted(situation);
  if (quiet !== null) return { holds: false, because: becauseOf(quiet) };
  if (isWorkingMoment(officeHours, now)) return { holds: true };
  const opensAt = nextWorkingMoment(officeHours, now);
  return { holds: false, because: becauseOf({ code: "outside-hours", until: opensAt }), againAt: opensAt };
}

/** As if this effect had not been decided yet: its own row and the places that it took must not speak against it. */
function withoutThis(situation: Situation, { effect }: EffectRow): Situation {
  const limits = { ...situation.limits, repositoryLeft: 1, fullAddressees: new Set<string>() };
  if (effect.kind === "reminder") {
    return {
      ...situation,
      limits,
      reminders: situation.reminders.filter((each) => each.round !== effect.round || each.n !== effect.n),
    };
  }
  if (effect.kind !== "author-turn") return situation;
  const authorToldAt = new Map([...situation.authorToldAt].filter(([since]) => since !== effect.turnSince));
  return { ...situation, limits, authorToldAt };
}

async function mayStillSay(
  wiring: Wiring,
  said: { repositoryId: number; disclosure: Disclosure; now: number },
): Promise<Held> {
  const place = await placeOf(wiring.database, said.repositoryId, { fromAt: said.now, now: said.now });
  if (place === null) return { holds: false, because: "the repository is not known any more" };
  if (RANK[said.disclosure] <= RANK[place.policy.disclosure]) return { holds: true };
  return { holds: false, because: `it tells more than may be said there now (${place.policy.disclosure})` };
}
