// Keeps the one comment on a case up to date: made once, then changed in place, and left away where somebody deleted it until there is
// news. Apart from perform, because it is the only comment that is ever changed.
import { keptComment, noteCaseCommentDeleted } from "../cases/comment-store.ts";
import { faultOf } from "../github/faults.ts";
import { findEarlierComment, writeComment } from "./comments.ts";
import { withMarker } from "./marker.ts";
import type { Outcome } from "./outcome.ts";
import { reserve } from "./pacing.ts";
import type { Work } from "./world.ts";

type Wanted = { readonly markdown: string; readonly hash: string; readonly news: string; readonly number: number };
type There = { readonly commentId: number; readonly commentNodeId: string };

export async function performCaseComment(work: Work, caseId: number): Promise<Outcome> {
  const { world, place } = work;
  const wanted = await world.caseCommentOf(caseId);
  if (wanted.kind === "none") return { kind: "withdrawn", because: wanted.because };
  const { room, markdown, hash, news } = wanted;
  if (room.repositoryId !== place.repositoryId) return { kind: "withdrawn", because: "the case has moved" };
  const text = { markdown, hash, news, number: room.number };
  const known = await keptComment(world.database.db, caseId);
  if (known?.isDeleted === true && known.news === news)
    return { kind: "withdrawn", because: "somebody deleted the comment, and there is no news" };
  if (known !== null && !known.isDeleted && known.commentId !== null) {
    const there = { commentId: known.commentId, commentNodeId: known.commentNodeId ?? "" };
    return known.hash === hash ? done(there, text, false) : change(work, there, text);
  }
  if (!wanted.hasPatches) return { kind: "withdrawn", because: "no pull request is linked to the case" };
  return make(work, text);
}

async function make(work: Work, text: Wanted): Promise<Outcome> {
  const earlier = await findEarlierComment(work, text.number);
  if (earlier !== null && (earlier.kind !== "done" || earlier.outcome.kind !== "comment")) return earlier;
  // What an earlier try wrote may say something else by now.
  if (earlier?.kind === "done" && earlier.outcome.kind === "comment") return change(work, earlier.outcome, text);
  const made = await writeComment(work, { number: text.number, markdown: text.markdown });
  if (made.kind !== "done" || made.outcome.kind !== "comment") return made;
  return done(made.outcome, text, true);
}

async function change(work: Work, there: There, text: Wanted): Promise<Outcome> {
  const { world, row, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const asked = { row, installationId: place.installationId, writes: 1, counted: "writes", now: world.now() } as const;
  const reserved = await reserve(world, asked);
  if (reserved.kind !== "reserved") return reserved;
  try {
    await octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner: place.owner,
      repo: place.repo,
      comment_id: there.commentId,
      body: withMarker(text.markdown, row.key),
    });
  } catch (error) {
    if (faultOf(error, world.now()).kind !== "gone") throw error;
    await world.database.transaction((tx) => noteCaseCommentDeleted(tx, there.commentId, world.now()));
    return { kind: "withdrawn", because: "somebody deleted the comment" };
  }
  return done(there, text, true);
}

const done = ({ commentId, commentNodeId }: There, { hash, news }: Wanted, isWritten: boolean): Outcome => ({
  kind: "done",
  outcome: { kind: "case-comment", commentId, commentNodeId, hash, news, isWritten },
});
