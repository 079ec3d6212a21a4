// The ways in which people and outside systems can be told here, and who can be reached by them. Apart, because whoever asks for a message
// has to know it before, and the notifier after.
import type { Config } from "../config.ts";
import type { Recipient } from "./notice.ts";

export type ConfiguredChannels = {
  readonly hasMail: boolean;
  readonly hasSlack: boolean;
  readonly hasWebhook: boolean;
  readonly hasPagerDuty: boolean;
};

/** How a person can be told. */
export type Way = "mail" | "slack";

/** What the environment says; mail needs a sender as well as a server. */
export const channelsIn = (config: Config): ConfiguredChannels => ({
  hasMail: config.mail !== null && config.mail.from !== null,
  hasSlack: config.slack.botToken !== null,
  hasWebhook: config.notifyWebhook !== null,
  hasPagerDuty: config.pagerDuty.routingKey !== null,
});

/** The ways to somebody, the better one first: Slack, where an answer is one press away, then mail. */
export function waysTo(
  recipient: Pick<Recipient, "email" | "slack">,
  channels: Pick<ConfiguredChannels, "hasMail" | "hasSlack">,
): readonly Way[] {
  const ways: Way[] = [];
  if (channels.hasSlack && recipient.slack !== null) ways.push("slack");
  if (channels.hasMail && recipient.email !== null) ways.push("mail");
  return ways;
}

export const isReachable = (
  recipient: Pick<Recipient, "email" | "slack">,
  channels: Pick<ConfiguredChannels, "hasMail" | "hasSlack">,
): boolean => waysTo(recipient, channels).length > 0;
