// What may follow each verb, read into a command or the one thing that is wrong. Apart from parse.ts, which finds the lines.
import type { Party, Severity } from "../policy/policy.ts";
import type { Command, IsoDate, ProblemCode, Ref, Until, Verb } from "./command.ts";
import {
  plain,
  plainWidth,
  readCommitRef,
  readCustomerId,
  readDate,
  readDuration,
  readPerson,
  readPullRef,
  readRef,
  readSeverity,
  splitList,
} from "./words.ts";

type Outcome = { readonly command: Command } | { readonly problem: ProblemCode };

/** Reads the words after a verb, by the grammar at the head of parse.ts. */
export function readArguments(verb: Verb, words: readonly string[]): Outcome {
  const [first, ...rest] = words;
  switch (verb) {
    case "link":
      return readLink(words);
    case "unlink": {
      const refs = readRefs(words);
      return typeof refs === "string" ? { problem: refs } : { command: { verb, refs } };
    }
    case "severity": {
      if (first === undefined) return { problem: "missing-argument" };
      const severity = readSeverity(first);
      if (severity === null) return { problem: "bad-severity" };
      return withOptionalRef(rest, (ref) => ({ verb, severity, ref }));
    }
    case "customer": {
      if (first === undefined) return { problem: "missing-argument" };
      const customer = readCustomerId(first);
      if (customer === null) return { problem: "bad-customer" };
      return withOptionalRef(rest, (ref) => ({ verb, customer, ref }));
    }
    case "summary":
    case "stake":
      return first === undefined ? { problem: "missing-argument" } : { command: { verb, words: words.join(" ") } };
    case "workaround": {
      if (first === undefined) return { problem: "missing-argument" };
      const isNone = words.length === 1 && plain(first) === "none";
      return { command: { verb, words: isNone ? "none" : words.join(" ") } };
    }
    case "needed-by":
      return withDate(first, (date) => ({ command: { verb, date, why: rest.join(" ") || null } }));
    case "report":
      return withDate(first, (date) => (rest.length > 0 ? { problem: "too-many-words" } : { command: { verb, date } }));
    case "later":
      return withDate(first, (date) =>
        rest.length === 0 ? { problem: "missing-reason" } : { command: { verb, date, reason: rest.join(" ") } },
      );
    case "take":
      if (first === undefined) return { command: { verb, date: null } };
      return withDate(first, (date) => (rest.length > 0 ? { problem: "too-many-words" } : { command: { verb, date } }));
    case "waiting": {
      if (first === undefined) return { problem: "missing-argument" };
      const on = plain(first);
      if (on !== "author" && on !== "maintainer") return { problem: "bad-side" };
      return rest.length > 0 ? { problem: "too-many-words" } : { command: { verb, on } };
    }
    case "snooze":
      return withUntil(first, (until) => ({ command: { verb, until, reason: rest.join(" ") || null } }));
    case "quiet":
      return readQuiet(words);
    case "ask": {
      const people = splitList(words).map(readPerson);
      if (people.length === 0) return { problem: "missing-argument" };
      const known = people.filter((person): person is Party => person !== null);
      return known.length < people.length ? { problem: "bad-person" } : { command: { verb, people: known } };
    }
    case "escalate": {
      const isAnyway = first !== undefined && plain(first) === "anyway";
      return { command: { verb, isAnyway, reason: (isAnyway ? rest : words).join(" ") || null } };
    }
    case "landed": {
      if (first === undefined) return { problem: "missing-argument" };
      const ref = readCommitRef(first) ?? readPullRef(first);
      if (ref === null) return { problem: "bad-landing" };
      return rest.length > 0 ? { problem: "too-many-words" } : { command: { verb, ref } };
    }
    case "superseded": {
      if (first === undefined) return { problem: "missing-argument" };
      const ref = readPullRef(first);
      if (ref === null) return { problem: "bad-pull" };
      return rest.length > 0 ? { problem: "too-many-words" } : { command: { verb, ref } };
    }
    case "unsnooze":
    case "status":
    case "why":
    case "help":
      return first === undefined ? { command: { verb } } : { problem: "too-many-words" };
  }
}

function readLink(words: readonly string[]): Outcome {
  let severity: Severity | null = null;
  let customer: string | null = null;
  const refs: Ref[] = [];
  for (const word of splitList(words)) {
    const id = /^customer=(.*)$/i.exec(plainWidth(word))?.[1];
    const asSeverity = readSeverity(word);
    if (id !== undefined) {
      if (customer !== null) return { problem: "too-many-words" };
      customer = readCustomerId(id);
      if (customer === null) return { problem: "bad-customer" };
    } else if (asSeverity !== null) {
      if (severity !== null) return { problem: "too-many-words" };
      severity = asSeverity;
    } else {
      // "S5" is meant as a severity, not as a case of that name.
      if (/^S\d$/i.test(plainWidth(word))) return { problem: "bad-severity" };
      const ref = readRef(word);
      if (ref === null) return { problem: "bad-reference" };
      refs.push(ref);
    }
  }
  return refs.length === 0 ? { problem: "missing-argument" } : { command: { verb: "link", refs, severity, customer } };
}

function readQuiet([first, second, ...rest]: readonly string[]): Outcome {
  if (first === undefined || plain(first) !== "me")
    return withUntil(first, (until) =>
      second === undefined ? { command: { verb: "quiet", whom: "patch", until } } : { problem: "too-many-words" },
    );
  if (second === undefined) return { command: { verb: "quiet", whom: "me", until: null } };
  return withUntil(second, (until) =>
    rest.length > 0 ? { problem: "too-many-words" } : { command: { verb: "quiet", whom: "me", until } },
  );
}

function withOptionalRef([word, ...rest]: readonly string[], command: (ref: Ref | null) => Command): Outcome {
  if (word === undefined) return { command: command(null) };
  const ref = readRef(word);
  if (ref === null) return { problem: "bad-reference" };
  return rest.length > 0 ? { problem: "too-many-words" } : { command: command(ref) };
}

function withDate(word: string | undefined, use: (date: IsoDate) => Outcome): Outcome {
  if (word === undefined) return { problem: "missing-argument" };
  const date = readDate(word);
  return date === null ? { problem: "bad-date" } : use(date);
}

function withUntil(word: string | undefined, use: (until: Until) => Outcome): Outcome {
  if (word === undefined) return { problem: "missing-argument" };
  const date = readDate(word);
  if (date !== null) return use({ kind: "date", date });
  const duration = readDuration(word);
  if (duration !== null) return use({ kind: "duration", duration });
  return {
    problem: /^\d+[a-z]+$/i.test(plainWidth(word))
      ? "bad-duration"
      : /\d[-/.年]\d/.test(word)
        ? "bad-date"
        : "bad-until",
  };
}

function readRefs(words: readonly string[]): readonly Ref[] | ProblemCode {
  const refs = splitList(words).map(readRef);
  if (refs.length === 0) return "missing-argument";
  const known = refs.filter((ref): ref is Ref => ref !== null);
  return known.length < refs.length ? "bad-reference" : known;
}
