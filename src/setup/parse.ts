// The form of the set-up page, read strictly: what goes on from here ends in an App on GitHub. Pure.
import { bareHost, isNamedInternal } from "../notify/internal-address.ts";
import type { Field, Given, Problem, Registration, Words } from "./registration.ts";

export type Parsed =
  | { readonly kind: "registration"; readonly registration: Registration }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** GitHub's own rule for the names of accounts. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;
const HOST =
  /^(?=.{1,253}(?::|$))(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*(?::[0-9]{1,5})?$/;
const LONGEST_ADDRESS = 500;

/** Reads the form; what the environment has settled wins over what was typed. `canKeep`: whether `.env` can be written. */
export function parseWords(words: Words, { given, canKeep }: { given: Given; canKeep: boolean }): Parsed {
  const problems: Problem[] = [];
  const wrong = (field: Field, code: Problem["code"]) => problems.push({ field, code });

  const organization = words.organization.trim().replace(/^@/, "");
  if (organization !== "" && !LOGIN.test(organization)) wrong("organization", "not-a-login");

  const host = given.placedBy === null ? hostOf(words.host) : null;
  if (host === undefined) wrong("host", "not-a-host");

  const typed = isSettled("PUBLIC_URL", given) ? (given.publicUrl ?? "") : words.publicUrl.trim();
  const publicUrl = addressOf(typed);
  if (publicUrl === null) wrong("publicUrl", typed === "" ? "address-missing" : "not-an-address");

  const channel = isSettled("WEBHOOK_PROXY_URL", given) ? (given.proxyUrl ?? "") : words.proxyUrl.trim();
  const proxyUrl = channel === "" ? null : addressOf(channel);
  const isOnOwnNetwork = typeof host === "string" || !isGitHubCom(given.webUrl);
  if (channel !== "" && proxyUrl === null) wrong("proxyUrl", "not-an-address");
  if (proxyUrl !== null && isOutOfReach(proxyUrl, { isOnOwnNetwork })) wrong("proxyUrl", "proxy-is-inside");
  if (channel === "" && publicUrl !== null && isOutOfReach(publicUrl, { isOnOwnNetwork }))
    wrong("publicUrl", "not-reachable");

  const keep = words.keep === "show" ? "show" : "file";
  if (keep === "file" && !canKeep) wrong("keep", "cannot-keep");

  if (problems.length > 0 || publicUrl === null || host === undefined) return { kind: "problems", problems };
  return {
    kind: "registration",
    registration: { organization: organization === "" ? null : organization, host, publicUrl, proxyUrl, keep },
  };
}

/** Whether the process's own environment says it: then it cannot be chosen. */
export const isSettled = (variable: "PUBLIC_URL" | "WEBHOOK_PROXY_URL", given: Given): boolean =>
  given.own.has(variable) && (variable === "PUBLIC_URL" ? given.publicUrl : given.proxyUrl) !== null;

/** Null: github.com. Undefined: not a host. */
function hostOf(text: string): string | null | undefined {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .toLowerCase();
  if (host === "" || host === "github.com" || host === "www.github.com") return null;
  return HOST.test(host) ? host : undefined;
}

/** An address without user, query and fragment, and without a slash at the end; null for anything else. */
function addressOf(text: string): string | null {
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\/[^\s"'<>\\]+$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
  return url.href.replace(/\/+$/, "");
}

/** GitHub refuses hooks to this machine itself; a GitHub Enterprise Server reaches the rest of its own network, github.com does not. */
function isOutOfReach(address: string, { isOnOwnNetwork }: { isOnOwnNetwork: boolean }): boolean {
  const { hostname } = new URL(address);
  return isThisMachine(hostname) || (!isOnOwnNetwork && isNamedInternal(hostname));
}

function isThisMachine(hostname: string): boolean {
  const host = bareHost(hostname);
  return host === "localhost" || host.endsWith(".localhost") || /^(?:127\.|0\.0\.0\.0$|::1?$|::ffff:7f)/.test(host);
}

function isGitHubCom(webUrl: string): boolean {
  const host = bareHost(new URL(webUrl).hostname);
  return host === "github.com" || host.endsWith(".ghe.com");
}
