// GitHub's list of the deliveries it made to us, a page at a time, newest first. Apart, because only here is known how GitHub pages and what its
// answer says beside the list.
import { z } from "zod";
import type { GitHub } from "../client.ts";
import type { Listed } from "./decide.ts";

export type DeliveriesPage = {
  readonly listed: readonly Listed[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** By GitHub's clock; null where it does not say. */
  readonly answeredAt: number | null;
  /** What is left of the app's own hour; null where there is no limit. */
  readonly budget: { readonly remaining: number; readonly resetAt: number } | null;
};

const item = z
  .object({
    id: z.number(),
    guid: z.string(),
    event: z.string(),
    delivered_at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    status: z.string(),
    installation_id: z.number().nullish(),
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
export async function readDeliveries(github: Pick<GitHub, "app">, cursor: string | null): Promise<DeliveriesPage> {
  const octokit = await github.app();
  const { data, headers } = await octokit.request("GET /app/hook/deliveries", {
    per_page: 100,
    ...(cursor === null ? {} : { cursor }),
  });
  const remaining = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
  const resetAt = Number(headers["x-ratelimit-reset"] ?? Number.NaN) * 1000;
  const answeredAt = Date.parse(headers.date ?? "");
  return {
    listed: z.array(item).parse(data),
    nextCursor: cursorOf(headers.link),
    answeredAt: Number.isFinite(answeredAt) ? answeredAt : null,
    budget: Number.isFinite(remaining) && Number.isFinite(resetAt) ? { remaining, resetAt } : null,
  };
}

export async function askAgain(github: Pick<GitHub, "app">, deliveryId: number): Promise<void> {
  const octokit = await github.app();
  await octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: deliveryId });
}

function cursorOf(link: string | undefined): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return next === undefined ? null : new URL(next).searchParams.get("cursor");
}
