// What a patch's facts add up to, one after the other: who holds it and what pauses that. Apart from the standing, which measures time.
import { type Ending, endOf, NOT_ENDED, withEnding } from "./ending.ts";
import type { Fact, Mentions, Reviewer } from "./fact.ts";
import type { Happening } from "./reasons.ts";

export type Turn = "maintainer" | "author" | "nobody";
export type Side = "maintainer" | "author" | "neither";
export type Response = { readonly key: string; readonly at: number; readonly by: string };

type Holder = "maintainer" | "author";

/** What is exempt of a patch: drafts, or the whole of it because of who wrote it. */
export type Exemption = { readonly drafts: boolean; readonly whole: Happening | null };

/** What the facts so far add up to. */
export type TurnState = {
  isDraft: boolean;
  holder: Holder;
  holderReason: Happening;
  ending: Readonly<Ending>;
  draftReason: Happening | null;
  archived: Happening | null;
  exemptions: Map<string, Happening>;
  snooze: { untilAt: number; reason: Happening } | null;
  blocked: Happening | null;
  /** Somebody said that a conflict or checks are not the author's to mend; holds until a push, or until nothing blocks. */
  isBlockOverruled: boolean;
  /** Who was ever asked for a review, and whether that request still stands. */
  requests: Map<string, "standing" | "past">;
  reviews: Map<number, { reviewId: number; state: "approved" | "changes_requested"; login: string }>;
  lastResponse: Response | null;
};

export function initialState(startAt: number): TurnState {
  return {
    isDraft: false,
    holder: "maintainer",
    holderReason: { code: "opened-ready", by: null, at: startAt },
    ending: NOT_ENDED,
    draftReason: null,
    archived: null,
    exemptions: new Map(),
    snooze: null,
    blocked: null,
    isBlockOverruled: false,
    requests: new Map(),
    reviews: new Map(),
    lastResponse: null,
  };
}

/** What counts of the state: reasons for nobody's turn win over a blocked merge, and that over who holds it. */
export function turnOf(state: TurnState, exemption: Exemption): { turn: Turn; because: Happening } {
  const end = endOf(state.ending);
  if (end !== null) return { turn: "nobody", because: end };
  if (state.archived !== null) return { turn: "nobody", because: state.archived };
  if (exemption.whole !== null) return { turn: "nobody", because: exemption.whole };
  const [label] = state.exemptions.values();
  if (label !== undefined) return { turn: "nobody", because: label };
  if (state.isDraft && state.draftReason !== null && exemption.drafts)
    return { turn: "nobody", because: state.draftReason };
  if (state.snooze !== null) return { turn: "nobody", because: state.snooze.reason };
  if (state.blocked !== null) return { turn: "author", because: state.blocked };
  return { turn: state.holder, because: state.holderReason };
}

