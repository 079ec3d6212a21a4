// What comes next for a patch and when, for people who know nothing of pull requests: "A reminder goes out on Thu 26 Nov". Apart from the
// reasons of `/case why`, which tell rules to those who work with them.
import { renderPublic } from "../../effects/public-text.ts";
import { type NextReason, reasonText } from "../../patches/reasons.ts";
import type { NextStored } from "../../patches/stored-standing.ts";
import type { Language } from "../../policy/policy.ts";

export type NextReader = {
  readonly language: Language;
  readonly timezone: string;
  readonly now: number;
  /** Whoever may know nothing of what goes on on the customer's side. */
  readonly isLimited: boolean;
};

/** One clause without a full stop. */
export function nextWords({ at, because }: NextStored, reader: NextReader): string {
  const texts = TEXTS[reader.language];
  if (reader.isLimited && LADDER.has(because.code)) return texts.underWay;
  const when = (moment: number | null): When | null =>
    moment === null || moment <= reader.now ? null : WHEN[reader.language](moment, reader);
  return wordsOf(because, { texts, when, at }) ?? texts.nothing(plainReason(because, reader));
}

const plainReason = (because: NextReason, { language, timezone }: NextReader): string =>
  renderPublic(reasonText(because, { language, timezone }), "none");

/** What only the customer's side knows of. */
const LADDER: ReadonlySet<NextReason["code"]> = new Set([
  "escalation-due",
  "nobody-to-remind",
  "target-missed",
  "escalation-asked-for",
  "support-asked",
  "owner-to-decide",
  "owner-asked",
  "owner-not-answered",
  "owner-silent",
  "owner-waits",
  "owner-refused",
  "deciders-to-decide",
  "ladder-paused",
]);

/** `on`: what happens then. `by`: the last moment. */
type When = { readonly on: string; readonly by: string };

type Telling = {
  readonly texts: Texts;
  /** Null where it is now, or past, or known to nobody. */
  readonly when: (at: number | null) => When | null;
  readonly at: number | null;
};

function wordsOf(because: NextReason, { texts, when, at }: Telling): string | null {
  switch (because.code) {
    case "reminder-due":
      return texts.reminder(when(at));
    case "next-reminder-due":
      return texts.nextReminder(because.n, when(at));
    case "outside-hours":
      return texts.reminder(when(because.until));
    case "escalation-due":
      return texts.rises(when(at));
    case "nobody-to-remind":
      return texts.nobodyToRemind;
    case "target-missed":
      return texts.targetMissed;
    case "escalation-asked-for":
      return texts.askedFor;
    case "support-asked":
      return texts.supportAsked(when(because.until));
    case "owner-to-decide":
      return texts.ownerAsked(when(at));
    case "owner-asked":
      return texts.ownerAsked(when(because.until));
    case "owner-not-answered":
      return texts.ownerNotAnswered;
    case "owner-silent":
      return texts.ownerSilent;
    case "owner-waits":
      return texts.ownerWaits(when(because.until));
    case "owner-refused":
      return texts.ownerRefused;
    case "deciders-to-decide":
      return texts.decidersAsked(when(at));
    case "deciders-asked":
      return texts.decidersAsked(when(because.until));
    case "ladder-paused":
      return texts.ladderPaused;
    case "author-to-act":
      return texts.authorToAct;
    case "author-turn-due":
      return texts.authorTold(when(at));
    case "author-turn-listed":
      return texts.authorListed(when(at));
    case "repository-limit-reached":
      return texts.repositoryLimit(when(because.until));
    case "maintainer-limit-reached":
      return texts.maintainerLimit(when(because.until));
    case "quiet":
      return texts.quiet(when(because.until));
    case "unwanted":
      return texts.unwanted(when(because.until));
    case "taken-until":
      return texts.taken(when(because.until));
    case "snoozed-until":
      return texts.comesBack(when(because.until));
    default:
      return null;
  }
}

type Clock = Pick<NextReader, "timezone" | "now">;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  ja: ["月", "火", "水", "木", "金", "土", "日"],
};

const WHEN: Readonly<Record<Language, (at: number, clock: Clock) => When>> = {
  en: (at, clock) => {
    const { day, isThisYear, time } = partsOf(at, clock);
    if (time !== null) return { on: `today at ${time}`, by: `${time} today` };
    const words = `${WEEKDAYS.en[day.dayOfWeek - 1]} ${day.day} ${MONTHS[day.month - 1]}${isThisYear ? "" : ` ${day.year}`}`;
    return { on: `on ${words}`, by: words };
  },
  ja: (at, clock) => {
    const { day, isThisYear, time } = partsOf(at, clock);
    if (time !== null) return { on: `本日 ${time} に`, by: `本日 ${time} ` };
    const words = `${isThisYear ? "" : `${day.year}年`}${day.month}月${day.day}日（${WEEKDAYS.ja[day.dayOfWeek - 1]}）`;
    return { on: `${words}に`, by: words };
  },
};

/** `time` only for today. */
function partsOf(at: number, { timezone, now }: Clock) {
  const when = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const day = when.toPlainDate();
  return {
    day,
    isThisYear: day.year === today.year,
    time: day.equals(today) ? when.toPlainTime().toString({ smallestUnit: "minute" }) : null,
  };
}

type Told = (when: When | null) => string;

