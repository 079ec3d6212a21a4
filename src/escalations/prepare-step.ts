// What one step sends: to whom, in which words, with which question behind a link. Reads the store, and GitHub for what the dossier shows.
import { choiceUrl, newChoiceToken, slackValueOf } from "../choices/choice.ts";
import type { Choice, Message } from "../notify/message.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import { isQuiet, type Quiet } from "../patches/candidates.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Addressee } from "../patches/situation.ts";
import type { Wiring } from "../patches/wiring.ts";
import { quietPeople } from "../people/store.ts";
import { type Audience, askedInstead, audienceOf, helpersOf } from "./audience.ts";
import type { Dossier } from "./dossier.ts";
import type { DossierReader } from "./dossier-for.ts";
import type { LadderStep } from "./escalation.ts";
import { firstLines } from "./first-lines.ts";
import { gatherDossier } from "./gather-dossier.ts";
import { dossierMessage } from "./messages-dossier.ts";
import { ANSWER_LABELS, noDecidersMessage } from "./messages-ladder.ts";
import { askSupportMessage, ownerSilentMessage } from "./messages-support.ts";
import { outsideEvents } from "./outside.ts";
import type { DeciderNotice, PreparedStep, StepAddressee } from "./prepare.ts";
import { prepareRequest } from "./prepare-request.ts";
import { stepsOf } from "./store.ts";

type ToPrepare = {
  readonly gathered: Gathered;
  readonly decision: Decision;
  readonly key: string;
  readonly step: LadderStep;
};

type Preparing = ToPrepare & {
  readonly wiring: Wiring;
  readonly audience: Audience;
  /** Deciders whom nobody reaches privately and who did not ask for quiet. */
  readonly unreachable: readonly Addressee[];
  readonly dossier: Dossier;
  /** When the account owner was first asked in this escalation. */
  readonly askedAt: number | null;
};

/** What is told and to whom; the tokens of questions are made here and kept with the step. */
type Told = {
  readonly addressees: readonly StepAddressee[];
  readonly notices: readonly NewNotice[];
  readonly deciders?: readonly DeciderNotice[];
  readonly choices?: PreparedStep["choices"];
  readonly request?: PreparedStep["request"];
};

const ANSWER_MILLIS = 14 * 24 * 60 * 60_000;

/** @throws where GitHub has to be asked and cannot. */
export async function prepareStep(wiring: Wiring, to: ToPrepare): Promise<PreparedStep> {
  const { gathered, decision, key, step } = to;
  const audience = await audienceOf(wiring, gathered);
  const what = step.kind === "ask-deciders" ? "deciders" : "account-owner";
  const asked = { what, decideByAt: step.answerByAt, first: firstLines(gathered.situation, step) } as const;
  const dossier = await gatherDossier(wiring, { gathered, decision, asked });
  const steps = await stepsOf(wiring.database.db, gathered.row.id);
  const firstAsk = steps.findLast((each) => each.kind === "ask-owner");
  const unreachable = await mentionableDeciders(wiring, gathered, audience);
  const told = tell({ ...to, wiring, audience, unreachable, dossier, askedAt: firstAsk?.at ?? null });
  return {
    kind: "step",
    key,
    step,
    dossier,
    addressees: told.addressees,
    notices: [...told.notices, ...outsideEvents(wiring, { gathered, decision, key, step, dossier })],
    deciders: told.deciders ?? [],
    choices: told.choices ?? [],
    request: told.request ?? null,
  };
}

