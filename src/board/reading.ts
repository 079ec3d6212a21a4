// How somebody reads: the language and colours that they chose here, else what their browser or their entry in the files says. Kept in a
// cookie of its own, since it is nobody's secret and holds before anybody is signed in.
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Language } from "../policy/policy.ts";
import { languageAsked } from "../web/page.ts";
import type { Reading, Theme } from "./viewer.ts";

const COOKIE = "reading";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

const chosen = z.object({
  language: z.enum(["en", "ja"]).nullable().catch(null),
  theme: z.enum(["auto", "light", "dark"]).catch("auto"),
});

export type Chosen = { readonly language: Language | null; readonly theme: Theme };

export function readChosen(context: Context): Chosen {
  const [language, theme] = (getCookie(context, COOKIE) ?? "").split(".");
  return chosen.parse({ language, theme });
}

/** Keeps what a form chose; what it did not name stays. */
export function keepChosen(context: Context, wanted: Readonly<Record<keyof Chosen, string>>): void {
  const before = readChosen(context);
  const after = chosen.parse({
    language: wanted.language === "" ? before.language : wanted.language,
    theme: wanted.theme === "" ? before.theme : wanted.theme,
  });
  setCookie(context, COOKIE, `${after.language ?? ""}.${after.theme}`, {
    path: "/",
    maxAge: YEAR_SECONDS,
    httpOnly: true,
    sameSite: "Lax",
  });
}

/** What they chose, else what they are known to read, else what the browser asks for. */
export const languageFor = (context: Context, known: Language | null): Language =>
  readChosen(context).language ?? known ?? languageAsked(context.req.header("accept-language"));

/** How somebody reads who has come to no owner's board yet. */
export const readingOf = (context: Context): Reading => ({
  language: languageFor(context, null),
  timezone: "UTC",
  theme: readChosen(context).theme,
});
