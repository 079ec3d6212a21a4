// GitHub's GraphQL endpoint: the product's documents run against GitHub's own schema, over resolvers for what they ask.

import { readFileSync } from "node:fs";
import { buildASTSchema, execute, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import type { Events } from "./events.ts";
import type { Caller } from "./exchange.ts";
import { costOf } from "./graphql-cost.ts";
import { commentNode, nodeOf, repositoryNode, type Viewer } from "./graphql-nodes.ts";
import { covers, type World } from "./world.ts";

const MOST_IDS = 100;
let known: GraphQLSchema | undefined;

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** The name of the document's operation, and whether it changes something. */
export function nameOf(query: string): { readonly operation: string; readonly isMutation: boolean } {
  const found = /^\s*(query|mutation)\s+(\w+)/m.exec(query);
  return { operation: found?.[2] ?? "anonymous", isMutation: found?.[1] === "mutation" };
}

/** `problems`: why GitHub would not run this document at all. */
export async function runDocument(
  { world, events, caller }: { readonly world: World; readonly events: Events; readonly caller: Caller },
  { query, variables, operationName }: GraphqlRequest,
): Promise<{ readonly problems: readonly string[]; readonly result: unknown }> {
  const schema = githubSchema();
  const refuse = (problems: readonly string[]) => ({
    problems,
    result: { errors: problems.map((message) => ({ message })) },
  });
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return refuse(errors.map((error) => error.message));
    const result = await execute({
      schema,
      document,
      rootValue: root({ world, events, caller, cost: costOf(query, variables) }),
      variableValues: variables,
      operationName,
    });
    const { data, errors: failures } = result;
    return { problems: [], result: failures === undefined ? result : { data, errors: failures.map(asGitHubWritesIt) } };
  } catch (error) {
    return refuse([error instanceof Error ? error.message : String(error)]);
  }
}

function root({
  world,
  events,
  caller,
  cost,
}: {
  readonly world: World;
  readonly events: Events;
  readonly caller: Caller;
  readonly cost: number;
}) {
  const viewer: Viewer = { world, caller, mayRead: (repo) => mayRead(world, caller, repo.id) };
  const one = (id: string) => {
    const found = nodeOf(viewer, id);
    if (found === null) throw failure("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'.`);
    return found;
  };
  return {
    rateLimit: () => ({
      limit: 5000,
      cost,
      remaining: 4999,
      used: 1,
      resetAt: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z"),
    }),
    node: ({ id }: { id: string }) => one(id),
    nodes: ({ ids }: { ids: readonly string[] }) => {
      if (ids.length > MOST_IDS)
        throw failure(
          "ARGUMENT_LIMIT",
          `You may not provide more than ${MOST_IDS} node ids; you provided ${ids.length}.`,
        );
      return ids.map((id) => {
        try {
          return one(id);
        } catch (error) {
          return error;
        }
      });
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repo =
        world.findRepo(`${owner}/${name}`) ??
        world.rows.repos.get(world.renamed.get(`${owner}/${name}`.toLowerCase()) ?? 0);
      if (repo === undefined || !viewer.mayRead(repo)) {
        throw failure("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(viewer, repo);
    },
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) => {
      const row = world.rows.comments.all().find((comment) => comment.node_id === input.subjectId);
      const repo = row === undefined ? undefined : world.repoById(row.repo_id);
      if (row === undefined || repo === undefined || !viewer.mayRead(repo)) {
        throw failure("NOT_FOUND", `Could not resolve to a node with the global id of '${input.subjectId}'.`);
      }
      world.minimized.set(row.id, input.classifier);
      const sender = caller.kind === "person" ? world.user(caller.login) : world.bot;
      events.commentHidden(row, sender);
      return { minimizedComment: commentNode(viewer, repo, row) };
    },
  };
}

function mayRead(world: World, caller: Caller, repositoryId: number): boolean {
  const repo = world.repoById(repositoryId);
  if (!repo.private) return true;
  if (caller.kind === "person") return world.roleOf(world.user(caller.login), repo) !== "none";
  return (
    caller.kind === "installation" &&
    covers(caller.installation, repo) &&
    (caller.selection === "all" || caller.repositoryIds.includes(repo.id))
  );
}

const failure = (type: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { type } });

/** The type beside the message, not among the extensions. */
const asGitHubWritesIt = ({ extensions, path, locations, message }: GraphQLError) => ({
  type: extensions.type,
  path,
  locations,
  message,
});

function githubSchema(): GraphQLSchema {
  if (known !== undefined) return known;
  const file = new URL("./schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  known = buildASTSchema(parse(readFileSync(file, "utf8"), { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return known;
}
