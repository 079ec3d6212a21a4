// Asks GitHub whether a release contains a fix: one comparison, and further pages of it only where a backport may hide there.
import { z } from "zod";
import { repositoryByName } from "../github/installation-store.ts";
import { patchId } from "../github/refs.ts";
import { decidedOf } from "../patches/decided.ts";
import type { Fact } from "../patches/fact.ts";
import type { PatchPlace } from "../patches/place.ts";
import { type PatchRow, patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { type Containment, containmentOf } from "./contains.ts";
import { keepMergeSha } from "./store.ts";

const comparison = z.object({
  status: z.string(),
  total_commits: z.number().int(),
  commits: z.array(
    z.object({
      commit: z.object({ message: z.string(), committer: z.object({ date: z.string().optional() }).nullish() }),
    }),
  ),
});
const pull = z.object({ merged: z.boolean().nullish(), merge_commit_sha: z.string().nullish() });

/** Without a page GitHub shows so many of the newest commits. */
const UNPAGED = 250;
const PER_PAGE = 100;
const MOST_PAGES = 10;

export type Asked = { readonly row: PatchRow; readonly facts: readonly Fact[]; readonly tag: string };

/** @throws where GitHub has to be asked and cannot. Null: by which commit it came in is not known. */
export async function askContainment(
  wiring: Wiring,
  place: PatchPlace,
  { row, facts, tag }: Asked,
): Promise<Containment | null> {
  const decided = decidedOf(facts, wiring.now());
  const sha = await commitOf(wiring, place, { row, facts });
  if (decided === null || sha === null || place.installationId === null) return null;
  const shas = [sha, ...(row.head_sha === "" ? [] : [row.head_sha])];
  const octokit = await wiring.github.installation(place.installationId);
  const compare = async (page: number | null) => {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      owner: place.repository.owner_login,
      repo: place.repository.name,
      basehead: `${sha}...${tag}`,
      ...(page === null ? {} : { page, per_page: PER_PAGE }),
    });
    return comparison.parse(data);
  };
  const first = await compare(null);
  const found = containmentOf({ status: first.status, messages: messagesIn(first) }, shas);
  if (found !== "not" || first.total_commits <= UNPAGED) return found;
  // Oldest first, so the newest that were not shown are asked for first; what is older than the fix is no backport of it.
  const lastPage = Math.ceil((first.total_commits - UNPAGED) / PER_PAGE);
  for (let page = lastPage; page > Math.max(0, lastPage - MOST_PAGES); page -= 1) {
    const more = await compare(page);
    const deeper = containmentOf({ status: first.status, messages: messagesIn(more) }, shas);
    if (deeper !== "not") return deeper;
    const newest = Math.max(...more.commits.map(({ commit }) => Date.parse(commit.committer?.date ?? "")));
    if (newest < decided.at) return "not";
  }
  return "not";
}

const messagesIn = ({ commits }: z.infer<typeof comparison>): readonly string[] =>
  commits.map(({ commit }) => commit.message);

/** The commit by which the change came into the default branch; null where nobody said. */
async function commitOf(
  wiring: Wiring,
  place: PatchPlace,
  { row, facts }: Pick<Asked, "row" | "facts">,
): Promise<string | null> {
  const decided = decidedOf(facts, wiring.now());
  if (decided?.kind === "landed") return decided.sha ?? (await commitOfOther(wiring, place, decided.pull));
  return row.merge_sha ?? (await askMergeSha(wiring, place, row));
}

/** It landed by another pull request of the same repository. */
async function commitOfOther(wiring: Wiring, place: PatchPlace, name: string | null): Promise<string | null> {
  const named = /^([^/\s]+)\/([^#\s]+)#(\d+)$/.exec(name ?? "");
  if (named === null) return null;
  const { db } = wiring.database;
  const repository = await repositoryByName(db, named[1] ?? "", named[2] ?? "");
  if (repository?.id !== place.repository.id) return null;
  const other = await patchById(db, patchId(repository.id, Number(named[3])));
  if (other?.merge_sha) return other.merge_sha;
  return askPull(wiring, place, Number(named[3]));
}

/** The webhook of the merge tells it; where that was lost GitHub is asked once. */
async function askMergeSha(wiring: Wiring, place: PatchPlace, row: PatchRow): Promise<string | null> {
  const sha = await askPull(wiring, place, row.number);
  if (sha !== null) await wiring.database.transaction((tx) => keepMergeSha(tx, row.id, sha));
  return sha;
}

async function askPull(wiring: Wiring, place: PatchPlace, number: number): Promise<string | null> {
  if (place.installationId === null) return null;
  const octokit = await wiring.github.installation(place.installationId);
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner: place.repository.owner_login,
    repo: place.repository.name,
    pull_number: number,
  });
  const { merged, merge_commit_sha } = pull.parse(data);
  return merged === true ? (merge_commit_sha ?? null) : null;
}
