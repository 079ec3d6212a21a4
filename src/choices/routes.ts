// GET and POST /answer/:token: opening a mailed link shows, and only a press there acts, since mail programs and scanners open links.
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Log } from "../log.ts";
import { describeFault } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import { readForm } from "../web/form.ts";
import { languageAsked, PRIVATE_HEADERS } from "../web/page.ts";
import { limitRate } from "../web/rate-limit.ts";
import { sameOrigin } from "../web/same-origin.ts";
import { choicePage, plainPage, type Tried } from "./page.ts";
import { parseAnswer } from "./parse.ts";
import { giveAnswer, type Look, lookAtChoice, readAbout } from "./react.ts";

/** Room for a reason several times too long, so that it comes back beside its error instead of being lost. */
const MOST_BYTES = 128 * 1024;
const PER_MINUTE = 120;

type Shown = Exclude<Look, { kind: "unknown" }>;

type Parts = { readonly wiring: Wiring; readonly log: Log };

/** The routes of answering, to be put under `/answer`. */
export function answerRoutes({ wiring, log }: Parts): Hono {
  const { now } = wiring;
  const routes = new Hono();
  routes.use(limitRate(PER_MINUTE, now));

  const show = async (context: Context, look: Shown, at: number, tried: Tried | null = null): Promise<Response> =>
    choicePage(context, look, {
      now: at,
      about: look.kind === "open" ? await readAbout(wiring, look, at) : null,
      tried,
    });

  routes.get("/:token", async (context) => {
    const at = now();
    const look = await lookAtChoice(wiring, context.req.param("token"), at);
    if (look.kind === "unknown")
      return plainPage(context, "missing", languageAsked(context.req.header("accept-language")));
    return show(context, look, at);
  });

  routes.post(
    "/:token",
    sameOrigin(wiring.addresses.publicUrl),
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: (context) => plainPage(context, "tooLarge", languageAsked(context.req.header("accept-language"))),
    }),
    async (context) => {
      const at = now();
      const token = context.req.param("token");
      const look = await lookAtChoice(wiring, token, at);
      if (look.kind === "unknown")
        return plainPage(context, "missing", languageAsked(context.req.header("accept-language")));
      if (look.kind !== "open") return show(context, look, at);
      const form = await readForm(context);
      const words = { answer: form.text("answer"), until: form.text("until"), reason: form.text("reason") };
      const parsed = parseAnswer(look.choice.kind, words, { now: at, timezone: look.reader.timezone });
      if (parsed.kind === "problems") {
        return show(context, look, at, { words, problems: parsed.problems });
      }
      const given = await giveAnswer(wiring, { choice: look.choice, answer: parsed.answer, now: at });
      if (given.kind === "over") return show(context, { ...look, kind: "over", over: given.over }, at);
      // So that loading the page again shows the answer instead of sending it again; relative, since a proxy may serve us below a path.
      return context.body(null, 303, { ...PRIVATE_HEADERS, location: `./${token}` });
    },
  );

  routes.onError((error, context) => {
    const language = languageAsked(context.req.header("accept-language"));
    if (error instanceof HTTPException) return plainPage(context, "refused", language);
    log.error({ error: describeFault(error) }, "a question's page failed");
    return plainPage(context, "failed", language);
  });
  return routes;
}
