// What GitHub shows of a patch at its head commit, in one request. Apart from the rest of a dossier, which comes from the store.
import { z } from "zod";
import { DOSSIER } from "../github/queries.ts";
import type { Gathered } from "../patches/gather.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { DossierCheck, DossierView } from "./dossier.ts";

const context = z.union([
  z.object({
    __typename: z.literal("CheckRun"),
    name: z.string(),
    conclusion: z.string().nullable(),
    isRequired: z.boolean(),
  }),
  z.object({ __typename: z.literal("StatusContext"), context: z.string(), state: z.string(), isRequired: z.boolean() }),
]);
const answer = z.object({
  node: z
    .object({
      headRefOid: z.string(),
      additions: z.number(),
      deletions: z.number(),
      changedFiles: z.number(),
      latestOpinionatedReviews: z
        .object({
          nodes: z
            .array(
              z
                .object({
                  state: z.string(),
                  url: z.string(),
                  author: z.object({ login: z.string(), __typename: z.string() }).nullable(),
                })
                .nullable(),
            )
            .nullable(),
        })
        .nullable(),
      commits: z.object({
        nodes: z
          .array(
            z
              .object({
                commit: z.object({
                  statusCheckRollup: z
                    .object({ contexts: z.object({ nodes: z.array(context.nullable()).nullable() }) })
                    .nullable(),
                }),
              })
              .nullable(),
          )
          .nullable(),
      }),
    })
    .nullable(),
});

/** Null where it cannot be read, as when the pull request is gone. @throws where GitHub fails. */
export async function viewOnGitHub({ github }: Wiring, { row, place }: Gathered): Promise<DossierView | null> {
  if (place.installationId === null || !place.isUsable || row.node_id === null) return null;
  const { data } = await github.graphql({
    installationId: place.installationId,
    document: DOSSIER,
    variables: { id: row.node_id },
    schema: answer,
  });
  if (data.node === null) return null;
  const { node } = data;
  const contexts = node.commits.nodes?.[0]?.commit.statusCheckRollup?.contexts.nodes ?? [];
  return {
    headSha: node.headRefOid,
    files: node.changedFiles,
    additions: node.additions,
    deletions: node.deletions,
    checks: contexts.flatMap((each) => (each === null ? [] : [checkOf(each)])),
    reviews: (node.latestOpinionatedReviews?.nodes ?? []).flatMap((review): DossierView["reviews"] => {
      if (review === null || review.author === null || review.author.__typename === "Bot") return [];
      if (review.state === "APPROVED") return [{ by: review.author.login, state: "approved", url: review.url }];
      return review.state === "CHANGES_REQUESTED"
        ? [{ by: review.author.login, state: "changes-requested", url: review.url }]
        : [];
    }),
  };
}

const PASSING: readonly string[] = ["SUCCESS", "NEUTRAL", "SKIPPED"];
const RUNNING: readonly string[] = ["PENDING", "EXPECTED"];

function checkOf(each: z.infer<typeof context>): DossierCheck {
  const name = each.__typename === "CheckRun" ? each.name : each.context;
  const outcome = each.__typename === "CheckRun" ? (each.conclusion ?? "PENDING") : each.state;
  const state = RUNNING.includes(outcome) ? "running" : PASSING.includes(outcome) ? "passing" : "failing";
  return { name, state, isRequired: each.isRequired };
}
