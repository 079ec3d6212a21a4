// What we answer to a command that cannot be done: what was wrong and what to write instead. Apart from the rules; data that somebody
// wrote is repeated only where the place may have it, since a refusal is as public as the mistake.
import {
  code,
  count,
  isoDate,
  joined,
  literal,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import type { Command, CommandProblem, ProblemCode, Verb } from "./command.ts";
import { exampleOf } from "./examples.ts";
import { LONGEST_COMMAND, MOST_COMMANDS } from "./parse.ts";

/** Why a command that was understood is not done. */
export type RefusalReason =
  /** Private words where they do not belong. */
  | { readonly code: "not-here" }
  | { readonly code: "not-yet"; readonly verb: Verb }
  | { readonly code: "only-on-patch" }
  | { readonly code: "unknown-case"; readonly reference: string }
  | { readonly code: "unknown-customer"; readonly customer: string }
  | { readonly code: "not-a-case-repository"; readonly reference: string }
  | { readonly code: "not-a-patch"; readonly reference: string }
  | { readonly code: "not-installed"; readonly repository: string }
  | { readonly code: "no-case-linked" }
  | { readonly code: "which-case"; readonly references: readonly string[] }
  | { readonly code: "foreign-team"; readonly team: string }
  | { readonly code: "unknown-person"; readonly login: string }
  | { readonly code: "in-the-past" }
  | { readonly code: "too-far" }
  | { readonly code: "taken-twice" }
  | { readonly code: "take-too-long"; readonly longestAt: number; readonly timezone: string };

type Texts = {
  readonly problems: Record<ProblemCode, PublicText>;
  readonly refusals: {
    readonly [C in RefusalReason["code"]]: (reason: Extract<RefusalReason, { code: C }>) => PublicText;
  };
  /** A sentence about one command, and how it is written. */
  readonly about: (verb: Verb, sentence: PublicText, example: PublicText | null) => PublicText;
  readonly didYouMean: (verb: Verb | null) => PublicText;
};

const written = (verb: Verb): PublicText => code(`/case ${verb}`, "none");

/** The data where cases may be named, else a general word for it. */
const named = (data: string, otherwise: PublicText): PublicText =>
  whereAllowed("reference", code(data, "reference"), otherwise);

/** The same before Japanese, where code wants a space after it and words do not. */
const namedInJapanese = (data: string, otherwise: PublicText): PublicText =>
  whereAllowed("reference", publicText`${code(data, "reference")} `, otherwise);

const english: Texts = {
  about: (verb, sentence, example) =>
    publicText`${written(verb)}: ${sentence}${example === null ? noText : publicText` For example: ${example}`}`,
  didYouMean: (verb) =>
    publicText`There is no such command.${verb === null ? noText : publicText` Did you mean ${written(verb)}?`} ${written("help")} lists what you can write.`,
  problems: {
    "missing-verb": publicText`After ${code("/case", "none")} comes what is to be done. ${written("help")} lists what you can write.`,
    "unknown-verb": noText,
    "missing-argument": literal("Something is missing after it."),
    "bad-reference": publicText`A reference is a case’s own number, ${code("owner/repo#12", "none")}, ${code("#12", "none")}, or the address of an issue or pull request.`,
    "bad-severity": publicText`A severity is one of ${code("S1", "none")} (worst), ${code("S2", "none")}, ${code("S3", "none")}, ${code("S4", "none")}.`,
    "bad-customer": literal("A customer is named by its id: letters, digits, dots, hyphens and underscores."),
    "bad-date": publicText`A date is a day that exists, written like ${code("2027-03-15", "none")}.`,
    "bad-duration": publicText`A length is a whole number with a unit, at most two years: ${code("30m", "none")}, ${code("4h", "none")}, ${code("3d", "none")} or ${code("2w", "none")}.`,
    "bad-until": publicText`Write how long, like ${code("3d", "none")} or ${code("2w", "none")}, or until which day, like ${code("2027-03-15", "none")}.`,
    "bad-person": publicText`Name people as ${code("@login", "none")} and teams as ${code("@organization/team", "none")}.`,
    "bad-side": publicText`It waits for the ${code("author", "none")} or for the ${code("maintainer", "none")}.`,
    "missing-reason": literal("Please add the reason."),
    "too-many-words": literal("There is more after it than it takes."),
    "too-long": publicText`It may have at most ${count(LONGEST_COMMAND)} characters.`,
    "too-many-commands": publicText`Only the first ${count(MOST_COMMANDS)} commands of a comment are read. Please write the others in another comment.`,
  },
  refusals: {
    "not-here": () => literal("This cannot be done here; see your team's guide."),
    "not-yet": ({ verb }) =>
      publicText`${written(verb)} is not available yet. ${written("help")} lists what you can write.`,
    "only-on-patch": () => literal("It works only on a pull request. Please write it there."),
    "unknown-case": ({ reference }) =>
      publicText`There is no case ${named(reference, literal("with that reference"))}. Please check its number.`,
    "unknown-customer": ({ customer }) =>
      publicText`There is no customer ${whereAllowed("full", code(customer, "full"), literal("with that id"))}. Please check the id in your list of customers.`,
    "not-a-case-repository": ({ reference }) =>
      publicText`${named(reference, literal("That issue"))} is not in a case repository. The policy lists those under ${code("cases.repositories", "none")}.`,
    "not-a-patch": ({ reference }) =>
      publicText`On a case, name a pull request as ${code("owner/repo#12", "none")}, by its address, or as ${code("#12", "none")}${whereAllowed("reference", publicText`; ${code(reference, "reference")} is none of these`)}.`,
    "not-installed": ({ repository }) =>
      publicText`This app is not installed on ${named(repository, literal("that repository"))}. Whoever owns it can install it there.`,
    "no-case-linked": () => publicText`No case is linked here yet. Link one first: ${exampleOf("link", "en")}`,
    "which-case": ({ references }) =>
      publicText`Several cases are linked here${whereAllowed("reference", publicText` (${listed(references, literal(", "))})`)}. Please say which one you mean: put its reference at the end.`,
    "foreign-team": ({ team }) =>
      publicText`${named(team, literal("That team"))} belongs to another organization, so it cannot be asked here. Name a team of this repository’s organization, or a person.`,
    "unknown-person": ({ login }) => publicText`There is no account ${code(login, "none")} on GitHub. Check the name.`,
    "in-the-past": () => literal("That day has passed. Please name one that is still to come."),
    "too-far": () => literal("That is more than two years away. Please name a day that somebody will remember."),
    "taken-twice": () =>
      literal("This pull request has been taken in hand twice already. Please answer it, pass it on, or put it off."),
    "take-too-long": ({ longestAt, timezone }) =>
      publicText`It can be taken in hand for at most 10 working days, which is until ${isoDate(longestAt, timezone)}.`,
  },
};

const japanese: Texts = {
  about: (verb, sentence, example) =>
    publicText`${written(verb)}: ${sentence}${example === null ? noText : publicText`例: ${example}`}`,
  didYouMean: (verb) =>
    publicText`そのようなコマンドはありません。${verb === null ? noText : publicText`${written(verb)} でしょうか。`}使えるコマンドは ${written("help")} でご確認いただけます。`,
  problems: {
    "missing-verb": publicText`${code("/case", "none")} に続けて操作をお書きください。使えるコマンドは ${written("help")} でご確認いただけます。`,
    "unknown-verb": noText,
    "missing-argument": literal("続きが不足しています。"),
    "bad-reference": publicText`参照は、ケースの番号、${code("owner/repo#12", "none")}、${code("#12", "none")}、または Issue かプルリクエストの URL でお書きください。`,
    "bad-severity": publicText`重大度は ${code("S1", "none")}（最も重大）、${code("S2", "none")}、${code("S3", "none")}、${code("S4", "none")} のいずれかです。`,
    "bad-customer": literal("お客様は ID（英数字、ドット、ハイフン、アンダースコア）でご指定ください。"),
    "bad-date": publicText`日付は ${code("2027-03-15", "none")} のように、実在する日をお書きください。`,
    "bad-duration": publicText`期間は ${code("30m", "none")}、${code("4h", "none")}、${code("3d", "none")}、${code("2w", "none")} のように、整数と単位で 2 年以内をご指定ください。`,
    "bad-until": publicText`${code("3d", "none")} や ${code("2w", "none")} のような期間、または ${code("2027-03-15", "none")} のような日付をお書きください。`,
    "bad-person": publicText`個人は ${code("@login", "none")}、チームは ${code("@organization/team", "none")} の形でお書きください。`,
    "bad-side": publicText`${code("author", "none")} か ${code("maintainer", "none")} をご指定ください。`,
    "missing-reason": literal("理由もお書きください。"),
    "too-many-words": literal("余分な語があります。"),
    "too-long": publicText`${count(LONGEST_COMMAND)} 文字以内でお書きください。`,
    "too-many-commands": publicText`1 つのコメントで読み取るコマンドは最初の ${count(MOST_COMMANDS)} 個までです。残りは別のコメントにお書きください。`,
  },
  refusals: {
    "not-here": () => literal("この操作はここではできません。チームの手引きをご覧ください。"),
    "not-yet": ({ verb }) =>
      publicText`${written(verb)} はまだご利用いただけません。使えるコマンドは ${written("help")} でご確認いただけます。`,
    "only-on-patch": () => literal("プルリクエストでのみご利用いただけます。プルリクエストにお書きください。"),
    "unknown-case": ({ reference }) =>
      publicText`${namedInJapanese(reference, literal("その参照"))}に当たるケースがありません。番号をご確認ください。`,
    "unknown-customer": ({ customer }) =>
      publicText`${whereAllowed("full", code(customer, "full"), literal("その ID"))} に当たるお客様がありません。お客様一覧の ID をご確認ください。`,
    "not-a-case-repository": ({ reference }) =>
      publicText`${namedInJapanese(reference, literal("その Issue "))}はケース用リポジトリのものではありません。ケース用リポジトリはポリシーの ${code("cases.repositories", "none")} にあります。`,
    "not-a-patch": ({ reference }) =>
      publicText`ケースでは、プルリクエストを ${code("owner/repo#12", "none")}、URL、または ${code("#12", "none")} の形でお書きください${whereAllowed("reference", publicText`（${code(reference, "reference")} はいずれでもありません）`)}。`,
    "not-installed": ({ repository }) =>
      publicText`${namedInJapanese(repository, literal("そのリポジトリ"))}にはこのアプリがインストールされていません。所有者の方がインストールできます。`,
    "no-case-linked": () =>
      publicText`まだケースが関連付けられていません。先に関連付けてください。例: ${exampleOf("link", "ja")}`,
    "which-case": ({ references }) =>
      publicText`複数のケースが関連付けられています${whereAllowed("reference", publicText`（${listed(references, literal("、"))}）`)}。対象の参照を末尾にお書きください。`,
    "foreign-team": ({ team }) =>
      publicText`${namedInJapanese(team, literal("そのチーム"))}は別の Organization に属するため、ここではお願いできません。このリポジトリの Organization のチーム、または個人をご指定ください。`,
    "unknown-person": ({ login }) =>
      publicText`GitHub に ${code(login, "none")} というアカウントは見つかりません。お名前をご確認ください。`,
    "in-the-past": () => literal("その日付は過ぎています。これから先の日付をご指定ください。"),
    "too-far": () => literal("2 年以上先の日付です。もう少し近い日付をご指定ください。"),
    "taken-twice": () =>
      literal(
        "このプルリクエストの担当はすでに 2 回宣言されています。お返事いただくか、ほかの方にお願いするか、保留にしてください。",
      ),
    "take-too-long": ({ longestAt, timezone }) =>
      publicText`担当できるのは最長 10 営業日、${isoDate(longestAt, timezone)} までです。`,
  },
};

const texts: Record<Language, Texts> = { en: english, ja: japanese };

/** Says what is wrong with a line that began with `/case`, and what to write instead. Repeats nothing of what was written. */
export function problemText({ code: problem, verb, nearest }: CommandProblem, language: Language): PublicText {
  const { problems, about, didYouMean } = texts[language];
  if (problem === "unknown-verb") return didYouMean(nearest);
  if (verb === null) return problems[problem];
  return about(verb, problems[problem], problem === "too-long" ? null : exampleOf(verb, language));
}

/** Says why a command is not done, and what can be written instead. */
export function refusalText(reason: RefusalReason, said: { command: Command; language: Language }): PublicText {
  const { refusals, about } = texts[said.language];
  // The catalogue's type holds a text for exactly this reason's code; TypeScript cannot follow the two through one index.
  const sentence = (refusals[reason.code] as (reason: RefusalReason) => PublicText)(reason);
  if (reason.code === "not-here" || reason.code === "not-yet") return sentence;
  return about(said.command.verb, sentence, instead(reason, said));
}

/** An example of what would work, where the sentence alone does not say it. */
function instead(
  reason: RefusalReason,
  { command, language }: { command: Command; language: Language },
): PublicText | null {
  switch (reason.code) {
    case "taken-twice":
      return joined([exampleOf("ask", language), exampleOf("snooze", language)], literal(", "));
    case "in-the-past":
    case "too-far":
    case "unknown-case":
    case "unknown-person":
    case "foreign-team":
      return exampleOf(command.verb, language);
    default:
      return null;
  }
}

const listed = (references: readonly string[], between: PublicText): PublicText =>
  joined(
    references.slice(0, 10).map((reference) => code(reference, "reference")),
    between,
  );

/** The answer to `status` and `why` where there is nothing to tell of: on a case without patches, or before we know the patch. */
export const noPatchesText = (language: Language): PublicText => noPatches[language];

const noPatches: Record<Language, PublicText> = {
  en: literal("No pull request is linked here yet."),
  ja: literal("関連付けられたプルリクエストはまだありません。"),
};
