// PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/send-alert-event): an alert under a key
// that makes repeats, and all that is said about the same, one incident.
import { createHash } from "node:crypto";
import { cutTo } from "../effects/escape.ts";
import type { Telegram } from "./deliver.ts";
import type { SendOutcome } from "./outcome.ts";
import { post } from "./post.ts";

type PagerDutyOptions = {
  readonly routingKey: string;
  /** Base URL of another than PagerDuty's own. */
  readonly apiUrl: string | null;
  /** Where people see this server; it is where an alert says that it comes from. */
  readonly publicUrl: string | null;
  readonly timeoutMillis?: number;
};

const API_URL = "https://events.pagerduty.com";
const TIMEOUT_MILLIS = 10_000;
const LONGEST_SUMMARY = 1024;
/** PagerDuty takes no event with more (512 KB); details beyond it go by another way. */
const LONGEST_DETAILS = 400_000;

/** Makes the way. */
export function createPagerDutySender(options: PagerDutyOptions): (telegram: Telegram) => Promise<SendOutcome> {
  return async ({ key, event }) => {
    const details = JSON.stringify(event.data);
    const posted = await post({
      url: `${options.apiUrl ?? API_URL}/v2/enqueue`,
      body: JSON.stringify({
        routing_key: options.routingKey,
        event_action: event.action ?? "trigger",
        dedup_key: createHash("sha256")
          .update(event.incident ?? key)
          .digest("hex"),
        client: "Patch Advocate",
        ...(options.publicUrl === null ? {} : { client_url: options.publicUrl }),
        payload: {
          summary: cutTo(event.summary ?? event.type, LONGEST_SUMMARY),
          source: options.publicUrl === null ? "patch-advocate" : new URL(options.publicUrl).host,
          severity: "critical",
          timestamp: new Date(event.at).toISOString(),
          class: event.type,
          ...(details.length <= LONGEST_DETAILS ? { custom_details: event.data } : {}),
        },
      }),
      headers: { "content-type": "application/json", "user-agent": "patch-advocate" },
      timeoutMillis: options.timeoutMillis ?? TIMEOUT_MILLIS,
    });
    switch (posted.kind) {
      case "forbidden":
        return { kind: "unusable", because: `PagerDuty: ${posted.because}` };
      case "failed":
        return { kind: "again", because: `PagerDuty failed: ${posted.because}`, isDown: true };
      case "answered":
        return outcomeOfAlert(posted);
    }
  };
}

/** PagerDuty asks to send again what it answers with 429 or 5xx, and never what it calls invalid (400). */
function outcomeOfAlert(answer: {
  readonly status: number;
  readonly retryAfterMillis: number;
  readonly body: string;
}): SendOutcome {
  const { status, retryAfterMillis, body } = answer;
  if (status >= 200 && status < 300) return { kind: "sent", reference: null };
  const because = `PagerDuty answered ${status}`;
  if (status === 400 || status === 413) return { kind: "refused", because, detail: body };
  return { kind: "again", because, detail: body, retryAfterMillis, isDown: true };
}
