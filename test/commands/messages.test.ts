// What a person reads when a command cannot be done, and what help shows, whole and in both languages.
import { expect, test } from "vitest";
import type { Roles } from "../../src/commands/authority.ts";
import { NOBODY } from "../../src/commands/authority.ts";
import { type Command, VERBS } from "../../src/commands/command.ts";
import { exampleOf } from "../../src/commands/examples.ts";
import { type HelpPlace, helpText } from "../../src/commands/help.ts";
import { problemText, refusalText } from "../../src/commands/messages.ts";
import { parseCommands } from "../../src/commands/parse.ts";
import type { RefusalReason } from "../../src/commands/refusal.ts";
import type { Disclosure } from "../../src/effects/effect.ts";
import { renderPublic } from "../../src/effects/public-text.ts";
import type { Lack, LackCode } from "../../src/escalations/decidable.ts";
import { lacksIn } from "../../src/escalations/lack-messages.ts";
import type { Language } from "../../src/policy/policy.ts";

const WRONG = [
  "/case",
  "/case lnik CASE-7",
  "/case frobnicate Shinshu",
  "/case link",
  "/case link ケース",
  "/case severity high",
  "/case customer 信州銀行",
  "/case report soon",
  "/case snooze 3x",
  "/case quiet soon",
  "/case ask mira",
  "/case waiting us",
  "/case later 2027-01-11",
  "/case landed CASE-7",
  "/case superseded CASE-7",
  "/case status now",
  `/case summary ${"Shinshu ".repeat(100)}`,
  "/case why\n".repeat(21),
];

const problemsIn = (language: Language) =>
  WRONG.flatMap((line) => parseCommands(line).problems)
    .map((problem) => renderPublic(problemText(problem, language), "none"))
    .join("\n");

test("every mistake is answered with what to write instead, and nothing of it is repeated", () => {
  expect(problemsIn("en")).not.toContain("Shinshu");
  expect(problemsIn("en")).toMatchInlineSnapshot(`
    "After \`/case\` comes what is to be done. \`/case help\` lists what you can write.
    There is no such command. Did you mean \`/case link\`? \`/case help\` lists what you can write.
    There is no such command. \`/case help\` lists what you can write.
    \`/case link\`: Something is missing after it. For example: \`/case link REF\`
    \`/case link\`: A reference is a case’s own number, \`owner/repo#12\`, \`#12\`, or the address of an issue or pull request. For example: \`/case link REF\`
    \`/case severity\`: A severity is one of \`S1\` (worst), \`S2\`, \`S3\`, \`S4\`. For example: \`/case severity S2\`
    \`/case customer\`: A customer is named by its id: letters, digits, dots, hyphens and underscores. For example: \`/case customer ID\`
    \`/case report\`: A date is a day that exists, written like \`2027-03-15\`. For example: \`/case report 2027-03-15\`
    \`/case snooze\`: A length is a whole number with a unit, at most two years: \`30m\`, \`4h\`, \`3d\` or \`2w\`. For example: \`/case snooze 2w until the release is out\`
    \`/case quiet\`: Write how long, like \`3d\` or \`2w\`, or until which day, like \`2027-03-15\`. For example: \`/case quiet 2w\`
    \`/case ask\`: Name people as \`@login\` and teams as \`@organization/team\`. For example: \`/case ask @someone\`
    \`/case waiting\`: It waits for the \`author\` or for the \`maintainer\`. For example: \`/case waiting author\`
    \`/case later\`: Please add the reason. For example: \`/case later 2027-03-15 after the feature freeze\`
    \`/case landed\`: Name the commit by 7 to 40 of its digits or by its address, or the pull request as \`owner/repo#12\`, \`#12\` or by its address. For example: \`/case landed #123\`
    \`/case superseded\`: Name a pull request as \`owner/repo#12\`, \`#12\` or by its address. For example: \`/case superseded #123\`
    \`/case status\`: There is more after it than it takes. For example: \`/case status\`
    \`/case summary\`: It may have at most 500 characters.
    Only the first 20 commands of a comment are read. Please write the others in another comment."
  `);
});

