// Apps made from a manifest: GitHub takes one whole or not at all, and gives a code that buys the App's credentials once.

import { randomBytes } from "node:crypto";

/** What an event needs at least to be read, by the descriptions of GitHub's webhooks. */
const NEEDS: Readonly<Record<string, string>> = {
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  pull_request_review_comment: "pull_requests",
  pull_request_review_thread: "pull_requests",
  issues: "issues",
  issue_comment: "issues",
  label: "metadata",
  repository: "metadata",
  release: "contents",
  create: "contents",
  push: "contents",
  organization: "members",
  member: "members",
  membership: "members",
  team: "members",
};

interface Manifest {
  readonly name?: unknown;
  readonly url?: unknown;
  readonly redirect_url?: unknown;
  readonly setup_url?: unknown;
  readonly callback_urls?: unknown;
  readonly hook_attributes?: { readonly url?: unknown };
  readonly default_permissions?: Readonly<Record<string, unknown>>;
  readonly default_events?: readonly string[];
}

export class Manifests {
  readonly #codes = new Set<string>();

  /** Where the browser is led to, or what GitHub says is wrong. */
  register(text: string, state: string | null): { readonly location: string } | { readonly errors: readonly string[] } {
    const manifest = JSON.parse(text) as Manifest;
    const errors = problemsOf(manifest);
    if (errors.length > 0) return { errors };
    const code = randomBytes(20).toString("hex");
    this.#codes.add(code);
    const back = new URL(String(manifest.redirect_url));
    back.searchParams.set("code", code);
    if (state !== null) back.searchParams.set("state", state);
    return { location: back.href };
  }

  /** Whether a code counts; it does once. */
  take(code: string): boolean {
    return this.#codes.delete(code);
  }
}

function problemsOf(manifest: Manifest): string[] {
  const hook = String(manifest.hook_attributes?.url);
  const permissions = Object.keys(manifest.default_permissions ?? {});
  const unsupported = (manifest.default_events ?? []).filter((event) => !permissions.includes(NEEDS[event] ?? "?"));
  const addresses = [manifest.setup_url, ...(Array.isArray(manifest.callback_urls) ? manifest.callback_urls : [])];
  return [
    ...(typeof manifest.name === "string" && manifest.name.length <= 34 ? [] : ["Name is missing or too long"]),
    ...(isUrl(manifest.url) ? [] : ["Url must be a valid URL"]),
    ...(isUrl(manifest.redirect_url) ? [] : ["Redirect url must be a valid URL"]),
    ...addresses.filter((url) => !isUrl(url)).map((url) => `${String(url)} must be a valid URL`),
    ...(isUrl(hook) && !/^https?:\/\/(?:localhost|127\.)/.test(hook)
      ? []
      : ["Hook url is not supported because it isn't reachable over the public Internet"]),
    ...unsupported.map((event) => `Default events are not supported by permissions: ${event}`),
  ];
}

const isUrl = (value: unknown): boolean => typeof value === "string" && URL.canParse(value) && value.startsWith("http");
