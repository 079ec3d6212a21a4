// What is made of GitHub's answers, good and bad: to the code of a new App, and to the question whether it knows ours.
import { generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { checkApp } from "../../src/setup/check-app.ts";
import { convertCode } from "../../src/setup/convert.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const MADE = {
  id: 7,
  slug: "patch-advocate-acme",
  name: "Patch Advocate (Acme)",
  html_url: "https://github.com/apps/patch-advocate-acme",
  client_id: "Iv23.7",
  client_secret: "cs",
  webhook_secret: "ws",
  pem: privateKey,
};
const NOW = Date.parse("2026-11-24T09:00:00Z");

const answering =
  (status: number, body: unknown): typeof fetch =>
  async () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
const endless: typeof fetch = async () => {
  const megabyte = new Uint8Array(1024 * 1024).fill(32);
  return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(megabyte) }), { status: 401 });
};
const away: typeof fetch = async () => {
  throw new TypeError("fetch failed");
};

test.each<[string, typeof fetch, object]>([
  ["nobody", away, { kind: "not-reached" }],
  ["a failing server", answering(502, "<html>"), { kind: "not-reached" }],
  ["a limit", answering(429, {}), { kind: "not-reached" }],
  ["no such code", answering(404, { message: "Not Found" }), { kind: "unknown-code" }],
  [
    "a refusal",
    answering(422, { message: "Validation Failed" }),
    { kind: "refused", status: 422, message: "Validation Failed" },
  ],
  ["a proxy's refusal", answering(403, "<html>"), { kind: "refused", status: 403, message: "" }],
  ["an answer that never ends", endless, { kind: "refused", status: 401, message: "" }],
  ["a page in place of an App", answering(201, "<html>"), { kind: "not-understood" }],
  ["an App without a webhook secret", answering(201, { ...MADE, webhook_secret: null }), { kind: "not-understood" }],
  ["a key that is none", answering(201, { ...MADE, pem: "-----BEGIN nothing" }), { kind: "not-understood" }],
  ["a page that is a script", answering(201, { ...MADE, html_url: "javascript:alert(1)" }), { kind: "not-understood" }],
  ["a secret of two lines", answering(201, { ...MADE, client_secret: "a\nB=c" }), { kind: "not-understood" }],
])("a code that is answered by %s", async (_name, fetch, outcome) => {
  expect(await convertCode("c", { apiUrl: "https://api.github.com", fetch })).toEqual(outcome);
});

test("an App is read from GitHub's answer, asked for by its code alone", async () => {
  const asked: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push([url, init?.method, init?.redirect, new Headers(init?.headers).has("authorization")]);
    return new Response(JSON.stringify(MADE), { status: 201 });
  };

  expect(await convertCode("../../x", { apiUrl: "https://ghe.example/api/v3", fetch })).toEqual({
    kind: "made",
    app: {
      id: 7,
      slug: "patch-advocate-acme",
      name: "Patch Advocate (Acme)",
      pageUrl: "https://github.com/apps/patch-advocate-acme",
      clientId: "Iv23.7",
      clientSecret: "cs",
      webhookSecret: "ws",
      privateKey,
    },
  });
  expect(asked).toEqual([["https://ghe.example/api/v3/app-manifests/..%2F..%2Fx/conversions", "POST", "error", false]]);
});

test.each<[string, typeof fetch, object]>([
  ["GitHub knows it", answering(200, {}), { kind: "known" }],
  ["a wrong key", answering(401, { message: "Bad" }), { kind: "refused", message: "Bad" }],
  [
    "no such App",
    answering(404, { message: "Integration not found" }),
    { kind: "refused", message: "Integration not found" },
  ],
  ["nobody answers", away, { kind: "not-asked" }],
  ["a failing server", answering(503, {}), { kind: "not-asked" }],
  ["a suspended account or a limit", answering(403, { message: "limit" }), { kind: "not-asked" }],
  ["an answer that never ends", endless, { kind: "not-asked" }],
  ["a proxy's own page", answering(401, "<html>"), { kind: "not-asked" }],
])("at the start: %s", async (_name, fetch, outcome) => {
  expect(await checkApp({ app: { id: 7, privateKey }, apiUrl: "https://api.github.com" }, { fetch, now: NOW })).toEqual(
    outcome,
  );
});

test("the App shows itself by a token of less than ten minutes, signed with its key", async () => {
  let token = "";
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    token = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    return new Response("{}");
  };

  await checkApp({ app: { id: 7, privateKey }, apiUrl: "https://api.github.com" }, { fetch, now: NOW });

  const [head = "", claims = "", signature = ""] = token.split(".");
  const isSigned = verify("sha256", Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, "base64url"));
  expect(isSigned).toBe(true);
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({
    iat: NOW / 1000 - 60,
    exp: NOW / 1000 + 480,
    iss: "7",
  });
});
