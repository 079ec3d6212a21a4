// One App in the making: what was chosen, GitHub's code exchanged, the credentials kept, the server started. Apart from the paths that
// lead through it, because there is at most one App, however many browsers try.
import type { Log } from "../log.ts";
import { convertCode, type MadeApp } from "./convert.ts";
import { inTheWayOf, inTheWayOfAny, placeOf, variablesOf } from "./credentials.ts";
import type { Guest } from "./door.ts";
import { canWriteBeside, type Kept } from "./keep-file.ts";
import { type Manifest, manifestOf, registrationUrl, settingsUrlOf, type Template } from "./manifest.ts";
import type { ShownBecause, Stop } from "./messages.ts";
import type { FormParts } from "./pages.ts";
import { parseWords } from "./parse.ts";
import { createPending } from "./pending.ts";
import type { Given, Problem, Registration, Variables, Words } from "./registration.ts";

export type Made = {
  readonly app: MadeApp;
  readonly settingsUrl: string;
  readonly maker: Guest;
  readonly variables: Variables;
  /** Null: they are shown. */
  readonly writtenTo: string | null;
  readonly because: ShownBecause;
  readonly inTheWay: readonly string[];
};

export type Started = { readonly kind: "running" } | { readonly kind: "failed"; readonly because: string };

export type Making = {
  readonly form: (of: FormFrom) => FormOf;
  /** Begins the way to GitHub, or says what is wrong with the form. `origin`: where the browser says that it sees the page. */
  readonly begin: (
    guest: Guest,
    of: { readonly words: Words; readonly origin: string | undefined; readonly now: number },
  ) => readonly Problem[];
  readonly underWay: (guest: Guest, now: number) => UnderWayToGitHub | null;
  /** Takes over the App that GitHub made, once. Null: done. */
  readonly finish: (
    guest: Guest,
    of: { readonly code: string; readonly state: string; readonly now: number },
  ) => Promise<Stop | null>;
  readonly made: () => Made | null;
  readonly start: () => Promise<Started>;
  readonly isPublicOrigin: (origin: string) => boolean;
};

/** What was typed, else what this browser chose before; `seenAt`: under which address it opens the page, where others can too. */
type FormFrom = { readonly words: Words } | { readonly chosen: Registration | null; readonly seenAt: string | null };
type FormOf = Omit<FormParts, "problems" | "token">;
type UnderWayToGitHub = { readonly registration: Registration; readonly manifest: Manifest; readonly action: string };

type Keeping = {
  readonly app: MadeApp;
  readonly registration: Registration;
  readonly maker: Guest;
  readonly webUrl: string;
};

type Parts = {
  readonly given: Given;
  readonly template: Template;
  /** Where GitHub is once these variables are set. */
  readonly githubWith: (variables: Variables) => { readonly apiUrl: string; readonly webUrl: string };
  readonly envPath: string;
  readonly write: (variables: Variables) => Kept;
  readonly start: (made: Made) => Promise<Started>;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
};

