// Who owns which files, by a CODEOWNERS file. Pure. The rules are GitHub's, which are not gitignore's:
// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
// The last line that matches wins; `!`, `[ ]` and an escaped `#` do not work; a line with invalid syntax is skipped.

/** GitHub reads no CODEOWNERS file above 3 MB. */
const MAX_BYTES = 3 * 1024 * 1024;
const MAX_PATHS = 3_000;
const MAX_PATTERN = 500;
const MAX_OWNERS = 100;
/** How many steps one question may cost: a line read is some, a letter compared is one. */
const MAX_WORK = 10_000_000;
const LINE_WORK = 20;

type TeamName = { readonly organization: string; readonly slug: string };

export type CodeOwners = {
  readonly logins: readonly string[];
  readonly teams: readonly TeamName[];
  /** Owners and lines that were left out, each with its reason, for those who wonder. The first 20, from the end of the file. */
  readonly ignored: ReadonlyArray<{ readonly line: number; readonly text: string; readonly because: string }>;
  /** False where the file or the question was too large to be answered whole. */
  readonly isComplete: boolean;
};

type Owner = { readonly kind: "login"; readonly login: string } | ({ readonly kind: "team" } & TeamName);
type Rule = { readonly segments: readonly Segment[]; readonly owners: readonly Owner[] };
type Segment = { readonly kind: "any-depth" } | { readonly kind: "name"; readonly glob: readonly string[] };
type Budget = { left: number };
type Ignored = CodeOwners["ignored"][number];

/** Where a repository's CODEOWNERS file may be; the first that exists counts. */
export const CODE_OWNERS_PATHS: readonly string[] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** The owners of any of these files, each once, in the order of the files. A line without owners leaves its files unowned. */
export function codeOwnersOf(text: string, paths: readonly string[]): CodeOwners {
  if (text.length > MAX_BYTES) {
    const because = "the file is larger than the 3 MB that GitHub reads";
    return { logins: [], teams: [], ignored: [{ line: 1, text: "", because }], isComplete: false };
  }
  const asked = [...new Set(paths)].slice(0, MAX_PATHS);
  const { owners, ignored, isComplete } = ownersByPath(text, asked);
  const logins = new Map<string, string>();
  const teams = new Map<string, TeamName>();
  for (const owner of asked.flatMap((path) => owners.get(path) ?? [])) {
    if (owner.kind === "login") logins.set(owner.login.toLowerCase(), owner.login);
    else
      teams.set(`${owner.organization}/${owner.slug}`.toLowerCase(), {
        organization: owner.organization,
        slug: owner.slug,
      });
  }
  return {
    logins: [...logins.values()],
    teams: [...teams.values()],
    ignored,
    isComplete: isComplete && paths.length <= MAX_PATHS,
  };
}

type Answered = {
  readonly owners: ReadonlyMap<string, readonly Owner[]>;
  readonly ignored: readonly Ignored[];
  readonly isComplete: boolean;
};

/** From the last line upwards, since the last that matches wins, until every path has met its line. */
function ownersByPath(text: string, paths: readonly string[]): Answered {
  const lines = text.split(/\r\n|\n|\r/);
  const budget: Budget = { left: MAX_WORK };
  const owners = new Map<string, readonly Owner[]>();
  const ignored: Ignored[] = [];
  let open = paths.map((path) => ({ path, parts: path.split("/").filter((part) => part !== "") }));
  for (let index = lines.length - 1; index >= 0 && open.length > 0 && budget.left > 0; index -= 1) {
    budget.left -= LINE_WORK;
    const reading = readLine(lines[index] ?? "");
    if (ignored.length < 20) ignored.push(...reading.ignored.map((each) => ({ line: index + 1, ...each })));
    const { rule } = reading;
    if (rule === null) continue;
    open = open.filter(({ path, parts }) => {
      if (!matches(rule.segments, parts, budget)) return true;
      owners.set(path, rule.owners);
      return false;
    });
  }
  return { owners, ignored, isComplete: budget.left > 0 };
}

type ReadLine = { readonly rule: Rule | null; readonly ignored: ReadonlyArray<Omit<Ignored, "line">> };

function readLine(content: string): ReadLine {
  const [pattern, ...names] = wordsOf(content);
  if (pattern === undefined) return { rule: null, ignored: [] };
  const problem = names.length > MAX_OWNERS ? `more than ${MAX_OWNERS} owners` : problemOf(pattern);
  if (problem !== null) return { rule: null, ignored: [{ text: pattern.slice(0, 100), because: problem }] };
  const owners: Owner[] = [];
  const ignored: Array<Omit<Ignored, "line">> = [];
  for (const name of names) {
    const owner = readOwner(name);
    if (owner !== null) owners.push(owner);
    else if (/^[^@\s]+@[^@\s]+$/.test(name))
      ignored.push({ text: name.slice(0, 100), because: "an e-mail address names nobody who could be mentioned" });
    // One owner that is none makes the whole line invalid to GitHub.
    else
      return {
        rule: null,
        ignored: [
          { text: pattern.slice(0, 100), because: `${name.slice(0, 60)} is neither @login nor @organization/team` },
        ],
      };
  }
  return { rule: { segments: segmentsOf(pattern), owners }, ignored };
}

