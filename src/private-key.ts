// The App's private key in the forms in which people paste it. Apart from the configuration, which only says where it is.
import { createPrivateKey } from "node:crypto";

export type KeyOutcome =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "error"; readonly error: string };

/** A key as GitHub gives it out: PEM, PEM with `\n` written out, or base64 of either. */
export function parsePrivateKey(text: string, variable: string): KeyOutcome {
  const plain = text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");
  const key = plain.replaceAll("\\n", "\n").trim();
  try {
    if (createPrivateKey(key).asymmetricKeyType === "rsa") return { kind: "key", key: `${key}\n` };
  } catch {
    // Said below: what createPrivateKey complains about helps nobody and could repeat the value.
  }
  const holds = variable === "PRIVATE_KEY" ? "is not" : "names a file that is not";
  return {
    kind: "error",
    error: `${variable} ${holds} an RSA private key: the whole .pem file is needed, as it is, with \\n for line ends, or in base64.`,
  };
}
