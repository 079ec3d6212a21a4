// What may become of a column when a person is erased, as types. Apart, because the tables are listed in two files.
import type { Schema } from "../db/schema.ts";

/**
 * `value`: a login, an address or a name, whole. `words`: sentences. `key`: made of parts. `json`. `never`: an id, a time, a code or a name of ours or of
 * things. `theirs`: kept, and the command says why.
 */
export type Treatment = "value" | "words" | "key" | "json" | "never" | "theirs";

/** `scrub`: rows stay, with a mark in the person's place. `drop`: rows that name them go. `apart`: by a function of its own, in erase.ts. */
export type Table<Name extends keyof Schema> = {
  readonly how: "scrub" | "drop" | "apart" | "never";
  readonly columns: { readonly [Column in keyof Schema[Name]]: Treatment };
};

export const never = <const Name extends string>(...names: readonly Name[]): { readonly [Each in Name]: "never" } =>
  Object.fromEntries(names.map((name) => [name, "never"])) as { readonly [Each in Name]: "never" };
