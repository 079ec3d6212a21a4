// Asks GitHub once, at the start, whether the App ID and the private key belong together. Apart, because a server with wrong ones would
// say that it is ready and then fail at every delivery.
import { z } from "zod";
import type { Config } from "../config.ts";
import { appToken } from "../github/app-token.ts";
import { readWhole } from "../github/transport.ts";

export type AppCheck =
  | { readonly kind: "known" }
  /** GitHub, or the way to it, is away: no reason not to start. */
  | { readonly kind: "not-asked" }
  | { readonly kind: "refused"; readonly message: string };

const REQUEST_MILLIS = 10_000;
const refusal = z.object({ message: z.string().min(1) });

type Given = { readonly app: Config["app"]; readonly apiUrl: string };
type World = { readonly fetch: typeof globalThis.fetch; readonly now: number };

/** `GET /app`. Only GitHub's own 401 or 404 is a refusal; whatever else comes may pass. */
export async function checkApp({ app, apiUrl }: Given, { fetch, now }: World): Promise<AppCheck> {
  try {
    const response = await fetch(`${apiUrl}/app`, {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${appToken(app, now).text}`,
        "user-agent": "patch-advocate",
      },
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_MILLIS),
    });
    if (response.ok) return { kind: "known" };
    const said = refusal.safeParse(await (await readWhole(response, response.url)).json());
    const isRefusal = (response.status === 401 || response.status === 404) && said.success;
    return isRefusal ? { kind: "refused", message: said.data.message.slice(0, 200) } : { kind: "not-asked" };
  } catch {
    return { kind: "not-asked" };
  }
}
