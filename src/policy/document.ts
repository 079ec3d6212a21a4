// YAML text as plain values that know their lines, within bounds: a policy is written by people whom we do not know.
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type YAMLError,
  YAMLParseError,
} from "yaml";
import { cutTo } from "../effects/escape.ts";
import type { PolicyError } from "./policy.ts";
import { dotted, type Path } from "./problems.ts";

/** The largest policy that is read. */
const MAX_POLICY_BYTES = 64 * 1024;
const MAX_DEPTH = 12;
const MAX_NODES = 5_000;
const MAX_KEY = 100;
const MAX_ALIASES = 50;
const MAX_ERRORS = 20;

export type Place = { readonly line: number; readonly column: number };

export type ReadDocument =
  | { readonly kind: "value"; readonly value: unknown; readonly placeOf: (path: Path, at?: "key" | "value") => Place }
  | { readonly kind: "errors"; readonly errors: readonly PolicyError[] };

/** As the library's `parseDocument`, but it reads no further than there are errors to tell: a file of nothing but brackets is one a letter. */
function compose(text: string, counter: LineCounter): Document.Parsed {
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: "error" });
  const [document, second] = composer.compose(tokensOf(text, counter), true, text.length);
  // The composer is told to answer a document even for an empty text.
  if (document === undefined) throw new Error("there is no document");
  if (second !== undefined) {
    const [from, to] = second.range;
    document.errors.push(new YAMLParseError([from, to], "MULTIPLE_DOCS", "there are several documents"));
  }
  return document;
}

function* tokensOf(text: string, counter: LineCounter): Generator<CST.Token, void> {
  let errors = 0;
  for (const token of new Parser(counter.addNewLine).parse(text)) {
    shortenEnds(token, 0);
    yield token;
    if (token.type === "error") errors += 1;
    if (errors > MAX_ERRORS) return;
  }
}

/** What stands behind a value where nothing may stand is an error a word: no more of them than are told, however deep. */
function shortenEnds(token: CST.Token | null | undefined, depth: number): void {
  if (token === null || token === undefined || depth > MAX_DEPTH) return;
  if ("end" in token && token.end !== undefined) token.end.splice(MAX_ERRORS);
  if ("value" in token) shortenEnds(token.value, depth + 1);
  if (!("items" in token)) return;
  for (const { key, value } of token.items) {
    shortenEnds(key, depth + 1);
    shortenEnds(value, depth + 1);
  }
}

/** Reads one YAML document of at most 64 KB. Everything it can be wrong about is an error with its place; it never throws over its input. */
export function readDocument(input: string | Uint8Array, where: string): ReadDocument {
  const bytes = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (bytes > MAX_POLICY_BYTES) return failed([tooLarge(where, bytes)]);
  const text = typeof input === "string" ? input : new TextDecoder("utf-8").decode(input);
  const unreadable = findUnreadable(text);
  if (unreadable !== null) return failed([unreadable]);

  const counter = new LineCounter();
  const document = compose(text, counter);
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(Math.min(Math.max(offset, 0), text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return failed(
      document.errors
        .slice(0, MAX_ERRORS)
        .map((error) => ({ ...placeAt(error.pos[0]), path: "", message: describe(error) })),
    );
  }
  const reading = readTree(document);
  if (reading.errors.length > 0) {
    return failed(
      reading.errors
        .slice(0, MAX_ERRORS)
        .map(({ offset, path, message }) => ({ ...placeAt(offset), path: dotted(path), message })),
    );
  }
  return { kind: "value", value: reading.value, placeOf: (path, at = "value") => placeAt(reading.offsetOf(path, at)) };
}

/** What is said of a file that is larger than a policy may be; also for one that GitHub did not hand out for its size. */
export function tooLarge(where: string, bytes: number | null): PolicyError {
  const size = bytes === null ? "more than 64 KB" : `${Math.ceil(bytes / 1024)} KB`;
  const message = `${where} has ${size}; a policy may have at most 64 KB. Take out what is not policy.`;
  return { line: 1, column: 1, path: "", message };
}

function failed(errors: readonly PolicyError[]): ReadDocument {
  return { kind: "errors", errors };
}

/** Bytes that were no UTF-8 arrive as U+FFFD, and UTF-16 as text full of NUL. */
function findUnreadable(text: string): PolicyError | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const at = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/);
  if (at < 0) return null;
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  const message =
    text[at] === "\ufffd"
      ? "This is not UTF-8 text. Save the file as UTF-8."
      : "There is a control character here. Delete it, or save the file as UTF-8 text.";
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, path: "", message };
}

function describe(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "A tab indents this line. YAML indents with spaces: write two spaces instead.";
    case "MULTIPLE_DOCS":
      return "A second document begins here. A policy is one document: take the line `---` away.";
    case "RESOURCE_EXHAUSTION":
      return `This is nested too deeply. A policy has at most ${MAX_DEPTH} levels.`;
    default:
      return `This is not YAML: ${error.message.slice(0, 200)}.`;
  }
}

