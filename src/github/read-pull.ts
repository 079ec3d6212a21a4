// One pull request as REST shows it, with how it ended: for those that were closed before we came, of which no webhook will tell.
import { z } from "zod";
import { type Fact, naturalKey } from "../patches/fact.ts";
import type { Snapshot } from "../patches/store.ts";
import type { GitHub } from "./client.ts";
import { lastClosingOf } from "./closed-by.ts";
import { faultOf } from "./faults.ts";
import { factsOfItems } from "./graphql-patch.ts";
import type { RepositoryName } from "./landed.ts";
import { maybeAccount, pullRequest, toActor, toSnapshot } from "./payload.ts";

export type SeenPull = { readonly snapshot: Snapshot; readonly facts: readonly Fact[] };

const shown = pullRequest.extend({
  merged_by: maybeAccount,
  base: z.object({ ref: z.string(), repo: z.object({ id: z.number(), owner: z.object({ id: z.number() }) }) }),
});

/** Null where GitHub shows no such pull request. @throws where it cannot be asked. */
export async function readPull(
  { github }: { readonly github: GitHub },
  installationId: number,
  { owner, repo, number }: RepositoryName & { readonly number: number },
): Promise<SeenPull | null> {
  const octokit = await github.installation(installationId);
  const found = await octokit.rest.pulls.get({ owner, repo, pull_number: number }).catch((error: unknown) => {
    if (faultOf(error, 0).kind === "gone") return null;
    throw error;
  });
  if (found === null) return null;
  const pull = shown.parse(found.data);
  const isClosedUnmerged = pull.state === "closed" && !pull.merged_at;
  const closing = isClosedUnmerged ? await lastClosingOf({ github }, installationId, pull.node_id) : [];
  return { snapshot: toSnapshot(pull, pull.base.repo), facts: [...mergeOf(pull), ...factsOfItems(closing)] };
}

function mergeOf({ merged_at, merged_by }: z.infer<typeof shown>): readonly Fact[] {
  if (!merged_at) return [];
  const by = { actor: toActor(merged_by), at: merged_at };
  return [{ kind: "merged", key: naturalKey("merged", null, by), ...by }];
}
