// Everything that is told privately, for each kind of reader, with poison of what that reader may not know.

import { testMessage } from "../../src/board/settings/people-messages.ts";
import { signInMail } from "../../src/board/sign-in/mail-messages.ts";
import type { CustomerEventBody } from "../../src/cases/customer-event.ts";
import { closedQuestionMessage } from "../../src/choices/closed-messages.ts";
import { closingMessage } from "../../src/choices/closing-messages.ts";
import { CHOICE_TEXTS } from "../../src/choices/messages.ts";
import { linkLetter, linkMessage } from "../../src/customer-page/mail-messages.ts";
import { lapsesMessage } from "../../src/customers/messages.ts";
import { sectionsFor } from "../../src/digests/decide.ts";
import type { DigestPatch, DigestReader, DigestSource } from "../../src/digests/digest.ts";
import { digestMessage } from "../../src/digests/messages.ts";
import { madePublicMessage, namedCustomerMessage, privateWordsMessage } from "../../src/disclosure/messages.ts";
import type { Dossier, DossierCase, FirstLine } from "../../src/escalations/dossier.ts";
import type { DossierReader } from "../../src/escalations/dossier-for.ts";
import { rankedListMessage, urgentSummary } from "../../src/escalations/messages-deciders.ts";
import { dossierMessage } from "../../src/escalations/messages-dossier.ts";
import { noDecidersMessage } from "../../src/escalations/messages-ladder.ts";
import { askSupportMessage, ownerSilentMessage, patchName } from "../../src/escalations/messages-support.ts";
import { type Outcome, outcomeMessage, ownersAnswerMessage } from "../../src/escalations/messages-told-back.ts";
import { entryWords, feedTitle } from "../../src/feeds/messages.ts";
import type { Recipient } from "../../src/notify/notice.ts";
import type { Language } from "../../src/policy/policy.ts";
import { authorTurnMessage, silenceMessage } from "../../src/silences/messages.ts";
import { AT, EVERYTHING, type KnownFile, OWN, POISON, piece, plainly, privately, WAITING } from "./poison.ts";
import { everyHappening } from "./reasons.ts";

const timezone = "UTC";
const DAY = 24 * 3_600_000;
const patch = {
  id: "10#12",
  repository: "acme-db/engine",
  number: 12,
  title: "Fix it",
  url: "https://github.example/acme-db/engine/pull/12",
  author: "anna",
  openedAt: AT,
};
const shown = { name: "acme-db/engine#12", url: patch.url, title: patch.title };
const reader = (language: Language) => ({ name: "Sato", language, timezone });

const oneCase: DossierCase = {
  reference: POISON.reference,
  title: POISON.title,
  url: `https://support.example/${POISON.reference}`,
  customerId: "own",
  severity: "S2",
  summary: POISON.summary,
  stake: POISON.stake,
  workaround: POISON.workaround,
  neededBy: { date: "2026-04-01", why: POISON.why },
  nextReport: "2026-03-20",
  sinceAt: AT,
  linkedBy: "kenji",
};
const othersCase: DossierCase = {
  ...oneCase,
  reference: POISON.otherReference,
  title: POISON.otherTitle,
  url: `https://support.example/${POISON.otherReference}`,
  customerId: "other",
  severity: "S1",
  summary: POISON.otherSummary,
  stake: POISON.otherStake,
  workaround: POISON.otherWorkaround,
  neededBy: { date: "2026-04-02", why: POISON.otherWhy },
  nextReport: "2026-03-21",
  linkedBy: POISON.otherPerson,
};
/** One whose customer nobody knows may be anybody's. */
const nobodysCase: DossierCase = { ...othersCase, customerId: null };

const LINES: { readonly [Code in FirstLine["code"]]: Extract<FirstLine, { code: Code }> } = {
  anyway: { code: "anyway", missing: ["conflict"], by: "dana", reason: POISON.otherStake },
  "owner-not-heard": { code: "owner-not-heard" },
  "unknown-words": { code: "unknown-words", words: ["stake"] },
  again: { code: "again", askedAt: AT },
  "put-off-is-over": { code: "put-off-is-over", until: AT },
};

