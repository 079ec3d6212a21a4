// The way to GitHub that all processes of a run share: one request at a time, the next chosen as the run says, and faults as they are due.
import type { GitHub } from "../support/github/github.ts";
import type { GitHubFault } from "./disturbance.ts";

export type Gate = {
  readonly fetch: typeof globalThis.fetch;
  /** The `at`-th request from now on meets this. */
  readonly arm: (at: number, fault: GitHubFault, to?: "comments") => void;
  /** Which of those that wait goes next, in turn; nothing: who came first. */
  readonly race: (picks: readonly number[]) => void;
};

type Waiting = { readonly serve: () => Promise<void> };

type Armed = { readonly left: number; readonly fault: GitHubFault; readonly to: "comments" | undefined };

const COMMENTS = /\/issues\/\d+\/comments/;

type Parts = {
  readonly github: GitHub;
  /** Lists of comments are empty: whoever looks for its own finds none. */
  readonly isBlind: boolean;
  readonly hear: (what: GitHubFault | "race") => void;
};

export function createGate({ github, isBlind, hear }: Parts): Gate {
  const waiting: Waiting[] = [];
  let armed: Armed[] = [];
  let picks: number[] = [];
  let isServing = false;

  async function serveAll(): Promise<void> {
    if (isServing) return;
    isServing = true;
    while (waiting.length > 0) {
      // Whoever is about to ask comes in too.
      for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
      const picked = waiting.length > 1 ? (picks.shift() ?? 0) % waiting.length : 0;
      if (picked > 0) hear("race");
      await waiting.splice(picked, 1)[0]?.serve();
    }
    isServing = false;
  }

  const nextFault = (isComment: boolean): GitHubFault | null => {
    armed = armed.map((each) => (each.to === undefined || isComment ? { ...each, left: each.left - 1 } : each));
    const due = armed.find(({ left }) => left <= 0);
    if (due === undefined) return null;
    armed = armed.filter((each) => each !== due);
    hear(due.fault);
    return due.fault;
  };

  return {
    fetch: (input, init) =>
      new Promise((resolve, reject) => {
        const isWrite = (init?.method ?? "GET") === "POST";
        const isOfComments = COMMENTS.test(String(input));
        const isHidden = isBlind && !isWrite && isOfComments;
        const serve = () =>
          isHidden
            ? Promise.resolve(resolve(Response.json([])))
            : meet(github, nextFault(isWrite && isOfComments), { input, init }).then(resolve, reject);
        waiting.push({ serve });
        void serveAll();
      }),
    arm: (at, fault, to) => {
      armed.push({ left: at, fault, to });
    },
    race: (given) => {
      picks = [...picks, ...given];
    },
  };
}

type Asked = { readonly input: Parameters<typeof globalThis.fetch>[0]; readonly init: RequestInit | undefined };

const HTML = "<!DOCTYPE html><title>Unicorn!</title><p>We'll be back soon.</p>";

/** One request, as it fares under the fault. */
async function meet(github: GitHub, fault: GitHubFault | null, { input, init }: Asked): Promise<Response> {
  const pass = () => globalThis.fetch(input, init);
  const through = (given: Parameters<GitHub["fault"]>[1]) => {
    github.fault({}, given);
    return pass();
  };
  switch (fault) {
    case null:
      return pass();
    case "502":
      return through({ status: 502, body: { message: "Server Error" } });
    case "503 in HTML":
      return new Response(HTML, { status: 503, headers: { "content-type": "text/html" } });
    case "401":
      return through({ status: 401, body: { message: "Bad credentials" } });
    case "403 secondary limit":
      return through({
        status: 403,
        headers: { "retry-after": "60" },
        body: { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." },
      });
    case "429":
      return through({ status: 429, body: { message: "You have exceeded a secondary rate limit." } });
    case "reset before":
      return through({ drop: true });
    case "reset after":
      return through({ afterwards: { drop: true } });
    case "500 after":
      return through({ afterwards: { status: 500, body: { message: "Server Error" } } });
    case "timeout before":
      throw timedOut();
    case "timeout after":
      await (await pass()).arrayBuffer();
      throw timedOut();
    case "truncated":
      return cutShort(await pass());
  }
}

/** What `AbortSignal.timeout` makes fetch reject with. */
const timedOut = (): Error => new DOMException("The operation was aborted due to timeout", "TimeoutError");

/** Its head has arrived, and the connection ends in the middle of its body. */
async function cutShort(answer: Response): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  if (whole.length === 0) return answer;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(whole.slice(0, Math.ceil(whole.length / 2))),
    pull: (controller) => controller.error(new TypeError("terminated")),
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}
