// Who gets what in a digest: pure, from what was read of an owner. Nobody reads more than they may know.
import type { Severity } from "../policy/policy.ts";
import type {
  DigestLine,
  DigestPatch,
  DigestReader,
  DigestReport,
  DigestSource,
  PatchLine,
  Section,
  SectionName,
} from "./digest.ts";

const MOST_LINES = 50;
/** A customer who must hear within so many days is named. */
export const REPORT_DAYS = 2;

/** What one reader reads, most urgent section first; none where there is nothing. `today` is the reader's day. */
export function sectionsFor(reader: DigestReader, source: DigestSource, today: string): readonly Section[] {
  const isLookedAfter = (patch: DigestPatch) => supports(reader, patch) || isOfTheirs(patch, reader.consults);
  const isConcerned = (patch: DigestPatch) => isLookedAfter(patch) || isOfTheirs(patch, reader.owns);
  const mine = source.patches.filter(isConcerned);
  const line = (patch: DigestPatch) => patchLine(patch, reader, source);
  const all: Record<SectionName, Listed> = {
    asked: listed(reader.isQuiet ? [] : askedOf(reader, source), (patch) => askedLine(patch, source)),
    reports: listed(reportsFor(reader, source, today), asIs),
    ours: listed(ranked(mine.filter((patch) => patch.turn === "author")), line),
    theirs: listed(
      ranked(source.patches.filter((patch) => patch.turn === "maintainer" && isOfTheirs(patch, reader.owns))),
      line,
    ),
    "owner-silent": listed(ranked(mine.filter((patch) => patch.isOwnerSilent)), line),
    silences: listed(
      [...ranked(mine.filter((patch) => patch.silence !== null)), ...lapsesFor(reader, source)],
      (each): DigestLine => ("kind" in each ? each : line(each)),
    ),
    moved: listed(movedFor(reader, source), asIs),
    proposals: listed(proposalsFor(reader, source), asIs),
    unreached: listed(reader.supports === "all" ? source.unreached : [], (unreached) => ({
      kind: "unreached",
      unreached,
    })),
  };
  return bounded(ORDER.map((name) => ({ name, ...all[name] })));
}

/** What a section holds: somebody may have a hundred thousand lines, and reads fifty. */
type Listed = { readonly count: number; readonly first: (most: number) => readonly DigestLine[] };

const listed = <Item>(items: readonly Item[], line: (item: Item) => DigestLine): Listed => ({
  count: items.length,
  first: (most) => items.slice(0, most).map(line),
});

const asIs = (line: DigestLine): DigestLine => line;

const ORDER: readonly SectionName[] = [
  "reports",
  "owner-silent",
  "ours",
  "asked",
  "theirs",
  "silences",
  "proposals",
  "unreached",
  "moved",
];

/** At most fifty lines in all: what comes first has the room. */
function bounded(sections: readonly (Listed & { readonly name: SectionName })[]): readonly Section[] {
  let room = MOST_LINES;
  return sections
    .filter(({ count }) => count > 0)
    .map(({ name, count, first }) => {
      const lines = first(room);
      room -= lines.length;
      return { name, lines, more: count - lines.length };
    });
}

const supports = ({ supports: where }: DigestReader, { repositoryId }: Pick<DigestPatch, "repositoryId">): boolean =>
  where === "all" || where.has(repositoryId);

const isOfTheirs = ({ customerIds }: DigestPatch, customers: ReadonlySet<string>): boolean =>
  customerIds.some((id) => customers.has(id));

/** Whether somebody may know that this is of this customer. */
function mayKnow(reader: DigestReader, customerId: string | null, patch: DigestPatch | null): boolean {
  if (reader.supports === "all") return true;
  if (patch !== null && supports(reader, patch)) return true;
  return customerId !== null && (reader.consults.has(customerId) || reader.owns.has(customerId));
}

