// What GitHub keeps no history of, read in one request for many patches just before something falls due, and kept as it was then.
import { z } from "zod";
import type { Database } from "../db/database.ts";
import type { GraphqlError } from "../github/client.ts";
import { isPassingError } from "../github/faults.ts";
import { OBSERVE, REQUIRED_CHECKS } from "../github/queries.ts";
import { storedPatchId } from "../github/refs.ts";
import type { Fact } from "./fact.ts";
import type { Gathered } from "./gather.ts";
import { keepObservation } from "./observation-store.ts";
import type { Observation } from "./situation.ts";
import { addFacts, makeDue } from "./store.ts";
import type { Wiring } from "./wiring.ts";

/** GitHub's `nodes` takes at most 100 ids, and each patch may bring our last words to either side along. */
const PATCHES_A_REQUEST = 33;

const node = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("PullRequest"),
    id: z.string(),
    headRefOid: z.string(),
    mergeable: z.enum(["MERGEABLE", "CONFLICTING", "UNKNOWN"]),
    mergeStateStatus: z.string(),
    files: z.object({ nodes: z.array(z.object({ path: z.string() }).nullable()).nullable() }).nullable(),
    commits: z.object({
      nodes: z
        .array(
          z.object({ commit: z.object({ statusCheckRollup: z.object({ state: z.string() }).nullable() }) }).nullable(),
        )
        .nullable(),
    }),
  }),
  z.object({ __typename: z.literal("IssueComment"), id: z.string(), isMinimized: z.boolean() }),
]);
const answer = z.object({ nodes: z.array(z.unknown()) });

const context = z.union([
  z.object({
    __typename: z.literal("CheckRun"),
    name: z.string(),
    conclusion: z.string().nullable(),
    isRequired: z.boolean(),
  }),
  z.object({ __typename: z.literal("StatusContext"), context: z.string(), state: z.string(), isRequired: z.boolean() }),
]);
const checksAnswer = z.object({
  node: z
    .object({
      commits: z.object({
        nodes: z.array(
          z.object({
            commit: z.object({
              statusCheckRollup: z.object({ contexts: z.object({ nodes: z.array(context.nullable()) }) }).nullable(),
            }),
          }),
        ),
      }),
    })
    .nullable(),
});

type PullNode = Extract<z.infer<typeof node>, { __typename: "PullRequest" }>;

/**
 * Looks at these patches, all of one installation, and keeps what was seen; each is due again then. Answers the ids of those that GitHub failed
 * to read beside the others: of them nothing is known yet.
 */
export async function observePatches(
  wiring: Wiring,
  installationId: number,
  patches: readonly Gathered[],
): Promise<ReadonlySet<string>> {
  const unread: string[] = [];
  for (let start = 0; start < patches.length; start += PATCHES_A_REQUEST) {
    unread.push(...(await observeSome(wiring, installationId, patches.slice(start, start + PATCHES_A_REQUEST))));
  }
  return new Set(unread);
}

async function observeSome(
  wiring: Wiring,
  installationId: number,
  patches: readonly Gathered[],
): Promise<readonly string[]> {
  const words = new Map(patches.flatMap((each) => lastWords(each).map((nodeId) => [nodeId, each] as const)));
  const ids = [...patches.flatMap((each) => each.row.node_id ?? []), ...words.keys()];
  const { data, errors } = await wiring.github.graphql({
    installationId,
    document: OBSERVE,
    variables: { ids },
    schema: answer,
    mayHaveHoles: true,
  });
  const now = wiring.now();
  const withError = (isIt: (error: GraphqlError) => boolean) =>
    new Set(
      errors.flatMap((error) => (error.path?.[0] === "nodes" && isIt(error) ? [ids[Number(error.path[1])]] : [])),
    );
  const gone = withError(({ type }) => type === "NOT_FOUND");
  const failing = withError((error) => isPassingError(error));
  const unread: string[] = [];
  const seen = new Set<string>();
  for (const raw of data.nodes) {
    const parsed = node.safeParse(raw);
    if (!parsed.success) continue;
    if (parsed.data.__typename === "IssueComment") {
      const gathered = words.get(parsed.data.id);
      if (gathered !== undefined && parsed.data.isMinimized)
        await keepUnwanted(wiring.database, gathered, { nodeId: parsed.data.id, now });
      continue;
    }
    const pull = parsed.data;
    const gathered = patches.find((each) => each.row.node_id === pull.id);
    if (gathered === undefined) continue;
    seen.add(gathered.row.id);
    const failingChecks = await requiredFailures(wiring, installationId, pull);
    await keepSeen(wiring.database, gathered, {
      at: now,
      headSha: pull.headRefOid,
      hasConflict: hasConflict(pull, gathered),
      unknownTimes: unknownTimes(pull, gathered),
      failingChecks,
      files: (pull.files?.nodes ?? []).flatMap((file) => (file === null ? [] : [file.path])),
    });
  }
  // One that GitHub does not show any more is decided on what we know, rather than asked for without end.
  for (const gathered of patches) {
    if (seen.has(gathered.row.id)) continue;
    if (failing.has(gathered.row.node_id ?? "")) {
      unread.push(gathered.row.id);
      continue;
    }
    const nothing = {
      at: now,
      headSha: gathered.row.head_sha,
      hasConflict: false,
      unknownTimes: 0,
      failingChecks: [],
      files: [],
      ...(gone.has(gathered.row.node_id ?? "") && { isGone: true }),
    };
    await keepSeen(wiring.database, gathered, nothing);
  }
  return unread;
}

