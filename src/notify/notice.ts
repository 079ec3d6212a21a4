// What is told privately or to outside systems, as values: a row of `notices` is one of these. Apart, because features make them and only
// the notifier sends them.
import type { Language } from "../policy/policy.ts";
import type { Message } from "./message.ts";

/** Somebody who hears things privately. `key` is one a person: `login:kenji` (lower case), else `mail:sato@acme.example`, else `slack:U0123`. */
export type Recipient = {
  readonly key: string;
  readonly name: string;
  readonly login: string | null;
  readonly email: string | null;
  readonly slack: string | null;
  readonly language: Language;
  /** IANA; hours and holidays are theirs. */
  readonly timezone: string;
  /** `HH:MM-HH:MM` in their zone, or null for the usual office hours. */
  readonly hours: string | null;
};

/** What outside systems hear: versioned, described in docs/events.md and its JSON schema. */
export type OutsideEvent = {
  /** Such as `case.shipped` or `escalation.asked`. */
  readonly type: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
};

/** `incident` is one for all alarms about the same; the last of them resolves it. */
export type Alarm = OutsideEvent & {
  readonly summary: string;
  readonly incident: string;
  readonly action: "trigger" | "resolve";
};

/** What systems outside hear of a case: `type` of docs/events.md. */
export type CaseEventType =
  | "case.linked"
  | "case.decided"
  | "case.put-off"
  | "case.reopened"
  | "case.shipped"
  | "case.report-due";

/** What a message or event is about; the log has words for each. */
export type NoticeKind =
  | "ask-support"
  | "ask-owner"
  | "ask-owner-again"
  | "tell-owner-silent"
  | "ask-deciders"
  | "answer-deciders"
  | "answer-wait"
  | "answer-no"
  | "escalation-pause"
  | "escalation-end"
  | "ranked-list"
  | "alarm-over"
  | "contracts"
  | "digest"
  | "closed"
  | "named-customer"
  | "private-words"
  | "made-public"
  | "author-turn"
  | "silence-pause"
  | "silence-unreleased"
  | "contact-link"
  | "sign-in"
  | "test"
  | CaseEventType;

type Common = {
  /** One row a key, however often it is asked for; the Message-ID and the event's id are made from it. */
  readonly key: string;
  readonly ownerId: number;
  readonly patchId: string | null;
  readonly kind: NoticeKind;
  readonly because: string;
  readonly runAfter: number;
};

export type NewNotice =
  | (Common & {
      readonly channel: "person";
      readonly to: Recipient;
      /** What about the same is threaded together by: usually the patch's id. */
      readonly thread: string | null;
      /** Urgent breaks hours and holidays, and tries another way where one fails. */
      readonly isUrgent: boolean;
      readonly message: Message;
    })
  | (Common & { readonly channel: "webhook"; readonly event: OutsideEvent })
  | (Common & { readonly channel: "pagerduty"; readonly event: Alarm });
