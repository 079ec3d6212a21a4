// Sees to it that one SQLite file has one server. Apart from the database itself, because commands beside a server are welcome.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Claims the file that `sqlite:PATH` names for this process until it ends, however it ends: the claim is a lock that the
 * operating system takes back. False when another server has it. Other databases are free for any number of servers.
 */
export function claimForThisServer(databaseUrl: string): boolean {
  const path = databaseUrl.replace(/^sqlite:(\/\/)?/, "");
  if (!databaseUrl.startsWith("sqlite:") || path === ":memory:") return true;
  mkdirSync(dirname(path), { recursive: true });
  const claim = new DatabaseSync(`${path}-server`, { timeout: 500 });
  try {
    claim.exec("pragma locking_mode = exclusive; begin exclusive; commit");
    claims.push(claim);
    return true;
  } catch (error) {
    claim.close();
    if (error instanceof Error && /locked/.test(error.message)) return false;
    throw error;
  }
}

/** Held, so that they are not collected while the process lives. */
const claims: DatabaseSync[] = [];
