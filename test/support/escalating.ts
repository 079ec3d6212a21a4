// What the ladder's stories begin with: customers and the people who are asked, a patch with a case of the help desk, and the press of a
// mailed link.
import { expect } from "vitest";
import { parseCases } from "../../src/cases/import.ts";
import { checkCaseCustomers, importCases } from "../../src/cases/store-import.ts";
import type { Database } from "../../src/db/database.ts";
import type { ChannelName } from "./channels/channels.ts";
import type { Dialect } from "./databases.ts";
import type { CommentRef, ConversationRef, GitHub, SeededRepository } from "./github/github.ts";
import { type Story, startApp } from "./start-app.ts";

/** Monday, ten in the morning in Tokyo. */
export const MONDAY = "2026-03-02T01:00:00Z";

export const ESCALATION_POLICY = `version: 1
mode: act
support: [dana]
maintainers: [mira]
escalation: { deciders: [noel] }
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00", holidays: JP }
digest: false
cases: { references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }] }
`;

export const ESCALATION_CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, deputy: { name: Mori, email: mori@acme.example } }
    consultant: { github: kenji }
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example, timezone: Asia/Tokyo }
  - { github: dana, name: Dana, email: dana@acme.example, timezone: Asia/Tokyo }
  - { github: noel, name: Noel, email: noel@acme.example, timezone: Asia/Tokyo }
`;

export const TEAM = ["sato", "mori", "kenji", "dana", "noel"].map((name) => `${name}@acme.example`);

/** A case of the help desk, with all that a dossier wants to know, unless said. */
export type GivenCase = {
  readonly reference: string;
  readonly title?: string;
  readonly customer?: string;
  readonly severity?: string;
  readonly summary?: string;
  readonly stake?: string;
  readonly workaround?: string;
};

export async function startEscalation(given: {
  readonly on: Dialect;
  readonly policy?: string;
  readonly customers?: string;
  readonly channels?: readonly ChannelName[];
  readonly now?: string;
  readonly repositories?: readonly SeededRepository[];
  readonly cases: readonly GivenCase[];
}): Promise<Story> {
  const story = await startApp({
    on: given.on,
    now: given.now ?? MONDAY,
    customers: given.customers ?? ESCALATION_CUSTOMERS,
    channels: given.channels ?? ["mail"],
    github: {
      users: ["sb-dev1", "stranger", "sato-k"],
      repositories: [
        {
          name: "acme-db/engine",
          visibility: "public",
          // noel decides, and is no maintainer.
          collaborators: { mira: "write", dana: "write", kenji: "read" },
          files: { ".github/patch-advocate.yml": given.policy ?? ESCALATION_POLICY },
        },
        ...(given.repositories ?? []),
      ],
    },
  });
  await bringCases(story, given.cases);
  return story;
}

/** What the help desk says of its cases now. */
export async function bringCases(story: Story, cases: readonly GivenCase[]): Promise<void> {
  await importGivenCases(story, cases);
  await story.settle();
}

export async function importGivenCases(
  { database, github }: { readonly database: Database; readonly github: GitHub },
  cases: readonly GivenCase[],
): Promise<void> {
  // JSON is YAML as well.
  const read = parseCases(JSON.stringify({ cases }), "yaml");
  const ownerId = github.idOf("acme-db");
  const checked = read.kind === "cases" ? await checkCaseCustomers(database.db, ownerId, read.cases) : read;
  if (checked.kind === "problems") throw new Error(JSON.stringify(checked.problems));
  await database.transaction((tx) => importCases(tx, { ownerId, cases: checked.cases, now: Date.now() }));
  database.hint("patches");
}

export const wholeCase = (reference: string, over: Partial<GivenCase> = {}): GivenCase => ({
  reference,
  title: "Nightly export stops",
  customer: "shinshu-bank",
  severity: "S2",
  summary: "The nightly export stops at 2 GB; the fix writes large tables in pieces.",
  stake: "The renewal in March depends on it.",
  workaround: "none",
  ...over,
});

export async function openPatch(story: Story, title = "Export in pieces"): Promise<ConversationRef> {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title });
  await story.settle();
  return patch;
}

/** Somebody writes a comment of commands; answers the reactions on it. */
export async function command(
  story: Story,
  patch: ConversationRef,
  said: { readonly by: string; readonly text: string },
): Promise<readonly string[]> {
  const comment: CommentRef = await story.github.as(said.by).comment(patch, said.text);
  await story.settle();
  return story.reactionsOn(comment);
}

/** Opens a patch, links the case to it and asks for the next step up, in one comment of support's. */
export async function escalated(
  story: Story,
  given: { readonly reference: string; readonly title?: string; readonly by?: string },
): Promise<ConversationRef> {
  const patch = await openPatch(story, given.title);
  const text = `/case link ${given.reference}\n/case escalate`;
  expect(await command(story, patch, { by: given.by ?? "dana", text })).toEqual(["+1"]);
  return patch;
}

type Answer =
  | { readonly answer: "deciders" }
  | { readonly answer: "wait"; readonly until: string; readonly reason: string }
  | { readonly answer: "no"; readonly reason: string };

/** The path of the question in the newest mail to somebody. */
export function questionTo(story: Story, address: string): string {
  const path = /\/answer\/[\w-]{43}/.exec(story.mailsTo(address).at(-1)?.text ?? "")?.[0];
  if (path === undefined) throw new Error(`The newest mail to ${address} asks nothing.`);
  return path;
}

/** Presses a button of the page behind a link; answers the page's status. */
export async function press(story: Story, path: string, answer: Answer): Promise<number> {
  const response = await fetch(`${story.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(answer).toString(),
  });
  await story.settle();
  return response.status;
}

export const subjectsTo = (story: Story, address: string): readonly string[] =>
  story.mailsTo(address).map(({ subject }) => subject);

/** Looks at everything on a patch that a story has not told of otherwise. */
export function seeAll(story: Story, ...patches: readonly ConversationRef[]): void {
  for (const patch of patches) {
    story.commentsOn(patch);
    story.labelsOn(patch);
  }
}
