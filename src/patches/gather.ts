// Reads all that a decision about a patch needs: from the store, and seldom from GitHub. No transaction is open meanwhile.

import { type LinkOfPatch, linksOf } from "../cases/store.ts";
import type { Customer } from "../customers/customer.ts";
import type { Db } from "../db/database.ts";
import { lackingWords } from "../escalations/lacking-words.ts";
import { escalationOf } from "../escalations/store.ts";
import { ownerId } from "../github/refs.ts";
import { quietPeople } from "../people/store.ts";
import { calendarForSeverity } from "../policy/calendar.ts";
import { authorSideRecipients } from "../silences/author-side.ts";
import { candidatesOf, isQuiet, type Quiet } from "./candidates.ts";
import { customersById, customersOfAuthor, customerToday } from "./customers-today.ts";
import { type Fact, inOrder } from "./fact.ts";
import { addressedOf, requestedOf, sidesOf } from "./gather-sides.ts";
import { limitsLeft } from "./limit-store.ts";
import type { PatchPlace } from "./place.ts";
import { authorTold, lastAuthorWord, remindersOf } from "./reminder-store.ts";
import { asShown } from "./shown.ts";
import { gravestSeverity, type LinkedCase, type Observation, type Situation } from "./situation.ts";
import type { PatchRow } from "./store.ts";
import type { Wiring } from "./wiring.ts";

export type Gathered = {
  readonly row: PatchRow;
  readonly place: PatchPlace;
  readonly situation: Situation;
  readonly customers: readonly Customer[];
  /** GitHub's pages, without a slash at the end. */
  readonly webUrl: string;
};

/** Reads the whole situation of a claimed patch. @throws where GitHub has to be asked and cannot. */
export async function gather(
  wiring: Wiring,
  row: PatchRow,
  known: { place: PatchPlace; facts: readonly Fact[] },
): Promise<Gathered> {
  const { database, people } = wiring;
  const { db } = database;
  const { place } = known;
  const now = wiring.now();
  const facts = wholeFacts(known.facts, row, place);
  const links = await linksOf(db, [row.id]);
  const author = row.author_id === null ? null : { id: row.author_id, login: row.author_login };
  const where = { ownerId: row.owner_id, installationId: place.isUsable ? place.installationId : null };
  const authorCustomers =
    author === null || row.author_is_bot === 1 ? [] : await customersOfAuthor({ db, people }, author, where);
  const linkedCustomers = await customersOfLinks(db, row.owner_id, links);
  const confirmed = new Set(links.flatMap((link) => (link.state === "confirmed" ? (link.case.customer_id ?? []) : [])));
  const customers = [
    ...authorCustomers,
    ...linkedCustomers.filter(({ id }) => confirmed.has(id) && !authorCustomers.some((other) => other.id === id)),
  ];
  const cases = shownCases(links, place.policy, linkedCustomers);

  const clock = calendarForSeverity(place.officeHours, place.policy.calendar, gravestSeverity(cases));
  const { sides, lists, codeOwners } = await sidesOf(wiring, {
    row,
    place,
    facts,
    customers,
    linkedBy: links.map((link) => link.madeBy),
  });
  const observation = observationOf(row);
  const requested = requestedOf(row);
  const quiet: Quiet = { people: await quietPeople(db, row.owner_id, now), parties: place.policy.reminders.quiet };

  const limits = await limitsLeft(db, place, now);
  const escalation = await escalationOf(db, row.id);

  const situation: Situation = {
    patch: {
      id: row.id,
      state: row.state,
      isMerged: row.is_merged === 1,
      author: { id: row.author_id, login: row.author_login, isBot: row.author_is_bot === 1 },
      headSha: row.head_sha,
      labelNames: JSON.parse(row.label_names) as string[],
      wantedLabels: JSON.parse(row.wanted_labels) as string[],
      labelsHash:
        row.standing === null ? null : ((JSON.parse(row.standing) as { labelsHash?: string }).labelsHash ?? null),
    },
    mode: place.isUsable ? place.mode : "unconfigured",
    policy: place.policy,
    labelsHash: place.labelsHash,
    officeHours: place.officeHours,
    clock,
    facts,
    sides,
    addressed: addressedOf({
      place,
      lists,
      sides,
      facts,
      requestedTeams: requested.teams,
      codeOwnerParties: codeOwners.all,
    }),
    cases,
    customers: new Map(customers.map((each) => [each.id, customerToday(each, { policy: place.policy, clock, now })])),
    authorCustomerIds: authorCustomers.map((each) => each.id),
    reminders: await remindersOf(db, row.id),
    authorToldAt: await authorTold(db, row.id, place.isUsable ? place.mode : "unconfigured"),
    isAuthorToldPrivately: (await authorSideRecipients(wiring, { row, place, customers })).length > 0,
    authorWordNodeId: await lastAuthorWord(db, row.id),
    isAuthorQuiet: isQuiet({ kind: "person", id: row.author_id, login: row.author_login }, quiet),
    candidates: await candidatesOf(wiring, {
      row,
      place,
      facts,
      lists,
      quiet,
      fullAddressees: limits.fullAddressees,
      codeOwners: codeOwners.ofFiles(observation?.files ?? []),
      requested,
    }),
    limits,
    observation,
    escalation: escalation.open,
    followedRequests: escalation.followedRequests,
    mentionedInRequests: escalation.mentioned,
    lackingWords: lackingWords(
      links.filter((link) => link.state === "confirmed" && link.case.state === "open").map((link) => link.case),
    ),
    now,
  };
  return { row, place, situation, customers, webUrl: wiring.addresses.webUrl };
}

