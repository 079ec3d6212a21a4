// Runs scripts, each played once as it is and once with everything that goes wrong, and holds the two ends against each other.
import fc from "fast-check";
import { differences } from "./picture.ts";
import { play, type Setting } from "./play.ts";
import { type Script, scripts, wordsOfScript } from "./script.ts";

export type Asked = Setting & {
  readonly runs: number;
  readonly seed: number;
  /** Where in the drawing to begin, as the report of a failure names it. */
  readonly path?: string;
  /** Begins no further run after so long. */
  readonly seconds?: number;
  /** How long to look for a smaller script that fails too. */
  readonly shrinkSeconds: number;
  readonly onRun?: (runs: number) => void;
};

export type Report = {
  readonly runs: number;
  readonly seconds: number;
  readonly met: Readonly<Record<string, number>>;
  /** In words that can be repeated; null where every run ended alike. */
  readonly failure: string | null;
};

export async function runFaults({
  runs,
  seed,
  path,
  seconds: most = Number.POSITIVE_INFINITY,
  shrinkSeconds,
  onRun,
  ...setting
}: Asked): Promise<Report> {
  const met: Record<string, number> = {};
  const startedAt = performance.now();
  let played = 0;
  let failedAt: number | null = null;
  const property = fc.asyncProperty(scripts(setting.processes), async (script) => {
    // What is not tried any more counts as no failure, so that the smallest so far is the one that is told.
    if (failedAt !== null && performance.now() - failedAt > shrinkSeconds * 1000) return;
    if (failedAt === null && performance.now() - startedAt > most * 1000) return;
    try {
      const outcome = await compare(script, setting);
      played += 1;
      onRun?.(played);
      if (failedAt === null)
        for (const [kind, count] of Object.entries(outcome.met)) met[kind] = (met[kind] ?? 0) + count;
      if (outcome.differs.length > 0) throw new Error(outcome.differs.join("\n"));
    } catch (error) {
      failedAt ??= performance.now();
      throw error;
    }
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    ...(path !== undefined && { path }),
    endOnFailure: false,
  });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { runs: played, seconds, met, failure: details.failed ? wordsOfFailure(details, setting) : null };
}

export async function compare(script: Script, setting: Setting) {
  const undisturbed = await play(script, setting, null);
  const disturbed = await play(script, setting, undisturbed);
  return { differs: differences(undisturbed.picture, disturbed.picture), met: disturbed.met, undisturbed, disturbed };
}

function wordsOfFailure(details: fc.RunDetails<[Script]>, { on, processes }: Setting): string {
  const [script] = details.counterexample ?? [];
  const path = details.counterexamplePath ?? "";
  const why =
    details.errorInstance instanceof Error
      ? (details.errorInstance.stack ?? details.errorInstance.message)
      : String(details.errorInstance);
  return [
    "The end with what went wrong (+) is not the end without it (-).",
    `Repeat it: npm run faults -- --seed ${details.seed} --path "${path}" --database ${on} --processes ${processes}`,
    "",
    script === undefined ? "" : wordsOfScript(script),
    "",
    why,
  ].join("\n");
}
