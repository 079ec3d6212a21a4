// The log's lines as a file for spreadsheets. Pure; apart from the page, which shows the same lines.
import { csvText } from "../csv.ts";
import type { LogLine } from "./line.ts";
import type { LogTexts } from "./messages.ts";

/** The lines as a file: instants in ISO 8601, everything else as the page shows it. */
export function logCsv(lines: readonly LogLine[], { columns }: Pick<LogTexts, "columns">): string {
  const header = [columns.at, columns.kind, columns.what, columns.about, columns.who, columns.because, columns.outcome];
  const rows = lines.map((line) => [
    new Date(line.at).toISOString(),
    line.kind,
    line.what,
    line.about?.words ?? "",
    line.who,
    line.because?.words ?? "",
    line.outcome?.words ?? "",
  ]);
  return csvText(header, rows);
}
