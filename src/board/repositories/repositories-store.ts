// What is asked of the database for pages about repositories: always of one owner, and a page at a time.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { BackfillRow } from "../../github/backfill-store.ts";
import type { RepositoryRow } from "../../github/installation-store.ts";

export type AskedRepositories = {
  readonly ownerId: number;
  /** Null: all; else only these. */
  readonly only: readonly number[] | null;
  /** The last one that was shown. */
  readonly after: string | null;
  readonly limit: number;
};

/** The owner's repositories that the app is on, by name. */
export async function repositoriesListed(db: Db, asked: AskedRepositories): Promise<readonly RepositoryRow[]> {
  if (asked.only?.length === 0) return [];
  return db
    .selectFrom("repositories")
    .selectAll()
    .where("owner_id", "=", asked.ownerId)
    .where("installation_id", "is not", null)
    .$if(asked.only !== null, (query) => query.where("id", "in", asked.only ?? []))
    .$if(asked.after !== null, (query) => query.where("name", ">", asked.after ?? ""))
    .orderBy("name")
    .limit(asked.limit)
    .execute();
}

/** The owner's repository of this name, in any letters; where several had it, the one that the app is on. */
export async function repositoryNamed(db: Db, ownerId: number, name: string): Promise<RepositoryRow | null> {
  const row = await db
    .selectFrom("repositories")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where((eb) => eb(eb.fn<string>("lower", ["name"]), "=", name.toLowerCase()))
    .orderBy((eb) => eb.case().when("installation_id", "is", null).then(1).else(0).end())
    .orderBy("seen_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export type PatchCounts = { readonly followed: number; readonly maintainers: number; readonly authors: number };

/** How many open patches are followed in each of these, and whose turn it is; counted in an index alone, which knows no owner. */
export async function patchCounts(db: Db, repositoryIds: readonly number[]): Promise<ReadonlyMap<number, PatchCounts>> {
  if (repositoryIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("patches")
    .select(["repository_id", "turn"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    // In the statement itself, else SQLite does not take the index that holds just these.
    .where("state", "=", sql.lit("open" as const))
    .where("is_tracked", "=", sql.lit(1 as const))
    .where("repository_id", "in", repositoryIds)
    .groupBy(["repository_id", "turn"])
    .execute();
  const counts = new Map<number, PatchCounts>();
  for (const { repository_id, turn, count } of rows) {
    const { followed, maintainers, authors } = counts.get(repository_id) ?? { followed: 0, maintainers: 0, authors: 0 };
    const each = Number(count);
    counts.set(repository_id, {
      followed: followed + each,
      maintainers: maintainers + (turn === "maintainer" ? each : 0),
      authors: authors + (turn === "author" ? each : 0),
    });
  }
  return counts;
}

export async function backfillsOf(db: Db, repositoryIds: readonly number[]): Promise<readonly BackfillRow[]> {
  if (repositoryIds.length === 0) return [];
  return db.selectFrom("backfills").selectAll().where("repository_id", "in", repositoryIds).orderBy("kind").execute();
}

export type GravestPatch = {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly gravity: number;
  readonly turn: "maintainer" | "author" | "nobody" | null;
  readonly turnSinceAt: number | null;
  readonly openedAt: number;
};

/** The open patches that are followed there, the gravest and then the oldest first. */
export async function gravestPatches(db: Db, repositoryId: number, limit: number): Promise<readonly GravestPatch[]> {
  return followedIn(db, repositoryId).orderBy("gravity").orderBy("opened_at").limit(limit).execute();
}

const TURNS = ["maintainer", "author", "nobody"] as const;

/** The same, the oldest first: an order by gravity tells severities to those who see none. Read by turn, as the index has them. */
export async function oldestPatches(db: Db, repositoryId: number, limit: number): Promise<readonly GravestPatch[]> {
  const found: GravestPatch[] = [];
  for (const turn of TURNS)
    found.push(
      ...(await followedIn(db, repositoryId)
        .where("turn", "=", turn)
        .orderBy("opened_at")
        .orderBy("id")
        .limit(limit)
        .execute()),
    );
  return found.toSorted((a, b) => a.openedAt - b.openedAt || a.number - b.number).slice(0, limit);
}

const followedIn = (db: Db, repositoryId: number) =>
  db
    .selectFrom("patches")
    .select(["id", "number", "title", "gravity", "turn", "turn_since_at as turnSinceAt", "opened_at as openedAt"])
    .where("repository_id", "=", repositoryId)
    .where("state", "=", sql.lit("open" as const))
    .where("is_tracked", "=", sql.lit(1 as const));

export type UndoneWrite = {
  readonly id: number;
  readonly at: number;
  readonly kind: string;
  readonly state: "withdrawn" | "failed";
  readonly lane: string;
  readonly outcome: string | null;
};

/** What was not written in a repository since then, the newest first. */
export async function undoneWrites(
  db: Db,
  asked: {
    readonly installationId: number;
    readonly repositoryId: number;
    readonly since: number;
    readonly limit: number;
  },
): Promise<readonly UndoneWrite[]> {
  const rows = await db
    .selectFrom("effects")
    .select(["id", "finished_at as at", "kind", "state", "lane", "outcome"])
    .where("installation_id", "=", asked.installationId)
    .where("finished_at", "is not", null)
    .where("finished_at", ">=", asked.since)
    .where("state", "in", ["withdrawn", "failed"])
    // What is about a repository goes in lanes that begin with its id.
    .where("lane", "like", `${asked.repositoryId}#%`)
    .orderBy("finished_at", "desc")
    .limit(asked.limit)
    .execute();
  return rows.flatMap(({ at, state, ...row }) =>
    state === "withdrawn" || state === "failed" ? [{ ...row, at: at ?? 0, state }] : [],
  );
}

/** What an installation wrote since then: all of it, and the comments among it. */
export async function writesSince(
  db: Db,
  installationId: number,
  since: number,
): Promise<{ readonly writes: number; readonly comments: number }> {
  const row = await db
    .selectFrom("writes")
    .select((eb) => [eb.fn.countAll<number>().as("writes"), eb.fn.sum<number>("is_comment").as("comments")])
    .where("installation_id", "=", installationId)
    .where("at", ">", since)
    .executeTakeFirstOrThrow();
  return { writes: Number(row.writes), comments: Number(row.comments ?? 0) };
}

/** Whether no other owner's webhooks can have come here: none but this one ever installed the app. */
export async function isOnlyOwner(db: Db, ownerId: number): Promise<boolean> {
  const other = await db
    .selectFrom("installations")
    .select("id")
    .where("owner_id", "!=", ownerId)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}

export type SeenDelivery = {
  readonly id: string;
  readonly event: string;
  readonly state: "pending" | "done" | "ignored" | "failed";
  readonly at: number;
  readonly because: string | null;
  readonly error: string | null;
};

/** The newest deliveries that were settled and the newest that failed: of every owner, since a delivery does not say whose it is. */
export async function lastDeliveries(db: Db, limit: number): Promise<readonly SeenDelivery[]> {
  const newest = (states: readonly ("done" | "ignored" | "failed")[]) =>
    db
      .selectFrom("deliveries")
      .select(["id", "event", "state", "received_at as at", "because", "error"])
      .where(
        "state",
        "in",
        states.map((state) => sql.lit(state)),
      )
      .orderBy("finished_at", "desc")
      .limit(limit)
      .execute();
  return [...(await newest(["failed"])), ...(await newest(["done", "ignored"]))];
}
