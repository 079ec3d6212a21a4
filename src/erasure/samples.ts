// A few of the places that an erasure changes, to look at before it is done. Pure.
import { readable } from "../effects/escape.ts";

export type Sample = { readonly where: string; readonly before: string; readonly after: string };

const MOST = 10;
const AROUND = 24;
const LENGTH = 64;

/** Adds the place in which two texts differ, the first of each column only. */
export function addSample(samples: Sample[], { where, before, after }: Sample): void {
  if (samples.length >= MOST || samples.some((each) => each.where === where)) return;
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const from = Math.max(0, at - AROUND);
  samples.push({ where, before: part(before, from), after: part(after, from) });
}

const part = (text: string, from: number): string =>
  `${from > 0 ? "…" : ""}${readable(text.slice(from, from + LENGTH))}${text.length > from + LENGTH ? "…" : ""}`;
