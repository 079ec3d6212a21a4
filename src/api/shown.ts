// What the API shows of patches and cases, as JSON. Pure; docs/openapi.json describes the same, and tests hold the two together.
import type { PatchRowShown } from "../board/waiting/rows.ts";
import type { CaseRow } from "../cases/store.ts";
import { insideBecauseOf } from "../patches/reasons.ts";
import type { PatchOfCase } from "./store.ts";

const HOUR_MILLIS = 3_600_000;

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** `webUrl` is GitHub's, without a slash at the end. */
export function shownPatch(row: PatchRowShown, { owner, webUrl }: { readonly owner: string; readonly webUrl: string }) {
  const { stands } = row;
  const repository = `${owner}/${row.repository}`;
  return {
    repository,
    number: row.number,
    title: row.title,
    url: `${webUrl}/${repository}/pull/${row.number}`,
    severity: row.severity,
    customers: row.customers.map(({ id, name }) => ({ id, name })),
    cases: row.cases.map(({ reference, title, severity, summary }) => ({ reference, title, severity, summary })),
    state: stands.kind,
    waiting: stands.kind === "waiting" ? shownWaiting(stands) : null,
    ended: stands.kind === "ended" ? { how: stands.how, at: instant(stands.at), release: stands.release } : null,
  };
}

function shownWaiting({
  turn,
  sinceAt,
  waited,
  waitsForUs,
  next,
}: Extract<PatchRowShown["stands"], { kind: "waiting" }>) {
  return {
    turn,
    since: instant(sinceAt),
    workingHours: waited === null ? null : Math.round((waited.millis / HOUR_MILLIS) * 100) / 100,
    waitsForUs,
    next: { at: instant(next.at), because: insideBecauseOf(next.because) },
  };
}

export function shownCase(row: CaseRow, patches: readonly PatchOfCase[]) {
  return {
    reference: row.reference,
    title: row.title,
    customer: row.customer_id,
    severity: row.severity,
    state: row.state,
    summary: row.summary,
    stake: row.stake,
    workaround: row.workaround,
    neededBy: row.needed_by === null ? null : { date: row.needed_by, why: row.needed_by_why },
    nextReport: row.next_report,
    assignee: row.assignee,
    url: row.url,
    knownSince: instant(row.created_at),
    patches: patches.map(({ repository, number, state }) => ({ repository, number, link: state })),
  };
}
