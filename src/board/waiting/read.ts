// Reads what the page of what waits shows: a page of patches a turn, their number, proposals, and what may be filtered by.
import type { Db } from "../../db/database.ts";
import type { Turn } from "../../patches/turn.ts";
import type { Viewer } from "../viewer.ts";
import { type Asked, type Choosable, type Cursor, hasFilters, TURNS } from "./parse.ts";
import { type Proposal, proposalsToAnswer } from "./proposals-store.ts";
import { gravityOfSeverity, type PatchRowShown, readRows } from "./rows.ts";
import {
  type Choice,
  countWaiting,
  customerChoices,
  isCustomer,
  isDecisionDueUntil,
  patchesDecidedSince,
  patchesWaiting,
  type RepositoryChoice,
  repositoryChoices,
  type Scope,
  turnsOfOwner,
} from "./store.ts";

/** On the page of all turns, and on the page of one. */
const FEW = 25;
const MANY = 50;
const FEW_PROPOSALS = 5;
/** More are not counted where it is not cheap. */
const MOST_COUNTED = 1000;
const MOST_CHOICES = 200;
/** What was decided within this time is fresh, and while something is the page loads itself anew. */
export const FRESH_MILLIS = 3 * 60_000;
const SOON_MILLIS = 60_000;
const REFRESH_SECONDS = 5;

export type Choices = {
  /** Null where there are too many to choose from. */
  readonly customers: readonly Choice[] | null;
  readonly repositories: readonly RepositoryChoice[];
  readonly known: Choosable;
};

/** What the filters of whoever looks may name. */
export async function readChoices(db: Db, viewer: Viewer, wanted: string): Promise<Choices> {
  const { ownerId } = viewer.owner;
  const { isLimited } = viewer;
  const customers = isLimited ? [] : await customerChoices(db, ownerId, MOST_CHOICES + 1);
  const repositories = await repositoryChoices(db, ownerId, isLimited ? viewer.repositoryIds : null);
  const isAll = customers.length <= MOST_CHOICES;
  const known = new Set(customers.map(({ id }) => id));
  if (!isAll && wanted !== "" && !known.has(wanted) && (await isCustomer(db, ownerId, wanted))) known.add(wanted);
  return {
    customers: isAll ? customers : null,
    repositories,
    known: {
      customers: known,
      repositories: new Map(repositories.map((each) => [each.name.toLowerCase(), each])),
      isLimited,
    },
  };
}

export type SectionShown = {
  readonly turn: Turn;
  readonly rows: readonly PatchRowShown[];
  readonly count: { readonly number: number; readonly isAtLeast: boolean };
  /** Behind which row the next page begins; null where this is the last one. */
  readonly next: Cursor | null;
};

export type WaitingShown = {
  readonly sections: readonly SectionShown[];
  readonly proposals: readonly Proposal[];
  readonly hasMoreProposals: boolean;
  readonly fresh: ReadonlySet<string>;
  readonly refreshSeconds: number | null;
};

type Reading = { readonly viewer: Viewer; readonly asked: Asked; readonly now: number };

export async function readWaiting(db: Db, { viewer, asked, now }: Reading): Promise<WaitingShown> {
  const { ownerId } = viewer.owner;
  const { filters } = asked;
  const decided = await patchesDecidedSince(db, ownerId, now - FRESH_MILLIS);
  const isMoving = decided.size > 0 || (await isDecisionDueUntil(db, ownerId, now + SOON_MILLIS));
  const proposals = await readProposals(db, viewer, asked);
  return {
    sections: filters.isProposals ? [] : await readSections(db, { viewer, asked, now }),
    ...proposals,
    fresh: decided,
    refreshSeconds: isMoving ? REFRESH_SECONDS : null,
  };
}

async function readProposals(
  db: Db,
  viewer: Viewer,
  { filters, page }: Asked,
): Promise<Pick<WaitingShown, "proposals" | "hasMoreProposals">> {
  if (viewer.isLimited || (hasFilters(filters) && !filters.isProposals))
    return { proposals: [], hasMoreProposals: false };
  const limit = filters.isProposals ? MANY : FEW_PROPOSALS;
  const offset = filters.isProposals ? (page - 1) * MANY : 0;
  const found = await proposalsToAnswer(db, viewer.owner.ownerId, { offset, limit: limit + 1 });
  return { proposals: found.slice(0, limit), hasMoreProposals: found.length > limit };
}

async function readSections(db: Db, { viewer, asked, now }: Reading): Promise<readonly SectionShown[]> {
  const { filters, after } = asked;
  const scope = scopeOf(viewer, asked);
  const turns = filters.turn === null ? TURNS : [filters.turn];
  const limit = filters.turn === null ? FEW : MANY;
  const isAll = !viewer.isLimited && !hasFilters({ ...filters, turn: null });
  const totals = isAll ? await turnsOfOwner(db, viewer.owner.ownerId) : null;
  const pages: { readonly turn: Turn; readonly ids: readonly string[]; readonly next: Cursor | null }[] = [];
  for (const turn of turns) {
    const found = await patchesWaiting(db, scope, {
      turn,
      after: filters.turn === null ? null : after,
      limit: limit + 1,
    });
    const next = found.length > limit ? (found[limit - 1] ?? null) : null;
    pages.push({ turn, ids: found.slice(0, limit).map(({ id }) => id), next });
  }
  const rows = await readRows(db, { viewer, ids: pages.flatMap(({ ids }) => ids), now });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const sections: SectionShown[] = [];
  for (const { turn, ids, next } of pages) {
    const isWhole = next === null && (filters.turn === null || after === null);
    sections.push({
      turn,
      rows: ids.flatMap((id) => byId.get(id) ?? []),
      count:
        totals !== null
          ? { number: totals.get(turn) ?? 0, isAtLeast: false }
          : isWhole
            ? { number: ids.length, isAtLeast: false }
            : await countFrom(db, scope, { turn, seen: ids.length }),
      next,
    });
  }
  return sections;
}

/** What has to be looked at one by one is not counted further than it is shown. */
async function countFrom(
  db: Db,
  scope: Scope,
  { turn, seen }: { readonly turn: Turn; readonly seen: number },
): Promise<SectionShown["count"]> {
  if (scope.text !== null || scope.mine !== null) return { number: seen, isAtLeast: true };
  const number = await countWaiting(db, scope, { turn, most: MOST_COUNTED + 1 });
  return { number: Math.min(number, MOST_COUNTED), isAtLeast: number > MOST_COUNTED };
}

function scopeOf(viewer: Viewer, { filters }: Asked): Scope {
  const { repository, severity } = filters;
  const only = repository === null ? viewer.repositoryIds : [repository.id];
  return {
    ownerId: viewer.owner.ownerId,
    repositoryIds: viewer.isLimited ? only : null,
    repositoryId: repository?.id ?? null,
    customerId: filters.customer,
    gravity: severity === null ? null : gravityOfSeverity(severity),
    text: filters.text,
    mine: filters.isMine ? mineOf(viewer) : null,
  };
}

function mineOf({ person, customerIds }: Viewer): Scope["mine"] {
  return {
    userId: person.kind === "github" ? person.id : null,
    names: person.kind === "github" ? [person.login, person.name] : [person.email, person.name],
    customerIds: [...customerIds],
  };
}
