// How far the comparison of an installation has come, as it is kept between its steps, and how it goes on after GitHub failed. Pure.
import { z } from "zod";

/** `size`: how many are asked for at once, where that is fewer than usual; `failures`: how often one alone was asked for in vain. */
const share = { size: z.int().positive().optional(), failures: z.int().optional() };
const place = z.discriminatedUnion("in", [
  z.object({ in: z.literal("installation") }),
  z.object({ in: z.literal("repositories"), after: z.number(), ...share }),
  z.object({ in: z.literal("patches"), after: z.string(), ...share }),
]);
export type Place = z.infer<typeof place>;

export const START: Place = { in: "installation" };
/** How often one alone is asked for before it is passed over until the next comparison. */
const MOST_FAILURES = 3;

/** @throws where it was not written by `wordsOfPlace`. */
export const placeOf = (words: string): Place => place.parse(JSON.parse(words));
export const wordsOfPlace = (at: Place): string => JSON.stringify(at);

/** What is too much for GitHub in one request fails however often it is asked for: half as many next time, down to one alone. */
export function afterFailure(at: Place, usualSize: number): Place {
  if (at.in === "installation") return at;
  const { size = usualSize, failures = 0 } = at;
  return size > 1 ? { ...at, size: Math.ceil(size / 2) } : { ...at, failures: failures + 1 };
}

/** Whether the one that is next has failed alone so often that others must not wait for it any longer. */
export const isPassedOver = (at: Place): boolean => at.in !== "installation" && (at.failures ?? 0) >= MOST_FAILURES;

/** What goes on from one place to the next: as few at once, since what was slow is slow still. */
export const sizeOf = ({ size }: { readonly size?: number | undefined }) => (size === undefined ? {} : { size });
