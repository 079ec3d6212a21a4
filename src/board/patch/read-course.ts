// How a patch came to stand where it stands, put together from the store alone: its turns, what marked them, and its dossier. Apart from the
// page's other parts, because all of it follows from the patch's facts.
import type { LinkOfPatch } from "../../cases/store.ts";
import type { Customer } from "../../customers/customer.ts";
import { type Lack, lacksForDecision } from "../../escalations/decidable.ts";
import type { Dossier, DossierView } from "../../escalations/dossier.ts";
import { sentRemindersOf } from "../../escalations/dossier-store.ts";
import { toDossierCase } from "../../escalations/gather-dossier.ts";
import { exemptionOf } from "../../patches/decide.ts";
import { type Decided, decidedOf } from "../../patches/decided.ts";
import type { Fact } from "../../patches/fact.ts";
import { observationOf, shownCases, wholeFacts } from "../../patches/gather.ts";
import { addressedOf, requestedOf, sidesOf } from "../../patches/gather-sides.ts";
import type { PatchPlace } from "../../patches/place.ts";
import { gravestSeverity } from "../../patches/situation.ts";
import { type Standing, standingOf } from "../../patches/standing.ts";
import { factsOf, type PatchRow } from "../../patches/store.ts";
import type { Side } from "../../patches/turn.ts";
import type { Wiring } from "../../patches/wiring.ts";
import { calendarForSeverity, dayMillis } from "../../policy/calendar.ts";
import { lastDossier } from "./store.ts";
import { NotKept, storedWiring } from "./stored-people.ts";

export type Course = {
  readonly facts: readonly Fact[];
  readonly sides: ReadonlyMap<number, Side>;
  readonly standing: Standing;
  readonly decided: Decided | null;
  readonly lacks: readonly Lack[];
  readonly dossier: Dossier;
  /** Something of it could not be told without asking GitHub. */
  readonly isGuessed: boolean;
};

type OfPatch = {
  readonly row: PatchRow;
  readonly place: PatchPlace;
  readonly links: readonly LinkOfPatch[];
  readonly customers: readonly Customer[];
};

/** Null where GitHub has to be asked first, as before the patch was decided on. */
export async function readCourse(asking: Wiring, of: OfPatch): Promise<Course | null> {
  const { wiring, isGuessed } = storedWiring(asking);
  const { row, place, links, customers } = of;
  const { db } = wiring.database;
  const now = wiring.now();
  const facts = wholeFacts((await factsOf(db, [row.id])).get(row.id) ?? [], row, place);
  const linkedBy = links.map((link) => link.madeBy);
  const people = await sidesOf(wiring, { row, place, facts, customers, linkedBy }).catch(nothingNotKept);
  if (people === null) return null;
  const { sides, lists, codeOwners } = people;
  const cases = shownCases(links, place.policy, customers);
  const clock = calendarForSeverity(place.officeHours, place.policy.calendar, gravestSeverity(cases));
  const standing = standingOf({
    facts,
    sides,
    addressed: addressedOf({
      place,
      lists,
      sides,
      facts,
      requestedTeams: requestedOf(row).teams,
      codeOwnerParties: codeOwners.all,
    }),
    calendar: clock,
    exemption: exemptionOf({
      policy: place.policy,
      patch: { author: { login: row.author_login, isBot: row.author_is_bot === 1 } },
    }),
    now,
  });
  const view = viewOf(await lastDossier(db, { id: row.id, ownerId: row.owner_id }), row.head_sha);
  return {
    facts,
    sides,
    standing,
    decided: decidedOf(facts, now),
    lacks: lacksForDecision(
      { patch: { state: row.state, headSha: row.head_sha }, facts, observation: observationOf(row) },
      standing,
    ),
    dossier: {
      ...dossierOf(of, { standing, view, now, webUrl: wiring.addresses.webUrl, clockDayMillis: dayMillis(clock) }),
      reminders: await sentRemindersOf(db, row.id),
    },
    isGuessed: isGuessed(),
  };
}

function nothingNotKept(error: unknown): null {
  if (error instanceof NotKept) return null;
  throw error;
}

/** What GitHub showed when a dossier was last made, as long as nothing was pushed since. */
const viewOf = (last: Dossier | null, headSha: string): DossierView | null =>
  last?.view?.headSha === headSha ? last.view : null;

type Known = {
  readonly standing: Standing;
  readonly view: DossierView | null;
  readonly now: number;
  readonly webUrl: string;
  readonly clockDayMillis: number;
};

function dossierOf({ row, place, links, customers }: OfPatch, known: Known): Omit<Dossier, "reminders"> {
  const { standing, view, now, webUrl } = known;
  const { repository } = place;
  return {
    version: 1,
    at: now,
    headSha: row.head_sha,
    asked: { what: "deciders", decideByAt: null, first: [] },
    request: null,
    patch: {
      id: row.id,
      repository: `${repository.owner_login}/${repository.name}`,
      number: row.number,
      title: row.title,
      url: `${webUrl}/${repository.owner_login}/${repository.name}/pull/${row.number}`,
      author: row.author_login,
      openedAt: row.opened_at,
    },
    cases: links.filter((link) => link.state === "confirmed" && link.case.state === "open").map(toDossierCase),
    customers: customers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      owner: customer.owner?.name ?? null,
      consultant: customer.consultant?.github ?? null,
      sinceAt: row.opened_at,
    })),
    view,
    changesRequestedBy: standing.changesRequestedBy,
    waiting: { millis: standing.clockMillis, sinceAt: standing.sinceAt },
    held: standing.heldMillis,
    dayMillis: known.clockDayMillis,
    course: [],
  };
}
