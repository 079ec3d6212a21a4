// Reads policy files again, decides, and keeps what they say.
import type { Db } from "../db/database.ts";
import type { OwnerId, RepositoryId } from "../github/refs.ts";
import { decidePolicy, type PolicyChange } from "./decide.ts";
import { unknownRegions } from "./holidays.ts";
import { type ParsedPolicy, parsePolicy, publicCaseRepository } from "./parse.ts";
import type { PolicyError } from "./policy.ts";
import { shown } from "./problems.ts";
import { type LocatedFile, type ReadRepositoryFile, readOwnerPolicy, readRepositoryPolicy } from "./source.ts";
import {
  keepPolicy,
  ownerScope,
  type PolicyScope,
  policiesOf,
  publicRepositoriesAmong,
  repositoryScope,
} from "./store.ts";

type Wiring = { readonly db: Db; readonly read: ReadRepositoryFile; readonly now: number };

/** Names of repositories ("owner/name") that are known to be public beside those in the table of repositories. */
type KnownPublic = { readonly publicRepositories?: ReadonlySet<string> };

/**
 * Reads the owner's policy from `.github-private`, else `.github`, and keeps it; what is in force may be another afterwards.
 * @throws where GitHub cannot be asked, with nothing changed.
 */
export async function loadOwnerPolicy(
  wiring: Wiring,
  owner: { readonly id: OwnerId; readonly login: string } & KnownPublic,
): Promise<PolicyChange> {
  return await keepReading(wiring, {
    scope: ownerScope(owner.id),
    found: await readOwnerPolicy(wiring.read, owner.login),
    ...owner,
  });
}

/** Reads a repository's own policy and keeps it. @throws where GitHub cannot be asked, with nothing changed. */
export async function loadRepositoryPolicy(
  wiring: Wiring,
  repository: { readonly id: RepositoryId; readonly owner: string; readonly name: string } & KnownPublic,
): Promise<PolicyChange> {
  const found = await readRepositoryPolicy(wiring.read, repository.owner, repository.name);
  return await keepReading(wiring, { scope: repositoryScope(repository.id), found, ...repository });
}

type Reading = { readonly scope: PolicyScope; readonly found: LocatedFile | null } & KnownPublic;

async function keepReading({ db, now }: Wiring, { scope, found, publicRepositories }: Reading): Promise<PolicyChange> {
  const known = await knowledgeFor(db, found, now);
  const isPublic = (name: string) =>
    known.publicRepositories.has(name) ||
    publicRepositories?.has(name) === true ||
    publicRepositories?.has(name.toLowerCase()) === true;
  const before = (await policiesOf(db, [scope])).get(scope) ?? null;
  const change = decidePolicy({
    before,
    found,
    now,
    check: (parsed) => [...publicCases(parsed, isPublic), ...strangeRegions(parsed, known.unknownRegions)],
  });
  // The bad text itself is not kept: whoever mends it sees the lines that are meant.
  const text = found?.file.kind === "file" ? found.file.text : "";
  await keepPolicy(db, { scope, ...change.kept, errors: withLines(change.kept.errors, text) });
  return change;
}

const LONGEST_LINE = 200;

function withLines(errors: readonly PolicyError[], text: string): readonly PolicyError[] {
  const lines = text.split("\n");
  return errors.map((error) => {
    const line = lines[error.line - 1]?.replace(/\r$/, "") ?? "";
    return line.trim() === "" ? error : { ...error, text: line.slice(0, LONGEST_LINE) };
  });
}

type Knowledge = { readonly publicRepositories: ReadonlySet<string>; readonly unknownRegions: readonly string[] };

/** What the world says of the repositories and regions that the text names; nothing where it cannot be read anyway. */
async function knowledgeFor(db: Db, found: LocatedFile | null, now: number): Promise<Knowledge> {
  const parsed = found?.file.kind === "file" ? parsePolicy(found.file.text, { where: found.location }) : null;
  if (parsed?.kind !== "policy") return { publicRepositories: new Set(), unknownRegions: [] };
  const { cases, calendar } = parsed.partial;
  const regions = calendar === undefined || calendar === "always" ? [] : (calendar.holidays ?? []);
  return {
    publicRepositories: new Set(await publicRepositoriesAmong(db, cases?.repositories ?? [])),
    unknownRegions: await unknownRegions(db, regions, new Date(now).getUTCFullYear()),
  };
}

type GoodText = Extract<ParsedPolicy, { kind: "policy" }>;

function publicCases({ partial, placeOf }: GoodText, isPublic: (name: string) => boolean): readonly PolicyError[] {
  return (partial.cases?.repositories ?? []).flatMap((name, index) => {
    const place = placeOf(["cases", "repositories", index]);
    return isPublic(name) ? [publicCaseRepository(name, { ...place, path: `cases.repositories[${index}]` })] : [];
  });
}

function strangeRegions({ partial, placeOf }: GoodText, unknown: readonly string[]): readonly PolicyError[] {
  const { calendar } = partial;
  if (calendar === undefined || calendar === "always") return [];
  return (calendar.holidays ?? []).flatMap((region, index) => {
    if (!unknown.includes(region)) return [];
    const message = `No public holidays are known for ${shown(region)}. Write a country such as JP, or a part of one such as US-CA.`;
    return [{ ...placeOf(["calendar", "holidays", index]), path: "calendar.holidays", message }];
  });
}
