// What the commands that read or write a file of data share: the file itself, whose data it is, and how its problems are told.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { stdin } from "node:process";
import {
  decodeFile,
  type FileFormat,
  type FileProblem,
  formatOf,
  MAX_FILE_BYTES,
  problemLines,
} from "../customers/file.ts";
import { type InstalledOwner, installedOwners, NO_OWNER } from "../customers/store.ts";
import type { Db } from "../db/database.ts";
import type { CliContext } from "./context.ts";

export type ImportOptions = { readonly owner?: string; readonly format?: FileFormat; readonly json?: boolean };

export type FileText = { readonly text: string; readonly format: FileFormat };

/** Reads FILE, or standard input for `-`. Null when it could not be read; then the command has failed and said why. */
export async function readImportFile(
  context: CliContext,
  file: string,
  options: ImportOptions,
): Promise<FileText | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(file);
  } catch (error) {
    context.fail(
      `${nameOf(file)} could not be read: ${reasonOf(error)}. Give the path of a file that is there, or - for standard input.`,
    );
    return null;
  }
  const decoded = decodeFile(bytes);
  if (decoded.kind === "problems") {
    tellProblems(context, { file, problems: decoded.problems, options });
    return null;
  }
  return { text: decoded.text, format: options.format ?? formatOf(file, decoded.text) };
}

/** How messages call it. */
export function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** Reads at most one byte more than a file may have. */
async function readBounded(file: string): Promise<Uint8Array> {
  const stream = file === "-" ? stdin : createReadStream(file, { end: MAX_FILE_BYTES });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes: Buffer = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** Prints every problem with its place, and fails. */
export function tellProblems(
  context: CliContext,
  {
    file,
    problems,
    options,
  }: { readonly file: string; readonly problems: readonly FileProblem[]; readonly options: ImportOptions },
): void {
  if (options.json === true) context.out(JSON.stringify({ problems }, null, 2));
  else for (const line of problemLines(nameOf(file), problems)) context.err(line);
  const count = problems.length === 1 ? "One problem" : `${problems.length} problems`;
  const isAll = problems.length < 50 ? "" : " (there may be more)";
  context.fail(
    `${count} in ${nameOf(file)}${isAll}; nothing was imported. Correct the file and run the command again.`,
  );
}

/** Whose data it is: the installation that `--owner` names, the only one, or nobody yet. Null when the command has failed and said why. */
export async function chooseOwner(
  context: CliContext,
  db: Db,
  login: string | undefined,
): Promise<InstalledOwner | null> {
  const owners = await installedOwners(db);
  const list = owners.map((owner) => owner.login).join(", ");
  if (login !== undefined) {
    const named = owners.find((owner) => owner.login.toLowerCase() === login.toLowerCase());
    if (named !== undefined) return named;
    context.fail(
      owners.length === 0
        ? `The app is not installed anywhere yet. Leave --owner out: the data then belongs to the first installation that comes.`
        : `The app is not installed on ${login}. Write --owner with one of ${list}.`,
    );
    return null;
  }
  const [only, ...others] = owners;
  if (only === undefined) {
    context.err("The app is not installed anywhere yet: this data belongs to the first installation that comes.");
    return { ownerId: NO_OWNER, login: "" };
  }
  if (others.length === 0) return only;
  context.fail(`The app is installed on several: ${list}. Write --owner with one of them.`);
  return null;
}

/** Writes a file that only its owner may read, for it names customers. Null when it went well, else why not. */
export async function writePrivateFile(file: string, text: string): Promise<string | null> {
  try {
    const handle = await open(file, "w", 0o600);
    try {
      // The mode above counts for new files only; one that is there may be open to everybody.
      await handle.chmod(0o600);
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file or folder";
  if (code === "EACCES" || code === "EPERM") return "you may not";
  if (code === "EISDIR") return "it is a folder";
  return error instanceof Error ? error.message : String(error);
}

/** `1 customer added`, `2 customers added`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === "person" ? "people" : `${noun}s`}`;
}
