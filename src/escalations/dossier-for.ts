// What of a dossier its reader may know, cut out before a word is made of it: each account owner sees their own customer's cases and, of
// others, only how many wait. Pure, and apart from the texts, so that no text can forget it.

import type { Choice } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { Dossier, DossierCase, DossierCustomer, FirstLine, Recommendation } from "./dossier.ts";
import { gravestOf } from "./dossier.ts";
import type { LackingWord } from "./escalation.ts";

export type DossierReader = (
  | {
      readonly kind: "owner";
      readonly customerId: string;
      /** Whose answer they give, because the account owner cannot be reached; null where nobody is known to own the account. */
      readonly insteadOf?: string | null;
    }
  | { readonly kind: "decider" }
  | { readonly kind: "support" }
) & {
  readonly language: Language;
  /** IANA, the reader's own. */
  readonly timezone: string;
  readonly choices: readonly Choice[];
};

/** A dossier as one reader may know it. The whole one is not part of it. */
export type ReadableDossier = Omit<Dossier, "asked"> & {
  readonly what: Dossier["asked"]["what"];
  readonly decideByAt: number | null;
  readonly first: readonly FirstLine[];
  readonly severity: Dossier["cases"][number]["severity"];
  /** How many customers wait beside those who are shown. */
  readonly otherCustomers: number;
  readonly unknownWords: readonly LackingWord["word"][];
  readonly recommendation: Recommendation | null;
};

export function readableBy(dossier: Dossier, reader: DossierReader): ReadableDossier {
  const { asked, ...rest } = dossier;
  const isOwn = (customerId: string | null) => reader.kind !== "owner" || customerId === reader.customerId;
  const cases = dossier.cases.filter((each) => isOwn(each.customerId));
  const customers = dossier.customers.filter((each) => isOwn(each.id));
  const isShared = cases.length < dossier.cases.length || customers.length < dossier.customers.length;
  return {
    ...rest,
    cases,
    customers,
    what: asked.what,
    decideByAt: asked.decideByAt,
    first: asked.first.flatMap((line) => firstLineFor(line, { isShared, unknown: unknownWords(cases) })),
    request: isShared && dossier.request !== null ? { ...dossier.request, reason: null } : dossier.request,
    severity: gravestOf(cases),
    otherCustomers: dossier.customers.length - customers.length,
    unknownWords: unknownWords(cases),
    recommendation: recommendationOf(dossier, { cases, customers }),
  };
}

/** Whether it tells of that customer's side alone; of a case whose customer nobody has named, that all are such. */
export function isOnlyOf({ cases, customers }: Dossier, customerId: string | null): boolean {
  const isOther = (id: string) => customerId !== null && id !== customerId;
  return cases.every((each) => each.customerId === customerId) && !customers.some(({ id }) => isOther(id));
}

function firstLineFor(
  line: FirstLine,
  shown: { readonly isShared: boolean; readonly unknown: readonly LackingWord["word"][] },
): readonly FirstLine[] {
  switch (line.code) {
    case "anyway":
      // Somebody's reason may speak of any customer of the patch.
      return [shown.isShared ? { ...line, reason: null } : line];
    case "unknown-words": {
      const words = line.words.filter((word) => shown.unknown.includes(word));
      return words.length === 0 ? [] : [{ ...line, words }];
    }
    default:
      return [line];
  }
}

const WORDS = ["customer", "severity", "summary", "stake", "workaround"] as const;

function unknownWords(cases: readonly DossierCase[]): readonly LackingWord["word"][] {
  if (cases.length === 0) return WORDS;
  return WORDS.filter((word) => cases.some((each) => (word === "customer" ? each.customerId : each[word]) === null));
}

/** There is no command for it: a supporter who wrote or linked a patch stands for it. */
function recommendationOf(
  { patch, changesRequestedBy, view }: Dossier,
  shown: { readonly cases: readonly DossierCase[]; readonly customers: readonly DossierCustomer[] },
): Recommendation | null {
  const consultants = shown.customers.flatMap((each) => each.consultant ?? []);
  const isConsultant = (login: string) => consultants.some((each) => each.toLowerCase() === login.toLowerCase());
  const linkers = shown.cases.flatMap((each) => each.linkedBy ?? []);
  const by = isConsultant(patch.author) ? patch.author : (linkers.find(isConsultant) ?? linkers[0]);
  if (by === undefined) return null;
  const hasOpenRequests =
    changesRequestedBy.length > 0 ||
    (view?.checks.some((each) => each.isRequired && each.state === "failing") ?? false);
  return {
    answer: hasOpenRequests ? "take-with-changes" : "take",
    by,
    as: isConsultant(by) ? "consultant" : "supporter",
    did: by.toLowerCase() === patch.author.toLowerCase() ? "wrote" : "linked",
    severity: gravestOf(shown.cases),
    hasNoWorkaround: shown.cases.length > 0 && shown.cases.every((each) => each.workaround === "none"),
  };
}
