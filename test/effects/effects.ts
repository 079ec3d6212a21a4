// Effects for tests, in as few words as they need.
import type { Effect, NewEffect } from "../../src/effects/effect.ts";
import { repositoryId, storedPatchId } from "../../src/github/refs.ts";
import { INSTALLATION, REPOSITORY } from "./databases.ts";

export const START = Date.UTC(2026, 2, 2, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function asked(effect: Effect, over: Partial<NewEffect> & { readonly key: string }): NewEffect {
  return {
    installationId: INSTALLATION,
    lane: over.key,
    effect,
    because: "a test asks for it",
    runAfter: START,
    ...over,
  };
}

export const reply = (number = 1): Effect => ({
  kind: "reply",
  repositoryId: repositoryId(REPOSITORY),
  number,
  markdown: "Done.",
  disclosure: "none",
});
export const reminder = (number = 1, n = 1): Effect => ({
  kind: "reminder",
  patchId: storedPatchId(`${REPOSITORY}#${number}`),
  round: "r1",
  n,
  markdown: "This waits for you.",
  disclosure: "none",
});
export const labels = (number = 1): Effect => ({ kind: "labels", patchId: storedPatchId(`${REPOSITORY}#${number}`) });
export const reaction = (commentId = 1): Effect => ({
  kind: "reaction",
  subject: { on: "issue-comment", repositoryId: repositoryId(REPOSITORY), commentId },
  content: "+1",
});
