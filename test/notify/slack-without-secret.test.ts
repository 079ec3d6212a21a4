// Slack with a bot token and no signing secret: what is pressed there cannot be believed, so an answer is a link.

import { generateKeyPairSync } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createSenders } from "../../src/notify/senders.ts";
import { SLACK_TOKEN, startSlack } from "../support/channels/slack.ts";

test.each([
  [undefined, { url: "https://advocate.example/answer/x" }],
  ["a-secret", { value: "x:deciders" }],
])("with the signing secret %j a choice is %j", async (secret, button) => {
  const slack = await startSlack(["U0123"]);
  onTestFinished(() => slack.close());
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const read = readConfig(
    {
      APP_ID: "1",
      PRIVATE_KEY: String(privateKey.export({ type: "pkcs8", format: "pem" })),
      WEBHOOK_SECRET: "s",
      SLACK_BOT_TOKEN: SLACK_TOKEN,
      SLACK_API_URL: slack.apiUrl,
      SLACK_SIGNING_SECRET: secret,
    },
    () => "",
  );
  if (read.kind !== "config") throw new Error(JSON.stringify(read));
  const senders = await createSenders(read.config);
  const choice = {
    label: "Yes",
    url: "https://advocate.example/answer/x",
    value: "x:deciders",
    style: "plain",
  } as const;
  await senders.slack?.({
    key: "k",
    at: 0,
    to: {
      key: "slack:U0123",
      name: "Sato",
      login: null,
      email: null,
      slack: "U0123",
      language: "en",
      timezone: "UTC",
      hours: null,
    },
    message: { subject: "A question", language: "en", blocks: [{ kind: "choices", choices: [choice] }] },
    reference: null,
  });
  const [message] = slack.messagesTo("U0123");
  const buttons = JSON.stringify(message?.blocks).match(/"(?:url|value)":"[^"]*"/g);
  expect(buttons).toEqual(Object.entries(button).map(([name, value]) => `"${name}":"${value}"`));
});
