// The API's description as a rule: every answer in tests is held against the schema of its operation and status.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";

const media = z.object({ schema: z.unknown(), example: z.unknown().optional() });
const response = z.object({ $ref: z.string().optional(), content: z.record(z.string(), media).optional() });
const operation = z.object({ operationId: z.string(), responses: z.record(z.string(), response) });
const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ responses: z.record(z.string(), response) }),
});

const text = readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8");

export const DESCRIPTION = description.parse(JSON.parse(text));

const ajv = new Ajv2020({ strict: false, allErrors: true });
// The package is CommonJS: its one export is the function itself.
Reflect.apply(Reflect.get(addFormats, "default") ?? addFormats, undefined, [ajv]);
ajv.addSchema({ ...JSON.parse(text), $id: "api" });

/** What of an answer is not as described; empty where all is. */
export function undescribed(of: {
  path: string;
  method: string;
  status: number;
  type: string;
  body: unknown;
}): string[] {
  const found = DESCRIPTION.paths[of.path]?.[of.method]?.responses[String(of.status)];
  const pointer = found?.$ref ?? `#/paths/${escaped(of.path)}/${of.method}/responses/${of.status}`;
  const known =
    found?.$ref === undefined ? found : DESCRIPTION.components.responses[found.$ref.split("/").at(-1) ?? ""];
  if (known?.content?.[of.type] === undefined)
    return [`${of.method} ${of.path} ${of.status} ${of.type} is not described`];
  const validate = ajv.getSchema(`api${pointer}/content/${escaped(of.type)}/schema`);
  if (validate === undefined) return [`there is no schema at ${pointer}`];
  return validate(of.body) === true
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
