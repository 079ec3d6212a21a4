// Deliveries through a smee.io channel, for a machine that GitHub cannot reach. For trying out only: the channel is public.
import type { Log } from "../log.ts";

type Parts = { readonly source: string; readonly target: string; readonly log: Log };

/** Forwards what arrives at the channel `source` to `target` until stopped. A channel that is away is tried again by itself. */
export async function startWebhookProxy({ source, target, log }: Parts): Promise<{ stop: () => Promise<void> }> {
  // Loaded only where it is asked for: it brings an HTTP client of its own.
  const { SmeeClient } = await import("smee-client");
  const tell = {
    info: (text: unknown) => log.debug({ proxy: String(text) }, "webhook proxy"),
    error: (text: unknown) => log.warn({ proxy: String(text) }, "webhook proxy: a delivery or the channel failed"),
  };
  const client = new SmeeClient({ source, target, logger: tell });
  client.start().catch((error: unknown) => log.warn({ err: error }, "the webhook proxy could not connect"));
  return { stop: () => client.stop() };
}
