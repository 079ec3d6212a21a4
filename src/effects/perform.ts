// Does one thing to the world: checks that it may and still holds, then writes. One switch over everything that we ever write,
// so that what the product can do to GitHub is read in one place.
import { z } from "zod";
import { faultOf, graphqlFault } from "../github/faults.ts";
import { MINIMIZE } from "../github/queries.ts";
import { findEarlierComment, writeComment } from "./comments.ts";
import type { Effect, Subject } from "./effect.ts";
import { type Outcome, outcomeOfFault, type Result } from "./outcome.ts";
import { reserve } from "./pacing.ts";
import { performCaseComment } from "./perform-case-comment.ts";
import { type InTurn, inTurn, performLabels, wouldChange } from "./perform-labels.ts";
import { learnNewName } from "./perform-moved.ts";
import { placeById } from "./place-store.ts";
import { classOf, type EffectRow, placeOf } from "./row.ts";
import type { Work, World } from "./world.ts";

const CHECK_NAME = "Patch Advocate policy";
const minimized = z.object({ minimizeComment: z.unknown() });
const withId = z.object({ id: z.number().int() });
const checkRuns = z.object({ check_runs: z.array(withId.extend({ external_id: z.string().nullish() })) });

type Of<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** Makes the function that the outbox performs effects with. It answers what came of one; it throws only for faults of ours. */
export function createPerform(world: World): (row: EffectRow) => Promise<Outcome> {
  const turns = inTurn();
  return async (row) => {
    const { repositoryId } = placeOf(row.effect);
    const place = await placeById(world.database.db, repositoryId);
    if (place === null) return { kind: "withdrawn", because: "the app is not on the repository any more" };
    if (place.installationId !== row.installationId) return { kind: "moved", installationId: place.installationId };
    const work = { world, row, place };
    try {
      return await performAt(work, turns);
    } catch (error) {
      const fault = faultOf(error, world.now());
      if (fault.kind === "moved") return learnNewName(work).catch((why: unknown) => outcomeOf(why, world.now()));
      if (fault.kind === "unknown") world.log.error({ effect: row.key, because: fault.because }, "effect failed");
      // Nobody can mend that. A reminder fails instead: the ladder counts it.
      if (fault.kind === "gone" && (row.effect.kind === "labels" || row.effect.kind === "decision-request"))
        return { kind: "withdrawn", because: `the pull request is not there any more: ${fault.because}` };
      return outcomeOfFault(fault);
    }
  };
}

const outcomeOf = (error: unknown, now: number): Outcome => outcomeOfFault(faultOf(error, now));

async function performAt(work: Work, turns: InTurn): Promise<Outcome> {
  const { effect } = work.row;
  switch (effect.kind) {
    case "reminder":
    case "author-turn":
    case "decision-request":
    case "reply":
    case "case-note":
      return performComment(work, effect);
    case "case-comment":
      return (await observed(work)) ?? performCaseComment(work, effect.caseId);
    case "labels":
      return (await observed(work)) ?? performLabels(work, effect.patchId, turns);
    case "reaction":
      return (await observed(work)) ?? react(work, effect);
    case "fold":
      return (await observed(work)) ?? fold(work, effect);
    case "check-run":
      return (await observed(work)) ?? checkRun(work, effect);
  }
}

/** An outcome where nothing may be written there, else null. */
async function observed(work: Work): Promise<Outcome | null> {
  const { world, row, place } = work;
  const allowed = await world.writesAllowed(place.repositoryId);
  if (allowed === "all") return null;
  // What is wrong with a first policy is an answer too: whoever wrote it waits for a word.
  const isAnswer = classOf(row.effect.kind) === "answer" || row.effect.kind === "check-run";
  if (allowed === "answers" && isAnswer) return null;
  const why = allowed === "answers" ? "no policy is in force there" : "the policy says to observe";
  if (row.effect.kind !== "labels") return { kind: "observed", because: why };
  const { words, ...labels } = await wouldChange(work, row.effect.patchId);
  return { kind: "observed", because: `${why}: ${words}`, labels };
}

