// An entry as its reader sees it: every column in words, in their language where we have it, else as it was kept. Pure; the page and its file
// are made of these.
import { renderPublic } from "../../effects/public-text.ts";
import { storedReasonText } from "../../patches/stored-reason.ts";
import { casePath, customerPath, patchPath } from "../paths.ts";
import type { Viewer } from "../viewer.ts";
import type { LogEntry } from "./entry.ts";
import { inWords, LOG_TEXTS, type LogTexts } from "./messages.ts";
import type { NamedPatch } from "./names-store.ts";

/** `isEnglish`: kept as an English line, whatever its reader speaks. `isMarkdown`: written for GitHub's Markdown, as every because is. */
export type Told = { readonly words: string; readonly isEnglish: boolean; readonly isMarkdown: boolean };

export type About = { readonly words: string; readonly title: string | null; readonly path: string | null };

export type LogLine = {
  readonly at: number;
  readonly kind: string;
  readonly what: string;
  readonly about: About | null;
  readonly who: string;
  readonly because: Told | null;
  readonly outcome: Told | null;
  readonly isWrong: boolean;
};

export type Names = {
  readonly patches: ReadonlyMap<string, NamedPatch>;
  readonly cases: ReadonlyMap<number, string>;
};

type Reader = Pick<Viewer, "owner" | "language" | "timezone">;

export function lineOf(entry: LogEntry, names: Names, reader: Reader): LogLine {
  const text = LOG_TEXTS[reader.language];
  const common = {
    at: entry.at,
    kind: text.kinds[entry.kind],
    about: aboutOf(entry, names, reader),
    who: "",
    because: null,
    outcome: null,
    isWrong: false,
  };
  switch (entry.kind) {
    case "act":
      return { ...common, what: entry.what, who: entry.person, because: plainEnglish(entry.words) };
    case "command":
      return {
        ...common,
        what: `/case ${entry.text}`,
        who: entry.person,
        outcome: ours(inWords(text.commands, entry.outcome)),
        isWrong: entry.outcome !== "do" && entry.outcome !== "partly",
      };
    case "escalation":
      return {
        ...common,
        what: inWords(text.steps, entry.what),
        because: english(entry.because),
        outcome: entry.outcome === null ? null : plainEnglish(entry.outcome),
      };
    case "write":
      return {
        ...common,
        what: inWords(text.writes, entry.what),
        because: english(entry.because),
        outcome: writeOutcome(entry, text),
        isWrong: entry.state === "failed",
      };
    case "notice":
      return {
        ...common,
        what: inWords(text.notices, entry.what),
        who: inWords(text.channels, entry.recipient),
        because: english(entry.because),
        outcome: withWhy(inWords(text.states, entry.state), entry.outcome),
        isWrong: entry.state === "failed",
      };
    case "decision":
      return { ...common, what: inWords(text.decisions, entry.what), because: becauseOf(entry, reader) };
  }
}

const english = (words: string): Told | null => (words === "" ? null : { words, isEnglish: true, isMarkdown: true });
const plainEnglish = (words: string): Told => ({ words, isEnglish: true, isMarkdown: false });
const ours = (words: string): Told => ({ words, isEnglish: false, isMarkdown: false });

const withWhy = (state: string, why: string | null): Told =>
  why === null ? ours(state) : plainEnglish(`${state}: ${why}`);

function writeOutcome(entry: Extract<LogEntry, { kind: "write" }>, text: LogTexts): Told {
  const state = inWords(text.states, entry.state);
  if (entry.changed === null) return withWhy(state, entry.outcome);
  const { added, removed } = entry.changed;
  const [putOn, takeOff] =
    entry.state === "observed" ? [text.wouldPutOn, text.wouldTakeOff] : [text.putOn, text.tookOff];
  const parts = [
    ...(added.length === 0 ? [] : [putOn(added.join(text.comma))]),
    ...(removed.length === 0 ? [] : [takeOff(removed.join(text.comma))]),
  ];
  return ours([state, ...parts].join(": "));
}

function becauseOf({ because, reason }: Extract<LogEntry, { kind: "decision" }>, reader: Reader): Told | null {
  const words = storedReasonText(reason, reader);
  return words === null ? english(because) : { words: renderPublic(words, "full"), isEnglish: false, isMarkdown: true };
}

function aboutOf(entry: LogEntry, names: Names, reader: Reader): About | null {
  const patch = entry.patchId === null ? undefined : names.patches.get(entry.patchId);
  if (patch !== undefined)
    return {
      words: `${patch.repository}#${patch.number}`,
      title: patch.title,
      path: patchPath(reader, { repository: patch.repository, number: patch.number }),
    };
  const caseId = caseIdOf(entry);
  const reference = caseId === null ? undefined : names.cases.get(caseId);
  if (caseId !== null && reference !== undefined)
    return { words: reference, title: null, path: casePath(reader, caseId) };
  if (entry.kind !== "act" || !entry.subject.startsWith("customer:")) return null;
  const customer = entry.subject.slice("customer:".length);
  return { words: customer, title: null, path: customerPath(reader, customer) };
}

export function caseIdOf(entry: LogEntry): number | null {
  if (entry.kind === "command") return entry.caseId;
  if (entry.kind !== "act" || !entry.subject.startsWith("case:")) return null;
  const id = Number(entry.subject.slice("case:".length));
  return Number.isSafeInteger(id) ? id : null;
}
