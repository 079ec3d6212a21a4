// What a check run says of a policy file. Pure.
import type { PolicyError } from "./policy.ts";

export type PolicyReport = {
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  /** Markdown; what the file says stands in a code block, so that nothing in it is read as markup or a mention. */
  readonly summary: string;
};

/** The newest text is good. */
export function goodPolicyReport(location: string, warnings: readonly PolicyError[]): PolicyReport {
  const summary = `The policy in \`${location}\` is in force.`;
  if (warnings.length === 0) return { conclusion: "success", title: "The policy is in force", summary };
  const title = `The policy is in force, with ${count(warnings.length, "warning")}`;
  return { conclusion: "neutral", title, summary: `${summary}\n\n${listed(warnings)}` };
}

/** The newest text is bad; `lastGoodAt` says whether one before it was good. */
export function badPolicyReport(
  location: string,
  errors: readonly PolicyError[],
  lastGoodAt: number | null,
): PolicyReport {
  const inForce =
    lastGoodAt === null
      ? "There has been no good one before it, so this file changes nothing until it is mended."
      : `The last good one, read on ${new Date(lastGoodAt).toISOString().slice(0, 10)}, stays in force.`;
  return {
    conclusion: "failure",
    title: `${count(errors.length, "mistake")} in the policy`,
    summary: `The policy in \`${location}\` cannot be used. ${inForce}\n\n${listed(errors)}`,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function listed(errors: readonly PolicyError[]): string {
  const lines = errors
    .map(({ line, column, path, message }) => `${line}:${column} ${path === "" ? "" : `${path}: `}${message}`)
    .join("\n");
  const longestRun = Math.max(0, ...(lines.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(Math.max(3, longestRun + 1));
  return `${fence}text\n${lines}\n${fence}`;
}
