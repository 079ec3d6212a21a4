// `patch-advocate deliveries list | retry`: what GitHub sent and what became of it, so that a failure lies in sight until somebody acts.
import { Command, InvalidArgumentError, Option } from "commander";
import { readable } from "../effects/escape.ts";
import {
  type DeliverySummary,
  listDeliveries,
  retryDelivery,
  retryFailedDeliveries,
} from "../github/deliveries-store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";
import { listFailures, NOTICES, retryFailures, WRITES } from "./failures.ts";
import { printMissed } from "./missed.ts";

const LIST_HELP = `
Failed deliveries come first, then the newest. Payloads are never printed.

Examples:
  patch-advocate deliveries list --state failed
  patch-advocate deliveries list --limit 200 --json
  patch-advocate deliveries list --writes
  patch-advocate deliveries list --notices
  patch-advocate deliveries list --missed`;

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
  readonly notices?: boolean;
  readonly missed?: boolean;
};
type RetryOptions = { readonly allFailed?: boolean; readonly writes?: boolean; readonly notices?: boolean };

/** The command `deliveries` with its two verbs. */
export function deliveriesCommand(context: CliContext): Command {
  const command = new Command("deliveries").description("list webhooks that GitHub sent, or try failed ones again");
  const states = ["failed", "pending", "done", "ignored"];
  command
    .command("list")
    .description("print deliveries and what became of them")
    .addOption(new Option("--state <state>", "only those in this state").choices(states))
    .addOption(new Option("--limit <count>", "how many at most").argParser(parseLimit).default(50))
    .addOption(new Option("--writes", "instead: what could not be written on GitHub").conflicts(["notices", "state"]))
    .addOption(
      new Option("--notices", "instead: what could not be told privately or to outside systems").conflicts("state"),
    )
    .addOption(new Option("--missed", "instead: what GitHub could not bring").conflicts(["writes", "notices", "state"]))
    .option("--json", "print JSON")
    .addHelpText("after", LIST_HELP)
    .action((options: ListOptions) => runList(context, options));
  command
    .command("retry")
    .description("work on failed deliveries again")
    .argument("[id...]", "as `deliveries list` prints them")
    .option("--all-failed", "every one that failed")
    .addOption(new Option("--writes", "instead of deliveries: writes on GitHub, by their number").conflicts("notices"))
    .option("--notices", "instead of deliveries: private messages and events, by their number")
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
  if (options.writes === true) return listFailures(context, WRITES, options);
  if (options.notices === true) return listFailures(context, NOTICES, options);
  if (options.missed === true) return printMissed(context, options);
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
  const why = readable((state === "ignored" ? because : error) ?? "");
  return `${time}  ${state.padEnd(7)}  ${readable(id)}  ${readable(event)}${tries}${why === "" ? "" : `: ${why}`}`;
}

async function runRetry(context: CliContext, ids: readonly string[], options: RetryOptions): Promise<void> {
  if (ids.length === 0 && options.allFailed !== true) {
    return context.fail("Say which: ids as `patch-advocate deliveries list` prints them, or --all-failed.");
  }
  const failures = { ids, areAll: options.allFailed === true };
  if (options.writes === true) return retryFailures(context, WRITES, failures);
  if (options.notices === true) return retryFailures(context, NOTICES, failures);
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

const WHY_NOT = {
  unknown: (id: string) => `There is no delivery ${id}. See \`patch-advocate deliveries list\`.`,
  settled: (id: string) => `${id} has not failed, so it is not tried again.`,
  "payload dropped": (id: string) => `${id} can no longer be tried: its payload was dropped.`,
} as const;
