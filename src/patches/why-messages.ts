// The list of `/case why`: every fact that started, paused or restarted the clock, with dates. Apart from the table of `/case status`,
// because it also says what each fact did to the clock.
import {
  code,
  count,
  isoMinute,
  joined,
  literal,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import { type NextStep, stepText, timesIn } from "./messages.ts";
import { type Happening, reasonText } from "./reasons.ts";

export type WhyView = {
  readonly language: Language;
  readonly timezone: string;
  readonly patch: string | null;
  /** In order; the latest 50 are shown. */
  readonly facts: readonly Happening[];
  readonly next: NextStep;
};

const MOST_FACTS = 50;

/** What a fact does to the clock; null where it is listed only because people ask. */
type Clock = "maintainer" | "author" | "nobody" | "zero" | null;

const clockOf: Record<Happening["code"], Clock> = {
  "opened-ready": "maintainer",
  "ready-for-review": "maintainer",
  reopened: "maintainer",
  "pushed-after-request": "maintainer",
  "comment-by-author-side": "maintainer",
  "review-reply-by-author-side": "maintainer",
  "review-requested": "maintainer",
  "review-requested-again": "maintainer",
  "review-dismissed": "maintainer",
  "approved-not-merged": "maintainer",
  "waiting-for-maintainer": "maintainer",
  "conflict-resolved": null,
  "checks-passing": null,
  "changes-requested": "author",
  "maintainer-comment": "author",
  "waiting-for-author": "author",
  conflict: "author",
  "checks-failing": "author",
  "opened-draft": "nobody",
  draft: "nobody",
  snoozed: "nobody",
  "put-off": "nobody",
  "exempt-by-label": "nobody",
  "exempt-author": "nobody",
  "exempt-bot": "nobody",
  merged: "nobody",
  closed: "nobody",
  landed: "nobody",
  superseded: "nobody",
  archived: "nobody",
  unsnoozed: null,
  "snooze-ended": null,
  unarchived: null,
  response: "zero",
  "response-only-commands": "zero",
  "response-to-maintainers": "zero",
  "pinged-by-author-side": null,
  "carried-over": null,
  "escalation-asked": null,
  asked: null,
  taken: null,
  "take-ended": null,
  quieted: null,
  reminded: null,
  "author-side-told": null,
};

const clocks: Record<Language, Record<Exclude<Clock, null>, PublicText>> = {
  en: {
    maintainer: literal(" → maintainers’ turn, the clock runs"),
    author: literal(" → author’s turn, the clock stops"),
    nobody: literal(" → nobody’s turn, the clock stops"),
    zero: literal(" → the clock is at zero"),
  },
  ja: {
    maintainer: literal(" → メンテナーの番（計測中）"),
    author: literal(" → 作成者側の番（計測停止）"),
    nobody: literal(" → どちらの番でもない（計測停止）"),
    zero: literal(" → 経過時間はゼロに戻ります"),
  },
};

type WhyLabels = {
  readonly heading: (patch: string | null) => PublicText;
  readonly noFacts: PublicText;
  readonly leftOut: (n: number) => PublicText;
  readonly next: (step: PublicText) => PublicText;
};

const whyLabels: Record<Language, WhyLabels> = {
  en: {
    heading: (patch) =>
      patch === null
        ? literal("What started and stopped the clock here:")
        : publicText`What started and stopped the clock of ${whereAllowed("reference", code(patch, "reference"), literal("a linked pull request"))}:`,
    noFacts: literal("- nothing yet"),
    leftOut: (n) => publicText`- (${count(n)} earlier)\n`,
    next: (step) => publicText`**Next:** ${step}.`,
  },
  ja: {
    heading: (patch) =>
      patch === null
        ? literal("経過時間の計測に関わる出来事:")
        : publicText`${whereAllowed("reference", code(patch, "reference"), literal("関連するプルリクエスト"))} の経過時間の計測に関わる出来事:`,
    noFacts: literal("- まだありません"),
    leftOut: (n) => publicText`- （これより前に ${count(n)} 件）\n`,
    next: (step) => publicText`**次の予定:** ${step}。`,
  },
};

/** The answer to `/case why`: every fact that started, paused or restarted the clock, then the rule behind the next step. */
export function whyText(view: WhyView): PublicText {
  const label = whyLabels[view.language];
  const shown = view.facts.slice(-MOST_FACTS);
  const lines = shown.map((fact) => factLine(fact, view));
  const leftOut = view.facts.length > shown.length ? label.leftOut(view.facts.length - shown.length) : noText;
  const facts = lines.length === 0 ? label.noFacts : joined(lines, literal("\n"));
  return publicText`${label.heading(view.patch)}\n\n${leftOut}${facts}\n\n${label.next(stepText(view.next, view))}\n\n${timesIn(view)}`;
}

/** The answer to `/case why` on a case: a list for each of its patches. */
export const caseWhyText = (views: readonly WhyView[]): PublicText => joined(views.map(whyText), literal("\n\n"));

function factLine(reason: Happening, view: WhyView): PublicText {
  const at = "at" in reason && reason.at !== null ? publicText`${isoMinute(reason.at, view.timezone)}: ` : noText;
  return publicText`- ${at}${reasonText(reason, view)}${clockText(reason, view.language)}`;
}

/** What a fact did to the clock, behind what it was: " → the clock is at zero". Nothing where it did nothing. */
export function clockText({ code: what }: Happening, language: Language): PublicText {
  const clock = clockOf[what];
  return clock === null ? noText : clocks[language][clock];
}