export function apply(state: TurnState, fact: Fact, act: Act): void {
  const done = { by: fact.actor?.login ?? null, at: fact.at };
  const { side } = act;
  switch (fact.kind) {
    case "opened":
      state.isDraft = fact.isDraft;
      state.draftReason = fact.isDraft ? { code: "opened-draft", ...done } : null;
      state.holderReason = { code: "opened-ready", ...done };
      return;
    case "drafted":
      if (state.isDraft) return;
      state.isDraft = true;
      state.draftReason = { code: "draft", ...done };
      return;
    case "ready":
      if (!state.isDraft) return;
      state.isDraft = false;
      state.holder = "maintainer";
      state.holderReason = { code: "ready-for-review", ...done };
      return;
    case "pushed":
      // A new head has neither been merged nor checked yet, whoever pushed it.
      state.blocked = null;
      state.isBlockOverruled = false;
      // Whoever pushes is on the author's side unless known to be a maintainer; GitHub does not always say who it was.
      if (side === "author" || fact.actor === null) act.handTo("maintainer", { code: "pushed-after-request", ...done });
      return;
    case "commented":
      if (side === "author" && !fact.isOnlyCommands)
        act.handTo("maintainer", { code: "comment-by-author-side", ...done });
      if (side === "maintainer") applyRequest(fact, act);
      return;
    case "reviewed":
      if (side === "author" && !fact.isOnlyCommands)
        act.handTo("maintainer", { code: "review-reply-by-author-side", ...done });
      answerRequests(state, fact.actor?.id ?? null);
      if (side === "maintainer") applyReview(state, fact, act);
      return;
    case "review-dismissed":
      for (const [reviewer, review] of state.reviews)
        if (review.reviewId === fact.reviewId) state.reviews.delete(reviewer);
      if (state.holderReason.code === "changes-requested" && !areChangesRequested(state)) {
        act.handTo("maintainer", { code: "review-dismissed", ...done });
      }
      return;
    case "review-requested":
      applyReviewRequest(state, fact, act);
      return;
    case "review-request-removed":
      state.requests.set(reviewerKey(fact.of), "past");
      return;
    case "merged":
    case "closed":
      if (side === "maintainer" && endOf(state.ending) === null) act.respond(null);
      state.ending = withEnding(state.ending, fact);
      return;
    case "landed":
    case "superseded":
      state.ending = withEnding(state.ending, fact);
      return;
    case "reopened": {
      const wasEnded = endOf(state.ending) !== null;
      state.ending = NOT_ENDED;
      if (!wasEnded) return;
      // Closing was a pause: it is whose turn it was. Requested changes are still requested, whoever reopens.
      if (side === "author" && state.holderReason.code !== "changes-requested") state.holder = "maintainer";
      if (state.holder === "maintainer") state.holderReason = { code: "reopened", ...done };
      return;
    }
    case "archived":
      state.archived ??= { code: "archived", at: fact.at };
      return;
    case "unarchived":
      if (state.archived !== null) act.note({ code: "unarchived", at: fact.at });
      state.archived = null;
      return;
    case "exempted":
      if (state.exemptions.has(fact.label.toLowerCase())) return;
      state.exemptions.set(fact.label.toLowerCase(), { code: "exempt-by-label", label: fact.label, at: fact.at });
      return;
    case "exemption-ended":
      state.exemptions.delete(fact.label.toLowerCase());
      return;
    case "observed":
      applyObservation(state, fact, act);
      return;
    case "turn-set":
      // Whoever hands it to somebody takes back what was said of its end.
      state.ending = { ...state.ending, word: null };
      if (fact.turn === "maintainer" && state.blocked !== null) {
        state.blocked = null;
        state.isBlockOverruled = true;
      }
      state.holder = fact.turn;
      state.holderReason = { code: fact.turn === "author" ? "waiting-for-author" : "waiting-for-maintainer", ...done };
      return;
    case "snoozed":
      state.snooze =
        fact.untilAt > fact.at
          ? { untilAt: fact.untilAt, reason: { code: "snoozed", ...done, until: fact.untilAt, reason: fact.reason } }
          : null;
      return;
    case "put-off":
      state.snooze =
        fact.untilAt > fact.at
          ? { untilAt: fact.untilAt, reason: { code: "put-off", ...done, until: fact.untilAt, reason: fact.reason } }
          : null;
      return;
    case "unsnoozed":
      if (state.snooze !== null) act.note({ code: "unsnoozed", ...done });
      state.snooze = null;
      return;
    case "asked":
      act.note({ code: "asked", ...done, people: [...fact.logins, ...fact.teams] });
      return;
    case "taken":
      act.note({ code: "taken", ...done, until: fact.untilAt });
      return;
    case "quieted":
      act.note({ code: "quieted", ...done, until: fact.untilAt });
      return;
    case "carried-over":
      act.note({ code: "carried-over", at: fact.at, pull: fact.pull });
      return;
    case "escalation-asked":
      act.note({ code: "escalation-asked", ...done });
      return;
    case "unwanted":
    case "decline-confirmed":
    case "released":
      return;
  }
}

