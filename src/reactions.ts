// The table of contents: which event goes to which feature. An ordinary Probot application function hangs on it.
import type { Probot } from "probot";
import { z } from "zod";
import { onIssues } from "./cases/react.ts";
import { onIssueComment } from "./commands/react-comment.ts";
import { type Handled, ignored, type Reacting } from "./github/handled.ts";
import type { Delivery, Received } from "./github/inbox.ts";
import { isDeleted } from "./github/installation-store.ts";
import { installation } from "./github/payload.ts";
import { onInstallation, onInstallationRepositories, onInstallationTarget } from "./github/react-installation.ts";
import { onLabel, onPush, onRepository } from "./github/react-repository.ts";
import { UnreadablePayload } from "./github/read-payload.ts";
import { onPullRequest, onReview, onReviewComment } from "./patches/react.ts";
import { onMember, onOrganization, onTeam } from "./people/react.ts";
import { onCreate, onRelease } from "./releases/react.ts";

const REACTIONS: Readonly<Record<string, (reacting: Reacting, payload: unknown) => Promise<Handled>>> = {
  pull_request: onPullRequest,
  pull_request_review: onReview,
  pull_request_review_comment: onReviewComment,
  issue_comment: onIssueComment,
  issues: onIssues,
  label: onLabel,
  push: onPush,
  release: onRelease,
  create: onCreate,
  repository: onRepository,
  installation: onInstallation,
  installation_repositories: onInstallationRepositories,
  installation_target: onInstallationTarget,
  member: onMember,
  membership: onTeam,
  team: onTeam,
  organization: onOrganization,
};

const ofInstallation = z.object({ installation: installation.nullish() });

/**
 * Hangs our reactions on a Probot application; answers the function by which the inbox hands a kept delivery over and learns what
 * became of it. Events that no feature knows are ignored with that reason.
 */
export function react(probot: Probot, reacting: Reacting): (delivery: Delivery) => Promise<Received> {
  const outcomes = new Map<string, Received | { readonly kind: "fault"; readonly cause: unknown }>();
  probot.onAny(async ({ id, name, payload }) => {
    // Probot would log what is thrown as an error, with the whole delivery: most of it passes and is tried again, and the inbox tells of it.
    outcomes.set(
      id,
      await received(reacting, name, payload).catch((cause: unknown) => ({ kind: "fault" as const, cause })),
    );
  });
  return async ({ id, name, payload }) => {
    // Probot speaks for the installation before anybody has looked at the payload, and fails where that has no id.
    const of = ofInstallation.safeParse(payload);
    if (!of.success)
      return {
        kind: "unreadable",
        because: "the payload is not as GitHub describes it: installation.id: number is missing",
      };
    // What comes late from where the App was uninstalled would be kept for ever. Whoever installs anew has another id.
    const installationId = of.data.installation?.id;
    if (installationId !== undefined && (await isDeleted(reacting.database.db, installationId)))
      return ignored("the App was uninstalled there");
    // Probot types the event by its name; what comes from outside is only known to be a name and a payload.
    const event = { id, name, payload } as Parameters<Probot["receive"]>[0];
    try {
      await probot.receive(event);
      const outcome = outcomes.get(id) ?? ignored(`no feature knows the event ${name}`);
      if (outcome.kind === "fault") throw outcome.cause;
      return outcome;
    } finally {
      outcomes.delete(id);
    }
  };
}

async function received(reacting: Reacting, name: string, payload: unknown): Promise<Received> {
  // Not `REACTIONS[name]`: "constructor" is a name, too.
  const reaction = Object.hasOwn(REACTIONS, name) ? REACTIONS[name] : undefined;
  if (reaction === undefined) return ignored(`no feature knows the event ${name}`);
  try {
    return await reaction(reacting, payload);
  } catch (cause) {
    // Probot would log it as a fault of ours.
    if (cause instanceof UnreadablePayload) return { kind: "unreadable", because: cause.message };
    throw cause;
  }
}
