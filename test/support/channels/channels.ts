// The world that a story's people are told things in: mail, Slack, a webhook's receiver and PagerDuty, each only where the story asks for
// it, and a ledger of what reached them.
import { expect } from "vitest";
import { type MailServer, startMailServer } from "./mail-server.ts";
import type { Mail } from "./parse-mail.ts";
import { type Received, type Receiver, startReceiver } from "./receiver.ts";
import { SLACK_SIGNING_SECRET, SLACK_TOKEN, type Slack, type SlackMessage, startSlack } from "./slack.ts";

export type ChannelName = "mail" | "slack" | "webhook" | "pagerduty";

export const WEBHOOK_SECRET_OUT = "a-secret-for-outgoing-webhooks";
export const PUBLIC_URL = "https://advocate.example";
export const MAIL_FROM = "Patch Advocate <patches@acme.example>";

export type Channels = {
  readonly mail: MailServer | null;
  readonly slack: Slack | null;
  readonly webhook: Receiver | null;
  readonly pagerDuty: Receiver | null;
  readonly environment: Readonly<Record<string, string>>;
  /** How much has arrived. */
  readonly count: () => number;
  readonly close: () => Promise<void>;
};

export type ChannelLedger = {
  /** Mails that were handed over for this address, oldest first. */
  readonly mailsTo: (address: string) => readonly Mail[];
  /** Slack messages to this person (`U…`), oldest first. */
  readonly slackTo: (user: string) => readonly SlackMessage[];
  /** What the outgoing webhook's receiver got. */
  readonly hooks: () => readonly Received[];
  /** What PagerDuty got. */
  readonly pages: () => readonly Received[];
  /** What was sent and not looked at yet. */
  readonly unseen: () => readonly string[];
  readonly expectNothingElseSent: () => void;
};

/** `people`: the ids of those who are in the Slack. */
export async function startChannels(names: readonly ChannelName[], people: readonly string[]): Promise<Channels> {
  const mail = names.includes("mail") ? await startMailServer() : null;
  const slack = names.includes("slack") ? await startSlack(people) : null;
  const webhook = names.includes("webhook") ? await startReceiver() : null;
  const pagerDuty = names.includes("pagerduty")
    ? await startReceiver(({ body }) => ({
        status: 202,
        body: { status: "success", message: "Event processed", dedup_key: (body as { dedup_key?: string }).dedup_key },
      }))
    : null;
  return {
    mail,
    slack,
    webhook,
    pagerDuty,
    environment: {
      ...(names.length > 0 && { PUBLIC_URL }),
      ...(mail !== null && { SMTP_URL: mail.url, SMTP_FROM: MAIL_FROM }),
      ...(slack !== null && { SLACK_BOT_TOKEN: SLACK_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL: slack.apiUrl }),
      ...(webhook !== null && {
        NOTIFY_WEBHOOK_URL: `${webhook.url}/hooks/patch-advocate`,
        NOTIFY_WEBHOOK_SECRET: WEBHOOK_SECRET_OUT,
      }),
      ...(pagerDuty !== null && {
        PAGERDUTY_ROUTING_KEY: "0123456789abcdef0123456789abcdef",
        PAGERDUTY_API_URL: pagerDuty.url,
      }),
    },
    count: () =>
      (mail?.mails.length ?? 0) +
      (slack?.messages.length ?? 0) +
      (webhook?.received.length ?? 0) +
      (pagerDuty?.received.length ?? 0),
    close: async () => {
      await Promise.all([mail?.close(), slack?.close(), webhook?.close(), pagerDuty?.close()]);
    },
  };
}

export function createChannelLedger({ mail, slack, webhook, pagerDuty }: Channels): ChannelLedger {
  const seen = new Set<unknown>();
  const see = <Item>(items: readonly Item[]): readonly Item[] => {
    for (const item of items) seen.add(item);
    return items;
  };
  const unseen = (): readonly string[] => [
    ...(mail?.mails ?? [])
      .filter((each) => !seen.has(each))
      .map(({ recipients, subject }) => `mail to ${recipients.join(", ")}: ${subject}`),
    ...(slack?.messages ?? []).filter((each) => !seen.has(each)).map(({ user, text }) => `Slack to ${user}: ${text}`),
    ...(webhook?.received ?? []).filter((each) => !seen.has(each)).map(({ raw }) => `webhook: ${raw}`),
    ...(pagerDuty?.received ?? []).filter((each) => !seen.has(each)).map(({ raw }) => `PagerDuty: ${raw}`),
  ];
  return {
    mailsTo: (address) => see((mail?.mails ?? []).filter(({ recipients }) => recipients.includes(address))),
    slackTo: (user) =>
      see((slack?.messages ?? []).filter((message) => message.user === user)).map(({ user: _, ...message }) => message),
    hooks: () => see(webhook?.received ?? []),
    pages: () => see(pagerDuty?.received ?? []),
    unseen,
    expectNothingElseSent: () => expect(unseen()).toEqual([]),
  };
}

/** The Slack ids that a customers.yml names. */
export const slackIdsIn = (yaml: string): readonly string[] => [
  ...new Set([...yaml.matchAll(/slack:\s*"?([UW][A-Z0-9]+)/g)].map(([, id]) => id ?? "")),
];
