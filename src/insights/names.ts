// What severities and contracts are called in the reader's words. Pure, and apart, because figures know them by their keys.
import type { InsightTexts } from "./messages.ts";

export const severityName = (key: string, { severities }: InsightTexts): string =>
  key === "S1" || key === "S2" || key === "S3" || key === "S4" || key === "none" ? severities[key] : key;

/** `subscription gold`: the plan in the reader's words, the tier as it was written. */
export function contractName(key: string, { targets }: InsightTexts): string {
  if (key === "none") return targets.noContract;
  const [plan = "", ...tier] = key.split(" ");
  const name = plan === "subscription" || plan === "consulting" ? targets.plans[plan] : plan;
  return [name, ...tier].join(" ");
}
