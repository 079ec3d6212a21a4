// A little GitHub on a real port: issues with comments and labels, tokens, and faults on demand. For single writes and their
// second tries; stories use the emulator.
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const BOT = { id: 4242, login: "patch-advocate[bot]" };
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

export type Answer = {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
type Comment = {
  id: number;
  node_id: string;
  body: string;
  user: { id: number; login: string } | null;
  updatedAt: number;
};
type Fault = {
  readonly matches: RegExp;
  readonly answer: Answer | "cut";
  /** `after`: the write is made and only its answer is lost. */
  readonly when: "before" | "after";
};

export type LittleGitHub = {
  readonly apiUrl: string;
  readonly privateKey: string;
  readonly comments: Comment[];
  readonly labels: Map<string, { id: number; name: string; color: string; description: string }>;
  readonly onIssue: Set<string>;
  /** Every request as `METHOD path?query`, tokens left out. */
  readonly requests: string[];
  readonly bodies: unknown[];
  readonly failNext: (fault: Fault) => void;
  readonly clock: { now: number };
  readonly close: () => Promise<void>;
};

export async function startLittleGitHub(now: number): Promise<LittleGitHub> {
  const faults: Fault[] = [];
  const clock = { now };
  const comments: Comment[] = [];
  const labels: LittleGitHub["labels"] = new Map();
  const onIssue = new Set<string>();
  const requests: string[] = [];
  const bodies: unknown[] = [];
  const page = <T>(all: readonly T[], url: URL) => {
    const per = Number(url.searchParams.get("per_page") ?? 30);
    const at = Number(url.searchParams.get("page") ?? 1);
    const next = new URL(url);
    next.searchParams.set("page", String(at + 1));
    const headers: Record<string, string> = at * per < all.length ? { link: `<${next}>; rel="next"` } : {};
    return { status: 200, data: all.slice((at - 1) * per, at * per), headers };
  };
  const gone: Answer = { status: 404, data: { message: "Not Found" } };

  const routes: readonly [RegExp, (match: readonly string[], url: URL, body: Record<string, unknown>) => Answer][] = [
    [
      /^POST \/app\/installations\/(\d+)\/access_tokens$/,
      () => ({ status: 201, data: { token: "t", expires_at: "2999-01-01T00:00:00Z", permissions: {} } }),
    ],
    [/^GET \/app$/, () => ({ status: 200, data: { slug: "patch-advocate" } })],
    [/^GET \/users\/patch-advocate%5Bbot%5D$/, () => ({ status: 200, data: BOT })],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/issues\/\d+\/comments$/,
      (_match, url) => {
        const since = Date.parse(url.searchParams.get("since") ?? "1970-01-01T00:00:00Z");
        return page(
          comments.filter((comment) => comment.updatedAt >= since),
          url,
        );
      },
    ],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/issues\/\d+\/comments$/,
      (_match, _url, body) => {
        const comment = addComment(String(body.body), BOT);
        return { status: 201, data: comment };
      },
    ],
    [
      /^PATCH \/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/,
      ([, id], _url, body) => {
        const comment = comments.find((each) => each.id === Number(id));
        if (comment === undefined) return gone;
        comment.body = String(body.body);
        comment.updatedAt = clock.now;
        return { status: 200, data: comment };
      },
    ],
    [/^GET \/repos\/[^/]+\/[^/]+\/labels$/, (_match, url) => page([...labels.values()], url)],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/labels\/([^/]+)$/,
      ([, name]) => {
        const label = labels.get(decodeURIComponent(name ?? "").toLowerCase());
        return label === undefined ? gone : { status: 200, data: label };
      },
    ],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/labels$/,
      (_match, _url, body) => {
        const name = String(body.name);
        if (labels.has(name.toLowerCase()))
          return { status: 422, data: { message: "Validation Failed", errors: [{ code: "already_exists" }] } };
        const label = {
          id: 1000 + labels.size,
          name,
          color: String(body.color),
          description: String(body.description),
        };
        labels.set(name.toLowerCase(), label);
        return { status: 201, data: label };
      },
    ],
    [/^GET \/repos\/[^/]+\/[^/]+\/issues\/\d+\/labels$/, () => ({ status: 200, data: labelsOnIssue() })],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/issues\/\d+\/labels$/,
      (_match, _url, body) => {
        for (const name of Array.isArray(body.labels) ? body.labels : []) onIssue.add(String(name));
        return { status: 200, data: labelsOnIssue() };
      },
    ],
    [
      /^DELETE \/repos\/[^/]+\/[^/]+\/issues\/\d+\/labels\/([^/]+)$/,
      ([, name]) => (onIssue.delete(decodeURIComponent(name ?? "")) ? { status: 200, data: labelsOnIssue() } : gone),
    ],
    [/^POST \/repos\/[^/]+\/[^/]+\/issues\/comments\/\d+\/reactions$/, () => ({ status: 201, data: { id: 1 } })],
    [
      /^POST \/graphql$/,
      () => ({ status: 200, data: { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } } }),
    ],
    [/^POST \/repos\/[^/]+\/[^/]+\/check-runs$/, () => ({ status: 201, data: { id: 77 } })],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/commits\/[^/]+\/check-runs$/,
      () => ({ status: 200, data: { check_runs: [{ id: 76, external_id: "another" }] } }),
    ],
  ];

  const labelsOnIssue = () => [...onIssue].map((name) => labels.get(name.toLowerCase()) ?? { id: 1, name });
  function addComment(body: string, user: Comment["user"]): Comment {
    const id = 100 + comments.length;
    const comment = { id, node_id: `IC_${id}`, body, user, updatedAt: clock.now };
    comments.push(comment);
    return comment;
  }

  const answerTo = (request: string, url: URL, body: Record<string, unknown>): Answer => {
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(request);
      if (match !== null) return answer(match, url, body);
    }
    return { status: 500, data: { message: `the little GitHub does not know ${request}` } };
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", apiUrl());
    const name = `${request.method} ${url.pathname}`;
    const body = await bodyOf(request);
    const isToken = /access_tokens$/.test(name);
    if (!isToken) {
      requests.push(`${name}${url.search}`);
      bodies.push(body);
    }
    const index = faults.findIndex(({ matches }) => matches.test(name));
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
    const answer = fault?.when === "before" ? null : answerTo(name, url, body);
    send(response, fault?.answer ?? answer ?? gone);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: apiUrl(),
    privateKey,
    comments,
    labels,
    onIssue,
    requests,
    bodies,
    clock,
    failNext: (fault) => faults.push(fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: Answer | "cut"): void {
  if (answer === "cut") {
    response.destroy();
    return;
  }
  const isText = typeof answer.data === "string";
  response.writeHead(answer.status, {
    "content-type": isText ? "text/html" : "application/json; charset=utf-8",
    ...answer.headers,
  });
  response.end(isText ? answer.data : JSON.stringify(answer.data));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : JSON.parse(text);
}
