// Holds requests, answers and deliveries against GitHub's own description; schemas are compiled when first needed.

import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: object;
}
interface Operation {
  readonly parameters: readonly Parameter[];
  readonly body: object | null;
  readonly responses: Readonly<Record<string, object | null>>;
}

export interface Matched {
  /** As GitHub writes it: `GET /repos/{owner}/{repo}`. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Where GitHub's description is known to be wrong: its own answers break it. */
const EXCEPTIONS: readonly { readonly where: RegExp; readonly path: RegExp; readonly because: string }[] = [
  {
    where: /^GET \/app\/installations → 200/,
    path: /^\/\d+\/account$/,
    because:
      "the list, unlike a single installation, is described as if an account were a user and an enterprise at once",
  },
  {
    where: /^GET \/repos\/\{owner\}\/\{repo\}\/pulls → 200/,
    path: /^\/\d+\/labels\/\d+\/description$/,
    because: "a label without a description has null there, as everywhere else",
  },
];

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}
interface Description {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly deliveries: Readonly<Record<string, object>>;
  readonly routes: readonly Route[];
  readonly ajv: Ajv;
  /** Path and query parameters are texts; this one reads numbers and booleans from them. */
  readonly coercing: Ajv;
}
let description: Description | undefined;
const compiled = new Map<string, ValidateFunction>();

export function matchOperation(method: string, path: string): Matched | undefined {
  for (const route of described().routes) {
    const found = route.method === method ? route.pattern.exec(path) : null;
    if (found === null) continue;
    const params = Object.fromEntries(
      route.names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]),
    );
    return { operation: route.operation, params };
  }
  return undefined;
}

export function checkRequest(request: Matched & { readonly query: URLSearchParams; readonly body: unknown }): string[] {
  const operation = described().operations[request.operation];
  if (operation === undefined) return [`${request.operation} is not in the description`];
  const problems: string[] = [];
  const known = new Set<string>();
  for (const parameter of operation.parameters) {
    const value =
      parameter.in === "query"
        ? request.query.get(parameter.name)
        : parameter.in === "path"
          ? request.params[parameter.name]
          : undefined;
    if (parameter.in === "query") known.add(parameter.name);
    if (value === undefined || value === null) {
      if (parameter.required && parameter.in !== "header")
        problems.push(`${request.operation}: ${parameter.name} is missing`);
      continue;
    }
    problems.push(
      ...validate(
        `${request.operation} ${parameter.name}`,
        [
          "rest",
          "operations",
          request.operation,
          "parameters",
          String(operation.parameters.indexOf(parameter)),
          "schema",
        ],
        { value },
      ),
    );
  }
  for (const name of request.query.keys())
    if (!known.has(name)) problems.push(`${request.operation}: unknown parameter ${name}`);
  if (operation.body !== null) problems.push(...checkBody(request.operation, operation.body, request.body));
  else if (request.body !== undefined) problems.push(`${request.operation} takes no body`);
  return problems;
}

export function checkAnswer(operation: string, status: number, body: unknown): string[] {
  const responses = described().operations[operation]?.responses ?? {};
  const schema = responses[String(status)];
  // Any operation may answer these, whether its description says so or not.
  if (!(status in responses))
    return [301, 304, 401, 403, 404, 422, 429].includes(status) || status >= 500
      ? []
      : [`${operation} never answers ${status}`];
  return schema === null
    ? []
    : validate(`${operation} → ${status}`, ["rest", "operations", operation, "responses", String(status)], body);
}

export function checkDelivery(event: string, action: string | undefined, payload: unknown): string[] {
  const name = action === undefined ? event : `${event}.${action}`;
  const schema = described().deliveries[name];
  return schema === undefined
    ? [`${name} is not in the description of webhooks`]
    : validate(name, ["hooks", "deliveries", name], payload);
}

/** GitHub ignores what it does not know in a body; for us such a key is a mistake. */
function checkBody(operation: string, schema: object, body: unknown): string[] {
  const problems =
    body === undefined ? [] : validate(`${operation} body`, ["rest", "operations", operation, "body"], body);
  const keys =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  if (keys.length === 0 || typeof body !== "object" || body === null || Array.isArray(body)) return problems;
  const strange = Object.keys(body).filter((key) => !keys.includes(key));
  return [...problems, ...strange.map((key) => `${operation}: unknown key ${key} in the body`)];
}

function validate(where: string, pointer: readonly string[], value: unknown): string[] {
  const [file = "", ...path] = pointer;
  const key = pointer.join("\n");
  const isParameter = path[2] === "parameters";
  let check = compiled.get(key);
  if (check === undefined) {
    const reference = `${file}#/${path.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
    const schema = { $ref: reference };
    const ajv = isParameter ? described().coercing : described().ajv;
    check = ajv.compile(isParameter ? { type: "object", properties: { value: schema } } : schema);
    compiled.set(key, check);
  }
  if (check(value)) return [];
  const errors = (check.errors ?? []).filter(
    (error) => !EXCEPTIONS.some((known) => known.where.test(where) && known.path.test(error.instancePath)),
  );
  return errors.slice(0, 6).map((error) => `${where}: ${explain(error)}`);
}

function explain(error: ErrorObject): string {
  const allowed = error.keyword === "enum" ? ` ${JSON.stringify(error.params.allowedValues)}` : "";
  return `${error.instancePath || "/"} ${error.message}${allowed}`;
}

function described(): Description {
  description ??= load();
  return description;
}

function load(): Description {
  const rest = read("openapi.json") as { operations: Description["operations"] };
  const hooks = read("webhooks.json") as { deliveries: Description["deliveries"] };
  const [ajv, coercing] = [{}, { coerceTypes: true }].map((options) => {
    const made = new Ajv({ ...options, strict: false, allErrors: true, validateSchema: false, addUsedSchema: false });
    addFormats.default(made);
    made.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/);
    return made.addSchema(rest, "rest").addSchema(hooks, "hooks");
  });
  if (ajv === undefined || coercing === undefined) throw new Error("unreachable");
  return {
    operations: rest.operations,
    deliveries: hooks.deliveries,
    routes: Object.keys(rest.operations).map(route),
    ajv,
    coercing,
  };
}

function route(operation: string): Route {
  const [method = "", path = ""] = operation.split(" ");
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pattern = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    ["path", "ref", "basehead"].includes(name) ? "(.+)" : "([^/]+)",
  );
  return { operation, method, pattern: new RegExp(`^${pattern}$`), names };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}