test("すべての書き間違いへのお返事", () => {
  expect(problemsIn("ja")).toMatchInlineSnapshot(`
    "\`/case\` に続けて操作をお書きください。使えるコマンドは \`/case help\` でご確認いただけます。
    そのようなコマンドはありません。\`/case link\` でしょうか。使えるコマンドは \`/case help\` でご確認いただけます。
    そのようなコマンドはありません。使えるコマンドは \`/case help\` でご確認いただけます。
    \`/case link\`: 続きが不足しています。例: \`/case link REF\`
    \`/case link\`: 参照は、ケースの番号、\`owner/repo#12\`、\`#12\`、または Issue かプルリクエストの URL でお書きください。例: \`/case link REF\`
    \`/case severity\`: 重大度は \`S1\`（最も重大）、\`S2\`、\`S3\`、\`S4\` のいずれかです。例: \`/case severity S2\`
    \`/case customer\`: お客様は ID（英数字、ドット、ハイフン、アンダースコア）でご指定ください。例: \`/case customer ID\`
    \`/case report\`: 日付は \`2027-03-15\` のように、実在する日をお書きください。例: \`/case report 2027-03-15\`
    \`/case snooze\`: 期間は \`30m\`、\`4h\`、\`3d\`、\`2w\` のように、整数と単位で 2 年以内をご指定ください。例: \`/case snooze 2w リリース待ち\`
    \`/case quiet\`: \`3d\` や \`2w\` のような期間、または \`2027-03-15\` のような日付をお書きください。例: \`/case quiet 2w\`
    \`/case ask\`: 個人は \`@login\`、チームは \`@organization/team\` の形でお書きください。例: \`/case ask @someone\`
    \`/case waiting\`: \`author\` か \`maintainer\` をご指定ください。例: \`/case waiting author\`
    \`/case later\`: 理由もお書きください。例: \`/case later 2027-03-15 機能凍結のあと\`
    \`/case landed\`: コミットは ID の 7 から 40 桁か URL で、プルリクエストは \`owner/repo#12\`、\`#12\`、または URL でお書きください。例: \`/case landed #123\`
    \`/case superseded\`: プルリクエストを \`owner/repo#12\`、\`#12\`、または URL でお書きください。例: \`/case superseded #123\`
    \`/case status\`: 余分な語があります。例: \`/case status\`
    \`/case summary\`: 500 文字以内でお書きください。
    1 つのコメントで読み取るコマンドは最初の 20 個までです。残りは別のコメントにお書きください。"
  `);
});

const link: Command = { verb: "link", refs: [], severity: null, customer: null };
const severity: Command = { verb: "severity", severity: "S1", ref: null };
const take: Command = { verb: "take", date: null };
const ask: Command = { verb: "ask", people: [] };
const snooze: Command = { verb: "snooze", until: { kind: "date", date: "2026-01-01" }, reason: null };

const escalate: Command = { verb: "escalate", isAnyway: false, reason: null };
const landed: Command = { verb: "landed", ref: { kind: "number", number: 7, text: "#7" } };
const superseded: Command = { verb: "superseded", ref: { kind: "number", number: 7, text: "#7" } };

const refusals: { readonly [C in RefusalReason["code"]]: readonly [Command, Extract<RefusalReason, { code: C }>] } = {
  "not-here": [{ verb: "summary", words: "x" }, { code: "not-here" }],
  "only-on-patch": [take, { code: "only-on-patch" }],
  "unknown-case": [link, { code: "unknown-case", reference: "CASE-7" }],
  "unknown-customer": [link, { code: "unknown-customer", customer: "shinshu-bank" }],
  "not-a-case-repository": [link, { code: "not-a-case-repository", reference: "acme-db/engine#7" }],
  "not-a-patch": [link, { code: "not-a-patch", reference: "CASE-7" }],
  "not-installed": [link, { code: "not-installed", repository: "other/engine" }],
  "no-case-linked": [severity, { code: "no-case-linked" }],
  "which-case": [severity, { code: "which-case", references: ["CASE-7", "CASE-8"] }],
  "no-patch-linked": [escalate, { code: "no-patch-linked" }],
  "write-on-case": [
    { verb: "stake", words: "x" },
    { code: "write-on-case", references: ["CASE-7", "CASE-8"] },
  ],
  "only-observes": [escalate, { code: "only-observes" }],
  "anyway-needs-reason": [escalate, { code: "anyway-needs-reason" }],
  "anyway-not-yours": [escalate, { code: "anyway-not-yours" }],
  "cannot-be-decided": [
    escalate,
    {
      code: "cannot-be-decided",
      lacks: [
        { code: "draft", who: "author" },
        { code: "conflict", who: "author" },
      ],
      mayInsist: true,
      timezone: "Asia/Tokyo",
    },
  ],
  "some-cannot-be-decided": [escalate, { code: "some-cannot-be-decided", count: 2, of: 3, mayInsist: true }],
  "already-merged": [landed, { code: "already-merged" }],
  itself: [landed, { code: "itself" }],
  "superseded-by-this": [superseded, { code: "superseded-by-this" }],
  "no-such-commit": [landed, { code: "no-such-commit", reference: "abc1234" }],
  "no-such-pull": [superseded, { code: "no-such-pull", reference: "acme-db/engine#7" }],
  "not-merged": [landed, { code: "not-merged", reference: "acme-db/engine#7" }],
  "not-in-default-branch": [landed, { code: "not-in-default-branch", reference: "abc1234", branch: "acme-db-main" }],
  "foreign-team": [ask, { code: "foreign-team", team: "other/engine" }],
  "unknown-person": [ask, { code: "unknown-person", login: "nobody-here" }],
  "in-the-past": [snooze, { code: "in-the-past" }],
  "too-far": [snooze, { code: "too-far" }],
  "taken-twice": [take, { code: "taken-twice" }],
  "take-too-long": [take, { code: "take-too-long", longestAt: Date.UTC(2026, 11, 8, 3), timezone: "Asia/Tokyo" }],
};

