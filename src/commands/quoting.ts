// Commands and references as they stand in our answers, in any language.
import { code, joined, type PublicText } from "../effects/public-text.ts";
import type { Verb } from "./command.ts";

export const written = (verb: Verb): PublicText => code(`/case ${verb}`, "none");

export const listed = (references: readonly string[], between: PublicText): PublicText =>
  joined(
    references.slice(0, 10).map((reference) => code(reference, "reference")),
    between,
  );
