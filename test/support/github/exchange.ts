// One request of the product and what handlers may ask of it: who calls, what that caller may do, and emulate's own answer.

import type { Matched } from "./description.ts";
import type { Events } from "./events.ts";
import { headersFor } from "./known-token.ts";
import type { InstallationRow, RepoRow } from "./rows.ts";
import { covers, type Json, type World } from "./world.ts";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "app" }
  | { readonly kind: "person"; readonly login: string }
  | {
      readonly kind: "installation";
      readonly installation: InstallationRow;
      readonly permissions: Readonly<Record<string, string>>;
      readonly selection: "all" | "selected";
      readonly repositoryIds: readonly number[];
    };

export class Refused extends Error {
  readonly answer: Answer;
  constructor(
    status: number,
    message: string,
    more: { readonly errors?: readonly Json[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    const errors = more.errors === undefined ? {} : { errors: more.errors };
    const body = { message, ...errors, documentation_url: "https://docs.github.com/rest", status: String(status) };
    this.answer = more.headers === undefined ? { status, body } : { status, body, headers: more.headers };
  }
}

export class Exchange {
  readonly world: World;
  readonly events: Events;
  readonly match: Matched;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly caller: Caller;
  readonly #request: { readonly method: string; readonly headers: Headers };

  constructor(
    context: { readonly world: World; readonly events: Events },
    match: Matched,
    request: {
      readonly method: string;
      readonly headers: Headers;
      readonly query: URLSearchParams;
      readonly body: unknown;
      readonly caller: Caller;
    },
  ) {
    this.world = context.world;
    this.events = context.events;
    this.match = match;
    this.query = request.query;
    this.body = request.body;
    this.caller = request.caller;
    this.#request = request;
  }

  param(name: string): string {
    return this.match.params[name] ?? "";
  }

  number(name: string): number {
    return Number(this.param(name));
  }

  /** A text of the body; undefined where it is absent or of another type. */
  text(name: string): string | undefined {
    const body: unknown = this.body;
    if (typeof body !== "object" || body === null) return undefined;
    const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
    return typeof value === "string" ? value : undefined;
  }

  /** The repository of the path, if the caller has one of `permissions` there; a refusal as GitHub's otherwise. */
  repository(permissions: readonly string[], level: "read" | "write" = "read"): RepoRow {
    const repo = this.world.findRepo(`${this.param("owner")}/${this.param("repo")}`);
    if (repo === undefined) throw new Refused(404, "Not Found");
    this.#mustReach(repo, level);
    if (this.caller.kind === "installation" && (level === "write" || repo.private)) this.mustHave(permissions, level);
    if (level === "write" && repo.archived) throw new Refused(403, "Repository was archived so is read-only.");
    return repo;
  }

  mustHave(permissions: readonly string[], level: "read" | "write"): void {
    if (this.caller.kind !== "installation") return;
    const { permissions: granted } = this.caller;
    const enough = level === "write" ? ["write", "admin"] : ["read", "write", "admin"];
    if (permissions.some((name) => enough.includes(granted[name] ?? ""))) return;
    const accepted = permissions.map((name) => `${name}=${level}`).join("; ");
    throw new Refused(403, "Resource not accessible by integration", {
      headers: { "x-accepted-github-permissions": accepted },
    });
  }

  mustBeApp(): void {
    if (this.caller.kind !== "app") throw new Refused(401, "A JSON web token could not be decoded");
  }

  /** Asks emulate the same question, with the repository's present name. */
  async forward(
    changed: { readonly params?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
  ): Promise<Answer> {
    const repo = this.world.findRepo(`${this.param("owner")}/${this.param("repo")}`);
    const [owner = "", name = ""] = repo?.full_name.split("/") ?? [];
    const params: Readonly<Record<string, string>> = {
      ...this.match.params,
      ...(repo === undefined ? {} : { owner, repo: name }),
      ...changed.params,
    };
    const [, template = ""] = this.match.operation.split(" ");
    const path = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeParameter(key, params[key] ?? ""));
    const query = this.query.size === 0 ? "" : `?${this.query}`;
    const body = changed.body ?? this.body;
    const request = new Request(`${this.world.url}${path}${query}`, {
      method: this.#request.method,
      headers: this.caller.kind === "app" ? headersFor(this.world, this.#request.headers) : this.#request.headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await this.world.emulator.fetch(request);
    const raw = Buffer.from(await response.arrayBuffer());
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const answered = isJson && raw.length > 0 ? parse(raw) : raw.length === 0 ? undefined : raw;
    if (response.status >= 400) throw refusalOf(response.status, answered);
    return { status: response.status, body: answered };
  }

  /** One page of `rows`, with GitHub's Link header. */
  page<R>(
    rows: readonly R[],
    show: (row: R) => unknown,
    wrap: (items: unknown[]) => unknown = (items) => items,
  ): Answer {
    const size = Math.min(100, Math.max(1, Number(this.query.get("per_page") ?? 30)));
    const page = Math.max(1, Number(this.query.get("page") ?? 1));
    const last = Math.max(1, Math.ceil(rows.length / size));
    const [, template = ""] = this.match.operation.split(" ");
    const path = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeParameter(key, this.param(key)));
    const link = (to: number, rel: string) => {
      const query = new URLSearchParams(this.query);
      query.set("page", String(to));
      return `<${this.world.url}${path}?${query}>; rel="${rel}"`;
    };
    const before = page > 1 ? [link(page - 1, "prev"), link(1, "first")] : [];
    const after = page < last ? [link(page + 1, "next"), link(last, "last")] : [];
    const links = [...before, ...after].join(", ");
    const body = wrap(rows.slice((page - 1) * size, page * size).map(show));
    return links === "" ? { status: 200, body } : { status: 200, body, headers: { link: links } };
  }

  #mustReach(repo: RepoRow, level: "read" | "write"): void {
    const { caller } = this;
    if (caller.kind === "installation") {
      const reached =
        covers(caller.installation, repo) && (caller.selection === "all" || caller.repositoryIds.includes(repo.id));
      if (reached) return;
      if (repo.private) throw new Refused(404, "Not Found");
      if (level === "write") throw new Refused(403, "Resource not accessible by integration");
      return;
    }
    const role =
      caller.kind === "person"
        ? this.world.roleOf(this.world.user(caller.login), repo)
        : repo.private
          ? "none"
          : "read";
    if (role === "none") throw new Refused(404, "Not Found");
    if (level === "write" && caller.kind !== "person") throw new Refused(401, "Requires authentication");
  }
}

function refusalOf(status: number, body: unknown): Refused {
  const message = typeof body === "object" && body !== null && "message" in body ? String(body.message) : "Not Found";
  if (status === 403 && message === "Forbidden") return new Refused(403, "Resource not accessible by integration");
  if (status === 404) return new Refused(404, "Not Found");
  return new Refused(status, message);
}

function parse(raw: Buffer): unknown {
  return JSON.parse(raw.toString("utf8"));
}

function encodeParameter(name: string, value: string): string {
  const isPath = ["path", "ref", "basehead"].includes(name);
  return isPath ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
}
