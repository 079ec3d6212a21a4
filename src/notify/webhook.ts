// The outgoing webhook: an event as signed JSON under an id that stays the same however often it is tried. Apart, because docs/events.md and
// docs/events.schema.json promise this form to whoever receives it.
import { createHash, createHmac } from "node:crypto";
import type { LookupFunction } from "node:net";
import type { Telegram } from "./deliver.ts";
import type { SendOutcome } from "./outcome.ts";
import { post } from "./post.ts";

type WebhookOptions = {
  readonly url: string;
  readonly secret: string | null;
  readonly timeoutMillis?: number;
  readonly lookup?: LookupFunction;
};

const TIMEOUT_MILLIS = 10_000;
const VERSION = 1;

/** Makes the way. */
export function createWebhookSender(options: WebhookOptions): (telegram: Telegram) => Promise<SendOutcome> {
  return async (telegram) => {
    const body = eventBody(telegram);
    const timestamp = String(Math.floor(telegram.at / 1000));
    const posted = await post({
      url: options.url,
      body,
      headers: {
        "content-type": "application/json",
        "user-agent": "patch-advocate",
        "x-patch-advocate-event": telegram.event.type,
        "x-patch-advocate-delivery": eventId(telegram.key),
        "x-patch-advocate-timestamp": timestamp,
        ...(options.secret === null
          ? {}
          : { "x-patch-advocate-signature": signatureOf({ secret: options.secret, timestamp, body }) }),
      },
      timeoutMillis: options.timeoutMillis ?? TIMEOUT_MILLIS,
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    });
    switch (posted.kind) {
      case "forbidden":
        return { kind: "refused", because: posted.because };
      case "failed":
        return { kind: "again", because: `the receiver failed: ${posted.because}`, isDown: true };
      case "answered":
        return outcomeOfStatus(posted);
    }
  };
}

/** The id of the event that a notice's key stands for: the same at every try. */
export const eventId = (key: string): string => `evt_${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;

export function eventBody({ key, owner, event }: Telegram): string {
  const { type, at, data } = event;
  return JSON.stringify({ id: eventId(key), version: VERSION, type, at: new Date(at).toISOString(), owner, data });
}

/** `sha256=` and the HMAC of `timestamp.body`, so that an old request cannot be sent again under a new time. */
export const signatureOf = (signed: {
  readonly secret: string;
  readonly timestamp: string;
  readonly body: string;
}): string =>
  `sha256=${createHmac("sha256", signed.secret).update(`${signed.timestamp}.${signed.body}`).digest("hex")}`;

type Answered = { readonly status: number; readonly retryAfterMillis: number; readonly body: string };

/** 410 says that nobody wants it any more, 413 that this one never fits; whatever else is not 2xx may pass. */
export function outcomeOfStatus({ status, retryAfterMillis, body }: Answered): SendOutcome {
  if (status >= 200 && status < 300) return { kind: "sent", reference: null };
  const because = `the receiver answered ${status}`;
  if (status === 410 || status === 413) return { kind: "refused", because, detail: body };
  return { kind: "again", because, detail: body, retryAfterMillis, isDown: true };
}
