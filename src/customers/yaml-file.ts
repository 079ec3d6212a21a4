// Lists of things from a YAML file, each value with its line, within bounds. Apart, because it is the only place here that knows YAML.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import type { Path } from "../policy/problems.ts";
import { type FileItem, type FileProblem, MAX_PROBLEMS, MAX_ROWS, nameUnder, onLines, type Place } from "./file.ts";

/** Reading 20 MB of YAML takes a gigabyte and a half; this much takes seconds and holds some 35,000 customers. */
const MAX_YAML_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 12;
const MAX_BRACKETS = 200;
const MAX_VALUES = 3_000_000;
/** Nobody's customers repeat so much, and to follow millions would hold up whatever else the process does. */
const MAX_REPEATED = 100_000;

export type YamlLists<Name extends string> = {
  readonly lists: Readonly<Record<Name, readonly FileItem[]>>;
  readonly problems: readonly FileProblem[];
};

/** The lists under the given top-level keys; no other key is known. An empty file has empty lists. Never throws over its input. */
export function readYamlLists<const Name extends string>(text: string, names: readonly Name[]): YamlLists<Name> {
  const reader = new YamlReader(text);
  return { lists: reader.readLists(names), problems: reader.problems };
}

class TooMuch extends Error {}

/** Lives for one reading: knows the lines and counts what it has met, so that aliases cannot make much out of little. */
class YamlReader {
  readonly problems: FileProblem[] = [];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #anchors = new Map<string, Node>();
  #values = 0;
  #repeated = 0;
  #aliases = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readLists<Name extends string>(names: readonly Name[]): Record<Name, readonly FileItem[]> {
    const lists = new Map<Name, readonly FileItem[]>();
    const root = this.#parse();
    try {
      if (root !== null) this.#readRoot(root, names, lists);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
    }
    const entries = names.map((name) => [name, lists.get(name) ?? []] as const);
    return Object.fromEntries(entries) as Record<Name, readonly FileItem[]>;
  }

  #parse(): Node | null {
    const tooLarge = findTooLarge(this.#text);
    if (tooLarge !== null) {
      this.problems.push(tooLarge);
      return null;
    }
    const document: Document.Parsed = parseDocument(this.#text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      // The parser compares every key with every other; we look for keys that stand twice ourselves.
      uniqueKeys: false,
      // Under "silent" a second document would pass unseen.
      logLevel: "error",
    });
    for (const error of document.errors.slice(0, MAX_PROBLEMS)) {
      this.problems.push({ ...this.#placeAt(error.pos[0]), message: describe(error) });
    }
    return document.errors.length > 0 ? null : document.contents;
  }

  #readRoot<Name extends string>(root: Node, names: readonly Name[], lists: Map<Name, readonly FileItem[]>): void {
    if (isScalar(root) && root.value === null) return;
    if (!isMap(root)) {
      this.#report(root, `This is not a list with a name. Write "${names[0]}:" and the list below it.`);
      return;
    }
    for (const { key, node, keyNode } of this.#pairs(root)) {
      const name = names.find((known) => known === key);
      if (name === undefined) {
        this.#report(keyNode, `${key.slice(0, 60)}: This key is not known. Known here are ${names.join(", ")}.`);
        continue;
      }
      lists.set(name, this.#readList(name, node));
    }
  }

  #readList(name: string, node: Node | null): FileItem[] {
    if (node === null || (isScalar(node) && node.value === null)) return [];
    if (!isSeq(node)) {
      this.#report(node, `${name}: This must be a list. Write each entry after a hyphen.`);
      return [];
    }
    if (node.items.length > MAX_ROWS) {
      const count = node.items.length;
      this.#report(node, `${name}: The list has ${count} entries; at most ${MAX_ROWS} are read. Split the file.`);
      return [];
    }
    return node.items.map((item, index) => this.#readItem(asNode(item) ?? node, [name, index]));
  }

  #readItem(node: Node, above: Path): FileItem {
    return {
      value: this.#read(node, above),
      placeOf: (path, at = "value") => this.#placeOfPath(node, path, at),
      nameOf: nameUnder(above),
    };
  }

  #read(node: Node, path: Path): unknown {
    this.#values += 1;
    if (this.#values > MAX_VALUES) this.#stop(node, `The file holds more than ${MAX_VALUES} values. Split it.`);
    if (this.#aliases > 0) this.#repeated += 1;
    if (this.#repeated > MAX_REPEATED)
      this.#stop(node, `Aliases (*) repeat more than ${MAX_REPEATED} values. Write out what they repeat.`);
    if (path.length > MAX_DEPTH)
      this.#stop(node, `${nameUnder([])(path)}: This is nested too deeply. Write it flatter.`);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined)
        this.#stop(node, `Nothing above is named &${node.source.slice(0, 60)}. Write the value out.`);
      this.#aliases += 1;
      const value = this.#read(target, path);
      this.#aliases -= 1;
      return value;
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => this.#readValue(asNode(item), [...path, index]));
    if (!isMap(node)) return null;
    const pairs = this.#pairs(node).map(
      ({ key, node: value }) => [key, this.#readValue(value, [...path, key])] as const,
    );
    return Object.fromEntries(pairs);
  }

  #readValue(node: Node | null, path: Path): unknown {
    return node === null ? null : this.#read(node, path);
  }

  /** The pairs of a map whose keys are words, each once; what is not is reported. */
  #pairs(map: YAMLMap): { readonly key: string; readonly keyNode: Node; readonly node: Node | null }[] {
    const seen = new Map<string, Node>();
    return map.items.flatMap((pair) => {
      const keyNode = asNode(pair.key) ?? map;
      if (!isScalar(keyNode) || typeof keyNode.value !== "string" || keyNode.value === "__proto__") {
        this.#report(keyNode, "A key must be a word. Put it in quotes, or take it away.");
        return [];
      }
      const earlier = seen.get(keyNode.value);
      if (earlier !== undefined) {
        const lines = onLines(this.#placeOfNode(earlier), this.#placeOfNode(keyNode));
        this.#report(keyNode, `The key ${keyNode.value.slice(0, 60)} stands twice, ${lines}. Keep one.`);
        return [];
      }
      seen.set(keyNode.value, keyNode);
      return [{ key: keyNode.value, keyNode, node: asNode(pair.value) }];
    });
  }

  #placeOfPath(from: Node, path: Path, at: "key" | "value"): Place {
    let node = from;
    for (const [depth, part] of path.entries()) {
      const isLast = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
        const next = asNode(isLast && at === "key" ? pair?.key : (pair?.value ?? pair?.key));
        if (next === null) break;
        node = next;
      } else if (isSeq(node)) {
        const next = asNode(node.items[Number(part)]);
        if (next === null) break;
        node = next;
      } else break;
    }
    return this.#placeOfNode(node);
  }

  #report(node: Node, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ ...this.#placeOfNode(node), message });
  }

  #stop(node: Node, message: string): never {
    this.#report(node, message);
    throw new TooMuch(message);
  }

  #placeOfNode(node: Node): Place {
    return this.#placeAt(node.range?.[0] ?? 0);
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(Math.min(Math.max(offset, 0), this.#text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** The parser goes as deep as the brackets do and says so thousands of times; nobody's customers are a hundred brackets deep. */
function findTooLarge(text: string): FileProblem | null {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) {
    const message =
      "The file has more than 8 MB, the most that is read as YAML. Split it, or use CSV, which may have 20 MB.";
    return { line: 1, column: 1, message };
  }
  let open = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(0, open - 1);
    if (open <= MAX_BRACKETS) continue;
    const line = text.slice(0, index).split(/\r\n|\r|\n/).length;
    return {
      line,
      column: 1,
      message: "Too many brackets are open here. Close them, or write the lists without brackets.",
    };
  }
  return null;
}

function describe(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "A tab indents this line. YAML indents with spaces: write two spaces instead.";
    case "MULTIPLE_DOCS":
      return "A second document begins here. Write everything as one: take the line `---` away.";
    case "RESOURCE_EXHAUSTION":
      return "This is nested too deeply. Write it flatter.";
    default:
      return `This is not YAML: ${error.message.slice(0, 200)}. Correct the line, or put the text in quotes.`;
  }
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isScalar(value) || isSeq(value) || isMap(value) ? value : null;
}
