// The texts of the page of insights in English. Pure, and apart for length.
import type { InsightTexts } from "./messages.ts";

export const INSIGHT_TEXTS_EN: InsightTexts = {
  title: "Insights",
  lead: "How long patches wait, and what an escalation changes. Figures are of patches, teams and contracts; none is of a person.",
  countedAt: (instant) => `Counted on ${instant}, and kept for five minutes.`,
  counted: (patches, since) => `Patches opened since ${since}: ${patches}.`,
  cut: (patches) =>
    `There are more: only the newest ${patches} patches are counted. Choose a customer, a repository or a shorter period to see all of it.`,
  filters: "Filters",
  filterNames: { period: "Period", severity: "Severity", customer: "Customer", repository: "Repository" },
  periods: { "3m": "Last 3 months", "12m": "Last 12 months", all: "All" },
  severities: { S1: "S1", S2: "S2", S3: "S3", S4: "S4", none: "no severity" },
  any: "All",
  show: "Show",
  clear: "Clear the filters",
  unknown: (filter, value) => `${filter}: “${value}” is not known here and was left out.`,
  emptyTitle: "There is nothing to count yet",
  empty: "Figures begin with the first patch that Patch Advocate follows.",
  emptySteps: [
    "Import your customers, so that their patches are known.",
    "Link a case: write “/case link” and the case's reference as a comment on a pull request.",
  ],
  noneHere: "No patch matches these filters. Choose a longer period, or clear the filters.",
  csv: "Download CSV",
  csvOf: (title) => `Download CSV: ${title}`,
  table: "Figures as a table",
  tooFew: "Fewer than 5 patches: too few to draw a distribution.",
  tooFewShort: "fewer than 5",
  figures: {
    "first-response": {
      title: "Time to the first response",
      about:
        "Working days from when a patch was first ready for review to the maintainers' first response, by the month in which it was opened. Patches without a response are not in the quartiles.",
      caption: "Working days to the first response, by month of opening",
    },
    decision: {
      title: "Time to the decision",
      about:
        "Working days from when a patch was first ready for review until it was merged, landed, superseded or declined, by the month in which it was opened. Patches without a decision are not in the quartiles.",
      caption: "Working days to the decision, by month of opening",
    },
    escalation: {
      title: "Before and after the escalation",
      about:
        "Days of the calendar, so that both stretches are on one scale: from the opening to when deciders were first asked, and from there to the decision. Both are of the same patches: those that were escalated and are decided.",
      caption: "Days before and after the escalation",
    },
    targets: {
      title: "Answered within target",
      about:
        "The share of patches whose first response came within the target. The target is the stricter of today's policy and the customers' contracts that counted when the patch was opened. A patch without a response is late once it has waited for maintainers longer than that; until then it is not due yet and counts for neither.",
      caption: "Answered within target",
    },
    customers: {
      title: "Customers' patches beside everybody else's",
      about:
        "The same figures for patches that concern a customer and for all others: whether customers are served at the cost of other contributors.",
      caption: "Customers' patches beside everybody else's",
    },
    waiting: {
      title: "Age of what waits now",
      about:
        "Open patches in the maintainers' turn, by working days since it became their turn. The period does not matter here.",
      caption: "Open patches by working days in the maintainers' turn",
    },
    reminders: {
      title: "Reminders sent",
      about:
        "Reminders by the team that was asked and the week, at most the last 26 weeks. Persons who were asked by login are one sum. A reminder that asked two teams counts for both.",
      caption: "Reminders sent by team and week",
    },
  },
  spreadChart:
    "A bar is the middle half of a month's patches, the line in it the median. The table beneath has every number.",
  columns: {
    month: "Month",
    opened: "Opened",
    answered: "With a response",
    decided: "Decided",
    patches: "Patches",
    lower: "Lower quartile",
    median: "Median",
    upper: "Upper quartile",
    stretch: "Stretch",
    severity: "Severity",
    contract: "Contract",
    within: "Within target",
    late: "Late",
    open: "Not due yet",
    share: "Share within target",
    whose: "Patches of",
    age: "Working days",
    total: "Total",
    asked: "Asked",
  },
  escalation: {
    sentence: (before, after) =>
      `Half of the escalated patches had lain ${before} or longer before the escalation. Half of them were decided within ${after} of it.`,
    ofFew: (patches, before, after) =>
      patches === 1
        ? `One patch was escalated and decided. It had lain ${before} before the escalation, and was decided ${after} after it.`
        : `${patches} patches were escalated and decided. The median: ${before} before the escalation, ${after} after it.`,
    workingDays: (days) => `From the escalation to the decision, the median is ${days}.`,
    undecided: (patches) => `Escalated and not decided yet: ${patches}.`,
    before: "Opening to escalation",
    after: "Escalation to decision",
    unescalated: "Opening to decision, without an escalation",
    description:
      "Bars are as long as the median; the line over each is the middle half. The table beneath has every number.",
  },
  targets: {
    bySeverity: "By severity",
    byContract: "By contract",
    plans: { subscription: "Subscription", consulting: "Consulting" },
    noContract: "no contract",
    description: "A full bar is all patches that were answered or are late. The table beneath has every number.",
    of: (share, patches) => `${share} of ${patches}`,
  },
  customers: {
    sides: { customers: "Customers", others: "Everybody else" },
    customersOnly:
      "The policy follows customers' patches only (track: customers), so little is known of the others. Write track: all to compare them.",
    response: "first response",
    decision: "decision",
    description:
      "Bars are as long as the median in working days; the line over each is the middle half. The table beneath has every number.",
  },
  waiting: {
    under: (days) => `under ${days}`,
    between: (from, to) => `${from} to ${to}`,
    over: (days) => `${days} and more`,
    authors: "Author's turn",
    none: "No patch waits for maintainers.",
    description: "A column is an age, its colours are severities. The table beneath has every number.",
  },
  reminders: {
    persons: "persons",
    others: "other teams",
    hidden:
      "What was asked of persons by login is shown as one sum, of the whole organisation and of at least three persons only, since a figure of one person is for that person alone.",
    own: (count) => `Only you see this: ${count} of these reminders were addressed to you.`,
    none: "No reminder was sent in this time.",
    description: "A column is a week, its colours are teams. The table beneath has every number.",
  },
  workingDays: ({ words, isOne }) => `${words} working ${isOne ? "day" : "days"}`,
};
