// A row of the outbox as the code sees it, how its body is read back, and in which order kinds of effects go out.
import { z } from "zod";
import { repositoryId, storedPatchId } from "../github/refs.ts";
import type { Effect } from "./effect.ts";

/** An effect that this process holds. `claimedBy` and `revision` say so when it is settled. */
export type EffectRow = {
  readonly id: number;
  readonly key: string;
  readonly installationId: number;
  readonly lane: string;
  readonly effect: Effect;
  readonly because: string;
  readonly runAfter: number;
  readonly attempts: number;
  /** When a write of this was first begun: since then it may be on GitHub without our knowing. */
  readonly firstTryAt: number | null;
  readonly claimedBy: string;
  readonly revision: number;
};

/** Answers to people go first and may use the whole of what GitHub allows; reminders give way. */
export type EffectClass = "answer" | "upkeep" | "reminder";

const CLASSES: Readonly<Record<Effect["kind"], EffectClass>> = {
  reply: "answer",
  reaction: "answer",
  labels: "upkeep",
  fold: "upkeep",
  "check-run": "upkeep",
  reminder: "reminder",
  "author-turn": "reminder",
  "decision-request": "reminder",
  "case-comment": "reminder",
  "case-note": "reminder",
};
const PLACES: Readonly<Record<EffectClass, number>> = { answer: 0, upkeep: 1, reminder: 2 };
const RANKS = 10;

export const classOf = (kind: Effect["kind"]): EffectClass => CLASSES[kind];

/** The kinds of a class, for questions to the store. */
export const kindsOf = (wanted: EffectClass): readonly Effect["kind"][] =>
  KINDS.filter((kind) => CLASSES[kind] === wanted);

const KINDS: readonly Effect["kind"][] = [
  "reply",
  "reaction",
  "labels",
  "fold",
  "check-run",
  "reminder",
  "author-turn",
  "decision-request",
  "case-comment",
  "case-note",
];

/** Who goes first among what is due, lowest first: by class, then by `rank` (0 to 9, the gravest 0). */
export function priorityOf(kind: Effect["kind"], rank: number): number {
  return PLACES[classOf(kind)] * RANKS + Math.min(Math.max(Math.trunc(rank), 0), RANKS - 1);
}

/** The repository that an effect is about, and its issue or pull request where it is about one. */
export function placeOf(effect: Effect): { readonly repositoryId: number; readonly number: number | null } {
  switch (effect.kind) {
    case "labels":
    case "reminder":
    case "author-turn":
    case "decision-request": {
      const [repository, number] = effect.patchId.split("#").map(Number);
      return { repositoryId: repository ?? Number.NaN, number: number ?? null };
    }
    case "reply":
    case "case-comment":
    case "case-note":
      return { repositoryId: effect.repositoryId, number: effect.number };
    case "reaction":
      return { repositoryId: effect.subject.repositoryId, number: null };
    case "fold":
    case "check-run":
      return { repositoryId: effect.repositoryId, number: null };
  }
}

/** Whether people are told something by it: these count for the fuse, and are looked for before they are written again. */
export const isComment = (effect: Effect): boolean =>
  effect.kind === "reply" ||
  effect.kind === "reminder" ||
  effect.kind === "author-turn" ||
  effect.kind === "decision-request" ||
  effect.kind === "case-note";

const patch = z.string().transform(storedPatchId);
const repository = z.number().int().transform(repositoryId);
const disclosure = z.enum(["none", "reference", "full"]);
const subject = z.discriminatedUnion("on", [
  z.object({ on: z.literal("issue"), repositoryId: repository, number: z.number().int() }),
  z.object({ on: z.literal("issue-comment"), repositoryId: repository, commentId: z.number().int() }),
  z.object({ on: z.literal("review-comment"), repositoryId: repository, commentId: z.number().int() }),
]);

const effectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("labels"), patchId: patch }),
  z.object({
    kind: z.literal("reminder"),
    patchId: patch,
    round: z.string(),
    n: z.number().int(),
    markdown: z.string(),
    disclosure,
  }),
  z.object({
    kind: z.literal("author-turn"),
    patchId: patch,
    turnSince: z.number().int(),
    markdown: z.string(),
    disclosure,
  }),
  z.object({
    kind: z.literal("decision-request"),
    patchId: patch,
    escalationId: z.number().int(),
    round: z.string(),
    mentioned: z.array(z.string()),
    markdown: z.string(),
    disclosure,
  }),
  z.object({
    kind: z.literal("reply"),
    repositoryId: repository,
    number: z.number().int(),
    markdown: z.string(),
    disclosure,
  }),
  z.object({
    kind: z.literal("case-comment"),
    caseId: z.number().int(),
    repositoryId: repository,
    number: z.number().int(),
  }),
  z.object({
    kind: z.literal("case-note"),
    caseId: z.number().int(),
    repositoryId: repository,
    number: z.number().int(),
    patchId: patch.nullable(),
    end: z.enum(["merged", "landed", "superseded", "declined"]).nullable(),
    markdown: z.string(),
  }),
  z.object({ kind: z.literal("reaction"), subject, content: z.enum(["+1", "confused"]) }),
  z.object({ kind: z.literal("fold"), repositoryId: repository, commentNodeId: z.string(), patchId: patch.nullable() }),
  z.object({
    kind: z.literal("check-run"),
    repositoryId: repository,
    headSha: z.string(),
    conclusion: z.enum(["success", "failure", "neutral"]),
    title: z.string(),
    summary: z.string(),
  }),
]);

/** Reads an effect back from the store. Throws where the text is none, as after a newer release wrote it. */
export function parseEffect(body: string): Effect {
  return effectSchema.parse(JSON.parse(body));
}
