// Faults that a test puts in the product's way, each for so many of the next requests that it matches.

import type { ProductRequest } from "./gateway.ts";

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** `afterwards`: the act is done, and only then does its answer go wrong. */
export type Fault =
  | Refusal
  | { readonly drop: true }
  | { readonly delayMs: number }
  | { readonly afterwards: Refusal | { readonly drop: true } };

export interface FaultMatch {
  readonly method?: string;
  readonly path?: RegExp;
  /** The name of a GraphQL operation. */
  readonly graphql?: string;
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

function matches({ method, path, graphql }: FaultMatch, request: ProductRequest): boolean {
  if (graphql !== undefined && request.operation !== `graphql ${graphql}`) return false;
  return (method === undefined || method === request.method) && (path === undefined || path.test(request.path));
}