export const dossierAbout = (what: Dossier["asked"]["what"]): Dossier => ({
  version: 1,
  at: AT,
  headSha: "a".repeat(40),
  asked: { what, decideByAt: AT + DAY, first: Object.values(LINES) },
  request: { by: "dana", reason: POISON.otherStake },
  patch,
  cases: [oneCase, othersCase, nobodysCase],
  customers: [
    { id: "own", name: POISON.customer, owner: POISON.person, consultant: "kenji", sinceAt: AT },
    { id: "other", name: POISON.otherCustomer, owner: POISON.otherPerson, consultant: POISON.otherPerson, sinceAt: AT },
  ],
  view: null,
  changesRequestedBy: ["mira"],
  waiting: { millis: WAITING.millis, sinceAt: AT },
  held: { maintainer: WAITING.millis, author: 0 },
  dayMillis: WAITING.dayMillis,
  reminders: [{ at: AT, to: ["mira"] }],
  course: [{ at: AT, what: "opened", who: ["anna"] }],
});
const DOSSIERS = [dossierAbout("account-owner"), dossierAbout("deciders")];

const dossiersFor =
  (who: { kind: "owner"; customerId: string } | { kind: "decider" } | { kind: "support" }) => (language: Language) =>
    DOSSIERS.map((each) => {
      const to: DossierReader = { ...who, language, timezone, choices: [] };
      return dossierMessage(each, to);
    });

const OUTCOMES: Readonly<Record<Outcome["kind"], Outcome>> = {
  answered: { kind: "answered", by: "mira" },
  "changes-requested": { kind: "changes-requested", by: "mira" },
  approved: { kind: "approved", by: "mira" },
  taken: { kind: "taken", by: "mira", until: AT },
  "put-off": { kind: "put-off", by: "mira", until: AT, reason: "After 2.0." },
  merged: { kind: "merged", by: "mira" },
  landed: { kind: "landed", by: "mira" },
  superseded: { kind: "superseded", by: "mira" },
  closed: { kind: "closed", by: "mira", isSure: false },
  "not-followed": { kind: "not-followed", by: null },
  gone: { kind: "gone", by: null },
};

const lapse = {
  key: "lapse",
  kind: "warning",
  contract: { plan: "subscription", tier: null, from: "2026-01-01", until: "2026-05-01", targets: {} },
  at: AT,
  countsUntil: "2026-05-31",
  daysLeft: 60,
} as const;

const EVENTS: { readonly [Kind in CustomerEventBody["kind"]]: Extract<CustomerEventBody, { kind: Kind }> } = {
  linked: { kind: "linked" },
  decided: { kind: "decided", decision: "declined" },
  reopened: { kind: "reopened" },
  "put-off": { kind: "put-off", until: "2026-04-01" },
  shipped: { kind: "shipped", tag: "v1", name: "One", url: "https://github.example/acme-db/engine/releases/v1" },
  "workaround-known": { kind: "workaround-known", workaround: POISON.workaround },
};

const followed: DigestPatch = {
  id: patch.id,
  repositoryId: 10,
  name: shown.name,
  url: shown.url,
  title: shown.title,
  gravity: 1,
  turn: "maintainer",
  sinceAt: AT,
  waitsForUs: true,
  asked: ["mira"],
  customerIds: ["own", "other"],
  cases: [
    { reference: POISON.reference, severity: "S2", customerId: "own" },
    { reference: POISON.otherReference, severity: "S1", customerId: "other" },
  ],
  silence: "pause",
  isOwnerSilent: true,
};

