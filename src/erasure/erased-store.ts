// The table `erased_people`: GitHub's ids of those who were erased and have done nothing since, so that what GitHub shows again does not bring their
// names back.
import type { Db, Tx } from "../db/database.ts";
import type { Fact } from "../patches/fact.ts";
import type { Snapshot } from "../patches/store.ts";

type Erased = { readonly mark: string; readonly at: number };
type Account = { readonly id: number; readonly login: string };

export async function noteErased(tx: Tx, of: { ids: Iterable<number>; mark: string; now: number }): Promise<void> {
  for (const id of of.ids)
    await tx
      .insertInto("erased_people")
      .values({ user_id: id, mark: of.mark, at: of.now })
      .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ mark: of.mark, at: of.now }))
      .execute();
}

async function erasedAmong(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, Erased>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("erased_people").selectAll().where("user_id", "in", ids).execute();
  return new Map(rows.map(({ user_id, mark, at }) => [user_id, { mark, at }]));
}

/** Whoever acts after they were erased is known again, from then on. */
async function knowAgain(tx: Tx, erased: ReadonlyMap<number, Erased>, acts: readonly { id: number; at: number }[]) {
  const back = new Set(acts.filter(({ id, at }) => at > (erased.get(id)?.at ?? Infinity)).map(({ id }) => id));
  if (back.size === 0) return erased;
  await tx
    .deleteFrom("erased_people")
    .where("user_id", "in", [...back])
    .execute();
  return new Map([...erased].filter(([id]) => !back.has(id)));
}

/** The same accounts, with marks in the place of logins of those who were erased. */
export async function accountsAsErased<Each extends Account>(
  db: Db,
  accounts: readonly Each[],
): Promise<readonly Each[]> {
  const erased = await erasedAmong(
    db,
    accounts.map(({ id }) => id),
  );
  return erased.size === 0 ? accounts : accounts.map((each) => marked(each, erased));
}

/** A pull request as it is to be kept: without the words of an author who was erased, and without the login of whoever was. */
export async function patchAsErased(tx: Tx, seen: Snapshot): Promise<Snapshot> {
  const { author, requested } = seen;
  const people = requested.flatMap((each) => (each.kind === "user" ? [each.id] : []));
  const all = await erasedAmong(tx, author === null ? people : [author.id, ...people]);
  if (all.size === 0) return seen;
  const erased = await knowAgain(tx, all, author === null ? [] : [{ id: author.id, at: seen.openedAt }]);
  return {
    ...seen,
    author: author === null ? null : marked(author, erased),
    body: (author === null ? undefined : erased.get(author.id)?.mark) ?? seen.body,
    requested: requested.map((each) => (each.kind === "user" ? marked(each, erased) : each)),
  };
}

/** Facts as they are to be kept. What somebody erased did before gets the mark that they have on this patch, which tells their side. */
export async function factsAsErased(tx: Tx, patch: string, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const acts = facts.flatMap(({ actor, at }) => (actor === null ? [] : [{ id: actor.id as number, at }]));
  const asked = facts.flatMap((fact) => ("of" in fact && fact.of.kind === "user" ? [fact.of.id] : []));
  const all = await erasedAmong(tx, [...new Set([...acts.map(({ id }) => id), ...asked])]);
  if (all.size === 0) return facts;
  const erased = await onPatch(tx, patch, await knowAgain(tx, all, acts));
  return facts.map((fact) => {
    const actor = fact.actor === null ? null : marked(fact.actor, erased);
    return "of" in fact && fact.of.kind === "user"
      ? { ...fact, actor, of: marked(fact.of, erased) }
      : { ...fact, actor };
  });
}

async function onPatch(
  tx: Tx,
  patch: string,
  erased: ReadonlyMap<number, Erased>,
): Promise<ReadonlyMap<number, Erased>> {
  if (erased.size === 0) return erased;
  const rows = await tx
    .selectFrom("facts")
    .select(["actor_id", "actor_login"])
    .distinct()
    .where("patch_id", "=", patch)
    .where("actor_id", "in", [...erased.keys()])
    .execute();
  const marks = new Map(rows.map(({ actor_id, actor_login }) => [actor_id, actor_login]));
  return new Map(
    [...erased].map(([id, { mark, at }]) => {
      const here = marks.get(id);
      return [id, { mark: here?.startsWith(`${mark}--`) === true ? here : mark, at }];
    }),
  );
}

const marked = <Each extends Account>(each: Each, erased: ReadonlyMap<number, Erased>): Each => ({
  ...each,
  login: erased.get(each.id)?.mark ?? each.login,
});
