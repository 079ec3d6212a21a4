// What people do in a run, as values that fast-check draws and shrinks, and how each reads in the report of a failure.
import fc from "fast-check";
import { type Disturbance, disturbances, wordsOfDisturbance } from "./disturbance.ts";
import { CODE } from "./seed.ts";
import { waitOf } from "./times.ts";

/** `patch` and `ticket` count those that there are by then, round and round; where there is none, nothing happens. */
export type Act =
  | { readonly kind: "open"; readonly by: string; readonly repository: string; readonly links: boolean }
  | { readonly kind: "open-ticket"; readonly severity: string }
  | { readonly kind: "say"; readonly by: string; readonly patch: number; readonly text: string }
  | { readonly kind: "say-on-ticket"; readonly ticket: number; readonly text: string }
  | { readonly kind: "link"; readonly patch: number; readonly ticket: number; readonly verb: "link" | "unlink" }
  | { readonly kind: "review"; readonly by: string; readonly patch: number; readonly state: ReviewState }
  | { readonly kind: "push"; readonly patch: number }
  | { readonly kind: "draft"; readonly patch: number }
  | { readonly kind: "merge"; readonly patch: number }
  | { readonly kind: "close"; readonly patch: number }
  | { readonly kind: "reopen"; readonly patch: number }
  | { readonly kind: "close-ticket"; readonly ticket: number }
  | { readonly kind: "ask"; readonly patch: number }
  | { readonly kind: "retitle"; readonly patch: number }
  | { readonly kind: "unlabel"; readonly patch: number }
  | { readonly kind: "release"; readonly repository: string }
  | { readonly kind: "answer"; readonly owner: number; readonly answer: "deciders" | "patience" };

type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";

/** How long after the step before it. `minute`: hardly, so that what goes wrong at one still goes on at the next. */
export type Wait = "minute" | "hours" | "day" | "days" | "week";

export type Step = { readonly wait: Wait; readonly act: Act; readonly disturbances: readonly Disturbance[] };
export type Script = { readonly steps: readonly Step[]; readonly afterwards: readonly Disturbance[] };

const index = fc.nat({ max: 3 });
const repository = fc.constantFrom(...CODE);

const COMMANDS = [
  "/case severity S1",
  "/case severity S3",
  "/case waiting author",
  "/case waiting maintainer",
  "/case snooze 2d until the pieces are there",
  "/case unsnooze",
  "/case ask @noel",
  "/case quiet 3d",
  "/case escalate the bank cannot close its month",
  "/case later 2026-03-20 after the release",
  "/case status",
  "/case why",
  "/case nonsense",
];
const CASE_WORDS = [
  "/case summary The nightly export stops at 2 GB; the fix writes large tables in pieces.",
  "/case summary Exports end early.",
  "/case stake The renewal depends on it.",
  "/case workaround Export by hand, table by table.",
  "/case workaround none",
  "/case needed-by 2026-03-31 The year closes.",
  "/case report 2026-03-12",
  "/case severity S2",
  "/case status",
];

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("open" as const),
      by: fc.constantFrom("sb-dev1", "dana", "dr-dev1", "stranger"),
      repository,
      links: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("open-ticket" as const), severity: fc.constantFrom("S1", "S2", "S4") }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      by: fc.constantFrom("dana", "mira", "kenji", "stranger"),
      patch: index,
      text: fc.constantFrom(...COMMANDS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      by: fc.constantFrom("mira", "sb-dev1", "dana"),
      patch: index,
      text: fc.constantFrom("What does this cost?", "Is there anything left to do?"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("say-on-ticket" as const),
      ticket: index,
      text: fc.constantFrom(...CASE_WORDS),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("link" as const),
      patch: index,
      ticket: index,
      verb: fc.constantFrom("link" as const, "link" as const, "unlink" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("review" as const),
      by: fc.constantFrom("mira", "noel"),
      patch: index,
      state: fc.constantFrom("APPROVED" as const, "CHANGES_REQUESTED" as const, "COMMENTED" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("push" as const, "merge" as const), patch: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "draft" as const,
        "close" as const,
        "reopen" as const,
        "ask" as const,
        "retitle" as const,
        "unlabel" as const,
      ),
      patch: index,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close-ticket" as const), ticket: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), repository }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      owner: fc.nat({ max: 1 }),
      answer: fc.constantFrom("deciders" as const, "patience" as const),
    }),
  },
);

const wait = fc.oneof(
  { weight: 4, arbitrary: fc.constant("hours" as const) },
  { weight: 3, arbitrary: fc.constant("minute" as const) },
  { weight: 3, arbitrary: fc.constant("day" as const) },
  { weight: 2, arbitrary: fc.constant("days" as const) },
  { weight: 1, arbitrary: fc.constant("week" as const) },
);

/** `processes`: how many there are to be disturbed. */
export const scripts = (processes: number): fc.Arbitrary<Script> =>
  fc.record({
    steps: fc.array(fc.record({ wait, act, disturbances: disturbances(processes) }), {
      minLength: 1,
      maxLength: 6,
      size: "max",
    }),
    afterwards: disturbances(processes),
  });

export function wordsOfScript({ steps, afterwards }: Script): string {
  const lines = steps.flatMap((step, index) => [
    `after ${AFTER[waitOf(step, steps[index - 1])]}: ${wordsOfAct(step.act)}`,
    ...step.disturbances.map((one) => `    ! ${wordsOfDisturbance(one)}`),
  ]);
  return [
    ...lines,
    "then nobody does anything more",
    ...afterwards.map((one) => `    ! ${wordsOfDisturbance(one)}`),
  ].join("\n");
}

const AFTER: Readonly<Record<Wait, string>> = {
  minute: "a minute",
  hours: "two hours",
  day: "a day",
  days: "three days",
  week: "a week",
};

function wordsOfAct(given: Act): string {
  switch (given.kind) {
    case "open":
      return `${given.by} opens a pull request in ${given.repository}${given.links ? ", with a trailer that names the first case" : ""}`;
    case "open-ticket":
      return `dana opens a case of severity ${given.severity}`;
    case "say":
      return `${given.by} writes on patch ${given.patch}: ${given.text}`;
    case "say-on-ticket":
      return `kenji writes on case ${given.ticket}: ${given.text}`;
    case "link":
      return `dana writes on patch ${given.patch}: /case ${given.verb} case ${given.ticket}`;
    case "review":
      return `${given.by} reviews patch ${given.patch}: ${given.state}`;
    case "ask":
      return `dana asks noel to review patch ${given.patch}`;
    case "unlabel":
      return `mira takes the first label off patch ${given.patch}`;
    case "draft":
      return `patch ${given.patch} becomes a draft, or ready`;
    case "release":
      return `mira releases what is in ${given.repository}`;
    case "answer":
      return `account owner ${given.owner} answers the newest mail: ${given.answer}`;
    case "close-ticket":
      return `case ${given.ticket} is closed`;
    case "push":
    case "merge":
    case "close":
    case "reopen":
    case "retitle":
      return `patch ${given.patch}: ${given.kind}`;
  }
}