const refusalsIn = (language: Language, disclosure: Disclosure) =>
  Object.values(refusals)
    .map(([command, reason]) => renderPublic(refusalText(reason, { command, language }), disclosure))
    .join("\n");

test("every refusal says why and what to write, where nothing may be told", () => {
  expect(refusalsIn("en", "none")).not.toMatch(/shinshu|CASE-|other\/engine|acme-db|abc1234/);
  expect(refusalsIn("en", "none")).toMatchInlineSnapshot(`
    "This cannot be done here; see your team's guide.
    \`/case take\`: It works only on a pull request. Please write it there.
    \`/case link\`: There is no case with that reference. Please check its number. For example: \`/case link REF\`
    \`/case link\`: There is no customer with that id. Please check the id in your list of customers.
    \`/case link\`: That issue is not in a case repository. The policy lists those under \`cases.repositories\`.
    \`/case link\`: On a case, name a pull request as \`owner/repo#12\`, by its address, or as \`#12\`.
    \`/case link\`: This app is not installed on that repository. Whoever owns it can install it there.
    \`/case severity\`: No case is linked here yet. Link one first: \`/case link REF\`
    \`/case severity\`: Several cases are linked here. Please say which one you mean: put its reference at the end.
    \`/case escalate\`: No pull request is linked to this case yet. Link one first: \`/case link owner/repo#12\`
    \`/case stake\`: Several cases are linked here. Please write it on the case itself, or bring it from your help desk by an import.
    \`/case escalate\`: Nobody is asked anything here, since the policy does not let this app act yet. Ask again once it does.
    \`/case escalate\`: Please add the reason: those who decide will read it first. For example: \`/case escalate anyway The customer cannot go live\`
    \`/case escalate\`: Only for a case of severity \`S1\`, or from the account owner, does it go through as it is. Without \`anyway\` it goes through once nothing is missing. For example: \`/case escalate The customer cannot go live\`
    \`/case escalate\`: It goes to those who decide once it can be decided on. It is a draft: its author has to mark it ready for review. It conflicts with its base branch: its author has to resolve that. If that cannot wait: \`/case escalate anyway\` and the reason.
    \`/case escalate\`: 2 of 3 pull requests cannot be decided on yet; written on a pull request itself, this tells what it lacks. If they cannot wait: \`/case escalate anyway\` and the reason.
    \`/case landed\`: This pull request is merged, so nothing else became of it.
    \`/case landed\`: That is this pull request. Please name the other one. For example: \`/case landed #123\`
    \`/case superseded\`: That pull request is superseded by this one, so it cannot take this one’s place as well.
    \`/case landed\`: GitHub shows no commit of that id there. Please check it, or name more of its digits. For example: \`/case landed #123\`
    \`/case superseded\`: There is no pull request of that number. Please check its number. For example: \`/case superseded #123\`
    \`/case landed\`: That pull request is not merged. If it is to take this one’s place, write: \`/case superseded #123\`
    \`/case landed\`: That is not in the default branch there. Please write this once it is.
    \`/case ask\`: That team belongs to another organization, so it cannot be asked here. Name a team of this repository’s organization, or a person. For example: \`/case ask @someone\`
    \`/case ask\`: There is no account \`nobody-here\` on GitHub. Check the name. For example: \`/case ask @someone\`
    \`/case snooze\`: That day has passed. Please name one that is still to come. For example: \`/case snooze 2w until the release is out\`
    \`/case snooze\`: That is more than two years away. Please name a day that somebody will remember. For example: \`/case snooze 2w until the release is out\`
    \`/case take\`: This pull request has been taken in hand twice already. Please answer it, pass it on, or put it off. For example: \`/case ask @someone\`, \`/case snooze 2w until the release is out\`
    \`/case take\`: It can be taken in hand for at most 10 working days, which is until 2026-12-08."
  `);
});

