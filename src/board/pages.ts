// The pages of the board, a line a feature: what is not here is not reachable.
import type { Hono } from "hono";
import { contactsRoutes } from "../customer-page/contacts-routes.ts";
import { insightsPages } from "../insights/routes.ts";
import { recordRoutes } from "../record/routes.ts";
import { casePages } from "./cases/routes.ts";
import { customerPages } from "./customers/routes.ts";
import { logPages } from "./log/routes.ts";
import { observePages } from "./observe/routes.ts";
import type { BoardEnv, BoardParts } from "./parts.ts";
import { patchPages } from "./patch/routes.ts";
import { repositoryPages } from "./repositories/routes.ts";
import { settingsPages } from "./settings/routes.ts";
import { waitingPages } from "./waiting/routes.ts";

/** Each is mounted under `/o/:owner`. */
export const PAGES: readonly ((parts: BoardParts) => Hono<BoardEnv>)[] = [
  // The first page.
  waitingPages,
  patchPages,
  casePages,
  customerPages,
  repositoryPages,
  observePages,
  logPages,
  insightsPages,
  contactsRoutes,
  settingsPages,
  recordRoutes,
];
