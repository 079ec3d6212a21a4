// Who stands on which side of one patch: pure, from lists that were looked up before.
import { keptSide } from "../erasure/mark.ts";
import type { Side } from "../patches/turn.ts";

export type Names = { readonly logins: ReadonlySet<string>; readonly memberIds: ReadonlySet<number> };

export type SideLists = {
  readonly authorId: number | null;
  readonly support: Names;
  readonly maintainers: Names;
  readonly codeOwners: Names;
  /** Asked for a review, now or before. */
  readonly requestedIds: ReadonlySet<number>;
  /** The customers' people, consultant and account owner, by login in lower case. */
  readonly customersPeople: ReadonlySet<string>;
  /** Who linked a case to the patch, by login in lower case. */
  readonly linkedBy: ReadonlySet<string>;
  readonly pushedIds: ReadonlySet<number>;
  readonly writerIds: ReadonlySet<number>;
};

/**
 * The author's side is the author, whoever pushed, the linked customers' people and everybody under `support`, whatever access
 * they have; maintainers are those with write access, under `maintainers`, in CODEOWNERS or asked for a review who are not on it.
 * A maintainer who pushes to the branch stays one: they help with the patch, it does not become theirs.
 */
export function sideOf(person: { readonly id: number; readonly login: string }, lists: SideLists): Side {
  const login = person.login.toLowerCase();
  const kept = keptSide(login);
  if (kept !== null) return kept;
  if (person.id === lists.authorId) return "author";
  const isNamedInBoth = lists.support.logins.has(login) && lists.maintainers.logins.has(login);
  if (isNamedInBoth) return lists.linkedBy.has(login) ? "author" : "maintainer";
  if (isAmong(person.id, login, lists.support)) return "author";
  if (lists.customersPeople.has(login)) return "author";
  if (isAmong(person.id, login, lists.maintainers) || isAmong(person.id, login, lists.codeOwners)) return "maintainer";
  if (lists.requestedIds.has(person.id) || lists.writerIds.has(person.id)) return "maintainer";
  return lists.pushedIds.has(person.id) ? "author" : "neither";
}

/** Whether the lists alone tell the side, so that GitHub need not be asked for write access. */
export function isSideKnown(person: { readonly id: number; readonly login: string }, lists: SideLists): boolean {
  return (
    keptSide(person.login) !== null ||
    sideOf(person, { ...lists, writerIds: new Set(), pushedIds: new Set() }) !== "neither"
  );
}

const isAmong = (id: number, login: string, names: Names): boolean =>
  names.logins.has(login) || names.memberIds.has(id);
