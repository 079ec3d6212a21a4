// What the references of a command mean: cases on a pull request, patches on a case. Looks in the store, and for issues of case
// repositories that we have not seen, at GitHub.
import { caseByIssue, caseByReference } from "../cases/store.ts";
import { faultOf } from "../github/faults.ts";
import { repositoryByName } from "../github/installation-store.ts";
import { readPull } from "../github/read-pull.ts";
import { patchId } from "../github/refs.ts";
import type { PatchPlace } from "../patches/place.ts";
import { patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { findReferences } from "../policy/policy.ts";
import type { Ref } from "./command.ts";
import type { Target } from "./decide.ts";

export type TextPlace = { readonly on: "patch" | "case"; readonly place: PatchPlace };

/** Resolves references by their text. @throws where GitHub has to be asked and cannot. */
export async function targetsOf(
  wiring: Wiring,
  where: TextPlace,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, Target>> {
  const targets = new Map<string, Target>();
  for (const ref of refs) {
    if (targets.has(ref.text)) continue;
    targets.set(
      ref.text,
      where.on === "patch" ? await caseTarget(wiring, where.place, ref) : await patchTarget(wiring, where.place, ref),
    );
  }
  return targets;
}

async function caseTarget(wiring: Wiring, place: PatchPlace, ref: Ref): Promise<Target> {
  if (ref.kind === "external") return externalTarget(wiring, place, ref.text);
  const { owner, repo, number } = fullName(ref, place);
  const fullNameText = `${owner}/${repo}`;
  const isCaseRepository = place.policy.cases.repositories.some(
    (name) => name.toLowerCase() === fullNameText.toLowerCase(),
  );
  if (!isCaseRepository) return { kind: "refused", reason: { code: "not-a-case-repository", reference: ref.text } };
  const repository = await repositoryByName(wiring.database.db, owner, repo);
  // Another owner's cases are not ours to name, whatever a policy says.
  const isOurs = repository?.owner_id === place.repository.owner_id;
  if (repository === undefined || repository.installation_id === null || !isOurs) {
    return { kind: "refused", reason: { code: "not-installed", repository: fullNameText } };
  }
  const known = await caseByIssue(wiring.database.db, repository.id, number);
  const reference = `${repository.owner_login}/${repository.name}#${number}`;
  if (known !== undefined) return { kind: "case", reference: known.reference, url: known.url, caseId: known.id };
  const issue = await readIssue(wiring, { installationId: repository.installation_id, owner, repo, number });
  if (issue === null) return { kind: "refused", reason: { code: "unknown-case", reference: ref.text } };
  return { kind: "case", reference, url: issue.url, caseId: null };
}

async function externalTarget(wiring: Wiring, place: PatchPlace, text: string): Promise<Target> {
  const known = await caseByReference(wiring.database.db, place.repository.owner_id, text);
  if (known !== undefined) return { kind: "case", reference: known.reference, url: known.url, caseId: known.id };
  const patterns = place.policy.cases.references;
  const [found] = findReferences(text, patterns);
  if (found?.ref === text) return { kind: "case", reference: text, url: found.url, caseId: null };
  // Where no pattern says how references look, any may be one.
  if (patterns.length === 0) return { kind: "case", reference: text, url: null, caseId: null };
  return { kind: "refused", reason: { code: "unknown-case", reference: text } };
}

async function patchTarget(wiring: Wiring, place: PatchPlace, ref: Ref): Promise<Target> {
  if (ref.kind === "external") return { kind: "refused", reason: { code: "not-a-patch", reference: ref.text } };
  const { owner, repo, number } = fullName(ref, place);
  const repository = await repositoryByName(wiring.database.db, owner, repo);
  if (
    repository === undefined ||
    repository.installation_id === null ||
    repository.owner_id !== place.repository.owner_id
  ) {
    return { kind: "refused", reason: { code: "not-installed", repository: `${owner}/${repo}` } };
  }
  const id = patchId(repository.id, number);
  const target = { kind: "patch", patchId: id, repositoryId: repository.id, number } as const;
  const known = await patchById(wiring.database.db, id);
  if (known !== undefined && known.state !== "unknown") return target;
  // One from before we came that was closed already: nothing else would ever tell us how it ended.
  const seen = await readPull(wiring, repository.installation_id, { owner, repo, number });
  if (seen === null) return { kind: "refused", reason: { code: "not-a-patch", reference: ref.text } };
  return { ...target, seen };
}

function fullName(
  ref: Exclude<Ref, { kind: "external" }>,
  place: PatchPlace,
): { owner: string; repo: string; number: number } {
  if (ref.kind === "number")
    return { owner: place.repository.owner_login, repo: place.repository.name, number: ref.number };
  return { owner: ref.owner, repo: ref.repo, number: ref.number };
}

async function readIssue(
  wiring: Wiring,
  which: { installationId: number; owner: string; repo: string; number: number },
): Promise<{ url: string } | null> {
  const octokit = await wiring.github.installation(which.installationId);
  return octokit.rest.issues.get({ owner: which.owner, repo: which.repo, issue_number: which.number }).then(
    ({ data }) => (data.pull_request === undefined ? { url: data.html_url } : null),
    (error: unknown) => {
      if (faultOf(error, 0).kind === "gone") return null;
      throw error;
    },
  );
}
