// Slack: one message to a person's direct messages, in the thread of what was told about the same before. Apart, because only here anything
// knows of Slack's Web API (https://docs.slack.dev/reference/methods/chat.postMessage).
import { LogLevel, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from "@slack/web-api";
import type { Letter } from "./deliver.ts";
import type { SendOutcome } from "./outcome.ts";
import { renderSlack } from "./render-slack.ts";

type SlackOptions = {
  readonly botToken: string;
  /** Base URL of another API than slack.com's. */
  readonly apiUrl: string | null;
  readonly timeoutMillis?: number;
};

const TIMEOUT_MILLIS = 10_000;

/** Errors that say something of the app, not of whom it writes to: somebody has to mend its token or its rights. */
const UNUSABLE = new Set([
  "account_inactive",
  "access_denied",
  "ekm_access_denied",
  "enterprise_is_restricted",
  "invalid_auth",
  "missing_scope",
  "no_permission",
  "not_allowed_token_type",
  "not_authed",
  "org_login_required",
  "team_access_not_granted",
  "token_expired",
  "token_revoked",
  "two_factor_setup_required",
]);

/** Errors that pass. Every other is final for this message or this person. */
const PASSING = new Set([
  "fatal_error",
  "internal_error",
  "message_limit_exceeded",
  "rate_limited",
  "ratelimited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

/** What every call goes through. Its own retries are off: whoever calls knows whether and when something is tried again. */
export function createSlackClient({ botToken, apiUrl, timeoutMillis }: SlackOptions): WebClient {
  return new WebClient(botToken, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMillis ?? TIMEOUT_MILLIS,
    allowAbsoluteUrls: false,
    logger: SILENT,
  });
}

/** Makes the way. */
export function createSlackSender(options: SlackOptions): (letter: Letter) => Promise<SendOutcome> {
  const client = createSlackClient(options);

  async function post(channel: string, letter: Letter, threadTs: string | null): Promise<SendOutcome> {
    const { text, blocks } = renderSlack(letter.message);
    try {
      const answer = await client.apiCall("chat.postMessage", {
        channel,
        text,
        blocks: JSON.stringify(blocks),
        unfurl_links: false,
        unfurl_media: false,
        ...(threadTs === null ? {} : { thread_ts: threadTs }),
      });
      return { kind: "sent", reference: placeOf(answer) };
    } catch (error) {
      return outcomeOfSlackFault(error);
    }
  }

  return async (letter) => {
    const { slack } = letter.to;
    if (slack === null) return { kind: "refused", because: "no Slack id is known" };
    const [channel, threadTs] = letter.reference?.split(" ") ?? [];
    if (channel === undefined || threadTs === undefined) return post(slack, letter, null);
    const answered = await post(channel, letter, threadTs);
    // The thread, or the whole conversation, may have been deleted.
    return answered.kind === "refused" ? post(slack, letter, null) : answered;
  };
}

/** Where a message stands, for those that answer it: the direct message's channel and the message's timestamp. */
function placeOf(answer: Readonly<Record<string, unknown>> | object): string | null {
  const { channel, ts } = answer as { readonly channel?: unknown; readonly ts?: unknown };
  return typeof channel === "string" && typeof ts === "string" ? `${channel} ${ts}` : null;
}

/** What a fault of Slack's client makes of a message. */
export function outcomeOfSlackFault(error: unknown): SendOutcome {
  if (error instanceof WebAPIRateLimitedError) {
    const retryAfterMillis = error.retryAfter * 1000;
    return { kind: "again", because: "Slack's rate limit was met", retryAfterMillis, isDown: true };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = /^[a-z_]{1,60}$/.exec(error.data.error)?.[0] ?? "an error";
    if (UNUSABLE.has(code)) return { kind: "unusable", because: `Slack answered ${code}` };
    if (PASSING.has(code)) return { kind: "again", because: `Slack answered ${code}`, isDown: true };
    return { kind: "refused", because: `Slack answered ${code}` };
  }
  const status = error instanceof WebAPIHTTPError ? ` (${error.statusCode})` : "";
  const detail = error instanceof Error ? error.message.slice(0, 500) : String(error);
  return { kind: "again", because: `Slack could not be reached${status}`, detail, isDown: true };
}

const nothing = (): void => undefined;

/** What the client would print may hold a message. */
const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
