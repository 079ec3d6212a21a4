// The questions that patches ask of the database. Apart, so that rules never see SQL.
import { type SqlBool, sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { accountsAsErased, factsAsErased, patchAsErased } from "../erasure/erased-store.ts";
import { type Actor, type PatchId, patchId, userId } from "../github/refs.ts";
import type { Fact, FactBody, Reviewer } from "./fact.ts";
import type { StoredStanding } from "./stored-standing.ts";

/** A pull request as a payload or an answer of GitHub shows it at `seenAt`. */
export type Snapshot = {
  readonly repositoryId: number;
  readonly number: number;
  readonly ownerId: number;
  readonly pullRequestId: number;
  readonly nodeId: string;
  readonly title: string;
  readonly body: string;
  readonly author: Actor | null;
  readonly state: "open" | "closed";
  readonly isDraft: boolean;
  readonly isMerged: boolean;
  /** The commit by which it was merged, where that is told. */
  readonly mergeSha: string | null;
  readonly openedAt: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly requested: readonly Reviewer[];
  readonly labelNames: readonly string[];
  readonly seenAt: number;
};

export type PatchRow = import("kysely").Selectable<Schema["patches"]>;
const CLAIM_MILLIS = 60_000;

/** Keeps what a payload shows of a pull request, unless something newer was seen. */
export async function seePatch(tx: Tx, seen: Snapshot): Promise<PatchId> {
  const snapshot = await patchAsErased(tx, seen);
  const id = patchId(snapshot.repositoryId, snapshot.number);
  const row = {
    id,
    repository_id: snapshot.repositoryId,
    number: snapshot.number,
    owner_id: snapshot.ownerId,
    pull_request_id: snapshot.pullRequestId,
    node_id: snapshot.nodeId,
    title: snapshot.title,
    body: snapshot.body,
    author_id: snapshot.author?.id ?? null,
    author_login: snapshot.author?.login ?? "ghost",
    author_is_bot: snapshot.author?.isBot === true ? (1 as const) : (0 as const),
    state: snapshot.state,
    is_draft: snapshot.isDraft ? (1 as const) : (0 as const),
    is_merged: snapshot.isMerged ? (1 as const) : (0 as const),
    ...(snapshot.mergeSha === null ? {} : { merge_sha: snapshot.mergeSha }),
    opened_at: snapshot.openedAt,
    head_sha: snapshot.headSha,
    base_ref: snapshot.baseRef,
    requested_reviewers: JSON.stringify(
      snapshot.requested.filter((r) => r.kind === "user").map(({ id, login }) => ({ id, login })),
    ),
    requested_teams: JSON.stringify(
      snapshot.requested.filter((r) => r.kind === "team").map(({ id, slug }) => ({ id, slug })),
    ),
    label_names: JSON.stringify(snapshot.labelNames),
    seen_at: snapshot.seenAt,
  };
  // Whose it is follows the repository: a payload from before a transfer does not give it back.
  const { id: _id, repository_id: _repository, number: _number, owner_id: _owner, ...changing } = row;
  await tx
    .insertInto("patches")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet((eb) => ({
          ...changing,
          // Payloads of one second come in any order; which of their lists of labels is the later one cannot be told.
          label_names: eb
            .case()
            .when("patches.seen_at", "<", snapshot.seenAt)
            .then(changing.label_names)
            .else(eb.ref("patches.label_names"))
            .end(),
        }))
        .where("patches.seen_at", "<=", snapshot.seenAt),
    )
    .execute();
  return id;
}

