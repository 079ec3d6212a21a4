// The ways of telling that the environment sets up. Apart, because what a way needs is loaded only where it is used.
import type { Config } from "../config.ts";
import { channelsIn } from "./channels.ts";
import type { Senders } from "./deliver.ts";
import { createPagerDutySender } from "./pagerduty.ts";
import { createWebhookSender } from "./webhook.ts";

/** Makes them; nobody is connected to before the first message. */
export async function createSenders(config: Config): Promise<Senders> {
  const { mail, slack, notifyWebhook, pagerDuty } = config;
  const { hasMail, hasSlack } = channelsIn(config);
  return {
    mail:
      hasMail && mail?.from ? (await import("./mail.ts")).createMailSender({ url: mail.url, from: mail.from }) : null,
    slack:
      hasSlack && slack.botToken !== null
        ? (await import("./slack.ts")).createSlackSender({ botToken: slack.botToken, apiUrl: slack.apiUrl })
        : null,
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
