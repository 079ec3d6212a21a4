// Reads what insights are made of and counts it: a bounded number of questions, however many patches there are.
import type { Database, Db } from "../db/database.ts";
import { type OwnerId, repositoryId } from "../github/refs.ts";
import type { Calendar } from "../policy/calendar.ts";
import { effectivePolicies } from "../policy/effective.ts";
import { workingCalendar } from "../policy/holidays.ts";
import type { Policy, PolicyCalendar } from "../policy/policy.ts";
import { type Clock, createClocks, HORIZON_MILLIS } from "./clocks.ts";
import { type ContractSpan, countedAt, createSpanning } from "./contracts.ts";
import { contractsOfCustomers } from "./contracts-store.ts";
import {
  type AgeFigure,
  agesBySeverity,
  besideOthers,
  byMonth,
  type Comparison,
  compareEscalation,
  type MonthFigure,
  type ReminderFigure,
  remindersByTeam,
  type SideFigure,
  type TargetFigure,
  targetsByContract,
  targetsBySeverity,
  withoutPersons,
} from "./figures.ts";
import { repositoriesWithOwnPolicy, teamsOfOne } from "./filter-store.ts";
import { AGES, type CountedPatch, type Filters, GRAVITIES, type Gravity, type RemindersSent } from "./insight.ts";
import { lastWeeks, monthsBetween, periodStartsAt } from "./spans.ts";
import {
  type AgesOfPlace,
  customersOfPatches,
  isAnyCounted,
  type PatchSeverity,
  remindersSince,
  type Scope,
  severitiesOfPatches,
  type TimesRow,
  timesSince,
  waitingByAge,
} from "./store.ts";

/** More patches than these are not read for one page: the newest count. */
export const MOST_PATCHES = 10_000;
const MOST_POLICIES = 200;
const MOST_WEEKS = 26;

export type Insights = {
  readonly filters: Filters;
  /** When the first of the counted patches may have been opened. */
  readonly sinceAt: number;
  readonly timezone: string;
  /** When it was counted. */
  readonly countedAt: number;
  readonly patches: number;
  /** Whether any patch has ever been followed; where none has, there is nothing to filter. */
  readonly isAnyKnown: boolean;
  /** There are more patches than are counted. */
  readonly isCut: boolean;
  readonly isCustomersOnly: boolean;
  readonly firstResponse: readonly MonthFigure[];
  readonly decision: readonly MonthFigure[];
  readonly escalation: Comparison;
  readonly targets: { readonly bySeverity: readonly TargetFigure[]; readonly byContract: readonly TargetFigure[] };
  readonly customers: readonly SideFigure[];
  readonly waiting: { readonly maintainers: readonly AgeFigure[]; readonly authors: readonly AgeFigure[] };
  readonly reminders: ReminderFigure;
};

export type Asking = {
  readonly owner: { readonly id: OwnerId; readonly login: string };
  readonly filters: Filters;
  /** Of whoever looks, so that they see what was sent to them and nobody else does; null for somebody without one. */
  readonly login: string | null;
  readonly now: number;
};

