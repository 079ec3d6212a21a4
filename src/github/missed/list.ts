// GitHub's list of the deliveries it made to us, a page at a time, newest first. Apart, because only here is known how GitHub pages and what its
// answer says beside the list.
import { z } from "zod";
import { countOf, resetOf } from "../budget.ts";
import type { GitHub } from "../client.ts";
import type { Listed } from "./decide.ts";

export type DeliveriesPage = {
  readonly listed: readonly Listed[];
  /** How many entries are not as GitHub describes them. They are passed over: one of them is no reason to read no other. */
  readonly unreadable: number;
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** By GitHub's clock; null where it does not say. */
  readonly answeredAt: number | null;
  /** What is left of the app's own hour; null where there is no limit. */
  readonly budget: { readonly remaining: number; readonly resetAt: number } | null;
};

const item = z
  .object({
    id: z.int().nonnegative(),
    guid: z.string().regex(/^[\w-]{1,100}$/),
    event: z.string().regex(/^[\w.-]{1,100}$/),
    delivered_at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    status: z.string(),
    installation_id: z.int().nonnegative().nullish(),
  })
  .transform(
    (row): Listed => ({
      id: row.id,
      guid: row.guid,
      event: row.event,
      deliveredAt: row.delivered_at,
      status: row.status,
      installationId: row.installation_id ?? null,
    }),
  );

/** https://docs.github.com/rest/apps/webhooks: asked as the app itself. @throws what `faultOf` understands. */
export async function readDeliveries(
  github: Pick<GitHub, "app">,
  { cursor, now }: { readonly cursor: string | null; readonly now: number },
): Promise<DeliveriesPage> {
  const octokit = await github.app();
  const { data, headers } = await octokit.request("GET /app/hook/deliveries", {
    per_page: 100,
    ...(cursor === null ? {} : { cursor }),
  });
  const remaining = countOf(headers["x-ratelimit-remaining"]);
  const resetAt = resetOf(headers, now);
  const answeredAt = Date.parse(headers.date ?? "");
  const entries = z.array(z.unknown()).parse(data);
  const read = entries.flatMap((entry) => item.safeParse(entry).data ?? []);
  return {
    // What was delivered tomorrow would not be due before.
    listed: read.map((each) => ({ ...each, deliveredAt: Math.min(each.deliveredAt, now) })),
    unreadable: entries.length - read.length,
    nextCursor: cursorOf(headers.link),
    answeredAt: Number.isFinite(answeredAt) ? answeredAt : null,
    budget: remaining !== null && resetAt !== null ? { remaining, resetAt } : null,
  };
}

export async function askAgain(github: Pick<GitHub, "app">, deliveryId: number): Promise<void> {
  const octokit = await github.app();
  await octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: deliveryId });
}

function cursorOf(link: string | undefined): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  // Of the address only what it asks for counts; a proxy may have left its host away.
  return next === undefined ? null : (URL.parse(next, "https://api.github.com")?.searchParams.get("cursor") ?? null);
}
