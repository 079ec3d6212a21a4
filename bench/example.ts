// A payload as GitHub sends it, of about the size that is asked for.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";

const events = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));

/** The recorded pull_request payload whose length is nearest to `bytes`. */
export function examplePayload(bytes: number): { readonly body: Buffer; readonly event: string } {
  const path = createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json");
  const recorded = events.parse(JSON.parse(readFileSync(path, "utf8")));
  const [body] = (recorded.find(({ name }) => name === "pull_request")?.examples ?? [])
    .map((example) => Buffer.from(JSON.stringify(example)))
    .sort((a, b) => Math.abs(a.length - bytes) - Math.abs(b.length - bytes));
  if (body === undefined) throw new Error("the examples hold no pull_request");
  return { body, event: "pull_request" };
}
