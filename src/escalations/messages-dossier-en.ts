// The English words of a dossier. Apart, so that one person can read a language from top to bottom.
import { code } from "../notify/blocks.ts";
import { dayInWords } from "../notify/dates.ts";
import type { CourseEntry, DossierCheck } from "./dossier.ts";
import type { DossierWords, FirstLineTold } from "./dossier-words.ts";

const names = (people: readonly string[]): string => people.join(", ");

const by = (when: string | null): string => (when === null ? "" : ` by ${when}`);

const MOST_NAMED = 3;

const and = (people: readonly string[]): string =>
  people.length < 2 ? names(people) : `${names(people.slice(0, -1))} and ${people.at(-1)}`;

const because = (reason: string | null): string => (reason === null ? "" : `: ${reason}`);

/** What people wrote may have ended already. */
const sentence = (words: string): string => (/[.!?…。！？]$/u.test(words) ? words : `${words}.`);

const files = (n: number): string => `${n} ${n === 1 ? "file" : "files"}`;

function checksInWords(checks: readonly DossierCheck[]): string {
  const failing = checks.filter((each) => each.state === "failing").map((each) => each.name);
  const running = checks.filter((each) => each.state === "running").map((each) => each.name);
  if (failing.length + running.length === 0)
    return checks.length === 1 ? "the only one passed" : `all ${checks.length} passed`;
  return [
    ...(failing.length === 0 ? [] : [`${failing.length} of ${checks.length} failing: ${names(failing.slice(0, 5))}`]),
    ...(running.length === 0 ? [] : [`${running.length} of ${checks.length} still running`]),
  ].join("; ");
}

function entryInWords(entry: CourseEntry, until: (at: number) => string): string {
  const who = entry.who.length === 0 ? "somebody" : names(entry.who);
  switch (entry.what) {
    case "opened":
      return `${who} handed the fix in`;
    case "ready":
      return `${who} marked it ready to be looked at`;
    case "reminded":
      return entry.who.length === 0 ? "the maintainers were reminded" : `reminder to ${who}`;
    case "answered":
      return `${who}, a maintainer, answered`;
    case "changes-requested":
      return `${who}, a maintainer, asked for changes`;
    case "approved":
      return `${who}, a maintainer, approved it`;
    case "updated":
      return `${who} handed in an update`;
    case "owner-put-forward":
      return "the account owner put it before the deciders";
    case "escalation-asked":
      return `${who} asked for the next step up`;
    case "support-asked":
      return "support was asked for what was missing here";
    case "owner-asked":
      return "the account owner was asked";
    case "owner-silent":
      return "the account owner was asked twice and has not been heard";
    case "deciders-asked":
      return "the deciders were asked";
    case "put-off":
      return `${who} put it off until ${until(entry.until)}`;
    case "taken":
      return `${who} took it in hand until ${until(entry.until)}`;
  }
}

