// The texts around a question behind a link, in English.
import { LONGEST_REASON } from "./answer.ts";
import type { ChoiceTexts } from "./messages.ts";

const COUNT = LONGEST_REASON.toLocaleString("en");

export const CHOICES_IN_ENGLISH: ChoiceTexts = {
  of: {
    escalation: {
      question: "Should this be put before those who decide?",
      explained: "Choose one. Nothing has been done yet; it is done when you press a button below.",
    },
    closed: {
      question: "Was closing it a no?",
      explained:
        "Nothing has been done yet; it is done when you press the button below. If nobody says anything, it counts as a no three days after it was closed.",
    },
  },
  button: {
    deciders: "Put it before the deciders",
    wait: "Wait until then",
    no: "Do not put it before them",
    declined: "Yes, it was declined",
  },
  means: {
    deciders:
      "The deciders get this evidence privately, now. On the pull request itself at most one neutral request is made, which names no customer.",
    wait: "The deciders are not asked until that day. Then it is looked at again by itself.",
    no: "The deciders are not asked. Your reason goes to whoever linked the case, and to nobody outside.",
    declined:
      "The people of the cases hear that it was declined. If it was not a no, write on the pull request where the change went: /case landed REF or /case superseded REF.",
  },
  asked: (name, at, until) =>
    `${name} was asked on ${at}, and can answer until ${until}. Whoever has this link can answer in that name: please do not pass it on.`,
  toAnswer: "To your answer",
  yourAnswer: "Your answer",
  more: "For who wants to know more",
  until: "Until which day",
  reason: "Why",
  wrong: "Nothing was done yet. Please correct what is marked below.",
  problem: (problem, { first, last }) => {
    switch (problem.code) {
      case "not-one-answer":
        return "Choose exactly one of the answers below.";
      case "date-missing":
        return "Give a day, as YYYY-MM-DD.";
      case "date-past":
        return `That day is not in the future. The first possible day is ${first}.`;
      case "date-far":
        return `That is too far away. The last possible day is ${last}.`;
      case "reason-missing":
        return "Give a reason: whoever linked the case will read it.";
      case "reason-long":
        return `That is too long: at most ${COUNT} characters.`;
    }
  },
  answered: (name, at) => `${name} answered on ${at}`,
  gave: (answer, day) => {
    switch (answer.kind) {
      case "deciders":
        return "Put it before the deciders.";
      case "wait":
        return `Wait until ${day(answer.untilAt)}.`;
      case "no":
        return "Do not put it before the deciders.";
      case "declined":
        return "Closing it was a no.";
    }
  },
  reasonGiven: "Reason",
  now: "What happens now",
  happens: {
    deciders:
      "The deciders are asked privately, with the evidence and a date by which a decision is needed. You hear what comes of it. You need not do anything.",
    wait: "Whoever linked the case hears the reason. The deciders are not asked before that day; then it is looked at again by itself. If it cannot wait after all, write /case escalate with a reason on the pull request.",
    no: "Whoever linked the case hears the reason. The deciders are not asked. If that changes, write /case escalate with a reason on the pull request.",
    declined:
      "The people of the cases hear that it was declined. If the pull request is reopened, that is taken back by itself.",
  },
  over: "This can no longer be answered here",
  because: (over, minute) => {
    switch (over.code) {
      case "expired":
        return `It could be answered until ${minute(over.at)}.`;
      case "ended":
        return over.outcome === "merged" || over.outcome === "landed"
          ? "The change has been taken in meanwhile."
          : "It has come to an end meanwhile: the pull request is decided, closed or no longer followed.";
      case "before-deciders":
        return "It is before the deciders already.";
      case "answered-otherwise":
        return "It was answered another way meanwhile.";
      case "rests":
        return "The maintainers have answered or taken it in hand meanwhile. Should silence follow, you are asked again.";
      case "reopened":
        return "The pull request is open again.";
      case "decided-otherwise":
        return "It is known meanwhile what became of it, and it was not a no.";
      case "counted-as-no":
        return "It counts as a no already.";
      case "moved-on":
        return "It has moved on meanwhile.";
    }
  },
  otherwise: "What you can do instead",
  instead: {
    escalation:
      "Write /case escalate with a reason in a comment on the pull request, or ask the consultant or your support team to do so.",
    closed:
      "If it was not a no, write in a comment on the pull request where the change went: /case landed REF or /case superseded REF.",
  },
  missingTitle: "There is nothing here",
  missing:
    "The address is wrong, or what was here is no longer kept. If it came in a mail, check that it was copied whole. You can always write /case escalate with a reason in a comment on the pull request.",
  refusedTitle: "This was not accepted",
  refused: "The form was not sent from its own page. Open the link of the mail and press the button there.",
  tooLargeTitle: "That is too long",
  tooLarge: `Nothing was done. Please go back and shorten the reason to ${COUNT} characters.`,
  failedTitle: "That did not work",
  failed:
    "Nothing is lost, and it is safe to try again in a minute: what was already done is not done twice. If it stays so, tell whoever runs Patch Advocate.",
};
