// What is asked of the database about who may see whose board.
import { z } from "zod";
import type { Db, Tx } from "../db/database.ts";
import { type Access, ROLES } from "./access.ts";

const stored: z.ZodType<Access> = z.object({
  roles: z.array(z.enum(ROLES)),
  customerIds: z.array(z.string()),
  repositoryIds: z.array(z.number()),
  reads: z.object({ language: z.enum(["en", "ja"]).nullable(), timezone: z.string() }),
});

export type KnownAccess = { readonly access: Access; readonly readAt: number };

export async function accessOf(db: Db, ownerId: number, personKey: string): Promise<KnownAccess | null> {
  const row = await db
    .selectFrom("board_access")
    .select(["access", "read_at"])
    .where("owner_id", "=", ownerId)
    .where("person_key", "=", personKey)
    .executeTakeFirst();
  return row === undefined ? null : { access: stored.parse(JSON.parse(row.access)), readAt: row.read_at };
}

export async function keepAccess(
  db: Db,
  who: { readonly ownerId: number; readonly personKey: string },
  { access, readAt }: KnownAccess,
): Promise<void> {
  const words = { access: JSON.stringify(access), read_at: readAt };
  await db
    .insertInto("board_access")
    .values({ owner_id: who.ownerId, person_key: who.personKey, ...words })
    .onConflict((conflict) => conflict.columns(["owner_id", "person_key"]).doUpdateSet(words))
    .execute();
}

/** Of those who are signed in nowhere: what was kept at a sign-in was never read since where they went elsewhere first. */
export async function forgetAccessReadBefore(tx: Tx, before: number): Promise<void> {
  await tx
    .deleteFrom("board_access")
    .where("read_at", "<", before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("sessions")
            .select("sessions.token_hash")
            .whereRef("sessions.person_key", "=", "board_access.person_key"),
        ),
      ),
    )
    .execute();
}

/** Whose board may be shown to somebody: owners that we are installed at, by login. */
export type BoardOwner = {
  readonly ownerId: number;
  readonly login: string;
  readonly type: "Organization" | "User";
  readonly installationId: number;
};

export async function boardOwnerByLogin(db: Db, login: string): Promise<BoardOwner | null> {
  const rows = await installed(db)
    .where((eb) => eb(eb.fn("lower", ["owner_login"]), "=", login.toLowerCase()))
    // A login that was given up and taken by others is theirs, also where nobody told us of it.
    .orderBy("installed_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .execute();
  return rows.map(toOwner)[0] ?? null;
}

const MOST_OWNERS = 50;

/** The first of them, in the order of their names. */
export async function boardOwners(db: Db): Promise<readonly BoardOwner[]> {
  return (await installed(db).orderBy("owner_login").limit(MOST_OWNERS).execute()).map(toOwner);
}

const installed = (db: Db) =>
  db
    .selectFrom("installations")
    .select(["id", "owner_id", "owner_login", "owner_type"])
    .where("state", "!=", "deleted");

type Row = Awaited<ReturnType<ReturnType<typeof installed>["execute"]>>[number];

const toOwner = (row: Row): BoardOwner => ({
  ownerId: row.owner_id,
  login: row.owner_login,
  type: row.owner_type,
  installationId: row.id,
});
