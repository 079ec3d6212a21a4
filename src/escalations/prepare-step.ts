// What one step sends: to whom, in which words, with which question behind a link. Reads the store, and GitHub for what the dossier shows.
import { choiceUrl, newChoiceToken, slackValueOf } from "../choices/choice.ts";
import type { Choice } from "../notify/message.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import type { Wiring } from "../patches/wiring.ts";
import { answersTo, sideOf } from "./answers.ts";
import { askedInstead, audienceOf, type CustomerSide, helpersOf } from "./audience.ts";
import type { DossierReader } from "./dossier-for.ts";
import { firstLines } from "./first-lines.ts";
import { gatherDossier } from "./gather-dossier.ts";
import { dossierMessage } from "./messages-dossier.ts";
import { ANSWER_LABELS } from "./messages-ladder.ts";
import { askSupportMessage, ownerSilentMessage } from "./messages-support.ts";
import { outsideEvents } from "./outside.ts";
import type { PreparedStep, StepAddressee } from "./prepare.ts";
import { askDeciders, mentionableDeciders } from "./prepare-deciders.ts";
import { stepsOf } from "./store.ts";
import { addressee, noticeTo, type Preparing, supportReader, type Told, type ToPrepare } from "./told.ts";

const ANSWER_MILLIS = 14 * 24 * 60 * 60_000;

/** @throws where GitHub has to be asked and cannot. */
export async function prepareStep(wiring: Wiring, to: ToPrepare): Promise<PreparedStep> {
  const { gathered, decision, key, step } = to;
  const isForDeciders = step.kind === "ask-deciders";
  const audience = await audienceOf(wiring, gathered, { customerIds: null, isForDeciders });
  const what = isForDeciders ? "deciders" : "account-owner";
  const asked = { what, decideByAt: step.answerByAt, first: firstLines(gathered.situation, step) } as const;
  const dossier = await gatherDossier(wiring, { gathered, decision, asked });
  const steps = await stepsOf(wiring.database.db, gathered.row.id);
  const own = steps.filter((each) => each.escalation_id === gathered.situation.escalation?.id);
  const firstAsk = own.findLast((each) => each.kind === "ask-owner");
  const answered = answersTo(own).given;
  const unreachable = await mentionableDeciders(wiring, gathered, audience);
  const told = tell({ ...to, wiring, audience, unreachable, answered, dossier, askedAt: firstAsk?.at ?? null });
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
    if (who.withDeputy && preparing.answered.has(sideOf(side?.customer.id))) continue;
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
        ...(side === null
          ? { kind: "support" as const }
          : { kind: "owner" as const, customerId: side.customer.id, ...standsIn(side) }),
        language: each.language,
        timezone: each.timezone,
        choices: choicesOf(preparing, token, each),
      };
      addressees.push({
        ...addressee(side === null ? "support" : "owner", each),
        ...(side !== null && { customerId: side.customer.id }),
      });
      notices.push(
        noticeTo(preparing, each, {
          what: `${step.kind}:${side?.customer.id ?? ""}`,
          message: dossierMessage(dossier, reader),
        }),
      );
    }
    for (const name of side?.unreachable ?? [])
      addressees.push({ as: "owner", key: name, name, isReached: false, customerId: side?.customer.id ?? "" });
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

/** Whoever is asked in the place of somebody whom nobody reaches is told so. */
const standsIn = ({ customer, owner }: CustomerSide): { readonly insteadOf?: string | null } =>
  owner === null ? { insteadOf: customer.owner?.name ?? null } : {};

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
          owners: audience.sides
            .filter(({ customer }) => !preparing.answered.has(sideOf(customer.id)))
            .map((side) => ({
              customer: side.customer.name,
              name: side.customer.owner?.name ?? null,
              instead:
                side.owner === null ? askedInstead(side, audience, { withDeputy: true }).map(({ name }) => name) : [],
            })),
          askedAt: preparing.askedAt ?? askedAgainAt,
          askedAgainAt,
        }),
      }),
    ),
  };
}

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