export const DOSSIER_IN_ENGLISH: DossierWords = {
  labels: {
    severity: "Severity",
    stake: "At stake",
    neededBy: "Needed by",
    workaround: "Workaround",
    nextReport: "Next report promised",
    since: "Waiting",
    case: "Case",
    fix: "The fix",
    software: "Software",
    waiting: "Without an answer",
    others: "Also waiting",
    author: "Written by",
    consultant: "Consultant",
    size: "Size",
    requiredChecks: "Required tests",
    otherChecks: "Other tests",
    reviews: "Reviews",
    held: "Held in all",
    reminders: "Reminders",
    head: "As of commit",
  },
  headings: {
    trouble: "What is wrong",
    fix: "Where the fix stands",
    workaround: "Workaround",
    report: "Next report to the customer",
    course: "What has happened",
    question: "Your answer",
    waiting: "Who waits, and for what",
    answers: "What each answer means for the customer",
  },
  between: ", ",
  betweenSentences: "; ",
  unknown: "unknown",
  none: "none",
  notAgreed: "not agreed",
  noSummary: "Nobody has written down yet what goes wrong.",
  noCase: "No case describes it yet.",
  nobodyNamed: "the maintainers",
  wordNames: {
    summary: "what goes wrong",
    stake: "what is at stake",
    workaround: "whether there is a workaround",
    severity: "how grave it is",
    customer: "which customer it concerns",
  },
  lacks: {
    closed: "it is closed",
    archived: "its repository is archived",
    unknown: "GitHub has not shown its newest state yet",
    draft: "it is still a draft",
    snoozed: "it is put off",
    exempt: "the policy exempts it",
    conflict: "it conflicts with newer changes",
    "checks-failing": "required tests fail",
    "not-maintainers-turn": "the author’s side has to act first",
  },
  customer: (name) => name,
  somebody: "A customer",
  customers: (who) => {
    if (who.length > MOST_NAMED) return `${who.length} customers`;
    return who.length === 0 ? "the customer" : and(who);
  },
  severity: (severity) => `${severity} (S1 is the gravest, S4 the least)`,
  neededBy: (day, why) => `${day}${because(why)}`,
  firstLine: (line, told) => {
    switch (line.code) {
      case "anyway": {
        const missing = line.missing.map((each) => lackInWords(each)).join("; ");
        return `This cannot simply be decided yet${because(missing === "" ? null : missing)}. ${line.by === "" ? "Somebody" : line.by} asked for it ${sentence(`anyway${because(line.reason)}`)}`;
      }
      case "owner-not-heard":
        return "The account owner was asked twice and has not been heard.";
      case "unknown-words":
        return `Still unknown, although support was asked: ${line.words.map((word) => DOSSIER_IN_ENGLISH.wordNames[word]).join("; ")}.`;
      case "again":
        return askedBefore(dayInWords(line.askedAt, told.dates), told);
      case "put-off-is-over":
        return `It was put off until ${dayInWords(line.until, told.dates)}; that day has come.`;
    }
  },
  insteadOf: (owner) => [
    `${owner === null ? "Nobody is known to own the account" : `No way to reach ${owner} is known`}, so you are asked instead. ${owner === null ? "The account owner" : "An address"} can be added in `,
    code("customers.yml"),
    ".",
  ],
  requested: (who, reason) => sentence(`${who} asked for this step${because(reason)}`),
  recommendation: ({ answer, by: who, as, did, severity, hasNoWorkaround }, isOwner) => {
    const advice = isOwner
      ? "put it before the deciders"
      : answer === "take"
        ? "take it"
        : "take it with the changes that are still asked for";
    const grounds = [
      `${who}, ${as === "consultant" ? "the consultant" : "of support"}, ${did === "wrote" ? "wrote it" : "stands for it"}`,
      ...(severity === null ? [] : [`severity ${severity}`]),
      ...(hasNoWorkaround ? ["there is no workaround"] : []),
    ];
    return `Recommendation: ${advice} (${grounds.join("; ")}).`;
  },
  size: (n, additions, deletions) =>
    `${files(n)}, ${additions} ${additions === 1 ? "line" : "lines"} added, ${deletions} removed`,
  checks: checksInWords,
  approved: (who) => `${who} approved it`,
  asksForChanges: (who) => `${who} asks for changes`,
  held: (maintainers, author) => `maintainers ${maintainers}, author’s side ${author}`,
  waited: (time) => `for ${time}`,
  others: (n) => `${n} other ${n === 1 ? "customer" : "customers"}`,
  since: (day) => `since ${day}`,
  entry: (entry, dates) => entryInWords(entry, (at) => dayInWords(at, dates)),
  dated: (day, what) => `${day}: ${what}`,
  subject: {
    ownerAsked: (customer, when) => `Please decide${by(when)}: the fix that ${customer} waits for`,
    ownerTold: (customer) => `Before the deciders now: the fix that ${customer} waits for`,
    urgent: (subject) => `Urgent: ${subject}`,
    deciders: (patch, severity, when) =>
      `Decision asked for${by(when)}: ${patch}${severity === null ? "" : ` (severity ${severity})`}`,
    support: (patch, what) =>
      what === "account-owner" ? `The account owner is asked: ${patch}` : `The deciders are asked: ${patch}`,
  },
  owner: {
    opening: (customer, waited) =>
      `${customer} waits for a fix. It lies with the maintainers of the software${waited === null ? "" : `, for ${waited} now without an answer`}.`,
    question: (when) =>
      `Shall we put it before the people who decide?${when === null ? "" : ` Please answer by ${when}.`}`,
    told: (when) =>
      `The people who decide have been asked for a decision${by(when)}. You need not do anything; you hear what they say.`,
    answers: (customer) => [
      {
        name: "Put it before the deciders",
        means: `They get this evidence privately and are asked for a decision. Yes, yes with changes, no or later: whatever they say, ${customer} gets an answer.`,
      },
      {
        name: "Wait until a date",
        means: `${customer} goes on waiting until then, and you are asked again on that day. Please say why: whoever linked the case reads it.`,
      },
      {
        name: "Do not put it before them",
        means: `It stays with the maintainers, and ${customer} goes on waiting. Please say why: whoever linked the case reads it.`,
      },
    ],
    silence: (rises, isLastTime) => ({
      name: "No answer",
      means: `${isLastTime ? "" : "You are asked once more, and your deputy with you. After that "}${
        rises
          ? `${isLastTime ? "It" : "it"} goes to the deciders, with a line that you were not heard.`
          : `${isLastTime ? "It" : "it"} stays where it is and is listed as unanswered.`
      }`,
    }),
    otherwise: (consultant) => [
      `If there is no button to press here, tell ${consultant === null ? "your consultant or support" : `${consultant}, the consultant, or support`} what you decided. Whoever has an account on GitHub can also write `,
      code("/case escalate"),
      " with a reason on the page of the fix to put it before the deciders.",
    ],
  },
  deciders: {
    ask: (patch, when) => [`Please decide${by(when)} about `, patch, "."],
    answers: (customers, workarounds) => [
      {
        name: "Take it",
        means: `The fix reaches ${customers} with the next release.`,
        how: ["Approve and merge it."],
      },
      {
        name: "Take it with changes",
        means: `The fix reaches ${customers} that much later, and support can say for what.`,
        how: ["Request the changes in a review; the author’s side makes them."],
      },
      {
        name: "Not",
        means: {
          none: `Support tells ${customers}, with your reason; there is no workaround.`,
          partly: `Support tells ${customers}, with your reason; not everybody has a workaround.`,
          some: `Support tells ${customers}, with your reason; the workaround has to do.`,
          unknown: `Support tells ${customers}, with your reason.`,
        }[workarounds],
        how: ["Close it with a word why."],
      },
      {
        name: "Later",
        means: `Support tells ${customers} the date, and nobody asks you before it.`,
        how: ["Write ", code("/case later YYYY-MM-DD reason"), " on it."],
      },
    ],
    silence: {
      name: "No answer",
      means: "The waiting goes on without an end in sight. You are asked once more, then weekly at most.",
    },
    taking: ["Somebody looks into it: ", code("/case take"), " on it holds all this for up to 10 working days."],
    waiting: (n, day) =>
      n === 1 ? `One customer waits, since ${day}.` : `${n} customers wait, the first of them since ${day}.`,
  },
  support: {
    ownerAsked: (owners, when) =>
      `Whether this goes before the deciders is asked of ${owners.length === 0 ? "the account owner" : and(owners)}, for an answer${by(when)}. This is for your information.`,
    decidersAsked: (when) => `The deciders are asked for a decision${by(when)}. This is for your information.`,
    complete: (words) => [
      `Still unknown: ${words}. Whoever knows writes it on the case: `,
      code("/case summary"),
      ", ",
      code("/case stake"),
      ", ",
      code("/case workaround"),
      ", ",
      code("/case severity"),
      " or ",
      code("/case customer"),
      ".",
    ],
  },
};

function askedBefore(day: string, { reader, asked }: FirstLineTold): string {
  if (asked === "deciders")
    return `${reader === "decider" ? "This was" : "The deciders were"} asked on ${day}, and no decision has been made yet.`;
  return `${reader === "owner" ? "This was" : "The account owner was"} asked on ${day}, and no answer has come yet.`;
}

function lackInWords(code: string): string {
  const known: Readonly<Record<string, string>> = DOSSIER_IN_ENGLISH.lacks;
  return known[code] ?? code;
}
