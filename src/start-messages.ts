// What somebody reads who starts the server before it can start. Apart from the configuration, because this is for people.
import type { Config } from "./config.ts";

/** For a first start without any credentials: what is missing and how to get it. */
export function unconfiguredText(missing: readonly string[]): string {
  return `Patch Advocate has no GitHub App yet: ${listed(missing)} ${missing.length === 1 ? "is" : "are"} not set.

To get them, once:
  1. Make a GitHub App: https://github.com/settings/apps/new (for an organisation:
     https://github.com/organizations/YOUR-ORGANISATION/settings/apps/new).
     app.yml lists the permissions and events that it needs, and why each.
  2. Webhook URL: https://YOUR-HOST/api/github/webhooks. Webhook secret: make one with \`openssl rand -hex 32\`.
  3. Copy .env.example to .env and fill in APP_ID, WEBHOOK_SECRET and PRIVATE_KEY_PATH
     ("Generate a private key" at the foot of the App's page downloads the file).
  4. Run \`npm start\` again, then install the App where your patches and cases are.

No GitHub account at hand? \`npm run demo\` shows everything without one.`;
}

/** Every problem of the configuration at once. */
export function configErrorsText(errors: readonly string[]): string {
  const count = errors.length === 1 ? "one thing is" : `${errors.length} things are`;
  return [
    `Patch Advocate cannot start: ${count} wrong in its configuration (environment or .env).`,
    ...errors.map((error) => `  - ${error}`),
    "See .env.example for what each variable means.",
  ].join("\n");
}

/** A second server on the file that another one serves. */
export function secondServerText(databaseUrl: string): string {
  return `Patch Advocate cannot start: another server already uses ${databaseUrl}. Stop it first, or use PostgreSQL (DATABASE_URL) for several servers.`;
}

/** Where people find the server. */
export function addressText(web: Config["web"], port: number): string {
  return web.publicUrl ?? `http://${web.host ?? "localhost"}:${port}`;
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
