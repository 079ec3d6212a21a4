// The App's credentials as this server's variables, and which variables of the process would win over .env. Pure.
import type { MadeApp } from "./convert.ts";
import type { Given, Registration, Variables } from "./registration.ts";

/** The variables that every App brings. */
const OF_THE_APP = ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET", "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"];

type Made = { readonly app: MadeApp; readonly registration: Registration; readonly given: Given };

export function variablesOf({ app, registration, given }: Made): Variables {
  const { host, publicUrl, proxyUrl } = registration;
  return {
    APP_ID: String(app.id),
    // In base64 it is one line without quotes, which every reader of such files and every secret store takes as it is.
    PRIVATE_KEY: Buffer.from(app.privateKey).toString("base64"),
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_CLIENT_ID: app.clientId,
    GITHUB_CLIENT_SECRET: app.clientSecret,
    ...(given.publicUrl === publicUrl ? {} : { PUBLIC_URL: publicUrl }),
    ...(given.proxyUrl === proxyUrl ? {} : { WEBHOOK_PROXY_URL: proxyUrl ?? "" }),
    ...(host === null ? {} : placeOf(host)),
  };
}

/** The variables that say that GitHub is at this host. GitHub Enterprise Cloud with data residency has its API on a host of its own. */
export function placeOf(host: string): Variables {
  return host.endsWith(".ghe.com") ? { GITHUB_API_URL: `https://api.${host}` } : { GHE_HOST: host };
}

/** Those of the variables that the process's own environment has, even empty: what .env says of them would not count. */
export const inTheWayOf = (names: readonly string[], own: ReadonlySet<string>): readonly string[] =>
  names.filter((name) => own.has(name));

/** The same before anything is chosen: what every App brings, and this server's address where it is not settled. */
export const inTheWayOfAny = (given: Given): readonly string[] =>
  inTheWayOf(given.publicUrl === null ? [...OF_THE_APP, "PUBLIC_URL"] : OF_THE_APP, given.own);
