// What a run of bench/kills came to: whether anything was lost or said twice. It looks at the emulated GitHub, the mail server and the
// receiver for themselves, and at the store only for what there should be.
import type { Database } from "../src/db/database.ts";
import { markerOf } from "../src/effects/marker.ts";
import type { Channels } from "../test/support/channels/channels.ts";
import type { GitHub } from "../test/support/github/github.ts";
import type { Acted } from "./kills-world.ts";

export type Figures = {
  readonly acts: number;
  readonly deliveries: number;
  /** Refused or cut off, and sent again. */
  readonly sentAgain: number;
  /** Answered 2xx and not worked on in the end. */
  readonly lost: number;
  readonly comments: number;
  /** Comments of ours that say what another says already. */
  readonly doubled: number;
  readonly mails: number;
  readonly mailRepeats: number;
  readonly hooks: number;
  readonly hookRepeats: number;
  /** What waits for the hour's limit of comments. */
  readonly paced: number;
  readonly faults: readonly string[];
};

type Judged = {
  readonly github: GitHub;
  readonly channels: Channels;
  readonly database: Database;
  readonly acted: Acted;
};

const TWICE_A_PATCH = 2;

export async function judge({ github, channels, database, acted }: Judged): Promise<Figures> {
  const { db } = database;
  const faults: string[] = [...github.violations];
  const keptGuids = new Set(
    github.deliveries.filter(({ status }) => status !== null && status >= 200 && status < 300).map(({ guid }) => guid),
  );
  const allGuids = new Set(github.deliveries.map(({ guid }) => guid));
  const rows = await db.selectFrom("deliveries").select(["id", "state", "error"]).execute();
  const settled = new Set(rows.filter(({ state }) => state === "done" || state === "ignored").map(({ id }) => id));
  const lost = [...keptGuids].filter((guid) => !settled.has(guid));
  for (const guid of lost) faults.push(`delivery ${guid} was answered 2xx and is ${stateOf(rows, guid)}`);
  for (const guid of allGuids) if (!keptGuids.has(guid)) faults.push(`delivery ${guid} never got through`);

  const failed = await db.selectFrom("effects").select(["key", "outcome"]).where("state", "=", "failed").execute();
  for (const { key, outcome } of failed) faults.push(`effect ${key} failed: ${outcome}`);
  const untold = await db.selectFrom("notices").select(["key", "outcome"]).where("state", "=", "failed").execute();
  for (const { key, outcome } of untold) faults.push(`notice ${key} failed: ${outcome}`);

  const said = acted.patches.map((patch) => commentsOf(github, patch));
  const doubled = said.reduce((sum, keys) => sum + keys.length - new Set(keys).size, 0);
  if (doubled > 0) faults.push(`${doubled} comments were written twice`);
  await judgeComments({ github, database, acted }, faults);

  const mails = (channels.mail?.mails ?? []).map(({ headers }) => headers["message-id"] ?? "");
  const hooks = (channels.webhook?.received ?? []).map(({ headers }) => headers["x-patch-advocate-delivery"] ?? "");
  const told = await db.selectFrom("notices").select(["channel", "outcome"]).where("state", "=", "done").execute();
  const toldByMail = told.filter(({ channel }) => channel === "person").length;
  const [distinctMails, distinctHooks] = [new Set(mails).size, new Set(hooks).size];
  // One that was sent, and whose process died before it was written down, and that was withdrawn meanwhile, is one more.
  if (distinctMails < toldByMail) faults.push(`${toldByMail} mails were kept as sent and ${distinctMails} arrived`);
  if (distinctHooks < told.length - toldByMail)
    faults.push(`${told.length - toldByMail} events were kept as sent and ${distinctHooks} arrived`);
  const paced = await db.selectFrom("effects").select("id").where("state", "=", "due").execute();
  return {
    acts: acted.count,
    deliveries: allGuids.size,
    sentAgain: new Set(github.deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid)).size,
    lost: lost.length,
    comments: said.reduce((sum, keys) => sum + keys.length, 0),
    doubled,
    mails: mails.length,
    mailRepeats: mails.length - distinctMails,
    hooks: hooks.length,
    hookRepeats: hooks.length - distinctHooks,
    paced: paced.length,
    faults,
  };
}

const stateOf = (rows: readonly { id: string; state: string; error: string | null }[], guid: string): string => {
  const row = rows.find(({ id }) => id === guid);
  return row === undefined ? "not in the store" : `${row.state}: ${row.error}`;
};

/** The keys of our comments on a pull request. */
function commentsOf(github: GitHub, patch: Acted["patches"][number]): readonly string[] {
  return github
    .commentsOn(patch)
    .filter(({ author }) => author === github.botLogin)
    .map(({ body }) => markerOf(body) ?? body);
}

/** By what they say, and not only by their keys: who is never answered is reminded twice, and each comment with commands is answered. */
async function judgeComments(
  { github, database: { db }, acted }: Pick<Judged, "github" | "database" | "acted">,
  faults: string[],
): Promise<void> {
  const waiting = await db.selectFrom("effects").select("lane").where("state", "=", "due").execute();
  const isPaced = waiting.length > 0;
  for (const patch of acted.quiet) {
    const reminders = commentsOf(github, patch);
    const isRight = reminders.length === TWICE_A_PATCH || (isPaced && reminders.length < TWICE_A_PATCH);
    if (!isRight) faults.push(`${patch.url} was reminded ${reminders.length} times instead of ${TWICE_A_PATCH}`);
  }
  for (const command of acted.commands) {
    const given = github.reactionsOn(command).filter(({ user }) => user === github.botLogin);
    const isOnce = given.length > 0 && new Set(given.map(({ content }) => content)).size === given.length;
    if (!isOnce) faults.push(`command ${command.id} has ${given.length} reactions of ours`);
  }
  for (const patch of acted.patches) {
    const turns = github.labelsOn(patch).filter((name) => name.startsWith("awaiting"));
    if (turns.length > 1) faults.push(`${patch.url} awaits both: ${turns.join(", ")}`);
    const labels = github.labelsOn(patch);
    if (new Set(labels).size !== labels.length) faults.push(`${patch.url} bears a label twice: ${labels.join(", ")}`);
  }
}
