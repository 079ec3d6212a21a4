// A dossier as a private message: for an account owner one plain question, for deciders what they decide on, for support what goes on.
// Apart from the words, because the order of things is the same in whatever words.
import { facts, fold, heading, link, list, paragraph, quote, strong } from "../notify/blocks.ts";
import { dayInWords, minuteInWords, namedDay } from "../notify/dates.ts";
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { Dossier, DossierCase, DossierCustomer } from "./dossier.ts";
import { type DossierReader, readableBy } from "./dossier-for.ts";
import type { DossierWords, Workarounds } from "./dossier-words.ts";
import { courseByDate, dossierDetails, type Telling, timeInWords } from "./messages-dossier-details.ts";
import { DOSSIER_IN_ENGLISH } from "./messages-dossier-en.ts";
import { DOSSIER_IN_JAPANESE } from "./messages-dossier-ja.ts";

const WORDS: Readonly<Record<Language, DossierWords>> = { en: DOSSIER_IN_ENGLISH, ja: DOSSIER_IN_JAPANESE };

const MINUTE = 60_000;

/** The dossier for one reader, with nothing in it that this reader may not know. */
export function dossierMessage(dossier: Dossier, reader: DossierReader): Message {
  const telling: Telling = { dossier: readableBy(dossier, reader), reader, words: WORDS[reader.language] };
  const { subject, blocks } = reader.kind === "owner" ? ownersPage(telling) : onePage(telling);
  const isUrgent = telling.dossier.what === "deciders" && telling.dossier.severity === "S1";
  return {
    subject: isUrgent ? telling.words.subject.urgent(subject) : subject,
    language: reader.language,
    blocks,
  };
}

type Page = { readonly subject: string; readonly blocks: readonly Block[] };

function ownersPage(telling: Telling): Page {
  const { dossier, reader, words } = telling;
  const [own] = dossier.customers;
  const customer = own === undefined ? words.somebody : words.customer(own.name);
  const deadline = deadlineOf(telling);
  const isAsked = dossier.what === "account-owner";
  const question = isAsked ? ownersQuestion(telling, customer) : [paragraph(strong(words.owner.told(deadline)))];
  const opening = [...firstLines(telling), paragraph(words.owner.opening(customer, waitedFor(telling)))];
  const report = [
    heading(words.headings.trouble),
    ...dossier.cases.flatMap((each) => troubleOf(each, telling)),
    ...(dossier.cases.length === 0 ? [paragraph(words.noCase)] : []),
    heading(words.headings.fix),
    fixFacts(telling),
    heading(words.headings.workaround),
    ...perCase(telling, (each) => workaroundOf(each, words)),
    heading(words.headings.report),
    ...perCase(telling, (each) => reportOf(each, telling)),
    heading(words.headings.course),
    courseByDate(telling),
  ];
  // 経緯報告: a report comes first and closes with what is asked; in English the question comes first.
  const asked = reader.language === "ja" ? [heading(words.headings.question), ...question] : question;
  const blocks = reader.language === "ja" ? [...opening, ...report, ...asked] : [...opening, ...asked, ...report];
  return {
    subject: isAsked ? words.subject.ownerAsked(customer, dayOfDeadline(telling)) : words.subject.ownerTold(customer),
    blocks: [...blocks, fold, dossierDetails(telling)],
  };
}

function ownersQuestion({ dossier, reader, words }: Telling, customer: string): readonly Block[] {
  const deadline = dossier.decideByAt === null ? null : minuteInWords(dossier.decideByAt, reader);
  const rises = dossier.severity === "S1" || dossier.severity === "S2";
  const isLastTime = dossier.first.some((line) => line.code === "again");
  const [consultant = null] = dossier.customers.flatMap((each) => each.consultant ?? []);
  const canBePressed = reader.choices.some((each) => each.url !== null || each.value !== null);
  // A page that shows the question has its own way to answer, and gives no choices.
  const isAlwaysLinked = reader.choices.every((each) => each.url !== null);
  return [
    paragraph(strong(words.owner.question(deadline))),
    ...(dossier.recommendation === null ? [] : [paragraph(words.recommendation(dossier.recommendation, true))]),
    list(
      [...words.owner.answers(customer), words.owner.silence(rises, isLastTime)].map(
        ({ name, means }): Line => [strong(name), colon(reader.language), means],
      ),
    ),
    ...(canBePressed ? [{ kind: "choices", choices: reader.choices } as const] : []),
    ...(isAlwaysLinked ? [] : [paragraph(...words.owner.otherwise(consultant))]),
  ];
}

