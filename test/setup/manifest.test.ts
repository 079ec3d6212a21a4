// What GitHub is asked to make: app.yml as it is shipped, and the addresses of this server.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { manifestOf, readTemplate, registrationUrl, settingsUrlOf } from "../../src/setup/manifest.ts";
import { Manifests } from "../support/github/manifests.ts";

const APP_YML = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
const TEMPLATE = readTemplate(APP_YML);

const addressesOf = (publicUrl: string, proxyUrl: string | null, pageUrl: string) => {
  const manifest = manifestOf(TEMPLATE, { registration: { publicUrl, proxyUrl }, webhookPath: "/hooks", pageUrl });
  const { url, hook_attributes, setup_url, callback_urls, redirect_url } = manifest;
  return [url, hook_attributes.url, setup_url, ...callback_urls, redirect_url];
};

test.each([
  [
    "opened under its public address",
    ["https://p.example", null, "https://p.example"] as const,
    [
      "https://p.example",
      "https://p.example/hooks",
      "https://p.example/setup/installed",
      "https://p.example/sign-in/github/callback",
      "https://p.example/setup/made",
    ],
  ],
  [
    "opened on the machine itself",
    ["https://p.example/patches", null, "http://localhost:3000"] as const,
    [
      "https://p.example/patches",
      "https://p.example/patches/hooks",
      "https://p.example/patches/setup/installed",
      "https://p.example/patches/sign-in/github/callback",
      "http://localhost:3000/setup/made",
    ],
  ],
  [
    "tried out through a channel",
    ["http://localhost:3000", "https://smee.io/abc", "http://localhost:3000"] as const,
    [
      "http://localhost:3000",
      "https://smee.io/abc",
      "http://localhost:3000/setup/installed",
      "http://localhost:3000/sign-in/github/callback",
      "http://localhost:3000/setup/made",
    ],
  ],
])("every address is written out: %s", (_name, [publicUrl, proxyUrl, pageUrl], addresses) => {
  expect(addressesOf(publicUrl, proxyUrl, pageUrl)).toEqual(addresses);
});

test("app.yml names each event's permission, since GitHub takes a manifest whole or not at all", () => {
  const registration = { publicUrl: "https://p.example", proxyUrl: null };
  const manifest = manifestOf(TEMPLATE, { registration, webhookPath: "/hooks", pageUrl: "https://p.example" });

  expect(new Manifests().register(JSON.stringify(manifest), "s")).toHaveProperty("location");
  for (const permission of ["issues", "pull_requests", "contents", "metadata", "members"]) {
    const { [permission]: _, ...fewer } = manifest.default_permissions;
    expect(new Manifests().register(JSON.stringify({ ...manifest, default_permissions: fewer }), "s")).toHaveProperty(
      "errors",
    );
  }
});

test("the App is nobody else's to install", () => {
  const registration = { publicUrl: "https://p.example", proxyUrl: null };

  expect(manifestOf(TEMPLATE, { registration, webhookPath: "/hooks", pageUrl: "https://p.example" }).public).toBe(
    false,
  );
});

describe("where it is made", () => {
  test.each([
    [null, "https://github.com/settings/apps/new?state=s%26t", "https://github.com/settings/apps/patch"],
    [
      "acme-db",
      "https://github.com/organizations/acme-db/settings/apps/new?state=s%26t",
      "https://github.com/organizations/acme-db/settings/apps/patch",
    ],
  ])("for %s", (organization, made, settings) => {
    expect(registrationUrl("https://github.com", { organization, state: "s&t" })).toBe(made);
    expect(settingsUrlOf("https://github.com", { organization, slug: "patch" })).toBe(settings);
  });
});
