// Which commands are read but not done yet. Apart, so that the day one is done it is taken out in one place.
import type { Verb } from "./command.ts";

export const NOT_YET: ReadonlySet<Verb> = new Set([
  "summary",
  "stake",
  "workaround",
  "needed-by",
  "report",
  "escalate",
  "later",
  "landed",
  "superseded",
]);
