// A question behind a link, as it stands now, and what an answer to it does. Apart from the page and from Slack, which both come here.
import { z } from "zod";
import { answerEscalation } from "../escalations/answer.ts";
import { escalationById } from "../escalations/store.ts";
import { repositoryById } from "../github/installation-store.ts";
import type { Message } from "../notify/message.ts";
import { decidedOf } from "../patches/decided.ts";
import { confirmDecline } from "../patches/decline.ts";
import { factsOf, patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { aboutOf, type PatchName } from "./about.ts";
import type { Answer } from "./answer.ts";
import type { Over } from "./messages.ts";
import {
  type Answered,
  answeredElsewhere,
  choiceByToken,
  keepAnswer,
  recipientTold,
  type StoredChoice,
  takeBackAnswer,
} from "./store.ts";

/** Whom a question was put to, as far as answering needs it. */
export type Reader = { readonly slack: string | null; readonly timezone: string };

export type Look =
  | { readonly kind: "unknown" }
  | (Known & { readonly kind: "open" })
  | (Known & { readonly kind: "answered"; readonly answered: Answered })
  | (Known & { readonly kind: "over"; readonly over: Over });

export type Known = { readonly choice: StoredChoice; readonly reader: Reader; readonly patch: PatchName | null };

export type Given =
  | { readonly kind: "done" }
  | { readonly kind: "already" }
  | { readonly kind: "over"; readonly over: Over };

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const ASKING = new Set(["support", "owner", "owner-again", "owner-silent"]);

/** The question as it stands at `now`. Reads the store only. */
export async function lookAtChoice(wiring: Wiring, token: string, now: number): Promise<Look> {
  const { db } = wiring.database;
  const choice = TOKEN.test(token) ? await choiceByToken(db, token) : null;
  if (choice === null) return { kind: "unknown" };
  const patchId = await patchOf(wiring, choice);
  const known: Known = {
    choice,
    reader: await readerOf(wiring, choice, patchId),
    patch: patchId === null ? null : await patchName(wiring, patchId),
  };
  const answered = choice.answered ?? (await answeredElsewhere(db, choice));
  if (answered !== null) return { kind: "answered", ...known, answered };
  if (choice.expiresAt <= now) return { kind: "over", ...known, over: { code: "expired", at: choice.expiresAt } };
  const over = await overOf(wiring, choice, now);
  if (over === null) return { kind: "open", ...known };
  // Pressed by somebody while we looked: what they answered says more than that it moved on.
  const meanwhile = await answeredElsewhere(db, choice);
  return meanwhile === null ? { kind: "over", ...known, over } : { kind: "answered", ...known, answered: meanwhile };
}

/** What it is about, as it is now; null where that is told no more: after the question's time, and where it is no longer known. */
export async function readAbout(
  wiring: Wiring,
  { choice, reader, patch }: Known,
  now: number,
): Promise<Message | null> {
  if (choice.expiresAt <= now) return null;
  return aboutOf(wiring, choice, { now, timezone: reader.timezone, patch });
}

/** Does what was answered, once: whoever answers again is told what was answered first. */
export async function giveAnswer(
  wiring: Wiring,
  given: { readonly choice: StoredChoice; readonly answer: Answer; readonly now: number },
): Promise<Given> {
  const { choice, answer, now } = given;
  if (answer.kind === "declined") return giveDecline(wiring, given);
  const outcome = await answerEscalation(wiring, {
    escalationId: Number(choice.subject),
    answer,
    by: choice.asked,
    at: now,
    alongside: async (tx) => {
      await keepAnswer(tx, { tokenHash: choice.tokenHash, answer, at: now });
    },
  });
  return outcome.kind === "over" ? { kind: "over", over: await whyOver(wiring, choice, now) } : { kind: outcome.kind };
}

async function giveDecline(
  wiring: Wiring,
  { choice, answer, now }: { readonly choice: StoredChoice; readonly answer: Answer; readonly now: number },
): Promise<Given> {
  const given = await wiring.database.transaction(async (tx): Promise<Given | null> => {
    if (!(await keepAnswer(tx, { tokenHash: choice.tokenHash, answer, at: now }))) return { kind: "already" };
    const isConfirmed = await confirmDecline(tx, { patchId: choice.subject, by: choice.asked.name, at: now });
    if (isConfirmed) return { kind: "done" };
    await takeBackAnswer(tx, choice.tokenHash);
    return null;
  });
  wiring.database.hint("patches");
  return given ?? { kind: "over", over: await whyOver(wiring, choice, now) };
}

const whyOver = async (wiring: Wiring, choice: StoredChoice, now: number): Promise<Over> =>
  (await overOf(wiring, choice, now)) ?? { code: "moved-on" };

async function patchOf({ database }: Wiring, choice: StoredChoice): Promise<string | null> {
  if (choice.kind === "closed") return choice.subject;
  return (await escalationById(database.db, Number(choice.subject)))?.patch_id ?? null;
}

const toldPerson = z.object({ slack: z.string().nullable(), timezone: z.string() });

async function readerOf({ database }: Wiring, choice: StoredChoice, patchId: string | null): Promise<Reader> {
  const ofKey = /^slack:(.+)$/.exec(choice.asked.key)?.[1] ?? null;
  const told = patchId === null ? null : await recipientTold(database.db, { patchId, key: choice.asked.key });
  const parsed = told === null ? null : toldPerson.safeParse(JSON.parse(told));
  if (parsed?.success !== true) return { slack: ofKey, timezone: "UTC" };
  return { slack: ofKey ?? parsed.data.slack, timezone: parsed.data.timezone };
}

async function patchName({ database, addresses }: Wiring, patchId: string): Promise<PatchName | null> {
  const patch = await patchById(database.db, patchId);
  const repository = patch === undefined ? undefined : await repositoryById(database.db, patch.repository_id);
  if (patch === undefined || repository === undefined) return null;
  const place = `${repository.owner_login}/${repository.name}`;
  return { name: `${place}#${patch.number}`, url: `${addresses.webUrl}/${place}/pull/${patch.number}` };
}

/** Why it can no longer be answered, by where what it is about stands; null where it can. */
async function overOf({ database }: Wiring, choice: StoredChoice, now: number): Promise<Over | null> {
  if (choice.kind === "closed") {
    const decided = decidedOf((await factsOf(database.db, [choice.subject])).get(choice.subject) ?? [], now);
    if (decided === null) return { code: "reopened" };
    if (decided.kind !== "declined") return { code: "decided-otherwise" };
    return decided.isSure ? { code: "counted-as-no" } : null;
  }
  const row = await escalationById(database.db, Number(choice.subject));
  if (row === undefined || row.ended_at !== null) return { code: "ended", outcome: row?.outcome ?? null };
  if (ASKING.has(row.state)) return row.paused_at === null ? null : { code: "rests" };
  return row.state === "deciders" ? { code: "before-deciders" } : { code: "answered-otherwise" };
}
