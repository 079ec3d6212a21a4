// `patch-advocate deliveries list --missed`: what GitHub could not bring us and has not arrived yet. Apart from deliveries that did.
import { readable } from "../effects/escape.ts";
import { listReadUntil } from "../github/missed/progress.ts";
import { listMissed } from "../github/missed/store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";

const toTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

const UNREAD = `GitHub's list of deliveries has not been read to its end yet: a running server does that at its start and every five minutes,
and writes in its log why where it cannot.`;
const GIVEN_UP = `
What was given up is not asked for again. Redeliver it by its id in the App's settings at GitHub, under "Advanced". Otherwise the daily comparison
adds what happened, but runs no commands in comments: they have to be written once more.`;

export async function printMissed(
  context: CliContext,
  { limit, json }: { readonly limit: number; readonly json?: boolean },
): Promise<void> {
  await withDatabase(context, async ({ db }) => {
    const missed = (await listMissed(db, limit)).map(({ guid, event, because, ...each }) => ({
      guid: readable(guid),
      event: readable(event),
      ...each,
      because: because === null ? null : readable(because),
    }));
    if (json === true) {
      const shown = missed.map(({ deliveredAt, tryAt, ...each }) => ({
        ...each,
        deliveredAt: toTime(deliveredAt),
        nextTryAt: each.state === "due" ? toTime(tryAt) : null,
      }));
      return context.out(JSON.stringify(shown, null, 2));
    }
    for (const { guid, event, state, deliveredAt, tries, tryAt, because } of missed) {
      const what =
        state === "due"
          ? `asked for ${tries === 1 ? "once" : `${tries} times`}, next ${toTime(tryAt)}`
          : (because ?? "");
      context.out(`${toTime(deliveredAt)}  ${state.padEnd(8)}  ${guid}  ${event}: ${what}`);
    }
    if (missed.some(({ state }) => state === "given up")) context.out(GIVEN_UP);
    if (missed.some(({ state }) => state === "due"))
      context.out("\nWhat is due is asked for by the running server: there is nothing to do.");
    const until = await listReadUntil(db);
    if (until === null) context.out(UNREAD);
    else if (missed.length === 0)
      context.out(`Nothing is missing: all that GitHub lists as delivered before ${toTime(until)} has arrived.`);
  });
}
