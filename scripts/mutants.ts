// `npm run mutants`: takes one guard after the other out of a copy of the source and runs the test that has to fail then. By hand; what
// survives is a test that is missing. `-- NAME` tries only those whose name holds it.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MUTATIONS, type Mutation } from "./mutations.ts";

const ROOT = join(import.meta.dirname, "..");
const MOST_MILLIS = 300_000;

const wanted = process.argv[2] ?? "";
const folder = mkdtempSync(join(tmpdir(), "mutants-"));
try {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  }).split("\0");
  for (const file of files.filter((name) => /^(?:src|test|scripts)\/|^(?:package|tsconfig|vitest)/.test(name)))
    cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const survivors = MUTATIONS.filter(({ name }) => name.includes(wanted)).filter((mutation) => !isKilled(mutation));
  console.log(survivors.length === 0 ? "None survived." : `${survivors.length} survived.`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function isKilled({ name, changes, killedBy }: Mutation): boolean {
  const before = new Map(changes.map(({ file }) => [file, readFileSync(join(folder, file), "utf8")]));
  for (const { file, text, instead } of changes) {
    const path = join(folder, file);
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(text, () => instead),
    );
  }
  const run = spawnSync(process.execPath, [join("node_modules", "vitest", "vitest.mjs"), "run", killedBy], {
    cwd: folder,
    encoding: "utf8",
    timeout: MOST_MILLIS,
  });
  for (const [file, text] of before) writeFileSync(join(folder, file), text);
  // What does not even load has proved nothing.
  const failed = / (\d+) failed/.exec(/Tests .*/.exec(plain(run.stdout))?.[0] ?? "")?.[1] ?? "0";
  const isDead = run.status !== 0 && failed !== "0";
  console.log(`${isDead ? "killed  " : "SURVIVED"} without ${name}: ${failed} failed in ${killedBy}`);
  return isDead;
}

function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "");
}
