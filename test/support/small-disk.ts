// A disk of its own, small enough to be filled at once: a tmpfs of a few megabytes. Whoever may not mount one is told what is missing.
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type SmallDisk = {
  readonly folder: string;
  /** Takes every byte that is left. */
  readonly fill: () => void;
  /** Gives back what `fill` took. */
  readonly makeRoom: () => void;
  /** Nobody may have a file open for writing then. */
  readonly remount: (how: "ro" | "rw") => void;
};

/** Mounted now, and taken away when the test has finished. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-disk-"));
  try {
    mount("-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder);
  } catch (error) {
    rmdirSync(folder);
    throw new Error(
      "This test mounts a small tmpfs: run it as root with CAP_SYS_ADMIN, or inside `unshare --map-root-user --mount`.",
      { cause: error },
    );
  }
  onTestFinished(() => {
    // Lazily, since a process that was just killed may not have let go yet.
    execFileSync("umount", ["--lazy", folder]);
    rmdirSync(folder);
  });
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => {
      const file = openSync(ballast, "a");
      try {
        for (const size of [64 * 1024, 4096]) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => unlinkSync(ballast),
    remount: (how) => mount("-o", `remount,${how}`, folder),
  };
}

function mount(...words: readonly string[]): void {
  execFileSync("mount", words, { stdio: ["ignore", "ignore", "pipe"] });
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
