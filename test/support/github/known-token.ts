// The app's token as emulate knows it: emulate is told one private key at its start, an app of GitHub's may have several.
import { createSign } from "node:crypto";
import type { World } from "./world.ts";

/** The request's headers, with a token of the key that emulate knows where the app asks by another. */
export function headersFor(world: World, headers: Headers): Headers {
  const changed = new Headers(headers);
  const seconds = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: seconds - 60, exp: seconds + 480, iss: String(world.app.id) })}`;
  const signature = createSign("RSA-SHA256").update(text).sign(world.app.privateKey, "base64url");
  changed.set("authorization", `bearer ${text}.${signature}`);
  return changed;
}
