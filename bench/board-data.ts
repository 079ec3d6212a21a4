// A large organisation's board: patches, most of them in one repository, with cases, customers, and everything that its pages read. Made up
// by a fixed rule, so that each run stores the same.
import { sql } from "kysely";
import { parseCustomers } from "../src/customers/parse.ts";
import { importCustomers } from "../src/customers/store-import.ts";
import type { Database, Tx } from "../src/db/database.ts";
import { ownerId } from "../src/github/refs.ts";
import type { StoredStanding } from "../src/patches/stored-standing.ts";
import { keepPolicy, ownerScope } from "../src/policy/store.ts";

export const OWNER = 1;
export const INSTALLATION = 7;
export const NOW = Date.parse("2026-06-10T03:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REPOSITORIES = 100;
const POLICY = `version: 1
mode: act
support: [dana]
maintainers: [mira]
escalation: { deciders: [boss] }
`;

export type Size = { readonly patches: number; readonly cases: number; readonly customers: number };

/** Nine of ten patches are in the first repository; half of all are open and followed. */
const repositoryOf = (n: number): number => (n % 10 === 0 ? 2 + (n % REPOSITORIES) : 1);
export const patchIdOf = (n: number): string => `${repositoryOf(n)}#${n}`;
const isOpen = (n: number): boolean => n % 2 === 0;
const customerOf = (n: number, { customers }: Size): string => `customer-${n % customers}`;
const openedAtOf = (n: number): number => NOW - DAY * (1 + (n % 700)) - (n % 977) * 60_000;
const severityOf = (n: number) => (["S1", "S2", "S3", "S4", null] as const)[n % 17 === 0 ? 0 : 1 + (n % 4)] ?? null;
const gravityOf = (n: number): number => (n % 17 === 0 ? 1 : 2 + (n % 4));

export async function fillBoard(database: Database, size: Size): Promise<void> {
  const { db } = database;
  await keepPolicy(db, {
    scope: ownerScope(ownerId(OWNER)),
    path: ".github/patch-advocate.yml",
    isFound: true,
    goodText: POLICY,
    goodAt: NOW - 800 * DAY,
    errors: [],
    sha: "0".repeat(40),
    checkedAt: NOW,
  });
  await db
    .insertInto("installations")
    .values({
      id: INSTALLATION,
      owner_id: OWNER,
      owner_login: "acme-db",
      owner_type: "Organization",
      state: "active",
      permissions: "{}",
      installed_at: NOW - 900 * DAY,
      parked_until: null,
      parked_because: null,
    })
    .execute();
  await db
    .insertInto("repositories")
    .values(Array.from({ length: REPOSITORIES + 2 }, (_, index) => repository(index + 1)))
    .execute();
  await fillCustomers(database, size);
  await inBatches(database, size.cases, (tx, all) =>
    tx
      .insertInto("cases")
      .values(all.map((n) => caseRow(n, size)))
      .execute(),
  );
  await inBatches(database, size.patches, async (tx, all) => {
    await tx.insertInto("patches").values(all.map(patch)).execute();
    await tx.insertInto("facts").values(all.flatMap(facts)).execute();
    await tx.insertInto("decisions").values(all.flatMap(decisions)).execute();
    await tx.insertInto("patch_times").values(all.map(times)).execute();
    const linked = all.filter((n) => n % 5 < 3);
    await tx
      .insertInto("patch_customers")
      .values(linked.map((n) => ({ patch_id: patchIdOf(n), customer_id: customerOf(n, size), owner_id: OWNER })))
      .execute();
    await tx
      .insertInto("links")
      .values(linked.map((n) => link(n, size)))
      .execute();
    const reminded = all.filter((n) => n % 3 === 0);
    await tx.insertInto("reminders").values(reminded.map(reminder)).execute();
    await tx.insertInto("effects").values(reminded.map(effect)).execute();
    const risen = all.filter((n) => n % 20 === 0);
    if (risen.length === 0) return;
    await tx.insertInto("escalations").values(risen.map(escalation)).execute();
    await tx.insertInto("escalation_steps").values(risen.flatMap(step)).execute();
  });
  await sql`analyze`.execute(db);
}

async function fillCustomers(database: Database, size: Size): Promise<void> {
  const lines = Array.from(
    { length: size.customers },
    (_, n) => `  - id: customer-${n}
    name: Customer ${n}
    timezone: Asia/Tokyo
    owner: { name: Owner ${n % 40}, email: owner${n % 40}@acme.example, language: en }
    consultant: { github: consultant${n % 25} }
    logins: [dev-${n}]
    contacts: [{ name: Contact ${n}, email: contact@customer-${n}.example, language: ja }]
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
      - { plan: consulting, from: 2026-01-01, until: 2026-12-31 }`,
  );
  const read = parseCustomers(`customers:\n${lines.join("\n")}\n`, "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems.slice(0, 3)));
  await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(OWNER), read, now: NOW - 600 * DAY }));
}

