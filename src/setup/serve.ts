// The server of the set-up page: it listens where the real one will, and hands its port over once there is an App.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config, ConfigOutcome, Environment } from "../config.ts";
import { describeFault, type Log } from "../log.ts";
import { createWebServer } from "../web/server.ts";
import { createDoor } from "./door.ts";
import { writeVariables } from "./keep-file.ts";
import { createMaking, type Made, type Started } from "./making.ts";
import { readTemplate } from "./manifest.ts";
import type { Given } from "./registration.ts";
import { setupRoutes } from "./routes.ts";
import type { Visit } from "./visit.ts";

const HEADING = "Written by the set-up page of Patch Advocate. Keep this file to yourself.";

type Parts = {
  readonly known: Omit<Config, "app">;
  /** All variables, with those of `.env`. */
  readonly environment: Environment;
  /** The names that the process's own environment has. */
  readonly own: ReadonlySet<string>;
  readonly envPath: string;
  /** The text of app.yml. */
  readonly appYml: string;
  readonly read: (environment: Environment) => ConfigOutcome;
  /** Gets everything ready but the port; `begin` takes it. */
  readonly prepare: (config: Config, visit: Visit) => Promise<Prepared>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly log: Log;
};

export type Prepared =
  | { readonly kind: "ready"; readonly begin: () => Promise<void> }
  | { readonly kind: "failed"; readonly because: string };

type Serving = { readonly port: number; readonly code: string; readonly close: () => Promise<void> };

/** Serves the set-up page where `known` says; answers the port and the code that opens it from elsewhere. */
export async function serveSetup(parts: Parts): Promise<Serving> {
  const { known, environment, envPath, read, fetch, now, log } = parts;
  const door = createDoor();
  let port = known.web.port;

  const start = async (made: Made): Promise<Started> => {
    const outcome = read({ ...environment, ...made.variables, PORT: String(port) });
    if (outcome.kind !== "config")
      return {
        kind: "failed",
        because: outcome.kind === "errors" ? outcome.errors.join(" ") : "the App ID is missing.",
      };
    const { maker, writtenTo } = made;
    const app = { name: made.app.name, pageUrl: made.app.pageUrl, settingsUrl: made.settingsUrl };
    try {
      const prepared = await parts.prepare(outcome.config, { guestOf: door.guestOf, maker, app, writtenTo });
      if (prepared.kind === "failed") return prepared;
      // The port is free as soon as this begins; what is under way, such as the press that led here, is still answered.
      void server.close();
      await prepared.begin();
      return { kind: "running" };
    } catch (error) {
      log.error({ err: error }, "Patch Advocate could not start after its set-up");
      return { kind: "failed", because: describeFault(error) };
    }
  };
  const making = createMaking({
    given: givenIn(parts),
    template: readTemplate(parts.appYml),
    githubWith: (variables) => {
      const outcome = read({ ...environment, ...variables });
      return outcome.kind === "unconfigured" ? outcome.known.github : known.github;
    },
    envPath,
    write: (variables) => writeVariables(envPath, variables, HEADING),
    start,
    fetch,
    log,
  });
  const server = createWebServer({
    webhookPath: known.webhook.path,
    receive: refuseDelivery,
    routes: setupRoutes({ door, making, now, log }),
  });
  ({ port } = await server.listen({ port, host: known.web.host }));
  return { port, code: door.code, close: server.close };
}

/** GitHub sends a first delivery when it makes the App: without its secret it cannot be told from anybody's. */
function refuseDelivery(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8" }).end("There is no GitHub App yet.\n");
}

function givenIn({ known, environment, own }: Parts): Given {
  const isSet = (name: string): boolean => (environment[name] ?? "").trim() !== "";
  return {
    webhookPath: known.webhook.path,
    publicUrl: known.web.publicUrl,
    proxyUrl: known.webhook.proxyUrl,
    webUrl: known.github.webUrl,
    placedBy: ["GITHUB_WEB_URL", "GITHUB_API_URL", "GHE_HOST"].find(isSet) ?? null,
    own,
  };
}
