// Holds a payload against what we know of it. Apart, because one that cannot be read will not become readable by being tried again.
import type { z } from "zod";
import { readable } from "../effects/escape.ts";
import { dotted } from "../policy/problems.ts";

/** GitHub sent something else than it describes; the message names places, never what stands there. */
export class UnreadablePayload extends Error {}

const MOST_PLACES = 3;
const LONGEST_PLACE = 200;

/** The payload in our words. @throws UnreadablePayload */
export function readPayload<Value>(schema: z.ZodType<Value>, payload: unknown): Value {
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  const places = read.error.issues.map(({ path, message }) => {
    const place = dotted(path.map((part) => (typeof part === "symbol" ? String(part) : part)));
    const said = message
      .replace(/^Invalid input: /, "")
      .replace(/^expected (.*), received undefined$/, "$1 is missing");
    return readable(`${place === "" ? "the whole" : place}: ${said}`).slice(0, LONGEST_PLACE);
  });
  const more = places.length > MOST_PLACES ? `; and ${places.length - MOST_PLACES} more` : "";
  throw new UnreadablePayload(
    `the payload is not as GitHub describes it: ${places.slice(0, MOST_PLACES).join("; ")}${more}`,
  );
}