/** GitHub says UNKNOWN while it works it out anew; until then what was seen of the same head holds. */
function hasConflict(pull: PullNode, { situation }: Gathered): boolean {
  if (pull.mergeable !== "UNKNOWN") return pull.mergeable === "CONFLICTING";
  return situation.observation?.headSha === pull.headRefOid && situation.observation.hasConflict;
}

function unknownTimes(pull: PullNode, { situation }: Gathered): number {
  if (pull.mergeable !== "UNKNOWN") return 0;
  return situation.observation?.headSha === pull.headRefOid ? situation.observation.unknownTimes + 1 : 1;
}

/** Our last words there to either side. */
function lastWords({ situation }: Gathered): readonly string[] {
  const reminder = situation.reminders.findLast((each) => each.state === "sent" && each.commentNodeId !== null);
  return [reminder?.commentNodeId, situation.authorWordNodeId].filter((id) => typeof id === "string");
}

/** Only where GitHub calls it blocked and something failed is it worth asking which of that is required. */
async function requiredFailures(wiring: Wiring, installationId: number, pull: PullNode): Promise<readonly string[]> {
  const state = pull.commits.nodes?.[0]?.commit.statusCheckRollup?.state;
  if (pull.mergeStateStatus !== "BLOCKED" || (state !== "FAILURE" && state !== "ERROR")) return [];
  const { data } = await wiring.github.graphql({
    installationId,
    document: REQUIRED_CHECKS,
    variables: { id: pull.id },
    schema: checksAnswer,
  });
  const contexts = data.node?.commits.nodes[0]?.commit.statusCheckRollup?.contexts.nodes ?? [];
  return contexts.flatMap((each) => {
    if (each === null || !each.isRequired) return [];
    if (each.__typename === "StatusContext") return ["FAILURE", "ERROR"].includes(each.state) ? [each.context] : [];
    return ["FAILURE", "TIMED_OUT", "CANCELLED", "ACTION_REQUIRED", "STARTUP_FAILURE"].includes(each.conclusion ?? "")
      ? [each.name]
      : [];
  });
}

/** Somebody folded our reminder away: they are left alone for a while. */
async function keepUnwanted(
  database: Database,
  { row }: Gathered,
  folded: { nodeId: string; now: number },
): Promise<void> {
  const fact: Fact = {
    kind: "unwanted",
    what: "comment",
    key: `unwanted:folded:${folded.nodeId}`,
    at: folded.now,
    actor: null,
  };
  await database.transaction((tx) => addFacts(tx, storedPatchId(row.id), [fact]));
}

async function keepSeen(database: Database, { row, situation }: Gathered, observation: Observation): Promise<void> {
  const before = situation.observation;
  const isNews =
    before?.headSha !== observation.headSha ||
    before.hasConflict !== observation.hasConflict ||
    before.failingChecks.join("\n") !== observation.failingChecks.join("\n");
  const wasBlocked = before !== null && (before.hasConflict || before.failingChecks.length > 0);
  const isBlocked = observation.hasConflict || observation.failingChecks.length > 0;
  await database.transaction(async (tx) => {
    await keepObservation(tx, row.id, {
      json: JSON.stringify(observation),
      headSha: observation.headSha,
      at: observation.at,
    });
    if (isNews && (isBlocked || wasBlocked)) {
      const { hasConflict, failingChecks, headSha } = observation;
      const key = `observed:${observation.at}`;
      const fact: Fact = {
        kind: "observed",
        hasConflict,
        failingChecks,
        headSha,
        key,
        at: observation.at,
        actor: null,
      };
      await addFacts(tx, storedPatchId(row.id), [fact]);
    }
    await makeDue(tx, [row.id], observation.at);
  });
}
