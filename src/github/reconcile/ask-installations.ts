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

/** All repositories that an installation sees. @throws what `faultOf` understands. */
export async function askRepositories(
  github: Pick<GitHub, "installation">,
  installationId: number,
): Promise<readonly RepositoryPayload[]> {
  const octokit = await github.installation(installationId);
  const shown: RepositoryPayload[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await octokit.request("GET /installation/repositories", { per_page: A_PAGE, page });
    const { repositories } = z.object({ repositories: z.array(repository) }).parse(data);
    shown.push(...repositories);
    if (repositories.length < A_PAGE) return shown;
  }
  throw new Error(`GitHub's list of the repositories of installation ${installationId} does not end`);
}