/** What a fact may do beside changing the state, bound to that fact. */
type Act = {
  readonly side: Side;
  readonly isBetweenMaintainers: (mentions: Mentions) => boolean;
  readonly handTo: (holder: Holder, because: Happening) => void;
  readonly respond: (note: Happening | null) => void;
  readonly note: (happening: Happening) => void;
};

/** A maintainer spoke: it is a response, and the author's turn unless it was said among maintainers. */
function applyRequest(fact: Extract<Fact, { kind: "commented" | "reviewed" }>, act: Act): void {
  const done = { by: fact.actor?.login ?? null, at: fact.at };
  if (fact.isOnlyCommands) {
    act.respond({ code: "response-only-commands", ...done });
    return;
  }
  if (act.isBetweenMaintainers(fact.mentions)) {
    act.respond({ code: "response-to-maintainers", ...done });
    return;
  }
  act.respond(null);
  act.handTo("author", { code: "maintainer-comment", ...done });
}

function applyReview(state: TurnState, fact: Extract<Fact, { kind: "reviewed" }>, act: Act): void {
  if (fact.state === "commented" || fact.actor === null) {
    applyRequest(fact, act);
    return;
  }
  const done = { by: fact.actor.login, at: fact.at };
  act.respond(null);
  // Each reviewer's latest that is not a mere comment is what counts (GitHub decides mergeability the same way).
  state.reviews.set(fact.actor.id, { reviewId: fact.reviewId, state: fact.state, login: fact.actor.login });
  if (fact.state === "changes_requested") {
    state.holder = "author";
    state.holderReason = { code: "changes-requested", ...done };
    return;
  }
  if (areChangesRequested(state)) return;
  state.holder = "maintainer";
  state.holderReason = { code: "approved-not-merged", ...done };
}

const reviewerKey = (of: Reviewer): string => `${of.kind}:${of.id}`;

/** A request by the author's side is their act; by others it hands the patch over only where that reviewer was asked before. */
function applyReviewRequest(state: TurnState, fact: Extract<Fact, { kind: "review-requested" }>, act: Act): void {
  const key = reviewerKey(fact.of);
  const isRenewed = state.requests.get(key) === "past";
  state.requests.set(key, "standing");
  if (fact.actor?.isBot === true || (act.side !== "author" && !isRenewed)) return;
  act.handTo("maintainer", {
    code: isRenewed ? "review-requested-again" : "review-requested",
    by: fact.actor?.login ?? null,
    at: fact.at,
    of: fact.of.kind === "user" ? fact.of.login : fact.of.slug,
  });
}

/** A review answers what its author was asked, and what any team was: GitHub drops a team's request once a member reviews. */
function answerRequests(state: TurnState, reviewerId: number | null): void {
  if (reviewerId !== null) state.requests.set(`user:${reviewerId}`, "past");
  for (const key of state.requests.keys()) if (key.startsWith("team:")) state.requests.set(key, "past");
}

function applyObservation(state: TurnState, fact: Extract<Fact, { kind: "observed" }>, act: Act): void {
  const { hasConflict, failingChecks, at } = fact;
  if (!hasConflict && failingChecks.length === 0) {
    if (state.blocked !== null)
      act.note({ code: state.blocked.code === "conflict" ? "conflict-resolved" : "checks-passing", at });
    state.blocked = null;
    state.isBlockOverruled = false;
    return;
  }
  const code = hasConflict ? "conflict" : "checks-failing";
  if (state.isBlockOverruled || state.blocked?.code === code) return;
  state.blocked = hasConflict ? { code: "conflict", at } : { code: "checks-failing", at, checks: failingChecks };
}

function areChangesRequested(state: TurnState): boolean {
  return [...state.reviews.values()].some((review) => review.state === "changes_requested");
}

export function isApproved(state: TurnState): boolean {
  return !areChangesRequested(state) && [...state.reviews.values()].some((review) => review.state === "approved");
}
