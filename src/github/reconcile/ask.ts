// What a comparison asks of GitHub, many pull requests a request, with what each request cost. Apart, because only here is known how GitHub's
// answers look.
import { z } from "zod";
import type { GitHub } from "../client.ts";
import {
  factsOfItems,
  type GraphqlPatch,
  graphqlPatch,
  nodesOf,
  pageInfo,
  parseItems,
  rateLimit,
  timeline,
} from "../graphql-patch.ts";
import { time } from "../payload.ts";
import { OPEN_IDS, PATCHES_BY_ID, RECONCILE } from "../queries.ts";
import type { Shown } from "./decide.ts";

/** GitHub takes no more ids a request. */
export const MOST_IDS = 100;
/** Whole pull requests with their histories cost more. */
export const WHOLE_IDS = 25;
const PAGES_A_REPOSITORY = 50;

export type Asking = {
  readonly github: Pick<GitHub, "graphql">;
  readonly installationId: number;
  /** Hears what each request cost. */
  readonly onCost: (points: number) => void;
};

const answer = z.object({ nodes: z.array(z.unknown()), rateLimit });

async function ask(
  { github, installationId, onCost }: Asking,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const { data } = await github.graphql({ installationId, document, variables, schema: answer, mayHaveHoles: true });
  onCost(data.rateLimit?.cost ?? 0);
  return data.nodes;
}

const openIds = z.object({
  id: z.string(),
  pullRequests: z.object({ pageInfo, nodes: z.array(z.object({ id: z.string() }).nullable()).nullable() }),
});

/** The open pull requests of each repository, by node ids; a repository that GitHub does not show is left out. */
export async function askOpen(
  asking: Asking,
  repositories: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const open = new Map<string, Set<string>>();
  const read = async (ids: readonly string[], after: string | null) => {
    const nodes = await ask(asking, OPEN_IDS, { ids, after });
    return nodes.flatMap((node) => openIds.safeParse(node).data ?? []);
  };
  for (const first of await read(repositories, null)) {
    const found = new Set<string>();
    let shown: z.infer<typeof openIds> | undefined = first;
    for (let pages = 0; shown !== undefined && pages < PAGES_A_REPOSITORY; pages += 1) {
      for (const pull of shown.pullRequests.nodes ?? []) if (pull !== null) found.add(pull.id);
      if (!shown.pullRequests.pageInfo.hasNextPage) break;
      [shown] = await read([first.id], shown.pullRequests.pageInfo.endCursor);
    }
    open.set(first.id, found);
  }
  return open;
}

const lean = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  updatedAt: time,
  headRefOid: z.string(),
  labels: nodesOf(z.object({ name: z.string() })),
  timelineItems: timeline,
});

/** Up to 100 pull requests as GitHub shows them, by node id, with what happened since a time. What it does not show is left out. */
export async function askShown(
  asking: Asking,
  ids: readonly string[],
  sinceAt: number,
): Promise<ReadonlyMap<string, Shown>> {
  const nodes = await ask(asking, RECONCILE, { ids, since: new Date(sinceAt).toISOString() });
  const shown = new Map<string, Shown>();
  for (const node of nodes) {
    const pull = lean.safeParse(node).data;
    if (pull === undefined) continue;
    const items = pull.timelineItems.nodes ?? [];
    shown.set(pull.id, {
      isOpen: pull.state === "OPEN",
      isDraft: pull.isDraft,
      headSha: pull.headRefOid,
      title: pull.title,
      body: pull.body,
      labels: (pull.labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
      updatedAt: pull.updatedAt,
      facts: factsOfItems(items),
      reviews: reviewIdsOf(items),
      isCut: pull.timelineItems.pageInfo.hasNextPage,
    });
  }
  return shown;
}

/** Reviews by people, also those whose words are all in their comments, which are not asked for here. */
const reviewIdsOf = (items: readonly unknown[]): Shown["reviews"] =>
  parseItems(items).flatMap((item) =>
    item.__typename === "PullRequestReview" && item.submittedAt !== null && item.author?.isBot === false
      ? [{ id: item.fullDatabaseId, at: item.submittedAt }]
      : [],
  );

/** Whole pull requests with their histories, `WHOLE_IDS` at most. */
export async function askWhole(asking: Asking, ids: readonly string[]): Promise<readonly GraphqlPatch[]> {
  const nodes = await ask(asking, PATCHES_BY_ID, { ids });
  return nodes.flatMap((node) => graphqlPatch.safeParse(node).data ?? []);
}
