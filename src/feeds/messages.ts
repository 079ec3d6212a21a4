// What a customer reads in their feed. Pure, in both languages: no login, no note of the team's, nothing that they could not open.
import type { CustomerEventBody } from "../cases/customer-event.ts";
import { cutTo, readable } from "../effects/escape.ts";
import type { Language } from "../policy/policy.ts";

/** `title`: one line, what happened. `text`: what it means for them. */
export type EntryWords = { readonly title: string; readonly text: string };

type FeedTexts = {
  readonly feed: string;
  readonly case: (name: string) => string;
  readonly titled: (about: string, happened: string) => string;
  readonly happened: (event: CustomerEventBody) => EntryWords;
};

export const feedTitle = (language: Language): string => TEXTS[language].feed;

/** An event in the words of a customer. */
export function entryWords(
  of: {
    readonly event: CustomerEventBody;
    readonly case: { readonly reference: string; readonly title: string } | null;
  },
  language: Language,
): EntryWords {
  const say = TEXTS[language];
  const { title, text } = say.happened(of.event);
  return { title: of.case === null ? title : say.titled(say.case(caseName(of.case)), title), text };
}

/**
 * Their own reference and title where it is their help desk's. An issue is named by its number alone: its repository and title are the
 * team's.
 */
function caseName({ reference, title }: { readonly reference: string; readonly title: string }): string {
  const issue = /^[^\s/]+\/[^\s#]+#(\d+)$/.exec(reference);
  if (issue !== null) return `#${issue[1]}`;
  const name = cutTo(readable(reference), 100);
  const words = cutTo(readable(title), 200);
  return words === "" || words === name ? name : `${name} (${words})`;
}

const release = (event: Extract<CustomerEventBody, { kind: "shipped" }>): string => cutTo(readable(event.tag), 100);

const TEXTS: Readonly<Record<Language, FeedTexts>> = {
  en: {
    feed: "Progress of your cases",
    case: (name) => `Case ${name}`,
    titled: (about, happened) => `${about}: ${happened}`,
    happened: (event) => {
      switch (event.kind) {
        case "linked":
          return {
            title: "a fix has been written and is with the developers",
            text: "We have received your case and written a fix for it. The developers have it before them now.",
          };
        case "decided":
          return DECIDED.en[event.decision];
        case "reopened":
          return {
            title: "the developers look at it again",
            text: "What was decided before no longer holds. We follow it until there is a new decision.",
          };
        case "put-off":
          return {
            title: `the developers have put the decision off until ${event.until}`,
            text: "We take it up again on that day.",
          };
        case "shipped":
          return {
            title: `the fix is in release ${release(event)}`,
            text: "You have it once you use this release or a later one.",
          };
        case "workaround-known":
          return { title: "a workaround is known", text: "Your contact in our support can tell you what it is." };
      }
    },
  },
  ja: {
    feed: "お問い合わせの進捗",
    case: (name) => `お問い合わせ ${name}`,
    titled: (about, happened) => `${about}: ${happened}`,
    happened: (event) => {
      switch (event.kind) {
        case "linked":
          return {
            title: "修正を作成し、開発元に提出しました",
            text: "お問い合わせを受け付け、修正を作成しました。現在、開発元で確認中です。",
          };
        case "decided":
          return DECIDED.ja[event.decision];
        case "reopened":
          return {
            title: "開発元が改めて確認しています",
            text: "以前の判断は取り消されました。新しい判断が出るまで引き続き確認いたします。",
          };
        case "put-off":
          return {
            title: `開発元の判断は ${event.until} まで延期されました`,
            text: "その日になりましたら、改めて確認いたします。",
          };
        case "shipped":
          return {
            title: `修正がリリース ${release(event)} に含まれました`,
            text: "このリリース以降をお使いいただくと、修正が適用されます。",
          };
        case "workaround-known":
          return { title: "回避策があります", text: "詳しくはサポート担当者にお問い合わせください。" };
      }
    },
  },
};

type Decision = Extract<CustomerEventBody, { kind: "decided" }>["decision"];

const DECIDED: Readonly<Record<Language, Readonly<Record<Decision, EntryWords>>>> = {
  en: {
    merged: {
      title: "the developers have accepted the fix",
      text: "We tell you here which release contains it.",
    },
    landed: {
      title: "the developers have accepted the change in another form",
      text: "We tell you here which release contains it.",
    },
    superseded: {
      title: "another fix takes the place of the first one",
      text: "We follow that one from now on and tell you here what becomes of it.",
    },
    declined: {
      title: "the developers have decided not to take this fix",
      text: "Your contact in our support can tell you what is possible instead.",
    },
  },
  ja: {
    merged: {
      title: "開発元が修正を採用しました",
      text: "どのリリースに含まれるかは、こちらでお知らせいたします。",
    },
    landed: {
      title: "開発元が別の形で変更を採用しました",
      text: "どのリリースに含まれるかは、こちらでお知らせいたします。",
    },
    superseded: {
      title: "別の修正に引き継がれました",
      text: "今後はそちらの修正について、こちらでお知らせいたします。",
    },
    declined: {
      title: "開発元の判断により、この修正は見送りとなりました",
      text: "今後の進め方については、サポート担当者にお問い合わせください。",
    },
  },
};
