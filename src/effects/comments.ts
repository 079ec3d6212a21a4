// Comments: written once. Before a second try we look whether the first one arrived. Apart, because nothing else must not be
// said twice so badly.
import { z } from "zod";
import { markerOf, withMarker } from "./marker.ts";
import type { Outcome } from "./outcome.ts";
import { reserve } from "./pacing.ts";
import type { Work } from "./world.ts";

const MINUTE = 60_000;
/** Clocks differ: what GitHub says was written some minutes before our first try may be ours. */
const LOOK_BACK_MILLIS = 10 * MINUTE;
const PER_PAGE = 100;

const comment = z.object({ id: z.number().int(), node_id: z.string() });
const listed = z.array(
  comment.extend({ body: z.string().nullish(), user: z.object({ id: z.number().int() }).nullish() }),
);

export type Comment = { readonly number: number; readonly markdown: string };

/** Looks for what an earlier try may have written. Null: there was none, or it did not arrive. */
export async function findEarlierComment(work: Work, number: number): Promise<Outcome | null> {
  const { world, row, place } = work;
  if (row.firstTryAt === null) return null;
  // What was sent a moment ago may not be listed yet.
  const lookAt = row.firstTryAt + MINUTE;
  if (world.now() < lookAt)
    return { kind: "later", at: lookAt, because: "an earlier try may have arrived; it is looked for first" };

  const { userId } = await world.github.botIdentity(place.installationId);
  const octokit = await world.github.installation(place.installationId);
  const pages = octokit.paginate.iterator("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner: place.owner,
    repo: place.repo,
    issue_number: number,
    since: new Date(row.firstTryAt - LOOK_BACK_MILLIS).toISOString().replace(/\.\d+Z$/, "Z"),
    per_page: PER_PAGE,
  });
  for await (const page of pages) {
    const found = listed
      .parse(page.data)
      .find(({ body, user }) => user?.id === userId && markerOf(body ?? "") === row.key);
    if (found !== undefined) return done(found, true);
  }
  return null;
}

/** Writes a comment that was never tried, or that was looked for and not found. */
export async function writeComment(work: Work, { number, markdown }: Comment): Promise<Outcome> {
  const { world, row, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const reserved = await reserve(world, {
    row,
    installationId: place.installationId,
    writes: 1,
    counted: "comments",
    now: world.now(),
  });
  if (reserved.kind !== "reserved") return reserved;
  const { data } = await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner: place.owner,
    repo: place.repo,
    issue_number: number,
    body: withMarker(markdown, row.key),
  });
  return done(comment.parse(data), false);
}

const done = (at: z.infer<typeof comment>, isFoundAgain: boolean): Outcome => ({
  kind: "done",
  outcome: { kind: "comment", commentId: at.id, commentNodeId: at.node_id, isFoundAgain },
});
