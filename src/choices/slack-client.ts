// The two things that answering says to Slack: open a form, and put words in a message's place. Apart, because both are HTTP and may fail.
import type { WebClient } from "@slack/web-api";
import type { SlackMessageRef } from "./slack-request.ts";
import type { SlackPart } from "./slack-views.ts";

const TIMEOUT_MILLIS = 10_000;

export type SlackConfig = {
  readonly botToken: string | null;
  readonly signingSecret: string | null;
  /** Base URL without a slash at the end; null: Slack's own. */
  readonly apiUrl: string | null;
};

export type SlackTalk = {
  /** @throws where there is no bot token, or Slack refuses: what opens a form is good for three seconds. */
  readonly openForm: (triggerId: string, view: SlackPart) => Promise<void>;
  /** Says something to who pressed. Nothing happens where Slack gave no address for it. */
  readonly answer: (message: SlackMessageRef, body: SlackPart) => Promise<void>;
  /** Puts other words in the message's place. @throws where that is not possible. */
  readonly replace: (message: SlackMessageRef, body: { text: string; blocks: readonly unknown[] }) => Promise<void>;
};

/** Makes the talk; nothing is asked of Slack before. */
export function createSlackTalk({ botToken, apiUrl }: SlackConfig): SlackTalk {
  let client: Promise<WebClient> | null = null;
  const api = async (): Promise<WebClient> => {
    if (botToken === null) throw new Error("SLACK_BOT_TOKEN is not set");
    // Loaded only where it is used: it costs memory.
    client ??= import("../notify/slack.ts").then(({ createSlackClient }) => createSlackClient({ botToken, apiUrl }));
    return client;
  };

  async function post(responseUrl: string, body: SlackPart): Promise<void> {
    const url = new URL(responseUrl);
    const isSlacks = url.protocol === "https:" || (apiUrl !== null && url.origin === new URL(apiUrl).origin);
    if (!isSlacks) throw new Error("Slack named an address that is not https");
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack answered ${response.status}`);
  }

  return {
    openForm: async (triggerId, view) => {
      await (await api()).apiCall("views.open", { trigger_id: triggerId, view: JSON.stringify(view) });
    },
    answer: async ({ responseUrl }, body) => {
      if (responseUrl !== null) await post(responseUrl, body);
    },
    replace: async ({ responseUrl, channel, ts }, { text, blocks }) => {
      if (responseUrl !== null) {
        const isReplaced = await post(responseUrl, { replace_original: true, text, blocks }).then(
          () => true,
          () => false,
        );
        if (isReplaced) return;
      }
      if (channel === null || ts === null) throw new Error("the message could not be replaced");
      await (await api()).apiCall("chat.update", { channel, ts, text, blocks: JSON.stringify(blocks) });
    },
  };
}