export async function readInsights({ db }: Database, asking: Asking): Promise<Insights> {
  const { owner, filters, now } = asking;
  const places = await readPlaces(db, owner.id, now);
  const timezone = places.policy.calendar.timezone;
  const sinceAt = periodStartsAt(filters.period, { now, timezone });
  const scope: Scope = {
    ownerId: owner.id,
    repositoryId: filters.repository?.id ?? null,
    customerId: filters.customer?.id ?? null,
    severity: filters.severity,
  };
  const weeks = lastWeeks(MOST_WEEKS, { now, timezone }).filter(({ startAt }) => startAt + WEEK > sinceAt);
  const rows = await timesSince(db, scope, { fromAt: sinceAt, limit: MOST_PATCHES });
  const wanted = new Set(rows.map(({ patchId }) => patchId));
  const [waiting, severities, customers, contracts, sent, teams] = await Promise.all([
    waitingByAge(db, scope, places.ages),
    severitiesOfPatches(db, owner.id, wanted),
    customersOfPatches(db, owner.id, wanted),
    contractsOfCustomers(db, owner.id),
    remindersSince(db, scope, weeks[0]?.startAt ?? now),
    teamsOfOne(db, owner),
  ]);
  const spanning = createSpanning(places.policy.contracts.grace);
  const spans = new Map([...contracts].map(([id, customer]) => [id, spanning(customer)]));
  const patches = rows.map((row) =>
    countPatch(row, {
      clocks: places.clocksOf(row.repositoryId),
      severity: severities.get(row.patchId) ?? NO_SEVERITY,
      customers: customers.get(row.patchId) ?? [],
      spans,
    }),
  );
  const reminders = remindersByTeam(
    sent.map((each) => withTeamsOfOne(each, teams)),
    weeks,
    asking.login,
  );
  const isWhole = filters.customer === null && filters.repository === null && filters.severity === null;
  const oldestAt = patches.at(-1)?.openedAt ?? now;
  const months = monthsBetween(Math.max(sinceAt, oldestAt), { now, timezone });
  return {
    filters,
    sinceAt: Math.max(sinceAt, filters.period === "all" ? oldestAt : 0),
    timezone,
    countedAt: now,
    patches: patches.length,
    isAnyKnown: patches.length > 0 || (await isAnyCounted(db, owner.id)),
    isCut: patches.length === MOST_PATCHES,
    isCustomersOnly: places.isCustomersOnly,
    firstResponse: byMonth(patches, months, ({ responseDays }) => responseDays),
    decision: byMonth(patches, months, ({ decisionDays }) => decisionDays),
    escalation: compareEscalation(patches),
    targets: { bySeverity: targetsBySeverity(patches), byContract: targetsByContract(patches) },
    customers: besideOthers(patches),
    waiting: { maintainers: agesBySeverity(waiting, "maintainer"), authors: agesBySeverity(waiting, "author") },
    reminders: isWhole ? reminders : withoutPersons(reminders),
  };
}

const WEEK = 7 * 86_400_000;
const NO_SEVERITY: PatchSeverity = { gravest: "none", gravestOpen: "none" };

type Places = {
  /** The owner's own policy. */
  readonly policy: Policy;
  /** Whether no repository's policy tracks more than customers' patches. */
  readonly isCustomersOnly: boolean;
  readonly clocksOf: (repository: number) => Clocks;
  readonly ages: readonly AgesOfPlace[];
};

/** The owner's policy and those of the repositories that have one of their own, with the calendars behind them. */
async function readPlaces(db: Db, owner: OwnerId, now: number): Promise<Places> {
  const own = await repositoriesWithOwnPolicy(db, owner, MOST_POLICIES);
  // A repository that is none, for the policy of all that have no own; visibility says only what may be told where.
  const everywhere = { ownerId: owner, repositoryId: repositoryId(0), visibility: "private" as const };
  const places = [
    everywhere,
    ...own.map(({ id, visibility }) => ({ ownerId: owner, repositoryId: repositoryId(id), visibility })),
  ];
  const effective = await effectivePolicies(db, places);
  const calendars = new Map<string, Calendar>();
  const calendarOf = async (calendar: PolicyCalendar): Promise<Calendar> => {
    const key = JSON.stringify(calendar);
    const known =
      calendars.get(key) ?? (await workingCalendar(db, calendar, { fromAt: now - HORIZON_MILLIS, toAt: now }));
    calendars.set(key, known);
    return known;
  };
  const clocks = new Map<number, Clocks>();
  for (const [id, { policy }] of effective)
    clocks.set(id, createClocks({ policy, calendar: await calendarOf(policy.calendar) }, now));
  const general = clocks.get(everywhere.repositoryId);
  const policy = effective.get(everywhere.repositoryId)?.policy;
  if (general === undefined || policy === undefined) throw new Error("the owner's policy was not read");
  return {
    policy,
    isCustomersOnly: [...effective.values()].every((each) => each.policy.track === "customers"),
    clocksOf: (repository) => clocks.get(repository) ?? general,
    ages: agesOf(
      own.map(({ id }) => ({ id, clocks: clocks.get(id) ?? general })),
      general,
    ),
  };
}

