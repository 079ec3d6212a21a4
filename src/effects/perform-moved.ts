// What becomes of a write whose address leads on to another: a repository that was renamed between the decision and the write, or an issue that
// was moved. Apart, because no write is sent on unseen: what moved may lie where its words must not stand.
import { seeRepository } from "../github/installation-store.ts";
import { seenOf } from "../github/origin.ts";
import { repository } from "../github/payload.ts";
import type { Outcome } from "./outcome.ts";
import type { Work } from "./world.ts";

/** Reads where the repository is now. Under its new name the write is tried again at once; nothing was written yet. */
export async function learnNewName({ world, place }: Work): Promise<Outcome> {
  const octokit = await world.github.installation(place.installationId);
  const { data } = await octokit.rest.repos.get({ owner: place.owner, repo: place.repo });
  const read = repository.parse(data);
  if (read.id !== place.repositoryId) return { kind: "withdrawn", because: "another repository has its name now" };
  // Whose policy speaks there, and through which installation, comes with the event; what was decided for the old owner is not said there.
  if (read.owner.id !== place.ownerId) return { kind: "withdrawn", because: "the repository has another owner now" };
  if (read.owner.login === place.owner && read.name === place.repo)
    return { kind: "withdrawn", because: "what it was about was moved to another repository" };
  const seenAt = world.now();
  await world.database.transaction((tx) => seeRepository(tx, seenOf(read, place.installationId, seenAt)));
  return { kind: "later", at: seenAt, because: "the repository has another name now" };
}
