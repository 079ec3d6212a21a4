// The repository that a patch is in, with what holds there: who installed us, its policy and its calendar.
import type { Database } from "../db/database.ts";
import { installationById, type RepositoryRow, repositoryById } from "../github/installation-store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import type { Calendar } from "../policy/calendar.ts";
import { effectivePolicy } from "../policy/effective.ts";
import { workingCalendar } from "../policy/holidays.ts";
import { labelDefinitions, type Policy } from "../policy/policy.ts";
import type { Mode } from "./situation.ts";

export type PatchPlace = {
  readonly repository: RepositoryRow;
  readonly installationId: number | null;
  /** Whether the app may be used there now: installed and not suspended. */
  readonly isUsable: boolean;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly mode: Mode;
  readonly officeHours: Calendar;
  /** Names the labels that the policy asks for, so that a change of them is seen. */
  readonly labelsHash: string;
};

const YEAR = 365 * 24 * 60 * 60_000;

/** Reads what holds in a repository; null where we do not know it. `fromAt`: how far back its calendar has to reach. */
export async function placeOf(
  database: Database,
  id: number,
  time: { readonly fromAt: number; readonly now: number },
): Promise<PatchPlace | null> {
  const { db } = database;
  const repository = await repositoryById(db, id);
  if (repository === undefined) return null;
  const installation =
    repository.installation_id === null ? undefined : await installationById(db, repository.installation_id);
  const {
    policy: inForce,
    isInForce,
    ownerGoodAt,
    hash,
  } = await effectivePolicy(db, {
    ownerId: ownerId(repository.owner_id),
    repositoryId: repositoryId(repository.id),
    visibility: repository.visibility,
  });
  // What was written for a private repository may not speak in it once it is public: only a later word of the owner does.
  const isFreshlyPublic = repository.made_public_at !== null && (ownerGoodAt ?? 0) <= repository.made_public_at;
  const policy: Policy = isFreshlyPublic ? { ...inForce, disclosure: "none" } : inForce;
  const isUsable = installation?.state === "active";
  const mode = isInForce ? policy.mode : "unconfigured";
  return {
    repository,
    installationId: repository.installation_id,
    isUsable,
    policy,
    policyHash: hash,
    mode,
    officeHours: await workingCalendar(db, policy.calendar, { fromAt: time.fromAt, toAt: time.now + YEAR }),
    labelsHash: [
      // What was wanted while nothing might be written has yet to be put on.
      isUsable ? mode : "unusable",
      ...labelDefinitions(policy).map(({ key, name }) => `${key}=${name}`),
    ].join("\n"),
  };
}
