// What a pull request is told about its own standing: that it is its author’s turn, and the table of `/case status`. Pure, apart from
// the standing, so that the words can be read and changed without touching a rule.
import {
  code,
  count,
  escaped,
  isoMinute,
  joined,
  literal,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
  zoneName,
} from "../effects/public-text.ts";
import type { Language, Severity } from "../policy/policy.ts";
import { type Addressees, addressed } from "../reminders/messages.ts";
import { type Reason, reasonText } from "./reasons.ts";
import { exactTime, roughTime, type WorkingTime } from "./working-time.ts";

export type Side = "maintainer" | "author" | "nobody";

/** What comes next. `at` is null where it waits for somebody, not for a time. */
export type NextStep = {
  /** `step-under-way`: its reason says all of it. */
  readonly kind: "reminder" | "escalation" | "step-under-way" | "author-side-told" | "listed-as-ours" | "nothing";
  readonly at: number | null;
  readonly because: Reason;
};

export type StatusCase = {
  readonly reference: string;
  readonly title: string | null;
  readonly severity: Severity | null;
};

export type StatusView = {
  readonly language: Language;
  readonly timezone: string;
  /** `owner/repo#N` where the table stands elsewhere than on the pull request itself, else null. */
  readonly patch: string | null;
  readonly confirmed: readonly StatusCase[];
  readonly proposed: readonly StatusCase[];
  /** Customers whose domain stands in a commit: anyone can write any address there, so that it only proposes. */
  readonly perhapsOf: readonly string[];
  /** Whether the severity's label is on: only then may severities be read where nothing else may. */
  readonly showsSeverity: boolean;
  /** Null while the patch is not followed. */
  readonly turn: {
    readonly side: Side;
    readonly sinceAt: number;
    readonly worked: WorkingTime;
    readonly because: Reason;
  } | null;
  readonly next: NextStep;
};

export type AuthorTurnWords = {
  readonly language: Language;
  readonly timezone: string;
  readonly addressees: Addressees;
  readonly waiting: WorkingTime;
  readonly sinceAt: number;
  /** What was asked, and by whom: changes requested, a maintainer's comment, a conflict, failing checks … */
  readonly asked: Reason;
  /** The rule by which they are told. */
  readonly because: Reason;
};

const MOST_CASES = 20;

/** Tells the author's side that it is their turn, what was asked and how to hand it back. */
export const authorTurnText = (words: AuthorTurnWords): PublicText => authorTurn[words.language](words);

const hasNobody = ({ mention, named }: Addressees): boolean => mention.length + named.length === 0;

const authorTurn: Record<Language, (words: AuthorTurnWords) => PublicText> = {
  en: (
    words,
  ) => publicText`${hasNobody(words.addressees) ? literal("Hello,") : publicText`Hello ${addressed(words.addressees, "en")},`}

This pull request has been waiting for its author’s side for **${roughTime(words.waiting, "en")}**, since ${isoMinute(words.sinceAt, words.timezone)} (${zoneName(words.timezone)}): ${reasonText(words.asked, words)}.

To hand it back, push an update, reply here or to the review, or write ${code("/case waiting maintainer", "none")}.

You are reading this because ${reasonText(words.because, words)}; ${code("/case why", "none")} shows how it came about.`,

  ja: (
    words,
  ) => publicText`${hasNobody(words.addressees) ? literal("作成者側の皆さま") : addressed(words.addressees, "ja")}

このプルリクエストは ${isoMinute(words.sinceAt, words.timezone)}（${zoneName(words.timezone)}）から **${roughTime(words.waiting, "ja")}**、作成者側の対応を待っています。内容: ${reasonText(words.asked, words)}。

メンテナーの番に戻すには、更新をプッシュする、ここかレビューに返信する、または ${code("/case waiting maintainer", "none")} とお書きください。

このお知らせの基準: ${reasonText(words.because, words)}。これまでの経緯は ${code("/case why", "none")} でご覧いただけます。`,
};

type StatusLabels = {
  readonly title: PublicText;
  readonly cases: PublicText;
  readonly proposed: PublicText;
  readonly perhapsOf: PublicText;
  readonly turn: PublicText;
  readonly worked: PublicText;
  readonly next: PublicText;
  readonly noCases: PublicText;
  readonly number: (n: number) => PublicText;
  readonly between: PublicText;
  readonly times: (timezone: string) => PublicText;
  readonly since: (side: PublicText, at: PublicText, because: PublicText) => PublicText;
  readonly step: (step: PublicText, at: PublicText | null, because: PublicText) => PublicText;
  readonly severity: (severity: PublicText) => PublicText;
};

