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
  readonly sender: Actor;
  readonly at: number;
  readonly url: string;
};
