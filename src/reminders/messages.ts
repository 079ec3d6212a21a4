// What a reminder says, in both languages. Apart, because every word of it was chosen for somebody who did not ask for it.

import {
  code,
  joined,
  literal,
  login,
  mention,
  mentionTeam,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import { type Reason, reasonText } from "../patches/reasons.ts";
import { roughTime, type WorkingTime } from "../patches/working-time.ts";
import type { Language, Severity } from "../policy/policy.ts";

/** A person or a team, as somebody to speak to. */
export type Named =
  | { readonly kind: "person"; readonly login: string }
  | { readonly kind: "team"; readonly organization: string; readonly slug: string };

/** Who is spoken to: GitHub notifies whom we mention; whom we mentioned here before is only named. */
export type Addressees = { readonly mention: readonly Named[]; readonly named: readonly Named[] };

export type ReminderWords = {
  readonly language: Language;
  readonly addressees: Addressees;
  readonly waiting: WorkingTime;
  /** Whether somebody under a support contract depends on it; false where the policy tracks all. */
  readonly isUnderContract: boolean;
  /** The gravest, only where its label is on. */
  readonly severity: Severity | null;
  /** References of the open linked cases; told where the disclosure allows references. */
  readonly references: readonly string[];
  readonly because: Reason;
  readonly timezone: string;
};

const MOST_REFERENCES = 20;

/** The reminder, whole: what waits, who depends on it, what settles it, how to take it, pass it on or hear less, and why it came. */
export const reminderText = (words: ReminderWords): PublicText => texts[words.language](words);

/** "@mira, `dana`": everybody addressed, in a row. */
export function addressed({ mention: mentioned, named }: Addressees, language: Language): PublicText {
  const people = [
    ...mentioned.map((who) => ({
      who,
      name: who.kind === "person" ? mention(who.login) : mentionTeam(who.organization, who.slug),
    })),
    ...named.map((who) => ({
      who,
      name: login(who.kind === "person" ? who.login : `${who.organization}/${who.slug}`),
    })),
  ];
  if (language === "en")
    return joined(
      people.map(({ name }) => name),
      literal(", "),
    );
  // A space after the comma, because GitHub finds a mention only after something that is no letter.
  return joined(
    people.map(({ who, name }) => publicText`${name} ${who.kind === "team" ? literal("の皆さま") : literal("さん")}`),
    literal("、 "),
  );
}

const isNobody = ({ mention, named }: Addressees): boolean => mention.length + named.length === 0;

const listed = (references: readonly string[], between: PublicText): PublicText =>
  joined(
    references.slice(0, MOST_REFERENCES).map((reference) => code(reference, "reference")),
    between,
  );

const texts: Record<Language, (words: ReminderWords) => PublicText> = {
  en: (
    words,
  ) => publicText`${isNobody(words.addressees) ? literal("Hello,") : publicText`Hello ${addressed(words.addressees, "en")},`}

This pull request has been waiting for an answer from its maintainers for **${roughTime(words.waiting, "en")}**${
    words.isUnderContract ? literal(", and somebody under a support contract depends on it") : noText
  }${words.severity === null ? noText : publicText` (severity ${severities[words.severity]})`}.${
    words.references.length === 0
      ? noText
      : whereAllowed("reference", publicText` Linked: ${listed(words.references, literal(", "))}.`)
  }

A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

- To take it in hand: ${code("/case take", "none")}
- To pass it on: ${code("/case ask @someone", "none")}
- To hear less: ${code("/case quiet 2w", "none")} for this pull request, ${code("/case quiet me", "none")} for all of them

You are reading this because ${reasonText(words.because, words)}; ${code("/case why", "none")} shows how it came about. This app never closes or merges anything.`,

  ja: (
    words,
  ) => publicText`${isNobody(words.addressees) ? literal("メンテナーの皆さま") : addressed(words.addressees, "ja")}

ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **${roughTime(words.waiting, "ja")}** お待ちしています。${
    words.isUnderContract ? literal("サポート契約をお持ちの方が、この変更を必要とされています") : noText
  }${severityInJapanese(words)}${
    words.references.length === 0
      ? noText
      : whereAllowed("reference", publicText`関連するケース: ${listed(words.references, literal("、"))}。`)
  }

レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

- 担当される場合: ${code("/case take", "none")}
- ほかの方にお願いされる場合: ${code("/case ask @someone", "none")}
- お知らせを減らす場合: このプルリクエストだけなら ${code("/case quiet 2w", "none")}、すべてなら ${code("/case quiet me", "none")}

このお知らせの基準: ${reasonText(words.because, words)}。これまでの経緯は ${code("/case why", "none")} でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。`,
};

function severityInJapanese({ severity, isUnderContract }: ReminderWords): PublicText {
  if (severity === null) return isUnderContract ? literal("。") : noText;
  return isUnderContract
    ? publicText`（重大度: ${severities[severity]}）。`
    : publicText`重大度は ${severities[severity]} です。`;
}

const severities: Record<Severity, PublicText> = {
  S1: literal("S1"),
  S2: literal("S2"),
  S3: literal("S3"),
  S4: literal("S4"),
};
