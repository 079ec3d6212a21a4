// What is asked of the database about what was only observed: by installation and time, narrow rows for numbers and a page of texts.
import { type Expression, type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { Db } from "../../db/database.ts";
import { changeIn, recipientName } from "../log/stored.ts";
import type { ObservedRow } from "./observed.ts";

export type AskedObserved = {
  readonly installationIds: readonly number[];
  readonly fromAt: number;
  readonly untilAt: number;
  /** Null: of all. */
  readonly repositoryId: number | null;
  readonly limit: number;
};

const OBSERVED = sql.lit("observed" as const);
const addressed = z.array(z.object({ key: z.string() }));

/** The newest of what was observed then, without texts. */
export async function observedRows(db: Db, asked: AskedObserved): Promise<readonly ObservedRow[]> {
  if (asked.installationIds.length === 0) return [];
  const rows = await observedThen(db, asked)
    .select(["e.finished_at as at", "e.kind", "e.lane", "r.addressees"])
    .select((eb) => eb.case().when("e.kind", "=", "labels").then(eb.ref("e.outcome")).else(null).end().as("outcome"))
    .orderBy("e.finished_at", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(({ at, kind, lane, addressees, outcome }) => ({
    at: at ?? 0,
    kind,
    lane,
    addressees: namesIn(addressees),
    isChange: isChange(outcome),
  }));
}

/** What an earlier release kept says nothing of labels but in its line: that counts as a change. */
function isChange(outcome: string | null): boolean {
  const change = changeIn(outcome);
  return change === null || change.added.length + change.removed.length > 0;
}

export type ObservedText = {
  readonly id: number;
  readonly at: number;
  readonly kind: string;
  readonly patchId: string;
  readonly because: string;
  /** As it would have been written, in GitHub's Markdown; null for what is no comment. */
  readonly markdown: string | null;
  readonly labels: { readonly added: readonly string[]; readonly removed: readonly string[] } | null;
  readonly addressees: readonly string[];
};

const SHOWN = ["reminder", "author-turn", "decision-request", "case-note", "reply", "labels"].map((kind) =>
  sql.lit(kind),
);
const written = z.object({ markdown: z.string() });

/** A page of what would have been said and labelled then, the newest first; `beforeId` of what was shown already, by its time. */
export async function observedTexts(
  db: Db,
  asked: AskedObserved,
  before: { readonly at: number; readonly id: number } | null,
): Promise<readonly ObservedText[]> {
  if (asked.installationIds.length === 0) return [];
  const rows = await observedThen(db, asked)
    .select(["e.id", "e.finished_at as at", "e.kind", "e.lane", "e.because", "e.body", "e.outcome", "r.addressees"])
    .where("e.kind", "in", SHOWN)
    .$if(before !== null, (query) =>
      query.where(
        sql<SqlBool>`e.finished_at <= ${before?.at} and not (e.finished_at = ${before?.at} and e.id >= ${before?.id})`,
      ),
    )
    .orderBy("e.finished_at", "desc")
    .orderBy("e.id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(({ at, lane, body, outcome, addressees, ...row }) => ({
    ...row,
    at: at ?? 0,
    patchId: lane,
    markdown: written.safeParse(JSON.parse(body)).data?.markdown ?? null,
    labels: row.kind === "labels" ? changeIn(outcome) : null,
    addressees: namesIn(addressees),
  }));
}

/** What was observed then, each reminder with whom it would have asked. */
const observedThen = (db: Db, asked: AskedObserved) =>
  db
    .selectFrom("effects as e")
    .leftJoin("reminders as r", (join) =>
      join
        .onRef("r.patch_id", "=", "e.lane")
        .on(sql<SqlBool>`e.key = 'reminder:' || r.patch_id || ':' || r.round || ':' || r.n`),
    )
    .where("e.installation_id", "in", asked.installationIds)
    .where("e.finished_at", "is not", null)
    .where("e.finished_at", ">=", asked.fromAt)
    .where("e.finished_at", "<", asked.untilAt)
    .where("e.state", "=", OBSERVED)
    .where(isIn("e.lane", asked.repositoryId));

const namesIn = (addressees: string | null): readonly string[] =>
  addressees === null ? [] : addressed.parse(JSON.parse(addressees)).map(({ key }) => key);

/** What is about a repository goes in lanes that begin with its id. */
const isIn = (column: string, repositoryId: number | null): Expression<SqlBool> =>
  repositoryId === null ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.ref(column)} like ${`${repositoryId}#%`}`;

export type UntoldNotice = { readonly id: number; readonly at: number; readonly kind: string; readonly to: string };

/** Messages that were on their way when a policy came to observe, the newest first: to whom, never what they say. */
export async function untoldNotices(
  db: Db,
  ownerId: number,
  { fromAt, untilAt, limit }: Pick<AskedObserved, "fromAt" | "untilAt" | "limit">,
): Promise<readonly UntoldNotice[]> {
  const rows = await db
    .selectFrom("notices")
    .select(["id", "finished_at as at", "kind", "recipient", "recipient_data"])
    .where("owner_id", "=", ownerId)
    .where("finished_at", "is not", null)
    .where("finished_at", ">=", fromAt)
    .where("finished_at", "<", untilAt)
    .where("state", "=", "withdrawn")
    .where((eb) =>
      eb.or(
        ["the policy says to observe", "the policy does not say to act any more"].map((because) =>
          eb("outcome", "=", JSON.stringify({ kind: "withdrawn", because })),
        ),
      ),
    )
    .orderBy("finished_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ id, at, kind, recipient, recipient_data }) => ({
    id,
    at: at ?? 0,
    kind,
    to: recipientName(recipient_data, recipient),
  }));
}