const ranked = (patches: readonly DigestPatch[]): readonly DigestPatch[] =>
  patches.toSorted(
    (a, b) =>
      a.gravity - b.gravity ||
      Number(b.waitsForUs) - Number(a.waitsForUs) ||
      a.sinceAt - b.sinceAt ||
      (a.name < b.name ? -1 : 1),
  );

function patchLine(patch: DigestPatch, reader: DigestReader, source: DigestSource): PatchLine {
  const cases = patch.cases.filter((each) => mayKnow(reader, each.customerId, patch));
  return {
    kind: "patch",
    patch: nameOf(patch),
    sinceAt: patch.sinceAt,
    customers: patch.customerIds
      .filter((id) => mayKnow(reader, id, patch))
      .flatMap((id) => source.customerNames.get(id) ?? []),
    references: cases.map((each) => each.reference),
    severity: gravest(cases.map((each) => each.severity)),
    isListed: patch.waitsForUs,
    silence: patch.silence,
  };
}

function askedOf(reader: DigestReader, source: DigestSource): readonly DigestPatch[] {
  return ranked(
    source.patches.filter(
      (patch) => patch.turn === "maintainer" && patch.asked.some((each) => reader.askedAs.has(each)),
    ),
  );
}

/** A maintainer reads no customer's name, and no more than what may be said in the repository. */
function askedLine(patch: DigestPatch, source: DigestSource): PatchLine {
  const may = source.mayName.get(patch.repositoryId);
  const { cases } = patch;
  return {
    kind: "patch",
    patch: nameOf(patch),
    sinceAt: patch.sinceAt,
    customers: [],
    references: may?.references === true ? cases.map((each) => each.reference) : [],
    severity: may?.severities === true ? gravest(cases.map((each) => each.severity)) : null,
    isListed: false,
    silence: null,
  };
}

const nameOf = ({ name, url, title }: DigestPatch): PatchLine["patch"] => ({ name, url, title });

function gravest(severities: readonly (Severity | null)[]): Severity | null {
  return severities.filter((each) => each !== null).toSorted()[0] ?? null;
}

function reportsFor(reader: DigestReader, source: DigestSource, today: string): readonly DigestLine[] {
  const last = Temporal.PlainDate.from(today).add({ days: REPORT_DAYS }).toString();
  const isTheirs = ({ customerId }: DigestReport) =>
    reader.supports === "all" || (customerId !== null && reader.consults.has(customerId));
  return source.reports
    .filter((report) => isTheirs(report) && report.day <= last)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : gravityOf(a) - gravityOf(b)))
    .map((report) => ({
      kind: "report",
      customer: report.customerId === null ? null : (source.customerNames.get(report.customerId) ?? null),
      report,
      days: Temporal.PlainDate.from(today).until(report.day, { largestUnit: "day" }).days,
    }));
}

const gravityOf = ({ severity }: DigestReport): number => (severity === null ? 5 : Number(severity.slice(1)));

/** Account owners and support hear that contracts lapse; consultants do not. */
function lapsesFor(reader: DigestReader, source: DigestSource): readonly DigestLine[] {
  return source.lapses
    .filter(({ customerId }) => reader.supports === "all" || reader.owns.has(customerId))
    .toSorted((a, b) => a.lapse.daysLeft - b.lapse.daysLeft)
    .map(({ customerId, lapse }) => ({
      kind: "lapse",
      customer: source.customerNames.get(customerId) ?? customerId,
      lapse,
    }));
}

function movedFor(reader: DigestReader, source: DigestSource): readonly DigestLine[] {
  return source.events
    .filter(({ customerId }) => mayKnow(reader, customerId, null))
    .map((event) => ({
      kind: "event",
      customer: source.customerNames.get(event.customerId) ?? event.customerId,
      event,
    }));
}

function proposalsFor(reader: DigestReader, source: DigestSource): readonly DigestLine[] {
  return source.proposals
    .filter(
      (proposal) =>
        supports(reader, proposal) || (proposal.customerId !== null && reader.consults.has(proposal.customerId)),
    )
    .map((proposal) => ({ kind: "proposal", proposal }));
}
