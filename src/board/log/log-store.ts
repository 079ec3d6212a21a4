// The log's questions to the database: each kind of entry by a narrow query of its own, newest first, no longer than a page. What is merged
// of them is read.ts's.
import { type Expression, type SqlBool, sql } from "kysely";
import type { Db } from "../../db/database.ts";
import { likePattern } from "../../db/like.ts";
import { storedReason } from "../../patches/stored-reason.ts";
import { type Cursor, LOG_KINDS, type LogEntry, type LogKind, type LogQuestion } from "./entry.ts";
import { changeIn, commandOutcome, outcomeIn, recipientName } from "./stored.ts";

type Questions = Readonly<Record<LogKind, (db: Db, asked: LogQuestion) => Promise<readonly LogEntry[]>>>;

/** What of one kind stands behind the cursor, at most `limit`. */
export const entriesOf: Questions = { act, command, escalation, write, notice, decision };

async function act(db: Db, asked: LogQuestion) {
  const rows = await db
    .selectFrom("board_acts")
    .select(["id", "at", "person", "kind", "subject", "words"])
    .where(isOwners(asked))
    .where("at", ">=", asked.fromAt)
    .where(isBehind(asked.before, "act", { at: "at", id: "id" }))
    .$if(asked.patchId !== null, (query) => query.where("subject", "=", `patch:${asked.patchId}`))
    .$if(asked.person !== null, (query) => query.where(sql<string>`lower(person)`, "in", namesOf(asked.person)))
    .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["words"])))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(
    ({ id, kind, subject, ...row }): LogEntry => ({
      ...row,
      kind: "act",
      id: String(id),
      what: kind,
      subject,
      patchId: subject.startsWith("patch:") ? subject.slice("patch:".length) : null,
    }),
  );
}

/** Commands of one text have one instant; their id is the text's with their place in it. */
async function command(db: Db, asked: LogQuestion) {
  const { before } = asked;
  const resumed = before?.kind === "command" ? placeOf(before) : null;
  const rows = await db
    .selectFrom("commands")
    .select(["source", "text", "at", "patch_id", "case_id", "actor_login", "outcome"])
    .where(isOwners(asked))
    .where("at", ">=", asked.fromAt)
    .where(
      resumed === null
        ? isBehind(before, "command", { at: "at", id: "at" })
        : sql<SqlBool>`at <= ${before?.at} and not (at = ${before?.at} and source > ${resumed.source})`,
    )
    .$if(asked.patchId !== null, (query) => query.where("patch_id", "=", asked.patchId))
    .$if(asked.person !== null, (query) => query.where(sql<string>`lower(actor_login)`, "=", asked.person ?? ""))
    .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["text"])))
    .orderBy("at", "desc")
    .orderBy("source", "desc")
    .orderBy("occurrence", "desc")
    .orderBy("text", "desc")
    .limit(asked.limit + (resumed === null ? 0 : resumed.place + 1))
    .execute();
  const places = new Map<string, number>();
  const entries = rows.map((row): LogEntry & { readonly place: number; readonly source: string } => {
    const text = `${row.at} ${row.source}`;
    const place = places.get(text) ?? 0;
    places.set(text, place + 1);
    return {
      kind: "command",
      at: row.at,
      id: `${row.source}~${place}`,
      place,
      source: row.source,
      patchId: row.patch_id,
      caseId: row.case_id,
      person: `@${row.actor_login}`,
      text: row.text,
      outcome: commandOutcome(row.outcome),
    };
  });
  const isShown = (entry: (typeof entries)[number]) =>
    resumed !== null && entry.at === before?.at && entry.source === resumed.source && entry.place <= resumed.place;
  return entries.filter((entry) => !isShown(entry)).map(({ place: _place, source: _source, ...entry }) => entry);
}

const MOST_IN_A_TEXT = 1000;

function placeOf({ id }: Cursor): { readonly source: string; readonly place: number } {
  const end = id.lastIndexOf("~");
  const place = Number(id.slice(end + 1));
  return {
    source: id.slice(0, Math.max(end, 0)),
    place: Number.isInteger(place) ? Math.min(place, MOST_IN_A_TEXT) : 0,
  };
}

async function escalation(db: Db, asked: LogQuestion) {
  const rows = await db
    .selectFrom("escalation_steps")
    .select(["id", "at", "patch_id", "kind", "because", "outcome"])
    .where(isOwners(asked))
    .where("at", ">=", asked.fromAt)
    .where(isBehind(asked.before, "escalation", { at: "at", id: "id" }))
    .$if(asked.patchId !== null, (query) => query.where("patch_id", "=", asked.patchId ?? ""))
    .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["because", "outcome"])))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(
    ({ id, kind, patch_id, ...row }): LogEntry => ({
      ...row,
      kind: "escalation",
      id: String(id),
      patchId: patch_id,
      what: kind,
    }),
  );
}

/** An installation at a time: all of them at once would be sorted before the first is shown. */
async function write(db: Db, asked: LogQuestion) {
  const found: LogEntry[] = [];
  for (const installationId of asked.installationIds) {
    const rows = await db
      .selectFrom("effects")
      .select(["id", "finished_at as at", "lane", "kind", "state", "because", "outcome"])
      .where(isScoped("installation_id", installationId, asked))
      .where("finished_at", "is not", null)
      .where("finished_at", ">=", asked.fromAt)
      .where(isBehind(asked.before, "write", { at: "finished_at", id: "id" }))
      .$if(asked.patchId !== null, (query) => query.where("lane", "=", asked.patchId ?? ""))
      .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["because", "outcome"])))
      .orderBy("finished_at", "desc")
      .orderBy("id", "desc")
      .limit(asked.limit)
      .execute();
    for (const row of rows)
      found.push({
        kind: "write",
        at: row.at ?? 0,
        id: String(row.id),
        patchId: row.lane,
        what: row.kind,
        state: row.state,
        because: row.because,
        outcome: outcomeIn(row.outcome),
        changed: changeIn(row.outcome),
      });
  }
  return found.toSorted((a, b) => b.at - a.at || Number(b.id) - Number(a.id)).slice(0, asked.limit);
}

