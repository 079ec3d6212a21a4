// What of a dossier stands below the fold, for who wants to know more, and the few phrases that both halves need.
import { renderPublic } from "../effects/public-text.ts";
import { code, facts, link, list } from "../notify/blocks.ts";
import { dayInWords } from "../notify/dates.ts";
import type { Block, Inline, Line } from "../notify/message.ts";
import { roughTime } from "../patches/working-time.ts";
import type { DossierCheck } from "./dossier.ts";
import type { DossierReader, ReadableDossier } from "./dossier-for.ts";
import type { DossierWords } from "./dossier-words.ts";

export type Telling = {
  readonly dossier: ReadableDossier;
  readonly reader: DossierReader;
  readonly words: DossierWords;
};

export function dossierDetails(telling: Telling): Block {
  const { dossier, reader, words } = telling;
  const { labels } = words;
  const { view } = dossier;
  const required = view?.checks.filter((each) => each.isRequired) ?? [];
  const others = view?.checks.filter((each) => !each.isRequired) ?? [];
  const checks = (some: readonly DossierCheck[]) => (some.length === 0 ? words.none : words.checks(some));
  const consultants = [...new Set(dossier.customers.flatMap((each) => each.consultant ?? []))];
  const time = (millis: number) => timeInWords(millis, telling);
  return facts([
    [labels.author, dossier.patch.author],
    [labels.consultant, consultants.length === 0 ? null : consultants.join(words.between)],
    [labels.size, view === null ? words.unknown : words.size(view.files, view.additions, view.deletions)],
    [labels.requiredChecks, view === null ? words.unknown : checks(required)],
    [labels.otherChecks, others.length === 0 ? null : checks(others)],
    [labels.reviews, reviewsOf(telling)],
    [labels.held, words.held(time(dossier.held.maintainer), time(dossier.held.author))],
    [labels.reminders, remindersOf(telling)],
    [labels.head, reader.kind === "owner" ? null : [code(dossier.headSha.slice(0, 12))]],
  ]);
}

function reviewsOf({ dossier, words }: Telling): Line {
  const reviews: readonly Inline[] =
    dossier.view === null
      ? dossier.changesRequestedBy.map((each) => words.asksForChanges(each))
      : dossier.view.reviews.map(({ by, state, url }) =>
          link(state === "approved" ? words.approved(by) : words.asksForChanges(by), url),
        );
  if (reviews.length === 0) return [words.none];
  return reviews.flatMap((each, index) => (index === 0 ? [each] : [words.between, each]));
}

function remindersOf({ dossier, reader, words }: Telling): string {
  if (dossier.reminders.length === 0) return words.none;
  return dossier.reminders
    .map(({ at, to }) => {
      const whom = to.length === 0 ? words.nobodyNamed : to.join(words.between);
      return words.dated(dayInWords(at, reader), whom);
    })
    .join(words.betweenSentences);
}

export function courseByDate({ dossier, reader, words }: Telling): Block {
  return list(
    dossier.course.map((entry): Line => [words.dated(dayInWords(entry.at, reader), words.entry(entry, reader))]),
  );
}

export const timeInWords = (millis: number, { dossier, reader }: Telling): string =>
  renderPublic(roughTime({ millis, dayMillis: dossier.dayMillis }, reader.language), "none");