async function performComment(
  work: Work,
  effect: Of<"reminder" | "author-turn" | "decision-request" | "reply" | "case-note">,
): Promise<Outcome> {
  const { world, row } = work;
  const number = placeOf(effect).number ?? Number.NaN;
  // First of all: what stands on GitHub already is done, whatever has changed since.
  const earlier = await findEarlierComment(work, number);
  if (earlier !== null) return earlier;
  const notHere = await observed(work);
  if (notHere !== null) return notHere;
  const held = await world.stillHolds(row, world.now());
  if (!held.holds) {
    return held.againAt === undefined
      ? { kind: "withdrawn", because: held.because }
      : { kind: "later", at: held.againAt, because: held.because };
  }
  return writeComment(work, { number, markdown: effect.markdown });
}

/** GitHub answers 200 where the reaction is there already, so that a second try does no harm. */
async function react(work: Work, effect: Of<"reaction">): Promise<Outcome> {
  const { world, place } = work;
  const octokit = await world.github.installation(place.installationId);
  return writing(work, async () => {
    try {
      await octokit.request(`POST ${reactionsOf(effect.subject)}`, {
        owner: place.owner,
        repo: place.repo,
        content: effect.content,
      });
      return { kind: "done", outcome: { kind: "reaction" } };
    } catch (error) {
      if (faultOf(error, world.now()).kind !== "gone") throw error;
      return { kind: "withdrawn", because: "what it answers was deleted" };
    }
  });
}

function reactionsOf(subject: Subject): string {
  switch (subject.on) {
    case "issue":
      return `/repos/{owner}/{repo}/issues/${subject.number}/reactions`;
    case "issue-comment":
      return `/repos/{owner}/{repo}/issues/comments/${subject.commentId}/reactions`;
    case "review-comment":
      return `/repos/{owner}/{repo}/pulls/comments/${subject.commentId}/reactions`;
  }
}

async function fold(work: Work, effect: Of<"fold">): Promise<Outcome> {
  const { world, place } = work;
  const done = { kind: "done", outcome: { kind: "folded", commentNodeId: effect.commentNodeId } } as const;
  return writing(work, async () => {
    const { errors } = await world.github.graphql({
      installationId: place.installationId,
      document: MINIMIZE,
      variables: { id: effect.commentNodeId },
      schema: minimized,
    });
    if (errors.length === 0) return done;
    const fault = faultOf(graphqlFault({ url: "", headers: {}, errors }), world.now());
    return fault.kind === "gone" ? done : outcomeOfFault(fault);
  });
}

async function checkRun(work: Work, effect: Of<"check-run">): Promise<Outcome> {
  const { world, row, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const repository = { owner: place.owner, repo: place.repo };
  const done = (checkRunId: number): { kind: "done"; outcome: Result } => ({
    kind: "done",
    outcome: { kind: "check-run", checkRunId },
  });
  if (row.firstTryAt !== null) {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...repository,
      ref: effect.headSha,
      check_name: CHECK_NAME,
      filter: "all",
      per_page: 100,
    });
    const there = checkRuns.parse(data).check_runs.find((run) => run.external_id === row.key);
    if (there !== undefined) return done(there.id);
  }
  return writing(work, async () => {
    try {
      const { data } = await octokit.request("POST /repos/{owner}/{repo}/check-runs", {
        ...repository,
        name: CHECK_NAME,
        head_sha: effect.headSha,
        status: "completed",
        conclusion: effect.conclusion,
        external_id: row.key,
        output: { title: effect.title, summary: effect.summary },
      });
      return done(withId.parse(data).id);
    } catch (error) {
      if (faultOf(error, world.now()).kind !== "permission") throw error;
      return { kind: "withdrawn", because: "the app may not write checks there" };
    }
  });
}

/** Takes a place for one write, then writes. */
async function writing(work: Work, write: () => Promise<Outcome>): Promise<Outcome> {
  const { world, row, place } = work;
  const reserved = await reserve(world, { row, installationId: place.installationId, writes: 1, now: world.now() });
  return reserved.kind === "reserved" ? write() : reserved;
}
