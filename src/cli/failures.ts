// `patch-advocate deliveries … --writes` and `… --notices`: what could not be written on GitHub or told to people, in sight and tried again.
// Apart from deliveries themselves, which came from GitHub and are listed in every state.
import { z } from "zod";
import type { Db, Topic, Tx } from "../db/database.ts";
import { failedEffects, retryFailed } from "../effects/store.ts";
import { failedNotices, retryFailedNotices } from "../notify/store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";

type Failure = {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  /** Who should have heard of it, where that is not plain. */
  readonly recipient?: string;
  readonly outcome: string | null;
  readonly finishedAt: number;
};

/** A kind of thing that fails, and its words. */
export type Failing = {
  readonly option: "--writes" | "--notices";
  readonly one: string;
  readonly many: string;
  readonly none: string;
  readonly topic: Topic;
  readonly list: (db: Db, limit: number) => Promise<readonly Failure[]>;
  readonly retry: (tx: Tx, ids: readonly number[] | "all", now: number) => Promise<number>;
};

export const WRITES: Failing = {
  option: "--writes",
  one: "write",
  many: "writes",
  none: "Every write on GitHub that was tried has succeeded.",
  topic: "effects",
  list: failedEffects,
  retry: retryFailed,
};

export const NOTICES: Failing = {
  option: "--notices",
  one: "message",
  many: "messages",
  none: "Every message that was sent has reached its way.",
  topic: "notices",
  list: failedNotices,
  retry: retryFailedNotices,
};

export async function listFailures(
  context: CliContext,
  failing: Failing,
  { limit, json }: { readonly limit: number; readonly json?: boolean },
): Promise<void> {
  await withDatabase(context, async ({ db }) => {
    const failures = (await failing.list(db, limit)).map(({ id, kind, key, recipient, outcome, finishedAt }) => ({
      id,
      kind,
      key,
      ...(recipient !== undefined && { recipient }),
      ...reasonIn(outcome),
      failedAt: new Date(finishedAt).toISOString(),
    }));
    if (json === true) return context.out(JSON.stringify(failures, null, 2));
    if (failures.length === 0) return context.out(failing.none);
    for (const { id, kind, recipient, because, detail, failedAt } of failures) {
      const to = recipient === undefined ? "" : ` to ${oneLine(recipient)}`;
      const more = detail === undefined ? "" : ` (${oneLine(detail)})`;
      context.out(`${failedAt.replace(/\.\d+Z$/, "Z")}  ${id}  ${kind}${to}: ${oneLine(because)}${more}`);
    }
    context.out(`\nTo try one again: patch-advocate deliveries retry ${failing.option} ${failures[0]?.id}`);
  });
}

export async function retryFailures(
  context: CliContext,
  failing: Failing,
  { ids, areAll }: { readonly ids: readonly string[]; readonly areAll: boolean },
): Promise<void> {
  const numbers = ids.map(Number);
  const where = `See \`patch-advocate deliveries list ${failing.option}\`.`;
  const strange = ids.find((_, index) => !Number.isSafeInteger(numbers[index]));
  if (strange !== undefined) return context.fail(`${strange} is no ${failing.one}'s number. ${where}`);
  await withDatabase(context, async (database) => {
    const count = await database.transaction((tx) => failing.retry(tx, areAll ? "all" : numbers, context.now()));
    database.hint(failing.topic);
    if (count === 0) return context.fail(`None of these ${failing.many} has failed. ${where}`);
    context.out(`${count === 1 ? `1 ${failing.one} is` : `${count} ${failing.many} are`} due again.`);
  });
}

const failure = z.object({ because: z.string(), detail: z.string().optional() });

function reasonIn(outcome: string | null): { readonly because: string; readonly detail?: string } {
  const parsed = failure.safeParse(outcome === null ? null : JSON.parse(outcome));
  if (!parsed.success) return { because: "no reason was kept" };
  const { because, detail } = parsed.data;
  return { because: because.replace(/\s+/g, " "), ...(detail !== undefined && { detail }) };
}

/** What a server answered may hold anything; a terminal shows it as one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").slice(0, 300);
