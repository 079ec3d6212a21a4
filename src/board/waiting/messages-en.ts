// The page of what waits, and the tables that show patches, in English.
import type { Counted, WaitingTexts } from "./messages.ts";

type Part = readonly [Counted | null, one: string, many: string];

/** "1 patch waits for us, 2 wait for the maintainers": what is counted is named once. */
const counted = (...parts: readonly Part[]): string =>
  parts
    .flatMap(([count, one, many]) => (count === null ? [] : [{ count, does: count.isOne ? one : many }]))
    .map(({ count, does }, at) => {
      const noun = count.isOne ? " patch" : " patches";
      return `${count.words}${at === 0 ? noun : ""} ${does}`;
    })
    .join(", ");

export const WAITING_ENGLISH: WaitingTexts = {
  title: "Waiting",
  summary: ({ author, maintainer, nobody }) => {
    const parts = counted(
      [author, "waits for us", "wait for us"],
      [maintainer, "waits for the maintainers", "wait for the maintainers"],
      [nobody, "is nobody’s turn", "are nobody’s turn"],
    );
    return parts === "" ? "No patch waits." : `${parts}.`;
  },
  atLeast: (number) => `more than ${number}`,
  sections: {
    author: "Waits for us",
    maintainer: "Waits for the maintainers",
    nobody: "Nobody’s turn",
  },
  explained: {
    author: "Something was asked of the author’s side. Nothing moves before it is answered.",
    maintainer: "The maintainers have it before them. They are reminded as the policy says.",
    nobody: "Drafts, and what was put off. No time counts here.",
  },
  limited: {
    summary: ({ author, maintainer, nobody }) => {
      const parts = counted(
        [maintainer, "waits for the maintainers", "wait for the maintainers"],
        [author, "waits for the author’s side", "wait for the author’s side"],
        [nobody, "is nobody’s turn", "are nobody’s turn"],
      );
      return parts === "" ? "No patch waits." : `In your repositories, ${parts}.`;
    },
    sections: {
      author: "Waits for the author’s side",
      maintainer: "Waits for the maintainers",
      nobody: "Nobody’s turn",
    },
    explained: {
      author: "Something was asked of the author’s side.",
      maintainer: "A review, a question, “later” or “no” all settle it. The order is yours to choose.",
      nobody: "Drafts, and what was put off. No time counts here.",
    },
    turns: { author: "the author’s side", maintainer: "the maintainers", nobody: "nobody" },
  },
  counted: (section, number) => `${section} (${number})`,
  withoutCustomer: "Without a customer",
  caption: (section, customer) => `${section}: ${customer}`,
  all: (section) => `All of “${section}”`,
  filters: "Show only some",
  filter: {
    text: "Title or reference",
    textLimited: "Title",
    customer: "Customer",
    severity: "Severity",
    turn: "Turn",
    repository: "Repository",
    any: "Any",
    noSeverity: "Without a severity",
    mine: "Only mine",
    show: "Show",
    clear: "Show everything",
  },
  unknown: (words) => `The address asks for ${words}, which is not known here and was left out.`,
  first: "Back to the first page",
  more: "Next page",
  pages: "Pages of this list",
  noneHere: "Nothing waits that fits these filters.",
  nothingTitle: "Nothing waits",
  nothing: "Every patch that is followed has been answered, or none is followed yet. To follow one:",
  nothingLimited: "No patch in your repositories waits for anybody.",
  toLink: ["Link a case: write ", " in a comment on the pull request."],
  toImport: ["Tell whose patches count: ", "import your customers", "."],
  proposals: "Links to confirm or drop",
  proposalsExplained: "Somebody’s words name these cases. A proposed link does nothing until support confirms it.",
  proposalsAll: "All proposed links",
  proposedBy: (login) => `proposed by ${login}`,
  confirm: "Confirm",
  drop: "Drop",
  about: (reference) => `the link to ${reference}`,
  table: {
    patch: "Patch",
    case: "Case",
    severity: "Severity",
    customer: "Customer",
    waits: "How long",
    turn: "Turn",
    next: "What happens next",
    act: "Answer",
    proposed: "Proposed",
  },
  turns: { author: "us", maintainer: "the maintainers", nobody: "nobody" },
  moreCases: (number) => `and ${number} more`,
  notFollowed: "Not followed",
  nothingPlanned: "Nothing",
  since: (day) => `since ${day}`,
  listed: "the author’s side was told in vain",
  ended: {
    merged: "Merged",
    landed: "Landed another way",
    superseded: "Superseded by another pull request",
    declined: "Declined",
    closed: "Closed",
  },
  release: (tag) => `shipped in ${tag}`,
};
