// What somebody reads who starts the server before it can start. Apart from the configuration, because this is for people.
import type { Config } from "./config.ts";
import type { Trouble } from "./db/storage.ts";

export type SetupAddresses = { readonly here: string | null; readonly elsewhere: string };

/** Where the set-up page opens: without more on this machine, if it listens there, and with the code from anywhere. */
export function setupAddresses(web: Config["web"], { port, code }: { port: number; code: string }): SetupAddresses {
  const host = web.host ?? "localhost";
  const isEverywhere = host === "0.0.0.0" || host === "::";
  const isHere = isEverywhere || host === "localhost" || host === "::1" || host.startsWith("127.");
  const local = `http://${isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
  return { here: isHere ? `${local}/setup` : null, elsewhere: `${web.publicUrl ?? local}/setup?code=${code}` };
}

/** For a first start without any credentials: what is missing and where it is made. */
export function unconfiguredText(missing: readonly string[], { here, elsewhere }: SetupAddresses): string {
  return `Patch Advocate has no GitHub App yet: ${listed(missing)} ${missing.length === 1 ? "is" : "are"} not set.

Open the set-up page in a browser. It makes the App and goes on from there, without a restart:
${
  here === null
    ? ""
    : `  on this machine   ${here}
`
}  from elsewhere    ${elsewhere}
                    (the code opens the page once; another host name or a proxy in front is fine)

By hand instead: docs/setup.md. No GitHub account at hand? \`npm run demo\` shows everything without one.`;
}

/** GitHub's own refusal of the credentials. */
export function refusedAppText(apiUrl: string, message: string): string {
  return `Patch Advocate cannot start: GitHub (${apiUrl}) does not take APP_ID and PRIVATE_KEY for those of an App. It says: ${message}
  - APP_ID must be the number on the App's settings page, and PRIVATE_KEY (or PRIVATE_KEY_PATH) one of that App's own keys:
    "Generate a private key" at the foot of that page makes a new one.
  - For an App of a GitHub Enterprise Server GHE_HOST must be set. This machine's clock must be right within a minute.`;
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
  return `Patch Advocate cannot start: another server already uses ${placeOf(databaseUrl)}. Stop it first, or use PostgreSQL (DATABASE_URL) for several servers.`;
}

/** A database that takes no writes when the server starts. */
export function storageText(databaseUrl: string, trouble: Trouble): string {
  return `Patch Advocate cannot start with ${placeOf(databaseUrl)}: ${STORAGE[trouble]}`;
}

/** Where the data is, without who may read it. A password with a slash in it makes a URL that reads otherwise, and is told of by no part. */
function placeOf(databaseUrl: string): string {
  if (databaseUrl.startsWith("sqlite:")) return databaseUrl;
  const url = URL.parse(databaseUrl);
  return url === null || url.pathname.includes("@") ? "PostgreSQL" : `${url.protocol}//${url.host}${url.pathname}`;
}

const STORAGE: Readonly<Record<Trouble, string>> = {
  full: "its disk is full. Make room there and start again.",
  "read-only":
    "it cannot be written. Let this user write to the file and its folder, on a disk that is not mounted read-only.",
  damaged: "its file cannot be read or written. Look after the disk, and put back a backup where the file is damaged.",
};

/** Where people find the server. */
export function addressText(web: Config["web"], port: number): string {
  return web.publicUrl ?? `http://${web.host ?? "localhost"}:${port}`;
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
