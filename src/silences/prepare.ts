// What a decision tells privately of a silence, made ready before its transaction, since supporters may have to be asked of GitHub. Apart from the
// commit, which keeps it.
import type { Customer } from "../customers/customer.ts";
import type { Tx } from "../db/database.ts";
import type { NewNotice } from "../notify/notice.ts";
import { supportRecipients } from "../notify/recipients.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Decision } from "../patches/decide.ts";
import type { Gathered } from "../patches/gather.ts";
import { confirmedOpen, gravestSeverity } from "../patches/situation.ts";
import { workedSince } from "../patches/standing.ts";
import type { Wiring } from "../patches/wiring.ts";
import { dayMillis, workingMillis } from "../policy/calendar.ts";
import { authorSideRecipients, consultantsOf } from "./author-side.ts";
import type { Silence } from "./decide.ts";
import { authorTurnMessage, type ConcernWords, type PatchWords, silenceMessage } from "./messages.ts";
import { endTold, type NewTold, noteTold, openTold } from "./store.ts";

export type PreparedTelling = {
  readonly notices: readonly NewNotice[];
  readonly told: readonly NewTold[];
  /** Keys of what was told and holds no longer. */
  readonly ended: readonly string[];
  /** The author's side hears privately, so that nothing is to be said on the pull request. */
  readonly isAuthorTold: boolean;
};

/** What is told privately because of this decision. @throws where GitHub has to be asked who is support, and cannot. */
export async function prepareTelling(wiring: Wiring, gathered: Gathered, decision: Decision): Promise<PreparedTelling> {
  const { row, situation } = gathered;
  const open = await openTold(wiring.database.db, row.id);
  const { silence, standing } = decision;
  const held = new Set([silence?.key, ...(standing.turn === "author" ? [authorTurnKey(gathered, decision)] : [])]);
  const ended = open.filter(({ key, kind }) => KINDS.has(kind) && !held.has(key)).map(({ key }) => key);
  const nothing: PreparedTelling = { notices: [], told: [], ended, isAuthorTold: false };
  if (situation.mode !== "act") return nothing;
  if (decision.step.kind === "tell-author") return { ...nothing, ...(await tellAuthor(wiring, gathered, decision)) };
  if (silence === null || silence.dueAt > situation.now || open.some(({ key }) => key === silence.key)) return nothing;
  return { ...nothing, ...(await tellSilence(wiring, gathered, { decision, silence })) };
}

/** Keeps it in the decision's transaction. */
export async function keepTelling(tx: Tx, telling: PreparedTelling, now: number): Promise<void> {
  await endTold(tx, telling.ended, now);
  let isNews = telling.told.length === 0;
  for (const each of telling.told) if (await noteTold(tx, each)) isNews = true;
  if (isNews) await enqueueNotices(tx, telling.notices, now);
}

const KINDS: ReadonlySet<string> = new Set(["author-turn", "pause", "unreleased"]);

const authorTurnKey = ({ row }: Gathered, { standing }: Decision): string =>
  `author-turn:${row.id}:${standing.sinceAt}`;

async function tellAuthor(wiring: Wiring, gathered: Gathered, decision: Decision): Promise<Partial<PreparedTelling>> {
  const { row, place, situation, customers } = gathered;
  const { standing } = decision;
  const { targets, reminders } = place.policy;
  const recipients = await authorSideRecipients(wiring, gathered);
  if (recipients.length === 0) return {};
  const key = authorTurnKey(gathered, decision);
  const notices = recipients.map((to): NewNotice => {
    const isAuthor = to.login?.toLowerCase() === row.author_login.toLowerCase();
    const theirs = customers.filter((each) => each.consultant?.github.toLowerCase() === to.login?.toLowerCase());
    return {
      ...common(gathered, decision.because),
      kind: "author-turn",
      key: `${key}:${to.key}`,
      to,
      message: authorTurnMessage({
        reader: to,
        patch: patchWords(wiring, gathered),
        concern: isAuthor ? null : concernFor(gathered, theirs),
        waiting: {
          millis: workedSince(standing.stretches, "author", { fromAt: standing.sinceAt, calendar: situation.clock }),
          dayMillis: dayMillis(situation.clock),
        },
        sinceAt: standing.sinceAt,
        asked: standing.because,
        target: targets.author,
        every: reminders.every,
      }),
    };
  });
  const told: NewTold = {
    key,
    kind: "author-turn",
    ownerId: row.owner_id,
    patchId: row.id,
    customerId: null,
    at: situation.now,
  };
  return { notices, told: [told], isAuthorTold: true };
}

async function tellSilence(
  wiring: Wiring,
  gathered: Gathered,
  { decision, silence }: { decision: Decision; silence: Silence },
): Promise<Partial<PreparedTelling>> {
  const { row, place, situation } = gathered;
  const { officeHours, now } = situation;
  const support = (await supportRecipients(wiring, place)).reached;
  const consultants = await consultantsOf(wiring, gathered);
  const readers = [
    ...support.map((to) => ({ to, concern: concernFor(gathered, null) })),
    ...consultants
      .filter(({ recipient }) => !support.some((each) => each.key === recipient.key))
      .map(({ recipient, theirs }) => ({ to: recipient, concern: concernFor(gathered, theirs) })),
  ];
  const waiting = {
    millis: workingMillis(officeHours, silence.sinceAt, now),
    dayMillis: dayMillis(officeHours),
  };
  const notices = readers.map(
    ({ to, concern }): NewNotice => ({
      ...common(gathered, silence.because),
      kind: `silence-${silence.kind}`,
      key: `${silence.key}:${to.key}`,
      to,
      message: silenceMessage({
        reader: to,
        patch: patchWords(wiring, gathered),
        concern,
        kind: silence.kind,
        sinceAt: silence.sinceAt,
        waiting,
        because: decision.standing.because,
      }),
    }),
  );
  const told: NewTold = {
    key: silence.key,
    kind: silence.kind,
    ownerId: row.owner_id,
    patchId: row.id,
    customerId: null,
    at: now,
  };
  return { notices, told: [told] };
}

const common = ({ row, situation }: Gathered, because: string) => ({
  ownerId: row.owner_id,
  patchId: row.id,
  because,
  runAfter: situation.now,
  channel: "person" as const,
  thread: row.id,
  isUrgent: false,
});

const patchWords = ({ addresses }: Pick<Wiring, "addresses">, { row, place }: Gathered): PatchWords => {
  const repository = `${place.repository.owner_login}/${place.repository.name}`;
  return {
    name: `${repository}#${row.number}`,
    url: `${addresses.webUrl}/${repository}/pull/${row.number}`,
    title: row.title,
  };
};

/** Whom it is for, as far as the reader may know: all of it to support (`theirs` null), to others only what is of their own customers. */
function concernFor({ situation, customers }: Gathered, theirs: readonly Customer[] | null): ConcernWords {
  const mayKnow = (id: string | null) => theirs === null || (id !== null && theirs.some((each) => each.id === id));
  const cases = confirmedOpen(situation.cases).filter((each) => mayKnow(each.customerId));
  return {
    references: cases.map((each) => each.reference),
    customers: customers.filter((each) => mayKnow(each.id)).map((each) => each.name),
    severity: gravestSeverity(cases),
  };
}
