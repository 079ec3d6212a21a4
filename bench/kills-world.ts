// Who and what there is on the emulated GitHub while bench/kills runs, and what people do there, by a seed. Owners are many, since what the
// product may write for each is limited by the hour.
import { parseCases } from "../src/cases/import.ts";
import { checkCaseCustomers, importCases } from "../src/cases/store-import.ts";
import { parseCustomers } from "../src/customers/parse.ts";
import { importCustomers } from "../src/customers/store-import.ts";
import type { Database } from "../src/db/database.ts";
import { ownerId } from "../src/github/refs.ts";
import type { CommentRef, ConversationRef, GitHub, GitHubOptions } from "../test/support/github/github.ts";

/** Seconds, so that reminders and the ladder fall due all the time. */
const POLICY = `version: 1
mode: act
support: [dana]
maintainers: [mira]
escalation: { deciders: [noel], owner-within: 3s, decide-within: 3s, per-decider-per-week: 1000 }
calendar: always
digest: false
targets: { S1: 1s, S2: 1s, S3: 1s, S4: 1s, none: 1s, author: 2s }
reminders: { every: 2s, limit: 2, per-repository-per-day: 1000, per-maintainer-per-week: 1000 }
cases: { references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }] }
`;
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2020-01-01, until: 2099-12-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example }
  - { github: noel, name: Noel, email: noel@acme.example }
`;
const CASES = 40;

/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const owners = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `owner-${n}`);

/** Of a name of its own, since whoever forks two of one name has one fork. */
const repositoryOf = (login: string): string => `${login}/engine-${login}`;

export function gitHubOf(count: number): Omit<GitHubOptions, "webhookSecret"> {
  return {
    users: ["sb-dev1"],
    organizations: owners(count).map((login) => ({ login, members: ["mira", "noel", "dana", "kenji"] })),
    repositories: owners(count).map((login) => ({
      name: repositoryOf(login),
      visibility: "public",
      collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
      files: { ".github/patch-advocate.yml": POLICY },
    })),
    installations: owners(count).map((account) => ({ account, repositories: "all" })),
  };
}

/** Every owner's customers and cases, as the imports write them. */
export async function importAll(database: Database, github: GitHub, count: number): Promise<void> {
  const customers = parseCustomers(CUSTOMERS, "yaml");
  if (customers.kind !== "file") throw new Error(JSON.stringify(customers.problems));
  const cases = Array.from({ length: CASES }, (_, n) => ({
    reference: `CASE-${n}`,
    title: "Nightly export stops",
    customer: "shinshu-bank",
    severity: `S${1 + (n % 4)}`,
    summary: "The nightly export stops at 2 GB.",
    stake: "The renewal depends on it.",
    workaround: "none",
  }));
  for (const login of owners(count)) {
    const owner = ownerId(github.idOf(login));
    const now = Date.now();
    await database.transaction((tx) => importCustomers(tx, { ownerId: owner, read: customers, now }));
    const read = parseCases(JSON.stringify({ cases }), "yaml");
    const checked = read.kind === "cases" ? await checkCaseCustomers(database.db, owner, read.cases) : read;
    if (checked.kind === "problems") throw new Error(JSON.stringify(checked.problems));
    await database.transaction((tx) => importCases(tx, { ownerId: owner, cases: checked.cases, now }));
  }
}

export type Acted = {
  readonly patches: readonly ConversationRef[];
  /** Patches that nobody touched once they were open, so that all of their reminders have to come. */
  readonly quiet: readonly ConversationRef[];
  /** Comments that hold commands, each of which is answered by a reaction. */
  readonly commands: readonly CommentRef[];
  readonly count: number;
};

/** Makes what people do: each call is one act in one of the owners whose turn it is at `progress` (0 to 1). */
export function createActs(
  github: GitHub,
  { owners: count, random }: { readonly owners: number; readonly random: () => number },
): { readonly act: (progress: number) => Promise<void>; readonly acted: () => Acted } {
  const busy = new Map<string, ConversationRef[]>();
  const patches: ConversationRef[] = [];
  const quiet: ConversationRef[] = [];
  const commands: CommentRef[] = [];
  let acts = 0;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];

  async function open(owner: string): Promise<void> {
    const repository = repositoryOf(owner);
    const patch = await github.as("sb-dev1").openPullRequest({ repository, title: `Fix number ${patches.length}` });
    patches.push(patch);
    if (random() < 0.5) quiet.push(patch);
    else busy.set(owner, [...(busy.get(owner) ?? []), patch]);
  }

  async function touch(patch: ConversationRef): Promise<void> {
    const kind = random();
    if (kind < 0.4) {
      const link = `/case link CASE-${Math.floor(random() * CASES)}`;
      const text = random() < 0.4 ? `${link}\n/case escalate` : link;
      commands.push(await github.as("dana").comment(patch, text));
    } else if (kind < 0.55) await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please test." });
    else if (kind < 0.75) await github.as("sb-dev1").push(patch);
    else if (kind < 0.9) await github.as("sb-dev1").comment(patch, "It is still wanted.");
    else await github.as("mira").review(patch, { state: "COMMENTED", body: "I see." });
  }

  return {
    act: async (progress) => {
      acts += 1;
      const owner = `owner-${Math.min(count - 1, Math.floor(progress * count + random() * 2))}`;
      const mine = busy.get(owner) ?? [];
      const patch = pick(mine);
      if (patch === undefined || (mine.length < 4 && random() < 0.3)) await open(owner);
      else await touch(patch);
    },
    acted: () => ({ patches, quiet, commands, count: acts }),
  };
}
