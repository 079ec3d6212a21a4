// What Slack sends when somebody presses a button or sends a form: whether Slack sent it, and what it says in our words. Apart, because
// it is read before anything is believed (https://docs.slack.dev/authentication/verifying-requests-from-slack).
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { AnswerKind, AnswerWords } from "./answer.ts";

const PATIENCE_SECONDS = 5 * 60;

type Signed = {
  readonly secret: string;
  /** The headers X-Slack-Request-Timestamp and X-Slack-Signature. */
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** Raw, as it arrived. */
  readonly body: Uint8Array;
  readonly now: number;
};

/** Whether Slack sent it within the last five minutes. What it sent once it may send again within them: acts are done once. */
export function isSentBySlack({ secret, timestamp, signature, body, now }: Signed): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > PATIENCE_SECONDS) return false;
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const made = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(made, Buffer.from(signature.slice(3), "hex"));
}

/** The message that a button stands in; null parts where Slack does not say. */
export type SlackMessageRef = {
  readonly responseUrl: string | null;
  readonly channel: string | null;
  readonly ts: string | null;
};

export type SlackAct =
  | {
      readonly kind: "pressed";
      readonly user: string;
      readonly token: string;
      readonly answer: AnswerKind;
      readonly triggerId: string | null;
      readonly message: SlackMessageRef;
    }
  | {
      readonly kind: "sent";
      readonly user: string;
      readonly token: string;
      readonly words: AnswerWords;
      readonly message: SlackMessageRef;
    }
  /** Such as a press on a link, which opens by itself. */
  | { readonly kind: "not-ours" };

const user = z.object({ id: z.string().regex(/^[UW][A-Z0-9]{1,30}$/) });

const blockActions = z.object({
  type: z.literal("block_actions"),
  user,
  trigger_id: z.string().max(500).optional(),
  response_url: z.string().max(2000).optional(),
  container: z
    .object({ channel_id: z.string().max(100).optional(), message_ts: z.string().max(100).optional() })
    .optional(),
  actions: z.array(z.object({ type: z.string(), value: z.string().max(2000).optional() })).max(100),
});

const viewSubmission = z.object({
  type: z.literal("view_submission"),
  user,
  view: z.object({
    private_metadata: z.string().max(3000),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(z.string(), z.object({ value: z.string().nullish(), selected_date: z.string().nullish() })),
      ),
    }),
  }),
});

const otherPayload = z.object({ type: z.string() });

const VALUE = /^([A-Za-z0-9_-]{43}):(deciders|wait|no|declined)$/;

/** What the field `payload` of the form says; null where it is not what Slack sends. */
export function readSlackAct(body: string): SlackAct | null {
  const payload = parseJson(new URLSearchParams(body).get("payload"));
  const pressed = blockActions.safeParse(payload);
  if (pressed.success) return toPress(pressed.data);
  const sent = viewSubmission.safeParse(payload);
  if (sent.success) return toSent(sent.data);
  const other = otherPayload.safeParse(payload);
  const isKnown = other.success && (other.data.type === "block_actions" || other.data.type === "view_submission");
  return other.success && !isKnown ? { kind: "not-ours" } : null;
}

function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toPress(data: z.infer<typeof blockActions>): SlackAct {
  const [action] = data.actions;
  const [, token, answer] = VALUE.exec(action?.type === "button" ? (action.value ?? "") : "") ?? [];
  if (token === undefined || !isAnswerKind(answer)) return { kind: "not-ours" };
  return {
    kind: "pressed",
    user: data.user.id,
    token,
    answer,
    triggerId: data.trigger_id ?? null,
    message: {
      responseUrl: data.response_url ?? null,
      channel: data.container?.channel_id ?? null,
      ts: data.container?.message_ts ?? null,
    },
  };
}

const isAnswerKind = (text: string | undefined): text is AnswerKind =>
  text === "deciders" || text === "wait" || text === "no" || text === "declined";

const metadata = z.object({
  token: z.string(),
  answer: z.enum(["wait", "no"]),
  channel: z.string().nullable(),
  ts: z.string().nullable(),
});

/** What a form of ours carries, and brings back. Its response_url is not kept: it is good for half an hour only. */
export const formMetadata = (of: {
  readonly token: string;
  readonly answer: "wait" | "no";
  readonly message: SlackMessageRef;
}): string => JSON.stringify({ token: of.token, answer: of.answer, channel: of.message.channel, ts: of.message.ts });

function toSent({ user: { id }, view }: z.infer<typeof viewSubmission>): SlackAct {
  const carried = metadata.safeParse(parseJson(view.private_metadata));
  if (!carried.success) return { kind: "not-ours" };
  const { token, answer, channel, ts } = carried.data;
  const field = (name: string) => view.state.values[name]?.[name];
  return {
    kind: "sent",
    user: id,
    token,
    words: { answer, until: field("until")?.selected_date ?? "", reason: field("reason")?.value ?? "" },
    message: { responseUrl: null, channel, ts },
  };
}
