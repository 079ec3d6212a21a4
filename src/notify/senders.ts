// The ways of telling that the environment sets up. Apart, because what a way needs is loaded only where it is used.
import type { Config } from "../config.ts";
import { channelsIn } from "./channels.ts";
import type { Senders } from "./deliver.ts";
import type { Message } from "./message.ts";
import { createPagerDutySender } from "./pagerduty.ts";
import { createWebhookSender } from "./webhook.ts";

/** Makes them; nobody is connected to before the first message. */
export async function createSenders(config: Config): Promise<Senders> {
  const { mail, slack, notifyWebhook, pagerDuty } = config;
  const { hasMail, hasSlack } = channelsIn(config);
  return {
    mail:
      hasMail && mail?.from ? (await import("./mail.ts")).createMailSender({ url: mail.url, from: mail.from }) : null,
    slack: hasSlack && slack.botToken !== null ? await slackSender(slack.botToken, slack) : null,
    webhook: notifyWebhook === null ? null : createWebhookSender(notifyWebhook),
    pagerduty:
      pagerDuty.routingKey === null
        ? null
        : createPagerDutySender({
            routingKey: pagerDuty.routingKey,
            apiUrl: pagerDuty.apiUrl,
            publicUrl: config.web.publicUrl,
          }),
  };
}

/** Where nothing that Slack sends can be believed, its buttons would do nothing: there an answer is a link to its page. */
async function slackSender(botToken: string, { apiUrl, signingSecret }: Config["slack"]): Promise<Senders["slack"]> {
  const send = (await import("./slack.ts")).createSlackSender({ botToken, apiUrl });
  return signingSecret === null ? (letter) => send({ ...letter, message: withoutButtons(letter.message) }) : send;
}

const withoutButtons = (message: Message): Message => ({
  ...message,
  blocks: message.blocks.map((block) =>
    block.kind === "choices"
      ? { ...block, choices: block.choices.map((choice) => ({ ...choice, value: null })) }
      : block,
  ),
});