async function inBatches(
  database: Database,
  count: number,
  insert: (tx: Tx, all: readonly number[]) => Promise<unknown>,
): Promise<void> {
  const step = 500;
  for (let from = 1; from <= count; from += step * 20) {
    await database.transaction(async (tx) => {
      for (let at = from; at <= Math.min(count, from + step * 20 - 1); at += step)
        await insert(
          tx,
          Array.from({ length: Math.min(step, count - at + 1) }, (_, index) => at + index),
        );
    });
  }
}

function repository(id: number) {
  return {
    id,
    node_id: `R_${id}`,
    installation_id: INSTALLATION,
    owner_id: OWNER,
    owner_login: "acme-db",
    name: id === 1 ? "engine" : `tools-${id}`,
    visibility: id % 3 === 0 ? ("private" as const) : ("public" as const),
    default_branch: "main",
    is_archived: 0 as const,
    made_public_at: null,
    seen_at: NOW,
  };
}

function caseRow(n: number, size: Size) {
  return {
    id: n,
    owner_id: OWNER,
    repository_id: null,
    number: null,
    reference: `CASE-${n}`,
    title: `The server stops under load, as seen by customer ${n % size.customers}`,
    customer_id: customerOf(n, size),
    severity: severityOf(n),
    state: n % 3 === 0 ? ("closed" as const) : ("open" as const),
    summary: "The server stops when two clients write at once. The fix takes the lock in the right order.",
    stake: null,
    workaround: n % 4 === 0 ? "Write from one client." : null,
    needed_by: n % 6 === 0 ? "2026-07-01" : null,
    needed_by_why: null,
    next_report: null,
    assignee: `consultant${n % 25}`,
    url: `https://support.acme.example/CASE-${n}`,
    stamps: "{}",
    created_at: NOW - DAY * (1 + (n % 700)),
  };
}

function standing(n: number): StoredStanding {
  const sinceAt = openedAtOf(n);
  const turn = n % 4 === 0 ? "author" : "maintainer";
  const because = { code: "opened-ready", by: "dev", at: sinceAt } as const;
  const next = {
    code: "reminder-due",
    target: { amount: 5, unit: "d" },
    severity: severityOf(n),
  } as const;
  return {
    turn,
    sinceAt,
    because,
    clockMillis: (n % 60) * 8 * HOUR,
    heldMillis: { maintainer: (n % 60) * 8 * HOUR, author: 0 },
    round: "1",
    step: { kind: "wait", because: next },
    next: { at: NOW + HOUR * (1 + (n % 100)), because: next },
    waitsForUs: turn === "author" && n % 8 === 0,
    asked: ["login:mira"],
    mode: "act",
    labelsHash: "",
  };
}

function patch(n: number) {
  const stored = standing(n);
  return {
    id: patchIdOf(n),
    repository_id: repositoryOf(n),
    number: n,
    owner_id: OWNER,
    pull_request_id: n,
    node_id: `PR_${n}`,
    title: `Take the lock in the right order (${n})`,
    body: "",
    author_id: 1000 + (n % 300),
    author_login: `dev-${n % 300}`,
    author_is_bot: 0 as const,
    state: isOpen(n) ? ("open" as const) : ("closed" as const),
    is_draft: 0 as const,
    is_merged: isOpen(n) ? (0 as const) : (1 as const),
    merge_sha: null,
    opened_at: openedAtOf(n),
    head_sha: "0".repeat(40),
    base_ref: "main",
    requested_reviewers: '[{"id":1,"login":"mira"}]',
    requested_teams: "[]",
    label_names: '["customer"]',
    seen_at: NOW - HOUR,
    due_at: isOpen(n) ? NOW + HOUR * (1 + (n % 100)) : null,
    decided_at: NOW - HOUR * (1 + (n % 500)),
    standing: JSON.stringify(stored),
    turn: isOpen(n) ? stored.turn : ("nobody" as const),
    turn_since_at: stored.sinceAt,
    waits_for_us: stored.waitsForUs ? (1 as const) : (0 as const),
    is_tracked: 1 as const,
    gravity: gravityOf(n),
    wanted_labels: '["customer"]',
  };
}

