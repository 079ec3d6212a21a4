// From what a person wrote to commands, trailers and mentions; pure. Apart, because this grammar is the product's only language:
//
//   command    = "/case" verb-phrase                 at the start of a line (up to 3 spaces before), outside code, quotes, HTML
//   verb-phrase= "link" ref+ [severity] ["customer=" id]        in any order
//              | "unlink" ref+
//              | "severity" severity [ref]           | "customer" id [ref]
//              | "summary" words                     | "stake" words            | "workaround" ( words | "none" )
//              | "needed-by" date [words]            | "report" date
//              | "waiting" ( "author" | "maintainer" )
//              | "snooze" until [words]              | "unsnooze"
//              | "ask" person+                       | "take" [date]
//              | "quiet" until                       | "quiet" "me" [until]
//              | "escalate" ["anyway"] [words]       | "later" date words
//              | "landed" ( pull | commit )          | "superseded" pull
//              | "status" | "why" | "help"
//   trailer    = "Case:" ref+ | "Patch:" ref+ | "Customer:" id | "Severity:" severity          at the start of a line, likewise
//   pull       = owner "/" repo "#" number | "#" number | address of a pull request
//   commit     = [owner "/" repo "@"] 7..40 hexadecimal digits | address of a commit
//   ref        = owner "/" repo "#" number | "#" number | address of a pull request or issue | 1..64 of A-Za-z0-9._/:-
//   severity   = "S1" | "S2" | "S3" | "S4"           until = date | duration
//   date       = YYYY-MM-DD                          duration = whole number, "m" | "h" | "d" | "w"
//   person     = "@" login | "@" organization "/" team          (refs and persons are separated by spaces or commas)
//
// Fixed words, severities, dates and durations may be in any letter case and in full-width letters; words stay as written.
import { readable } from "../effects/escape.ts";
import { mentionsIn } from "../github/mentions.ts";
import { readArguments } from "./arguments.ts";
import {
  type CommandProblem,
  type ParsedCommand,
  type ParsedText,
  type ProblemCode,
  type Trailer,
  VERBS,
  type Verb,
} from "./command.ts";
import { type LiveLine, readLiveText } from "./markdown.ts";
import { plain, readCustomerId, readRef, readSeverity, splitList } from "./words.ts";

/** How many commands of one text are read; what follows is one problem. */
export const MOST_COMMANDS = 20;
/** How many characters a command may have; its key must fit into a database's index. */
export const LONGEST_COMMAND = 500;
const MOST_PROBLEMS = 20;

/** Reads a comment or a body of any length and content: never throws, and its cost grows with the length only. */
export function parseCommands(markdown: string): ParsedText {
  const { lines, isOnlyCommands, prose } = readLiveText(markdown);
  const commandLines = lines.filter((line) => line.kind === "command");
  const read = numbered(commandLines.slice(0, MOST_COMMANDS).map(readLine));
  const tooMany: CommandProblem[] =
    commandLines.length > MOST_COMMANDS
      ? [{ code: "too-many-commands", verb: null, nearest: null, text: "…", occurrence: 1 }]
      : [];
  return {
    commands: read.flatMap((line) => ("command" in line ? [line] : [])),
    problems: [...read.flatMap((line) => ("code" in line ? [line] : [])), ...tooMany].slice(0, MOST_PROBLEMS),
    trailers: lines
      .filter((line) => line.kind === "trailer")
      .slice(0, MOST_COMMANDS)
      .flatMap((line) => readTrailer(line) ?? []),
    isOnlyCommands,
    mentions: mentionsIn(prose),
  };
}

/** One command by the same grammar, of the words behind `/case`: whatever they hold, they are no more than one. */
export function parseCommandWords(words: string): ParsedCommand | CommandProblem {
  return { ...readLine({ kind: "command", line: `/case ${words}` }), occurrence: 1 };
}

/** What an edited text holds that it did not hold before: commands and problems, the same text counted as often as it stands. */
export function newCommands(
  before: string,
  after: string,
): { commands: readonly ParsedCommand[]; problems: readonly CommandProblem[] } {
  const old = parseCommands(before);
  const held = new Map<string, number>();
  for (const { text, occurrence } of [...old.commands, ...old.problems])
    held.set(text, Math.max(occurrence, held.get(text) ?? 0));
  const isNew = ({ text, occurrence }: { text: string; occurrence: number }) => occurrence > (held.get(text) ?? 0);
  const { commands, problems } = parseCommands(after);
  return { commands: commands.filter(isNew), problems: problems.filter(isNew) };
}

type Unnumbered = Omit<ParsedCommand, "occurrence"> | Omit<CommandProblem, "occurrence">;

function numbered(lines: readonly Unnumbered[]): (ParsedCommand | CommandProblem)[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const occurrence = (seen.get(line.text) ?? 0) + 1;
    seen.set(line.text, occurrence);
    return { ...line, occurrence };
  });
}

function readLine({ line }: LiveLine): Unnumbered {
  const written = readable(line).slice("/case".length).trim();
  const [first = "", ...rest] = written.split(" ");
  const word = plain(first).replace(/[.,:;!?。、]+$/, "");
  const verb = VERBS.find((known) => known === word) ?? null;
  const text = [word, ...rest].join(" ").trim().slice(0, LONGEST_COMMAND).toWellFormed();
  const problem = (code: ProblemCode, nearest: Verb | null = null) => ({ code, verb, nearest, text });
  if (word === "") return problem("missing-verb");
  if (verb === null) return problem("unknown-verb", nearestVerb(word));
  if (written.length > LONGEST_COMMAND) return problem("too-long");
  const outcome = readArguments(verb, rest);
  return "problem" in outcome ? problem(outcome.problem) : { command: outcome.command, text };
}

/** A verb that differs in at most two letters, none where that says little. */
function nearestVerb(word: string): Verb | null {
  const near = VERBS.map((verb) => ({ verb, distance: distance(word.slice(0, 20), verb) }))
    .filter(({ verb, distance }) => distance <= Math.min(2, Math.floor(verb.length / 2)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.verb ?? null;
}

/** How many letters must be changed, put in or left out to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A template's empty trailer, or prose that only begins like one, is none. */
function readTrailer({ line }: LiveLine): Trailer | null {
  const written = readable(line);
  const colon = written.indexOf(":");
  const name = written.slice(0, colon).trim().toLowerCase();
  const value = written.slice(colon + 1).trim();
  if (name === "severity") {
    const severity = readSeverity(value);
    return severity === null ? null : { kind: "severity", severity };
  }
  if (name === "customer") {
    const customer = readCustomerId(value);
    return customer === null ? null : { kind: "customer", customer };
  }
  const words = splitList(value.split(" "));
  const read = words.map(readRef);
  const prose = read.findIndex((ref) => ref === null || !/\d/.test(ref.text));
  const refs = (prose === -1 ? read : read.slice(0, prose)).filter((ref) => ref !== null);
  // Where other words follow, only what has the shape of a number in a series is meant as a reference: "CASE-7 (urgent)".
  const isMeant = prose === -1 || refs.every((ref) => /[-#/]\d+$/.test(ref.text));
  if (refs.length === 0 || !isMeant) return null;
  return { kind: name === "patch" ? "patch" : "case", refs };
}
