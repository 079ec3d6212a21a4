// Rows as CSV for spreadsheets. Pure; apart from the log and insights, whose files are both made so.

export type Cell = string | number | null;

/** RFC 4180: a header line, CRLF at the end of each. */
export const csvText = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");

/**
 * A spreadsheet runs what begins like a formula: such a cell gets an apostrophe before it (OWASP, CSV injection), in
 * full width too, as Japanese spreadsheets take it.
 */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(Math.round(cell * 1000) / 1000);
  const text = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