test("every refusal, where all may be told", () => {
  expect(refusalsIn("en", "full")).toMatchInlineSnapshot(`
    "This cannot be done here; see your team's guide.
    \`/case take\`: It works only on a pull request. Please write it there.
    \`/case link\`: There is no case \`CASE-7\`. Please check its number. For example: \`/case link REF\`
    \`/case link\`: There is no customer \`shinshu-bank\`. Please check the id in your list of customers.
    \`/case link\`: \`acme-db/engine#7\` is not in a case repository. The policy lists those under \`cases.repositories\`.
    \`/case link\`: On a case, name a pull request as \`owner/repo#12\`, by its address, or as \`#12\`; \`CASE-7\` is none of these.
    \`/case link\`: This app is not installed on \`other/engine\`. Whoever owns it can install it there.
    \`/case severity\`: No case is linked here yet. Link one first: \`/case link REF\`
    \`/case severity\`: Several cases are linked here (\`CASE-7\`, \`CASE-8\`). Please say which one you mean: put its reference at the end.
    \`/case escalate\`: No pull request is linked to this case yet. Link one first: \`/case link owner/repo#12\`
    \`/case stake\`: Several cases are linked here (\`CASE-7\`, \`CASE-8\`). Please write it on the case itself, or bring it from your help desk by an import.
    \`/case escalate\`: Nobody is asked anything here, since the policy does not let this app act yet. Ask again once it does.
    \`/case escalate\`: Please add the reason: those who decide will read it first. For example: \`/case escalate anyway The customer cannot go live\`
    \`/case escalate\`: Only for a case of severity \`S1\`, or from the account owner, does it go through as it is. Without \`anyway\` it goes through once nothing is missing. For example: \`/case escalate The customer cannot go live\`
    \`/case escalate\`: It goes to those who decide once it can be decided on. It is a draft: its author has to mark it ready for review. It conflicts with its base branch: its author has to resolve that. If that cannot wait: \`/case escalate anyway\` and the reason.
    \`/case escalate\`: 2 of 3 pull requests cannot be decided on yet; written on a pull request itself, this tells what it lacks. If they cannot wait: \`/case escalate anyway\` and the reason.
    \`/case landed\`: This pull request is merged, so nothing else became of it.
    \`/case landed\`: That is this pull request. Please name the other one. For example: \`/case landed #123\`
    \`/case superseded\`: That pull request is superseded by this one, so it cannot take this one’s place as well.
    \`/case landed\`: GitHub shows no commit \`abc1234\` there. Please check it, or name more of its digits. For example: \`/case landed #123\`
    \`/case superseded\`: There is no pull request \`acme-db/engine#7\`. Please check its number. For example: \`/case superseded #123\`
    \`/case landed\`: \`acme-db/engine#7\` is not merged. If it is to take this one’s place, write: \`/case superseded #123\`
    \`/case landed\`: \`abc1234\` is not in the default branch (\`acme-db-main\`) there. Please write this once it is.
    \`/case ask\`: \`other/engine\` belongs to another organization, so it cannot be asked here. Name a team of this repository’s organization, or a person. For example: \`/case ask @someone\`
    \`/case ask\`: There is no account \`nobody-here\` on GitHub. Check the name. For example: \`/case ask @someone\`
    \`/case snooze\`: That day has passed. Please name one that is still to come. For example: \`/case snooze 2w until the release is out\`
    \`/case snooze\`: That is more than two years away. Please name a day that somebody will remember. For example: \`/case snooze 2w until the release is out\`
    \`/case take\`: This pull request has been taken in hand twice already. Please answer it, pass it on, or put it off. For example: \`/case ask @someone\`, \`/case snooze 2w until the release is out\`
    \`/case take\`: It can be taken in hand for at most 10 working days, which is until 2026-12-08."
  `);
});