function facts(n: number) {
  const at = openedAtOf(n);
  const fact = (kind: string, after: number, data: object) => ({
    patch_id: patchIdOf(n),
    key: `${kind}:${n}`,
    kind,
    at: at + after,
    actor_id: 1000 + (n % 300),
    actor_login: `dev-${n % 300}`,
    data: JSON.stringify(data),
  });
  return [
    fact("opened", 0, { isDraft: false }),
    fact("pushed", HOUR, { headSha: "0".repeat(40) }),
    isOpen(n)
      ? fact("commented", 2 * HOUR, { mentions: { logins: [], teams: [] }, isOnlyCommands: false })
      : fact("merged", 200 * HOUR, {}),
  ];
}

const decisions = (n: number) =>
  [1, 2, 3].map((which) => ({
    owner_id: OWNER,
    patch_id: patchIdOf(n),
    at: openedAtOf(n) + which * DAY,
    kind: which === 2 ? "remind" : "wait",
    because: which === 2 ? "no answer for 5 working days" : "a reminder is due",
    data: JSON.stringify({ turn: "maintainer", mode: "act", labels: ["customer"] }),
  }));

function times(n: number) {
  const decidedAt = isOpen(n) ? null : openedAtOf(n) + 200 * HOUR;
  const isRisen = n % 20 === 1;
  return {
    patch_id: patchIdOf(n),
    owner_id: OWNER,
    repository_id: repositoryOf(n),
    opened_at: openedAtOf(n),
    first_response_at: openedAtOf(n) + 30 * HOUR,
    response_millis: 10 * HOUR,
    escalated_at: isRisen ? openedAtOf(n) + 150 * HOUR : null,
    decided_at: decidedAt,
    decision: decidedAt === null ? null : "merged",
    decision_millis: decidedAt === null ? null : (20 + (n % 90)) * HOUR,
    escalated_decision_millis: decidedAt !== null && isRisen ? (4 + (n % 9)) * HOUR : null,
    released_at: null,
    release_tag: null,
    release_millis: null,
  };
}

function link(n: number, size: Size) {
  return {
    case_id: 1 + (n % size.cases),
    patch_id: patchIdOf(n),
    owner_id: OWNER,
    state: n % 11 === 0 ? ("proposed" as const) : ("confirmed" as const),
    made_by: n % 100 < 3 ? "dana" : `supporter${n % 50}`,
    is_by_support: 1 as const,
    made_where: "https://github.com/acme-db/engine",
    made_at: openedAtOf(n) + HOUR,
    carried_from: null,
  };
}

function reminder(n: number) {
  return {
    patch_id: patchIdOf(n),
    round: "1",
    n: 1,
    decided_at: openedAtOf(n) + 2 * DAY,
    sent_at: openedAtOf(n) + 2 * DAY,
    comment_id: n,
    comment_node_id: `IC_${n}`,
    addressees: JSON.stringify([
      n % 2 === 0
        ? { kind: "team", key: "acme-db/engine", isMentioned: true }
        : { kind: "person", key: "mira", isMentioned: true },
    ]),
    state: "sent" as const,
  };
}

function effect(n: number) {
  return {
    key: `reminder:${patchIdOf(n)}:1:1`,
    installation_id: INSTALLATION,
    lane: patchIdOf(n),
    kind: "reminder",
    body: "{}",
    because: "no answer for 5 working days",
    state: "done" as const,
    run_after: openedAtOf(n) + 2 * DAY,
    created_at: openedAtOf(n) + 2 * DAY,
    finished_at: openedAtOf(n) + 2 * DAY,
  };
}

function escalation(n: number) {
  return {
    id: n,
    owner_id: OWNER,
    patch_id: patchIdOf(n),
    opened_at: openedAtOf(n) + 5 * DAY,
    cause: "reminders" as const,
    because: "2 reminders went unanswered",
    asked_by: null,
    reason: null,
    severity: severityOf(n),
    state: "deciders" as const,
    state_at: openedAtOf(n) + 6 * DAY,
    round: "1",
    wait_until: null,
    decide_by: NOW + DAY,
    times_asked: 1,
    paused_at: null,
    paused_because: null,
    ended_at: null,
    outcome: null,
  };
}

const step = (n: number) =>
  ["opened", "deciders"].map((kind, index) => ({
    key: `${kind}:${n}`,
    escalation_id: n,
    patch_id: patchIdOf(n),
    at: openedAtOf(n) + (5 + index) * DAY,
    kind,
    addressees: "[]",
    because: "2 reminders went unanswered",
    cause_key: null,
    dossier: null,
    head_sha: null,
    outcome: null,
    outcome_at: null,
  }));
