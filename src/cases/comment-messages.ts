// The one comment that is kept up to date on a case: its patches with where each stands, and the case's own words. Pure, apart from the
// other texts, because it says how things are and not what happened.
import {
  code,
  count,
  embedded,
  escaped,
  isoDate,
  joined,
  literal,
  login,
  noText,
  type PublicText,
  publicText,
  zoneName,
} from "../effects/public-text.ts";
import type { RenderedMessage } from "../notify/render-markdown.ts";
import type { Decided } from "../patches/decided.ts";
import { type Reason, reasonText } from "../patches/reasons.ts";
import type { Turn } from "../patches/turn.ts";
import type { Language, Severity } from "../policy/policy.ts";
import { type PullName, pullText, releaseText } from "./messages.ts";

export type PatchOfCase = {
  readonly pull: PullName;
  readonly decided: Decided | null;
  readonly release: {
    readonly tag: string;
    readonly name: string | null;
    readonly url: string | null;
    readonly at: number;
  } | null;
  /** Null until it was looked at. */
  readonly standing: { readonly turn: Turn; readonly sinceAt: number; readonly because: Reason } | null;
  /** What comes next, and when where it waits for a time. */
  readonly next: { readonly at: number | null; readonly because: Reason } | null;
};

export type CaseView = {
  readonly language: Language;
  readonly timezone: string;
  readonly patches: readonly PatchOfCase[];
  readonly severity: Severity | null;
  readonly summary: string | null;
  /** `none` where it is known that there is none. */
  readonly workaround: string | null;
  readonly neededBy: { readonly date: string; readonly why: string | null } | null;
  readonly nextReport: string | null;
  /** Of patches that are before somebody, the evidence as it was put to them. */
  readonly dossiers: readonly RenderedMessage[];
};

/** How much of it is shown. */
export type Most = { readonly patches: number; readonly dossiers: number };

const MOST: Most = { patches: 30, dossiers: 2 };

type Words = {
  readonly head: PublicText;
  readonly noPatches: PublicText;
  readonly more: (n: PublicText) => PublicText;
  readonly turns: Readonly<Record<Turn, PublicText>>;
  readonly notLookedAt: PublicText;
  readonly since: (turn: PublicText, day: PublicText, because: PublicText) => PublicText;
  readonly end: (decided: Decided, timezone: string) => PublicText;
  readonly released: (release: PublicText, day: PublicText) => PublicText;
  readonly unreleased: PublicText;
  readonly nothing: PublicText;
  readonly on: (day: PublicText, because: PublicText) => PublicText;
  readonly fields: Readonly<Record<"severity" | "summary" | "workaround" | "neededBy" | "nextReport", PublicText>>;
  readonly noWorkaround: PublicText;
  readonly field: (name: PublicText, value: PublicText) => PublicText;
  readonly why: (why: PublicText) => PublicText;
  readonly foot: (zone: PublicText) => PublicText;
};

const english: Words = {
  head: literal("| Pull request | Where it stands | What comes next |\n| --- | --- | --- |"),
  noPatches: literal("No pull request is linked to this case any more."),
  more: (n) => publicText`And ${n} more.`,
  turns: {
    maintainer: literal("the maintainers’ turn"),
    author: literal("the author’s side’s turn"),
    nobody: literal("nobody’s turn"),
  },
  notLookedAt: literal("not looked at yet"),
  since: (turn, day, because) => publicText`${turn} since ${day}: ${because}`,
  end: (decided, timezone) => {
    const by = decided.by === null ? literal("somebody") : login(decided.by);
    const on = isoDate(decided.at, timezone);
    switch (decided.kind) {
      case "merged":
        return publicText`**merged** by ${by} on ${on}`;
      case "landed":
        return publicText`**landed** another way on ${on}`;
      case "superseded":
        return publicText`**superseded** by ${code(decided.pull, "full")} on ${on}`;
      case "declined":
        return decided.isSure
          ? publicText`**declined**: ${by} closed it on ${on}`
          : publicText`closed by ${by} on ${on}; it counts as a no from ${isoDate(decided.sureAt, timezone)} on, unless something else is said`;
    }
  },
  released: (release, day) => publicText`, **shipped** in ${release} on ${day}`,
  unreleased: literal("a release that contains it"),
  nothing: literal("nothing"),
  on: (day, because) => publicText`${day}: ${because}`,
  fields: {
    severity: literal("Severity"),
    summary: literal("Summary"),
    workaround: literal("Workaround"),
    neededBy: literal("Needed by"),
    nextReport: literal("Next report to the customer"),
  },
  noWorkaround: literal("there is none"),
  field: (name, value) => publicText`- ${name}: ${value}`,
  why: (why) => publicText` (${why})`,
  foot: (zone) => publicText`This comment is kept up to date by itself. Days are those of ${zone}.`,
};

