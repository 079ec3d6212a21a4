// `patch-advocate deliveries list --missed`: what GitHub could not bring us and has not arrived yet. Apart from deliveries that did.
import { listMissed } from "../github/missed/store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";

const toTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

export async function printMissed(
  context: CliContext,
  { limit, json }: { readonly limit: number; readonly json?: boolean },
): Promise<void> {
  await withDatabase(context, async ({ db }) => {
    const missed = await listMissed(db, limit);
    if (json === true) {
      const shown = missed.map(({ deliveredAt, tryAt, ...each }) => ({
        ...each,
        deliveredAt: toTime(deliveredAt),
        nextTryAt: each.state === "due" ? toTime(tryAt) : null,
      }));
      return context.out(JSON.stringify(shown, null, 2));
    }
    if (missed.length === 0) return context.out("Nothing is missing: every delivery that GitHub tried has arrived.");
    for (const { guid, event, state, deliveredAt, tries, tryAt, because } of missed) {
      const what =
        state === "due"
          ? `asked for ${tries === 1 ? "once" : `${tries} times`}, next ${toTime(tryAt)}`
          : (because ?? "");
      context.out(`${toTime(deliveredAt)}  ${state.padEnd(8)}  ${guid}  ${event}: ${what}`);
    }
  });
}