async function notice(db: Db, asked: LogQuestion) {
  const rows = await db
    .selectFrom("notices")
    .select(["id", "finished_at as at", "patch_id", "kind", "channel", "recipient", "recipient_data"])
    .select(["state", "because", "outcome"])
    .where(isOwners(asked))
    .where("finished_at", "is not", null)
    .where("finished_at", ">=", asked.fromAt)
    .where(isBehind(asked.before, "notice", { at: "finished_at", id: "id" }))
    .$if(asked.patchId !== null, (query) => query.where("patch_id", "=", asked.patchId))
    .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["because", "outcome"])))
    .orderBy("finished_at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(
    (row): LogEntry => ({
      kind: "notice",
      at: row.at ?? 0,
      id: String(row.id),
      patchId: row.patch_id,
      what: row.kind,
      channel: row.channel,
      recipient: recipientName(row.recipient_data, row.recipient),
      state: row.state,
      because: row.because,
      outcome: outcomeIn(row.outcome),
    }),
  );
}

async function decision(db: Db, asked: LogQuestion) {
  const rows = await db
    .selectFrom("decisions")
    .select(["id", "at", "patch_id", "kind", "because", "data"])
    .where(isOwners(asked))
    .where("at", ">=", asked.fromAt)
    .where(isBehind(asked.before, "decision", { at: "at", id: "id" }))
    .$if(asked.patchId !== null, (query) => query.where("patch_id", "=", asked.patchId ?? ""))
    .$if(asked.text !== null, (query) => query.where(holds(asked.text, ["because"])))
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map(
    (row): LogEntry => ({
      kind: "decision",
      at: row.at,
      id: String(row.id),
      patchId: row.patch_id,
      what: row.kind,
      because: row.because,
      reason: storedReason(row.data),
    }),
  );
}

const isOwners = (asked: LogQuestion): Expression<SqlBool> => isScoped("owner_id", asked.ownerId, asked);

/** Of one patch there is little: it is found by the patch's index, which neither database takes where another keeps the order. */
const isScoped = (column: string, id: number, { patchId }: LogQuestion): Expression<SqlBool> =>
  patchId === null ? sql<SqlBool>`${sql.ref(column)} = ${id}` : sql<SqlBool>`coalesce(${sql.ref(column)}, 0) = ${id}`;

/** Behind the cursor: older, or of the same instant and further down. */
function isBehind(
  before: Cursor | null,
  kind: LogKind,
  columns: { readonly at: string; readonly id: string },
): Expression<SqlBool> {
  if (before === null) return sql<SqlBool>`1 = 1`;
  const at = sql.ref(columns.at);
  const [here, there] = [LOG_KINDS.indexOf(kind), LOG_KINDS.indexOf(before.kind)];
  if (here > there) return sql<SqlBool>`${at} <= ${before.at}`;
  if (here < there) return sql<SqlBool>`${at} < ${before.at}`;
  const id = Number(before.id);
  return sql<SqlBool>`${at} <= ${before.at} and not (${at} = ${before.at} and ${sql.ref(columns.id)} >= ${Number.isSafeInteger(id) ? id : 0})`;
}

/** Whether one of the columns holds the words, in any letters; "%" and "_" stand for themselves. */
function holds(text: string | null, columns: readonly string[]): Expression<SqlBool> {
  const pattern = likePattern(text ?? "");
  const each = columns.map((column) => sql`lower(${sql.ref(column)}) like ${pattern} escape '\\'`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}

/** As the board writes people down: accounts with "@", others by their name. */
const namesOf = (person: string | null): readonly string[] => [person ?? "", `@${person ?? ""}`];

const TABLES: Readonly<Record<LogKind, { readonly table: string; readonly at: string; readonly scope: string }>> = {
  act: { table: "board_acts", at: "at", scope: "owner_id" },
  command: { table: "commands", at: "at", scope: "owner_id" },
  escalation: { table: "escalation_steps", at: "at", scope: "owner_id" },
  write: { table: "effects", at: "finished_at", scope: "installation_id" },
  notice: { table: "notices", at: "finished_at", scope: "owner_id" },
  decision: { table: "decisions", at: "at", scope: "owner_id" },
};

/** When the `nth` newest entry of a kind was, where there are so many behind the cursor: words are looked for no further back. */
export async function nthNewestAt(db: Db, kind: LogKind, asked: LogQuestion, nth: number): Promise<number | null> {
  const { table, at, scope } = TABLES[kind];
  let edge: number | null = null;
  for (const id of kind === "write" ? asked.installationIds : [asked.ownerId]) {
    const { rows } = await sql<{ at: number }>`select ${sql.ref(at)} as at from ${sql.table(table)}
      where ${sql.ref(scope)} = ${id} and ${sql.ref(at)} is not null and ${sql.ref(at)} >= ${asked.fromAt}
        and ${sql.ref(at)} <= ${asked.before?.at ?? Number.MAX_SAFE_INTEGER}
      order by ${sql.ref(at)} desc limit 1 offset ${nth - 1}`.execute(db);
    const found = rows[0]?.at ?? null;
    if (found !== null) edge = Math.max(edge ?? 0, found);
  }
  return edge;
}