/** Everybody whose case is linked, also where that is only proposed. */
export const customersOfLinks = (db: Db, owner: number, links: readonly LinkOfPatch[]): Promise<readonly Customer[]> =>
  customersById(
    db,
    ownerId(owner),
    links.flatMap((link) => link.case.customer_id ?? []),
  );

/** The linked cases as they count for what is done where everybody may see it; `customers` are those of the links. */
export const shownCases = (
  links: readonly LinkOfPatch[],
  policy: Pick<Situation["policy"], "disclosure">,
  customers: readonly Customer[],
): readonly LinkedCase[] => {
  const known = new Map(customers.map((each) => [each.id, { isConfidential: each.confidential }]));
  return asShown(links.map(toLinkedCase), { policy, customers: known });
};

const toLinkedCase = (link: LinkOfPatch): LinkedCase => ({
  caseId: link.case.id,
  reference: link.case.reference,
  link: link.state,
  isBySupport: link.isBySupport,
  state: link.case.state,
  severity: link.case.severity,
  customerId: link.case.customer_id,
});

/** What GitHub last showed of it; null before it was looked at. Written by us, so that it is trusted. */
export const observationOf = (row: PatchRow): Observation | null =>
  row.observation === null ? null : (JSON.parse(row.observation) as Observation);

/** The facts that are kept, with what the row and the policy tell beside them. */
export const wholeFacts = (facts: readonly Fact[], row: PatchRow, place: PatchPlace): readonly Fact[] =>
  withLabelExemptions(withOpening(facts, row), row, place);

/** Where the opening did not reach us, the row tells when it was; a draft that nobody is known to have made one was opened so. */
function withOpening(facts: readonly Fact[], row: PatchRow): readonly Fact[] {
  if (row.state === "unknown" || facts.some((fact) => fact.kind === "opened")) return facts;
  const firstChange = inOrder(facts).find((fact) => fact.kind === "drafted" || fact.kind === "ready");
  const wasDraft = firstChange === undefined ? row.is_draft === 1 : firstChange.kind === "ready";
  return [{ kind: "opened", isDraft: wasDraft, key: "opened", at: row.opened_at, actor: null }, ...facts];
}

/** Labels carry no history that we keep; one that exempts and is on, but whose putting on we did not see, counts from the opening. */
function withLabelExemptions(facts: readonly Fact[], row: PatchRow, place: PatchPlace): readonly Fact[] {
  const exempting = place.policy.exempt.labels.map((label) => label.toLowerCase());
  const kept = facts.filter(
    (fact) =>
      (fact.kind !== "exempted" && fact.kind !== "exemption-ended") || exempting.includes(fact.label.toLowerCase()),
  );
  if (exempting.length === 0) return kept;
  const on = (JSON.parse(row.label_names) as string[]).filter((name) => exempting.includes(name.toLowerCase()));
  const unseen = on.filter(
    (name) => !kept.some((fact) => fact.kind === "exempted" && fact.label.toLowerCase() === name.toLowerCase()),
  );
  return [
    ...kept,
    ...unseen.map(
      (label): Fact => ({
        kind: "exempted",
        label,
        key: `exempted:${label.toLowerCase()}:unseen`,
        at: row.opened_at,
        actor: null,
      }),
    ),
  ];
}
