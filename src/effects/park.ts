// What a fault of GitHub's means for the whole installation it came from: the same for every engine that asks GitHub. Apart from the outbox,
// whose own outcomes say it.
import type { Database } from "../db/database.ts";
import type { Fault } from "../github/faults.ts";
import { type Wait, waitAfter } from "../github/wait-after.ts";
import { parkInstallation, parkRepository } from "./pauses-store.ts";

type Of = { readonly installationId: number } | { readonly repositoryId: number };
type Refused = { readonly of: Of; readonly fault: Fault; readonly now: number };
type Failed = { readonly of: Of; readonly error: unknown; readonly attempts: number; readonly now: number };

/** Until when to put off what failed: as long as the whole installation waits, where GitHub refuses that. */
export async function putOffAfter(database: Database, { of, error, attempts, now }: Failed): Promise<Wait> {
  const wait = waitAfter(error, { attempts, now });
  const parkedUntil = await parkWhereRefused(database, { of, fault: wait.fault, now });
  return { ...wait, runAfter: Math.max(wait.runAfter, parkedUntil ?? 0) };
}

/**
 * Lets the installation wait where GitHub refuses it as a whole, and answers until when. GraphQL's hour is its own: writing does not wait for
 * it.
 */
export async function parkWhereRefused(database: Database, { of, fault, now }: Refused): Promise<number | null> {
  const isRefused = fault.kind === "refused-installation";
  const isLimited = fault.kind === "rate-limited" && fault.resource !== "graphql";
  if (!isRefused && !isLimited) return null;
  const untilAt = fault.kind === "rate-limited" && fault.isTold ? fault.untilAt : null;
  const park = { untilAt, because: fault.because, now };
  if ("repositoryId" in of) return parkRepository(database, { ...park, ...of });
  return database.transaction((tx) => parkInstallation(tx, { ...park, ...of, dialect: database.dialect }));
}
