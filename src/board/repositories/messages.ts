// Every text of the pages about repositories, in both languages.
import type { Language } from "../../policy/policy.ts";
import { REPOSITORIES_IN_JAPANESE } from "./messages-ja.ts";
import type { Source } from "./policy-lines.ts";

export type ShownMode = "act" | "observe" | "unconfigured";

export type RepositoriesTexts = {
  readonly title: string;
  readonly intro: string;
  readonly empty: string;
  readonly emptyLimited: string;
  readonly caption: string;
  readonly columns: {
    readonly name: string;
    readonly mode: string;
    readonly visibility: string;
    readonly followed: string;
    readonly maintainers: string;
    readonly authors: string;
    readonly problems: string;
  };
  readonly next: string;
  readonly first: string;
  readonly modes: Readonly<Record<ShownMode, string>>;
  readonly modeMeans: Readonly<Record<ShownMode, string>>;
  readonly visibilities: Readonly<Record<"public" | "private" | "internal", string>>;
  readonly disclosures: Readonly<Record<"none" | "reference" | "full", string>>;
  readonly mistakes: (count: number, shown: string) => string;
  readonly notRead: string;
  readonly beingRead: string;
  readonly archived: string;
  readonly appIsOff: string;
  readonly onGitHub: string;
  readonly standing: string;
  readonly mode: string;
  readonly visibility: string;
  readonly branch: string;
  readonly disclosure: string;
  readonly freshlyPublic: string;
  readonly paused: (since: string, because: string) => string;
  readonly pausedDo: (owner: string) => string;
  readonly parked: (until: string, because: string) => string;
  readonly parkedDo: string;
  readonly readsPutOff: (owner: string, until: string) => string;
  readonly suspended: string;
  readonly policyTitle: string;
  readonly policyOf: (places: string) => string;
  readonly policyNone: string;
  readonly policyNoneDo: string;
  readonly lastGood: string;
  readonly sources: Readonly<Record<Source, string>>;
  readonly policyFile: string;
  readonly mistakesTitle: string;
  readonly mistakesIn: (place: string) => string;
  readonly mistakesOfOwner: string;
  readonly errorColumns: {
    readonly line: string;
    readonly column: string;
    readonly key: string;
    readonly text: string;
    readonly message: string;
  };
  readonly readingTitle: string;
  readonly readings: Readonly<Record<"patches" | "cases", string>>;
  readonly reading: (state: "pending" | "done" | "failed", done: string, total: string | null) => string;
  readonly readingNever: string;
  readonly patchesTitle: string;
  readonly patchesNone: string;
  readonly patchesMore: (shown: string) => string;
  readonly allWaiting: string;
  readonly patchColumns: {
    readonly patch: string;
    readonly severity: string;
    readonly turn: string;
    readonly since: string;
  };
  readonly turns: Readonly<Record<"maintainer" | "author" | "nobody", string>>;
  readonly writesTitle: string;
  readonly writes: (counts: {
    readonly writes: string;
    readonly writeLimit: string;
    readonly comments: string;
    readonly fuse: string;
  }) => string;
  readonly budget: Readonly<Record<"core" | "graphql", (remaining: string, limit: string, at: string) => string>>;
  readonly budgetUnknown: string;
  readonly undoneTitle: string;
  readonly undoneNone: string;
  readonly undoneDo: string;
  readonly undoneColumns: {
    readonly at: string;
    readonly what: string;
    readonly outcome: string;
    readonly because: string;
  };
  readonly deliveriesTitle: string;
  readonly deliveriesAll: string;
  readonly deliveriesHidden: string;
  readonly deliveriesNone: string;
  readonly deliveriesPending: (count: string) => string;
  readonly deliveriesDo: string;
  readonly deliveryColumns: {
    readonly at: string;
    readonly event: string;
    readonly state: string;
    readonly because: string;
    readonly id: string;
  };
  readonly deliveryStates: Readonly<Record<"pending" | "done" | "ignored" | "failed", string>>;
  readonly comma: string;
};

