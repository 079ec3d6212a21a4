// The words that commands are made of: references, severities, dates, lengths, people. Apart, because commands and trailers share them.
import { isLogin, isTeamSlug } from "../github/mentions.ts";
import { startOfDate } from "../policy/calendar.ts";
import type { Duration, Party, Severity } from "../policy/policy.ts";
import type { CommitRef, IsoDate, PullRef, Ref } from "./command.ts";

/** Full-width letters and digits as the ordinary ones that were meant. */
export const plainWidth = (word: string): string => word.normalize("NFKC");

/** A fixed word however it was typed. */
export const plain = (word: string): string => plainWidth(word).toLowerCase();

/** Words, separated by spaces or commas. */
export const splitList = (words: readonly string[]): string[] =>
  words.flatMap((word) => word.split(/[,，、]+/)).filter((word) => word !== "");

export function readSeverity(word: string): Severity | null {
  switch (plainWidth(word).toUpperCase()) {
    case "S1":
      return "S1";
    case "S2":
      return "S2";
    case "S3":
      return "S3";
    case "S4":
      return "S4";
    default:
      return null;
  }
}

/** A customer's id: 1 to 64 letters, digits, dots, hyphens and underscores, the first a letter or digit. */
export function readCustomerId(word: string): string | null {
  const id = plainWidth(word);
  return /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(id) ? id : null;
}

/** A day that exists, as `YYYY-MM-DD`, in this century or the next. */
export function readDate(word: string): IsoDate | null {
  const date = plainWidth(word);
  if (!/^2[01]\d{2}-\d{2}-\d{2}$/.test(date)) return null;
  try {
    return Temporal.PlainDate.from(date, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}

/** Nobody remembers longer what was put away. */
export const LONGEST_MILLIS = 2 * 366 * 24 * 60 * 60_000;

/** Why a day cannot be promised; null where it can: it is today or later, in the policy's time zone, and not too far away. */
export function whyNotPromised(
  date: IsoDate,
  { timezone, now }: { readonly timezone: string; readonly now: number },
): "in-the-past" | "too-far" | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  if (Temporal.PlainDate.compare(date, today) < 0) return "in-the-past";
  return startOfDate(timezone, date) > now + LONGEST_MILLIS ? "too-far" : null;
}

// Two years, whatever the calendar makes of a day.
const MOST = { s: 63_244_800, m: 1_054_080, h: 17_568, d: 732, w: 105 } as const;

/** A length such as `3d`, `2w`, `4h`, `30m`, from 1 to what two years hold. */
export function readDuration(word: string): Duration | null {
  const [, digits, letter] = /^(\d{1,8})([smhdw])$/.exec(plain(word)) ?? [];
  const unit = (["s", "m", "h", "d", "w"] as const).find((known) => known === letter);
  const amount = Number(digits);
  return unit === undefined || amount < 1 || amount > MOST[unit] ? null : { amount, unit };
}

/** `@login` or `@organization/team`. */
export function readPerson(word: string): Party | null {
  const [, login = "", slug] = /^@([^/]+)(?:\/(.+))?$/.exec(plainWidth(word)) ?? [];
  if (!isLogin(login)) return null;
  if (slug === undefined) return { kind: "login", login };
  return isTeamSlug(slug) ? { kind: "team", organization: login, slug } : null;
}

const NAME = "([a-z0-9][a-z0-9_-]{0,38})\\/([a-z0-9._-]{1,100})";
const SHORT = new RegExp(`^${NAME}#(\\d{1,10})$`, "i");
const ADDRESS = new RegExp(
  `^https?:\\/\\/([a-z0-9.-]{1,253}(?::\\d{1,5})?)\\/${NAME}\\/(pull|issues)\\/(\\d{1,10})(?:[/?#].*)?$`,
  "i",
);

/** A case or a patch as somebody named it; null where it is no reference at all. */
export function readRef(word: string): Ref | null {
  const text = plainWidth(word)
    .replace(/^<(.*)>$/, "$1")
    .replace(/[.,:;]+$/, "");
  const number = /^#(\d{1,10})$/.exec(text)?.[1];
  if (number !== undefined) return isNumber(number) ? { kind: "number", number: Number(number), text } : null;
  const address = ADDRESS.exec(text);
  if (address !== null) {
    const [, host = "", owner = "", repo = "", path = "", n = ""] = address;
    const kind = path.toLowerCase() === "pull" ? "pull" : "issue";
    return isNumber(n) ? { kind, host: host.toLowerCase(), owner, repo, number: Number(n), text } : null;
  }
  const short = SHORT.exec(text);
  if (short !== null) {
    const [, owner = "", repo = "", n = ""] = short;
    return isNumber(n) ? { kind: "issue-or-pull", host: null, owner, repo, number: Number(n), text } : null;
  }
  return /^[A-Za-z0-9._/:-]{1,64}$/.test(text) && /[A-Za-z0-9]/.test(text) ? { kind: "external", text } : null;
}

/** A pull request as somebody named it; null where it is something else, or nothing. */
export function readPullRef(word: string): PullRef | null {
  const ref = readRef(word);
  return ref === null || ref.kind === "external" ? null : ref;
}

const SHA = "([0-9a-f]{7,40})";
const COMMIT = new RegExp(`^(?:${NAME}@)?${SHA}$`, "i");
const COMMIT_ADDRESS = new RegExp(
  `^https?:\\/\\/([a-z0-9.-]{1,253}(?::\\d{1,5})?)\\/${NAME}\\/commit\\/${SHA}(?:[/?#].*)?$`,
  "i",
);

/** A commit as somebody named it: its id, `owner/repo@id`, or its address; null where it is none. */
export function readCommitRef(word: string): CommitRef | null {
  const text = plainWidth(word)
    .replace(/^<(.*)>$/, "$1")
    .replace(/[.,:;]+$/, "");
  const address = COMMIT_ADDRESS.exec(text);
  if (address !== null) {
    const [, host = "", owner = "", repo = "", sha = ""] = address;
    return { kind: "commit", host: host.toLowerCase(), repository: { owner, repo }, sha: sha.toLowerCase(), text };
  }
  const [, owner, repo, sha] = COMMIT.exec(text) ?? [];
  if (sha === undefined) return null;
  const repository = owner === undefined || repo === undefined ? null : { owner, repo };
  return { kind: "commit", host: null, repository, sha: sha.toLowerCase(), text };
}

const isNumber = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 2_147_483_647;
