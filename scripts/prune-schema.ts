// Turns OpenAPI schemas into plain JSON Schema without prose, and keeps only the components that are reached.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Says nothing about what is valid; `pattern`s of GitHub's are examples more than rules in places, but are kept. */
const PROSE = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "externalDocs",
  "deprecated",
  "default",
  "readOnly",
  "writeOnly",
  "discriminator",
  "nullable",
]);
const NAMED = new Set(["properties", "patternProperties", "definitions"]);
const FORMATS = new Set(["date-time", "date", "email", "uri"]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rewrites `roots` in place to plain JSON Schema; answers the components of `document` that they reach. */
export function prune(document: JsonObject, roots: JsonObject): { components: { schemas: JsonObject } } {
  const described = document.components;
  const all = isObject(described) && isObject(described.schemas) ? described.schemas : {};
  const schemas: JsonObject = {};
  const waiting: string[] = [];
  const note = (name: string) => {
    if (name in schemas) return;
    schemas[name] = {};
    waiting.push(name);
  };
  for (const [key, root] of Object.entries(roots)) roots[key] = plain(root, note);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) schemas[name] = plain(all[name] ?? {}, note);
  share(roots, schemas);
  return { components: { schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) } };
}

/** The webhooks' description repeats the same objects hundreds of times: each stands once, among the components. */
function share(roots: JsonObject, schemas: JsonObject): void {
  const seen = new Map<string, number>();
  const count = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    const text = JSON.stringify(value);
    const times = seen.get(text) ?? 0;
    if (isSchema(value) && text.length > 160) seen.set(text, times + 1);
    if (times === 0) for (const item of Object.values(value)) count(item);
  };
  const names = new Map<string, string>();
  const replace = (value: Json): Json => {
    if (typeof value !== "object" || value === null) return value;
    const text = JSON.stringify(value);
    if (isSchema(value) && (seen.get(text) ?? 0) > 1) {
      let name = names.get(text);
      if (name === undefined) {
        name = `shared-${names.size + 1}`;
        names.set(text, name);
        schemas[name] = inside(value);
      }
      return { $ref: `#/components/schemas/${name}` };
    }
    return inside(value);
  };
  const inside = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(replace);
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]))
      : value;
  };
  count(roots);
  count(schemas);
  const own = Object.keys(schemas);
  for (const [key, root] of Object.entries(roots)) roots[key] = inside(root);
  for (const key of own) schemas[key] = inside(schemas[key] ?? {});
}

function isSchema(value: Json): value is JsonObject {
  return isObject(value) && (typeof value.type === "string" || Array.isArray(value.type) || Array.isArray(value.anyOf));
}

function plain(value: Json, note: (component: string) => void, named = false): Json {
  if (Array.isArray(value)) return value.map((item) => plain(item, note));
  if (!isObject(value)) return value;
  const reference = value.$ref;
  if (!named && typeof reference === "string") note(reference.replace("#/components/schemas/", ""));
  const kept: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (!named && (PROSE.has(key) || key.startsWith("x-"))) continue;
    if (!named && key === "format" && typeof item === "string" && !FORMATS.has(item)) continue;
    kept[key] = !named && (key === "enum" || key === "required") ? item : plain(item, note, !named && NAMED.has(key));
  }
  return !named && value.nullable === true ? nullable(kept) : kept;
}

function nullable(schema: JsonObject): JsonObject {
  const type = schema.type;
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  const values = schema.enum;
  return {
    ...schema,
    type: [type, "null"],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}
