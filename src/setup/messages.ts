// Every text of the set-up page, in both languages. Pure.
import type { Language } from "../policy/policy.ts";
import type { Checklist } from "./checklist.ts";
import { SETUP_IN_ENGLISH } from "./messages-en.ts";
import { SETUP_IN_JAPANESE } from "./messages-ja.ts";
import type { Problem } from "./registration.ts";

/** Why the way to an App ended before there was one, or goes no further. */
export type Stop =
  | { readonly code: "not-let-in" }
  | { readonly code: "wrong-code" }
  | { readonly code: "used-code" }
  | { readonly code: "too-often" }
  | { readonly code: "form-expired" }
  | { readonly code: "nothing-begun" }
  | { readonly code: "forged-state" }
  | { readonly code: "late-state" }
  | { readonly code: "no-code" }
  | { readonly code: "not-reached"; readonly host: string }
  | { readonly code: "unknown-code" }
  | { readonly code: "refused"; readonly status: number; readonly message: string }
  | { readonly code: "not-understood" }
  | { readonly code: "made-elsewhere" }
  | { readonly code: "missing" }
  | { readonly code: "too-large" }
  | { readonly code: "failed" };

/** Why credentials are shown and not written. */
export type ShownBecause = "asked" | "not-writable" | "variables-in-the-way";

export type ItemKey = keyof Checklist;

export type SetupTexts = {
  readonly title: string;
  readonly enter: { readonly hint: string; readonly code: string; readonly button: string };
  readonly stop: (stop: Stop) => { readonly title: string; readonly text: string };
  readonly again: string;
  readonly retry: string;
  readonly form: {
    readonly intro: string;
    readonly wrong: string;
    readonly organization: string;
    readonly organizationHint: string;
    readonly host: string;
    readonly hostHint: string;
    readonly hostFixed: (webUrl: string, variable: string) => string;
    readonly publicUrl: string;
    readonly publicUrlHint: string;
    readonly proxyUrl: string;
    readonly proxyUrlHint: string;
    readonly fixed: (variable: string) => string;
    readonly keep: string;
    readonly keepHint: string;
    readonly notWritable: string;
    readonly inTheWay: (variables: readonly string[]) => string;
    readonly toFile: string;
    readonly toShow: string;
    readonly problem: (problem: Problem) => string;
  };
  readonly confirm: {
    readonly title: string;
    readonly intro: string;
    readonly asked: string;
    readonly owner: string;
    readonly ownAccount: string;
    readonly at: string;
    readonly hook: string;
    readonly proxied: (proxyUrl: string) => string;
    readonly page: string;
    readonly permissions: string;
    readonly events: string;
    readonly access: Readonly<Record<"read" | "write" | "admin", string>>;
    readonly credentials: string;
    readonly keep: Readonly<Record<"file" | "show", string>>;
    readonly name: string;
    readonly button: (host: string) => string;
    readonly change: string;
  };
  readonly credentials: {
    readonly title: (name: string) => string;
    readonly because: Readonly<Record<ShownBecause, string>>;
    readonly once: string;
    readonly unset: (variables: readonly string[]) => string;
    readonly what: string;
    readonly variable: string;
    readonly meaning: string;
    readonly meanings: Readonly<Record<string, string>>;
    readonly lines: string;
    readonly button: string;
  };
  readonly start: {
    readonly failed: string;
    readonly written: (path: string) => string;
    readonly shown: string;
    readonly because: (words: string) => string;
    readonly button: string;
  };
  readonly checklist: {
    readonly title: string;
    readonly intro: string;
    readonly written: (path: string) => string;
    readonly list: string;
    readonly item: string;
    readonly state: string;
    readonly next: string;
    readonly names: Readonly<Record<ItemKey, string>>;
    readonly done: string;
    readonly open: string;
    readonly nothingLeft: string;
    readonly found: { readonly [K in ItemKey]: (value: Checklist[K]) => string };
    readonly todo: Readonly<Record<Exclude<ItemKey, "app">, string>>;
    readonly settings: string;
    readonly install: string;
    readonly refreshes: string;
    readonly where: string;
  };
  readonly installed: { readonly title: string; readonly text: string; readonly next: readonly string[] };
};

export const SETUP_TEXTS: Readonly<Record<Language, SetupTexts>> = { en: SETUP_IN_ENGLISH, ja: SETUP_IN_JAPANESE };
