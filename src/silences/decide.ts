// Which silence of a patch consultant and support have to hear of: a pause that has lasted long, and a merge that no release contains. Pure.
import { decidedOf } from "../patches/decided.ts";
import { becauseOf } from "../patches/reasons.ts";
import type { Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";
import { firstRelease } from "../patches/times.ts";
import { addWorkingMillis, dayMillis, durationMillis } from "../policy/calendar.ts";
import type { Duration } from "../policy/policy.ts";

/** `pause`: a draft, a snooze, a put-off or an exemption. `unreleased`: merged or landed, and not shipped. */
export type SilenceKind = "pause" | "unreleased";

/** A silence that holds or will. `key` names it, so that it is told once; `dueAt` says from when on it is too long. */
export type Silence = {
  readonly kind: SilenceKind;
  readonly key: string;
  readonly sinceAt: number;
  readonly dueAt: number;
  readonly because: string;
};

export const PAUSE_DAYS = 20;

/** What makes it nobody's turn without anything being decided. */
const PAUSES: ReadonlySet<string> = new Set([
  "opened-draft",
  "draft",
  "snoozed",
  "put-off",
  "exempt-by-label",
  "exempt-author",
  "exempt-bot",
]);

/** The silence of a tracked patch, or null where there is none. Its time is told by office hours, for people are to hear of it. */
export function silenceOf(situation: Situation, standing: Standing, isTracked: boolean): Silence | null {
  if (!isTracked) return null;
  return situation.patch.state === "closed" ? unreleased(situation) : pause(situation, standing);
}

function pause({ patch, officeHours }: Situation, standing: Standing): Silence | null {
  if (standing.turn !== "nobody" || !PAUSES.has(standing.because.code)) return null;
  const { sinceAt } = standing;
  return {
    kind: "pause",
    key: `pause:${patch.id}:${sinceAt}`,
    sinceAt,
    dueAt: addWorkingMillis(officeHours, sinceAt, PAUSE_DAYS * dayMillis(officeHours)),
    because: becauseOf({ code: "still-nobodys-turn", workingDays: PAUSE_DAYS }),
  };
}

function unreleased({ patch, facts, officeHours, policy, now }: Situation): Silence | null {
  const decided = decidedOf(facts, now);
  if (decided === null || (decided.kind !== "merged" && decided.kind !== "landed")) return null;
  if (firstRelease(facts, decided) !== null) return null;
  return {
    kind: "unreleased",
    key: `unreleased:${patch.id}:${decided.at}`,
    sinceAt: decided.at,
    dueAt: addWorkingMillis(officeHours, decided.at, durationMillis(policy.targets.release, officeHours)),
    because: `no release contains it ${inWords(policy.targets.release)} after it was decided, so consultant and support are told`,
  };
}

const UNITS = { s: "seconds", m: "minutes", h: "working hours", d: "working days", w: "working weeks" } as const;

const inWords = ({ amount, unit }: Duration): string => `${amount} ${UNITS[unit]}`;
