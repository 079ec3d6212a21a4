// How far the comparison of an installation has come, as it is kept between its steps, and how it goes on after GitHub failed. Pure.
import { z } from "zod";

/** `failures`: how often this step failed; `isIncomplete`: what GitHub did not show was left out before. */
const more = { failures: z.int().optional(), isIncomplete: z.boolean().optional() };
const place = z.discriminatedUnion("in", [
  z.object({ in: z.literal("installation") }),
  z.object({ in: z.literal("repositories"), after: z.number(), ...more }),
  z.object({ in: z.literal("patches"), after: z.string(), ...more }),
]);
export type Place = z.infer<typeof place>;
export type PlaceIn<Kind extends Place["in"]> = Extract<Place, { readonly in: Kind }>;

export const START: Place = { in: "installation" };
/** How often a step may fail as a whole; then it goes on without what fails. */
const MOST_FAILURES = 6;

/** @throws where it was not written by `wordsOfPlace`. */
export const placeOf = (words: string): Place => place.parse(JSON.parse(words));
export const wordsOfPlace = (at: Place): string => JSON.stringify(at);

export const afterFailure = (at: Place): Place =>
  at.in === "installation" ? at : { ...at, failures: (at.failures ?? 0) + 1 };

/** Whether a step has failed so often that the rest must not wait for it any longer. */
export const isLastTry = (at: Place): boolean => at.in !== "installation" && (at.failures ?? 0) >= MOST_FAILURES;

/** Whether something was left out: then the next comparison looks as far back as this one. */
export const isIncomplete = (at: Place): boolean => at.in !== "installation" && at.isIncomplete === true;