export const REPOSITORIES_TEXTS: Readonly<Record<Language, RepositoriesTexts>> = {
  en: {
    title: "Repositories",
    intro: "Where the app is installed: which policy holds, what waits, and what is wrong.",
    empty: "The app is on no repository yet. Install it on GitHub for the repositories whose patches you follow.",
    emptyLimited: "None of your repositories has the app installed.",
    caption: "Repositories by name",
    columns: {
      name: "Repository",
      mode: "Mode",
      visibility: "Visibility",
      followed: "Patches followed",
      maintainers: "Wait for maintainers",
      authors: "Wait for authors",
      problems: "Problems",
    },
    next: "More repositories",
    first: "Back to the first",
    modes: { act: "acts", observe: "observes", unconfigured: "no policy" },
    modeMeans: {
      act: "Labels are put on, maintainers are reminded, and what stays unanswered is escalated, as the policy says.",
      observe: "Everything is decided and shown, nothing is written on GitHub, and nobody is told.",
      unconfigured: "Without a policy only commands are answered, and nothing else is written.",
    },
    visibilities: { public: "public", private: "private", internal: "internal" },
    disclosures: {
      none: "none: neither customers nor cases are named there",
      reference: "reference: references of cases may be named there",
      full: "full: everything may be said there",
    },
    mistakes: (count, shown) => (count === 1 ? "1 mistake in the policy" : `${shown} mistakes in the policy`),
    notRead: "what was there before could not be read",
    beingRead: "is being read",
    archived: "archived",
    appIsOff: "The app is not on this repository any more. What was known of it stays, and nothing is written there.",
    onGitHub: "On GitHub",
    standing: "How it stands",
    mode: "Mode",
    visibility: "Visibility",
    branch: "Default branch",
    disclosure: "What may be said there",
    freshlyPublic:
      "It was made public after the owner's policy was written, so that nothing is told there until that policy is committed anew.",
    paused: (since, because) => `Writing has been paused since ${since}: ${because}.`,
    pausedDo: (owner) =>
      `To go on: patch-advocate resume ${owner}, or patch-advocate resume where everything is paused.`,
    parked: (until, because) => `GitHub refuses the app at present: ${because}. It is tried again at ${until}.`,
    readsPutOff: (owner, until) =>
      `GitHub's budget for ${owner} is nearly used up: reading is put off until ${until}. Commands, labels and reminders go on.`,
    parkedDo:
      "Nothing is lost. If it stays so, look at the App's installation on GitHub: whether it is suspended, and whether its permissions were accepted.",
    suspended: "The installation is suspended on GitHub. Nothing is written until somebody lifts that there.",
    policyTitle: "Policy in force",
    policyOf: (places) => `From ${places}, and the defaults.`,
    policyNone: "There is no policy file, neither here nor at the owner's, so that the app only observes.",
    policyNoneDo: "What to commit so that it acts",
    lastGood: "The newest version has mistakes, so this is the last good one.",
    sources: { repository: "this repository", owner: "owner", default: "default" },
    policyFile: "The whole policy",
    mistakesTitle: "Mistakes in the policy",
    mistakesIn: (place) => `In ${place}`,
    mistakesOfOwner: "The owner's policy file has mistakes. Whoever keeps it sees them here.",
    errorColumns: { line: "Line", column: "Column", key: "Key", text: "The line", message: "What to do" },
    readingTitle: "Reading what was there before",
    readings: { patches: "Patches", cases: "Cases" },
    reading: (state, done, total) =>
      ({
        pending: `${done}${total === null ? "" : ` of ${total}`} read so far`,
        done: `read: ${done}`,
        failed: `stopped after ${done}`,
      })[state],
    readingNever: "Nothing was there to be read.",
    patchesTitle: "Patches",
    patchesNone: "No open patch is followed here. Link a case in a comment on a pull request: /case link REF.",
    patchesMore: (shown) => `These are the ${shown} gravest.`,
    allWaiting: "All that waits here",
    patchColumns: { patch: "Patch", severity: "Severity", turn: "Turn", since: "Since" },
    turns: { maintainer: "maintainers", author: "author", nobody: "nobody" },
    writesTitle: "GitHub's limits",
    writes: ({ writes, writeLimit, comments, fuse }) =>
      `In the last hour ${writes} of ${writeLimit} writes were made for this organisation, ${comments} of them comments; at ${fuse} comments all writing stops by itself.`,
    budget: {
      core: (remaining, limit, at) => `${remaining} of ${limit} requests were left of GitHub's hour at ${at}.`,
      graphql: (remaining, limit, at) =>
        `${remaining} of ${limit} points were left of GitHub's hour of GraphQL at ${at}.`,
    },
    budgetUnknown: "What is left of GitHub's hour is not known yet.",
    undoneTitle: "Not written in the last 7 days",
    undoneNone: "Everything that was to be written has been.",
    undoneDo: "What failed is tried again by: patch-advocate deliveries retry --writes NUMBER",
    undoneColumns: { at: "When", what: "What", outcome: "Outcome", because: "Because" },
    deliveriesTitle: "Deliveries from GitHub",
    deliveriesAll:
      "A delivery does not say which repository it is about before it is worked on: these are the organisation's, of all its repositories.",
    deliveriesHidden:
      "This server works for several organisations, and a delivery does not say whose it is, so none are shown here. Whoever runs the server sees them with: patch-advocate deliveries list",
    deliveriesNone: "No delivery has come yet. Check the webhook's address in the App's settings on GitHub.",
    deliveriesPending: (count) => `${count} wait to be worked on.`,
    deliveriesDo: "To try a failed one again: patch-advocate deliveries retry ID",
    deliveryColumns: { at: "Received", event: "Event", state: "State", because: "Because", id: "ID" },
    deliveryStates: { pending: "waits", done: "done", ignored: "ignored", failed: "failed" },
    comma: ", ",
  },
  ja: REPOSITORIES_IN_JAPANESE,
};
