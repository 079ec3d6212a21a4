// Where policy files are, how one is read, and which pushes touch them.
import { CODE_OWNERS_PATHS } from "./code-owners.ts";

export const POLICY_PATH = ".github/patch-advocate.yml";

/** The repositories of an owner where the owner's policy may be; the first that has the file counts. */
export const OWNER_REPOSITORIES: readonly string[] = [".github-private", ".github"];

export type ReadFile =
  | { readonly kind: "file"; readonly text: string; readonly sha: string }
  /** No such file or repository, or none that we may read. */
  | { readonly kind: "missing" }
  | { readonly kind: "too-large" };

/** Reads a file from a repository's default branch. Throws where GitHub cannot be asked now: nothing is known then. */
export type ReadRepositoryFile = (owner: string, repository: string, path: string) => Promise<ReadFile>;

/** A file that was found, and where. */
export type LocatedFile = { readonly location: string; readonly file: Exclude<ReadFile, { kind: "missing" }> };

/** A repository's own policy file; null where it has none. */
export async function readRepositoryPolicy(
  read: ReadRepositoryFile,
  owner: string,
  name: string,
): Promise<LocatedFile | null> {
  const file = await read(owner, name, POLICY_PATH);
  return file.kind === "missing" ? null : { location: `${owner}/${name}/${POLICY_PATH}`, file };
}

/** The owner's policy file in `.github-private`, else in `.github`; null where there is none. */
export async function readOwnerPolicy(read: ReadRepositoryFile, owner: string): Promise<LocatedFile | null> {
  for (const name of OWNER_REPOSITORIES) {
    const found = await readRepositoryPolicy(read, owner, name);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a push that changed these paths may have changed the policy. */
export function touchesPolicy(paths: readonly string[]): boolean {
  return paths.includes(POLICY_PATH);
}

/** Whether a push that changed these paths may have changed who owns which files. */
export function touchesCodeOwners(paths: readonly string[]): boolean {
  return paths.some((path) => CODE_OWNERS_PATHS.includes(path));
}
