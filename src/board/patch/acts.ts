// What can be done to a patch on the board, as a table: each act is one command of the grammar, made of a form's fields. Pure, and apart from
// doing it, so that what a form offers and what is understood of it cannot differ.
import { mayRun, type Roles } from "../../commands/authority.ts";
import type { Command, CommandProblem, ParsedCommand } from "../../commands/command.ts";
import { parseCommandWords } from "../../commands/parse.ts";
import type { Turn } from "../../patches/turn.ts";

export const ACTS = [
  "escalate",
  "later",
  "snooze",
  "unsnooze",
  "waiting",
  "quiet",
  "take",
  "link",
  "unlink",
  "workaround",
  "summary",
  "stake",
  "severity",
  "needed-by",
  "report",
] as const;

export type ActName = (typeof ACTS)[number];

/** Those that are about one linked case, which the form names. */
export const CASE_ACTS = [
  "workaround",
  "summary",
  "stake",
  "severity",
  "needed-by",
  "report",
] as const satisfies readonly ActName[];

/** What whoever sees no customers, cases and escalations can do: nothing of these shows in it. */
const LIMITED_ACTS: ReadonlySet<ActName> = new Set(["later", "snooze", "unsnooze", "waiting", "quiet", "take"]);

export const isAct = (name: string): name is ActName => ACTS.some((each) => each === name);

export const isCaseAct = (name: ActName): boolean => CASE_ACTS.some((each) => each === name);

export const mayTry = (name: ActName, isLimited: boolean): boolean => !isLimited || LIMITED_ACTS.has(name);

export type FieldName = "date" | "reason" | "why" | "words" | "reference" | "on" | "severity" | "anyway";

export type Field = { readonly name: FieldName; readonly isRequired: boolean };

type Values = (field: FieldName) => string;

const needed = (name: FieldName): Field => ({ name, isRequired: true });
const perhaps = (name: FieldName): Field => ({ name, isRequired: false });

/** One word: what comes behind it in its field would be taken for the next field's. */
const one = (text: string): string => text.replace(/\s+/gu, "");

export const FIELDS: Readonly<Record<ActName, readonly Field[]>> = {
  escalate: [perhaps("reason"), perhaps("anyway")],
  later: [needed("date"), needed("reason")],
  snooze: [needed("date"), perhaps("reason")],
  unsnooze: [],
  waiting: [needed("on")],
  quiet: [needed("date")],
  take: [perhaps("date")],
  link: [needed("reference")],
  unlink: [needed("reference")],
  workaround: [needed("words")],
  summary: [needed("words")],
  stake: [needed("words")],
  severity: [needed("severity")],
  "needed-by": [needed("date"), perhaps("why")],
  report: [needed("date")],
};

const WORDS: Readonly<Record<ActName, (of: Values) => string>> = {
  escalate: (of) => `escalate ${of("anyway") === "" ? "" : "anyway "}${of("reason")}`,
  later: (of) => `later ${one(of("date"))} ${of("reason")}`,
  snooze: (of) => `snooze ${one(of("date"))} ${of("reason")}`,
  unsnooze: () => "unsnooze",
  waiting: (of) => `waiting ${of("on")}`,
  quiet: (of) => `quiet ${of("date")}`,
  take: (of) => `take ${of("date")}`,
  link: (of) => `link ${of("reference")}`,
  unlink: (of) => `unlink ${of("reference")}`,
  workaround: (of) => `workaround ${of("words")}`,
  summary: (of) => `summary ${of("words")}`,
  stake: (of) => `stake ${of("words")}`,
  severity: (of) => `severity ${one(of("severity"))}`,
  "needed-by": (of) => `needed-by ${one(of("date"))} ${of("why")}`,
  report: (of) => `report ${of("date")}`,
};

export type ReadAct =
  | { readonly kind: "command"; readonly command: ParsedCommand }
  | { readonly kind: "missing"; readonly field: FieldName }
  | { readonly kind: "problem"; readonly problem: CommandProblem }
  /** It would be read as something that the form did not say. */
  | { readonly kind: "unclear" };

/** The one command that a form means: whatever its fields hold, it is that verb's and no second. */
export function readAct(name: ActName, of: Values): ReadAct {
  const missing = FIELDS[name].find(({ name: field, isRequired }) => isRequired && of(field).trim() === "");
  if (missing !== undefined) return { kind: "missing", field: missing.name };
  const parsed = parseCommandWords(WORDS[name](of));
  if ("code" in parsed) return { kind: "problem", problem: parsed };
  return isMeant(parsed.command, name, of) ? { kind: "command", command: parsed } : { kind: "unclear" };
}

function isMeant(command: Command, name: ActName, of: Values): boolean {
  if (command.verb !== name) return false;
  // "quiet me" is about a person, and nobody's form.
  if (command.verb === "quiet") return command.whom === "patch";
  if (command.verb === "escalate") return command.isAnyway === (of("anyway") !== "");
  // Who is whose customer is said elsewhere, and not between the numbers of cases.
  if (command.verb === "link") return command.customer === null && command.severity === null;
  return true;
}

export type Offering = {
  /** What they are by what is known here; GitHub is asked when they press. */
  readonly roles: Roles;
  readonly isLimited: boolean;
  readonly isOpen: boolean;
  readonly isFollowed: boolean;
  readonly isSnoozed: boolean;
  readonly turn: Turn | null;
};

/** What is worth a form: what they may do, and what would change something. */
export function offeredActs({ roles, isLimited, isOpen, isFollowed, isSnoozed, turn }: Offering): readonly ActName[] {
  const isOfUse: Readonly<Partial<Record<ActName, boolean>>> = {
    escalate: isOpen && isFollowed,
    later: isOpen,
    snooze: isOpen && !isSnoozed,
    unsnooze: isOpen && isSnoozed,
    waiting: isOpen && turn !== null && turn !== "nobody",
    quiet: isOpen,
    take: isOpen && isFollowed,
  };
  return ACTS.filter((name) => mayTry(name, isLimited) && (isOfUse[name] ?? true) && mayRun(SAMPLES[name], roles));
}

const until = { kind: "date", date: "2026-01-01" } as const;

/** A command of each act, for the table of who may run which. */
const SAMPLES: Readonly<Record<ActName, Command>> = {
  escalate: { verb: "escalate", isAnyway: false, reason: null },
  later: { verb: "later", date: until.date, reason: "" },
  snooze: { verb: "snooze", until, reason: null },
  unsnooze: { verb: "unsnooze" },
  waiting: { verb: "waiting", on: "author" },
  quiet: { verb: "quiet", whom: "patch", until },
  take: { verb: "take", date: null },
  link: { verb: "link", refs: [], severity: null, customer: null },
  unlink: { verb: "unlink", refs: [] },
  workaround: { verb: "workaround", words: "" },
  summary: { verb: "summary", words: "" },
  stake: { verb: "stake", words: "" },
  severity: { verb: "severity", severity: "S1", ref: null },
  "needed-by": { verb: "needed-by", date: until.date, why: null },
  report: { verb: "report", date: until.date },
};
