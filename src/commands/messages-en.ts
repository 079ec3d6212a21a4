// What we answer to a command that cannot be done, in English.
import {
  code,
  count,
  isoDate,
  joined,
  literal,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import { lacksIn } from "../escalations/lack-messages.ts";
import { exampleOf } from "./examples.ts";
import { LONGEST_COMMAND, MOST_COMMANDS } from "./parse.ts";
import { listed, written } from "./quoting.ts";
import type { CommandTexts } from "./refusal.ts";

/** The data where cases may be named, else a general word for it. */
const named = (data: string, otherwise: PublicText): PublicText =>
  whereAllowed("reference", code(data, "reference"), otherwise);

export const english: CommandTexts = {
  about: (verb, sentence, example) =>
    publicText`${written(verb)}: ${sentence}${example === null ? noText : publicText` For example: ${example}`}`,
  didYouMean: (verb) =>
    publicText`There is no such command.${verb === null ? noText : publicText` Did you mean ${written(verb)}?`} ${written("help")} lists what you can write.`,
  problems: {
    "missing-verb": publicText`After ${code("/case", "none")} comes what is to be done. ${written("help")} lists what you can write.`,
    "unknown-verb": noText,
    "missing-argument": literal("Something is missing after it."),
    "bad-reference": publicText`A reference is a case’s own number, ${code("owner/repo#12", "none")}, ${code("#12", "none")}, or the address of an issue or pull request.`,
    "bad-landing": publicText`Name the commit by 7 to 40 of its digits or by its address, or the pull request as ${code("owner/repo#12", "none")}, ${code("#12", "none")} or by its address.`,
    "bad-pull": publicText`Name a pull request as ${code("owner/repo#12", "none")}, ${code("#12", "none")} or by its address.`,
    "bad-severity": publicText`A severity is one of ${code("S1", "none")} (worst), ${code("S2", "none")}, ${code("S3", "none")}, ${code("S4", "none")}.`,
    "bad-customer": literal("A customer is named by its id: letters, digits, dots, hyphens and underscores."),
    "bad-date": publicText`A date is a day that exists, written like ${code("2027-03-15", "none")}.`,
    "bad-duration": publicText`A length is a whole number with a unit, at most two years: ${code("30m", "none")}, ${code("4h", "none")}, ${code("3d", "none")} or ${code("2w", "none")}.`,
    "bad-until": publicText`Write how long, like ${code("3d", "none")} or ${code("2w", "none")}, or until which day, like ${code("2027-03-15", "none")}.`,
    "bad-person": publicText`Name people as ${code("@login", "none")} and teams as ${code("@organization/team", "none")}.`,
    "bad-side": publicText`It waits for the ${code("author", "none")} or for the ${code("maintainer", "none")}.`,
    "missing-reason": literal("Please add the reason."),
    "too-many-words": literal("There is more after it than it takes."),
    "too-long": publicText`It may have at most ${count(LONGEST_COMMAND)} characters.`,
    "too-many-commands": publicText`Only the first ${count(MOST_COMMANDS)} commands of a comment are read. Please write the others in another comment.`,
  },
  refusals: {
    "not-here": () => literal("This cannot be done here; see your team's guide."),
    "only-on-patch": () => literal("It works only on a pull request. Please write it there."),
    "unknown-case": ({ reference }) =>
      publicText`There is no case ${named(reference, literal("with that reference"))}. Please check its number.`,
    "unknown-customer": ({ customer }) =>
      publicText`There is no customer ${whereAllowed("full", code(customer, "full"), literal("with that id"))}. Please check the id in your list of customers.`,
    "not-a-case-repository": ({ reference }) =>
      publicText`${named(reference, literal("That issue"))} is not in a case repository. The policy lists those under ${code("cases.repositories", "none")}.`,
    "not-a-patch": ({ reference }) =>
      publicText`On a case, name a pull request as ${code("owner/repo#12", "none")}, by its address, or as ${code("#12", "none")}${whereAllowed("reference", publicText`; ${code(reference, "reference")} is none of these`)}.`,
    "not-installed": ({ repository }) =>
      publicText`This app is not installed on ${named(repository, literal("that repository"))}. Whoever owns it can install it there.`,
    "no-case-linked": () => publicText`No case is linked here yet. Link one first: ${exampleOf("link", "en")}`,
    "which-case": ({ references }) =>
      publicText`Several cases are linked here${whereAllowed("reference", publicText` (${listed(references, literal(", "))})`)}. Please say which one you mean: put its reference at the end.`,
    "no-patch-linked": () =>
      publicText`No pull request is linked to this case yet. Link one first: ${code("/case link owner/repo#12", "none")}`,
    "write-on-case": ({ references }) =>
      publicText`Several cases are linked here${whereAllowed("reference", publicText` (${listed(references, literal(", "))})`)}. Please write it on the case itself, or bring it from your help desk by an import.`,
    "only-observes": () =>
      literal("Nobody is asked anything here, since the policy does not let this app act yet. Ask again once it does."),
    "anyway-needs-reason": () => literal("Please add the reason: those who decide will read it first."),
    "anyway-not-yours": () =>
      publicText`Only for a case of severity ${code("S1", "none")}, or from the account owner, does it go through as it is. Without ${code("anyway", "none")} it goes through once nothing is missing.`,
    "cannot-be-decided": ({ lacks, mayInsist, timezone }) =>
      publicText`It goes to those who decide once it can be decided on. ${joined(lacksIn(lacks, { language: "en", timezone }), literal(" "))}${mayInsist ? publicText` If that cannot wait: ${code("/case escalate anyway", "none")} and the reason.` : noText}`,
    "some-cannot-be-decided": ({ count: left, of, mayInsist }) =>
      publicText`${count(left)} of ${count(of)} pull requests cannot be decided on yet; written on a pull request itself, this tells what it lacks.${mayInsist ? publicText` If they cannot wait: ${code("/case escalate anyway", "none")} and the reason.` : noText}`,
    "already-merged": () => literal("This pull request is merged, so nothing else became of it."),
    itself: () => literal("That is this pull request. Please name the other one."),
    "superseded-by-this": () =>
      literal("That pull request is superseded by this one, so it cannot take this one’s place as well."),
    "no-such-commit": ({ reference }) =>
      publicText`GitHub shows no commit ${named(reference, literal("of that id"))} there. Please check it, or name more of its digits.`,
    "no-such-pull": ({ reference }) =>
      publicText`There is no pull request ${named(reference, literal("of that number"))}. Please check its number.`,
    "not-merged": ({ reference }) =>
      publicText`${named(reference, literal("That pull request"))} is not merged. If it is to take this one’s place, write: ${exampleOf("superseded", "en")}`,
    "not-in-default-branch": ({ reference, branch }) =>
      publicText`${named(reference, literal("That"))} is not in the default branch${whereAllowed("reference", publicText` (${code(branch, "reference")})`)} there. Please write this once it is.`,
    "foreign-team": ({ team }) =>
      publicText`${named(team, literal("That team"))} belongs to another organization, so it cannot be asked here. Name a team of this repository’s organization, or a person.`,
    "unknown-person": ({ login }) => publicText`There is no account ${code(login, "none")} on GitHub. Check the name.`,
    "in-the-past": () => literal("That day has passed. Please name one that is still to come."),
    "too-far": () => literal("That is more than two years away. Please name a day that somebody will remember."),
    "taken-twice": () =>
      literal("This pull request has been taken in hand twice already. Please answer it, pass it on, or put it off."),
    "take-too-long": ({ longestAt, timezone }) =>
      publicText`It can be taken in hand for at most 10 working days, which is until ${isoDate(longestAt, timezone)}.`,
  },
};
