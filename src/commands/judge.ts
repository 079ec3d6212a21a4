// Decides and does the commands of one text, one after the other in a transaction. Apart from what is answered: a comment is answered by
// reactions and replies, and a page of the board by its own words.
import { caseByIssue } from "../cases/store.ts";
import type { Tx } from "../db/database.ts";
import { patchId } from "../github/refs.ts";
import type { PatchPlace } from "../patches/place.ts";
import { doAct } from "./act.ts";
import type { Roles } from "./authority.ts";
import type { ParsedCommand } from "./command.ts";
import type { CommandText } from "./command-text.ts";
import { contextOf } from "./context.ts";
import { type CommandOutcome, decideCommand } from "./decide.ts";
import type { Known } from "./known.ts";
import { noteCommand } from "./store.ts";

export type Judged = { readonly command: ParsedCommand; readonly outcome: CommandOutcome };

export type Judging = {
  readonly text: CommandText;
  readonly place: PatchPlace;
  readonly roles: Roles;
  readonly known: Known;
  readonly now: number;
  /** Whether it is noted here, so that it never runs again; what is not noted is the caller's to note, or may be said again. */
  readonly isNoted: (judged: Judged) => boolean;
};

/** Those that ran, with what became of each. What another try or process noted already is left out, and not done. */
export async function judgeCommands(
  tx: Tx,
  judging: Judging,
  commands: readonly ParsedCommand[],
): Promise<readonly Judged[]> {
  const { text, place, roles, now } = judging;
  const ran: Judged[] = [];
  // One after the other, so that each is decided on what those before it in the same text have done.
  for (const command of commands) {
    const judged = await judge(tx, judging, command);
    const { outcome } = judged;
    if (judging.isNoted(judged) && !(await note(tx, judging, command, outcome.kind))) continue;
    ran.push(judged);
    if (outcome.kind !== "do" && outcome.kind !== "partly") continue;
    for (const act of outcome.acts) await doAct(tx, act, { text, place, command, isSupporter: roles.isSupporter, now });
  }
  return ran;
}

/** What would become of a command; nothing is done. */
export async function judge(tx: Tx, judging: Omit<Judging, "isNoted">, command: ParsedCommand): Promise<Judged> {
  const context = await contextOf(tx, { ...judging, command: command.command });
  return { command, outcome: decideCommand(command.command, context) };
}

/** Notes that a command runs; false where another try or process noted it already. */
export async function note(
  tx: Tx,
  { text, roles }: Pick<Judging, "text" | "roles">,
  command: Pick<ParsedCommand, "text" | "occurrence">,
  outcome: CommandOutcome["kind"] | "problem",
): Promise<boolean> {
  const onCase = text.on === "case" ? await caseByIssue(tx, text.repositoryId, text.number) : undefined;
  return noteCommand(tx, {
    source: text.source,
    text: command.text,
    occurrence: command.occurrence,
    patchId: text.on === "patch" ? patchId(text.repositoryId, text.number) : null,
    caseId: onCase?.id ?? null,
    actor: text.sender,
    roles,
    outcome,
    at: text.at,
  });
}
