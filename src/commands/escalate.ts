// What `/case escalate` is judged by: the pull requests looked at before, and how they stand when the command is decided.
import { linksOf } from "../cases/store.ts";
import type { Customer } from "../customers/customer.ts";
import type { Tx } from "../db/database.ts";
import { lacksForDecision } from "../escalations/decidable.ts";
import type { Reacting } from "../github/handled.ts";
import { decide } from "../patches/decide.ts";
import { customersOfLinks, type Gathered, gather, shownCases } from "../patches/gather.ts";
import { observePatches } from "../patches/observe.ts";
import { placeOf } from "../patches/place.ts";
import { gravestSeverity } from "../patches/situation.ts";
import { factsOf, patchById } from "../patches/store.ts";
import type { Escalating } from "./escalating.ts";

/**
 * Gathers these pull requests and looks at GitHub, one request an installation. Always: whoever mends what was missing and asks again a
 * minute later is not to be told what was seen before.
 */
export async function lookAt(reacting: Reacting, patches: readonly string[]): Promise<readonly Gathered[]> {
  const gathered = await gatherAll(reacting, patches);
  const open = gathered.filter(({ row, place }) => row.state === "open" && row.node_id !== null && place.isUsable);
  if (open.length === 0) return gathered;
  for (const [installationId, some] of Map.groupBy(open, ({ place }) => place.installationId ?? 0))
    await observePatches(reacting, installationId, some);
  return gatherAll(reacting, patches);
}

async function gatherAll(reacting: Reacting, patches: readonly string[]): Promise<readonly Gathered[]> {
  const { database, now } = reacting;
  const facts = await factsOf(database.db, patches);
  const gathered: Gathered[] = [];
  for (const id of patches) {
    const row = await patchById(database.db, id);
    if (row === undefined) continue;
    const place = await placeOf(database, row.repository_id, { fromAt: row.opened_at, now: now() });
    if (place === null) continue;
    gathered.push(await gather(reacting, row, { place, facts: facts.get(id) ?? [] }));
  }
  return gathered;
}

/** How it stands with what the commands before this one in the same text have done. */
export async function standingNow(
  tx: Tx,
  { row, situation: before }: Gathered,
  sender: {
    readonly login: string;
    /** The registered address of whoever has no account. */
    readonly email: string | null;
    readonly isSupporter: boolean;
    readonly customers: readonly Customer[];
  },
): Promise<Escalating> {
  const known = new Set(before.facts.map((fact) => fact.key));
  const since = ((await factsOf(tx, [row.id])).get(row.id) ?? []).filter((fact) => !known.has(fact.key));
  const news = since.filter((fact) => fact.kind !== "exempted" && fact.kind !== "exemption-ended");
  const links = await linksOf(tx, [row.id]);
  const situation = {
    ...before,
    facts: [...before.facts, ...news],
    cases: shownCases(links, before.policy, await customersOfLinks(tx, row.owner_id, links)),
  };
  const { standing, isTracked } = decide(situation);
  const concerned = new Set([
    ...situation.authorCustomerIds,
    ...situation.cases.flatMap((each) => (each.link === "confirmed" ? (each.customerId ?? []) : [])),
  ]);
  const login = sender.login.toLowerCase();
  const email = sender.email?.toLowerCase() ?? null;
  const isAccountOwner = sender.customers
    .filter((customer) => concerned.has(customer.id))
    .flatMap(({ owner }) => [owner ?? [], owner?.deputy ?? []].flat())
    .some((each) => (email === null ? each.github?.toLowerCase() === login : each.email?.toLowerCase() === email));
  return {
    patchId: row.id,
    isTracked,
    isActing: situation.mode === "act",
    lacks: lacksForDecision(situation, standing),
    severity: gravestSeverity(situation.cases),
    as: isAccountOwner ? "account-owner" : sender.isSupporter ? "supporter" : "maintainer",
  };
}
