// Which deliveries never reached us, and what to do about each. Pure: what GitHub lists and what we have are arguments.

/** One attempt to deliver, as GitHub lists it. Every attempt of one delivery has the same GUID. */
export type Listed = {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly deliveredAt: number;
  readonly status: string;
  readonly installationId: number | null;
};

/** A delivery that never arrived, by its newest attempt. */
export type Missed = {
  readonly guid: string;
  readonly deliveryId: number;
  readonly event: string;
  readonly installationId: number | null;
  readonly deliveredAt: number;
};

export type Tried = { readonly tries: number; readonly deliveredAt: number };

export type RedeliveryDecision =
  | { readonly kind: "ask"; readonly nextTryAt: number; readonly because: string }
  | { readonly kind: "give up"; readonly because: string };

const MINUTE = 60_000;
/** Younger ones may still be on their way, or be redelivered by a person just now. */
export const YOUNG_MILLIS = 2 * MINUTE;
export const TRIES = 6;
const LONGEST_WAIT = 6 * 60 * MINUTE;

/**
 * Groups attempts by GUID. Missed is what has no attempt whose status is "OK" and is not in our store; as GitHub's own sample does, everything
 * that is not "OK" counts, since `status=failure` leaves out connections that never came about. What we have although GitHub calls it failed, as
 * after an answer that came too late, is not missed.
 * https://docs.github.com/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
 */
export function decideMissed(listed: readonly Listed[], known: ReadonlySet<string>): readonly Missed[] {
  const byGuid = Map.groupBy(listed, ({ guid }) => guid);
  return [...byGuid].flatMap(([guid, attempts]) => {
    if (known.has(guid) || attempts.some(({ status }) => status === "OK")) return [];
    const newest = attempts.reduce((one, other) => (other.id > one.id ? other : one));
    const { id, event, installationId, deliveredAt } = newest;
    return [{ guid, deliveryId: id, event, installationId, deliveredAt }];
  });
}

/** What to do about a delivery that is due for a try and has still not arrived. Each wait is four times the one before, six hours at most. */
export function decideRedelivery({ tries }: Tried, now: number): RedeliveryDecision {
  if (tries >= TRIES)
    return { kind: "give up", because: `GitHub was asked for it ${tries} times, and it never arrived` };
  const wait = Math.min(5 * MINUTE * 4 ** tries, LONGEST_WAIT);
  return { kind: "ask", nextTryAt: now + wait, because: "it never arrived" };
}
