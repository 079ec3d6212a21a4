// The door that the product knocks on: who calls, is it a request that GitHub knows, what is answered; all of it kept for the tests.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { accountOf, callerOf } from "./callers.ts";
import { checkAnswer, checkRequest, matchOperation } from "./description.ts";
import type { Events } from "./events.ts";
import { type Answer, type Caller, Exchange, Refused } from "./exchange.ts";
import { Faults, faulty, heldUp, withHole } from "./faults.ts";
import { nameOf, runDocument } from "./graphql.ts";
import { operations } from "./operations/operations.ts";
import { Proofs } from "./proofs.ts";
import type { World } from "./world.ts";

export interface ProductRequest {
  readonly method: string;
  readonly path: string;
  /** GitHub's name for it (`GET /repos/{owner}/{repo}`), for GraphQL `graphql <operation name>`. */
  readonly operation: string;
  status: number;
  readonly at: string;
  readonly body: unknown;
  readonly isWrite: boolean;
  /** Whose installation asks, or asks for a token. */
  readonly account: string | null;
}

/** Web sign-in and the setting up of an app are pages, not described operations. */
const PAGES =
  /^\/(?:_emulate|favicon.ico|login\/oauth|settings\/apps\/new|organizations\/[^/]+\/settings\/apps\/new|avatars)(?:\/|$)/;
/** Posted, and still nobody sees anything of it: a token, and a delivery asked for again. */
const SAYS_NOTHING = /\/(?:access_tokens|attempts)$/;
const GRAPHQL = new Set(["/graphql", "/api/graphql"]);
const POINTS_AN_HOUR = 5000;

export interface Context {
  readonly world: World;
  readonly events: Events;
  readonly violations: string[];
}

export class Gateway {
  readonly server: Server;
  readonly requests: ProductRequest[] = [];
  readonly faults = new Faults();
  #context: Context | undefined;
  #window = { startedAt: 0, used: 0 };
  readonly #proofs = new Proofs();

  constructor() {
    this.server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.#context?.violations.push(
          `the gateway failed at ${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`,
        );
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  open(context: Context): void {
    this.#context = context;
  }

  /** From now on so much is left of the hour that begins now, as after many requests. */
  useUpHour({ left }: { readonly left: number }): void {
    this.#window = { startedAt: Math.floor(Date.now() / 1000), used: POINTS_AN_HOUR - left };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const context = this.#context;
    if (context === undefined) throw new Error("GitHub is not open yet.");
    const raw = await read(request);
    const url = new URL(request.url ?? "/", context.world.url);
    const method = request.method ?? "GET";
    if (PAGES.test(url.pathname)) return this.#page(context, request, response, raw);
    const body = parse(raw);
    const asked = { method, url, headers: headersOf(request), body };
    const named = GRAPHQL.has(url.pathname) ? nameOf(graphqlRequest(body).query) : undefined;
    const noted: ProductRequest = {
      method,
      path: url.pathname + url.search,
      operation:
        named === undefined
          ? (matchOperation(method, url.pathname)?.operation ?? `${method} ${url.pathname}`)
          : `graphql ${named.operation}`,
      status: 0,
      at: context.world.now(),
      body,
      isWrite: named === undefined ? method !== "GET" && !SAYS_NOTHING.test(url.pathname) : named.isMutation,
      account: accountOf(context.world, asked.headers, url),
    };
    this.requests.push(noted);
    const fault = this.faults.take(noted);
    await heldUp(fault);
    if (fault !== undefined && "drop" in fault) return void response.destroy();
    const isInstead = fault !== undefined && "status" in fault;
    let answer: Answer = isInstead ? faulty(fault) : withHole(await this.#answer(context, asked), fault);
    if (fault !== undefined && "afterwards" in fault) {
      if ("drop" in fault.afterwards) return void response.destroy();
      answer = faulty(fault.afterwards);
    }
    noted.status = answer.status;
    this.#send(
      request,
      response,
      answer,
      GRAPHQL.has(url.pathname) ? "graphql" : "core",
      fault !== undefined && "cutOff" in fault,
    );
  }

  async #answer(context: Context, asked: Asked): Promise<Answer> {
    const { world, events, violations } = context;
    const { method, url, headers, body } = asked;
    try {
      const caller = callerOf(world, headers);
      if (GRAPHQL.has(url.pathname)) return await this.#graphql(context, caller, body);
      const match = matchOperation(method, url.pathname);
      if (match === undefined) {
        violations.push(
          `${method} ${url.pathname} is not an operation of the description that we keep (scripts/github-openapi.ts)`,
        );
        return { status: 404, body: { message: "Not Found" } };
      }
      violations.push(...checkRequest({ ...match, query: url.searchParams, body }));
      const moved = this.#moved(world, match.params, url);
      if (moved !== undefined) return moved;
      const answered = await this.#handle(
        new Exchange({ world, events }, match, { method, headers, query: url.searchParams, body, caller }),
      );
      // A file asked for raw is no JSON, and only that is described.
      if (!Buffer.isBuffer(answered.body))
        violations.push(...checkAnswer(match.operation, answered.status, shown(answered.body)));
      return answered;
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  async #handle(exchange: Exchange): Promise<Answer> {
    const handler = operations()[exchange.match.operation];
    if (handler === undefined) throw new Error(`The gateway has no answer to ${exchange.match.operation}.`);
    try {
      return await handler(exchange);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  async #graphql({ world, events, violations }: Context, caller: Caller, body: unknown): Promise<Answer> {
    if (caller.kind === "nobody" || caller.kind === "app")
      throw new Refused(401, "This endpoint requires you to be authenticated.");
    const { problems, result } = await runDocument({ world, events, caller }, graphqlRequest(body));
    violations.push(...problems.map((problem) => `GraphQL: ${problem}`));
    return { status: 200, body: result };
  }