const labels: Record<Language, StatusLabels> = {
  en: {
    title: literal("This pull request"),
    cases: literal("Linked cases"),
    proposed: literal("Proposed, not confirmed"),
    perhapsOf: literal("Perhaps from, by the addresses in its commits"),
    turn: literal("Turn"),
    worked: literal("Working time of this turn"),
    next: literal("Next"),
    noCases: literal("none"),
    number: count,
    between: literal(", "),
    times: (timezone) => publicText`Times are in ${zoneName(timezone)}.`,
    since: (side, at, because) => publicText`${side}, since ${at}: ${because}`,
    step: (step, at, because) => publicText`${step}${at === null ? noText : publicText`, ${at}`}: ${because}`,
    severity: (severity) => publicText` (${severity})`,
  },
  ja: {
    title: literal("このプルリクエスト"),
    cases: literal("関連するケース"),
    proposed: literal("提案中（未確認）"),
    perhapsOf: literal("作成者の所属候補（コミットのメールアドレスより）"),
    turn: literal("現在の番"),
    worked: literal("この番の経過時間"),
    next: literal("次の予定"),
    noCases: literal("なし"),
    number: (n) => publicText`${count(n)} 件`,
    between: literal("、"),
    times: (timezone) => publicText`時刻は ${zoneName(timezone)} です。`,
    since: (side, at, because) => publicText`${side}（${at} から）: ${because}`,
    step: (step, at, because) => publicText`${step}${at === null ? noText : publicText`（${at}）`}: ${because}`,
    severity: (severity) => publicText`（${severity}）`,
  },
};

const sides: Record<Language, Record<Side, PublicText>> = {
  en: { maintainer: literal("maintainers"), author: literal("author’s side"), nobody: literal("nobody") },
  ja: { maintainer: literal("メンテナー"), author: literal("作成者側"), nobody: literal("なし") },
};

const steps: Record<Language, Record<Exclude<NextStep["kind"], "step-under-way">, PublicText>> = {
  en: {
    reminder: literal("a reminder"),
    escalation: literal("the next step up"),
    "author-side-told": literal("a word to the author’s side"),
    "listed-as-ours": literal("a place on the list of what waits for us"),
    nothing: literal("nothing"),
  },
  ja: {
    reminder: literal("確認のお願い"),
    escalation: literal("次の段階"),
    "author-side-told": literal("作成者側へのお知らせ"),
    "listed-as-ours": literal("当方の対応待ち一覧への掲載"),
    nothing: literal("なし"),
  },
};

/** The answer to `/case status`: one short table. */
export function statusText(view: StatusView): PublicText {
  return publicText`${table(view)}\n\n${timesIn(view)}`;
}

/** The answer to `/case status` on a case: a table for each of its patches. */
export function caseStatusText(views: readonly [StatusView, ...StatusView[]]): PublicText {
  return publicText`${joined(views.map(table), literal("\n\n"))}\n\n${timesIn(views[0])}`;
}

function table(view: StatusView): PublicText {
  const { language, timezone, turn, next } = view;
  const label = labels[language];
  const row = (name: PublicText, value: PublicText) => publicText`\n| ${name} | ${value} |`;
  const title =
    view.patch === null ? label.title : whereAllowed("reference", code(view.patch, "reference"), label.title);
  return publicText`| ${title} | |\n| --- | --- |${row(label.cases, casesText(view.confirmed, view))}${
    view.proposed.length === 0 ? noText : row(label.proposed, casesText(view.proposed, view))
  }${
    view.perhapsOf.length === 0
      ? noText
      : whereAllowed(
          "full",
          row(
            label.perhapsOf,
            joined(
              view.perhapsOf.map((name) => escaped(name, "full")),
              literal(", "),
            ),
          ),
        )
  }${
    turn === null
      ? noText
      : publicText`${row(
          label.turn,
          label.since(sides[language][turn.side], isoMinute(turn.sinceAt, timezone), reasonText(turn.because, view)),
        )}${row(label.worked, exactTime(turn.worked, language))}`
  }${row(label.next, stepText(next, view))}`;
}

/** The next step, when, and the rule behind it. */
export function stepText(next: NextStep, view: { language: Language; timezone: string }): PublicText {
  if (next.kind === "step-under-way") return reasonText(next.because, view);
  const at = next.at === null ? null : isoMinute(next.at, view.timezone);
  return labels[view.language].step(steps[view.language][next.kind], at, reasonText(next.because, view));
}

/** How many and how grave where no more may be said, else each by its reference, and by its title where all may be said. */
function casesText(cases: readonly StatusCase[], { language, showsSeverity }: StatusView): PublicText {
  const label = labels[language];
  if (cases.length === 0) return label.noCases;
  const severityOf = ({ severity }: StatusCase) => {
    if (severity === null) return noText;
    return showsSeverity
      ? label.severity(severities[severity])
      : whereAllowed("full", label.severity(severities[severity]));
  };
  const shown = cases.slice(0, MOST_CASES);
  const named = shown.map((one) => {
    const title = one.title === null ? noText : whereAllowed("full", publicText` ${escaped(one.title, "full")}`);
    return publicText`${code(one.reference, "reference")}${title}${severityOf(one)}`;
  });
  const grave = showsSeverity ? shown.flatMap(({ severity }) => (severity === null ? [] : [severities[severity]])) : [];
  const number = publicText`${label.number(cases.length)}${grave.length === 0 ? noText : label.severity(joined(grave, label.between))}`;
  const rest = cases.length > shown.length ? publicText`${label.between}…` : noText;
  return whereAllowed("reference", publicText`${joined(named, label.between)}${rest}`, number);
}

const severities: Record<Severity, PublicText> = {
  S1: literal("S1"),
  S2: literal("S2"),
  S3: literal("S3"),
  S4: literal("S4"),
};

/** The time zone that the times are in. */
export const timesIn = ({ language, timezone }: { language: Language; timezone: string }): PublicText =>
  labels[language].times(timezone);