async function mentionableDeciders(
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

function tell(preparing: Preparing): Told {
  switch (preparing.step.kind) {
    case "ask-support":
      return askSupport(preparing);
    case "ask-owner":
      return askOwners(preparing, { withDeputy: false });
    case "ask-owner-again":
      return askOwners(preparing, { withDeputy: true });
    case "tell-owner-silent":
      return tellSilent(preparing);
    case "ask-deciders":
      return askDeciders(preparing);
  }
}

function askSupport(preparing: Preparing): Told {
  const { audience, gathered, dossier, step } = preparing;
  const helpers = helpersOf(audience);
  return {
    addressees: helpers.map((each) => addressee("support", each)),
    notices: helpers.map((each) =>
      noticeTo(preparing, each, {
        what: "ask-support",
        message: askSupportMessage({
          language: each.language,
          timezone: each.timezone,
          patch: dossier.patch,
          lacking: gathered.situation.lackingWords,
          caseUrls: new Map(dossier.cases.flatMap(({ reference, url }) => (url === null ? [] : [[reference, url]]))),
          untilAt: step.answerByAt ?? gathered.situation.now,
        }),
      }),
    ),
  };
}

/** Each account owner gets their own customer's dossier and the question; the consultant the dossier alone. */
function askOwners(preparing: Preparing, who: { readonly withDeputy: boolean }): Told {
  const { audience, dossier, step } = preparing;
  const notices: NewNotice[] = [];
  const addressees: StepAddressee[] = [];
  const choices: PreparedStep["choices"][number][] = [];
  const sides = audience.sides.length === 0 ? [null] : audience.sides;
  for (const side of sides) {
    const asked = askedInstead(side, audience, who);
    for (const each of asked) {
      const token = newChoiceToken();
      choices.push({
        token,
        asked: { key: each.key, name: each.name, customerId: side?.customer.id ?? null },
        language: each.language,
        expiresAt: preparing.gathered.situation.now + ANSWER_MILLIS,
      });
      const reader: DossierReader = {
        ...(side === null ? { kind: "support" as const } : { kind: "owner" as const, customerId: side.customer.id }),
        language: each.language,
        timezone: each.timezone,
        choices: choicesOf(preparing, token, each),
      };
      addressees.push(addressee(side === null ? "support" : "owner", each));
      notices.push(
        noticeTo(preparing, each, {
          what: `${step.kind}:${side?.customer.id ?? ""}`,
          message: dossierMessage(dossier, reader),
        }),
      );
    }
    for (const name of side?.unreachable ?? []) addressees.push({ as: "owner", key: name, name, isReached: false });
    const consultant = side?.consultant ?? null;
    if (consultant === null || asked.some((each) => each.key === consultant.key)) continue;
    addressees.push(addressee("consultant", consultant));
    notices.push(
      noticeTo(preparing, consultant, {
        what: `${step.kind}:consultant`,
        message: dossierMessage(dossier, supportReader(consultant)),
      }),
    );
  }
  return { addressees, notices, choices };
}

function tellSilent(preparing: Preparing): Told {
  const { audience, dossier, gathered } = preparing;
  const helpers = helpersOf(audience);
  const { escalation, now } = gathered.situation;
  const askedAgainAt = escalation?.stateAt ?? now;
  return {
    addressees: helpers.map((each) => addressee("support", each)),
    notices: helpers.map((each) =>
      noticeTo(preparing, each, {
        what: "owner-silent",
        message: ownerSilentMessage({
          language: each.language,
          timezone: each.timezone,
          patch: dossier.patch,
          owners: audience.sides.map(({ customer }) => ({
            customer: customer.name,
            name: customer.owner?.name ?? null,
          })),
          askedAt: preparing.askedAt ?? askedAgainAt,
          askedAgainAt,
        }),
      }),
    ),
  };
}

function askDeciders(preparing: Preparing): Told {
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
  // Told beside the deciders: where it is urgent, and where those have been silent once.
  for (const side of step.isUrgent || (isAgain && deciders.length > 0) ? audience.sides : []) {
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

const addressee = (as: StepAddressee["as"], { key, name }: Recipient): StepAddressee => ({
  as,
  key,
  name,
  isReached: true,
});

const supportReader = ({ language, timezone }: Recipient): DossierReader => ({
  kind: "support",
  language,
  timezone,
  choices: [],
});

/** The three answers: behind a page that asks to confirm, and as buttons where Slack brings them. */
function choicesOf({ wiring }: Preparing, token: string, { language }: Recipient): readonly Choice[] {
  const url = choiceUrl(wiring.addresses.publicUrl, token);
  const labels = ANSWER_LABELS[language];
  const choice = (answer: "deciders" | "wait" | "no", style: Choice["style"]): Choice => ({
    label: labels[answer],
    url,
    value: slackValueOf(token, answer),
    style,
  });
  return [choice("deciders", "primary"), choice("wait", "plain"), choice("no", "plain")];
}

function noticeTo(
  { gathered, decision, key, step }: Preparing,
  to: Recipient,
  told: { readonly what: string; readonly message: Message },
): NewNotice {
  const { row, situation } = gathered;
  return {
    channel: "person",
    key: `escalation:${key}:${told.what}:${to.key}`,
    ownerId: row.owner_id,
    patchId: row.id,
    kind: step.kind,
    because: decision.because,
    runAfter: situation.now,
    to,
    thread: row.id,
    isUrgent: step.isUrgent,
    message: told.message,
  };
}
