// Faults that a test puts in the product's way, each for so many of the next requests that it matches.

import type { Answer } from "./exchange.ts";
import type { ProductRequest } from "./gateway.ts";

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text with a `content-type` of its own is sent as it is, a page as a proxy has it. */
  readonly body?: unknown;
}
/**
 * `afterwards`: the act is done, and only then does its answer go wrong; `cutOff`: its answer breaks off; `hole`: beside the rest of a GraphQL
 * answer this could not be read; `heldUntil`: nothing happens before.
 */
export type Fault =
  | Refusal
  | { readonly drop: true }
  | { readonly cutOff: true }
  | { readonly delayMs: number }
  | { readonly heldUntil: Promise<unknown> }
  | { readonly hole: { readonly path: readonly (string | number)[]; readonly message: string } }
  | { readonly afterwards: Refusal | { readonly drop: true } };

export interface FaultMatch {
  readonly method?: string;
  readonly path?: RegExp;
  /** The name of a GraphQL operation. */
  readonly graphql?: string;
  /** Whose installation asks, or asks for a token. */
  readonly account?: string;
}

export class Faults {
  readonly #waiting: { readonly match: FaultMatch; readonly fault: Fault; left: number }[] = [];

  add(match: FaultMatch, fault: Fault, options: { readonly times?: number } = {}): void {
    this.#waiting.push({ match, fault, left: options.times ?? 1 });
  }

  take(request: ProductRequest): Fault | undefined {
    const found = this.#waiting.find(({ match, left }) => left > 0 && matches(match, request));
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault;
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}

function matches({ method, path, graphql, account }: FaultMatch, request: ProductRequest): boolean {
  if (graphql !== undefined && request.operation !== `graphql ${graphql}`) return false;
  if (account !== undefined && account !== request.account) return false;
  return (method === undefined || method === request.method) && (path === undefined || path.test(request.path));
}

/** Waits as long as the fault says. */
export async function heldUp(fault: Fault | undefined): Promise<void> {
  if (fault === undefined) return;
  if ("delayMs" in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if ("heldUntil" in fault) await fault.heldUntil;
}

export function faulty(fault: Refusal): Answer {
  const body = fault.body ?? { message: "An emulated fault" };
  const isPage = typeof body === "string" && fault.headers?.["content-type"] !== undefined;
  return { status: fault.status, body: isPage ? Buffer.from(body) : body, headers: fault.headers ?? {} };
}

/** The answer with a hole where the fault has one: null there, and an error that names it. */
export function withHole(answer: Answer, fault: Fault | undefined): Answer {
  if (fault === undefined || !("hole" in fault)) return answer;
  const { path, message } = fault.hole;
  const body = JSON.parse(JSON.stringify(answer.body)) as { data: unknown; errors?: unknown[] };
  let at = body.data as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) ?? ""] = null;
  return { ...answer, body: { ...body, errors: [...(body.errors ?? []), { path, message }] } };
}
