// PKCE, which emulate does not check: a code is exchanged only by whoever began, for the verifier whose challenge they named (RFC 7636).

import { createHash } from "node:crypto";
import type { Answer } from "./exchange.ts";

export class Proofs {
  /** By the state that went along. */
  readonly #challenges = new Map<string, string>();
  readonly #codes = new Map<string, string>();

  /** Notes a challenge; answers as GitHub does where the verifier is not its own. */
  refusalOf(url: URL, body: string): Answer | undefined {
    if (url.pathname === "/login/oauth/authorize") {
      const challenge = url.searchParams.get("code_challenge");
      const isNamed = url.searchParams.get("code_challenge_method") === "S256";
      if (challenge !== null && isNamed) this.#challenges.set(url.searchParams.get("state") ?? "", challenge);
      return undefined;
    }
    if (url.pathname !== "/login/oauth/access_token") return undefined;
    const fields = new URLSearchParams(body);
    const challenge = this.#codes.get(fields.get("code") ?? "");
    if (challenge === undefined) return undefined;
    const made = createHash("sha256")
      .update(fields.get("code_verifier") ?? "")
      .digest("base64url");
    if (made === challenge) return undefined;
    return {
      status: 200,
      body: { error: "bad_verification_code", error_description: "The code passed is incorrect or expired." },
    };
  }

  noteCode(location: string | null): void {
    if (location === null || !URL.canParse(location)) return;
    const { searchParams } = new URL(location);
    const challenge = this.#challenges.get(searchParams.get("state") ?? "");
    const code = searchParams.get("code");
    if (code !== null && challenge !== undefined) this.#codes.set(code, challenge);
  }
}