/** Makes sure that there is a row to hang facts and links on, where a comment came before the pull request itself. */
export async function expectPatch(
  tx: Tx,
  patch: { repositoryId: number; number: number; ownerId: number; title: string; author: Actor | null; at: number },
): Promise<PatchId> {
  const id = patchId(patch.repositoryId, patch.number);
  const [author] = patch.author === null ? [] : await accountsAsErased(tx, [patch.author]);
  await tx
    .insertInto("patches")
    .values({
      id,
      repository_id: patch.repositoryId,
      number: patch.number,
      owner_id: patch.ownerId,
      title: patch.title,
      body: "",
      author_id: author?.id ?? null,
      author_login: author?.login ?? "ghost",
      author_is_bot: author?.isBot === true ? 1 : 0,
      state: "unknown",
      is_draft: 0,
      is_merged: 0,
      opened_at: patch.at,
      head_sha: "",
      base_ref: "",
      requested_reviewers: "[]",
      requested_teams: "[]",
      label_names: "[]",
      seen_at: 0,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

/** Keeps facts; one that is there already is left as it came first. */
export async function addFacts(tx: Tx, patch: PatchId, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await tx
    .insertInto("facts")
    .values(
      (await factsAsErased(tx, patch, facts)).map(({ key, at, actor, ...body }) => ({
        patch_id: patch,
        key,
        kind: body.kind,
        at,
        actor_id: actor?.id ?? null,
        actor_login: actor?.login ?? null,
        data: JSON.stringify({ ...body, isBot: actor?.isBot === true ? true : undefined }),
      })),
    )
    .onConflict((conflict) => conflict.columns(["patch_id", "key"]).doNothing())
    .execute();
}

/** The facts of several patches, by patch. */
export async function factsOf(db: Db, patches: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const byPatch = new Map<string, Fact[]>();
  if (patches.length === 0) return byPatch;
  const rows = await db.selectFrom("facts").selectAll().where("patch_id", "in", patches).execute();
  for (const row of rows) {
    const { isBot, ...body } = JSON.parse(row.data) as FactBody & { isBot?: boolean };
    const actor =
      row.actor_id === null ? null : { id: userId(row.actor_id), login: row.actor_login ?? "", isBot: isBot === true };
    const list = byPatch.get(row.patch_id) ?? [];
    list.push({ ...body, key: row.key, at: row.at, actor });
    byPatch.set(row.patch_id, list);
  }
  return byPatch;
}

/** Asks for a decision at `at` at the latest. Raises the version, so that a decision under way that did not see why is not saved. */
export async function makeDue(tx: Tx, patches: readonly string[], at: number): Promise<void> {
  if (patches.length === 0) return;
  await tx
    .updateTable("patches")
    .set((eb) => ({
      due_at: eb
        .case()
        .when(eb.or([eb("due_at", "is", null), eb("due_at", ">", at)]))
        .then(at)
        .else(eb.ref("due_at"))
        .end(),
      version: eb("version", "+", 1),
    }))
    .where("id", "in", patches)
    .execute();
}

/** Takes up to `limit` due patches, gravest first; a lease brings them back. Where GitHub refuses us now nothing could be asked. */
export async function claimDuePatches(
  database: Database,
  now: number,
  limit: number,
  busyOwners: readonly number[] = [],
): Promise<readonly PatchRow[]> {
  return database.transaction(async (tx) => {
    let due = tx
      .selectFrom("patches")
      .select("id")
      .where("due_at", "<=", now)
      .where((eb) => eb.or([eb("claimed_until", "is", null), eb("claimed_until", "<=", now)]))
      .where("repository_id", "not in", parkedRepositories(tx, now))
      .$if(busyOwners.length > 0, (query) => query.where("owner_id", "not in", busyOwners))
      .orderBy("gravity")
      .orderBy("due_at")
      .limit(limit);
    if (database.dialect === "postgres") due = due.forUpdate().skipLocked();
    const ids = (await due.execute()).map((row) => row.id);
    if (ids.length === 0) return [];
    return tx
      .updateTable("patches")
      .set({ claimed_until: now + CLAIM_MILLIS })
      .where("id", "in", ids)
      .returningAll()
      .execute();
  });
}

const parkedRepositories = (tx: Tx, now: number) =>
  tx
    .selectFrom("repositories")
    .innerJoin("installations", "installations.id", "repositories.installation_id")
    .select("repositories.id")
    .where("installations.parked_until", ">", now);

/** When the next decision falls due after now; null when nothing waits. What is due already is in somebody's hand, or has to wait. */
export async function nextPatchDueAt(db: Db, now: number): Promise<number | null> {
  const row = await db
    .selectFrom("patches")
    .select("due_at")
    .where("due_at", ">", now)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** Gives a claimed patch back; `dueAt` null leaves it alone until something happens, unless something has happened meanwhile. */
export async function releasePatch(db: Db, row: PatchRow, dueAt: number | null): Promise<void> {
  await db.updateTable("patches").set({ claimed_until: null }).where("id", "=", row.id).execute();
  await db
    .updateTable("patches")
    .set({ due_at: dueAt })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .execute();
}

export type SavedDecision = {
  readonly standing: StoredStanding;
  readonly isTracked: boolean;
  readonly gravity: number;
  readonly wantedLabels: readonly string[];
  readonly dueAt: number | null;
  readonly escalation: { readonly at: number; readonly because: string } | null;
  readonly now: number;
};

/** Saves a decision if the patch is still as it was read; false means that it has to be decided again. */
export async function saveDecision(tx: Tx, row: PatchRow, decision: SavedDecision): Promise<boolean> {
  const result = await tx
    .updateTable("patches")
    .set({
      version: row.version + 1,
      due_at: decision.dueAt,
      claimed_until: null,
      decided_at: decision.now,
      standing: JSON.stringify(decision.standing),
      turn: decision.standing.turn,
      turn_since_at: decision.standing.sinceAt,
      waits_for_us: decision.standing.waitsForUs ? 1 : 0,
      is_tracked: decision.isTracked ? 1 : 0,
      gravity: decision.gravity,
      wanted_labels: JSON.stringify(decision.wantedLabels),
      escalation_due_at: decision.escalation?.at ?? null,
      escalation_because: decision.escalation?.because ?? null,
    })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function patchById(db: Db, id: string): Promise<PatchRow | undefined> {
  return db.selectFrom("patches").selectAll().where("id", "=", id).executeTakeFirst();
}

/** How many decisions are due and the age of the oldest, for the figures. */
export async function duePatchCount(db: Db, now: number): Promise<number> {
  const row = await db
    .selectFrom("patches")
    .select(sql<number>`count(*)`.as("count"))
    .where(sql<SqlBool>`due_at is not null and due_at <= ${now}`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
