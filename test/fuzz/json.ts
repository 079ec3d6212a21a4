// Breaks JSON on purpose: a real document, some of its places changed, and its text cut or garbled afterwards. Pure.
import fc from "fast-check";
import { hostileValue, hostileWord } from "./hostile.ts";

/** One place of a document, chosen by number, and what happens there. */
export type Change =
  | { readonly at: number; readonly kind: "replace"; readonly value: unknown }
  | { readonly at: number; readonly kind: "remove" }
  | { readonly at: number; readonly kind: "rename"; readonly key: string }
  | { readonly at: number; readonly kind: "double" }
  | { readonly at: number; readonly kind: "swap"; readonly other: number };

export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ at: fc.nat(), kind: fc.constant("replace" as const), value: hostileValue }) },
  { weight: 2, arbitrary: fc.record({ at: fc.nat(), kind: fc.constant("remove" as const) }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(), kind: fc.constant("rename" as const), key: hostileWord }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(), kind: fc.constant("double" as const) }) },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(), kind: fc.constant("swap" as const), other: fc.nat() }) },
);

type Spot = { readonly holder: Record<string, unknown>; readonly key: string };

/** A copy of the document with the changes made one after the other. */
export function changed(document: unknown, changes: readonly Change[]): unknown {
  const root: Record<string, unknown> = { document: structuredClone(document) };
  for (const each of changes) {
    const spots = spotsIn(root.document);
    const spot = spots[each.at % Math.max(spots.length, 1)];
    if (spot === undefined) continue;
    const value = spot.holder[spot.key];
    if (each.kind === "replace") put(spot.holder, spot.key, structuredClone(each.value));
    else if (each.kind === "remove") delete spot.holder[spot.key];
    else if (each.kind === "rename") {
      delete spot.holder[spot.key];
      put(spot.holder, each.key, value);
    } else if (each.kind === "double") put(spot.holder, spot.key, [value, structuredClone(value)]);
    else {
      const other = spots[each.other % spots.length];
      if (other !== undefined) put(spot.holder, spot.key, structuredClone(other.holder[other.key]));
    }
  }
  return root.document;
}

/** Every place of a document, outermost first; at most some thousands. */
function spotsIn(document: unknown): readonly Spot[] {
  const spots: Spot[] = [];
  const waiting: unknown[] = [document];
  for (let at = 0; at < waiting.length && spots.length < 3_000; at += 1) {
    const holder = waiting[at];
    if (!isHolder(holder)) continue;
    for (const key of Object.keys(holder).slice(0, 200)) {
      spots.push({ holder, key });
      waiting.push(holder[key]);
    }
  }
  return spots;
}

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** As `JSON.parse` would put it: `__proto__` is a key like any other. */
function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
}

/** What happens to a text after it was written. `at` is a share of its length in thousandths. */
export type Garble =
  | { readonly kind: "none" }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "insert"; readonly at: number; readonly words: string }
  | { readonly kind: "repeat"; readonly at: number; readonly length: number };

export const garble: fc.Arbitrary<Garble> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Garble>({ kind: "none" }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: thousandths() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("insert" as const), at: thousandths(), words: hostileWord }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("repeat" as const),
      at: thousandths(),
      length: fc.integer({ min: 1, max: 400 }),
    }),
  },
);

function thousandths(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 1000 });
}

export function garbled(text: string, how: Garble): string {
  if (how.kind === "none") return text;
  const at = Math.floor((text.length * how.at) / 1000);
  if (how.kind === "cut") return text.slice(0, at);
  const more = how.kind === "insert" ? how.words : text.slice(at, at + how.length);
  return text.slice(0, at) + more + text.slice(at);
}

/** Keys that stand twice, the second with another value: every reader has to take one. */
export function withDoubleKeys(json: string): string {
  return json.replace(/"(number|id|login|action)":("?[\w-]+"?)/, '"$1":$2,"$1":null');
}
