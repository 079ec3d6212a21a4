// Asks GitHub for many things in one request, and for fewer where that is too much for it: one that it cannot show keeps no other from being
// shown. Apart, because lists, comparisons and whole histories are all asked for so.
import { faultOf } from "../faults.ts";

/** So many alone, without any that is shown, are GitHub's failure and not theirs. */
const MOST_ALONE = 3;

export type InParts<T> = { readonly answers: readonly T[]; readonly left: readonly string[] };

/**
 * Asks for all at once; where GitHub fails (5xx, a timeout), for each half, down to one alone. `left` are those that it does not show.
 * @throws what the first request threw, where nothing is shown at all (at the last try all are `left` then), and whatever else keeps us
 * from asking.
 */
export async function askInParts<T>(
  ids: readonly string[],
  { ask, isLastTry }: { readonly ask: (ids: readonly string[]) => Promise<T>; readonly isLastTry: boolean },
): Promise<InParts<T>> {
  const answers: T[] = [];
  const left: string[] = [];
  let first: { readonly error: unknown } | null = null;
  for (const waiting = [ids]; ; ) {
    const some = waiting.pop();
    if (some === undefined) break;
    if (some.length === 0) continue;
    try {
      answers.push(await ask(some));
    } catch (error) {
      if (faultOf(error, 0).kind !== "passing") throw error;
      first ??= { error };
      const half = Math.ceil(some.length / 2);
      if (some.length > 1) waiting.push(some.slice(half), some.slice(0, half));
      else left.push(...some);
      if (answers.length === 0 && left.length === MOST_ALONE) break;
    }
  }
  if (answers.length === 0 && first !== null) {
    if (!isLastTry) throw first.error;
    return { answers, left: ids };
  }
  return { answers, left };
}