  /** Old names of repositories lead on: 301 to the address by id, as GitHub answers. */
  #moved(world: World, params: Readonly<Record<string, string>>, url: URL): Answer | undefined {
    const name = `${params.owner}/${params.repo}`;
    if (params.repo === undefined || world.findRepo(name) !== undefined) return this.#movedIssue(world, params, url);
    const id = world.renamed.get(name.toLowerCase());
    const repo = id === undefined ? undefined : world.rows.repos.get(id);
    if (repo === undefined) return undefined;
    return movedTo(
      `${world.url}${url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, `/repos/${repo.full_name}`)}${url.search}`,
    );
  }

  #movedIssue(world: World, params: Readonly<Record<string, string>>, url: URL): Answer | undefined {
    const place = world.transferredIssues.get(`${params.owner}/${params.repo}#${params.issue_number}`.toLowerCase());
    if (place === undefined) return undefined;
    const target = `/repos/${world.repoById(place.repositoryId).full_name}/issues/${place.number}`;
    return movedTo(`${world.url}${url.pathname.replace(/^\/repos\/[^/]+\/[^/]+\/issues\/\d+/, target)}${url.search}`);
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: Answer, resource: string, isCutOff = false): void {
    const isRaw = Buffer.isBuffer(answer.body);
    const content: Buffer =
      answer.body === undefined ? Buffer.alloc(0) : isRaw ? answer.body : Buffer.from(JSON.stringify(answer.body));
    const etag = `W/"${createHash("sha256").update(content).digest("hex")}"`;
    const isSame = request.method === "GET" && answer.status === 200 && request.headers["if-none-match"] === etag;
    const now = Math.floor(Date.now() / 1000);
    if (now - this.#window.startedAt >= 3600) this.#window = { startedAt: now, used: 0 };
    if (!isSame) this.#window.used += 1;
    response.writeHead(isSame ? 304 : answer.status, {
      // Node's own date header would tell the real time.
      date: new Date().toUTCString(),
      "content-type": isRaw ? "application/vnd.github.raw; charset=utf-8" : "application/json; charset=utf-8",
      "x-github-request-id": createHash("sha256")
        .update(`${request.url}${this.requests.length}`)
        .digest("hex")
        .slice(0, 20)
        .toUpperCase(),
      "x-ratelimit-limit": POINTS_AN_HOUR,
      "x-ratelimit-remaining": Math.max(0, POINTS_AN_HOUR - this.#window.used),
      "x-ratelimit-used": this.#window.used,
      "x-ratelimit-reset": this.#window.startedAt + 3600,
      "x-ratelimit-resource": resource,
      ...(request.method === "GET" && answer.status === 200 ? { etag } : {}),
      ...(isCutOff ? { "content-length": content.length } : {}),
      ...answer.headers,
    });
    if (isCutOff) return void response.write(content.subarray(0, content.length / 2), () => response.destroy());
    response.end(isSame ? undefined : content);
  }

  async #page({ world }: Context, request: IncomingMessage, response: ServerResponse, raw: Buffer): Promise<void> {
    const url = new URL(request.url ?? "/", world.url);
    if (url.pathname.endsWith("/settings/apps/new")) {
      const text = new URLSearchParams(raw.toString()).get("manifest") ?? "{}";
      const registered = world.manifests.register(text, url.searchParams.get("state"));
      if ("errors" in registered) return void response.writeHead(422).end(registered.errors.join("\n"));
      return void response.writeHead(302, { location: registered.location }).end();
    }
    const refused = this.#proofs.refusalOf(url, raw.toString());
    if (refused !== undefined) return this.#send(request, response, refused, "core");
    const body = raw.length === 0 ? {} : { body: raw };
    const forwarded = await world.emulator.fetch(
      new Request(url, { method: request.method ?? "GET", headers: headersOf(request), redirect: "manual", ...body }),
    );
    this.#proofs.noteCode(forwarded.headers.get("location"));
    response.writeHead(forwarded.status, Object.fromEntries(forwarded.headers));
    response.end(Buffer.from(await forwarded.arrayBuffer()));
  }
}

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

function movedTo(url: string): Answer {
  return {
    status: 301,
    body: { message: "Moved Permanently", url, documentation_url: "https://docs.github.com/rest" },
    headers: { location: url },
  };
}

/** What reaches the product, which for undefined properties is less than what the handler made. */
function shown(body: unknown): unknown {
  return Buffer.isBuffer(body) || body === undefined ? body : JSON.parse(JSON.stringify(body));
}

function graphqlRequest(body: unknown) {
  const given = typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  const { query, variables, operationName } = given;
  return {
    query: typeof query === "string" ? query : "",
    variables: typeof variables === "object" && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === "string" ? operationName : undefined,
  };
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === "string" && name !== "content-length") headers.set(name, value);
  return headers;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function parse(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return raw.toString("utf8");
  }
}
