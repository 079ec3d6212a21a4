// Reads small text files from a repository's default branch: policies and CODEOWNERS.
import type { ReadFile, ReadRepositoryFile } from "../policy/source.ts";
import type { GitHub } from "./client.ts";
import { faultOf } from "./faults.ts";

/**
 * A reader that speaks as one installation. A repository that we may not see, or one that is empty, has no file; anything else that
 * keeps us from asking is thrown.
 */
export function fileReader(github: GitHub, installationId: number): ReadRepositoryFile {
  return async (owner, repository, path): Promise<ReadFile> => {
    const octokit = await github.installation(installationId);
    const answer = await octokit.rest.repos.getContent({ owner, repo: repository, path }).then(
      ({ data }) => data,
      (error: unknown) => {
        const { kind } = faultOf(error, 0);
        // 403 is what GitHub answers for `.github-private` where the app was not given that repository.
        if (kind === "gone" || kind === "permission") return null;
        throw error;
      },
    );
    if (answer === null || Array.isArray(answer) || answer.type !== "file") return { kind: "missing" };
    // Above 1 MB GitHub sends no content in this form.
    if (!("content" in answer) || answer.encoding !== "base64") return { kind: "too-large" };
    return { kind: "file", text: Buffer.from(answer.content, "base64").toString("utf8"), sha: answer.sha };
  };
}
