// What stands in the place of somebody who was erased. GitHub allows no login with two hyphens together, so that it can never be anybody's.
import type { Side } from "../patches/turn.ts";

const MARK = /^erased--[0-9]+(?:\.[0-9]+)?(?:--(maintainer|author))?$/;

/** The mark of one person. Where they had acted on a patch it tells on which side, because whose turn it is rests on that. */
export const markOf = (n: number, side: Side = "neither"): string =>
  `erased--${n}${side === "neither" ? "" : `--${side}`}`;

/** How every address that was erased ends. */
export const MARKED_MAIL = "@erased.invalid";

/** An address that reaches nobody (RFC 6761); each of somebody's addresses has one of its own. */
export const mailMarkOf = (n: number, index: number): string => `erased--${n}.${index}${MARKED_MAIL}`;

/** Whether a text of somebody's was changed by an erasure. */
export const bearsMark = (text: string): boolean => /\berased--[0-9]/.test(text);

export const isErased = (login: string): boolean => MARK.test(login);

/** The side that somebody erased stood on; null for everybody else. */
export function keptSide(login: string): Side | null {
  const found = MARK.exec(login);
  if (found === null) return null;
  return found[1] === "maintainer" || found[1] === "author" ? found[1] : "neither";
}
