// Patches as the board's tables show them: where each stands, for how long, and what comes next. Reads a bounded number of questions for
// however many rows, and none of GitHub.
import { z } from "zod";
import { SEVERITIES } from "../../customers/customer.ts";
import type { Db } from "../../db/database.ts";
import { ownerId, repositoryId } from "../../github/refs.ts";
import type { NextStored, StoredStanding } from "../../patches/stored-standing.ts";
import type { Turn } from "../../patches/turn.ts";
import type { WorkingTime } from "../../patches/working-time.ts";
import { type Calendar, calendarForSeverity, dayMillis, workingMillis } from "../../policy/calendar.ts";
import { effectivePolicies } from "../../policy/effective.ts";
import { workingCalendar } from "../../policy/holidays.ts";
import { labelDefinitions, type Policy, type Severity } from "../../policy/policy.ts";
import type { Viewer } from "../viewer.ts";
import {
  type CaseOfRow,
  type CustomerOfRow,
  casesOfRows,
  customersOfRows,
  rowsOf,
  type StoredRow,
} from "./rows-store.ts";

export type PatchRowShown = {
  readonly id: string;
  /** Its name without the owner. */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  /** Null where the viewer may not know it, or none is. */
  readonly severity: Severity | null;
  readonly cases: readonly CaseOfRow[];
  readonly customers: readonly CustomerOfRow[];
  readonly stands: Stands;
};

export type Stands =
  | {
      readonly kind: "waiting";
      readonly turn: Turn;
      readonly sinceAt: number;
      /** Null while it is nobody's turn. */
      readonly waited: WorkingTime | null;
      /** The author's side was told in vain. */
      readonly waitsForUs: boolean;
      readonly next: NextStored;
    }
  /** Open, and not followed, or not decided about yet. */
  | { readonly kind: "not-followed" }
  | { readonly kind: "ended"; readonly how: string; readonly at: number | null; readonly release: string | null };

type Asking = {
  readonly viewer: Pick<Viewer, "owner" | "isLimited">;
  readonly ids: readonly string[];
  readonly now: number;
};

/** In the order of the ids; what is not the owner's is left out. */
export async function readRows(db: Db, { viewer, ids, now }: Asking): Promise<readonly PatchRowShown[]> {
  const owner = viewer.owner.ownerId;
  const stored = new Map((await rowsOf(db, owner, ids)).map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => stored.get(id) ?? []);
  // Whoever sees nothing of customers is not even read of any.
  const told = viewer.isLimited ? [] : ids;
  const cases = await casesOfRows(db, owner, told);
  const customers = await customersOfRows(db, owner, told);
  const standings = new Map(rows.map((row) => [row.id, readStanding(row.standing)]));
  const fromAt = Math.min(now, ...[...standings.values()].map((each) => each?.sinceAt ?? now));
  const places = await readPlaces(db, { ownerId: owner, rows, fromAt, now });
  return rows.map((row) => {
    const place = places.get(row.repositoryId);
    const severity = severityOf(row.gravity);
    return {
      id: row.id,
      repository: row.repository,
      number: row.number,
      title: row.title,
      severity: !viewer.isLimited || (place !== undefined && showsSeverity(place.policy)) ? severity : null,
      cases: cases.get(row.id) ?? [],
      customers: customers.get(row.id) ?? [],
      stands: standsOf(row, { standing: standings.get(row.id) ?? null, place, severity, now }),
    };
  });
}

export const severityOf = (gravity: number): Severity | null => SEVERITIES[gravity - 1] ?? null;

export const gravityOfSeverity = (severity: Severity | "none"): number =>
  severity === "none" ? 5 : SEVERITIES.indexOf(severity) + 1;

/** Only where the label says it anyway may it be read by those who know nothing of customers. */
const showsSeverity = (policy: Policy): boolean =>
  labelDefinitions(policy).some(({ key }) => key.startsWith("severity:"));

const standing = z
  .object({ turn: z.enum(["maintainer", "author", "nobody"]), sinceAt: z.number(), clockMillis: z.number() })
  .loose();

/** Written by us, so that what is there is trusted; null where nothing was decided yet. */
function readStanding(json: string | null): StoredStanding | null {
  const value: unknown = json === null ? null : JSON.parse(json);
  return standing.safeParse(value).success ? (value as StoredStanding) : null;
}

type Place = { readonly policy: Policy; readonly calendar: Calendar };

type Places = {
  readonly ownerId: number;
  readonly rows: readonly StoredRow[];
  readonly fromAt: number;
  readonly now: number;
};

async function readPlaces(db: Db, { ownerId: owner, rows, fromAt, now }: Places): Promise<ReadonlyMap<number, Place>> {
  const repositories = new Map(rows.map((row) => [row.repositoryId, row.visibility]));
  const policies = await effectivePolicies(
    db,
    [...repositories].map(([id, visibility]) => ({
      ownerId: ownerId(owner),
      repositoryId: repositoryId(id),
      visibility,
    })),
  );
  const calendars = new Map<string, Calendar>();
  const places = new Map<number, Place>();
  for (const [id, { policy }] of policies) {
    const key = JSON.stringify(policy.calendar);
    const calendar = calendars.get(key) ?? (await workingCalendar(db, policy.calendar, { fromAt, toAt: now }));
    calendars.set(key, calendar);
    places.set(id, { policy, calendar });
  }
  return places;
}

type Known = {
  readonly standing: StoredStanding | null;
  readonly place: Place | undefined;
  readonly severity: Severity | null;
  readonly now: number;
};

function standsOf(row: StoredRow, { standing: known, place, severity, now }: Known): Stands {
  if (row.state === "closed") {
    const how = row.decision ?? (row.isMerged ? "merged" : "closed");
    return { kind: "ended", how, at: row.endedAt, release: row.releaseTag };
  }
  if (known === null || place === undefined || !row.isTracked) return { kind: "not-followed" };
  const clock = calendarForSeverity(place.calendar, place.policy.calendar, severity);
  return {
    kind: "waiting",
    turn: known.turn,
    sinceAt: known.sinceAt,
    waited:
      known.turn === "nobody"
        ? null
        : { millis: waitedMillis(known, { clock, decidedAt: row.decidedAt, now }), dayMillis: dayMillis(clock) },
    waitsForUs: known.waitsForUs,
    next: nextOf(known),
  };
}

type Measuring = { readonly clock: Calendar; readonly decidedAt: number | null; readonly now: number };

/** The maintainers' clock as it was at the decision, and on from there: what was on it before somebody else's turn stays. */
function waitedMillis(known: StoredStanding, { clock, decidedAt, now }: Measuring): number {
  if (known.turn === "author") return workingMillis(clock, known.sinceAt, now);
  return known.clockMillis + workingMillis(clock, decidedAt ?? known.sinceAt, now);
}

function nextOf({ mode, next, step }: StoredStanding): NextStored {
  if (mode !== "act") return { at: null, because: { code: mode === "observe" ? "observing" : "no-policy" } };
  return next ?? { at: null, because: step.because };
}
