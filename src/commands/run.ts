// Runs the commands of one text on GitHub: looks up what they name, has them decided and done in one transaction, and answers there.
import { caseByIssue, patchesOfCase } from "../cases/store.ts";
import { privateAddressOf, privateWordsNotice } from "../disclosure/private-words.ts";
import type { NewEffect } from "../effects/effect.ts";
import { joined, literal, type PublicText } from "../effects/public-text.ts";
import type { Reacting } from "../github/handled.ts";
import { patchId } from "../github/refs.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import { enqueueNotices } from "../notify/store.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { answerTo } from "./answers.ts";
import type { Roles } from "./authority.ts";
import type { CommandProblem } from "./command.ts";
import type { CommandText } from "./command-text.ts";
import { type Judged, judgeCommands, note } from "./judge.ts";
import { lookUp, mayTellOwnWords } from "./known.ts";
import { problemText, refusalText } from "./messages.ts";
import { enqueueReplies, keyOf, replyEffect } from "./replies.ts";
import { rolesOf } from "./roles.ts";
import { notYetRun } from "./store.ts";

/** @throws where GitHub or the database cannot be asked; nothing was done then, and the delivery is tried again. */
export async function runCommands(reacting: Reacting, text: CommandText): Promise<void> {
  const { database, now } = reacting;
  const commands = await notYetRun(database.db, text.source, text.commands);
  const problems = await notYetRun(database.db, text.source, text.problems);
  if (commands.length + problems.length === 0) return;
  const place = await placeOf(database, text.repositoryId, { fromAt: text.at, now: now() });
  if (place === null || !place.isUsable || place.installationId === null) return;
  const id = patchId(text.repositoryId, text.number);
  const roles = await rolesOf(
    reacting,
    text.sender,
    text.on === "patch" ? { kind: "patch", place, patchId: id } : { kind: "case", place, number: text.number },
  );
  const known = await lookUp(reacting, { text, place, roles, commands });
  const hears = await privateAddressOf(database.db, place, { ...text.sender, channels: reacting.channels });
  const run = { text, place, roles, now: now() };
  const judged = await database.transaction(async (tx) => {
    // Answers are noted once they are written, in `answer`, so that a crash before does not swallow them.
    const judging = { text, place, roles, known, now: now(), isNoted: (each: Judged) => !isAnswer(each) };
    const ran = await judgeCommands(tx, judging, commands);
    const misspelt: CommandProblem[] = [];
    for (const problem of problems) if (await note(tx, run, problem, "problem")) misspelt.push(problem);
    const isPrivate = hears !== null && ran.some(isPrivateElsewhere);
    await enqueueReplies(tx, run, effectsOf({ text, place, roles, judged: ran, problems: misspelt, isPrivate }, now()));
    if (isPrivate) await enqueueNotices(tx, [privately(reacting, { text, place, to: hears, judged: ran })], now());
    return ran;
  });
  database.hint("patches");
  database.hint("effects");
  if (judged.some(isPrivateElsewhere)) database.hint("notices");
  await answer(reacting, { text, place, roles, judged, mayTellOwnWords: mayTellOwnWords(place, known) });
}

/** What ran of a text. */
type Ran = { readonly judged: readonly Judged[]; readonly problems: readonly CommandProblem[] };

const isAnswer = ({ outcome }: Judged): boolean =>
  outcome.kind === "do" && outcome.acts.some((act) => act.kind === "answer");

const isPrivateElsewhere = ({ outcome }: Judged): boolean =>
  (outcome.kind === "refused" || outcome.kind === "partly") && outcome.reason.code === "not-here";

function privately(
  reacting: Reacting,
  { text, place, to, judged }: { text: CommandText; place: PatchPlace; to: Recipient; judged: readonly Judged[] },
): NewNotice {
  const untold = judged.filter(isPrivateElsewhere).map((each) => each.command);
  return privateWordsNotice(reacting, {
    to,
    place,
    on: text.on,
    number: text.number,
    patchId: text.on === "patch" ? patchId(text.repositoryId, text.number) : null,
    source: `${text.source}:${keyOf(untold)}`,
    verbs: untold.map((each) => each.command.verb),
    now: reacting.now(),
  });
}