type Mistake = { readonly offset: number; readonly path: Path; readonly message: string };
type Entry = { readonly key: number; readonly value: number };
type Tree = {
  readonly value: unknown;
  readonly errors: readonly Mistake[];
  readonly offsetOf: (path: Path, at: "key" | "value") => number;
};

class TooMuch extends Error {
  readonly mistake: Mistake;
  constructor(mistake: Mistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

function readTree(document: Document.Parsed): Tree {
  const reader = new TreeReader();
  try {
    const value = document.contents === null ? null : reader.read(document.contents, []);
    return { value, errors: reader.errors, offsetOf: (path, at) => reader.offsetOf(path, at) };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return { value: null, errors: [error.mistake], offsetOf: () => 0 };
  }
}

/** Lives for one reading: counts what it has met, so that aliases cannot make much out of little. */
class TreeReader {
  readonly errors: Mistake[] = [];
  readonly #offsets = new Map<string, Entry>();
  readonly #anchors = new Map<string, Node>();
  #nodes = 0;
  #aliases = 0;

  read(node: Node, path: Path): unknown {
    const offset = offsetOfNode(node);
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES)
      throw new TooMuch({ offset, path, message: `This has more than ${MAX_NODES} entries. Shorten the policy.` });
    if (path.length > MAX_DEPTH)
      throw new TooMuch({
        offset,
        path,
        message: `This is nested too deeply. A policy has at most ${MAX_DEPTH} levels.`,
      });
    if (isAlias(node)) return this.#readAlias(node.source, offset, path);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) {
      if (typeof node.value === "object" && node.value !== null) return this.#refuse(node, path);
      return typeof node.value === "number" && isColor(path) ? (node.source ?? node.value) : node.value;
    }
    if (isSeq(node)) return node.items.map((item, index) => this.#readItem(item, [...path, index], offset));
    if (isMap(node)) return this.#readMap(node, path);
    return null;
  }

  /** Bytes and times, which only a tag makes. */
  #refuse(node: Node, path: Path): null {
    const message = "This is neither text, a number nor yes or no. Take the tag before it away.";
    this.errors.push({ offset: offsetOfNode(node), path, message });
    return null;
  }

  offsetOf(path: Path, at: "key" | "value"): number {
    for (let length = path.length; length > 0; length -= 1) {
      const entry = this.#offsets.get(pointer(path.slice(0, length)));
      if (entry !== undefined) return length === path.length ? entry[at] : entry.value;
    }
    return 0;
  }

  #readAlias(name: string, offset: number, path: Path): unknown {
    this.#aliases += 1;
    if (this.#aliases > MAX_ALIASES)
      throw new TooMuch({
        offset,
        path,
        message: `There are more than ${MAX_ALIASES} aliases (*). Write the values out.`,
      });
    const target = this.#anchors.get(name);
    if (target === undefined)
      throw new TooMuch({ offset, path, message: `Nothing above is named &${cutTo(name, 60)}. Write the value out.` });
    return this.read(target, path);
  }

  #readItem(item: unknown, path: Path, fallback: number): unknown {
    const node = asNode(item);
    const offset = node === null ? fallback : offsetOfNode(node);
    this.#offsets.set(pointer(path), { key: offset, value: offset });
    return node === null ? null : this.read(node, path);
  }

  #readMap(
    node: { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
    path: Path,
  ): unknown {
    const entries = new Map<string, unknown>();
    for (const pair of node.items) {
      const keyNode = asNode(pair.key);
      const offset = keyNode === null ? 0 : offsetOfNode(keyNode);
      if (keyNode === null || !isScalar(keyNode) || typeof keyNode.value !== "string") {
        this.errors.push({ offset, path, message: "A key must be a word. Put it in quotes, or take it away." });
        continue;
      }
      const key = keyNode.value;
      if (key.length > MAX_KEY) {
        this.errors.push({ offset, path, message: `This key has more than ${MAX_KEY} characters. Take it away.` });
        continue;
      }
      const below = [...path, key];
      if (entries.has(key)) this.errors.push({ offset, path: below, message: `${key} stands here twice. Keep one.` });
      if (keyNode.anchor !== undefined) this.#anchors.set(keyNode.anchor, keyNode);
      const valueNode = asNode(pair.value);
      this.#offsets.set(pointer(below), { key: offset, value: valueNode === null ? offset : offsetOfNode(valueNode) });
      entries.set(key, valueNode === null ? null : this.read(valueNode, below));
    }
    return Object.fromEntries(entries);
  }
}

/** `000000` and `0e8816` are numbers to YAML; as colours they are the letters that stand there. */
function isColor(path: Path): boolean {
  return path.at(-1) === "color";
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isScalar(value) || isSeq(value) || isMap(value) ? value : null;
}

function offsetOfNode(node: Node): number {
  return node.range?.[0] ?? 0;
}

function pointer(path: Path): string {
  return JSON.stringify(path);
}
