// What to keep and what to say when a policy file has been read again. Pure.

import { tooLarge } from "./document.ts";
import { badPolicyReport, goodPolicyReport, type PolicyReport } from "./messages.ts";
import { type ParsedPolicy, parsePolicy } from "./parse.ts";
import type { PolicyError } from "./policy.ts";
import type { LocatedFile } from "./source.ts";

/** The row to be, but for its scope. */
type KeptPolicy = {
  readonly path: string | null;
  readonly isFound: boolean;
  readonly goodText: string | null;
  readonly goodAt: number | null;
  readonly errors: readonly PolicyError[];
  readonly sha: string | null;
  readonly checkedAt: number;
};

export type PolicyChange = {
  /** Whether what is in force may be another than before. */
  readonly isChanged: boolean;
  readonly kept: KeptPolicy;
  /** What a check run on the commit says; null where there is no file to speak of. */
  readonly report: PolicyReport | null;
};

export type PolicyReading = {
  readonly before: KeptPolicy | null;
  readonly found: LocatedFile | null;
  readonly now: number;
  /** What is wrong beyond the text itself, by the world as it is: an unknown region, a public case repository. */
  readonly check: (parsed: Extract<ParsedPolicy, { kind: "policy" }>) => readonly PolicyError[];
};

/** A good text comes into force, a bad one leaves the last good one there, a file that is gone leaves none. */
export function decidePolicy({ before, found, now, check }: PolicyReading): PolicyChange {
  if (found === null) {
    const kept = { path: null, isFound: false, goodText: null, goodAt: null, errors: [], sha: null, checkedAt: now };
    return { isChanged: before?.isFound === true, kept, report: null };
  }
  const { location, file } = found;
  const wasGood = before?.isFound === true ? { text: before.goodText, at: before.goodAt } : { text: null, at: null };
  const sha = file.kind === "file" ? file.sha : null;
  const bad = (errors: readonly PolicyError[]): PolicyChange => ({
    isChanged: before?.isFound !== true,
    kept: { path: location, isFound: true, goodText: wasGood.text, goodAt: wasGood.at, errors, sha, checkedAt: now },
    report: badPolicyReport(location, errors, wasGood.at),
  });
  if (file.kind === "too-large") return bad([tooLarge(location, null)]);
  const parsed = parsePolicy(file.text, { where: location });
  if (parsed.kind === "errors") return bad(parsed.errors);
  const errors = check(parsed);
  if (errors.length > 0) return bad(errors);
  return {
    isChanged: before?.isFound !== true || before.goodText !== file.text,
    kept: {
      path: location,
      isFound: true,
      goodText: file.text,
      goodAt: wasGood.text === file.text ? wasGood.at : now,
      errors: [],
      sha,
      checkedAt: now,
    },
    report: goodPolicyReport(location, parsed.warnings),
  };
}
