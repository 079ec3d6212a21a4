// What a part of the product has to hold out against, and how it is tried: many inputs from one seed, shrunk where one does harm.
import { availableParallelism, loadavg } from "node:os";
import fc from "fast-check";

/** No input may keep anybody waiting for longer. */
export const LONGEST_MILLIS = 100;
/** A machine that has other work makes an input look slow: it is measured this often, and the least counts. */
const MEASUREMENTS = 4;

export type Target<Input> = {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Works on one input; answers what is wrong, in words, and nothing where all is well. What it throws is wrong, too. */
  readonly harmOf: (input: Input, measure: Measure) => Promise<string | null>;
  /** The input as somebody can take it up again. */
  readonly show: (input: Input) => string;
};

/**
 * Does it, and remembers how long that took; again where it took too long. `processor`: what it cost the thread, whatever else the machine
 * does. `clock`: how long somebody waited, disk and network included.
 */
export type Measure = <Value>(work: () => Value | Promise<Value>, by?: "processor" | "clock") => Promise<Value>;

export type Outcome = {
  readonly name: string;
  readonly count: number;
  readonly slowestMillis: number;
  readonly meanMillis: number;
  /** The beginning of the input that took longest. */
  readonly slowest: string;
  /** Null: no input did harm. */
  readonly harm: { readonly told: string; readonly input: string; readonly seed: number; readonly path: string } | null;
};

export async function fuzz<Input>(
  target: Target<Input>,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Outcome> {
  let [slowestMillis, sum, tried, slowest] = [0, 0, 0, ""];
  const property = fc.asyncProperty(target.inputs, async (input) => {
    let took = 0;
    const harm = await target.harmOf(input, async (work, by = "processor") => {
      const { value, millis } = await leastOf(work, by === "processor" ? processorMillis : clockMillis());
      took = Math.max(took, millis);
      return value;
    });
    if (harm !== null) throw new Error(harm);
    if (took > LONGEST_MILLIS) throw new Error(`it took more than ${LONGEST_MILLIS} ms: ${Math.round(took)} ms`);
    if (took > slowestMillis) [slowestMillis, slowest] = [took, target.show(input).slice(0, 200)];
    sum += took;
    tried += 1;
  });
  const run = await fc.check(property, { numRuns: count, seed, maxSkipsPerRun: 0 });
  const { counterexample, errorInstance } = run;
  return {
    name: target.name,
    count: tried,
    slowestMillis,
    slowest,
    meanMillis: tried === 0 ? 0 : sum / tried,
    harm:
      !run.failed || counterexample === null
        ? null
        : {
            told:
              errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance),
            input: target.show(counterexample[0]),
            seed: run.seed,
            path: run.counterexamplePath ?? "",
          },
  };
}

async function leastOf<Value>(
  work: () => Value | Promise<Value>,
  millisNow: () => number,
): Promise<{ value: Value; millis: number }> {
  let least = Number.POSITIVE_INFINITY;
  for (let measurement = 1; ; measurement += 1) {
    const startedAt = millisNow();
    const value = await work();
    least = Math.min(least, millisNow() - startedAt);
    if (least <= LONGEST_MILLIS || measurement === MEASUREMENTS) return { value, millis: least };
  }
}

/** On a machine with more to do than it has processors everybody waits for their turn, which is no fault of ours: that share is left out. */
function clockMillis(): () => number {
  const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  return () => performance.now() / share;
}

/** What the thread has cost so far, whatever else the machine does. */
export function processorMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The words of a fault that nobody meant to be read: they say that a mistake was caught by chance. */
const ACCIDENTS =
  /undefined|\[object|NaN|Cannot read|is not a function|is not iterable|Maximum call stack|Invalid time value|RangeError|TypeError|SyntaxError|SQLITE|\0/;

/** What is wrong with what somebody is told of a bad input; null where it is a short, plain sentence. Messages may quote the input. */
export function unclear(message: string, input: string): string | null {
  if (message.trim() === "") return "the message is empty";
  if (message.length > 2_000) return `the message has ${message.length} characters`;
  const [accident] = ACCIDENTS.exec(message) ?? [];
  if (accident === undefined || input.includes(accident)) return null;
  return `the message tells of an accident (${JSON.stringify(accident)}): ${message.slice(0, 300)}`;
}
