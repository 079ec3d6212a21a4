// One request over the wire: a time limit, a body that is read to its end, and redirects followed only where that is safe. Apart from the
// client, because Octokit knows nothing of it and tokens are asked for by the same way.

/** What GitHub answered to one request, for figures. `remaining` is what is left of the limit named `resource`. */
export type RequestNote = {
  readonly method: string;
  readonly status: number | "not reached";
  readonly resource: string | null;
  readonly remaining: number | null;
};

export const REQUEST_MILLIS = 30_000;
const REDIRECTS = 3;
const MOST_BYTES = 32 * 1024 * 1024;
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

/** Gives every single request, those for tokens too, a time limit, and tells `metrics` of its answer. */
export function boundedFetch(
  fetch: typeof globalThis.fetch,
  metrics?: (note: RequestNote) => void,
): typeof globalThis.fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(REQUEST_MILLIS);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const method = init?.method ?? "GET";
    try {
      let url = input instanceof Request ? input.url : String(input);
      for (let hops = 0; ; hops += 1) {
        const answer = await fetch(url, { ...init, signal, redirect: "manual" });
        const next = method === "GET" && hops < REDIRECTS ? nextAddress(answer, url) : null;
        if (next === null) {
          const whole = await readWhole(answer, url);
          metrics?.(noteOf(method, answer));
          return whole;
        }
        await answer.body?.cancel();
        url = next;
      }
    } catch (error) {
      metrics?.({ method, status: "not reached", resource: null, remaining: null });
      throw error;
    }
  };
}

/**
 * Where an answer leads on to, at the same GitHub. To another host nothing is sent: the token is in every request. A write is not sent on
 * either: `fetch` would make a GET of it (301, 302), and what moved may lie where its words must not stand.
 */
function nextAddress(answer: Response, from: string): string | null {
  if (![301, 302, 307, 308].includes(answer.status)) return null;
  const to = URL.parse(answer.headers.get("location") ?? "", from);
  return to !== null && to.origin === new URL(from).origin ? to.href : null;
}

/**
 * An answer whose body is there. Octokit takes one that broke off for an empty one: a policy file would be gone, a list have an end. Here that
 * is a fault, and so is one that would fill the memory: a few kilobytes on the wire may be gigabytes unpacked.
 */
export async function readWhole(answer: Response, url: string): Promise<Response> {
  if (answer.body === null || WITHOUT_BODY.has(answer.status)) return answer;
  const { status, statusText, headers } = answer;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Leaving the loop by a fault lets go of the connection.
  for await (const part of answer.body) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new Error("the answer is larger than 32 MB");
    parts.push(part);
  }
  const whole = new Response(new Blob(parts), { status, statusText, headers });
  return Object.defineProperty(whole, "url", { value: url });
}

function noteOf(method: string, answer: Response): RequestNote {
  const remaining = Number(answer.headers.get("x-ratelimit-remaining") ?? Number.NaN);
  return {
    method,
    status: answer.status,
    resource: answer.headers.get("x-ratelimit-resource"),
    remaining: Number.isFinite(remaining) ? remaining : null,
  };
}