type Clocks = (severity: Gravity) => Clock;

/** Repositories whose ages part at the same instants stand together, and those that go with everybody nowhere. */
function agesOf(
  own: readonly { readonly id: number; readonly clocks: Clocks }[],
  general: Clocks,
): readonly AgesOfPlace[] {
  const everywhere = edgesOf(general);
  const places = new Map<string, { repositoryIds: number[]; edges: AgesOfPlace["edges"] }>();
  for (const { id, clocks } of own) {
    const edges = edgesOf(clocks);
    const key = JSON.stringify(edges);
    if (key === JSON.stringify(everywhere)) continue;
    const known = places.get(key) ?? { repositoryIds: [], edges };
    known.repositoryIds.push(id);
    places.set(key, known);
  }
  return [...places.values(), { repositoryIds: null, edges: everywhere }];
}

const edgesOf = (clocks: Clocks): AgesOfPlace["edges"] =>
  GRAVITIES.map((severity) => {
    const clock = clocks(severity);
    return { severity, instants: AGES.map((days) => clock.reachedAt(days * clock.dayMillis)) };
  });

type Known = {
  readonly clocks: Clocks;
  readonly severity: PatchSeverity;
  readonly customers: readonly string[];
  readonly spans: ReadonlyMap<string, readonly ContractSpan[]>;
};

function countPatch(row: TimesRow, { clocks, severity, customers, spans }: Known): CountedPatch {
  // Its working time ran by the open cases alone, as when it was decided about last.
  const clock = clocks(severity.gravestOpen);
  const counted = customers.flatMap((id) => countedAt(spans.get(id) ?? [], row.openedAt));
  const inDays = (millis: number | null) => (millis === null ? null : millis / clock.dayMillis);
  const targetMillis = targetOf(severity.gravest, clock, counted);
  return {
    openedAt: row.openedAt,
    responseDays: inDays(row.responseMillis),
    decisionDays: inDays(row.decisionMillis),
    escalatedAt: row.escalatedAt,
    decidedAt: row.decidedAt,
    escalatedDecisionDays: inDays(row.escalatedDecisionMillis),
    severity: severity.gravest,
    hasCustomer: customers.length > 0,
    contracts: [...new Set(counted.map(({ label }) => label))],
    target: outcomeOf(row, clock, targetMillis),
  };
}

/** The stricter of the policy's and the contracts'; no contract promises anything for a patch without a severity. */
function targetOf(severity: Gravity, clock: Clock, counted: readonly ContractSpan[]): number {
  const ofPolicy = clock.targetMillisOf(severity);
  if (severity === "none") return ofPolicy;
  return counted.reduce((strictest, { targets }) => {
    const target = targets[severity];
    return target === undefined ? strictest : Math.min(strictest, clock.millisOf(target));
  }, ofPolicy);
}

function outcomeOf(
  { responseMillis, waitsSinceAt }: TimesRow,
  clock: Clock,
  targetMillis: number,
): CountedPatch["target"] {
  if (responseMillis !== null) return responseMillis <= targetMillis ? "within" : "late";
  if (waitsSinceAt === null) return "silent";
  return waitsSinceAt < clock.reachedAt(targetMillis) ? "late" : "open";
}

/** What a team of one member was asked, that person was asked. */
const withTeamsOfOne = (sent: RemindersSent, teams: ReadonlyMap<string, string>): RemindersSent => ({
  ...sent,
  asked: sent.asked.map((each) => {
    const only = each.kind === "team" ? teams.get(each.key) : undefined;
    return only === undefined ? each : { kind: "person", key: only };
  }),
});
