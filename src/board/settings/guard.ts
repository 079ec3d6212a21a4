// Who may set things up: to everybody else these pages are not there.
import type { Context } from "hono";
import { notFound } from "../enter.ts";
import type { BoardEnv } from "../parts.ts";
import { maySetUp } from "../viewer.ts";

type Handler = (context: Context<BoardEnv>) => Promise<Response> | Response;

/** The page for organisation owners and support; nothing for others. */
export const forSetUp =
  (handler: Handler): Handler =>
  (context) =>
    maySetUp(context.var.viewer) ? handler(context) : notFound(context);
