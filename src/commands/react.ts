// What a comment or a body holds for us: commands to run, trailers that link, references that propose a link.
import { patchesOfCase, setLink } from "../cases/store.ts";
import { writeCaseWords } from "../cases/words-store.ts";
import { customersOfOwner } from "../customers/store.ts";
import { noticeNamedCustomer, type Said } from "../disclosure/named-customer.ts";
import type { Subject } from "../effects/effect.ts";
import type { Reacting } from "../github/handled.ts";
import { installationById } from "../github/installation-store.ts";
import { type Actor, ownerId, patchId, repositoryId } from "../github/refs.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { makeDue } from "../patches/store.ts";
import { findReferences } from "../policy/policy.ts";
import { caseIdOf, doAct, patchIdOf } from "./act.ts";
import { mayLink, NOBODY } from "./authority.ts";
import type { Trailer } from "./command.ts";
import type { CommandText } from "./command-text.ts";
import { newCommands, parseCommands } from "./parse.ts";
import { rolesOf } from "./roles.ts";
import { runCommands } from "./run.ts";
import { targetsOf } from "./targets.ts";

export type CommentText = {
  readonly on: "patch" | "case";
  readonly repositoryId: number;
  readonly number: number;
  readonly source: string;
  readonly subject: Subject;
  readonly body: string;
  /** What it said before an edit; null for a new one. */
  readonly before: string | null;
  readonly sender: Actor | null;
  readonly at: number;
  readonly url: string;
};

/** Runs the commands of a comment, and tells its writer privately where it names a customer in public. */
export async function runComment(reacting: Reacting, comment: CommentText): Promise<void> {
  await runCommandsOf(reacting, comment);
  await noticeNamedCustomer(reacting, saidIn(comment));
}

const saidIn = (comment: CommentText): Said => ({
  repositoryId: comment.repositoryId,
  number: comment.number,
  on: comment.on === "patch" ? "patch" : "issue",
  source: comment.source,
  text: comment.body,
  sender: comment.sender,
  url: comment.url === "" ? null : comment.url,
  at: comment.at,
});

/** Of an edited comment only the commands that it did not hold before are run. Bots command nothing. */
async function runCommandsOf(reacting: Reacting, comment: CommentText): Promise<void> {
  const { sender } = comment;
  if (sender === null || sender.isBot) return;
  const { commands, problems } =
    comment.before === null ? parseCommands(comment.body) : newCommands(comment.before, comment.body);
  if (commands.length + problems.length === 0) return;
  if (await isOlderThanWe(reacting, comment.repositoryId, comment.at)) return;
  await runCommands(reacting, { ...comment, sender, commands, problems });
}

/** Comments from before the installation are not run: their writers did not speak to us. */
async function isOlderThanWe(reacting: Reacting, repository: number, at: number): Promise<boolean> {
  const place = await placeOf(reacting.database, repository, { fromAt: at, now: reacting.now() });
  if (place === null || place.installationId === null) return true;
  const installation = await installationById(reacting.database.db, place.installationId);
  return installation === undefined || at < installation.installed_at;
}

export type BodyText = {
  readonly on: "patch" | "case";
  readonly repositoryId: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** What the body said before an edit (the same where only the title changed); empty when new. */
  readonly before: string;
  /** What is read of a body from before we came says nothing to us: only its trailers and references count. */
  readonly areCommandsRun: boolean;
  readonly sender: Actor | null;
  readonly at: number;
  readonly url?: string;
};

/** Reads the body (and title) of a pull request or case: commands as in a comment, trailers, references. */
export async function readBody(reacting: Reacting, text: BodyText): Promise<void> {
  const id = patchId(text.repositoryId, text.number);
  const common = { on: text.on, repositoryId: text.repositoryId, number: text.number, url: text.url ?? "" };
  if (text.areCommandsRun) {
    const subject: Subject = { on: "issue", repositoryId: repositoryId(text.repositoryId), number: text.number };
    await runComment(reacting, {
      ...common,
      source: `body:${id}`,
      subject,
      body: text.body,
      before: text.before,
      sender: text.sender,
      at: text.at,
    });
    await noticeNamedCustomer(reacting, {
      ...text,
      on: text.on === "patch" ? "patch" : "issue",
      source: `body:${id}`,
      text: text.title,
      url: text.url ?? null,
    });
  }
  const place = await placeOf(reacting.database, text.repositoryId, { fromAt: text.at, now: reacting.now() });
  if (place === null || !place.isUsable) return;
  // Whoever edits a text says only what they added: the rest was said by whoever wrote it.
  const held = new Set(parseCommands(text.before).trailers.map((trailer) => JSON.stringify(trailer)));
  const told = parseCommands(text.body)
    .trailers.filter((trailer) => (text.on === "patch" ? trailer.kind === "case" : trailer.kind !== "case"))
    .filter((trailer) => !held.has(JSON.stringify(trailer)));
  if (told.length > 0) await followTrailers(reacting, { text, place, trailers: told });
  if (text.on === "patch") await proposeReferences(reacting, { text, place });
}

