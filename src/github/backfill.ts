// Reads what was there before we came: a repository's policy, its open pull requests with their history, the issues of case
// repositories. A page at a time, each kept before the next, so that a crash goes on where it stopped.
import { z } from "zod";
import { seeCase } from "../cases/react.ts";
import { caseRepositoriesOf } from "../cases/repositories.ts";
import { readBody } from "../commands/react.ts";
import { openPatchesUnseen } from "../patches/batch-store.ts";
import { addFacts, makeDue, seePatch } from "../patches/store.ts";
import { ownerScope, policiesOf } from "../policy/store.ts";
import { type BackfillRow, queueBackfill, saveBackfill } from "./backfill-store.ts";
import { graphqlFault, isPassingError } from "./faults.ts";
import {
  factsOfGraphql,
  type GraphqlPatch,
  graphqlPatch,
  pageInfo,
  rateLimit,
  snapshotOf,
  timeline,
} from "./graphql-patch.ts";
import type { Reacting } from "./handled.ts";
import { type RepositoryRow, repositoryById } from "./installation-store.ts";
import { issue, repository as repositorySchema, toActor } from "./payload.ts";
import { loadPolicies, loadPolicyOfOwner } from "./policies.ts";
import { MORE_TIMELINE, OPEN_PATCHES, PATCHES_BY_ID } from "./queries.ts";
import { ownerId } from "./refs.ts";
import { repositoryFound } from "./repository-changed.ts";

const LEASE_MILLIS = 120_000;
const PAGE_ATTEMPTS = 3;
const TIMELINE_PAGES = 20;

const openPatches = z.object({
  repository: z
    .object({
      pullRequests: z.object({ totalCount: z.number(), pageInfo, nodes: z.array(graphqlPatch.nullable()).nullable() }),
    })
    .nullable(),
  rateLimit,
});
const moreTimeline = z.object({ node: z.object({ timelineItems: timeline }).nullable() });
const byId = z.object({ nodes: z.array(z.unknown()) });

/** Reads one repository's patches or cases from where its row says. @throws where GitHub cannot be asked: what was kept stays kept. */
export async function readOne(parts: Reacting, row: BackfillRow): Promise<void> {
  const known = await repositoryById(parts.database.db, row.repository_id);
  if (known === undefined || known.installation_id === null) {
    await saveBackfill(parts.database.db, row, {
      state: "failed",
      error: "the app is not on the repository any more",
      claimed_until: null,
    });
    return;
  }
  const repository =
    row.cursor === null && row.kind === "patches" ? await readRepository(parts, known, known.installation_id) : known;
  if (row.kind === "patches") await readPatches(parts, row, { repository, installationId: known.installation_id });
  else await readCases(parts, row, { repository, installationId: known.installation_id });
}

/** What the list of an installation does not tell: default branch, visibility, archive; then the policies that hold there. */
async function readRepository(parts: Reacting, known: RepositoryRow, installationId: number): Promise<RepositoryRow> {
  const { database, github, now } = parts;
  const octokit = await github.installation(installationId);
  const { data } = await octokit.rest.repos.get({ owner: known.owner_login, repo: known.name });
  const read = repositorySchema.parse(data);
  await repositoryFound(parts, { repository: read, installationId });
  const scope = ownerScope(ownerId(read.owner.id));
  const stored = (await policiesOf(database.db, [scope])).get(scope);
  // Once an installation is enough for the owner's policy: pushes tell of changes.
  if (stored === undefined || now() - stored.checkedAt > 3_600_000)
    await loadPolicyOfOwner(parts, installationId, read);
  await loadPolicies(parts, { installationId, repository: read });
  const cases = await caseRepositoriesOf(database.db, read.owner.id);
  if (cases.has(read.full_name.toLowerCase())) {
    await database.transaction((tx) => queueBackfill(tx, [read.id], { kind: "cases", at: now() }));
  }
  return (await repositoryById(database.db, read.id)) ?? known;
}

export type Where = { readonly repository: RepositoryRow; readonly installationId: number };

async function readPatches(parts: Reacting, row: BackfillRow, where: Where): Promise<void> {
  const { database, github, now } = parts;
  const { repository, installationId } = where;
  const startedAt = now();
  const seen = new Set<string>();
  let { cursor } = row;
  let { done } = row;
  for (;;) {
    const { data, errors } = await github.graphql({
      installationId,
      document: OPEN_PATCHES,
      variables: { owner: repository.owner_login, name: repository.name, after: cursor },
      schema: openPatches,
      mayHaveHoles: true,
    });
    const page = data.repository?.pullRequests;
    if (page === undefined && errors.length > 0) throw graphqlFault({ url: "", headers: {}, errors });
    if (page === undefined) throw new Error("GitHub does not show the repository");
    const patches = (page.nodes ?? []).filter((node) => node !== null);
    for (const patch of patches) seen.add(await keepPatch(parts, patch, where));
    // Those that GitHub failed to read are asked for again with their page, a few times.
    if (errors.some(isPassingError) && row.attempts < PAGE_ATTEMPTS)
      throw graphqlFault({ url: "", headers: {}, errors });
    done += patches.length;
    cursor = page.pageInfo.endCursor;
    const isLast = !page.pageInfo.hasNextPage;
    await saveBackfill(database.db, row, { cursor, done, total: page.totalCount, claimed_until: now() + LEASE_MILLIS });
    database.hint("patches");
    if (isLast) break;
    const untilAt = github.readsWaitUntil(installationId);
    if (untilAt !== null) {
      await saveBackfill(database.db, row, putOffUntil(untilAt));
      return;
    }
  }
  await readGone(parts, where, { seen, before: startedAt });
  await saveBackfill(database.db, row, { state: "done", claimed_until: null, error: null });
}

