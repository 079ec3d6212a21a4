// `patch-advocate deliveries list | retry`: what GitHub sent and what became of it, so that a failure lies in sight until somebody acts.
import { Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { failedEffects, retryFailed } from "../effects/store.ts";
import {
  type DeliverySummary,
  listDeliveries,
  retryDelivery,
  retryFailedDeliveries,
} from "../github/deliveries-store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";

const LIST_HELP = `
Failed deliveries come first, then the newest. Payloads are never printed.

Examples:
  patch-advocate deliveries list --state failed
  patch-advocate deliveries list --limit 200 --json
  patch-advocate deliveries list --writes`;

const RETRY_HELP = `
A running server takes them up within a second. One that still waits for its next attempt is tried at once.

Examples:
  patch-advocate deliveries retry 7a1c0e52-2f3b-11f1-9b1e-0242ac120002
  patch-advocate deliveries retry --all-failed`;

type ListOptions = {
  readonly state?: "pending" | "done" | "ignored" | "failed";
  readonly limit: number;
  readonly json?: boolean;
  readonly writes?: boolean;
};
type RetryOptions = { readonly allFailed?: boolean; readonly writes?: boolean };

/** The command `deliveries` with its two verbs. */
export function deliveriesCommand(context: CliContext): Command {
  const command = new Command("deliveries").description("list webhooks that GitHub sent, or try failed ones again");
  const states = ["failed", "pending", "done", "ignored"];
  command
    .command("list")
    .description("print deliveries and what became of them")
    .addOption(new Option("--state <state>", "only those in this state").choices(states))
    .addOption(new Option("--limit <count>", "how many at most").argParser(parseLimit).default(50))
    .option("--writes", "instead: what could not be written on GitHub")
    .option("--json", "print JSON")
    .addHelpText("after", LIST_HELP)
    .action((options: ListOptions) => runList(context, options));
  command
    .command("retry")
    .description("work on failed deliveries again")
    .argument("[id...]", "as `deliveries list` prints them")
    .option("--all-failed", "every one that failed")
    .option("--writes", "instead of deliveries: writes on GitHub, by their number")
    .addHelpText("after", RETRY_HELP)
    .action((ids: string[], options: RetryOptions) => runRetry(context, ids, options));
  return command;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10_000) return limit;
  throw new InvalidArgumentError("It must be a whole number from 1 to 10000.");
}

async function runList(context: CliContext, options: ListOptions): Promise<void> {
  if (options.writes === true) return runListWrites(context, options);
  await withDatabase(context, async ({ db }) => {
    const deliveries = await listDeliveries(db, { state: options.state ?? null, limit: options.limit });
    if (options.json === true) return context.out(JSON.stringify(deliveries.map(toJson), null, 2));
    if (deliveries.length === 0) {
      const which = options.state === undefined ? "" : ` that ${STATE_WORDS[options.state]}`;
      return context.out(`There is no delivery${which}.`);
    }
    for (const delivery of deliveries) context.out(lineOf(delivery));
    const failed = deliveries.find(({ state }) => state === "failed");
    if (failed !== undefined) {
      context.out(`\nTo try one again: patch-advocate deliveries retry ${failed.id}`);
      context.out("To try every failed one again: patch-advocate deliveries retry --all-failed");
    }
  });
}

async function runListWrites(context: CliContext, { limit, json }: ListOptions): Promise<void> {
  await withDatabase(context, async ({ db }) => {
    const writes = (await failedEffects(db, limit)).map(({ id, kind, key, outcome, finishedAt }) => ({
      id,
      kind,
      key,
      because: becauseIn(outcome),
      failedAt: new Date(finishedAt).toISOString(),
    }));
    if (json === true) return context.out(JSON.stringify(writes, null, 2));
    if (writes.length === 0) return context.out("Every write on GitHub that was tried has succeeded.");
    for (const { id, kind, because, failedAt } of writes) {
      context.out(`${failedAt.replace(/\.\d+Z$/, "Z")}  ${id}  ${kind}: ${because}`);
    }
    context.out(`\nTo try one again: patch-advocate deliveries retry --writes ${writes[0]?.id}`);
  });
}

const failure = z.object({ because: z.string() });

function becauseIn(outcome: string | null): string {
  const parsed = failure.safeParse(outcome === null ? null : JSON.parse(outcome));
  return parsed.success ? parsed.data.because.replace(/\s+/g, " ") : "no reason was kept";
}

const STATE_WORDS = {
  failed: "failed",
  pending: "waits",
  done: "is done",
  ignored: "was ignored",
} as const;

function toJson({ receivedAt, ...delivery }: DeliverySummary) {
  return { ...delivery, receivedAt: new Date(receivedAt).toISOString() };
}

function lineOf({ id, event, state, receivedAt, attempts, because, error }: DeliverySummary): string {
  const time = new Date(receivedAt).toISOString().replace(/\.\d+Z$/, "Z");
  const tries = attempts > 1 ? ` (attempt ${attempts})` : "";
  const why = (state === "ignored" ? because : error)?.replace(/\s+/g, " ");
  return `${time}  ${state.padEnd(7)}  ${id}  ${event}${tries}${why ? `: ${why}` : ""}`;
}

async function runRetry(context: CliContext, ids: readonly string[], options: RetryOptions): Promise<void> {
  if (ids.length === 0 && options.allFailed !== true) {
    return context.fail("Say which: ids as `patch-advocate deliveries list` prints them, or --all-failed.");
  }
  if (options.writes === true) return runRetryWrites(context, ids, options);
  await withDatabase(context, async (database) => {
    const now = context.now();
    if (options.allFailed === true) {
      const count = await database.transaction((tx) => retryFailedDeliveries(tx, now));
      context.out(
        count === 0
          ? "No delivery has failed."
          : `${count === 1 ? "1 delivery is" : `${count} deliveries are`} due again.`,
      );
    }
    for (const id of new Set(ids)) {
      const outcome = await database.transaction((tx) => retryDelivery(tx, id, now));
      if (outcome === "due again") context.out(`${id} is due again.`);
      else context.fail(WHY_NOT[outcome](id));
    }
    database.hint("deliveries");
    context.out("See what becomes of them: patch-advocate deliveries list");
  });
}

async function runRetryWrites(context: CliContext, ids: readonly string[], options: RetryOptions): Promise<void> {
  const numbers = ids.map(Number);
  const strange = ids.find((_, index) => !Number.isSafeInteger(numbers[index]));
  if (strange !== undefined)
    return context.fail(`${strange} is no write's number. See \`patch-advocate deliveries list --writes\`.`);
  await withDatabase(context, async (database) => {
    const which = options.allFailed === true ? "all" : numbers;
    const count = await database.transaction((tx) => retryFailed(tx, which, context.now()));
    database.hint("effects");
    if (count === 0)
      return context.fail("None of these writes has failed. See `patch-advocate deliveries list --writes`.");
    context.out(`${count === 1 ? "1 write is" : `${count} writes are`} due again.`);
  });
}

const WHY_NOT = {
  unknown: (id: string) => `There is no delivery ${id}. See \`patch-advocate deliveries list\`.`,
  settled: (id: string) => `${id} has not failed, so it is not tried again.`,
  "payload dropped": (id: string) => `${id} can no longer be tried: its payload was dropped.`,
} as const;