/** For deciders and support: what is decided on, and everybody who waits for it. */
function onePage(telling: Telling): Page {
  const { dossier, reader, words } = telling;
  const { patch } = dossier;
  const name = `${patch.repository}#${patch.number}`;
  const isDecider = reader.kind === "decider";
  return {
    subject: isDecider
      ? words.subject.deciders(name, dossier.severity, dayOfDeadline(telling))
      : words.subject.support(name, dossier.what),
    blocks: [
      ...firstLines(telling),
      ...(isDecider ? decidersQuestion(telling) : supportsNews(telling)),
      heading(words.headings.waiting),
      ...whoWaits(telling),
      fold,
      dossierDetails(telling),
      heading(words.headings.course),
      courseByDate(telling),
    ],
  };
}

function decidersQuestion(telling: Telling): readonly Block[] {
  const { dossier, reader, words } = telling;
  const { patch } = dossier;
  const fix = link(`${patch.repository}#${patch.number}: ${patch.title}`, patch.url);
  const answers = words.deciders.answers(customersInWords(telling), workaroundsOf(dossier.cases));
  return [
    paragraph(...words.deciders.ask(fix, deadlineOf(telling))),
    ...(dossier.recommendation === null
      ? []
      : [paragraph(strong(words.recommendation(dossier.recommendation, false)))]),
    list([
      ...answers.map(
        ({ name, means, how }): Line => [strong(name), colon(reader.language), means, space(reader.language), ...how],
      ),
      [strong(words.deciders.silence.name), colon(reader.language), words.deciders.silence.means],
      words.deciders.taking,
    ]),
    ...(reader.choices.some((each) => each.url !== null || each.value !== null)
      ? [{ kind: "choices", choices: reader.choices } as const]
      : []),
  ];
}

function supportsNews(telling: Telling): readonly Block[] {
  const { dossier, words } = telling;
  const { patch } = dossier;
  const owners = dossier.customers.flatMap((each) => each.owner ?? []);
  const unknown = dossier.unknownWords.map((word) => words.wordNames[word]).join(words.between);
  return [
    paragraph(
      dossier.what === "account-owner"
        ? words.support.ownerAsked(owners, deadlineOf(telling))
        : words.support.decidersAsked(deadlineOf(telling)),
    ),
    ...(unknown === "" ? [] : [paragraph(...words.support.complete(unknown))]),
    facts([[words.labels.fix, [link(`${patch.repository}#${patch.number}: ${patch.title}`, patch.url)]]]),
  ];
}

function firstLines({ dossier, reader, words }: Telling): readonly Block[] {
  const told = { dates: reader, reader: reader.kind, asked: dossier.what };
  const lines = dossier.first.map((line) => words.firstLine(line, told));
  const isSaidAlready = dossier.first.some((line) => line.code === "anyway");
  const request =
    dossier.request === null || isSaidAlready ? [] : [words.requested(dossier.request.by, dossier.request.reason)];
  const standIn = reader.kind === "owner" && reader.insteadOf !== undefined ? [words.insteadOf(reader.insteadOf)] : [];
  return [
    ...standIn.map((line) => paragraph(...line)),
    ...lines.map((line) => paragraph(strong(line))),
    ...request.map((line) => paragraph(line)),
  ];
}

function troubleOf(each: DossierCase, { reader, words }: Telling): readonly Block[] {
  const { labels } = words;
  return [
    paragraph(caseName(each)),
    each.summary === null ? paragraph(words.noSummary) : quote(each.summary),
    facts([
      [labels.severity, each.severity === null ? words.unknown : words.severity(each.severity)],
      [labels.stake, each.stake ?? words.unknown],
      [labels.neededBy, neededByOf(each, reader.language, words)],
      [labels.since, words.since(dayInWords(each.sinceAt, reader))],
    ]),
  ];
}

