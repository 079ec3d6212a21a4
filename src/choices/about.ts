// What a question is about, read when its page is opened: the dossier as it is now, or what is known of a closing.
import type { Dossier } from "../escalations/dossier.ts";
import type { DossierReader } from "../escalations/dossier-for.ts";
import { storedDossier } from "../escalations/gather-dossier.ts";
import { dossierMessage } from "../escalations/messages-dossier.ts";
import { type EscalationRow, escalationById, stepsOf } from "../escalations/store.ts";
import type { Message } from "../notify/message.ts";
import { decide } from "../patches/decide.ts";
import { decidedOf } from "../patches/decided.ts";
import { gather } from "../patches/gather.ts";
import { placeOf } from "../patches/place.ts";
import { factsOf, patchById } from "../patches/store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { closingMessage } from "./closing-messages.ts";
import { minuteOf } from "./messages.ts";
import type { StoredChoice } from "./store.ts";

const PATIENCE_MILLIS = 4000;

/** How a pull request is called and where it is. */
export type PatchName = { readonly name: string; readonly url: string };

type Reading = {
  readonly now: number;
  readonly timezone: string;
  readonly patch: PatchName | null;
};

/** Null where it cannot be told any more. */
export async function aboutOf(wiring: Wiring, choice: StoredChoice, reading: Reading): Promise<Message | null> {
  return choice.kind === "closed" ? aboutClosing(wiring, choice, reading) : aboutEscalation(wiring, choice, reading);
}

async function aboutClosing({ database }: Wiring, choice: StoredChoice, reading: Reading): Promise<Message | null> {
  const patch = await patchById(database.db, choice.subject);
  const decided = decidedOf((await factsOf(database.db, [choice.subject])).get(choice.subject) ?? [], reading.now);
  if (patch === undefined || reading.patch === null || decided === null) return null;
  return closingMessage({
    language: choice.language,
    ...reading.patch,
    title: patch.title,
    author: patch.author_login,
    closedBy: decided.by,
    closedAt: minuteOf(decided.at, reading.timezone),
  });
}

async function aboutEscalation(wiring: Wiring, choice: StoredChoice, reading: Reading): Promise<Message | null> {
  const escalation = await escalationById(wiring.database.db, Number(choice.subject));
  if (escalation === undefined) return null;
  const frozen = await frozenDossier(wiring, escalation);
  const dossier = (await inTime(freshDossier(wiring, escalation, { frozen, now: reading.now }))) ?? frozen;
  return dossier === null ? null : dossierMessage(dossier, readerOf(choice, reading.timezone));
}

async function freshDossier(
  wiring: Wiring,
  escalation: EscalationRow,
  { frozen, now }: { readonly frozen: Dossier | null; readonly now: number },
): Promise<Dossier | null> {
  const { database } = wiring;
  const row = await patchById(database.db, escalation.patch_id);
  const place = row === undefined ? null : await placeOf(database, row.repository_id, { fromAt: row.opened_at, now });
  if (row === undefined || place === null) return null;
  const facts = (await factsOf(database.db, [row.id])).get(row.id) ?? [];
  const gathered = await gather(wiring, row, { place, facts });
  const decision = decide(gathered.situation);
  const asked = frozen?.asked ?? { what: "account-owner", decideByAt: null, first: [] };
  // What GitHub showed at a head is still true of that head, so that opening a page asks nothing of it.
  const view = frozen !== null && frozen.headSha === row.head_sha ? frozen.view : null;
  return storedDossier(wiring, { gathered, decision, asked }, view);
}

/**
 * Null where it fails or takes long, as it may where what is known of people has to be asked of GitHub anew: the question can be answered
 * with what it was asked with.
 */
async function inTime(reading: Promise<Dossier | null>): Promise<Dossier | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MILLIS);
  });
  const dossier = await Promise.race([reading.catch(() => null), late]);
  clearTimeout(timer);
  return dossier;
}

/** As it was when it was last asked for; what GitHub showed at its head is still true of that head. */
async function frozenDossier({ database }: Wiring, escalation: EscalationRow): Promise<Dossier | null> {
  const steps = await stepsOf(database.db, escalation.patch_id);
  const json = steps.findLast((step) => step.escalation_id === escalation.id && step.dossier !== null)?.dossier;
  const parsed = json === undefined || json === null ? null : (JSON.parse(json) as Dossier);
  return parsed?.version === 1 ? parsed : null;
}

/** Somebody of one customer's side reads of that customer alone; support, who stands in where nobody of them can be reached, of all. */
function readerOf({ asked, language }: StoredChoice, timezone: string): DossierReader {
  const common = { language, timezone, choices: [] };
  return asked.customerId === null
    ? { kind: "support", ...common }
    : { kind: "owner", customerId: asked.customerId, ...common };
}
