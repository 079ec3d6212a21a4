// What Slack sends when somebody presses a button or sends a form, signed as Slack signs it.
import { createHmac } from "node:crypto";
import { SLACK_SIGNING_SECRET } from "./channels/slack.ts";

export type SendHow = {
  readonly at: number;
  readonly secret?: string;
  /** Instead of the payload's form. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Posts a payload to the interactivity request URL of the product at `url`. */
export async function sendFromSlack(
  url: string,
  payload: unknown,
  how: SendHow,
): Promise<{ readonly status: number; readonly text: string }> {
  const body = how.body ?? new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(how.at / 1000));
  const mac = createHmac("sha256", how.secret ?? SLACK_SIGNING_SECRET).update(`v0:${timestamp}:${body}`);
  const response = await fetch(`${url}/slack/actions`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${mac.digest("hex")}`,
      ...how.headers,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Somebody presses the button with this value, in the message at `message`. */
export const pressOf = (press: {
  readonly user: string;
  readonly value: string;
  readonly message?: { readonly channel: string; readonly ts: string };
  readonly responseUrl?: string;
  readonly triggerId?: string;
}) => ({
  type: "block_actions",
  user: { id: press.user, username: "somebody" },
  trigger_id: press.triggerId ?? "1.2.3",
  ...(press.responseUrl === undefined ? {} : { response_url: press.responseUrl }),
  container: {
    type: "message",
    message_ts: press.message?.ts ?? "1.0",
    channel_id: press.message?.channel ?? "D1",
  },
  actions: [{ type: "button", action_id: "answer-0-0", value: press.value, action_ts: "1" }],
});

/** Somebody sends the form that was opened with this metadata. */
export const formOf = (form: {
  readonly user: string;
  readonly metadata: string;
  readonly until?: string | null;
  readonly reason?: string | null;
}) => ({
  type: "view_submission",
  user: { id: form.user },
  view: {
    callback_id: "answer",
    private_metadata: form.metadata,
    state: {
      values: {
        until: { until: { type: "datepicker", selected_date: form.until ?? null } },
        reason: { reason: { type: "plain_text_input", value: form.reason ?? null } },
      },
    },
  },
});

/** The words of blocks in their order. */
export const wordsOfBlocks = (blocks: unknown): readonly string[] =>
  [...JSON.stringify(blocks).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(
    ([, text]) => JSON.parse(text ?? '""') as string,
  );
