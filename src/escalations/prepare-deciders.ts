// What the step to the deciders sends: the dossier to each, what is told beside them, and the one request on the pull request. Apart from the
// steps before it, which ask the customer's side.
import type { NewNotice, Recipient } from "../notify/notice.ts";
import { isQuiet, type Quiet } from "../patches/candidates.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Addressee } from "../patches/situation.ts";
import type { Wiring } from "../patches/wiring.ts";
import { quietPeople } from "../people/store.ts";
import { sideOf } from "./answers.ts";
import { type Audience, askedInstead, type CustomerSide, helpersOf } from "./audience.ts";
import type { DossierReader } from "./dossier-for.ts";
import { dossierMessage } from "./messages-dossier.ts";
import { noDecidersMessage } from "./messages-ladder.ts";
import type { DeciderNotice, StepAddressee } from "./prepare.ts";
import { prepareRequest } from "./prepare-request.ts";
import { addressee, noticeTo, type Preparing, supportReader, type Told } from "./told.ts";

/** Those who can be told by a mention only, and did not ask for quiet. */
export async function mentionableDeciders(
  { database }: Wiring,
  { row, place, situation }: Gathered,
  { unreachableDeciders }: Audience,
): Promise<readonly Addressee[]> {
  const quiet: Quiet = {
    people: await quietPeople(database.db, row.owner_id, situation.now),
    parties: place.policy.reminders.quiet,
  };
  return unreachableDeciders
    .flatMap(({ login, because }): readonly Addressee[] =>
      login === null || because === "left" ? [] : [{ kind: "person", id: null, login }],
    )
    .filter((each) => !isQuiet(each, quiet));
}

export function askDeciders(preparing: Preparing): Told {
  const { audience, dossier, gathered, step } = preparing;
  const { escalation } = gathered.situation;
  const deciders = audience.deciders.map((to): DeciderNotice => {
    const reader: DossierReader = { kind: "decider", language: to.language, timezone: to.timezone, choices: [] };
    return { to, notice: noticeTo(preparing, to, { what: "ask-deciders", message: dossierMessage(dossier, reader) }) };
  });
  const isAgain = (escalation?.timesAsked ?? 0) > 0;
  const request = escalation?.request === "out" ? null : prepareRequest(preparing);
  const isDecider = (each: Recipient) => audience.deciders.some(({ key }) => key === each.key);
  const addressees: StepAddressee[] = [
    ...audience.deciders.map((each) => addressee("decider", each)),
    ...audience.unreachableDeciders.map(
      ({ name }): StepAddressee => ({ as: "decider", key: name, name, isReached: false }),
    ),
  ];
  const notices: NewNotice[] = [];
  // Told beside the deciders: where it is urgent, where those have been silent once, and whoever wanted otherwise.
  const wantedOtherwise = ({ customer }: CustomerSide) =>
    ["wait", "no"].includes(preparing.answered.get(sideOf(customer.id))?.kind ?? "");
  const areAllTold = step.isUrgent || (isAgain && deciders.length > 0);
  for (const side of audience.sides.filter((each) => areAllTold || wantedOtherwise(each))) {
    const owners = askedInstead(side, audience, { withDeputy: step.isUrgent }).filter((each) => !isDecider(each));
    const { consultant } = side;
    const isTold = consultant === null || isDecider(consultant) || owners.some(({ key }) => key === consultant.key);
    if (step.isUrgent && !isTold) {
      addressees.push(addressee("consultant", consultant));
      const message = dossierMessage(dossier, supportReader(consultant));
      notices.push(noticeTo(preparing, consultant, { what: "ask-deciders:consultant", message }));
    }
    for (const each of owners) {
      const reader: DossierReader = {
        kind: "owner",
        customerId: side.customer.id,
        language: each.language,
        timezone: each.timezone,
        choices: [],
      };
      addressees.push(addressee("owner", each));
      notices.push(
        noticeTo(preparing, each, {
          what: `ask-deciders:${side.customer.id}`,
          message: dossierMessage(dossier, reader),
        }),
      );
    }
  }
  if (deciders.length === 0 || (!isAgain && audience.unreachableDeciders.length > 0)) {
    for (const each of helpersOf(audience)) {
      addressees.push(addressee("support", each));
      notices.push(
        noticeTo(preparing, each, {
          what: "no-deciders",
          message: noDecidersMessage({
            language: each.language,
            patch: dossier.patch,
            unreachable: audience.unreachableDeciders,
            isSomebodyReached: deciders.length > 0,
            isRequested: request !== null || escalation?.request === "out",
          }),
        }),
      );
    }
  }
  return { addressees, notices, deciders, request };
}
