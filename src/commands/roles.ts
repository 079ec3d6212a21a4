// What somebody is to the patch or case on which they write, asked of GitHub afresh: `author_association` in payloads is not reliable.

import { caseRepositoriesOf } from "../cases/repositories.ts";
import { caseByIssue, linksOf } from "../cases/store.ts";
import { customersOfOwner } from "../customers/store.ts";
import type { Actor } from "../github/refs.ts";
import { ownerId } from "../github/refs.ts";
import { peopleOf } from "../patches/customers-today.ts";
import { placeForPeople, sidesOf } from "../patches/gather-sides.ts";
import { namesOf } from "../patches/parties.ts";
import type { PatchPlace } from "../patches/place.ts";
import { factsOf, patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { sideOf } from "../people/sides.ts";
import type { Party } from "../policy/policy.ts";
import { NOBODY, type Roles } from "./authority.ts";

export type CommandedOn =
  /** `caseId`: the linked case that it is about; else all of them. */
  | { readonly kind: "patch"; readonly place: PatchPlace; readonly patchId: string; readonly caseId?: number }
  | { readonly kind: "case"; readonly place: PatchPlace; readonly number: number };

/** @throws where GitHub cannot be asked: then the delivery is tried again. */
export async function rolesOf(wiring: Wiring, actor: Actor, on: CommandedOn): Promise<Roles> {
  const { place } = on;
  const where = placeForPeople(place);
  if (where === null || actor.isBot) return NOBODY;
  const { policy } = place;
  const login = actor.login.toLowerCase();
  const isAmong = async (parties: typeof policy.support) => {
    const names = await namesOf(wiring.people, where, parties);
    return names.logins.has(login) || names.memberIds.has(actor.id);
  };
  const customers = await customersOfOwner(wiring.database.db, ownerId(place.repository.owner_id));
  // The people of the customer whom it is about; before that is known, of any: somebody has to say it first.
  const concerned = await customersConcerned(wiring, on);
  const asked = concerned.size === 0 ? customers : customers.filter((each) => concerned.has(each.id));
  const looksAfter = asked.some(({ consultant, owner }) =>
    // Their deputy speaks for an account owner who is away.
    [consultant?.github, owner?.github, owner?.deputy?.github].some((each) => each?.toLowerCase() === login),
  );
  const isSupporter = looksAfter || (await isAmong([...policy.support, ...(await supportOfCases(wiring, on))]));
  const isDecider = await isAmong(policy.escalation.deciders);
  const mayWrite = await wiring.people.mayWrite(where, actor, 0);
  if (on.kind === "case") {
    return { isSupporter, isDecider, isMaintainer: mayWrite || (await isAmong(policy.maintainers)), isAuthor: false };
  }
  const row = await patchById(wiring.database.db, on.patchId);
  if (row === undefined) return { isSupporter, isDecider, isMaintainer: false, isAuthor: false };
  const facts = (await factsOf(wiring.database.db, [row.id])).get(row.id) ?? [];
  const links = await linksOf(wiring.database.db, [row.id]);
  const confirmed = new Set(links.filter((link) => link.state === "confirmed").map((link) => link.case.customer_id));
  const linked = customers.filter((each) => confirmed.has(each.id));
  const { lists } = await sidesOf(wiring, {
    row,
    place,
    facts,
    customers: linked,
    linkedBy: links.map((link) => link.madeBy),
  });
  const writerIds = mayWrite ? new Set([...lists.writerIds, actor.id as number]) : lists.writerIds;
  return {
    isSupporter,
    isDecider,
    isMaintainer: sideOf(actor, { ...lists, writerIds, customersPeople: peopleOf(linked) }) === "maintainer",
    isAuthor: actor.id === row.author_id,
  };
}

/** Ids of the customers whom it is about; none before that is known. */
export async function customersConcerned(
  wiring: Pick<Wiring, "database">,
  on: Extract<CommandedOn, { kind: "case" }> | Omit<Extract<CommandedOn, { kind: "patch" }>, "place">,
): Promise<ReadonlySet<string>> {
  const { db } = wiring.database;
  if (on.kind === "case") {
    const known = await caseByIssue(db, on.place.repository.id, on.number);
    return new Set(known?.customer_id ? [known.customer_id] : []);
  }
  const links = (await linksOf(db, [on.patchId])).filter(({ state }) => state === "confirmed");
  // Who looks after one customer of a patch does not write the words of another's case.
  const customer = links.find((link) => link.case.id === on.caseId)?.case.customer_id;
  return new Set(customer ? [customer] : links.flatMap((link) => link.case.customer_id ?? []));
}

/** A policy that stands in the code's repository names support for the cases that it names, too. */
async function supportOfCases(wiring: Wiring, on: CommandedOn): Promise<readonly Party[]> {
  if (on.kind === "patch") return [];
  const { repository } = on.place;
  const repositories = await caseRepositoriesOf(wiring.database.db, repository.owner_id);
  return repositories.get(`${repository.owner_login}/${repository.name}`.toLowerCase()) ?? [];
}