const japanese: Words = {
  head: literal("| プルリクエスト | 現在の状況 | 次の予定 |\n| --- | --- | --- |"),
  noPatches: literal("このケースに関連付けられたプルリクエストはなくなりました。"),
  more: (n) => publicText`ほか ${n} 件`,
  turns: {
    maintainer: literal("メンテナーの番"),
    author: literal("作成者側の番"),
    nobody: literal("どちらの番でもない"),
  },
  notLookedAt: literal("未確認"),
  since: (turn, day, because) => publicText`${turn}（${day} から）: ${because}`,
  end: (decided, timezone) => {
    const by = decided.by === null ? literal("どなたか") : publicText`${login(decided.by)} さん`;
    const on = isoDate(decided.at, timezone);
    switch (decided.kind) {
      case "merged":
        return publicText`**マージ済み**（${on}、${by}）`;
      case "landed":
        return publicText`**反映済み**（${on}、別の形で取り込まれました）`;
      case "superseded":
        return publicText`**引き継ぎ**（${on}、${code(decided.pull, "full")} へ）`;
      case "declined":
        return decided.isSure
          ? publicText`**見送り**（${on}、${by}がクローズ）`
          : publicText`${on} に ${by}がクローズしました。ほかにお知らせがなければ ${isoDate(decided.sureAt, timezone)} から見送りとして扱います`;
    }
  },
  released: (release, day) => publicText`、**リリース済み**（${release}、${day}）`,
  unreleased: literal("この変更を含むリリース"),
  nothing: literal("なし"),
  on: (day, because) => publicText`${day}: ${because}`,
  fields: {
    severity: literal("重大度"),
    summary: literal("概要"),
    workaround: literal("回避策"),
    neededBy: literal("必要な期日"),
    nextReport: literal("お客様への次回報告予定"),
  },
  noWorkaround: literal("なし"),
  field: (name, value) => publicText`- ${name}: ${value}`,
  why: (why) => publicText`（${why}）`,
  foot: (zone) => publicText`このコメントは自動で更新されます。日付は ${zone} のものです。`,
};

const words: Record<Language, Words> = { en: english, ja: japanese };

/** The comment, whole. Everything in it needs disclosure `full`: it is for private case repositories alone. */
export function caseCommentText(view: CaseView, most: Most = MOST): PublicText {
  const text = words[view.language];
  const shown = view.patches.slice(0, most.patches);
  const rows = joined(
    shown.map(
      (patch) => publicText`\n| ${pullText(patch.pull)} | ${whereText(patch, view)} | ${nextText(patch, view)} |`,
    ),
    noText,
  );
  const left = view.patches.length - shown.length;
  const table = shown.length === 0 ? text.noPatches : publicText`${text.head}${rows}`;
  const more = left > 0 ? publicText`\n\n${text.more(count(left))}` : noText;
  const fields = fieldsOf(view);
  const known = fields.length === 0 ? noText : publicText`\n\n${joined(fields, literal("\n"))}`;
  const evidence = joined(
    view.dossiers.slice(0, most.dossiers).map((each) => publicText`\n\n${embedded(each, "full")}`),
    noText,
  );
  return publicText`${table}${more}${known}${evidence}\n\n${text.foot(zoneName(view.timezone))}`;
}

function whereText({ decided, release, standing }: PatchOfCase, { language, timezone }: CaseView): PublicText {
  const text = words[language];
  if (decided !== null) {
    const shipped = release === null ? noText : text.released(releaseText(release), isoDate(release.at, timezone));
    return publicText`${text.end(decided, timezone)}${shipped}`;
  }
  if (standing === null) return text.notLookedAt;
  const because = reasonText(standing.because, { language, timezone });
  return text.since(text.turns[standing.turn], isoDate(standing.sinceAt, timezone), because);
}

function nextText({ decided, release, next }: PatchOfCase, { language, timezone }: CaseView): PublicText {
  const text = words[language];
  if (decided !== null) {
    const isFollowed = decided.kind === "merged" || decided.kind === "landed";
    return isFollowed && release === null ? text.unreleased : text.nothing;
  }
  if (next === null) return text.nothing;
  const because = reasonText(next.because, { language, timezone });
  // Many reasons say themselves until when they hold.
  return next.at === null || "until" in next.because ? because : text.on(isoDate(next.at, timezone), because);
}

/** What is known of the case; what nobody has said is left out. */
function fieldsOf({ language, severity, summary, workaround, neededBy, nextReport }: CaseView): readonly PublicText[] {
  const { fields, field, noWorkaround, why } = words[language];
  const because = neededBy?.why ?? null;
  return [
    ...(severity === null ? [] : [field(fields.severity, code(severity, "full"))]),
    ...(summary === null ? [] : [field(fields.summary, escaped(summary, "full"))]),
    ...(workaround === null
      ? []
      : [field(fields.workaround, workaround.toLowerCase() === "none" ? noWorkaround : escaped(workaround, "full"))]),
    ...(neededBy === null
      ? []
      : [
          field(
            fields.neededBy,
            publicText`${code(neededBy.date, "full")}${because === null ? noText : why(escaped(because, "full"))}`,
          ),
        ]),
    ...(nextReport === null ? [] : [field(fields.nextReport, code(nextReport, "full"))]),
  ];
}