const source: DigestSource = {
  patches: [followed, { ...followed, id: "10#13", turn: "author" }],
  proposals: [
    {
      repositoryId: 10,
      patch: shown,
      reference: POISON.otherReference,
      customerId: "other",
      madeBy: "stranger",
    },
  ],
  reports: [
    { reference: POISON.reference, title: POISON.title, severity: "S2", customerId: "own", day: "2026-03-03" },
    {
      reference: POISON.otherReference,
      title: POISON.otherTitle,
      severity: "S1",
      customerId: "other",
      day: "2026-03-03",
    },
  ],
  events: Object.values(EVENTS).flatMap((event) => [
    { customerId: "own", at: AT, reference: POISON.reference, pull: shown, event },
    {
      customerId: "other",
      at: AT,
      reference: POISON.otherReference,
      pull: shown,
      event: event.kind === "workaround-known" ? { ...event, workaround: POISON.otherWorkaround } : event,
    },
  ]),
  lapses: [
    { customerId: "own", lapse },
    { customerId: "other", lapse },
  ],
  unreached: [{ name: POISON.otherPerson, because: "no-address", times: 1 }],
  customerNames: new Map([
    ["own", POISON.customer],
    ["other", POISON.otherCustomer],
  ]),
  mayName: new Map([[10, { references: false, severities: false }]]),
};

const to: Recipient = {
  key: "mail:sato@acme.example",
  name: "Sato",
  login: null,
  email: "sato@acme.example",
  slack: null,
  language: "en",
  timezone,
  hours: null,
};
const nobody: DigestReader = {
  to,
  askedAs: new Set(),
  supports: new Set(),
  consults: new Set(),
  owns: new Set(),
  isQuiet: false,
};
const digestFor = (who: Partial<DigestReader>) => (language: Language) => [
  digestMessage({
    reader: reader(language),
    sections: sectionsFor({ ...nobody, ...who }, source, "2026-03-02"),
    sinceAt: AT,
  }),
];

const concern = { references: [POISON.reference], customers: [POISON.customer], severity: "S2" } as const;

/** Why it can be the author's turn. */
const AUTHORS_TURN: readonly string[] = [
  "changes-requested",
  "maintainer-comment",
  "waiting-for-author",
  "conflict",
  "checks-failing",
];

/** What one account owner may hear, less what of their own customer is support's alone. */
const CONTACT: readonly (keyof typeof POISON)[] = ["reference", "title", "workaround"];

/** To the contact by name; of their cases nothing. */
const contactsLink = { name: POISON.person, url: "https://advocate.example/c/token", until: "2026-06-01" };

