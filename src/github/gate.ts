// Keeps an installation's requests back once GitHub has asked it to wait, or once its hour is all but used up. Apart from the client, because
// every part of the product asks GitHub on its own, and one limit that is met must not be run into by each of them.
import { type Budget, isAhead, leftOf, type Resource, readsWaitUntil, restsUntil } from "./budget.ts";
import { type Fault, faultOf } from "./faults.ts";

type Asked = { readonly url: string; readonly method: string };

export type Gate = {
  /** @throws what `faultOf` reads as a limit, where the installation has to wait. */
  readonly pass: (installationId: number, asked: Asked) => void;
  /** Hears an answer's headers; answers what they say is left. */
  readonly hear: (installationId: number, headers: Readonly<Record<string, unknown>>) => ReturnType<typeof leftOf>;
  /** Hears that a request came to an end. */
  readonly note: (installationId: number, outcome: "answered" | { readonly error: unknown }) => void;
  readonly readsWaitUntil: (installationId: number) => number | null;
};

type Limit = Extract<Fault, { kind: "rate-limited" }>;
type Waiting = {
  readonly budget: Budget;
  readonly until: Readonly<Record<Resource, number>>;
  readonly isSecondary: boolean;
  /** How often in a row GitHub asked to wait without saying how long. */
  readonly untold: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT_REST: Waiting = {
  budget: { core: null, graphql: null },
  until: { core: 0, graphql: 0 },
  isSecondary: false,
  untold: 0,
};

export function createGate(now: () => number): Gate {
  const installations = new Map<number, Waiting>();
  const of = (installationId: number): Waiting => installations.get(installationId) ?? AT_REST;
  const ahead = (at: number): number => (isAhead(at, now()) ? at : 0);

  /** At least a minute, and twice as long each time on end, where GitHub does not say ("Rate limits for the REST API"). */
  function close(installationId: number, limit: Limit): void {
    const before = of(installationId);
    const untold = limit.isTold ? before.untold : before.untold + 1;
    const untilAt = limit.isTold ? limit.untilAt : now() + Math.min(MINUTE * 2 ** Math.min(untold - 1, 10), HOUR);
    const closed = (resource: Resource): number =>
      limit.resource === "all" || limit.resource === resource
        ? Math.max(ahead(before.until[resource]), untilAt)
        : before.until[resource];
    installations.set(installationId, {
      budget: before.budget,
      until: { core: closed("core"), graphql: closed("graphql") },
      isSecondary: limit.scope === "secondary",
      untold,
    });
  }

  return {
    pass: (installationId, { url, method }) => {
      const { budget, until, isSecondary } = of(installationId);
      const resource = url.endsWith("/graphql") ? "graphql" : "core";
      const toldAt = ahead(until[resource]);
      const untilAt = Math.max(toldAt, restsUntil(budget[resource], now()) ?? 0);
      if (untilAt === 0) return;
      throw asRefusal({ url, method }, { untilAt, now: now(), isSecondary: isSecondary && untilAt === toldAt });
    },
    hear: (installationId, headers) => {
      const heard = leftOf(headers, now());
      if (heard === null) return null;
      const before = of(installationId);
      installations.set(installationId, { ...before, budget: { ...before.budget, [heard.resource]: heard.left } });
      return heard;
    },
    note: (installationId, outcome) => {
      const before = of(installationId);
      if (outcome === "answered") {
        if (before.untold > 0 && ahead(before.until.core) === 0 && ahead(before.until.graphql) === 0)
          installations.set(installationId, { ...before, untold: 0 });
        return;
      }
      const fault = faultOf(outcome.error, now());
      // Others that were under way when it closed do not make it longer.
      const isNews = fault.kind === "rate-limited" && (fault.isTold || ahead(before.until.core) === 0);
      if (isNews) close(installationId, fault);
    },
    readsWaitUntil: (installationId) => readsWaitUntil(of(installationId).budget, now()),
  };
}

/** As GitHub would have refused it. */
function asRefusal(
  request: Asked,
  wait: { readonly untilAt: number; readonly now: number; readonly isSecondary: boolean },
): Error {
  const message = wait.isSecondary ? "the secondary rate limit is waited for" : "the rate limit is waited for";
  const seconds = String(Math.ceil((wait.untilAt - wait.now) / 1000));
  const headers = wait.isSecondary
    ? { "retry-after": seconds }
    : { "x-ratelimit-remaining": "0", "retry-after": seconds };
  return Object.assign(new Error(message), { status: 429, request, response: { headers, data: { message } } });
}
