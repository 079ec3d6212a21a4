// What support hears of an escalation: what a dossier still lacks, and an account owner who does not answer. Apart from the dossier, which
// these come before and after.
import { code, heading, link, list, paragraph, strong } from "../notify/blocks.ts";
import { dayInWords, minuteInWords } from "../notify/dates.ts";
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { LackingWord } from "./escalation.ts";

/** A patch as private messages name it. */
export type PatchNamed = {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
};

export const patchName = ({ repository, number }: PatchNamed): string => `${repository}#${number}`;

export const patchLink = (patch: PatchNamed): Inline => link(`${patchName(patch)}: ${patch.title}`, patch.url);

export type SupportAsked = {
  readonly language: Language;
  readonly timezone: string;
  readonly patch: PatchNamed;
  readonly lacking: readonly LackingWord[];
  /** Where each case is, by its reference. */
  readonly caseUrls: ReadonlyMap<string, string>;
  /** After this it goes on without. */
  readonly untilAt: number;
};

type Word = LackingWord["word"];

/** How a case that is an issue is called; others are known from a help desk. */
const ISSUE = /^[^/\s]+\/[^/#\s]+#\d+$/;

const COMMANDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = {
  en: {
    customer: "/case customer ID",
    severity: "/case severity S1",
    summary: "/case summary TEXT",
    stake: "/case stake TEXT",
    workaround: "/case workaround TEXT",
  },
  ja: {
    customer: "/case customer ID",
    severity: "/case severity S1",
    summary: "/case summary 内容",
    stake: "/case stake 内容",
    workaround: "/case workaround 内容",
  },
};

type SupportTexts = {
  readonly subject: (patch: string) => string;
  readonly opening: (patch: Inline, until: string) => Line;
  readonly noCase: Line;
  readonly onCase: (name: Inline) => Line;
  /** Nobody can comment on a case of a help desk: what it says comes by an import. */
  readonly inHelpDesk: (name: Inline) => Line;
  readonly words: Readonly<Record<Word, string>>;
  readonly colon: string;
  readonly without: string;
};

const support: Readonly<Record<Language, SupportTexts>> = {
  en: {
    subject: (patch) => `Please complete the case: ${patch} goes to the account owner next`,
    opening: (patch, until) => [
      "The account owner is about to be asked whether ",
      patch,
      " goes before those who decide. So that this can be answered, please write what is missing by ",
      strong(until),
      ".",
    ],
    noCase: [
      "No open case is linked. In a comment on the pull request: ",
      code("/case link REF"),
      ". Then, on the case:",
    ],
    onCase: (name) => ["In a comment on ", name, ":"],
    inHelpDesk: (name) => ["Of ", name, ", in the next import from your help desk (", code("cases import"), "):"],
    words: {
      customer: "which customer it concerns",
      severity: "how grave it is, S1 (worst) to S4",
      summary: "what goes wrong and what the fix changes, in plain words",
      stake: "what is at stake",
      workaround: "a workaround, or the word none",
    },
    colon: ": ",
    without: "After that it goes on all the same, and what is missing is shown as unknown.",
  },
  ja: {
    subject: (patch) => `【ご記入のお願い】${patch} をお客様担当にお送りする前に`,
    opening: (patch, until) => [
      patch,
      " を意思決定者に上げるかどうか、まもなくお客様担当にお尋ねします。判断していただけるよう、不足している点を ",
      strong(until),
      " までにご記入ください。",
    ],
    noCase: [
      "関連付けられた未解決のケースがありません。プルリクエストのコメントに ",
      code("/case link REF"),
      " とお書きのうえ、ケースに次の内容をお書きください。",
    ],
    onCase: (name) => [name, " のコメントに："],
    inHelpDesk: (name) => ["ヘルプデスクからのインポート（", code("cases import"), "）で、", name, " について："],
    words: {
      customer: "対象のお客様",
      severity: "重大度（S1 が最も重大、S4 まで）",
      summary: "お困りの内容と、修正で変わること（平易な言葉で）",
      stake: "影響",
      workaround: "回避策（ない場合は none）",
    },
    colon: "：",
    without: "この時刻を過ぎますと、不足している点は「不明」としてお送りします。",
  },
};

/** Asks support for what a dossier would have to call unknown. */
export function askSupportMessage(asked: SupportAsked): Message {
  const { language, patch } = asked;
  const texts = support[language];
  const byCase = Map.groupBy(asked.lacking, (each) => each.reference);
  const blocks = [...byCase].flatMap(([reference, words]): readonly Block[] => {
    const url = reference === null ? undefined : asked.caseUrls.get(reference);
    const name: Inline = reference === null ? "" : url === undefined ? strong(reference) : link(reference, url);
    const isInHelpDesk = reference !== null && !ISSUE.test(reference);
    const how = isInHelpDesk ? texts.inHelpDesk : texts.onCase;
    return [
      paragraph(...(reference === null ? texts.noCase : how(name))),
      list(
        words.map(({ word }) =>
          isInHelpDesk
            ? [texts.words[word], " (", code(word), ")"]
            : [texts.words[word], texts.colon, code(COMMANDS[language][word])],
        ),
      ),
    ];
  });
  return {
    language,
    subject: texts.subject(patchName(patch)),
    blocks: [
      paragraph(...texts.opening(patchLink(patch), minuteInWords(asked.untilAt, asked))),
      ...blocks,
      paragraph(texts.without),
    ],
  };
}

export type SilentOwner = {
  readonly customer: string;
  readonly name: string | null;
  /** Who was asked in their place, because no way to them is known. */
  readonly instead: readonly string[];
};

export type OwnerSilent = {
  readonly language: Language;
  readonly timezone: string;
  readonly patch: PatchNamed;
  /** Of each customer that waits: its name, and who owns the account. */
  readonly owners: readonly SilentOwner[];
  readonly askedAt: number;
  readonly askedAgainAt: number;
};

type SilentTexts = {
  readonly subject: (patch: string) => string;
  readonly opening: (patch: Inline, first: string, again: string) => Line;
  readonly owner: (owner: SilentOwner) => string;
  readonly who: string;
  readonly next: Line;
};

const silent: Readonly<Record<Language, SilentTexts>> = {
  en: {
    subject: (patch) => `The account owner has not answered: ${patch}`,
    opening: (patch, first, again) => [
      `The account owner was asked on ${first} and again on ${again} whether `,
      patch,
      " goes before those who decide, and has not answered. It stays where it is until somebody does.",
    ],
    owner: ({ customer, name, instead }) => {
      if (name !== null && instead.length === 0) return `${customer}: ${name}`;
      const why = name === null ? "nobody is known to own the account" : `no way to reach ${name} is known`;
      return `${customer}: ${instead.length === 0 ? "" : `${instead.join(", ")}, since `}${why}`;
    },
    who: "Who was asked",
    next: [
      "Please speak to them. If it has to go on meanwhile, ",
      code("/case escalate"),
      " with a reason on the pull request asks them anew.",
    ],
  },
  ja: {
    subject: (patch) => `【ご連絡】${patch}：お客様担当の回答待ちです`,
    opening: (patch, first, again) => [
      patch,
      ` を意思決定者に上げるかどうか、お客様担当に ${first}と ${again}にお尋ねしましたが、回答待ちのままです。ご回答があるまで、このままとなります。`,
    ],
    owner: ({ customer, name, instead }) => {
      const asked = instead.map((each) => `${each} さん`).join("、");
      if (name !== null && asked === "") return `${customer} 様：${name} さん`;
      const why = name === null ? "お客様担当の登録がありません" : `${name} さんの連絡先の登録がありません`;
      return `${customer} 様：${asked === "" ? why : `${asked}（${why}）`}`;
    },
    who: "お尋ねした方",
    next: [
      "お手数ですが、直接ご確認ください。先に進める必要がある場合は、プルリクエストに ",
      code("/case escalate"),
      " と理由をお書きいただくと、あらためてお尋ねします。",
    ],
  },
};

/** Tells support and consultant that nobody answered for the account. */
export function ownerSilentMessage(told: OwnerSilent): Message {
  const texts = silent[told.language];
  return {
    language: told.language,
    subject: texts.subject(patchName(told.patch)),
    blocks: [
      paragraph(
        ...texts.opening(patchLink(told.patch), dayInWords(told.askedAt, told), dayInWords(told.askedAgainAt, told)),
      ),
      heading(texts.who),
      list(told.owners.map((each): Line => [texts.owner(each)])),
      paragraph(...texts.next),
    ],
  };
}
