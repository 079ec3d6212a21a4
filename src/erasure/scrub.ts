// Takes one person out of texts, keys and JSON: pure. What holds them is replaced by their mark; everything else stays as it is, to the letter.
// People are called like things (Will, 林) and logins are words (`fix`): in sentences only what can hardly mean anything else is taken for them.
import { escapeMarkdown } from "../effects/escape.ts";
import { mailMarkOf, markOf } from "./mark.ts";

/** All by which somebody is known here; logins, addresses and Slack ids in lower case. */
export type Known = {
  readonly ids: ReadonlySet<number>;
  readonly logins: ReadonlySet<string>;
  /** Logins that somebody else bears or bore as well: they mean this person only beside their id. */
  readonly shared: ReadonlySet<string>;
  /** Logins whose own repositories are known here: addresses of those stay, since cases and patches are found by them. */
  readonly accounts: ReadonlySet<string>;
  /** Of GitHub's pages and API: in their addresses a login stands first. */
  readonly hosts: readonly string[];
  readonly emails: ReadonlySet<string>;
  readonly slacks: ReadonlySet<string>;
  /** As customers and people write them. */
  readonly names: ReadonlySet<string>;
};

export type Scrub = {
  readonly mark: string;
  /** Sentences that people wrote or read. */
  readonly words: (text: string) => string;
  /** A value that is the person or is not: a login, an address, a name. */
  readonly value: (text: string) => string;
  /** Keys made of parts, such as `digest:7:login:mira:2026-03-02`. */
  readonly key: (text: string) => string;
  /** @throws where it is no JSON. */
  readonly json: (text: string) => string;
  /** Whether something is left that may be the person or any word, or somebody else: nobody can tell. */
  readonly mayName: (text: string) => boolean;
};

/** Properties whose value is a person or their address or key; what is elsewhere in JSON may be any code. */
const OF_PEOPLE = new Set(
  "login logins by madeBy made_by github names email slack key person assignee who whom askedBy taken_by recipient to author addressees mentions asked".split(
    " ",
  ),
);

/** What takes somebody out; `mark` stands where their login or name stood. */
export function scrubOf(known: Known, n: number, mark: string = markOf(n)): Scrub {
  const { ids, logins, shared, accounts, hosts, emails, slacks, names } = known;
  const mails = [...emails].map((email, index) => {
    const pattern = anyOf([email], (each) => `(?<![\\w.+-])${each}(?![\\w-]|\\.\\w)`);
    return { pattern, mailMark: mailMarkOf(n, index + 1) };
  });
  const behindAt = anyOf(logins, (each) => `(?<!\\w)@${BREAK}${each}(?![\\w-])(?!/)`);
  const addressed = logins.difference(accounts);
  const host = hosts.map((each) => RegExp.escape(each)).join("|");
  const inAddresses = anyOf(
    hosts.length === 0 ? [] : addressed,
    (each) => `(?<=https?:${BREAK}//(?:${host})/(?:api/v3/)?(?:users/|repos/)?)${each}(?![\\w-]|\\.\\w)`,
  );
  const inReferences = anyOf(
    addressed,
    (each) => `(?<![\\w./@-])${each}(?=/[\\w.-]+(?:#${BREAK}[0-9]|@${BREAK}[0-9a-f]{6}))`,
  );
  const inKeys = anyOf(
    [...logins, ...slacks, ...names],
    (each) => `(?<=(?:login|slack|name|maintainer-week:[0-9]+:[0-9-]+):)${each}(?![\\p{L}\\p{N}_-])`,
  );
  const codes = anyOf([...logins, ...slacks].filter(isNoWord), alone);
  const fullNames = [...names].flatMap(fullName);
  const spoken = fullNames.length === 0 ? NOTHING : new RegExp(fullNames.join("|"), "gu");
  const loose = anyOf([...logins, ...shared, ...names], alone);
  const whole = new Set([...logins, ...slacks, ...[...names].map((each) => each.toLowerCase())]);

  const named = (text: string): string =>
    mails
      .reduce((left, { pattern, mailMark }) => left.replace(pattern, mailMark), text)
      .replace(behindAt, mark)
      .replace(inAddresses, mark)
      .replace(inReferences, mark);
  const words = (text: string): string => named(text).replace(codes, mark).replace(spoken, mark);
  const key = (text: string): string => named(text).replace(inKeys, mark);
  const value = (text: string): string => (whole.has(text.toLowerCase()) ? mark : words(key(text)));

  const isTheirs = ([property, value]: readonly [string, unknown]): boolean =>
    typeof value === "number"
      ? property === "id" && ids.has(value)
      : typeof value === "string" &&
        (((property === "login" || property === "github") && logins.has(value.toLowerCase())) ||
          (property === "email" && emails.has(value.toLowerCase())) ||
          (property === "slack" && slacks.has(value.toLowerCase())));
  const walk = (node: unknown, property: string): unknown => {
    if (typeof node === "string") {
      if (OF_PEOPLE.has(property)) return value(node);
      return /[^\x21-\x7e]/.test(node) ? words(key(node)) : key(node);
    }
    if (Array.isArray(node)) return node.map((each) => walk(each, property));
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node);
    // Other objects have ids as well, but no login.
    const isPerson = entries.some((entry) => isTheirs(entry) && (entry[0] !== "id" || "login" in node));
    return Object.fromEntries(
      entries.map(([name, each]) => [
        name,
        isPerson && (name === "name" || name === "login") && typeof each === "string" ? mark : walk(each, name),
      ]),
    );
  };
  return {
    mark,
    words,
    value,
    key,
    json: (text) => JSON.stringify(walk(JSON.parse(text), "")),
    mayName: (text) => text.search(loose) !== -1,
  };
}