export const PRIVATE_TEXTS: Readonly<Record<string, KnownFile>> = {
  "escalations/messages-dossier.ts": {
    dossierMessage: privately(OWN, dossiersFor({ kind: "owner", customerId: "own" })),
    "dossierMessage for an owner of none": privately([], dossiersFor({ kind: "owner", customerId: "nobody's" })),
    "dossierMessage for deciders": privately(EVERYTHING, dossiersFor({ kind: "decider" })),
    "dossierMessage for support": privately(EVERYTHING, dossiersFor({ kind: "support" })),
  },
  "escalations/messages-dossier-details.ts": {
    dossierDetails: piece("below the fold of every dossierMessage"),
    courseByDate: piece("in every dossierMessage"),
    timeInWords: piece("a length of time"),
  },
  "escalations/messages-dossier-en.ts": { DOSSIER_IN_ENGLISH: piece("the words of dossierMessage") },
  "escalations/messages-dossier-ja.ts": { DOSSIER_IN_JAPANESE: piece("the words of dossierMessage") },
  "escalations/messages-deciders.ts": {
    rankedListMessage: privately(EVERYTHING, (language) => [
      rankedListMessage({ language, timezone, dossiers: DOSSIERS }),
    ]),
    // An outside system that wakes people has it: no customer in it.
    urgentSummary: plainly([], () => DOSSIERS.map(urgentSummary)),
  },
  "escalations/messages-support.ts": {
    askSupportMessage: privately(["reference"], (language) => [
      askSupportMessage({
        language,
        timezone,
        patch,
        lacking: (["summary", "stake", "workaround", "severity", "customer"] as const).flatMap((word) =>
          [POISON.reference, null].map((reference) => ({ reference, word })),
        ),
        caseUrls: new Map([[POISON.reference, `https://support.example/${POISON.reference}`]]),
        untilAt: AT,
      }),
    ]),
    ownerSilentMessage: privately(["customer", "person"], (language) => [
      ownerSilentMessage({
        language,
        timezone,
        patch,
        owners: [
          { customer: POISON.customer, name: POISON.person, instead: [] },
          { customer: POISON.customer, name: POISON.person, instead: [POISON.person] },
        ],
        askedAt: AT,
        askedAgainAt: AT,
      }),
    ]),
    patchName: plainly([], () => [patchName(patch)]),
    patchLink: piece("the patch's name, number and title"),
  },
  "escalations/messages-told-back.ts": {
    ownersAnswerMessage: privately(["person", "reason"], (language) =>
      (["no", "wait"] as const).map((kind) =>
        ownersAnswerMessage({
          language,
          timezone,
          patch,
          by: POISON.person,
          answer: { kind, untilAt: AT, reason: POISON.reason },
        }),
      ),
    ),
    outcomeMessage: privately(["customer"], (language) =>
      Object.values(OUTCOMES).map((outcome) =>
        outcomeMessage({ language, timezone, patch, customer: POISON.customer, outcome, wordsUrl: patch.url }),
      ),
    ),
  },
  "escalations/messages-ladder.ts": {
    ANSWER_LABELS: piece("three labels without data"),
    noDecidersMessage: privately(["person"], (language) =>
      [true, false].flatMap((is) => [
        noDecidersMessage({
          language,
          patch,
          unreachable: [
            { name: POISON.person, login: null, because: "no-address" },
            { name: POISON.person, login: null, because: "left" },
          ],
          isSomebodyReached: is,
          isRequested: !is,
        }),
        noDecidersMessage({ language, patch, unreachable: [], isSomebodyReached: false, isRequested: is }),
      ]),
    ),
  },
  "silences/messages.ts": {
    authorTurnMessage: privately(["reference", "customer", "reason", "pull"], (language) =>
      everyHappening.map((asked) =>
        authorTurnMessage({
          reader: reader(language),
          patch: shown,
          concern,
          waiting: WAITING,
          sinceAt: AT,
          asked,
          target: { amount: 3, unit: "d" },
          every: { amount: 5, unit: "d" },
        }),
      ),
    ),
    "authorTurnMessage for an author, who may be anybody": privately([], (language) =>
      everyHappening
        .filter(({ code }) => AUTHORS_TURN.includes(code))
        .map((asked) =>
          authorTurnMessage({
            reader: reader(language),
            patch: shown,
            concern: null,
            waiting: WAITING,
            sinceAt: AT,
            asked,
            target: { amount: 3, unit: "d" },
            every: { amount: 5, unit: "d" },
          }),
        ),
    ),
    silenceMessage: privately(["reference", "customer", "reason", "pull"], (language) =>
      everyHappening.flatMap((because) =>
        (["pause", "unreleased"] as const).map((kind) =>
          silenceMessage({
            reader: reader(language),
            patch: shown,
            concern,
            kind,
            sinceAt: AT,
            waiting: WAITING,
            because,
          }),
        ),
      ),
    ),
  },
  "digests/messages.ts": {
    digestMessage: privately(OWN, digestFor({ owns: new Set(["own"]) })),
    "digestMessage for a maintainer": privately([], digestFor({ askedAs: new Set(["mira"]) })),
    "digestMessage for a consultant": privately(OWN, digestFor({ consults: new Set(["own"]) })),
    "digestMessage for support": privately(EVERYTHING, digestFor({ supports: "all" })),
  },
  "customers/messages.ts": {
    lapsesMessage: privately(["customer"], (language) => [
      lapsesMessage({ reader: reader(language), lapses: [{ customer: POISON.customer, lapse }] }),
    ]),
    lapseLine: piece("a line of lapsesMessage and of digestMessage"),
  },
  "disclosure/messages.ts": {
    privateWordsMessage: privately([], (language) => [
      privateWordsMessage({ reader: reader(language), where: shown, commands: ["/case stake"], isPublic: true }),
    ]),
    namedCustomerMessage: privately(["customer"], (language) => [
      namedCustomerMessage({ reader: reader(language), where: shown, customer: POISON.customer }),
    ]),
    madePublicMessage: privately([], (language) => [
      madePublicMessage({
        reader: reader(language),
        where: shown,
        tellings: [{ number: 12, url: shown.url, references: 1, words: 2 }],
        holdsCases: true,
      }),
    ]),
  },
  "choices/closed-messages.ts": {
    closedQuestionMessage: privately([], (language) => [
      closedQuestionMessage({
        reader: reader(language),
        patch: shown,
        closed: { kind: "declined", at: AT, by: "mira", isSure: false, sureAt: AT },
        answer: { url: "https://pa.example/answer/t", value: "t:declined" },
      }),
    ]),
  },
  "choices/messages.ts": {
    dayOf: piece("a day"),
    minuteOf: piece("a minute"),
    CHOICE_TEXTS: plainly(["person"], (language) => [CHOICE_TEXTS[language].asked(POISON.person, "", "")]),
  },
  "choices/messages-en.ts": { CHOICES_IN_ENGLISH: piece("the words of CHOICE_TEXTS") },
  "choices/messages-ja.ts": { CHOICES_IN_JAPANESE: piece("the words of CHOICE_TEXTS") },
  "choices/closing-messages.ts": {
    closingMessage: privately([], (language) => [
      closingMessage({ language, ...shown, author: "anna", closedBy: "mira", closedAt: "2026-03-02" }),
    ]),
  },
  "choices/slack-texts.ts": { SLACK_TEXTS: piece("words around a question, with nothing of it but who was asked") },
  "feeds/messages.ts": {
    feedTitle: plainly([], (language) => [feedTitle(language)]),
    entryWords: plainly(CONTACT, (language) =>
      Object.values(EVENTS).flatMap((event) => {
        const { title, text } = entryWords(
          { event, case: { reference: POISON.reference, title: POISON.title } },
          language,
        );
        return [title, text];
      }),
    ),
  },
  "board/settings/people-messages.ts": {
    PEOPLE_TEXTS: piece("a page for the team's own people"),
    testMessage: privately(["person"], (language) => [
      testMessage({ language, name: POISON.person, askedBy: POISON.person, owner: "acme-db" }),
    ]),
  },
  "board/sign-in/mail-messages.ts": {
    signInMail: privately(["person"], (language) => [
      signInMail({ language, name: POISON.person, url: "https://advocate.example/sign-in/link/token" }),
    ]),
  },
  "customer-page/mail-messages.ts": {
    linkMessage: privately(["person"], (language) => [linkMessage({ language, ...contactsLink })]),
    linkLetter: plainly(["person"], (language) => Object.values(linkLetter({ language, ...contactsLink }))),
  },
};

/** Files that hold messages without writing any: what is in one was written by a file above. */
export const CARRIERS: Readonly<Record<string, string>> = {
  "choices/about.ts": "reads what a question is about and lets it be written",
  "choices/page.ts": "shows a message as a page",
  "choices/react.ts": "passes on what a question is about",
  "choices/slack-views.ts": "shows a message again in Slack",
  "escalations/told.ts": "addresses a message to whom it is for",
  "notify/blocks.ts": "the parts that messages are made of",
  "notify/deliver.ts": "sends",
  "notify/line.ts": "turns a text for GitHub into a line",
  "notify/notice.ts": "types",
  "notify/render-html.ts": "shows a message as HTML",
  "notify/render-markdown.ts": "shows a message as Markdown",
  "notify/render-slack.ts": "shows a message in Slack",
  "notify/render-text.ts": "shows a message as text",
  "notify/row.ts": "reads a stored message",
  "notify/senders.ts": "takes buttons out of a message",
  "start-messages.ts": "speaks to whoever starts the server, in their own terminal",
};