test("すべてのお断り（何も開示できない場所）", () => {
  expect(refusalsIn("ja", "none")).toMatchInlineSnapshot(`
    "この操作はここではできません。チームの手引きをご覧ください。
    \`/case take\`: プルリクエストでのみご利用いただけます。プルリクエストにお書きください。
    \`/case link\`: その参照に当たるケースがありません。番号をご確認ください。例: \`/case link REF\`
    \`/case link\`: その ID に当たるお客様がありません。お客様一覧の ID をご確認ください。
    \`/case link\`: その Issue はケース用リポジトリのものではありません。ケース用リポジトリはポリシーの \`cases.repositories\` にあります。
    \`/case link\`: ケースでは、プルリクエストを \`owner/repo#12\`、URL、または \`#12\` の形でお書きください。
    \`/case link\`: そのリポジトリにはこのアプリがインストールされていません。所有者の方がインストールできます。
    \`/case severity\`: まだケースが関連付けられていません。先に関連付けてください。例: \`/case link REF\`
    \`/case severity\`: 複数のケースが関連付けられています。対象の参照を末尾にお書きください。
    \`/case escalate\`: まだプルリクエストが関連付けられていません。先に関連付けてください。例: \`/case link owner/repo#12\`
    \`/case stake\`: 複数のケースが関連付けられています。ケースの側にお書きいただくか、ヘルプデスクから取り込んでください。
    \`/case escalate\`: ポリシーでこのアプリの動作が有効になっていないため、ここではどなたにもお願いできません。有効になってから、あらためてお書きください。
    \`/case escalate\`: 理由もお書きください。意思決定者が最初にお読みになります。例: \`/case escalate anyway 本番稼働ができない\`
    \`/case escalate\`: このまま進められるのは、重大度 \`S1\` のケースの場合か、お客様担当からのご依頼の場合です。不足がなくなれば、\`anyway\` なしで進められます。例: \`/case escalate 本番稼働ができない\`
    \`/case escalate\`: 判断いただける状態になってから、意思決定者に判断をお願いします。下書きです。作成者の方がレビュー可能な状態にする必要があります。ベースブランチと競合しています。作成者の方による解消が必要です。お急ぎの場合は \`/case escalate anyway\` に続けて理由をお書きください。
    \`/case escalate\`: プルリクエスト 3 件のうち 2 件は、まだ判断いただける状態にありません。各プルリクエストに同じコマンドをお書きいただくと、不足している点をお知らせします。お急ぎの場合は \`/case escalate anyway\` に続けて理由をお書きください。
    \`/case landed\`: このプルリクエストはすでにマージされています。
    \`/case landed\`: このプルリクエスト自身です。別のものをご指定ください。例: \`/case landed #123\`
    \`/case superseded\`: そのプルリクエストはこのプルリクエストに引き継がれているため、引き継ぎ先にはできません。
    \`/case landed\`: その ID に当たるコミットが見つかりません。もう少し長い ID でご確認ください。例: \`/case landed #123\`
    \`/case superseded\`: その番号に当たるプルリクエストがありません。番号をご確認ください。例: \`/case superseded #123\`
    \`/case landed\`: そのプルリクエストはマージされていません。引き継ぎ先であれば、次のようにお書きください: \`/case superseded #123\`
    \`/case landed\`: その変更はまだ既定のブランチに入っていません。入ってからお書きください。
    \`/case ask\`: そのチームは別の Organization に属するため、ここではお願いできません。このリポジトリの Organization のチーム、または個人をご指定ください。例: \`/case ask @someone\`
    \`/case ask\`: GitHub に \`nobody-here\` というアカウントは見つかりません。お名前をご確認ください。例: \`/case ask @someone\`
    \`/case snooze\`: その日付は過ぎています。これから先の日付をご指定ください。例: \`/case snooze 2w リリース待ち\`
    \`/case snooze\`: 2 年以上先の日付です。もう少し近い日付をご指定ください。例: \`/case snooze 2w リリース待ち\`
    \`/case take\`: このプルリクエストの担当はすでに 2 回宣言されています。お返事いただくか、ほかの方にお願いするか、保留にしてください。例: \`/case ask @someone\`, \`/case snooze 2w リリース待ち\`
    \`/case take\`: 担当できるのは最長 10 営業日、2026-12-08 までです。"
  `);
});