const NOTHING = /(?!)/g;
/** What our own Markdown puts behind a sign that GitHub would look at. */
const BREAK = "(?:&#8203;)?";
/** In sentences these are found without an @. */
const isNoWord = (code: string): boolean => code.length >= 5 && /[0-9_-]/.test(code);
const alone = (each: string): string => `(?<![\\p{L}\\p{N}_/@.-])${each}(?![\\p{L}\\p{N}_/@-]|\\.\\w)`;

const SCRIPTS = ["Han", "Hiragana", "Katakana", "Hangul"] as const;
const HONORIFIC = "(?:\\s?(?:さん|さま|様|氏|くん|ちゃん|님|씨))";

/** How a name is found in sentences, as it is written only: in two parts or more, or in three characters of a script without spaces. */
function fullName(name: string): readonly string[] {
  const parts = name.split(/\s+/u).filter((part) => part !== "");
  const scripts = [...parts.join("")].map((each) => SCRIPTS.find((script) => scriptOf(script).test(each)));
  const [first] = scripts;
  const last = scripts.at(-1);
  if (first === undefined || last === undefined || scripts.includes(undefined))
    return parts.length < 2 ? [] : spellings(parts.join(" ")).map(alone);
  if (scripts.length < 2) return [];
  const before = `(?<!\\p{Script=${first}})`;
  const after = `(?=${HONORIFIC}${scripts.length > 2 ? `|(?!\\p{Script=${last}})` : ""})`;
  return [`${before}${parts.map((part) => RegExp.escape(part)).join("\\s?")}${after}`];
}

const scriptOf = (script: (typeof SCRIPTS)[number]): RegExp => new RegExp(`\\p{scx=${script}}`, "u");

/** As it is and as it stands in Markdown of ours. */
const spellings = (text: string): readonly string[] =>
  [...new Set([text, escapeMarkdown(text)])].map((each) => RegExp.escape(each));

/** Whatever the case. None of nothing matches nothing. */
function anyOf(all: Iterable<string>, pattern: (escaped: string) => string): RegExp {
  const parts = [...all].filter((each) => each !== "").sort((a, b) => b.length - a.length);
  if (parts.length === 0) return NOTHING;
  return new RegExp(parts.flatMap(spellings).map(pattern).join("|"), "giu");
}
