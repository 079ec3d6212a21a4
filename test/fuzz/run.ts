// Runs all targets of the fuzz one after the other. Apart, because the test runs a few of each and the command many.
import { comments } from "./comments.ts";
import { openCustomers } from "./customers.ts";
import { A_BATCH, openDeliveries } from "./deliveries.ts";
import { policies } from "./policies.ts";
import { fuzz, type Outcome } from "./target.ts";
import { words } from "./words.ts";

type Run = { readonly count: number; readonly seed: number };

const TARGETS: Readonly<Record<string, (run: Run) => Promise<Outcome>>> = {
  comments: (run) => fuzz(comments, run),
  policies: (run) => fuzz(policies, run),
  words: (run) => fuzz(words, run),
  customers: async (run) => {
    const { target, close } = await openCustomers();
    return fuzz(target, run).finally(close);
  },
  deliveries: (run) => inStages(run),
};

export const TARGET_NAMES = Object.keys(TARGETS);

/** A tenth of the inputs are deliveries, which go all the way through the product; the others share the rest. */
export async function runAll({
  count,
  seed,
  only,
  onOutcome,
}: Run & {
  readonly only: string | null;
  readonly onOutcome: (outcome: Outcome) => void;
}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, run] of Object.entries(TARGETS)) {
    if (only !== null && only !== name) continue;
    const share = only === null ? (SHARES[name] ?? 0) : 1;
    const outcome = await run({ count: Math.ceil(count * share), seed });
    onOutcome(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

const SHARES: Readonly<Record<string, number>> = {
  comments: 0.25,
  policies: 0.25,
  words: 0.15,
  customers: 0.25,
  deliveries: 0.1,
};

/** A product with a fresh database every so often, so that each input meets one of the same size. */
const A_STAGE = 2_500;

async function inStages({ count, seed }: Run): Promise<Outcome> {
  let whole: Outcome | null = null;
  for (let done = 0; done < count; done += A_STAGE) {
    const { target, close } = await openDeliveries();
    const batches = Math.ceil(Math.min(A_STAGE, count - done) / A_BATCH);
    const outcome = await fuzz(target, { count: batches, seed: seed + done }).finally(close);
    whole = whole === null ? inAll(outcome) : joined(whole, inAll(outcome));
    if (outcome.harm !== null) return whole;
  }
  if (whole === null) throw new Error("there is nothing to try");
  return whole;
}

const inAll = (outcome: Outcome): Outcome => ({ ...outcome, count: outcome.count * A_BATCH });

function joined(one: Outcome, other: Outcome): Outcome {
  const count = one.count + other.count;
  return {
    name: one.name,
    count,
    slowest: one.slowestMillis > other.slowestMillis ? one.slowest : other.slowest,
    slowestMillis: Math.max(one.slowestMillis, other.slowestMillis),
    meanMillis: (one.meanMillis * one.count + other.meanMillis * other.count) / Math.max(count, 1),
    harm: other.harm,
  };
}
