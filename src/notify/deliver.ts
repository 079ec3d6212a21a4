// One try at telling something: whether it is the reader's time, by which way, and what came of it. Apart from the notifier, which knows
// of rows and claims only.

import { type Way, waysTo } from "./channels.ts";
import type { Circuit, Rest } from "./circuit.ts";
import type { ClaimedNotice } from "./claims-store.ts";
import { deliverAt } from "./hours.ts";
import type { Message } from "./message.ts";
import type { Alarm, OutsideEvent, Recipient } from "./notice.ts";
import type { NoticeOutcome, SendOutcome, Target } from "./outcome.ts";
import type { ReadersHolidays } from "./readers-holidays.ts";
import type { Told } from "./row.ts";

/** What a way to a person needs of one message. `reference`: the thread's first message by this way, where there is one. */
export type Letter = {
  readonly key: string;
  readonly to: Recipient;
  readonly message: Message;
  readonly reference: string | null;
  readonly at: number;
};

/** What an outside system is told. */
export type Telegram = {
  readonly key: string;
  readonly owner: { readonly id: number; readonly login: string | null };
  readonly event: OutsideEvent & Partial<Alarm>;
  readonly at: number;
};

export type Senders = {
  readonly mail: ((letter: Letter) => Promise<SendOutcome>) | null;
  readonly slack: ((letter: Letter) => Promise<SendOutcome>) | null;
  readonly webhook: ((telegram: Telegram) => Promise<SendOutcome>) | null;
  readonly pagerduty: ((telegram: Telegram) => Promise<SendOutcome>) | null;
};

type Parts = {
  readonly senders: Senders;
  readonly circuit: Circuit;
  readonly now: () => number;
  readonly holidaysOf: ReadersHolidays;
  readonly referenceOf: (row: ClaimedNotice, way: Way) => Promise<string | null>;
  readonly ownerOf: (ownerId: number) => Promise<string | null>;
};

type Wait = Extract<NoticeOutcome, { kind: "later" | "again" }>;
type Failure = Extract<NoticeOutcome, { kind: "failed" }>;

/** How long an ordinary message waits for its better way. */
const PATIENCE_MILLIS = 24 * 60 * 60_000;

export type Deliver = (row: ClaimedNotice, told: Told) => Promise<NoticeOutcome>;

/** Builds the try; it throws only where the database does. */
export function createDeliver(parts: Parts): Deliver {
  const { senders, circuit, now } = parts;

  async function tried(target: Target, send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const outcome = await send().catch(
      (error: unknown): SendOutcome => ({
        kind: "again",
        because: "sending failed unexpectedly",
        detail: (error instanceof Error ? error.message : String(error)).slice(0, 500),
        isDown: true,
      }),
    );
    if (outcome.kind === "sent" || outcome.kind === "refused") circuit.worked(target);
    else if (outcome.kind === "unusable" || outcome.isDown)
      circuit.failed(target, {
        now: now(),
        retryAfterMillis: retryAfterOf(outcome),
        isUnusable: outcome.kind === "unusable",
      });
    return outcome;
  }

  async function tellPerson(row: ClaimedNotice, told: Extract<Told, { channel: "person" }>): Promise<NoticeOutcome> {
    const { to, message } = told;
    const channels = { hasMail: senders.mail !== null, hasSlack: senders.slack !== null };
    const ways = waysTo(to, channels).filter((way) => !row.refusedBy.includes(way));
    if (ways.length === 0) return { kind: "failed", because: "no way to them is known and set up", refusedBy: [] };
    const holidays = row.isUrgent ? new Set<string>() : await parts.holidaysOf(to.timezone, now());
    const at = deliverAt(to, { isUrgent: row.isUrgent, now: now(), holidays });
    if (at > now()) return { kind: "later", at, because: "it waits for the reader's hours", refusedBy: row.refusedBy };

    // An ordinary message waits until the better way works again, but not for ever, nor for what somebody would have to mend.
    const isAnyWayTaken = row.isUrgent || (row.firstTryAt !== null && now() - row.firstTryAt >= PATIENCE_MILLIS);
    const refusedBy = [...row.refusedBy];
    let refusal: Failure = { kind: "failed", because: "no way to them is known and set up", refusedBy };
    let wait: Wait | null = null;
    for (const way of ways) {
      const rest = circuit.restOf(way, now());
      if (rest !== null) {
        wait = sooner(wait, resting(way, rest));
        if (isAnyWayTaken || rest.isUnusable) continue;
        break;
      }
      const outcome = await tried(way, async () => {
        const letter = { key: row.key, to, message, reference: await parts.referenceOf(row, way), at: now() };
        return (await senders[way]?.(letter)) ?? { kind: "refused", because: "it is not set up" };
      });
      if (outcome.kind === "sent") return { kind: "done", by: way, reference: outcome.reference, refusedBy };
      if (outcome.kind === "refused") {
        refusedBy.push(way);
        refusal = failed(outcome, way);
        continue;
      }
      wait = sooner(wait, again(outcome));
      if (!isAnyWayTaken && outcome.kind === "again") break;
    }
    return { ...(wait ?? refusal), refusedBy };
  }

  async function tellOutside(
    row: ClaimedNotice,
    target: "webhook" | "pagerduty",
    event: Telegram["event"],
  ): Promise<NoticeOutcome> {
    const send = senders[target];
    if (send === null) return { kind: "withdrawn", because: `no ${target} is set up` };
    const rest = circuit.restOf(target, now());
    if (rest !== null) return resting(target, rest);
    const owner = { id: row.ownerId, login: await parts.ownerOf(row.ownerId) };
    const outcome = await tried(target, () => send({ key: row.key, owner, event, at: now() }));
    switch (outcome.kind) {
      case "sent":
        return { kind: "done", by: target, reference: outcome.reference, refusedBy: [] };
      case "refused":
        return failed(outcome, target);
      case "again":
      case "unusable":
        return again(outcome);
    }
  }

  return (row, told) =>
    told.channel === "person" ? tellPerson(row, told) : tellOutside(row, told.channel, told.event);
}

const resting = (target: Target, { untilAt }: Rest): Wait => ({
  kind: "later",
  at: untilAt,
  because: `${target} failed several times on end and is left alone for a while`,
  refusedBy: [],
});

const failed = (outcome: Extract<SendOutcome, { kind: "refused" }>, target: Target): Failure => ({
  kind: "failed",
  because: `${target}: ${outcome.because}`,
  ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
  refusedBy: [],
});

const again = (outcome: Extract<SendOutcome, { kind: "again" | "unusable" }>): Wait => ({
  kind: "again",
  because: outcome.because,
  ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
  ...(retryAfterOf(outcome) === 0 ? {} : { retryAfterMillis: retryAfterOf(outcome) }),
  refusedBy: [],
});

const retryAfterOf = (outcome: SendOutcome): number => (outcome.kind === "again" ? (outcome.retryAfterMillis ?? 0) : 0);

/** Of two ways that both wait, a try counts before a rest, and of two rests the shorter. */
function sooner(one: Wait | null, other: Wait): Wait {
  if (one === null) return other;
  if (one.kind === "later" && other.kind === "later") return one.at <= other.at ? one : other;
  return one.kind === "again" ? one : other;
}