/** Written by somebody who may command they are confirmed, by anybody else proposed. */
async function followTrailers(
  reacting: Reacting,
  input: { text: BodyText; place: PatchPlace; trailers: readonly Trailer[] },
): Promise<void> {
  const { text, place, trailers } = input;
  const { database, now } = reacting;
  const id = patchId(text.repositoryId, text.number);
  const sender = text.sender;
  const roles =
    sender === null || sender.isBot
      ? NOBODY
      : await rolesOf(
          reacting,
          sender,
          text.on === "patch" ? { kind: "patch", place, patchId: id } : { kind: "case", place, number: text.number },
        );
  const refs = trailers.flatMap((trailer) => ("refs" in trailer ? trailer.refs : []));
  const targets = await targetsOf(reacting, { on: text.on, place }, refs);
  const customers = new Set(
    (await customersOfOwner(database.db, ownerId(place.repository.owner_id))).map((customer) => customer.id),
  );
  const where = {
    text: asCommandText(text),
    place,
    command: { command: { verb: "help" as const }, text: "trailer", occurrence: 1 },
    isSupporter: roles.isSupporter,
    now: now(),
  };
  await database.transaction(async (tx) => {
    for (const target of targets.values()) {
      if (target.kind === "refused") continue;
      if (mayLink(roles)) await doAct(tx, { kind: "link", target, state: "confirmed" }, where);
      else {
        const isOnPatch = text.on === "patch";
        const proposed = isOnPatch ? id : await patchIdOf(tx, target, where);
        const caseId = await caseIdOf(tx, isOnPatch ? target : null, where);
        if (proposed === null) continue;
        await propose(tx, { caseId, id: proposed, by: sender?.login ?? "ghost", text, place, at: now() });
        await makeDue(tx, [proposed], now());
      }
    }
    if (text.on !== "case" || !roles.isSupporter) return;
    const caseId = await caseIdOf(tx, null, where);
    for (const trailer of trailers) {
      if (trailer.kind === "severity")
        await writeCaseWords(tx, { caseId, words: { severity: trailer.severity }, at: text.at });
      if (trailer.kind === "customer" && customers.has(trailer.customer))
        await writeCaseWords(tx, { caseId, words: { customer: trailer.customer }, at: text.at });
    }
    const linked = await patchesOfCase(tx, caseId);
    await makeDue(
      tx,
      linked.map((patch) => patch.id),
      now(),
    );
  });
  database.hint("patches");
}

/** A reference that looks like a case's anywhere in title or body is a proposal; it has no effect but to be listed. */
async function proposeReferences(
  reacting: Reacting,
  { text, place }: { text: BodyText; place: PatchPlace },
): Promise<void> {
  const found = findReferences(`${text.title}\n${text.body}`, place.policy.cases.references);
  if (found.length === 0) return;
  const id = patchId(text.repositoryId, text.number);
  await reacting.database.transaction(async (tx) => {
    for (const { ref, url } of found) {
      const caseId = await caseIdOf(
        tx,
        { kind: "case", reference: ref, url, caseId: null },
        { text: asCommandText(text), place },
      );
      await propose(tx, { caseId, id, by: text.sender?.login ?? "ghost", text, place, at: reacting.now() });
    }
    await makeDue(tx, [id], reacting.now());
  });
  reacting.database.hint("patches");
}

function propose(
  tx: import("../db/database.ts").Tx,
  // Answered within 90 days from when we proposed it, however old the pull request is.
  proposal: { caseId: number; id: string; by: string; text: BodyText; place: PatchPlace; at: number },
): Promise<boolean> {
  const { text, place } = proposal;
  return setLink(tx, {
    ownerId: place.repository.owner_id,
    caseId: proposal.caseId,
    patchId: proposal.id,
    state: "proposed",
    madeBy: proposal.by,
    isBySupport: false,
    madeWhere: text.url ?? "",
    madeAt: proposal.at,
  });
}

const NO_SENDER: Actor = { id: 0 as Actor["id"], login: "ghost", isBot: false };

function asCommandText(text: BodyText): CommandText {
  const repository = repositoryId(text.repositoryId);
  return {
    on: text.on,
    repositoryId: text.repositoryId,
    number: text.number,
    source: `body:${patchId(text.repositoryId, text.number)}`,
    subject: { on: "issue", repositoryId: repository, number: text.number },
    commands: [],
    problems: [],
    sender: text.sender ?? NO_SENDER,
    at: text.at,
    url: text.url ?? "",
  };
}
