// Whom `/case ask` names, looked up: a login that nobody has is refused, and who is asked is kept by id, which stays when they rename.
import { faultOf } from "../github/faults.ts";
import type { Wiring } from "../patches/wiring.ts";

/** Ids by login in lower case; null where GitHub knows no such account. @throws where GitHub cannot be asked. */
export async function idsOf(
  wiring: Wiring,
  installationId: number,
  logins: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  const ids = new Map<string, number | null>();
  for (const login of new Set(logins.map((each) => each.toLowerCase()))) {
    const octokit = await wiring.github.installation(installationId);
    const id = await octokit.rest.users.getByUsername({ username: login }).then(
      ({ data }) => data.id,
      (error: unknown) => {
        if (faultOf(error, 0).kind === "gone") return null;
        throw error;
      },
    );
    ids.set(login, id);
  }
  return ids;
}