test("すべてのお断り（すべて開示できる場所）", () => {
  expect(refusalsIn("ja", "full")).toMatchInlineSnapshot(`
    "この操作はここではできません。チームの手引きをご覧ください。
    \`/case take\`: プルリクエストでのみご利用いただけます。プルリクエストにお書きください。
    \`/case link\`: \`CASE-7\` に当たるケースがありません。番号をご確認ください。例: \`/case link REF\`
    \`/case link\`: \`shinshu-bank\` に当たるお客様がありません。お客様一覧の ID をご確認ください。
    \`/case link\`: \`acme-db/engine#7\` はケース用リポジトリのものではありません。ケース用リポジトリはポリシーの \`cases.repositories\` にあります。
    \`/case link\`: ケースでは、プルリクエストを \`owner/repo#12\`、URL、または \`#12\` の形でお書きください（\`CASE-7\` はいずれでもありません）。
    \`/case link\`: \`other/engine\` にはこのアプリがインストールされていません。所有者の方がインストールできます。
    \`/case severity\`: まだケースが関連付けられていません。先に関連付けてください。例: \`/case link REF\`
    \`/case severity\`: 複数のケースが関連付けられています（\`CASE-7\`、\`CASE-8\`）。対象の参照を末尾にお書きください。
    \`/case escalate\`: まだプルリクエストが関連付けられていません。先に関連付けてください。例: \`/case link owner/repo#12\`
    \`/case stake\`: 複数のケースが関連付けられています（\`CASE-7\`、\`CASE-8\`）。ケースの側にお書きいただくか、ヘルプデスクから取り込んでください。
    \`/case escalate\`: ポリシーでこのアプリの動作が有効になっていないため、ここではどなたにもお願いできません。有効になってから、あらためてお書きください。
    \`/case escalate\`: 理由もお書きください。意思決定者が最初にお読みになります。例: \`/case escalate anyway 本番稼働ができない\`
    \`/case escalate\`: このまま進められるのは、重大度 \`S1\` のケースの場合か、お客様担当からのご依頼の場合です。不足がなくなれば、\`anyway\` なしで進められます。例: \`/case escalate 本番稼働ができない\`
    \`/case escalate\`: 判断いただける状態になってから、意思決定者に判断をお願いします。下書きです。作成者の方がレビュー可能な状態にする必要があります。ベースブランチと競合しています。作成者の方による解消が必要です。お急ぎの場合は \`/case escalate anyway\` に続けて理由をお書きください。
    \`/case escalate\`: プルリクエスト 3 件のうち 2 件は、まだ判断いただける状態にありません。各プルリクエストに同じコマンドをお書きいただくと、不足している点をお知らせします。お急ぎの場合は \`/case escalate anyway\` に続けて理由をお書きください。
    \`/case landed\`: このプルリクエストはすでにマージされています。
    \`/case landed\`: このプルリクエスト自身です。別のものをご指定ください。例: \`/case landed #123\`
    \`/case superseded\`: そのプルリクエストはこのプルリクエストに引き継がれているため、引き継ぎ先にはできません。
    \`/case landed\`: \`abc1234\` に当たるコミットが見つかりません。もう少し長い ID でご確認ください。例: \`/case landed #123\`
    \`/case superseded\`: \`acme-db/engine#7\` に当たるプルリクエストがありません。番号をご確認ください。例: \`/case superseded #123\`
    \`/case landed\`: \`acme-db/engine#7\` はマージされていません。引き継ぎ先であれば、次のようにお書きください: \`/case superseded #123\`
    \`/case landed\`: \`abc1234\` はまだ既定のブランチ（\`acme-db-main\`）に入っていません。入ってからお書きください。
    \`/case ask\`: \`other/engine\` は別の Organization に属するため、ここではお願いできません。このリポジトリの Organization のチーム、または個人をご指定ください。例: \`/case ask @someone\`
    \`/case ask\`: GitHub に \`nobody-here\` というアカウントは見つかりません。お名前をご確認ください。例: \`/case ask @someone\`
    \`/case snooze\`: その日付は過ぎています。これから先の日付をご指定ください。例: \`/case snooze 2w リリース待ち\`
    \`/case snooze\`: 2 年以上先の日付です。もう少し近い日付をご指定ください。例: \`/case snooze 2w リリース待ち\`
    \`/case take\`: このプルリクエストの担当はすでに 2 回宣言されています。お返事いただくか、ほかの方にお願いするか、保留にしてください。例: \`/case ask @someone\`, \`/case snooze 2w リリース待ち\`
    \`/case take\`: 担当できるのは最長 10 営業日、2026-12-08 までです。"
  `);
});

const lacks: { readonly [C in LackCode]: Extract<Lack, { code: C }> } = {
  closed: { code: "closed", who: "nobody" },
  archived: { code: "archived", who: "nobody" },
  unknown: { code: "unknown", who: "nobody" },
  draft: { code: "draft", who: "author" },
  snoozed: { code: "snoozed", who: "nobody", until: Date.UTC(2026, 11, 8, 3) },
  exempt: { code: "exempt", who: "maintainers" },
  conflict: { code: "conflict", who: "maintainers" },
  "checks-failing": { code: "checks-failing", who: "author", checks: ["ci", "@mira `lint`"] },
  "not-maintainers-turn": { code: "not-maintainers-turn", who: "author" },
};

const lacksInWords = (language: Language) =>
  lacksIn(Object.values(lacks), { language, timezone: "Asia/Tokyo" })
    .map((text) => renderPublic(text, "none"))
    .join("\n");

test("each thing that a decision lacks says who has to act", () => {
  expect(lacksInWords("en")).toMatchInlineSnapshot(`
    "It is closed.
    Its repository is archived.
    GitHub does not say yet whether it can be merged; please try again in some minutes.
    It is a draft: its author has to mark it ready for review.
    It is put off until 2026-12-08; \`/case unsnooze\` ends that.
    The policy exempts it, by its author or by a label: its maintainers have to take that away.
    It conflicts with its base branch: its maintainers have to resolve that.
    Required checks fail (\`ci\`, \`\` @mira \`lint\` \`\`): its author has to mend that.
    Its maintainers wait for its author: an answer or a push hands it back, or \`/case waiting maintainer\`."
  `);
});

test("判断に不足している点", () => {
  expect(lacksInWords("ja")).toMatchInlineSnapshot(`
    "すでにクローズされています。
    リポジトリがアーカイブされています。
    マージできるかどうかを GitHub が確認しています。数分後にもう一度お試しください。
    下書きです。作成者の方がレビュー可能な状態にする必要があります。
    2026-12-08 まで保留中です。\`/case unsnooze\` で解除できます。
    作成者またはラベルにより、ポリシーの対象外です。メンテナーの方の解除が必要です。
    ベースブランチと競合しています。メンテナーの方による解消が必要です。
    必須のチェック（\`ci\`、\`\` @mira \`lint\` \`\`）が失敗しています。作成者の方による修正が必要です。
    作成者側のお返事待ちです。お返事かプッシュ、または \`/case waiting maintainer\` でメンテナーの番に戻ります。"
  `);
});

