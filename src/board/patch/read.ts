// Reads all that the page of one patch shows: a bounded number of questions to the store, and none to GitHub.
import { z } from "zod";
import { type LinkOfPatch, linksOf } from "../../cases/store.ts";
import type { Customer } from "../../customers/customer.ts";
import { ownerId } from "../../github/refs.ts";
import { customersById } from "../../patches/customers-today.ts";
import { type PatchPlace, placeOf } from "../../patches/place.ts";
import type { PatchRow } from "../../patches/store.ts";
import type { Wiring } from "../../patches/wiring.ts";
import type { Viewer } from "../viewer.ts";
import { type PatchRowShown, readRows } from "../waiting/rows.ts";
import { type Course, readCourse } from "./read-course.ts";
import {
  type ActTold,
  actsOn,
  customersOfPatch,
  type DecisionTold,
  decisionsBefore,
  patchNamed,
  type StepTold,
  stepsTold,
} from "./store.ts";

/** More linked cases than these are not shown here. */
const MOST_LINKS = 50;
const DECISIONS_A_PAGE = 20;

export type PatchFound = { readonly row: PatchRow; readonly place: PatchPlace };

/** A patch that this viewer may see; null where there is none. */
export async function findPatch(
  wiring: Wiring,
  viewer: Viewer,
  named: { readonly repository: string; readonly number: string },
): Promise<PatchFound | null> {
  const number = z.coerce.number().int().min(1).max(2_147_483_647).safeParse(named.number);
  if (!number.success || !/^[0-9]+$/.test(named.number)) return null;
  const row = await patchNamed(wiring.database.db, {
    ownerId: viewer.owner.ownerId,
    repository: named.repository,
    number: number.data,
  });
  if (row === null) return null;
  if (viewer.isLimited && !viewer.repositoryIds.includes(row.repository_id)) return null;
  const place = await placeOf(wiring.database, row.repository_id, { fromAt: row.opened_at, now: wiring.now() });
  return place === null ? null : { row, place };
}

/** What belongs to the customers' side, which a maintainer does not see. */
export type Inside = {
  readonly links: readonly LinkOfPatch[];
  readonly moreLinks: number;
  readonly customers: readonly Customer[];
  readonly steps: readonly StepTold[];
  readonly decisions: readonly DecisionTold[];
  /** Where older decisions begin; null where there are none. */
  readonly olderBefore: number | null;
  readonly acts: readonly ActTold[];
};

export type PatchRead = PatchFound & {
  readonly shown: PatchRowShown;
  readonly course: Course | null;
  /** Null for whoever sees nothing of it. */
  readonly inside: Inside | null;
  readonly isOlderDecisions: boolean;
  readonly webUrl: string;
  readonly now: number;
};

export async function readPatch(
  wiring: Wiring,
  viewer: Viewer,
  { row, place, before }: PatchFound & { readonly before: number | null },
): Promise<PatchRead | null> {
  const { db } = wiring.database;
  const now = wiring.now();
  const [shown] = await readRows(db, { viewer, ids: [row.id], now });
  if (shown === undefined) return null;
  const links = await linksOf(db, [row.id]);
  const ids = await customersOfPatch(db, row.id);
  const named = links.flatMap((link) => link.case.customer_id ?? []);
  const known = await customersById(db, ownerId(row.owner_id), [...ids, ...named]);
  const customers = known.filter(({ id }) => ids.includes(id));
  const common = {
    row,
    place,
    shown,
    course: await readCourse(wiring, { row, place, links, customers }),
    isOlderDecisions: before !== null,
    webUrl: wiring.addresses.webUrl,
    now,
  };
  if (viewer.isLimited) return { ...common, inside: null };
  const owned = { id: row.id, ownerId: row.owner_id };
  const decisions = await decisionsBefore(db, owned, { before, limit: DECISIONS_A_PAGE + 1 });
  return {
    ...common,
    inside: {
      links: links.slice(0, MOST_LINKS),
      moreLinks: Math.max(links.length - MOST_LINKS, 0),
      customers: known,
      steps: await stepsTold(db, owned),
      decisions: decisions.slice(0, DECISIONS_A_PAGE),
      olderBefore: decisions.length > DECISIONS_A_PAGE ? (decisions[DECISIONS_A_PAGE - 1]?.id ?? null) : null,
      acts: await actsOn(db, row.owner_id, row.id),
    },
  };
}
