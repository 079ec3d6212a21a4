// Takes one person out of texts, keys and JSON: pure. What holds them is replaced by their mark; everything else stays as it is, to the letter.
import { mailMarkOf, markOf } from "./mark.ts";

/** All by which somebody is known here; logins, addresses and Slack ids in lower case. */
export type Known = {
  readonly ids: ReadonlySet<number>;
  readonly logins: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  readonly slacks: ReadonlySet<string>;
  /** As customers and people write them. */
  readonly names: ReadonlySet<string>;
};

export type Scrub = {
  /** Sentences that people wrote or read. */
  readonly words: (text: string) => string;
  /** A value that is the person or is not: a login, an address, a name. */
  readonly value: (text: string) => string;
  /** Keys made of parts, such as `digest:7:login:mira:2026-03-02`. */
  readonly key: (text: string) => string;
  /** @throws where it is no JSON. */
  readonly json: (text: string) => string;
};

/** Properties whose value is a person or their name, address or key; what is elsewhere in JSON may be any code. */
const OF_PEOPLE = new Set(
  "login logins by madeBy made_by github name names email slack key person assignee who whom askedBy taken_by recipient to author addressees mentions asked label value".split(
    " ",
  ),
);
/** Shorter ones are found as a whole value and behind an @ only: too many words are spelt alike. */
const SHORTEST_WORD = 3;

/** What takes somebody out; `mark` stands where their login or name stood. */
export function scrubOf(known: Known, n: number, mark: string = markOf(n)): Scrub {
  const mails = new Map([...known.emails].map((email, index) => [email, mailMarkOf(n, index + 1)]));
  const mailPattern = anyOf(known.emails, (each) => `(?<![\\w.+-])${each}(?![\\w-]|\\.\\w)`);
  const behindAt = anyOf(known.logins, (each) => `(?<![\\w])@${each}(?![\\w-])(?!/)`);
  const inKeys = anyOf(
    [...known.logins, ...known.slacks, ...known.names],
    (each) => `(?<=(?:login|slack|name|maintainer-week:[0-9]+:[0-9-]+):)${each}(?![\\w-])`,
  );
  const longNames = [...known.names, ...known.slacks].filter((each) => each.length >= SHORTEST_WORD || !isAscii(each));
  const spoken = anyOf([...longNames, ...[...known.logins].filter((each) => each.length >= SHORTEST_WORD)], (each) =>
    isAscii(each) ? `(?<![\\w/@.-])${each}(?![\\w/@-]|\\.\\w)` : each,
  );
  const whole = new Set([...known.logins, ...known.slacks, ...[...known.names].map((each) => each.toLowerCase())]);

  const key = (text: string): string =>
    text
      .replace(mailPattern, (found) => mails.get(found.toLowerCase()) ?? mark)
      .replace(behindAt, mark)
      .replace(inKeys, mark);
  const words = (text: string): string => key(text).replace(spoken, mark);
  const value = (text: string): string => (whole.has(text.toLowerCase()) ? mark : key(text));

  const walk = (node: unknown, property: string): unknown => {
    if (typeof node === "string") {
      if (/\s/.test(node) || !isAscii(node)) return words(node);
      return OF_PEOPLE.has(property) ? value(node) : key(node);
    }
    if (Array.isArray(node)) return node.map((each) => walk(each, property));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, walk(each, name)]));
  };
  return { words, value, key, json: (text) => JSON.stringify(walk(JSON.parse(text), "")) };
}

const isAscii = (text: string): boolean => !/[^\x20-\x7e]/.test(text);

/** None of nothing matches nothing. */
function anyOf(all: Iterable<string>, pattern: (escaped: string) => string): RegExp {
  const parts = [...all].filter((each) => each !== "").sort((a, b) => b.length - a.length);
  return new RegExp(parts.length === 0 ? "(?!)" : parts.map((each) => pattern(RegExp.escape(each))).join("|"), "giu");
}
