// The HTTP end of a webhook: prove who sent it, keep it, answer. Apart and on plain node:http, because it must keep up with GitHub
// whatever else the process does; nothing here reads JSON or decides anything.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";

/** A webhook with a good signature. `body` is raw, exactly as it arrived. */
export type NewDelivery = {
  readonly id: string;
  readonly event: string;
  readonly receivedAt: number;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** Keeps deliveries. `keep` takes the body over; it resolves once the delivery is durable and rejects when it could not be kept. */
export type Keeper = {
  readonly keep: (delivery: NewDelivery) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ReceiveLimits = {
  /** GitHub sends nothing larger. */
  readonly bodyBytes: number;
  /** Bytes held at once over all connections, from their arrival to their commit. */
  readonly bytesInFlight: number;
};

export const RECEIVE_LIMITS: ReceiveLimits = { bodyBytes: 25 * 1024 * 1024, bytesInFlight: 64 * 1024 * 1024 };

type Receiver = (request: IncomingMessage, response: ServerResponse) => void;

type Parts = {
  /** Asked for each delivery: they may be changed while we run. */
  readonly secrets: () => readonly string[];
  readonly keep: Keeper["keep"];
  readonly now: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits?: ReceiveLimits;
};

type Answer = { readonly status: number; readonly outcome: string; readonly text: string };

const KEPT: Answer = { status: 202, outcome: "kept", text: "kept" };
const NOT_POST: Answer = { status: 405, outcome: "not a POST", text: "send deliveries with POST" };
const NOT_JSON: Answer = {
  status: 415,
  outcome: "not JSON",
  text: "set the webhook's content type to application/json",
};
const NO_HEADERS: Answer = {
  status: 400,
  outcome: "missing headers",
  text: "X-GitHub-Event and X-GitHub-Delivery must say what this is",
};
const BAD_SIGNATURE: Answer = {
  status: 401,
  outcome: "bad signature",
  text: "the signature in X-Hub-Signature-256 is missing or was made with another secret",
};
const TOO_LARGE: Answer = { status: 413, outcome: "too large", text: "the body is larger than GitHub sends" };
const BUSY: Answer = { status: 503, outcome: "busy", text: "too much is arriving at once; send it again later" };
const NOT_KEPT: Answer = {
  status: 503,
  outcome: "not kept",
  text: "the delivery could not be kept; send it again later",
};

/** What GitHub's own look like, with room to spare: they become a key and words in the log. */
const DELIVERY_ID = /^[A-Za-z0-9-]{1,100}$/;
const EVENT = /^[A-Za-z0-9_.-]{1,100}$/;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** Makes the handler for `POST WEBHOOK_PATH`. It answers 202 only once `keep` has resolved. */
export function createReceiver({ secrets, keep, now, log, metrics, limits = RECEIVE_LIMITS }: Parts): Receiver {
  if (secrets().length === 0) throw new Error("deliveries cannot be received without a webhook secret");
  let bytesInFlight = 0;

  return (request, response) => {
    const answer = (what: Answer) => {
      metrics.received(what.outcome);
      if (response.headersSent || response.destroyed) return;
      if (what.status === 503) response.setHeader("retry-after", "10");
      response.writeHead(what.status, { "content-type": "text/plain" }).end(`${what.text}\n`);
    };
    const headers = readHeaders(request);
    if ("status" in headers) return answer(headers);
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > limits.bodyBytes) return answer(TOO_LARGE);
    if (bytesInFlight + declared > limits.bytesInFlight) return answer(BUSY);

    let chunks: Buffer[] = [];
    let bytes = 0;
    const letGo = () => {
      bytesInFlight -= bytes;
      bytes = 0;
      chunks = [];
    };
    const refuse = (what: Answer) => {
      letGo();
      request.off("data", take).off("end", finish).resume();
      answer(what);
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      bytesInFlight += chunk.length;
      if (bytes > limits.bodyBytes) refuse(TOO_LARGE);
      else if (bytesInFlight > limits.bytesInFlight) refuse(BUSY);
    };
    const finish = () => {
      // A sender that goes away from here on does not matter: the delivery is whole, and is kept.
      request.off("close", letGo);
      const body = join(chunks, bytes);
      chunks = [];
      if (!isSigned(body, headers.signature, secrets())) return refuse(BAD_SIGNATURE);
      keep({ id: headers.id, event: headers.event, receivedAt: now(), body })
        .then(
          () => answer(KEPT),
          (error: unknown) => {
            log.error({ delivery: headers.id, event: headers.event, err: error }, "a delivery could not be kept");
            answer(NOT_KEPT);
          },
        )
        .finally(letGo);
    };
    request.on("data", take).on("end", finish).on("close", letGo);
  };
}

type Headers = { readonly id: string; readonly event: string; readonly signature: string };

/** What the headers say, or why the request is refused before a byte of its body is read. */
function readHeaders(request: IncomingMessage): Headers | Answer {
  const { headers } = request;
  if (request.method !== "POST") return NOT_POST;
  if (!/^application\/json(\s*;|$)/i.test(headers["content-type"] ?? "")) return NOT_JSON;
  const id = headers["x-github-delivery"];
  const event = headers["x-github-event"];
  if (typeof id !== "string" || !DELIVERY_ID.test(id)) return NO_HEADERS;
  if (typeof event !== "string" || !EVENT.test(event)) return NO_HEADERS;
  const signature = headers["x-hub-signature-256"];
  if (typeof signature !== "string" || !SIGNATURE.test(signature)) return BAD_SIGNATURE;
  return { id, event, signature };
}

/** One array that owns its memory, so that it can be handed to another thread without a copy. */
function join(chunks: readonly Buffer[], bytes: number): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  // Most payloads arrive in one piece, which already is what is needed: half the memory to clear away.
  if (chunks.length === 1 && only?.buffer instanceof ArrayBuffer && only.buffer.byteLength === bytes) {
    return new Uint8Array(only.buffer);
  }
  const body = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries: HMAC-SHA256 over the raw bytes. */
function isSigned(body: Uint8Array, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  return secrets.some((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), given));
}
