// Who may run which command: a table. Pure; whose role somebody has is asked of GitHub before.
import type { Command } from "./command.ts";

/** What somebody is to the patch or case on which they write; one person can be several. */
export type Roles = {
  readonly isSupporter: boolean;
  readonly isMaintainer: boolean;
  readonly isAuthor: boolean;
  readonly isDecider: boolean;
};

export const NOBODY: Roles = { isSupporter: false, isMaintainer: false, isAuthor: false, isDecider: false };

/** The case's own words: they belong to whoever looks after the customer. */
const OWN_WORDS: ReadonlySet<Command["verb"]> = new Set([
  "summary",
  "stake",
  "workaround",
  "needed-by",
  "report",
  "severity",
  "customer",
]);

export const isOwnWord = (command: Command): boolean => OWN_WORDS.has(command.verb);

export function mayRun(command: Command, roles: Roles): boolean {
  if (command.verb === "help" || (command.verb === "quiet" && command.whom === "me")) return true;
  if (roles.isSupporter && command.verb !== "take") return true;
  if (roles.isMaintainer && !isOwnWord(command) && !saysOwnWords(command)) return true;
  if (roles.isDecider && command.verb === "take") return true;
  if (!roles.isAuthor) return false;
  return (
    command.verb === "status" || command.verb === "why" || (command.verb === "waiting" && command.on === "maintainer")
  );
}

/** `link` may say a case's severity and customer in passing; that is a supporter's to say. */
const saysOwnWords = (command: Command): boolean =>
  command.verb === "link" && (command.severity !== null || command.customer !== null);

/** Whether somebody may confirm what a trailer says. */
export const mayLink = (roles: Roles): boolean => roles.isSupporter || roles.isMaintainer;

/** Commands that are about one pull request, and so cannot stand on a case. */
export const isOnPatchesOnly = (command: Command): boolean =>
  ["waiting", "unsnooze", "ask", "take", "landed", "superseded"].includes(command.verb) ||
  (command.verb === "quiet" && command.whom === "patch");
