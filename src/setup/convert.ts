// Exchanges the code that GitHub sent back for the App's credentials. The only request of the set-up page to GitHub.
import { z } from "zod";
import { readWhole } from "../github/transport.ts";
import { parsePrivateKey } from "../private-key.ts";

/** The App as GitHub made it. `pageUrl`: its public page. */
export type MadeApp = {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly pageUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookSecret: string;
  readonly privateKey: string;
};

export type Converted =
  | { readonly kind: "made"; readonly app: MadeApp }
  /** GitHub gave no answer, or a passing fault: the same code may be tried again. */
  | { readonly kind: "not-reached" }
  /** GitHub does not take this code: used before, older than an hour, or never one. */
  | { readonly kind: "unknown-code" }
  /** GitHub refuses for a reason of its own. */
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  /** An answer that is not what GitHub describes. */
  | { readonly kind: "not-understood" };

const REQUEST_MILLIS = 15_000;
const text = z.string().min(1).max(500);

/** https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest */
const answer = z.object({
  id: z.number().int().positive(),
  slug: text,
  name: text,
  html_url: z.url({ protocol: /^https?$/ }),
  client_id: text.regex(/^\S+$/),
  client_secret: text.regex(/^\S+$/),
  webhook_secret: text.regex(/^\S+$/),
  pem: z.string().max(20_000),
});
const refusal = z.object({ message: z.string() });

/** `apiUrl` without a slash at the end. Never throws, and nothing of the answer is in any word but the credentials themselves. */
export async function convertCode(
  code: string,
  { apiUrl, fetch }: { readonly apiUrl: string; readonly fetch: typeof globalThis.fetch },
): Promise<Converted> {
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
      method: "POST",
      headers: { accept: "application/vnd.github+json", "user-agent": "patch-advocate" },
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_MILLIS),
    });
    status = response.status;
    body = await readWhole(response, response.url)
      .then((whole) => whole.json())
      .catch(() => null);
  } catch {
    return { kind: "not-reached" };
  }
  if (status >= 500 || status === 429) return { kind: "not-reached" };
  if (status === 404) return { kind: "unknown-code" };
  if (status !== 201) {
    const said = refusal.safeParse(body);
    return { kind: "refused", status, message: said.success ? said.data.message.slice(0, 300) : "" };
  }
  const parsed = answer.safeParse(body);
  const key = parsed.success ? parsePrivateKey(parsed.data.pem, "PRIVATE_KEY") : null;
  if (!parsed.success || key?.kind !== "key") return { kind: "not-understood" };
  const { id, slug, name, html_url, client_id, client_secret, webhook_secret } = parsed.data;
  return {
    kind: "made",
    app: {
      id,
      slug,
      name,
      pageUrl: html_url.replace(/\/+$/, ""),
      clientId: client_id,
      clientSecret: client_secret,
      webhookSecret: webhook_secret,
      privateKey: key.key,
    },
  };
}
