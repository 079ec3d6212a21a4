// From counted patches to figures: quartiles, shares and counts. Pure; a figure of fewer than five tells its number and nothing else, but for
// what an escalation changed.
import { AGES, type CountedPatch, FEWEST, GRAVITIES, type Gravity, type RemindersSent } from "./insight.ts";

export type Quartiles = { readonly lower: number; readonly median: number; readonly upper: number };

/** How long something took, of how many; null quartiles where there are too few. */
export type Spread = { readonly count: number; readonly quartiles: Quartiles | null };

/** `share` of 1; null where there are too few. */
export type Share = { readonly within: number; readonly late: number; readonly share: number | null };

export type Span = { readonly label: string; readonly startAt: number };

/** By linear interpolation between the two nearest (Hyndman and Fan's type 7, what spreadsheets call QUARTILE.INC). */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

export const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  quartiles: values.length < FEWEST ? null : quartilesOf(values),
});

/** Of what was answered in time or is late; what may still be answered in time counts for neither. */
export function shareOf(patches: readonly Pick<CountedPatch, "target">[]): Share {
  const within = patches.filter(({ target }) => target === "within").length;
  const late = patches.filter(({ target }) => target === "late").length;
  return { within, late, share: within + late < FEWEST ? null : within / (within + late) };
}

export type MonthFigure = { readonly month: string; readonly opened: number; readonly took: Spread };

/** How long it took, by the month of opening, oldest first; months without a patch between the first and the last are there too. */
export function byMonth(
  patches: readonly CountedPatch[],
  months: readonly Span[],
  daysOf: (patch: CountedPatch) => number | null,
): readonly MonthFigure[] {
  const opened = months.map(() => 0);
  const took = months.map((): number[] => []);
  for (const patch of patches) {
    const month = spanAt(months, patch.openedAt);
    if (month < 0) continue;
    opened[month] = (opened[month] ?? 0) + 1;
    const days = daysOf(patch);
    if (days !== null) took[month]?.push(days);
  }
  const first = opened.findIndex((count) => count > 0);
  if (first < 0) return [];
  return months
    .map(({ label }, index) => ({ month: label, opened: opened[index] ?? 0, took: spreadOf(took[index] ?? []) }))
    .slice(first);
}

/** The last span that has begun by then; -1 before the first. */
function spanAt(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.startAt ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Months before, days after. Days of the calendar, so that both are on one scale; `afterWorkingDays` besides. */
export type Comparison = {
  readonly escalated: number;
  readonly undecided: number;
  /** From the opening to the escalation, and from there to the decision: of the same patches, those that are decided. */
  readonly before: Spread;
  readonly after: Spread;
  readonly afterWorkingDays: Spread;
  /** From the opening to the decision, of those that were decided without one. */
  readonly unescalated: Spread;
};

const DAY = 86_400_000;

/** Told of one patch, too: it stands for itself, and what it took is on its own page anyway. */
const wholeSpread = (values: readonly number[]): Spread => ({ count: values.length, quartiles: quartilesOf(values) });

export function compareEscalation(patches: readonly CountedPatch[]): Comparison {
  const before: number[] = [];
  const after: number[] = [];
  const afterWorkingDays: number[] = [];
  const unescalated: number[] = [];
  let escalated = 0;
  let undecided = 0;
  for (const { openedAt, escalatedAt, decidedAt, escalatedDecisionDays } of patches) {
    if (escalatedAt === null) {
      if (decidedAt !== null) unescalated.push(daysBetween(openedAt, decidedAt));
      continue;
    }
    escalated += 1;
    if (decidedAt === null) undecided += 1;
    // Decided first and put before deciders later, after a reopening: the escalation decided nothing.
    else if (decidedAt >= escalatedAt) {
      before.push(daysBetween(openedAt, escalatedAt));
      after.push(daysBetween(escalatedAt, decidedAt));
      if (escalatedDecisionDays !== null) afterWorkingDays.push(escalatedDecisionDays);
    }
  }
  return {
    escalated,
    undecided,
    before: wholeSpread(before),
    after: wholeSpread(after),
    afterWorkingDays: wholeSpread(afterWorkingDays),
    unescalated: wholeSpread(unescalated),
  };
}

const daysBetween = (fromAt: number, toAt: number): number => Math.max(0, toAt - fromAt) / DAY;

export type TargetFigure = { readonly key: string; readonly open: number } & Share;

const targetFigure = (key: string, patches: readonly CountedPatch[]): TargetFigure => ({
  key,
  open: patches.filter(({ target }) => target === "open").length,
  ...shareOf(patches),
});

/** Severities without a patch are left out. */
export const targetsBySeverity = (patches: readonly CountedPatch[]): readonly TargetFigure[] =>
  GRAVITIES.map((severity) =>
    targetFigure(
      severity,
      patches.filter((patch) => patch.severity === severity),
    ),
  ).filter(({ within, late, open }) => within + late + open > 0);

/** By plan and tier; a patch under two contracts counts under each. `none`, for those without a contract, comes last. */
export function targetsByContract(patches: readonly CountedPatch[]): readonly TargetFigure[] {
  const groups = new Map<string, CountedPatch[]>();
  for (const patch of patches)
    for (const contract of patch.contracts) {
      const known = groups.get(contract);
      if (known === undefined) groups.set(contract, [patch]);
      else known.push(patch);
    }
  const named = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => targetFigure(key, group));
  const without = targetFigure(
    "none",
    patches.filter(({ contracts }) => contracts.length === 0),
  );
  return [...named, without].filter(({ within, late, open }) => within + late + open > 0);
}