function whoWaits(telling: Telling): readonly Block[] {
  const { dossier, reader, words } = telling;
  const since = dossier.customers.map((each) => each.sinceAt);
  const count =
    since.length === 0 ? [] : [paragraph(words.deciders.waiting(since.length, dayInWords(Math.min(...since), reader)))];
  const names = new Map(dossier.customers.map((each) => [each.id, each]));
  return [
    ...count,
    ...dossier.customers
      .filter((each) => !dossier.cases.some((one) => one.customerId === each.id))
      .map((each) => paragraph(strong(words.customer(each.name)), colon(reader.language), words.noCase)),
    ...dossier.cases.flatMap((each) => caseInShort(each, names.get(each.customerId ?? ""), telling)),
  ];
}

function caseInShort(
  each: DossierCase,
  customer: DossierCustomer | undefined,
  { reader, words }: Telling,
): readonly Block[] {
  const { labels } = words;
  return [
    paragraph(
      strong(customer === undefined ? words.somebody : words.customer(customer.name)),
      colon(reader.language),
      caseName(each),
    ),
    each.summary === null ? paragraph(words.noSummary) : quote(each.summary),
    facts([
      [labels.severity, each.severity ?? words.unknown],
      [labels.stake, each.stake ?? words.unknown],
      [labels.workaround, workaroundOf(each, words)],
      [labels.neededBy, neededByOf(each, reader.language, words)],
      [labels.nextReport, each.nextReport === null ? null : namedDay(each.nextReport, reader.language)],
    ]),
  ];
}

function fixFacts(telling: Telling): Block {
  const { dossier, words } = telling;
  const { labels } = words;
  const waited = waitedFor(telling);
  return facts([
    [labels.fix, [link(dossier.patch.title === "" ? dossier.patch.url : dossier.patch.title, dossier.patch.url)]],
    [labels.software, dossier.patch.repository],
    [labels.waiting, waited === null ? null : words.waited(waited)],
    [labels.others, dossier.otherCustomers === 0 ? null : words.others(dossier.otherCustomers)],
  ]);
}

/** One case's words stand alone; of several each says whose they are. */
function perCase({ dossier, reader, words }: Telling, wordsOf: (each: DossierCase) => string): readonly Block[] {
  const { cases } = dossier;
  const [only] = cases;
  if (only === undefined) return [paragraph(words.unknown)];
  if (cases.length === 1) return [paragraph(wordsOf(only))];
  return [list(cases.map((each): Line => [strong(each.reference), colon(reader.language), wordsOf(each)]))];
}

const workaroundOf = ({ workaround }: DossierCase, words: DossierWords): string =>
  workaround === null ? words.unknown : workaround === "none" ? words.none : workaround;

const reportOf = ({ nextReport }: DossierCase, { reader, words }: Telling): string =>
  nextReport === null ? words.notAgreed : namedDay(nextReport, reader.language);

const neededByOf = ({ neededBy }: DossierCase, language: Language, words: DossierWords): string | null =>
  neededBy === null ? null : words.neededBy(namedDay(neededBy.date, language), neededBy.why);

function workaroundsOf(cases: readonly DossierCase[]): Workarounds {
  if (cases.length === 0 || cases.some((each) => each.workaround === null)) return "unknown";
  const without = cases.filter((each) => each.workaround === "none").length;
  return without === cases.length ? "none" : without > 0 ? "partly" : "some";
}

function caseName({ reference, title, url }: DossierCase): Inline {
  const name = title === reference || title === "" ? reference : `${reference} ${title}`;
  return url === null ? name : link(name, url);
}

const customersInWords = ({ dossier, words }: Telling): string =>
  words.customers(dossier.customers.map((each) => words.customer(each.name)));

const waitedFor = (telling: Telling): string | null =>
  telling.dossier.waiting.millis < MINUTE ? null : timeInWords(telling.dossier.waiting.millis, telling);

const deadlineOf = ({ dossier, reader }: Telling): string | null =>
  dossier.decideByAt === null ? null : minuteInWords(dossier.decideByAt, reader);

const dayOfDeadline = ({ dossier, reader }: Telling): string | null =>
  dossier.decideByAt === null ? null : dayInWords(dossier.decideByAt, reader);

const colon = (language: Language): string => (language === "ja" ? "：" : ": ");

const space = (language: Language): string => (language === "ja" ? "" : " ");
