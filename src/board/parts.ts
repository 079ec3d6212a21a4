// What the board's pages are made with, and what each finds in its request. Apart, because every page's folder imports it.
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Afterwards } from "../web/afterwards.ts";
import type { Form } from "../web/form.ts";
import type { Secrets } from "./secrets.ts";
import type { OpenSession } from "./session.ts";
import type { Viewer } from "./viewer.ts";

export type BoardParts = {
  readonly wiring: Wiring;
  readonly log: Log;
  readonly config: Pick<Config, "github" | "web">;
  readonly secrets: Secrets;
  readonly fetch: typeof globalThis.fetch;
  readonly afterwards: Afterwards;
};

/** What stands under `/o/:owner`: somebody who may be there. */
/** `form`: what was posted, once its token was found to be the session's. */
export type BoardEnv = { Variables: { viewer: Viewer; session: OpenSession; form: Form } };
