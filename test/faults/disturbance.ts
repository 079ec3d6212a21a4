// What may go wrong in a run, as values that fast-check draws and shrinks, and how each reads in the report of a failure.
import fc from "fast-check";

/** Counted from the step that it belongs to; what is not reached by then waits for what comes after. */
export type Disturbance =
  /** A process ends at its `at`-th point (before a write to the database, after a commit, before and after a request), and one is started `downMinutes` later. */
  | { readonly kind: "crash"; readonly process: number; readonly at: number; readonly downMinutes: number }
  /** The database refuses one statement or the answer to a commit is lost. */
  | { readonly kind: "database"; readonly process: number; readonly at: number }
  /** GitHub's `at`-th answer; `to`: to the writing of a comment. */
  | { readonly kind: "github"; readonly at: number; readonly fault: GitHubFault; readonly to?: "comments" }
  /** The `at`-th delivery. */
  | { readonly kind: "delivery"; readonly at: number; readonly fate: DeliveryFate }
  /** Everything that GitHub sends is held until the next longer wait, and then comes in another order. */
  | { readonly kind: "reorder"; readonly ranks: readonly number[] }
  /** GitHub's answers come in another order: which of the requests that wait is served next. */
  | { readonly kind: "race"; readonly picks: readonly number[] };

export const GITHUB_FAULTS = [
  "502",
  "503 in HTML",
  "401",
  "403 secondary limit",
  "429",
  "reset before",
  "reset after",
  "timeout before",
  "timeout after",
  "500 after",
  "truncated",
] as const;
export type GitHubFault = (typeof GITHUB_FAULTS)[number];

/** `lost`: nobody got it. `unanswered`: it was kept, and GitHub did not hear so. */
export const DELIVERY_FATES = ["lost", "unanswered", "twice", "again later"] as const;
export type DeliveryFate = (typeof DELIVERY_FATES)[number];

const at = (max: number) => fc.integer({ min: 1, max });

const one = (processes: number): fc.Arbitrary<Disturbance> => {
  const process = fc.nat({ max: processes - 1 });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("crash" as const),
        process,
        at: at(40),
        downMinutes: fc.constantFrom(0, 0, 1, 5),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("database" as const), process, at: at(30) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("github" as const),
        at: at(12),
        fault: fc.constantFrom(...GITHUB_FAULTS),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("delivery" as const),
        at: at(6),
        fate: fc.constantFrom(...DELIVERY_FATES),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("reorder" as const),
        ranks: fc.array(fc.nat({ max: 9 }), { minLength: 2, maxLength: 8 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("race" as const),
        picks: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }),
      }),
    },
  );
};

export const disturbances = (processes: number): fc.Arbitrary<readonly Disturbance[]> =>
  fc.array(one(processes), { maxLength: 3, size: "max" });

export function wordsOfDisturbance(given: Disturbance): string {
  switch (given.kind) {
    case "crash":
      return `process ${given.process} dies at its point ${given.at}; another comes ${given.downMinutes === 0 ? "at once" : `${given.downMinutes} min later`}`;
    case "database":
      return `the database refuses process ${given.process} at its point ${given.at}`;
    case "github":
      return `GitHub's answer ${given.at}: ${given.fault}`;
    case "delivery":
      return `delivery ${given.at}: ${given.fate}`;
    case "reorder":
      return `deliveries are held and come in another order (${given.ranks.join(" ")})`;
    case "race":
      return `GitHub's answers come in another order (${given.picks.join(" ")})`;
  }
}
