// What closed a pull request, as GitHub's timeline tells it: a commit in the default branch, or a pull request that was merged. Apart, because
// it is read with the rest of a history, and alone once one is closed unmerged.
import { z } from "zod";
import { type Fact, naturalKey } from "../patches/fact.ts";
import type { Reacting } from "./handled.ts";
import { CLOSED_BY } from "./queries.ts";
import type { Actor } from "./refs.ts";

/** GitHub names a commit where its message closed it ("Closes #12"), which it does only from the default branch. */
export const closer = z
  .union([
    z.object({ __typename: z.literal("Commit"), oid: z.string() }),
    z.object({
      __typename: z.literal("PullRequest"),
      number: z.number(),
      merged: z.boolean(),
      repository: z.object({ nameWithOwner: z.string() }),
      mergeCommit: z.object({ oid: z.string() }).nullable(),
    }),
    z.object({ __typename: z.string() }),
  ])
  .nullish();

type Closing = { readonly createdAt: number; readonly actor: Actor | null; readonly closer?: z.infer<typeof closer> };

/** The landing that a closing tells of; none where somebody just closed it. */
export function landingByCloser({ createdAt, actor, closer: by }: Closing): readonly Fact[] {
  if (by === null || by === undefined) return [];
  const landed = { kind: "landed", how: "closing", at: createdAt, actor } as const;
  const keyOf = (what: string) => naturalKey("landed", `closing:${what}`, { actor, at: createdAt });
  if ("oid" in by) return [{ ...landed, sha: by.oid, pull: null, key: keyOf(by.oid) }];
  if (!("merged" in by) || !by.merged) return [];
  const pull = `${by.repository.nameWithOwner}#${by.number}`;
  return [{ ...landed, sha: by.mergeCommit?.oid ?? null, pull, key: keyOf(pull) }];
}

const answer = z.object({
  node: z.object({ timelineItems: z.object({ nodes: z.array(z.unknown()).nullable() }) }).nullable(),
});

/** The last closing of a pull request, as nodes of its timeline. @throws where GitHub cannot be asked. */
export async function lastClosingOf(
  { github }: Pick<Reacting, "github">,
  installationId: number,
  nodeId: string,
): Promise<readonly unknown[]> {
  const variables = { id: nodeId };
  const { data } = await github.graphql({ installationId, document: CLOSED_BY, variables, schema: answer });
  return data.node?.timelineItems.nodes ?? [];
}