/** The words of a line before its comment; a space after a backslash belongs to its word. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:\\.|[^\s\\]|\\$)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return comment < 0 ? words : words.slice(0, comment);
}

function problemOf(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `a pattern of more than ${MAX_PATTERN} characters is not read`;
  if (pattern.startsWith("!")) return "CODEOWNERS has no exceptions with !";
  if (/[[\]]/.test(pattern)) return "CODEOWNERS has no ranges in [ ]";
  if (pattern.startsWith("\\#")) return "CODEOWNERS cannot escape a # at the start";
  if (!/[^/]/.test(pattern)) return "a slash alone matches nothing";
  if (pattern.includes("***")) return "three asterisks mean nothing";
  return null;
}

function readOwner(name: string): Owner | null {
  const match = /^@([A-Za-z0-9][A-Za-z0-9_-]*)(?:\/([A-Za-z0-9_][A-Za-z0-9_.-]*))?$/.exec(name);
  if (match?.[1] === undefined) return null;
  return match[2] === undefined
    ? { kind: "login", login: match[1] }
    : { kind: "team", organization: match[1], slug: match[2] };
}

const ANY_DEPTH: Segment = { kind: "any-depth" };
const ANY_NAME: Segment = { kind: "name", glob: ["*any"] };

/**
 * A pattern as parts of a path. Without a slash but at its end it matches at any depth. With a slash at its end it matches what lies
 * beneath, with a last part that is a name that and what lies beneath; `docs/*` only what lies directly in docs.
 */
function segmentsOf(pattern: string): readonly Segment[] {
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  const parts = pattern.split("/").filter((part) => part !== "");
  const isBeneath = pattern.endsWith("/") || (parts.length > 1 && parts.at(-1) === "**");
  const isOneLevel = isAnchored && !isBeneath && parts.at(-1) === "*";
  const named = parts.map((part): Segment => (part === "**" ? ANY_DEPTH : { kind: "name", glob: readGlob(part) }));
  return [
    ...(isAnchored ? [] : [ANY_DEPTH]),
    ...named,
    ...(isBeneath ? [ANY_DEPTH, ANY_NAME] : []),
    ...(isOneLevel ? [] : [ANY_DEPTH]),
  ];
}

/** A part's letters; its wildcards as marks of more than a letter, so that an escaped one is a letter like others. */
function readGlob(part: string): readonly string[] {
  const marks = part.match(/\\.|./gsu) ?? [];
  return marks.map((mark) => {
    if (mark.length > 1 && mark.startsWith("\\")) return mark.slice(1);
    if (mark === "*") return "*any";
    return mark === "?" ? "?one" : mark;
  });
}

function matches(segments: readonly Segment[], parts: readonly string[], budget: Budget): boolean {
  return fits(segments, parts, {
    isAny: (segment) => segment.kind === "any-depth",
    isSame: (segment, part) => segment.kind === "name" && nameFits(segment.glob, part, budget),
    budget,
  });
}

function nameFits(glob: readonly string[], name: string, budget: Budget): boolean {
  return fits(glob, [...name], {
    isAny: (mark) => mark === "*any",
    isSame: (mark, letter) => mark === letter || mark === "?one",
    budget,
  });
}

type Comparison<Mark, Thing> = {
  readonly isAny: (mark: Mark) => boolean;
  readonly isSame: (mark: Mark, thing: Thing) => boolean;
  readonly budget: Budget;
};

/** Whether the marks fit all the things, an "any" mark standing for none, one or more. Only the latest "any" is tried again: at most marks times things. */
function fits<Mark, Thing>(
  marks: readonly Mark[],
  things: readonly Thing[],
  { isAny, isSame, budget }: Comparison<Mark, Thing>,
): boolean {
  let at = 0;
  let thing = 0;
  let retry: { readonly mark: number; thing: number } | null = null;
  while (thing < things.length) {
    budget.left -= 1;
    if (budget.left <= 0) return false;
    const mark = marks[at];
    const candidate = things[thing];
    if (mark !== undefined && isAny(mark)) {
      retry = { mark: at + 1, thing };
      at += 1;
    } else if (mark !== undefined && candidate !== undefined && isSame(mark, candidate)) {
      at += 1;
      thing += 1;
    } else if (retry !== null) {
      retry.thing += 1;
      at = retry.mark;
      thing = retry.thing;
    } else {
      return false;
    }
  }
  return marks.slice(at).every(isAny);
}
