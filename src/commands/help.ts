// The answer to `/case help`: only what its reader may write. Apart from the refusals, because it is a list; who may do what is
// authority.ts's to say, so the help cannot promise what is then refused.
import { code, joined, literal, type PublicText, publicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import { isOnPatchesOnly, isOwnWord, mayRun, type Roles } from "./authority.ts";
import type { Command } from "./command.ts";

type Entry = {
  /** A command of this form, to ask whether the reader may run it. */
  readonly command: Command;
  readonly usage: string;
  readonly means: Record<Language, PublicText>;
};

const ref = { kind: "external", text: "REF" } as const;
const pull = { kind: "number", number: 123, text: "#123" } as const;
const until = { kind: "duration", duration: { amount: 2, unit: "w" } } as const;
const date = "2027-03-15";

const entries: readonly Entry[] = [
  {
    command: { verb: "link", refs: [ref], severity: null, customer: null },
    usage: "/case link REF",
    means: {
      en: literal("links a case to this pull request, or confirms a proposed link; on a case, name the pull request"),
      ja: literal(
        "ケースをこのプルリクエストに関連付けます（提案の確認にも使えます）。ケースではプルリクエストを指定します",
      ),
    },
  },
  {
    command: { verb: "link", refs: [ref], severity: "S2", customer: null },
    usage: "/case link REF S2",
    means: {
      en: literal("the same, and says how grave the case is, S1 (worst) to S4"),
      ja: literal("関連付けと同時に、重大度を S1（最も重大）から S4 で指定します"),
    },
  },
  {
    command: { verb: "link", refs: [ref], severity: null, customer: "ID" },
    usage: "/case link REF customer=ID",
    means: {
      en: literal("the same, and says whose case it is"),
      ja: literal("関連付けと同時に、お客様を指定します"),
    },
  },
  {
    command: { verb: "unlink", refs: [ref] },
    usage: "/case unlink REF",
    means: {
      en: literal("takes a link away, or drops a proposed one"),
      ja: literal("関連付けを外します（提案の取り下げにも使えます）"),
    },
  },
  {
    command: { verb: "severity", severity: "S2", ref: null },
    usage: "/case severity S2 REF",
    means: {
      en: literal("says how grave a case is, S1 (worst) to S4"),
      ja: literal("ケースの重大度を S1（最も重大）から S4 で指定します"),
    },
  },
  {
    command: { verb: "customer", customer: "ID", ref: null },
    usage: "/case customer ID REF",
    means: { en: literal("says whose case it is"), ja: literal("ケースのお客様を指定します") },
  },
  {
    command: { verb: "summary", words: "…" },
    usage: "/case summary TEXT",
    means: {
      en: literal("says in one or two plain sentences what goes wrong and what the fix changes"),
      ja: literal("何が起き、修正で何が変わるかを 1、2 文で書きます"),
    },
  },
  {
    command: { verb: "stake", words: "…" },
    usage: "/case stake TEXT",
    means: { en: literal("says what depends on it"), ja: literal("何に影響するかを書きます") },
  },
  {
    command: { verb: "workaround", words: "none" },
    usage: "/case workaround TEXT",
    means: {
      en: publicText`says what can be done meanwhile, or ${code("none", "none")}`,
      ja: publicText`当面の回避策を書きます。なければ ${code("none", "none")} と書きます`,
    },
  },
  {
    command: { verb: "needed-by", date, why: null },
    usage: "/case needed-by 2027-03-31 why",
    means: { en: literal("says by when it is needed"), ja: literal("いつまでに必要かを書きます") },
  },
  {
    command: { verb: "report", date },
    usage: "/case report 2027-03-15",
    means: {
      en: literal("says when the customer was promised to hear"),
      ja: literal("お客様へご報告する約束の日を書きます"),
    },
  },
  {
    command: { verb: "waiting", on: "maintainer" },
    usage: "/case waiting maintainer",
    means: { en: literal("hands it to the maintainers"), ja: literal("メンテナーの番にします") },
  },
  {
    command: { verb: "waiting", on: "author" },
    usage: "/case waiting author",
    means: { en: literal("hands it to the author’s side"), ja: literal("作成者側の番にします") },
  },
  {
    command: { verb: "snooze", until, reason: null },
    usage: "/case snooze 2w reason",
    means: {
      en: publicText`puts it off for a time or until a day (${code("2027-03-15", "none")}); the clock stops`,
      ja: publicText`期間または日付（${code("2027-03-15", "none")}）まで保留にし、計測を止めます`,
    },
  },
  {
    command: { verb: "unsnooze" },
    usage: "/case unsnooze",
    means: { en: literal("ends that"), ja: literal("保留を解除します") },
  },
  {
    command: { verb: "ask", people: [{ kind: "login", login: "someone" }] },
    usage: "/case ask @someone",
    means: { en: literal("says who is asked from now on"), ja: literal("今後お願いする方を指定します") },
  },
  {
    command: { verb: "take", date: null },
    usage: "/case take 2027-03-15",
    means: {
      en: literal("you have it in hand: no reminders until that day, at most 10 working days, twice"),
      ja: literal("ご自身が担当します。その日まで（最長 10 営業日、2 回まで）お知らせしません"),
    },
  },
  {
    command: { verb: "quiet", whom: "patch", until },
    usage: "/case quiet 2w",
    means: {
      en: literal("no reminders on this pull request for a time or until a day; the clock runs on"),
      ja: literal("期間または日付まで、このプルリクエストでのお知らせを止めます（計測は続きます）"),
    },
  },
  {
    command: { verb: "quiet", whom: "me", until: null },
    usage: "/case quiet me",
    means: {
      en: publicText`you are not mentioned any more in any repository of this owner, or not for a time: ${code("/case quiet me 4w", "none")}`,
      ja: publicText`この所有者のリポジトリで、ご自身へのメンションを止めます。期間の指定: ${code("/case quiet me 4w", "none")}`,
    },
  },
  {
    command: { verb: "escalate", isAnyway: false, reason: null },
    usage: "/case escalate reason",
    means: {
      en: literal(
        "takes it a step up: to the account owner, then to those who decide; only what can be decided on goes",
      ),
      ja: literal("お客様担当、続いて意思決定者に上げます（判断いただける状態のものに限ります）"),
    },
  },
  {
    command: { verb: "escalate", isAnyway: true, reason: "…" },
    usage: "/case escalate anyway reason",
    means: {
      en: publicText`the same although something is missing, for a case of ${code("S1", "none")} or by the account owner`,
      ja: publicText`不足があっても進めます（重大度 ${code("S1", "none")} のケース、またはお客様担当のみ）`,
    },
  },
  {
    command: { verb: "later", date, reason: "…" },
    usage: "/case later 2027-03-15 reason",
    means: {
      en: literal("decides to come back to it on that day; reminders and escalation wait until then"),
      ja: literal("その日まで延期と決定します。それまでお知らせと引き上げを止めます"),
    },
  },
  {
    command: { verb: "landed", ref: pull },
    usage: "/case landed #123",
    means: {
      en: literal("says by which other commit or pull request the change came in"),
      ja: literal("変更を取り込んだ別のコミットまたはプルリクエストを知らせます"),
    },
  },
  {
    command: { verb: "superseded", ref: pull },
    usage: "/case superseded #123",
    means: {
      en: literal("says which pull request takes its place; cases and waiting time move over"),
      ja: literal("引き継ぎ先のプルリクエストを知らせます。ケースと待ち時間も引き継がれます"),
    },
  },
  {
    command: { verb: "status" },
    usage: "/case status",
    means: { en: literal("shows where it stands"), ja: literal("現在の状況を表示します") },
  },
  {
    command: { verb: "why" },
    usage: "/case why",
    means: { en: literal("shows how it came to stand there"), ja: literal("これまでの経緯を表示します") },
  },
  {
    command: { verb: "help" },
    usage: "/case help",
    means: { en: literal("shows this"), ja: literal("この一覧を表示します") },
  },
];

const heads: Record<Language, PublicText> = {
  en: literal("This is what you can write here, at the start of a line:\n\n| Write | It does |\n| --- | --- |\n"),
  ja: literal("ここで行頭にお書きいただけるコマンドです。\n\n| コマンド | 内容 |\n| --- | --- |\n"),
};

/** Where help is asked for: on a pull request or a case, and whether a case's own words may be said there. */
export type HelpPlace = { readonly on: "patch" | "case"; readonly mayTellOwnWords: boolean };

/** What somebody in these roles may write there, with an example each. What would be refused is left out. */
export function helpText(roles: Roles, { on, mayTellOwnWords }: HelpPlace, language: Language): PublicText {
  const rows = entries
    .filter(({ command }) => mayRun(command, roles))
    .filter(
      ({ command }) => mayTellOwnWords || !(isOwnWord(command) || ("customer" in command && command.customer !== null)),
    )
    .filter(({ command }) => on === "patch" || !isOnPatchesOnly(command))
    .map(({ usage, means }) => publicText`| ${code(usage, "none")} | ${means[language]} |`);
  return publicText`${heads[language]}${joined(rows, literal("\n"))}`;
}