/** What is open in our books but was not among the open ones: closed while we did not listen. */
async function readGone(
  parts: Reacting,
  where: Where,
  known: { seen: ReadonlySet<string>; before: number },
): Promise<void> {
  const unseen = (await openPatchesUnseen(parts.database.db, where.repository.id, known.before)).filter(
    (each) => !known.seen.has(each.id),
  );
  for (let start = 0; start < unseen.length; start += 25) {
    const ids = unseen.slice(start, start + 25).map((each) => each.nodeId);
    const { data } = await parts.github.graphql({
      installationId: where.installationId,
      document: PATCHES_BY_ID,
      variables: { ids },
      schema: byId,
      mayHaveHoles: true,
    });
    for (const node of data.nodes) {
      const parsed = graphqlPatch.safeParse(node);
      if (parsed.success) await keepPatch(parts, parsed.data, where);
    }
  }
  parts.database.hint("patches");
}

/** Keeps a pull request as GitHub shows it, with all that happened to it; what we know already stays as it is. */
export async function keepPatch(parts: Reacting, patch: GraphqlPatch, where: Where): Promise<string> {
  const items = await wholeTimeline(parts, patch, where.installationId);
  const snapshot = snapshotOf(patch, where.repository);
  const id = await parts.database.transaction(async (tx) => {
    const patchId = await seePatch(tx, snapshot);
    await addFacts(tx, patchId, factsOfGraphql(patch, items));
    await makeDue(tx, [patchId], parts.now());
    return patchId;
  });
  // Commands from before the installation are not run; trailers and references are read.
  await readBody(parts, {
    on: "patch",
    repositoryId: where.repository.id,
    number: patch.number,
    title: patch.title,
    body: patch.body,
    before: "",
    areCommandsRun: false,
    sender: patch.author,
    at: patch.createdAt,
    url: patch.url,
  });
  return id;
}

async function wholeTimeline(
  parts: Reacting,
  patch: GraphqlPatch,
  installationId: number,
): Promise<readonly unknown[]> {
  const items: unknown[] = [...(patch.timelineItems.nodes ?? [])];
  let page = patch.timelineItems.pageInfo;
  for (let n = 0; page.hasNextPage && page.endCursor !== null && n < TIMELINE_PAGES; n += 1) {
    const { data } = await parts.github.graphql({
      installationId,
      document: MORE_TIMELINE,
      variables: { id: patch.id, after: page.endCursor },
      schema: moreTimeline,
    });
    if (data.node === null) break;
    items.push(...(data.node.timelineItems.nodes ?? []));
    page = data.node.timelineItems.pageInfo;
  }
  return items;
}

async function readCases(parts: Reacting, row: BackfillRow, { repository, installationId }: Where): Promise<void> {
  const { database, github, now } = parts;
  const octokit = await github.installation(installationId);
  const whole = repositorySchema.parse(
    (await octokit.rest.repos.get({ owner: repository.owner_login, repo: repository.name })).data,
  );
  let page = row.cursor === null ? 1 : Number(row.cursor);
  let { done } = row;
  for (;;) {
    const { data } = await octokit.rest.issues.listForRepo({
      owner: repository.owner_login,
      repo: repository.name,
      state: "open",
      sort: "created",
      direction: "asc",
      per_page: 100,
      page,
    });
    const issues = data.map((each) => issue.parse(each)).filter((each) => each.pull_request === undefined);
    for (const each of issues) {
      await database.transaction((tx) => seeCase(tx, { repository: whole, issue: each, now: now() }));
      await readBody(parts, {
        on: "case",
        repositoryId: repository.id,
        number: each.number,
        title: each.title,
        body: each.body ?? "",
        before: "",
        areCommandsRun: false,
        sender: toActor(each.user),
        at: each.created_at,
        url: each.html_url,
      });
    }
    done += issues.length;
    page += 1;
    const isLast = data.length < 100;
    await saveBackfill(database.db, row, {
      cursor: String(page),
      done,
      claimed_until: now() + LEASE_MILLIS,
      attempts: 0,
      ...(isLast ? { state: "done" as const, claimed_until: null } : {}),
    });
    if (isLast) return;
    const untilAt = github.readsWaitUntil(installationId);
    if (untilAt !== null) {
      await saveBackfill(database.db, row, putOffUntil(untilAt));
      return;
    }
  }
}

/** Little is left of GitHub's hour: what is read can wait, commands, labels and reminders cannot. A second more, since GitHub counts in those. */
export const putOffUntil = (resetAt: number) => ({
  run_after: resetAt + 1000,
  claimed_until: null,
  error: "waits for GitHub's next hour; what is left of this one is for commands, labels and reminders",
});
