// Reads what a dossier is made of: what was gathered for the decision, the store, and in one request what GitHub shows of the patch.
import { type LinkOfPatch, linksOf } from "../cases/store.ts";
import { wordsOf } from "../cases/words.ts";
import type { Customer } from "../customers/customer.ts";
import type { Decision } from "../patches/decide.ts";
import { type Fact, inOrder } from "../patches/fact.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Situation } from "../patches/situation.ts";
import type { Wiring } from "../patches/wiring.ts";
import { dayMillis } from "../policy/calendar.ts";
import {
  type Asked,
  type CourseEntry,
  courseOf,
  type Dossier,
  type DossierCase,
  type DossierCustomer,
  type DossierView,
  shortWords,
} from "./dossier.ts";
import { sentRemindersOf } from "./dossier-store.ts";
import { viewOnGitHub } from "./dossier-view.ts";
import { type EscalationStepRow, stepsOf } from "./store.ts";

type ToGather = {
  readonly gathered: Gathered;
  readonly decision: Pick<Decision, "standing" | "ladder">;
  readonly asked: Asked;
};

/** The evidence as it is now. @throws where GitHub has to be asked and cannot; a pull request that is gone is none, and told as unknown. */
export async function gatherDossier(wiring: Wiring, toGather: ToGather): Promise<Dossier> {
  return storedDossier(wiring, toGather, await viewOnGitHub(wiring, toGather.gathered));
}

/** The same with what GitHub showed before, so that nothing has to be asked of it. */
export async function storedDossier(
  wiring: Wiring,
  { gathered, decision, asked }: ToGather,
  view: DossierView | null,
): Promise<Dossier> {
  const { db } = wiring.database;
  const { row, place, situation } = gathered;
  const { standing } = decision;
  const links = await linksOf(db, [row.id]);
  const cases = links.filter((link) => link.state === "confirmed" && link.case.state === "open").map(toDossierCase);
  const reminders = await sentRemindersOf(db, row.id);
  const steps = await stepsOf(db, row.id);
  const { repository } = place;
  return {
    version: 1,
    at: situation.now,
    headSha: view?.headSha ?? row.head_sha,
    asked,
    request: requestOf(situation, decision),
    patch: {
      id: row.id,
      repository: `${repository.owner_login}/${repository.name}`,
      number: row.number,
      title: row.title,
      url: `${wiring.addresses.webUrl}/${repository.owner_login}/${repository.name}/pull/${row.number}`,
      author: row.author_login,
      openedAt: row.opened_at,
    },
    cases,
    customers: waitingCustomers(gathered, cases),
    view,
    changesRequestedBy: standing.changesRequestedBy,
    waiting: { millis: standing.clockMillis, sinceAt: standing.sinceAt },
    held: standing.heldMillis,
    dayMillis: dayMillis(situation.clock),
    reminders,
    course: courseOf([
      ...factEntries(situation, row.author_login),
      ...reminders.map(({ at, to }): CourseEntry => ({ at, what: "reminded", who: to })),
      ...steps.flatMap(stepEntry),
    ]),
  };
}

/** Those of the open cases, and those to whom the author belongs as long as they pay. */
function waitingCustomers(
  { row, situation, customers }: Gathered,
  cases: readonly DossierCase[],
): readonly DossierCustomer[] {
  return customers.flatMap((customer: Customer) => {
    const own = cases.filter((each) => each.customerId === customer.id).map((each) => each.sinceAt);
    const isAuthors =
      situation.authorCustomerIds.includes(customer.id) && situation.customers.get(customer.id)?.pays === true;
    if (own.length === 0 && !isAuthors) return [];
    return [
      {
        id: customer.id,
        name: customer.name,
        owner: customer.owner?.name ?? null,
        consultant: customer.consultant?.github ?? null,
        sinceAt: Math.min(...own, ...(isAuthors ? [row.opened_at] : [])),
      },
    ];
  });
}

/** Whoever opened it with a command, or is about to. */
function requestOf({ escalation }: Situation, { ladder }: ToGather["decision"]): Dossier["request"] {
  const opening = ladder.kind === "step" ? ladder.step.opening : null;
  const { askedBy, reason } = opening ?? escalation ?? { askedBy: null, reason: null };
  return askedBy === null ? null : { by: askedBy, reason: shortWords(reason) };
}

function factEntries({ facts, sides, now }: Situation, author: string): readonly CourseEntry[] {
  const entries: CourseEntry[] = [];
  for (const fact of inOrder(facts)) {
    if (fact.at > now || fact.actor?.isBot === true) continue;
    const side = fact.actor === null ? "neither" : (sides.get(fact.actor.id) ?? "neither");
    const entry = factEntry(fact, { side, author });
    if (entry === null) continue;
    const last = entries.at(-1);
    // Several pushes or remarks on end are one to whoever reads what happened.
    if (last?.what === entry.what && last.who.join() === entry.who.join()) entries[entries.length - 1] = entry;
    else entries.push(entry);
  }
  return entries;
}

function factEntry(fact: Fact, { side, author }: { side: string; author: string }): CourseEntry | null {
  const { at } = fact;
  const who = fact.actor === null ? [] : [fact.actor.login];
  switch (fact.kind) {
    case "opened":
      return { at, what: "opened", who: [author] };
    case "ready":
      return { at, what: "ready", who };
    case "pushed":
      return { at, what: "updated", who: who.length === 0 ? [author] : who };
    case "commented":
      return side === "maintainer" && !fact.isOnlyCommands ? { at, what: "answered", who } : null;
    case "reviewed":
      if (side !== "maintainer") return null;
      return {
        at,
        what:
          fact.state === "approved"
            ? "approved"
            : fact.state === "changes_requested"
              ? "changes-requested"
              : "answered",
        who,
      };
    case "put-off":
    case "taken":
      return { at, what: fact.kind, who, until: fact.untilAt };
    case "escalation-asked":
      return { at, what: fact.as === "account-owner" ? "owner-put-forward" : "escalation-asked", who };
    default:
      return null;
  }
}

const STEPS: Readonly<Record<string, "support-asked" | "owner-asked" | "owner-silent" | "deciders-asked">> = {
  "ask-support": "support-asked",
  "ask-owner": "owner-asked",
  "ask-owner-again": "owner-asked",
  "tell-owner-silent": "owner-silent",
  "ask-deciders": "deciders-asked",
};

function stepEntry({ at, kind }: EscalationStepRow): readonly CourseEntry[] {
  const what = STEPS[kind];
  return what === undefined ? [] : [{ at, what, who: [] }];
}

/** A linked case as a dossier tells it. */
export function toDossierCase(link: LinkOfPatch): DossierCase {
  const words = wordsOf(link.case);
  return {
    reference: link.case.reference,
    title: words.title,
    url: words.url,
    customerId: words.customer,
    severity: words.severity,
    summary: shortWords(words.summary),
    stake: shortWords(words.stake),
    workaround: shortWords(words.workaround),
    neededBy: words["needed-by"],
    nextReport: words.report,
    sinceAt: link.case.created_at,
    linkedBy: link.isBySupport ? link.madeBy : null,
  };
}
