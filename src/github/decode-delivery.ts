// A kept delivery's bytes, decoded. Apart, because whose it is has to be known before its turn comes.
import { z } from "zod";
import { unpackBody } from "./receive-body.ts";

export type Decoded =
  | { readonly kind: "payload"; readonly payload: object; readonly installationId: number }
  | { readonly kind: "garbage"; readonly because: string };

const ofInstallation = z.object({ installation: z.object({ id: z.int() }) });

/** What is wrong is said without a word of the payload: JSON.parse would quote it. */
export function decodeDelivery(body: Uint8Array | null): Decoded {
  if (body === null) return { kind: "garbage", because: "the payload is no longer there" };
  try {
    const payload: unknown = parse(unpackBody(body));
    if (typeof payload !== "object" || payload === null || Array.isArray(payload))
      return { kind: "garbage", because: "the payload is not a JSON object" };
    return { kind: "payload", payload, installationId: ofInstallation.safeParse(payload).data?.installation.id ?? 0 };
  } catch {
    return { kind: "garbage", because: "the payload is not JSON" };
  }
}

/** PostgreSQL takes no text with this character, and nobody writes it. */
function parse(text: string): unknown {
  if (!text.includes("\\u0000")) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? value.replaceAll("\u0000", "") : value));
}
