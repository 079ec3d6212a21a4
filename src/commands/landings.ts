// What `/case landed` and `/case superseded` name, looked up: where a change landed is held against GitHub, and a pull request that takes
// another's place is one that we follow.

import { repositoryById } from "../github/installation-store.ts";
import { type Containing, findCommitIn, findMergedPull, type RepositoryName } from "../github/landed.ts";

import type { PatchPlace } from "../patches/place.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { CommitRef, PullRef } from "./command.ts";
import type { Landing, Successor } from "./decide.ts";
import type { RefusalReason } from "./refusal.ts";
import { targetsOf } from "./targets.ts";

type Here = { readonly place: PatchPlace; readonly number: number };

/** @throws where GitHub cannot be asked. */
export async function landingOf(wiring: Wiring, { place, number }: Here, ref: PullRef | CommitRef): Promise<Landing> {
  const { installationId, repository } = place;
  const named = nameOf(ref, place);
  const refused = (reason: RefusalReason): Landing => ({ kind: "refused", reason });
  const fullName = `${named.owner}/${named.repo}`;
  if (installationId === null || !isOnOurHost(wiring, ref))
    return refused({ code: "not-installed", repository: fullName });
  const isHere = fullName.toLowerCase() === `${repository.owner_login}/${repository.name}`.toLowerCase();
  if (ref.kind !== "commit" && isHere && ref.number === number) return refused({ code: "itself" });
  const found: Containing =
    ref.kind === "commit"
      ? await findCommitIn(wiring, installationId, { ...named, sha: ref.sha })
      : await findMergedPull(wiring, installationId, { ...named, number: ref.number });
  switch (found.kind) {
    case "contained":
      return { kind: "landed", sha: found.sha, pull: found.pull };
    case "no-repository":
      return refused({ code: "not-installed", repository: fullName });
    case "no-such":
      return refused({ code: ref.kind === "commit" ? "no-such-commit" : "no-such-pull", reference: ref.text });
    case "not-merged":
      return refused({ code: "not-merged", reference: ref.text });
    case "elsewhere":
      return refused({ code: "not-in-default-branch", reference: ref.text, branch: found.branch });
  }
}

/** @throws where GitHub cannot be asked. */
export async function successorOf(wiring: Wiring, { place }: Here, ref: PullRef): Promise<Successor> {
  if (!isOnOurHost(wiring, ref)) {
    const { owner, repo } = nameOf(ref, place);
    return { kind: "refused", reason: { code: "not-installed", repository: `${owner}/${repo}` } };
  }
  const target = (await targetsOf(wiring, { on: "case", place }, [ref])).get(ref.text);
  if (target?.kind === "refused" && target.reason.code === "not-installed") return target;
  if (target?.kind !== "patch") return { kind: "refused", reason: { code: "no-such-pull", reference: ref.text } };
  const repository = await repositoryById(wiring.database.db, target.repositoryId);
  return { kind: "patch", target, pull: `${repository?.owner_login}/${repository?.name}#${target.number}` };
}

function nameOf(ref: PullRef | CommitRef, { repository }: PatchPlace): RepositoryName {
  const here = { owner: repository.owner_login, repo: repository.name };
  if (ref.kind === "commit") return ref.repository ?? here;
  return ref.kind === "number" ? here : { owner: ref.owner, repo: ref.repo };
}

const isOnOurHost = ({ addresses }: Wiring, ref: PullRef | CommitRef): boolean =>
  !("host" in ref) || ref.host === null || ref.host === new URL(addresses.webUrl).host;