const PATCH: HelpPlace = { on: "patch", mayTellOwnWords: true };

const helpFor = (roles: Partial<Roles>, language: Language, place: HelpPlace = PATCH) =>
  renderPublic(helpText({ ...NOBODY, ...roles }, place, language), "none");

test("help leaves out what would be refused there: own words where they may not be said, a patch's commands on a case", () => {
  const supporter = { isSupporter: true };
  const where = (place: Partial<HelpPlace>) => helpFor(supporter, "en", { ...PATCH, ...place });
  expect(where({})).toContain("/case severity");
  expect(where({})).toContain("customer=ID");
  expect(where({})).toContain("/case ask");
  expect(where({ mayTellOwnWords: false })).not.toMatch(/\/case severity|\/case customer|customer=ID/);
  expect(where({ on: "case" })).not.toMatch(/\/case ask|\/case waiting|\/case unsnooze|\/case quiet 2w/);
});

test("help for anybody", () => {
  expect(helpFor({}, "en")).toMatchInlineSnapshot(`
    "This is what you can write here, at the start of a line:

    | Write | It does |
    | --- | --- |
    | \`/case quiet me\` | you are not mentioned any more in any repository of this owner, or not for a time: \`/case quiet me 4w\` |
    | \`/case help\` | shows this |"
  `);
});

test("help for an author", () => {
  expect(helpFor({ isAuthor: true }, "en")).toMatchInlineSnapshot(`
    "This is what you can write here, at the start of a line:

    | Write | It does |
    | --- | --- |
    | \`/case waiting maintainer\` | hands it to the maintainers |
    | \`/case quiet me\` | you are not mentioned any more in any repository of this owner, or not for a time: \`/case quiet me 4w\` |
    | \`/case status\` | shows where it stands |
    | \`/case why\` | shows how it came to stand there |
    | \`/case help\` | shows this |"
  `);
});

test("help for a maintainer", () => {
  expect(helpFor({ isMaintainer: true }, "en")).toMatchInlineSnapshot(`
    "This is what you can write here, at the start of a line:

    | Write | It does |
    | --- | --- |
    | \`/case link REF\` | links a case to this pull request, or confirms a proposed link; on a case, name the pull request |
    | \`/case unlink REF\` | takes a link away, or drops a proposed one |
    | \`/case waiting maintainer\` | hands it to the maintainers |
    | \`/case waiting author\` | hands it to the author’s side |
    | \`/case snooze 2w reason\` | puts it off for a time or until a day (\`2027-03-15\`); the clock stops |
    | \`/case unsnooze\` | ends that |
    | \`/case ask @someone\` | says who is asked from now on |
    | \`/case take 2027-03-15\` | you have it in hand: no reminders until that day, at most 10 working days, twice |
    | \`/case quiet 2w\` | no reminders on this pull request for a time or until a day; the clock runs on |
    | \`/case quiet me\` | you are not mentioned any more in any repository of this owner, or not for a time: \`/case quiet me 4w\` |
    | \`/case escalate reason\` | takes it a step up: to the account owner, then to those who decide; only what can be decided on goes |
    | \`/case escalate anyway reason\` | the same although something is missing, for a case of \`S1\` or by the account owner |
    | \`/case later 2027-03-15 reason\` | decides to come back to it on that day; reminders and escalation wait until then |
    | \`/case landed #123\` | says by which other commit or pull request the change came in |
    | \`/case superseded #123\` | says which pull request takes its place; cases and waiting time move over |
    | \`/case status\` | shows where it stands |
    | \`/case why\` | shows how it came to stand there |
    | \`/case help\` | shows this |"
  `);
});

test("help for a supporter", () => {
  expect(helpFor({ isSupporter: true }, "en")).toMatchInlineSnapshot(`
    "This is what you can write here, at the start of a line:

    | Write | It does |
    | --- | --- |
    | \`/case link REF\` | links a case to this pull request, or confirms a proposed link; on a case, name the pull request |
    | \`/case link REF S2\` | the same, and says how grave the case is, S1 (worst) to S4 |
    | \`/case link REF customer=ID\` | the same, and says whose case it is |
    | \`/case unlink REF\` | takes a link away, or drops a proposed one |
    | \`/case severity S2 REF\` | says how grave a case is, S1 (worst) to S4 |
    | \`/case customer ID REF\` | says whose case it is |
    | \`/case summary TEXT\` | says in one or two plain sentences what goes wrong and what the fix changes |
    | \`/case stake TEXT\` | says what depends on it |
    | \`/case workaround TEXT\` | says what can be done meanwhile, or \`none\` |
    | \`/case needed-by 2027-03-31 why\` | says by when it is needed |
    | \`/case report 2027-03-15\` | says when the customer was promised to hear |
    | \`/case waiting maintainer\` | hands it to the maintainers |
    | \`/case waiting author\` | hands it to the author’s side |
    | \`/case snooze 2w reason\` | puts it off for a time or until a day (\`2027-03-15\`); the clock stops |
    | \`/case unsnooze\` | ends that |
    | \`/case ask @someone\` | says who is asked from now on |
    | \`/case quiet 2w\` | no reminders on this pull request for a time or until a day; the clock runs on |
    | \`/case quiet me\` | you are not mentioned any more in any repository of this owner, or not for a time: \`/case quiet me 4w\` |
    | \`/case escalate reason\` | takes it a step up: to the account owner, then to those who decide; only what can be decided on goes |
    | \`/case escalate anyway reason\` | the same although something is missing, for a case of \`S1\` or by the account owner |
    | \`/case later 2027-03-15 reason\` | decides to come back to it on that day; reminders and escalation wait until then |
    | \`/case landed #123\` | says by which other commit or pull request the change came in |
    | \`/case superseded #123\` | says which pull request takes its place; cases and waiting time move over |
    | \`/case status\` | shows where it stands |
    | \`/case why\` | shows how it came to stand there |
    | \`/case help\` | shows this |"
  `);
});

