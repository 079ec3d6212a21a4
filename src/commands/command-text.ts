// A text that holds commands, as those who run it and those who do its acts know it.
import type { Subject } from "../effects/effect.ts";
import type { Actor } from "../github/refs.ts";
import type { CommandProblem, ParsedCommand } from "./command.ts";

/** A text that holds commands, and where it stands. */
export type CommandText = {
  readonly on: "patch" | "case";
  readonly repositoryId: number;
  readonly number: number;
  /** Names the comment or body: `comment:17`, `body:5#3`. */
  readonly source: string;
  readonly subject: Subject;
  readonly commands: readonly ParsedCommand[];
  readonly problems: readonly CommandProblem[];
  /** Whoever has no account, and so writes on the board alone, bears an id that nobody has and a name that is no login. */
  readonly sender: Actor;
  /** The registered address of whoever has no account. */
  readonly senderEmail?: string;
  /** The case that its own words are about, where the board says it; else the only one that is linked. */
  readonly aboutCase?: number;
  /** Written on the board, which those alone see who may read everything. */
  readonly isOnBoard?: true;
  readonly at: number;
  readonly url: string;
};

/** Null for whoever has no account: what they do is a fact of nobody's on GitHub, where everybody can ask who it was. */
export const accountOf = ({ sender, senderEmail }: CommandText): Actor | null =>
  senderEmail === undefined ? sender : null;
