// What the app asks about itself: its installations, their tokens and repositories, its deliveries, its registration, its limits.

import type { Delivery } from "../deliveries.ts";
import { type Answer, type Exchange, Refused } from "../exchange.ts";
import { app, installation } from "../shapes/accounts.ts";
import { repository } from "../shapes/repositories.ts";
import { type Json, seconds } from "../world.ts";
import type { Operations } from "./operations.ts";

/** GitHub keeps deliveries for three days. */
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

export const appOperations: Operations = {
  "GET /app": (x) => {
    x.mustBeApp();
    return { status: 200, body: { ...app(x.world), installations_count: x.world.installations().length } };
  },
  "GET /app/installations": (x) => {
    x.mustBeApp();
    return x.page(x.world.installations(), (row) => installation(x.world, row));
  },
  "GET /app/installations/{installation_id}": (x) => {
    x.mustBeApp();
    const row = x.world.installation(x.number("installation_id"));
    if (row === undefined) throw new Refused(404, "Not Found");
    return { status: 200, body: installation(x.world, row) };
  },
  "POST /app/installations/{installation_id}/access_tokens": createToken,
  "GET /installation/repositories": (x) => {
    const { caller } = x;
    if (caller.kind !== "installation")
      throw new Refused(403, "You must authenticate with an installation access token");
    const rows = x.world.repositoriesOf({
      ...caller.installation,
      repository_selection: caller.selection,
      repository_ids: caller.repositoryIds,
    });
    const show = (row: (typeof rows)[number]) => repository(x.world, row);
    return x.page(rows, show, (repositories) => ({
      total_count: rows.length,
      repository_selection: caller.selection,
      repositories,
    }));
  },
  "GET /user/installations/{installation_id}/repositories": (x) => {
    if (x.caller.kind !== "person") throw new Refused(401, "Requires authentication");
    const person = x.world.user(x.caller.login);
    const row = x.world.installation(x.number("installation_id"));
    if (row === undefined) throw new Refused(404, "Not Found");
    const rows = x.world.repositoriesOf(row).filter((repo) => x.world.roleOf(person, repo) !== "none");
    const show = (repo: (typeof rows)[number]) => {
      const role = x.world.roleOf(person, repo);
      const permissions = {
        admin: role === "admin",
        maintain: ["admin", "maintain"].includes(role),
        push: ["admin", "maintain", "write"].includes(role),
        triage: ["admin", "maintain", "write", "triage"].includes(role),
        pull: true,
      };
      return { ...repository(x.world, repo), permissions };
    };
    return x.page(rows, show, (repositories) => ({
      total_count: rows.length,
      repository_selection: row.repository_selection,
      repositories,
    }));
  },
  "GET /app/hook/deliveries": listDeliveries,
  "GET /app/hook/deliveries/{delivery_id}": (x) => {
    const delivery = findDelivery(x);
    return {
      status: 200,
      body: {
        ...deliveryItem(delivery),
        url: x.events.deliveries.url ?? "",
        request: {
          headers: { "X-GitHub-Delivery": delivery.guid, "X-GitHub-Event": delivery.event },
          payload: delivery.payload,
        },
        response: { headers: {}, payload: delivery.answer },
      },
    };
  },
  "POST /app/hook/deliveries/{delivery_id}/attempts": (x) => {
    x.events.deliveries.redeliver(findDelivery(x));
    return { status: 202, body: {} };
  },
  "POST /app-manifests/{code}/conversions": (x) => {
    if (!x.world.manifests.take(x.param("code"))) throw new Refused(404, "Not Found");
    const { app: made } = x.world;
    const credentials = { client_id: `Iv1.${made.id}`, client_secret: "an-emulated-client-secret" };
    return {
      status: 201,
      body: { ...app(x.world), ...credentials, webhook_secret: made.webhookSecret, pem: made.privateKey },
    };
  },
  "GET /rate_limit": (x) => {
    const reset = Math.floor(Date.now() / 1000) + 3600;
    const bucket = (limit: number) => ({ limit, remaining: limit, used: 0, reset });
    const resources = {
      core: bucket(5000),
      graphql: bucket(5000),
      search: bucket(30),
      integration_manifest: bucket(5000),
    };
    return { status: x.caller.kind === "app" ? 401 : 200, body: { resources, rate: bucket(5000) } };
  },
};

async function createToken(x: Exchange): Promise<Answer> {
  x.mustBeApp();
  const row = x.world.installation(x.number("installation_id"));
  if (row === undefined) throw new Refused(404, "Not Found");
  if (row.suspended_at !== null) throw new Refused(403, "This installation has been suspended");
  const answer = await x.forward();
  const token = Object.fromEntries(Object.entries(answer.body ?? {}));
  const expiresAt = seconds(String(token.expires_at));
  x.world.tokenExpiry.set(String(token.token), Date.parse(expiresAt));
  if (typeof x.body === "object" && x.body !== null && ("repositories" in x.body || "repository_ids" in x.body)) {
    x.world.narrowedTokens.add(String(token.token));
  }
  const ids = x.world.emulator.tokens.get(String(token.token))?.installation?.repositoryIds ?? [];
  const narrowed = token.repository_selection === "selected";
  const repositories = narrowed ? { repositories: ids.map((id) => repository(x.world, x.world.repoById(id))) } : {};
  return { status: 201, body: { ...token, expires_at: expiresAt, ...repositories } };
}

function listDeliveries(x: Exchange): Answer {
  x.mustBeApp();
  const size = Math.min(100, Number(x.query.get("per_page") ?? 30));
  const cursor = x.query.get("cursor");
  const oldest = Date.now() - KEPT_MS;
  const kept = x.events.deliveries.sent.filter((row) => row.isOver && Date.parse(row.at) >= oldest).reverse();
  const status = x.query.get("status");
  const wanted = kept.filter((row) => {
    const isFailure = row.status !== null && row.status >= 400;
    return status === null || (status === "failure" ? isFailure : row.status !== null && !isFailure);
  });
  const from = cursor === null ? 0 : wanted.findIndex((row) => row.id <= Number(cursor.replace("v1_", "")));
  const page = from < 0 ? [] : wanted.slice(from, from + size);
  const next = from < 0 ? undefined : wanted[from + size];
  const body = page.map(deliveryItem);
  if (next === undefined) return { status: 200, body };
  const query = new URLSearchParams(x.query);
  query.set("cursor", `v1_${next.id}`);
  return { status: 200, body, headers: { link: `<${x.world.url}/app/hook/deliveries?${query}>; rel="next"` } };
}

function findDelivery(x: Exchange): Delivery {
  x.mustBeApp();
  const found = x.events.deliveries.sent.find((row) => row.id === x.number("delivery_id"));
  if (found === undefined) throw new Refused(404, "Not Found");
  return found;
}

function deliveryItem(row: Delivery): Json {
  const isGood = row.status !== null && row.status < 400;
  return {
    id: row.id,
    guid: row.guid,
    delivered_at: row.at,
    redelivery: row.redelivery,
    duration: row.durationSeconds,
    status: isGood ? "OK" : row.status === null ? "failed to connect to host" : `Invalid HTTP Response: ${row.status}`,
    status_code: row.status ?? 0,
    event: row.event,
    action: row.action,
    installation_id: row.installationId,
    repository_id: row.repositoryId,
    throttled_at: null,
  };
}
