// What a command is given: all that it may know of the process, so that tests can run it without one.
import type { PublicUrl } from "../config.ts";
import type { Database } from "../db/database.ts";

export type CliContext = {
  /** Opens the database that the configuration names. Whoever opens it closes it. */
  readonly openDatabase: () => Promise<Database>;
  /** Under which address people reach the server, without a slash at the end, or null where nobody said; or what is wrong with it. */
  readonly publicUrl: () => PublicUrl;
  /** The hosts of GitHub's pages and API. */
  readonly githubHosts: () => readonly string[];
  /** The time, in epoch milliseconds. */
  readonly now: () => number;
  /** Prints a line (or several, already broken) to standard output; the last line break is added. */
  readonly out: (text: string) => void;
  /** The same to standard error. */
  readonly err: (text: string) => void;
  /** Prints what went wrong and what to do, and makes the command exit non-zero. The command still returns by itself. */
  readonly fail: (message: string) => void;
};
