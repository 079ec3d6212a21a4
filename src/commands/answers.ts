// The answers to `status`, `why` and `help`: how things stand this moment, decided afresh and not kept.
import { linksOf } from "../cases/store.ts";
import type { Customer } from "../customers/customer.ts";
import { customersByCommits } from "../customers/proposed.ts";
import { hasDomains } from "../customers/store.ts";
import type { PublicText } from "../effects/public-text.ts";
import type { Reacting } from "../github/handled.ts";
import { type Decision, decide } from "../patches/decide.ts";
import { gather } from "../patches/gather.ts";
import { caseStatusText, type NextStep, type StatusView, statusText } from "../patches/messages.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import type { Situation } from "../patches/situation.ts";
import { workedSince } from "../patches/standing.ts";
import { factsOf, patchById } from "../patches/store.ts";
import { caseWhyText, type WhyView, whyText } from "../patches/why-messages.ts";
import { dayMillis } from "../policy/calendar.ts";
import { labelDefinitions } from "../policy/policy.ts";
import type { Roles } from "./authority.ts";
import { helpText } from "./help.ts";
import { noPatchesText } from "./messages.ts";

export type Asked = {
  readonly place: PatchPlace;
  readonly roles: Roles;
  readonly on: "patch" | "case";
  readonly mayTellOwnWords: boolean;
  /** The pull request itself, or on a case its confirmed patches. */
  readonly patches: readonly string[];
};

export async function answerTo(reacting: Reacting, what: "status" | "why" | "help", asked: Asked): Promise<PublicText> {
  const { language } = asked.place.policy;
  if (what === "help") return helpText(asked.roles, asked, language);
  const views: { readonly status: StatusView; readonly why: WhyView }[] = [];
  for (const id of asked.patches) {
    const view = await viewOf(reacting, id, asked);
    if (view !== null) views.push(view);
  }
  const [first, ...rest] = views;
  if (first === undefined) return noPatchesText(language);
  if (what === "status")
    return asked.on === "patch"
      ? statusText(first.status)
      : caseStatusText([first.status, ...rest.map((each) => each.status)]);
  return asked.on === "patch" ? whyText(first.why) : caseWhyText(views.map((each) => each.why));
}

async function viewOf(
  reacting: Reacting,
  id: string,
  asked: Asked,
): Promise<{ status: StatusView; why: WhyView } | null> {
  const { database, now } = reacting;
  const row = await patchById(database.db, id);
  if (row === undefined) return null;
  const place = await placeOf(database, row.repository_id, { fromAt: row.opened_at, now: now() });
  if (place === null) return null;
  const facts = (await factsOf(database.db, [id])).get(id) ?? [];
  const { situation, customers } = await gather(reacting, row, { place, facts });
  const decision = decide(situation);
  const links = await linksOf(database.db, [id]);
  const { language } = asked.place.policy;
  const { timezone } = asked.place.policy.calendar;
  const patch = asked.on === "patch" ? null : `${place.repository.owner_login}/${place.repository.name}#${row.number}`;
  const next = nextOf(situation, decision);
  const severities = new Map(situation.cases.map(({ caseId, severity }) => [caseId, severity]));
  const caseOf = (link: (typeof links)[number]) => ({
    reference: link.case.reference,
    title: link.case.title,
    severity: severities.get(link.case.id) ?? null,
  });
  return {
    status: {
      language,
      timezone,
      patch,
      confirmed: links.filter((link) => link.state === "confirmed").map(caseOf),
      proposed: links.filter((link) => link.state === "proposed").map(caseOf),
      perhapsOf: await perhapsOf(reacting, { place, number: row.number, known: customers, asked }),
      showsSeverity: labelDefinitions(place.policy).some((each) => each.key.startsWith("severity:")),
      turn: decision.isTracked
        ? {
            side: decision.standing.turn,
            sinceAt: decision.standing.sinceAt,
            worked: { millis: heldBy(decision, situation), dayMillis: dayMillis(situation.clock) },
            because: decision.standing.because,
          }
        : null,
      next,
    },
    why: { language, timezone, patch, facts: decision.standing.trail, next },
  };
}

/** Names of customers that the commits' addresses point to and that are not known to be concerned; none where none may be told. */
async function perhapsOf(
  reacting: Reacting,
  of: { place: PatchPlace; number: number; known: readonly Customer[]; asked: Asked },
): Promise<readonly string[]> {
  const { repository, installationId, isUsable } = of.place;
  if (of.asked.place.policy.disclosure !== "full" || installationId === null || !isUsable) return [];
  if (!(await hasDomains(reacting.database.db, repository.owner_id))) return [];
  const pull = {
    installationId,
    ownerId: repository.owner_id,
    owner: repository.owner_login,
    repo: repository.name,
    number: of.number,
  };
  const proposed = await customersByCommits(reacting, pull);
  return proposed.filter(({ id }) => !of.known.some((customer) => customer.id === id)).map(({ name }) => name);
}

function heldBy({ standing }: Decision, situation: Situation): number {
  if (standing.turn === "maintainer") return standing.clockMillis;
  if (standing.turn !== "author") return 0;
  return workedSince(standing.stretches, "author", { fromAt: standing.sinceAt, calendar: situation.clock });
}

function nextOf(situation: Situation, { step, ladder }: Decision): NextStep {
  if (situation.mode !== "act")
    return { kind: "nothing", at: null, because: { code: situation.mode === "observe" ? "observing" : "no-policy" } };
  // Where reminders have nothing more to say, what an open escalation waits for comes next.
  const isUnderWay = situation.escalation !== null && ladder.kind === "wait" && ladder.because.code !== "ladder-paused";
  if (isUnderWay && (isRising(step) || step.because.code === "deciders-asked"))
    return { kind: "step-under-way", at: null, because: ladder.because };
  switch (step.kind) {
    case "none":
      return { kind: "nothing", at: null, because: step.because };
    case "wait":
      return { kind: KINDS[step.what], at: step.untilAt, because: step.because };
    case "observe-first":
    case "remind":
      return { kind: isRising(step) ? "escalation" : "reminder", at: situation.now, because: step.because };
    case "escalate":
      return { kind: "escalation", at: situation.now, because: step.because };
    case "tell-author":
      return { kind: "author-side-told", at: situation.now, because: step.because };
    case "author-listed":
      return { kind: "listed-as-ours", at: situation.now, because: step.because };
  }
}

/** Whether it is a step up that comes next, be it that something has to be looked at before. */
function isRising(step: Decision["step"]): boolean {
  if (step.kind === "escalate") return true;
  if (step.kind === "observe-first") return RISING.includes(step.because.code);
  return step.kind === "wait" && step.what === "escalate";
}

const RISING: readonly string[] = ["escalation-due", "target-missed", "nobody-to-remind", "everybody-quiet"];

const KINDS = {
  look: "reminder",
  remind: "reminder",
  escalate: "escalation",
  "tell-author": "author-side-told",
  "list-author": "listed-as-ours",
  wake: "nothing",
} as const;
