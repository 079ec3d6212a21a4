// Does an act of the board by the same decisions as a comment's command, with authority asked of GitHub when it is pressed: there is no reaction
// and no reply, and what becomes of it is a value that the page tells.
import type { Roles } from "../../commands/authority.ts";
import type { ParsedCommand } from "../../commands/command.ts";
import type { CommandText } from "../../commands/command-text.ts";
import { type Judged, type Judging, judge, judgeCommands } from "../../commands/judge.ts";
import { lookUp } from "../../commands/known.ts";
import type { RefusalReason } from "../../commands/refusal.ts";
import { customersConcerned, rolesOf } from "../../commands/roles.ts";
import { notYetRun } from "../../commands/store.ts";
import { faultOf } from "../../github/faults.ts";
import type { Reacting } from "../../github/handled.ts";
import { type Actor, patchId, repositoryId, userId } from "../../github/refs.ts";
import { keepBoardAct } from "../acts-store.ts";
import { askAccess } from "../ask-access.ts";
import { patchPath } from "../paths.ts";
import type { SignedIn } from "../signed-in.ts";
import type { Viewer } from "../viewer.ts";
import { type Preview, previewEscalation } from "./preview.ts";
import type { PatchFound } from "./read.ts";

export type ToRun = PatchFound & {
  readonly viewer: Viewer;
  readonly command: ParsedCommand;
  /** The form's own id: pressed twice it is one act. */
  readonly formId: string;
  /** The linked case that its words are about. */
  readonly caseId: number | null;
  /** Whether they have seen what it says to others. */
  readonly isConfirmed: boolean;
};

export type ActOutcome =
  | { readonly kind: "done" }
  /** Nothing was done yet: this is what would be said. */
  | { readonly kind: "confirm"; readonly preview: Preview }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  | { readonly kind: "denied" }
  /** The app may not be used in the repository now. */
  | { readonly kind: "unusable" }
  /** GitHub has to be asked and does not answer. */
  | { readonly kind: "away" };

/** Nothing is done but where it answers `done`. */
export async function runAct(reacting: Reacting, to: ToRun): Promise<ActOutcome> {
  const judging = await prepared(reacting, to);
  if (judging === "unusable" || judging === "away") return { kind: judging };
  if (judging === "already") return { kind: "done" };
  if (to.command.command.verb === "escalate" && !to.isConfirmed) return confirming(reacting, to, judging);
  const { database } = reacting;
  const judged = await database.transaction(async (tx) => {
    const [ran] = await judgeCommands(tx, judging, [to.command]);
    if (ran !== undefined && isDone(ran))
      await keepBoardAct(tx, to.viewer, {
        kind: `command-${to.command.command.verb}`,
        subject: `patch:${to.row.id}`,
        words: `/case ${to.command.text}`,
        at: judging.now,
      });
    return ran;
  });
  database.hint("patches");
  return outcomeOf(judged);
}

type Prepared = Judging | "already" | "unusable" | "away";

async function prepared(reacting: Reacting, to: ToRun): Promise<Prepared> {
  const { place, command } = to;
  const text = textOf(reacting, to);
  if ((await notYetRun(reacting.database.db, text.source, [command])).length === 0) return "already";
  if (!place.isUsable || place.installationId === null) return "unusable";
  const now = reacting.now();
  try {
    const roles = await rolesAt(reacting, to);
    const known = await lookUp(reacting, { text, place, roles, commands: [command] });
    // What was refused may be said again; only what was done never runs again.
    return { text, place, roles, known, now, isNoted: isDone };
  } catch (error) {
    return awayOr(error, now);
  }
}

/** Anything that GitHub said or left unsaid; a bug of ours is thrown. */
function awayOr(error: unknown, now: number): "away" {
  if (faultOf(error, now).kind === "unknown") throw error;
  return "away";
}

const isDone = ({ outcome }: Judged): boolean => outcome.kind === "do" || outcome.kind === "partly";

function outcomeOf(judged: Judged | undefined): ActOutcome {
  // Another press of the same form was before this one.
  if (judged === undefined) return { kind: "done" };
  const { outcome } = judged;
  switch (outcome.kind) {
    case "do":
    case "partly":
      return { kind: "done" };
    case "refused":
      return { kind: "refused", reason: outcome.reason };
    case "denied":
      return { kind: "denied" };
  }
}

/** Judged as if it were pressed, and kept from being done: what would follow is shown first. */
async function confirming(reacting: Reacting, to: ToRun, judging: Judging): Promise<ActOutcome> {
  const judged = await reacting.database.transaction((tx) => judge(tx, judging, to.command));
  if (!isDone(judged)) return outcomeOf(judged);
  const [gathered] = judging.known.escalating;
  if (gathered === undefined) return { kind: "unusable" };
  try {
    return { kind: "confirm", preview: await previewEscalation(reacting, { gathered, judged, text: judging.text }) };
  } catch (error) {
    return { kind: awayOr(error, judging.now) };
  }
}

function textOf(reacting: Reacting, { viewer, row, place, command, formId, caseId }: ToRun): CommandText {
  const { publicUrl } = reacting.addresses;
  const path = patchPath(viewer, { repository: place.repository.name, number: row.number });
  return {
    on: "patch",
    repositoryId: row.repository_id,
    number: row.number,
    source: `board:${formId}`,
    subject: { on: "issue", repositoryId: repositoryId(row.repository_id), number: row.number },
    commands: [command],
    problems: [],
    sender: senderOf(viewer.person),
    ...(viewer.person.kind === "mail" && { senderEmail: viewer.person.email }),
    ...(caseId !== null && { aboutCase: caseId }),
    isOnBoard: true,
    at: reacting.now(),
    url: publicUrl === null ? "" : `${publicUrl}${path}`,
  };
}

/** Nobody at GitHub has the id 0, and a login holds neither a space nor an @. */
function senderOf(person: SignedIn): Actor {
  if (person.kind === "github") return { id: userId(person.id), login: person.login, isBot: false };
  const { name, email } = person;
  return { id: userId(0), login: name === email ? email : `${name} (${email})`, isBot: false };
}

/** As for a comment; whoever came by a mailed link is what the customers' file and the policy make of their address now. */
async function rolesAt(reacting: Reacting, { viewer, row, place, caseId }: ToRun): Promise<Roles> {
  const id = patchId(row.repository_id, row.number);
  const on = { kind: "patch", place, patchId: id, ...(caseId !== null && { caseId }) } as const;
  if (viewer.person.kind === "github") return rolesOf(reacting, senderOf(viewer.person), on);
  const access = await askAccess(reacting, { owner: viewer.owner, person: viewer.person, maintained: [] });
  const concerned = await customersConcerned(reacting, on);
  const isOwner = access.roles.some((role) => role === "account-owner" || role === "deputy");
  return {
    isSupporter: isOwner && (concerned.size === 0 || access.customerIds.some((id) => concerned.has(id))),
    isMaintainer: false,
    isAuthor: false,
    isDecider: access.roles.includes("decider"),
  };
}
