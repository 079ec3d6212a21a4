// What a fault of GitHub's means for the whole installation it came from: the same for every engine that asks GitHub. Apart from the outbox,
// whose own outcomes say it.
import type { Database } from "../db/database.ts";
import type { Fault } from "../github/faults.ts";
import { parkInstallation, parkRepository } from "./pauses-store.ts";

type Refused = {
  readonly of: { readonly installationId: number } | { readonly repositoryId: number };
  readonly fault: Fault;
  readonly now: number;
};

/** Lets the installation wait where GitHub refuses it as a whole. GraphQL's hour is its own: writing does not wait for it. */
export async function parkWhereRefused(database: Database, { of, fault, now }: Refused): Promise<void> {
  const isRefused = fault.kind === "refused-installation";
  const isLimited = fault.kind === "rate-limited" && fault.resource !== "graphql";
  if (!isRefused && !isLimited) return;
  const untilAt = fault.kind === "rate-limited" && fault.isTold ? fault.untilAt : null;
  const park = { untilAt, because: fault.because, now };
  if ("repositoryId" in of) return parkRepository(database, { ...park, ...of });
  await database.transaction((tx) => parkInstallation(tx, { ...park, ...of, dialect: database.dialect }));
}