test("すべての役割のヘルプ", () => {
  expect(
    helpFor({ isSupporter: true, isMaintainer: true, isAuthor: true, isDecider: true }, "ja"),
  ).toMatchInlineSnapshot(`
    "ここで行頭にお書きいただけるコマンドです。

    | コマンド | 内容 |
    | --- | --- |
    | \`/case link REF\` | ケースをこのプルリクエストに関連付けます（提案の確認にも使えます）。ケースではプルリクエストを指定します |
    | \`/case link REF S2\` | 関連付けと同時に、重大度を S1（最も重大）から S4 で指定します |
    | \`/case link REF customer=ID\` | 関連付けと同時に、お客様を指定します |
    | \`/case unlink REF\` | 関連付けを外します（提案の取り下げにも使えます） |
    | \`/case severity S2 REF\` | ケースの重大度を S1（最も重大）から S4 で指定します |
    | \`/case customer ID REF\` | ケースのお客様を指定します |
    | \`/case summary TEXT\` | 何が起き、修正で何が変わるかを 1、2 文で書きます |
    | \`/case stake TEXT\` | 何に影響するかを書きます |
    | \`/case workaround TEXT\` | 当面の回避策を書きます。なければ \`none\` と書きます |
    | \`/case needed-by 2027-03-31 why\` | いつまでに必要かを書きます |
    | \`/case report 2027-03-15\` | お客様へご報告する約束の日を書きます |
    | \`/case waiting maintainer\` | メンテナーの番にします |
    | \`/case waiting author\` | 作成者側の番にします |
    | \`/case snooze 2w reason\` | 期間または日付（\`2027-03-15\`）まで保留にし、計測を止めます |
    | \`/case unsnooze\` | 保留を解除します |
    | \`/case ask @someone\` | 今後お願いする方を指定します |
    | \`/case take 2027-03-15\` | ご自身が担当します。その日まで（最長 10 営業日、2 回まで）お知らせしません |
    | \`/case quiet 2w\` | 期間または日付まで、このプルリクエストでのお知らせを止めます（計測は続きます） |
    | \`/case quiet me\` | この所有者のリポジトリで、ご自身へのメンションを止めます。期間の指定: \`/case quiet me 4w\` |
    | \`/case escalate reason\` | お客様担当、続いて意思決定者に上げます（判断いただける状態のものに限ります） |
    | \`/case escalate anyway reason\` | 不足があっても進めます（重大度 \`S1\` のケース、またはお客様担当のみ） |
    | \`/case later 2027-03-15 reason\` | その日まで延期と決定します。それまでお知らせと引き上げを止めます |
    | \`/case landed #123\` | 変更を取り込んだ別のコミットまたはプルリクエストを知らせます |
    | \`/case superseded #123\` | 引き継ぎ先のプルリクエストを知らせます。ケースと待ち時間も引き継がれます |
    | \`/case status\` | 現在の状況を表示します |
    | \`/case why\` | これまでの経緯を表示します |
    | \`/case help\` | この一覧を表示します |"
  `);
});

test.each(VERBS)("the example of %s is understood as written, in both languages", (verb) => {
  for (const language of ["en", "ja"] as const) {
    const line = renderPublic(exampleOf(verb, language), "none").replaceAll("`", "");
    expect(parseCommands(line).commands.map(({ command }) => command.verb)).toEqual([verb]);
  }
});

test("no public text speaks of payment", () => {
  const all = (["en", "ja"] as const).flatMap((language) => [
    problemsIn(language),
    refusalsIn(language, "full"),
    helpFor({ isSupporter: true, isMaintainer: true }, language),
  ]);
  expect(all.join("\n")).not.toMatch(/\bpa(y|id)|payment|支払|有料|課金|督促/i);
});