/** One reaction for what was done, one for what was not, and one reply that says why. */
function effectsOf(
  {
    text,
    place,
    roles,
    judged,
    problems,
    isPrivate,
  }: Ran & {
    text: CommandText;
    place: PatchPlace;
    roles: Roles;
    /** Why private words were refused is told privately, and not here. */
    isPrivate: boolean;
  },
  now: number,
): readonly NewEffect[] {
  const { policy } = place;
  // Whoever may command nothing here is told so by a reaction alone, also where the command was misspelt.
  const mayHear = roles.isSupporter || roles.isMaintainer || roles.isAuthor || roles.isDecider;
  const refusals: PublicText[] = [
    ...judged.flatMap((each) => {
      const { command, outcome } = each;
      if (outcome.kind !== "refused" && outcome.kind !== "partly") return [];
      if (isPrivate && isPrivateElsewhere(each)) return [];
      return [refusalText(outcome.reason, { command: command.command, language: policy.language })];
    }),
    ...(mayHear ? problems.map((problem) => problemText(problem, policy.language)) : []),
  ];
  const isSomeDone = judged.some(({ outcome }) => outcome.kind === "do" || outcome.kind === "partly");
  const isSomeRefused = problems.length > 0 || judged.some(({ outcome }) => outcome.kind !== "do");
  const because = `commands of ${text.sender.login}`;
  const common = {
    installationId: place.installationId ?? 0,
    lane: patchId(text.repositoryId, text.number),
    because,
    runAfter: now,
  };
  const reaction = (content: "+1" | "confused"): NewEffect => ({
    ...common,
    key: `reaction:${text.source}:${content === "+1" ? "done" : "refused"}`,
    effect: { kind: "reaction", subject: text.subject, content },
  });
  return [
    ...(isSomeDone ? [reaction("+1")] : []),
    ...(isSomeRefused ? [reaction("confused")] : []),
    ...(refusals.length === 0
      ? []
      : [
          replyEffect(
            { text, place },
            {
              name: "refusal",
              what: keyOf([...judged.map((each) => each.command), ...problems]),
              words: joined(refusals, literal("\n\n")),
              now,
            },
          ),
        ]),
  ];
}

/** `status`, `why` and `help` speak of how things stand once the other commands of the same text are done. */
async function answer(
  reacting: Reacting,
  run: { text: CommandText; place: PatchPlace; roles: Roles; judged: readonly Judged[]; mayTellOwnWords: boolean },
): Promise<void> {
  const { text } = run;
  const { database, now } = reacting;
  // Asked twice in one text is answered once.
  const answered = new Set<string>();
  for (const { command, outcome } of run.judged) {
    if (outcome.kind !== "do") continue;
    const asked = outcome.acts.find((act) => act.kind === "answer");
    if (asked === undefined) continue;
    const isRepeated = answered.has(asked.what);
    answered.add(asked.what);
    const patches =
      text.on === "patch" ? [patchId(text.repositoryId, text.number)] : await patchIdsOfCase(reacting, text);
    const words = isRepeated ? null : await answerTo(reacting, asked.what, { ...run, patches, on: text.on });
    await database.transaction(async (tx) => {
      const isNew = await note(tx, run, command, "do");
      if (!isNew || words === null) return;
      const reply = replyEffect(run, { name: asked.what, what: keyOf([command]), words, now: now() });
      await enqueueReplies(tx, { ...run, now: now() }, [reply]);
    });
  }
  database.hint("effects");
}

async function patchIdsOfCase(reacting: Reacting, text: CommandText): Promise<readonly string[]> {
  const known = await caseByIssue(reacting.database.db, text.repositoryId, text.number);
  if (known === undefined) return [];
  return (await patchesOfCase(reacting.database.db, known.id))
    .filter((each) => each.state === "confirmed")
    .map((each) => each.id);
}
