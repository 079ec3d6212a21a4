// The table of contents: which event goes to which feature. An ordinary Probot application function hangs on it.
import type { Probot } from "probot";
import { onIssues } from "./cases/react.ts";
import { onIssueComment } from "./commands/react-comment.ts";
import { type Handled, ignored, type Reacting } from "./github/handled.ts";
import { onInstallation, onInstallationRepositories, onInstallationTarget } from "./github/react-installation.ts";
import { onLabel, onPush, onRepository } from "./github/react-repository.ts";
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

export type Delivery = { readonly id: string; readonly name: string; readonly payload: unknown };

/**
 * Hangs our reactions on a Probot application; answers the function by which the inbox hands a kept delivery over and learns what
 * became of it. Events that no feature knows are ignored with that reason.
 */
export function react(probot: Probot, reacting: Reacting): (delivery: Delivery) => Promise<Handled> {
  const outcomes = new Map<string, Handled>();
  probot.onAny(async ({ id, name, payload }) => {
    const reaction = REACTIONS[name];
    outcomes.set(
      id,
      reaction === undefined ? ignored(`no feature knows the event ${name}`) : await reaction(reacting, payload),
    );
  });
  return async ({ id, name, payload }) => {
    // Probot types the event by its name; what comes from outside is only known to be a name and a payload.
    const event = { id, name, payload } as Parameters<Probot["receive"]>[0];
    try {
      await probot.receive(event);
      return outcomes.get(id) ?? ignored(`no feature knows the event ${name}`);
    } finally {
      outcomes.delete(id);
    }
  };
}
