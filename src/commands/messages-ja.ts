// What we answer to a command that cannot be done, in Japanese.
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
import { lacksIn } from "../escalations/lack-messages.ts";
import { exampleOf } from "./examples.ts";
import { LONGEST_COMMAND, MOST_COMMANDS } from "./parse.ts";
import { listed, written } from "./quoting.ts";
import type { CommandTexts } from "./refusal.ts";

/** The same before Japanese, where code wants a space after it and words do not. */
const namedInJapanese = (data: string, otherwise: PublicText): PublicText =>
  whereAllowed("reference", publicText`${code(data, "reference")} `, otherwise);

export const japanese: CommandTexts = {
  about: (verb, sentence, example) =>
    publicText`${written(verb)}: ${sentence}${example === null ? noText : publicText`例: ${example}`}`,
  didYouMean: (verb) =>
    publicText`そのようなコマンドはありません。${verb === null ? noText : publicText`${written(verb)} でしょうか。`}使えるコマンドは ${written("help")} でご確認いただけます。`,
  problems: {
    "missing-verb": publicText`${code("/case", "none")} に続けて操作をお書きください。使えるコマンドは ${written("help")} でご確認いただけます。`,
    "unknown-verb": noText,
    "missing-argument": literal("続きが不足しています。"),
    "bad-reference": publicText`参照は、ケースの番号、${code("owner/repo#12", "none")}、${code("#12", "none")}、または Issue かプルリクエストの URL でお書きください。`,
    "bad-landing": publicText`コミットは ID の 7 から 40 桁か URL で、プルリクエストは ${code("owner/repo#12", "none")}、${code("#12", "none")}、または URL でお書きください。`,
    "bad-pull": publicText`プルリクエストを ${code("owner/repo#12", "none")}、${code("#12", "none")}、または URL でお書きください。`,
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
    "no-patch-linked": () =>
      publicText`まだプルリクエストが関連付けられていません。先に関連付けてください。例: ${code("/case link owner/repo#12", "none")}`,
    "write-on-case": ({ references }) =>
      publicText`複数のケースが関連付けられています${whereAllowed("reference", publicText`（${listed(references, literal("、"))}）`)}。ケースの側にお書きいただくか、ヘルプデスクから取り込んでください。`,
    "only-observes": () =>
      literal(
        "ポリシーでこのアプリの動作が有効になっていないため、ここではどなたにもお願いできません。有効になってから、あらためてお書きください。",
      ),
    "anyway-needs-reason": () => literal("理由もお書きください。意思決定者が最初にお読みになります。"),
    "anyway-not-yours": () =>
      publicText`このまま進められるのは、重大度 ${code("S1", "none")} のケースの場合か、お客様担当からのご依頼の場合です。不足がなくなれば、${code("anyway", "none")} なしで進められます。`,
    "cannot-be-decided": ({ lacks, mayInsist, timezone }) =>
      publicText`判断いただける状態になってから、意思決定者に判断をお願いします。${joined(lacksIn(lacks, { language: "ja", timezone }), noText)}${mayInsist ? publicText`お急ぎの場合は ${code("/case escalate anyway", "none")} に続けて理由をお書きください。` : noText}`,
    "some-cannot-be-decided": ({ count: left, of, mayInsist }) =>
      publicText`プルリクエスト ${count(of)} 件のうち ${count(left)} 件は、まだ判断いただける状態にありません。各プルリクエストに同じコマンドをお書きいただくと、不足している点をお知らせします。${mayInsist ? publicText`お急ぎの場合は ${code("/case escalate anyway", "none")} に続けて理由をお書きください。` : noText}`,
    "already-merged": () => literal("このプルリクエストはすでにマージされています。"),
    itself: () => literal("このプルリクエスト自身です。別のものをご指定ください。"),
    "superseded-by-this": () =>
      literal("そのプルリクエストはこのプルリクエストに引き継がれているため、引き継ぎ先にはできません。"),
    "no-such-commit": ({ reference }) =>
      publicText`${namedInJapanese(reference, literal("その ID "))}に当たるコミットが見つかりません。もう少し長い ID でご確認ください。`,
    "no-such-pull": ({ reference }) =>
      publicText`${namedInJapanese(reference, literal("その番号"))}に当たるプルリクエストがありません。番号をご確認ください。`,
    "not-merged": ({ reference }) =>
      publicText`${namedInJapanese(reference, literal("そのプルリクエスト"))}はマージされていません。引き継ぎ先であれば、次のようにお書きください: ${exampleOf("superseded", "ja")}`,
    "not-in-default-branch": ({ reference, branch }) =>
      publicText`${namedInJapanese(reference, literal("その変更"))}はまだ既定のブランチ${whereAllowed("reference", publicText`（${code(branch, "reference")}）`)}に入っていません。入ってからお書きください。`,
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
