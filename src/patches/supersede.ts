// What moves over when another pull request takes a patch's place: its cases' links and what it has waited. Done when the superseded one is
// decided on, from all its facts, so that it does not matter in which order a word and a reopening reached us.
import { linksOf } from "../cases/store.ts";
import type { Db, Tx } from "../db/database.ts";
import { storedPatchId } from "../github/refs.ts";
import { standingAt } from "./decide.ts";
import { decidedOf } from "./decided.ts";
import type { Fact } from "./fact.ts";
import type { Gathered } from "./gather.ts";
import { factsOf, makeDue } from "./store.ts";
import { carryLink, dropCarriedLinks, replaceFact } from "./supersede-store.ts";

const MOST_STEPS = 50;

/** Whether `patch` is superseded by `other`, at whatever remove. */
export async function isSupersededBy(
  db: Db,
  patch: string,
  { other, now }: { readonly other: string; readonly now: number },
): Promise<boolean> {
  let at: string | null = patch;
  for (let steps = 0; at !== null && steps < MOST_STEPS; steps += 1) {
    const decided = decidedOf((await factsOf(db, [at])).get(at) ?? [], now);
    at = decided?.kind === "superseded" ? decided.byPatch : null;
    if (at === other) return true;
  }
  return false;
}

/** Gives links and time to whatever supersedes this patch now, and takes them back from what does not any more. */
export async function moveOver(tx: Tx, gathered: Gathered): Promise<void> {
  const { row, situation } = gathered;
  const { facts, now } = situation;
  const said = facts.filter((fact) => fact.kind === "superseded");
  if (said.length === 0) return;
  const decided = decidedOf(facts, now);
  const named = decided?.kind === "superseded" ? decided.byPatch : null;
  // Words that came by different ways can make a ring, in which time would go round and grow.
  const isRing = named !== null && (await isSupersededBy(tx, named, { other: row.id, now }));
  for (const target of new Set(said.map((fact) => fact.byPatch))) {
    const isTarget = target === named && target !== row.id && !isRing;
    const areLinksChanged = isTarget
      ? await carryLinks(tx, gathered, target)
      : await dropCarriedLinks(tx, row.id, target);
    const key = `carried-over:${row.id}`;
    const isTimeChanged = await replaceFact(
      tx,
      storedPatchId(target),
      key,
      isTarget ? carriedTime(gathered, key) : null,
    );
    if (areLinksChanged || isTimeChanged) await makeDue(tx, [target], now);
  }
}

async function carryLinks(tx: Tx, { row, situation }: Gathered, target: string): Promise<boolean> {
  const at = supersededAt(situation.facts);
  let isChanged = false;
  for (const link of await linksOf(tx, [row.id])) {
    if (link.state !== "confirmed") continue;
    isChanged = (await carryLink(tx, { link, ownerId: row.owner_id, to: target, at })) || isChanged;
  }
  return isChanged;
}

/** What it had waited when it was superseded, with what came over to it since. */
function carriedTime({ row, place, situation }: Gathered, key: string): Fact {
  const at = supersededAt(situation.facts);
  const cameAt = situation.facts.flatMap((fact) => (fact.kind === "carried-over" ? [fact.at] : []));
  const standing = standingAt(situation, Math.max(at, ...cameAt));
  const { clockMillis, heldMillis, stretches } = standing;
  return {
    kind: "carried-over",
    fromPatch: row.id,
    pull: `${place.repository.owner_login}/${place.repository.name}#${row.number}`,
    untilAt: stretches.findLast(({ turn }) => turn !== "nobody")?.untilAt ?? at,
    clockMillis,
    heldMillis,
    key,
    at,
    actor: null,
  };
}

const supersededAt = (facts: readonly Fact[]): number =>
  Math.max(...facts.flatMap((fact) => (fact.kind === "superseded" ? [fact.at] : [])));
