// How the demo looks in a terminal: a date, who did what, and what the product answered.
import { styleText } from "node:util";

const WIDTH = 100;
const ZONE = "Asia/Tokyo";

export type Printer = {
  readonly title: (text: string) => void;
  /** What somebody does at this moment, by the clock of the story. */
  readonly act: (at: number, text: string) => void;
  /** What the product did because of it. */
  readonly answer: (text: string) => void;
  /** Words that stand on GitHub, as they stand there. */
  readonly quote: (who: string, text: string) => void;
  readonly link: (url: string) => void;
  readonly line: (text?: string) => void;
};

/** Prints through `out`, a line a call; colours only where the terminal shows them. */
export function createPrinter(out: (line: string) => void): Printer {
  return {
    title: (text) => out(styleText("bold", text)),
    act: (at, text) => {
      out("");
      out(`${styleText("cyan", momentText(at))}  ${styleText("bold", text)}`);
    },
    answer: (text) => {
      for (const [index, line] of wrap(text, WIDTH - 6).entries())
        out(`    ${index === 0 ? styleText("green", "→") : " "} ${line}`);
    },
    quote: (who, text) => {
      out(`      ${styleText("dim", `${who}:`)}`);
      const lines = text.split("\n").flatMap((line) => (line.length <= WIDTH - 8 ? [line] : wrap(line, WIDTH - 8)));
      for (const line of lines) out(`      ${styleText("dim", "│")} ${line}`.trimEnd());
    },
    link: (url) => out(`      ${styleText("dim", url)}`),
    line: (text = "") => out(text),
  };
}

/** As `Thu 16 Jul 15:00`, in the time zone of the story's calendar. */
function momentText(at: number): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    weekday: "short",
    day: "2-digit",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")} ${part("hour")}:${part("minute")}`;
}

/** Breaks at spaces; a word, and a table's row, that is longer stays whole. */
function wrap(text: string, width: number): string[] {
  if (text.startsWith("|")) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