export type SideFigure = {
  readonly side: "customers" | "others";
  readonly opened: number;
  readonly response: Spread;
  readonly decision: Spread;
  readonly target: Share;
};

/** The same figures of customers' patches and of everybody else's. */
export const besideOthers = (patches: readonly CountedPatch[]): readonly SideFigure[] =>
  (["customers", "others"] as const).map((side) => {
    const own = patches.filter(({ hasCustomer }) => hasCustomer === (side === "customers"));
    return {
      side,
      opened: own.length,
      response: spreadOf(own.flatMap(({ responseDays }) => responseDays ?? [])),
      decision: spreadOf(own.flatMap(({ decisionDays }) => decisionDays ?? [])),
      target: shareOf(own),
    };
  });

export type AgeFigure = { readonly severity: Gravity; readonly counts: readonly number[]; readonly total: number };

/** How many wait of one severity at one age: a bucket of `AGES`. */
export type WaitingCount = {
  readonly turn: "maintainer" | "author";
  readonly severity: Gravity;
  readonly bucket: number;
  readonly count: number;
};

/** How old what waits for one side is, a row a severity and a count a bucket of `AGES`; severities of which nothing waits are left out. */
export function agesBySeverity(waiting: readonly WaitingCount[], turn: WaitingCount["turn"]): readonly AgeFigure[] {
  return GRAVITIES.map((severity) => {
    const counts = Array.from({ length: AGES.length + 1 }, () => 0);
    for (const each of waiting)
      if (each.turn === turn && each.severity === severity)
        counts[each.bucket] = (counts[each.bucket] ?? 0) + each.count;
    return { severity, counts, total: counts.reduce((sum, count) => sum + count, 0) };
  }).filter(({ total }) => total > 0);
}

/** `asked` is a team, or null for all persons who were asked by login together. `counts` is a number a week. */
export type AskedFigure = { readonly asked: string | null; readonly counts: readonly number[]; readonly total: number };

export type ReminderFigure = {
  readonly weeks: readonly string[];
  readonly rows: readonly AskedFigure[];
  /** Fewer persons were asked than may stand as one sum: it would be a figure of one of them. */
  readonly isPersonsHidden: boolean;
  /** How many of these named whoever looks; null for somebody without a login. */
  readonly own: number | null;
};

/** Of two persons each could tell the other's figure by taking away their own. */
export const FEWEST_PERSONS = 3;

/**
 * Reminders a week and team, the most reminded team first. One that asked two teams counts for both; one that asked several persons counts
 * once for persons. `login`: whoever looks.
 */
export function remindersByTeam(
  sent: readonly RemindersSent[],
  weeks: readonly Span[],
  login: string | null,
): ReminderFigure {
  const teams = new Map<string, number[]>();
  const persons = weeks.map(() => 0);
  const logins = new Set<string>();
  let own = 0;
  const add = (counts: number[], { week, count }: RemindersSent) => {
    counts[week] = (counts[week] ?? 0) + count;
  };
  for (const each of sent) {
    if (each.week < 0 || each.week >= weeks.length) continue;
    for (const team of new Set(each.asked.filter(({ kind }) => kind === "team").map(({ key }) => key))) {
      const counts = teams.get(team) ?? weeks.map(() => 0);
      teams.set(team, counts);
      add(counts, each);
    }
    const asked = each.asked.filter(({ kind }) => kind === "person").map(({ key }) => key.toLowerCase());
    for (const key of asked) logins.add(key);
    if (asked.length > 0) add(persons, each);
    if (login !== null && asked.includes(login.toLowerCase())) own += each.count;
  }
  const rowOf = (asked: string | null, counts: readonly number[]): AskedFigure => ({
    asked,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  });
  const isPersonsHidden = logins.size > 0 && logins.size < FEWEST_PERSONS;
  const ofTeams = [...teams]
    .map(([team, counts]) => rowOf(team, counts))
    .sort((a, b) => b.total - a.total || ((a.asked ?? "") < (b.asked ?? "") ? -1 : 1));
  const rows = logins.size >= FEWEST_PERSONS ? [...ofTeams, rowOf(null, persons)] : ofTeams;
  // Weeks before the first reminder tell nothing.
  const first = weeks.findIndex((_, week) => rows.some(({ counts }) => (counts[week] ?? 0) > 0));
  const from = first < 0 ? weeks.length : first;
  return {
    weeks: weeks.slice(from).map(({ label }) => label),
    rows: rows.map((row) => ({ ...row, counts: row.counts.slice(from) })),
    isPersonsHidden,
    own: login === null ? null : own,
  };
}

/**
 * Of a part of the organisation nothing is told of persons: what the whole tells, less what a part does, would be a figure of the few
 * who remain.
 */
export const withoutPersons = (figure: ReminderFigure): ReminderFigure => ({
  ...figure,
  rows: figure.rows.filter(({ asked }) => asked !== null),
  isPersonsHidden: figure.isPersonsHidden || figure.rows.some(({ asked }) => asked === null),
});