export function createMaking(parts: Parts): Making {
  const { given, template, githubWith, envPath, write, fetch, log } = parts;
  const pending = createPending();
  const expectedInTheWay = inTheWayOfAny(given);
  let made: Made | null = null;
  let isTaken = false;
  let starting: Promise<Started> | null = null;

  const onlyShown = (): FormParts["onlyShown"] => {
    if (expectedInTheWay.length > 0) return "variables-in-the-way";
    return canWriteBeside(envPath) ? null : "not-writable";
  };
  const placed = (registration: Registration) =>
    githubWith(registration.host === null ? {} : placeOf(registration.host));

  const keepMade = ({ app, registration, maker, webUrl }: Keeping): Made => {
    const variables = variablesOf({ app, registration, given });
    const inTheWay = inTheWayOf(Object.keys(variables), given.own);
    const kept = registration.keep === "file" && inTheWay.length === 0 ? write(variables) : null;
    const writtenTo = kept?.kind === "written" ? kept.path : null;
    const isAsked = kept === null && canWriteBeside(envPath);
    const because = inTheWay.length > 0 ? "variables-in-the-way" : isAsked ? "asked" : "not-writable";
    const settingsUrl = settingsUrlOf(webUrl, { organization: registration.organization, slug: app.slug });
    log.info({ appId: app.id, isWritten: writtenTo !== null }, "GitHub made the App");
    return { app, settingsUrl, maker, variables, writtenTo, because, inTheWay };
  };

  return {
    form: (of) => ({
      given,
      words: "words" in of ? of.words : wordsBefore(given, of),
      onlyShown: onlyShown(),
      inTheWay: expectedInTheWay,
    }),
    begin: (guest, { words, origin, now }) => {
      const parsed = parseWords(words, { given, canKeep: onlyShown() === null });
      if (parsed.kind === "problems") return parsed.problems;
      const { registration } = parsed;
      pending.begin(guest, { registration, pageUrl: pageUrlOf(origin, registration.publicUrl), now });
      return [];
    },
    underWay: (guest, now) => {
      const underWay = pending.of(guest, now);
      if (underWay === null) return null;
      const { registration, pageUrl, state } = underWay;
      const { organization } = registration;
      return {
        registration,
        manifest: manifestOf(template, { registration, pageUrl, webhookPath: given.webhookPath }),
        action: registrationUrl(placed(registration).webUrl, { organization, state }),
      };
    },
    finish: async (guest, { code, state, now }) => {
      if (isTaken) return { code: "made-elsewhere" };
      const taken = pending.take(guest, state, now);
      if (taken.kind === "none") return { code: "nothing-begun" };
      if (taken.kind === "forged") return { code: "forged-state" };
      if (taken.kind === "late") return { code: "late-state" };
      if (code === "") return { code: "no-code" };
      if (!/^[\w-]{1,200}$/.test(code)) return { code: "unknown-code" };
      const { registration } = taken.underWay;
      const { apiUrl, webUrl } = placed(registration);
      isTaken = true;
      const converted = await convertCode(code, { apiUrl, fetch });
      if (converted.kind !== "made") {
        isTaken = false;
        log.warn({ outcome: converted.kind }, "the App's credentials could not be fetched");
      }
      switch (converted.kind) {
        case "not-reached":
          taken.putBack();
          return { code: "not-reached", host: new URL(apiUrl).host };
        case "unknown-code":
        case "not-understood":
          return { code: converted.kind };
        case "refused":
          return { code: "refused", status: converted.status, message: converted.message };
        case "made":
          made = keepMade({ app: converted.app, registration, maker: guest, webUrl });
          return null;
      }
    },
    made: () => made,
    start: async () => {
      if (made === null) return { kind: "failed", because: "there is no App yet" };
      // Two presses start one server.
      starting ??= parts.start(made);
      const started = await starting;
      if (started.kind === "failed") starting = null;
      return started;
    },
    isPublicOrigin: (origin) => given.publicUrl !== null && new URL(given.publicUrl).origin === origin,
  };
}

const wordsBefore = (given: Given, { chosen, seenAt }: Exclude<FormFrom, { words: Words }>): Words => ({
  organization: chosen?.organization ?? "",
  host: chosen?.host ?? "",
  publicUrl: chosen?.publicUrl ?? given.publicUrl ?? seenAt ?? "",
  proxyUrl: (chosen === null ? given.proxyUrl : chosen.proxyUrl) ?? "",
  keep: "",
});

/** Where GitHub leads the browser back: to where it sees this page now, since only there it shows its cookie. */
function pageUrlOf(origin: string | undefined, publicUrl: string): string {
  if (origin === undefined || !/^https?:\/\//.test(origin) || !URL.canParse(origin)) return publicUrl;
  const seen = new URL(origin).origin;
  return seen === new URL(publicUrl).origin ? publicUrl : seen;
}
