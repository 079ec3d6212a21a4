// What came of a webhook, and what handling one needs: the same for every feature that reacts to one.
import type { Logger } from "pino";
import type { Wiring } from "../patches/wiring.ts";

export type Handled = { readonly kind: "done" } | { readonly kind: "ignored"; readonly because: string };

export type Reacting = Wiring & { readonly log: Logger };

export const DONE: Handled = { kind: "done" };

export const ignored = (because: string): Handled => ({ kind: "ignored", because });