type Texts = {
  readonly nothing: (because: string) => string;
  readonly underWay: string;
  readonly reminder: Told;
  readonly nextReminder: (n: number, when: When | null) => string;
  readonly rises: Told;
  readonly nobodyToRemind: string;
  readonly targetMissed: string;
  readonly askedFor: string;
  readonly supportAsked: Told;
  readonly ownerAsked: Told;
  readonly ownerNotAnswered: string;
  readonly ownerSilent: string;
  readonly ownerWaits: Told;
  readonly ownerRefused: string;
  readonly decidersAsked: Told;
  readonly ladderPaused: string;
  readonly authorToAct: string;
  readonly authorTold: Told;
  readonly authorListed: Told;
  readonly repositoryLimit: Told;
  readonly maintainerLimit: Told;
  readonly quiet: Told;
  readonly unwanted: Told;
  readonly taken: Told;
  readonly comesBack: Told;
};

const by = (when: When | null): string => (when === null ? "" : ` by ${when.by}`);
const until = (when: When | null): string => (when === null ? "" : ` until ${when.by}`);
const madeIn = (when: When | null): string => (when === null ? "" : `${when.by}までに`);
const asLongAs = (when: When | null): string => (when === null ? "" : `${when.by}まで`);

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    nothing: (because) => `Nothing: ${because}`,
    underWay: "The next step up is under way",
    reminder: (when) => (when === null ? "A reminder goes out now" : `A reminder goes out ${when.on}`),
    nextReminder: (n, when) =>
      when === null ? `Reminder number ${n} goes out now` : `Reminder number ${n} goes out ${when.on}`,
    rises: (when) =>
      when === null
        ? "It goes to the account owner now"
        : `It goes to the account owner ${when.on}, unless somebody answers before`,
    nobodyToRemind: "It goes to the account owner: there is no maintainer to remind",
    targetMissed: "It goes to the account owner: the time promised for an answer is over",
    askedFor: "It goes to the account owner: somebody asked for that",
    supportAsked: (when) => `Support is asked for what the dossier lacks${by(when)}`,
    ownerAsked: (when) => `The account owner is asked for an answer${by(when)}`,
    ownerNotAnswered: "The account owner has not answered and is asked again",
    ownerSilent: "The account owner was asked twice and has not answered",
    ownerWaits: (when) => `The account owner wants to wait${until(when)}`,
    ownerRefused: "The account owner does not want it to go further",
    decidersAsked: (when) => `The deciders are asked for a decision${by(when)}`,
    ladderPaused: "There was an answer, so it goes no further for now",
    authorToAct: "The author’s side has to act first",
    authorTold: (when) =>
      when === null
        ? "The author’s side is told now that it is their turn"
        : `The author’s side is told ${when.on} that it is their turn`,
    authorListed: (when) =>
      when === null
        ? "The author’s side was told and has not acted"
        : `It is put on the account owner’s list ${when.on}, unless the author’s side acts before`,
    repositoryLimit: (when) =>
      `A reminder goes out ${when === null ? "later" : when.on}: this repository has had its reminders of the day`,
    maintainerLimit: (when) =>
      `A reminder goes out ${when === null ? "later" : when.on}: the maintainer has had the reminders of the week`,
    quiet: (when) => `No reminders are wanted there${until(when)}`,
    unwanted: (when) => `Nothing is written there${until(when)}: one of our comments or labels was taken away`,
    taken: (when) => `Somebody has it in hand${until(when)}`,
    comesBack: (when) => (when === null ? "It comes back now" : `It comes back ${when.on}`),
  },
  ja: {
    nothing: (because) => `予定なし: ${because}`,
    underWay: "次の段階の手続き中です",
    reminder: (when) => `${when === null ? "まもなく" : when.on}確認のお願いをお送りします`,
    nextReminder: (n, when) => `${when === null ? "まもなく" : when.on} ${n} 回目の確認のお願いをお送りします`,
    rises: (when) =>
      when === null
        ? "まもなくお客様担当に判断をお願いします"
        : `回答がない場合、${when.on}お客様担当に判断をお願いします`,
    nobodyToRemind: "お願いできるメンテナーがいないため、お客様担当に判断をお願いします",
    targetMissed: "お約束した応答期限を過ぎたため、お客様担当に判断をお願いします",
    askedFor: "依頼があったため、お客様担当に判断をお願いします",
    supportAsked: (when) => `資料の不足分を${madeIn(when)}補うよう、サポートに確認しています`,
    ownerAsked: (when) => `お客様担当に${madeIn(when)}ご回答をお願いしています`,
    ownerNotAnswered: "お客様担当から回答がないため、改めてお願いします",
    ownerSilent: "お客様担当に 2 回お尋ねしましたが、回答がありません",
    ownerWaits: (when) => `お客様担当の判断により${asLongAs(when)}待ちます`,
    ownerRefused: "お客様担当の判断により、これより先には進めません",
    decidersAsked: (when) => `意思決定者に${madeIn(when)}判断をお願いしています`,
    ladderPaused: "応答があったため、次の段階には進めずに待っています",
    authorToAct: "先に作成者側の対応が必要です",
    authorTold: (when) => `${when === null ? "まもなく" : when.on}作成者側に、番が来ていることをお知らせします`,
    authorListed: (when) =>
      when === null
        ? "作成者側にお知らせしましたが、動きがありません"
        : `作成者側の動きがない場合、${when.on}お客様担当の一覧に載せます`,
    repositoryLimit: (when) =>
      `${when === null ? "後日" : when.on}確認のお願いをお送りします（このリポジトリは本日の上限に達しています）`,
    maintainerLimit: (when) =>
      `${when === null ? "後日" : when.on}確認のお願いをお送りします（このメンテナーは今週の上限に達しています）`,
    quiet: (when) => `${asLongAs(when)}確認のお願いをお送りしません`,
    unwanted: (when) => `コメントまたはラベルが取り除かれたため、${asLongAs(when)}何もお送りしません`,
    taken: (when) => `${asLongAs(when)}担当の方がいます`,
    comesBack: (when) => (when === null ? "まもなく再開します" : `${when.on}再開します`),
  },
};
