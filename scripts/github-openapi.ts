// Cuts GitHub's descriptions of its API and of its webhooks down to what the tests hold the emulator against.
//
// The REST description is not a dependency: the package is 385 MB. To make the files anew, outside of this repository:
//   npm install --prefix /tmp/openapi @octokit/openapi@23.0.2
//   node scripts/github-openapi.ts /tmp/openapi/node_modules/@octokit/openapi/generated/api.github.com.json
//   npx biome format --write test/support/github/webhooks.json
// The webhooks' description comes from the development dependency @octokit/openapi-webhooks.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isObject, type Json, type JsonObject, prune } from "./prune-schema.ts";

const OPERATIONS = [
  "GET /app",
  "GET /app/installations",
  "GET /app/installations/{installation_id}",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /app/hook/deliveries",
  "GET /app/hook/deliveries/{delivery_id}",
  "POST /app/hook/deliveries/{delivery_id}/attempts",
  "POST /app-manifests/{code}/conversions",
  "GET /installation/repositories",
  "GET /rate_limit",
  "GET /user",
  "GET /user/installations/{installation_id}/repositories",
  "GET /users/{username}",
  "GET /users/{username}/orgs",
  "GET /orgs/{org}",
  "GET /orgs/{org}/members",
  "GET /orgs/{org}/members/{username}",
  "GET /orgs/{org}/public_members/{username}",
  "GET /orgs/{org}/memberships/{username}",
  "GET /orgs/{org}/teams/{team_slug}",
  "GET /orgs/{org}/teams/{team_slug}/members",
  "GET /orgs/{org}/teams/{team_slug}/memberships/{username}",
  "GET /repos/{owner}/{repo}",
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  "GET /repos/{owner}/{repo}/contents/{path}",
  "GET /repos/{owner}/{repo}/labels",
  "POST /repos/{owner}/{repo}/labels",
  "GET /repos/{owner}/{repo}/labels/{name}",
  "PATCH /repos/{owner}/{repo}/labels/{name}",
  "GET /repos/{owner}/{repo}/pulls",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
  "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
  "GET /repos/{owner}/{repo}/issues",
  "GET /repos/{owner}/{repo}/issues/{issue_number}",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels",
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/timeline",
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/reactions",
  "POST /repos/{owner}/{repo}/check-runs",
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
  "GET /repos/{owner}/{repo}/compare/{basehead}",
  "GET /repos/{owner}/{repo}/releases",
  "GET /repos/{owner}/{repo}/releases/tags/{tag}",
  "GET /repos/{owner}/{repo}/tags",
  "GET /repos/{owner}/{repo}/commits",
  "GET /repos/{owner}/{repo}/commits/{ref}",
];

const EVENTS = new Set(
  (
    "pull-request pull-request-review pull-request-review-comment issue-comment issues label release create push " +
    "repository organization member membership team installation installation-repositories installation-target"
  ).split(" "),
);

const source = process.argv[2];
if (source === undefined)
  throw new Error("Name the file api.github.com.json; the head of this script says how to get it.");

const rest = read(source);
const operations = Object.fromEntries(OPERATIONS.map((name) => [name, operation(name)]));
write("openapi.json", { operations, ...prune(rest, operations) });

const hooks = read(createRequire(import.meta.url).resolve("@octokit/openapi-webhooks/generated/api.github.com.json"));
const deliveries = Object.fromEntries(
  Object.values(object(hooks.webhooks)).flatMap((hook) => {
    const post = object(object(hook).post);
    const [event, action] = String(post.operationId).split("/");
    return event !== undefined && EVENTS.has(event)
      ? [[action === undefined ? snake(event) : `${snake(event)}.${snake(action)}`, jsonBody(post)]]
      : [];
  }),
);
write("webhooks.json", { deliveries, ...prune(hooks, deliveries) });

function operation(name: string): JsonObject {
  const [method = "", path = ""] = name.split(" ");
  const item = object(object(rest.paths)[path]);
  const described = object(item[method.toLowerCase()]);
  const parameters = [...list(item.parameters), ...list(described.parameters)].map((parameter) => {
    const { name: key, in: place, required, schema } = follow(parameter);
    return { name: key ?? "", in: place ?? "", required: required === true, schema: schema ?? {} };
  });
  const responses = Object.entries(object(described.responses)).map(([status, response]): [string, Json] => {
    const content = follow(response).content;
    return [
      status,
      isObject(content) && isObject(content["application/json"]) ? (content["application/json"].schema ?? null) : null,
    ];
  });
  return {
    parameters,
    body: described.requestBody === undefined ? null : jsonBody(described),
    responses: Object.fromEntries(responses),
  };
}

function jsonBody(described: JsonObject): Json {
  const content = object(follow(described.requestBody ?? {}).content);
  return object(content["application/json"]).schema ?? {};
}

/** A parameter, response or body, with its reference followed where it is one. */
function follow(value: Json): JsonObject {
  const found = object(value);
  const reference = found.$ref;
  if (typeof reference !== "string") return found;
  return follow(
    reference
      .slice(2)
      .split("/")
      .reduce<Json>((at, key) => object(at)[key] ?? {}, rest),
  );
}

function read(path: string): JsonObject {
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  return object(parsed);
}

function write(name: string, value: Json): void {
  writeFileSync(new URL(`../test/support/github/${name}`, import.meta.url), `${JSON.stringify(value)}\n`);
}

function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error(`Expected an object, got ${JSON.stringify(value)}`);
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function snake(name: string): string {
  return name.replaceAll("-", "_");
}
