// Sends webhooks to the product as GitHub does: signed anew, with an id of their own, kept for the list of deliveries.

import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { checkDelivery } from "./description.ts";
import type { Json } from "./world.ts";

export interface Delivery {
  /** Differs for each attempt; the guid does not. */
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Json;
  readonly at: string;
  readonly redelivery: boolean;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  /** Null while it is under way or where nobody answered. */
  status: number | null;
  /** GitHub lists an attempt once it has ended, however it ended. */
  isOver: boolean;
  answer: string;
  durationSeconds: number;
}

/** Ranks: lowest first, given again and again; equals as they were sent. */
export type ReleaseOrder = "asSent" | "reversed" | readonly number[];

/** GitHub gives up after ten seconds. */
const TIMEOUT_MS = 10_000;
const HOOK_ID = 4_242_000;

export class Deliveries {
  readonly sent: Delivery[] = [];
  readonly violations: string[];
  secret: string;
  readonly appId: number;
  url: string | undefined;
  #held: Delivery[] | undefined;
  #queue: Promise<void> = Promise.resolve();
  #nextId = 12_000_000_001;

  constructor(options: {
    readonly secret: string;
    readonly appId: number;
    readonly url: string | undefined;
    readonly violations: string[];
  }) {
    this.secret = options.secret;
    this.appId = options.appId;
    this.url = options.url;
    this.violations = options.violations;
  }

  sign(body: string): string {
    return `sha256=${createHmac("sha256", this.secret).update(body).digest("hex")}`;
  }

  deliver(event: string, payload: Json, of: { readonly checked?: boolean } = {}): Delivery {
    const action = typeof payload.action === "string" ? payload.action : null;
    if (of.checked !== false) this.violations.push(...checkDelivery(event, action ?? undefined, payload));
    return this.#take({
      id: this.#nextId++,
      guid: randomUUID(),
      event,
      action,
      payload,
      at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      redelivery: false,
      installationId: idOf(payload.installation),
      repositoryId: idOf(payload.repository),
      status: null,
      isOver: false,
      answer: "",
      durationSeconds: 0,
    });
  }

  redeliver(delivery: Delivery): Delivery {
    const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return this.#take({
      ...delivery,
      id: this.#nextId++,
      at,
      redelivery: true,
      status: null,
      isOver: false,
      answer: "",
      durationSeconds: 0,
    });
  }

  hold(): void {
    this.#held ??= [];
  }

  release(order: ReleaseOrder): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const delivery of inOrder(held, order)) this.#enqueue(delivery);
  }

  /** Resolves when everything that was handed over has been sent and answered, also what came of it meanwhile. */
  async settled(): Promise<void> {
    let waitedFor: Promise<void> | undefined;
    while (waitedFor !== this.#queue) {
      waitedFor = this.#queue;
      await waitedFor;
    }
  }

  #take(delivery: Delivery): Delivery {
    this.sent.push(delivery);
    if (this.#held === undefined) this.#enqueue(delivery);
    else this.#held.push(delivery);
    return delivery;
  }

  #enqueue(delivery: Delivery): void {
    this.#queue = this.#queue.then(() => this.#send(delivery));
  }

  async #send(delivery: Delivery): Promise<void> {
    if (this.url === undefined) return;
    const body = JSON.stringify(delivery.payload);
    const startedAt = performance.now();
    try {
      const { status, answer } = await post(this.url, body, {
        accept: "*/*",
        connection: "close",
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/emulated",
        "x-github-delivery": delivery.guid,
        "x-github-event": delivery.event,
        "x-github-hook-id": String(HOOK_ID),
        "x-github-hook-installation-target-id": String(this.appId),
        "x-github-hook-installation-target-type": "integration",
        "x-hub-signature-256": this.sign(body),
      });
      delivery.status = status;
      delivery.answer = answer;
    } catch (error) {
      delivery.answer = error instanceof Error ? error.message : String(error);
    }
    delivery.durationSeconds = Math.round(performance.now() - startedAt) / 1000;
    delivery.isOver = true;
  }
}

function inOrder(held: readonly Delivery[], order: ReleaseOrder): readonly Delivery[] {
  if (order === "asSent") return held;
  if (order === "reversed") return held.toReversed();
  const rankOf = (index: number) => order[index % Math.max(order.length, 1)] ?? 0;
  return held
    .map((delivery, index) => ({ delivery, rank: rankOf(index) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ delivery }) => delivery);
}

function post(url: string, body: string, headers: Record<string, string>): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: "POST",
      agent: false,
      timeout: TIMEOUT_MS,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    request.on("timeout", () => request.destroy(new Error("timed out")));
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, answer: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    request.end(body);
  });
}

function idOf(value: unknown): number | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return typeof value.id === "number" ? value.id : null;
}
