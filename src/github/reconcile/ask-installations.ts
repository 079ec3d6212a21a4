// What GitHub says of installations and of the repositories that each of them sees. Apart from what is asked of pull requests, because this is
// asked by REST, of installations as the App itself.
import { z } from "zod";
import type { GitHub } from "../client.ts";
import { faultOf } from "../faults.ts";
import { type RepositoryPayload, repository, type WholeInstallation, wholeInstallation } from "../payload.ts";

const A_PAGE = 100;
/** More pages than anybody has: an answer that never ends is cut off. */
const MOST_PAGES = 500;

/** An installation as it is now; null where GitHub does not know it any more. @throws what `faultOf` understands. */
export async function askInstallation(github: Pick<GitHub, "app">, id: number): Promise<WholeInstallation | null> {
  const octokit = await github.app();
  try {
    const { data } = await octokit.request("GET /app/installations/{installation_id}", { installation_id: id });
    return wholeInstallation.parse(data);
  } catch (error) {
    if (faultOf(error, 0).kind === "gone") return null;
    throw error;
  }
}

/** All installations of the App. @throws what `faultOf` understands. */
export async function askInstallations(github: Pick<GitHub, "app">): Promise<readonly WholeInstallation[]> {
  const octokit = await github.app();
  return allPages(async (page) => {
    const { data } = await octokit.request("GET /app/installations", { per_page: A_PAGE, page });
    return z.array(wholeInstallation).parse(data);
  });
}

/** All repositories that an installation sees. @throws what `faultOf` understands. */
export async function askRepositories(
  github: Pick<GitHub, "installation">,
  installationId: number,
): Promise<readonly RepositoryPayload[]> {
  const octokit = await github.installation(installationId);
  return allPages(async (page) => {
    const { data } = await octokit.request("GET /installation/repositories", { per_page: A_PAGE, page });
    return z.object({ repositories: z.array(repository) }).parse(data).repositories;
  });
}

/** A list that is not whole would take for gone what is only further down. */
async function allPages<T>(read: (page: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const shown = await read(page);
    all.push(...shown);
    if (shown.length < A_PAGE) return all;
  }
  throw new Error(`a list of GitHub's does not end after ${MOST_PAGES} pages`);
}
