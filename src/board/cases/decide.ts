// What a form about a case's words means: which words change, or what is wrong with them. Pure, and by the same rules as the commands.
import type { CaseWords } from "../../cases/words.ts";
import { readDate, readSeverity, whyNotPromised } from "../../commands/words.ts";

export const FIELDS = [
  "title",
  "state",
  "customer",
  "severity",
  "summary",
  "stake",
  "workaround",
  "needed-by",
  "needed-by-why",
  "report",
  "assignee",
] as const;

export type Field = (typeof FIELDS)[number];

export type Typed = Readonly<Record<Field, string>>;

export type ProblemCode =
  | "bad-severity"
  | "bad-state"
  | "unknown-customer"
  | "bad-date"
  | "in-the-past"
  | "too-far"
  | "why-without-day"
  | "no-title"
  | "too-long";

export type WordProblem = { readonly field: Field; readonly code: ProblemCode };

export type DecidedWords =
  | { readonly kind: "words"; readonly words: Partial<CaseWords> }
  | { readonly kind: "problems"; readonly problems: readonly WordProblem[] };

export type WordsPlace = {
  /** Of those for whom whoever writes may speak. */
  readonly customers: (id: string) => boolean;
  /** Whether title, state and assignee are said here, and not by the issue that the case is. */
  readonly isExternal: boolean;
  readonly timezone: string;
  readonly now: number;
};

export const STATES = ["open", "resolved", "closed"] as const satisfies readonly CaseWords["state"][];
export const LONGEST_WORDS = 4000;
const LONGEST_LINE = 300;
/** What the issue says where the case is one. */
export const OF_ISSUE: ReadonlySet<Field> = new Set(["title", "state", "assignee"]);

/** The words as a form's fields hold them. */
export const typedOf = (words: CaseWords): Typed => ({
  title: words.title,
  state: words.state,
  customer: words.customer ?? "",
  severity: words.severity ?? "",
  summary: words.summary ?? "",
  stake: words.stake ?? "",
  workaround: words.workaround ?? "",
  "needed-by": words["needed-by"]?.date ?? "",
  "needed-by-why": words["needed-by"]?.why ?? "",
  report: words.report ?? "",
  assignee: words.assignee ?? "",
});

/** Only what differs from `before`, which the form showed: what somebody else wrote meanwhile stays. */
export function decideWords(typed: Typed, before: Typed, place: WordsPlace): DecidedWords {
  const changed = (field: Field): boolean =>
    normal(typed[field]) !== normal(before[field]) && (place.isExternal || !OF_ISSUE.has(field));
  const problems: WordProblem[] = [];
  const words: Written = {};
  const take = <Word extends Field & keyof CaseWords>(
    field: Word,
    read: (text: string) => CaseWords[Word] | Problem,
  ) => {
    if (!changed(field)) return;
    const value = read(normal(typed[field]));
    if (isProblem(value)) problems.push({ field, code: value.code });
    else words[field] = value;
  };
  const upTo = (longest: number, text: string) => (text.length > longest ? problem("too-long") : text);
  const line = (text: string) => (text === "" ? null : upTo(LONGEST_LINE, text));
  const prose = (text: string) => (text === "" ? null : upTo(LONGEST_WORDS, text));
  take("title", (text) => (text === "" ? problem("no-title") : upTo(LONGEST_LINE, text)));
  take("state", (text) => STATES.find((each) => each === text) ?? problem("bad-state"));
  take("customer", (text) => (text === "" ? null : place.customers(text) ? text : problem("unknown-customer")));
  take("severity", (text) => (text === "" ? null : (readSeverity(text) ?? problem("bad-severity"))));
  take("summary", prose);
  take("stake", prose);
  take("workaround", (text) => (text.toLowerCase() === "none" ? "none" : prose(text)));
  take("report", (text) => (text === "" ? null : readDay(text, place)));
  take("assignee", line);
  if (changed("needed-by") || changed("needed-by-why")) takeNeededBy();
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "words", words };

  function takeNeededBy(): void {
    const [day, why] = [normal(typed["needed-by"]), normal(typed["needed-by-why"])];
    if (day === "" && why !== "") problems.push({ field: "needed-by-why", code: "why-without-day" });
    // A day that has passed stays where only its reason is written anew.
    const date = day === "" ? null : changed("needed-by") ? readDay(day, place) : day;
    if (isProblem(date)) problems.push({ field: "needed-by", code: date.code });
    else if (why.length > LONGEST_WORDS) problems.push({ field: "needed-by-why", code: "too-long" });
    else words["needed-by"] = date === null ? null : { date, why: why === "" ? null : why };
  }
}

type Written = { -readonly [Word in keyof CaseWords]?: CaseWords[Word] };
type Problem = { readonly code: ProblemCode };

const problem = (code: ProblemCode): Problem => ({ code });

const isProblem = (value: unknown): value is Problem => typeof value === "object" && value !== null && "code" in value;

/** As browsers send text: lines end in CR LF. */
const normal = (text: string): string => text.replaceAll("\r\n", "\n").trim();

function readDay(text: string, place: WordsPlace): string | Problem {
  const date = readDate(text);
  if (date === null) return problem("bad-date");
  const code = whyNotPromised(date, place);
  return code === null ? date : problem(code);
}
