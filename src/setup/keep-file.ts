// Writes the credentials into .env: whole or not at all, and for nobody else to read. Apart, because this is the one place that does.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { withVariables } from "./dotenv.ts";
import type { Variables } from "./registration.ts";

export type Kept = { readonly kind: "written"; readonly path: string } | { readonly kind: "not-written" };

const OURS_ALONE = 0o600;

/** Whether a file beside `path` can be made, found out by making one. */
export function canWriteBeside(path: string): boolean {
  try {
    const made = makeBeside(targetOf(path), "");
    rmSync(made);
    return true;
  } catch {
    return false;
  }
}

/** Sets the variables in the file, which then has mode 600; what else is in it stays. */
export function writeVariables(path: string, variables: Variables, heading: string): Kept {
  let made: string | null = null;
  try {
    const target = targetOf(path);
    const text = withVariables(readIfThere(target), variables, heading);
    if (text === null) return { kind: "not-written" };
    made = makeBeside(target, text);
    renameSync(made, target);
    return { kind: "written", path: target };
  } catch {
    if (made !== null) rmSync(made, { force: true });
    return { kind: "not-written" };
  }
}

/** Where a link leads to: the file there is replaced, not the link. */
function targetOf(path: string): string {
  let target = resolve(path);
  for (let hops = 0; hops < 20 && isLink(target); hops += 1) target = resolve(dirname(target), readlinkSync(target));
  return target;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function readIfThere(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? "" : readFileSync(path, "utf8");
}

function makeBeside(target: string, text: string): string {
  const made = `${target}.${randomBytes(8).toString("hex")}.tmp`;
  const file = openSync(made, "wx", OURS_ALONE);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    return made;
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
