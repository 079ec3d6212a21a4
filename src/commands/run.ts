// Runs the commands of one text: asks who the sender is, decides each, does the acts and answers, all that changes in one transaction.
import { createHash } from "node:crypto";
import { caseByIssue, linksOf, patchesOfCase } from "../cases/store.ts";
import { nameMentioned } from "../customers/names.ts";
import { customersOfOwner } from "../customers/store.ts";
import type { Tx } from "../db/database.ts";
import type { NewEffect, Subject } from "../effects/effect.ts";
import { disclosureOf, joined, literal, type PublicText, renderPublic } from "../effects/public-text.ts";
import { enqueue } from "../effects/store.ts";
import type { Reacting } from "../github/handled.ts";
import { type Actor, ownerId, patchId, repositoryId } from "../github/refs.ts";
import { type PatchPlace, placeOf } from "../patches/place.ts";
import { factsOf } from "../patches/store.ts";
import { doAct } from "./act.ts";
import { answerTo } from "./answers.ts";
import type { Roles } from "./authority.ts";
import type { Command, CommandProblem, ParsedCommand, Ref } from "./command.ts";
import { type CommandContext, type CommandOutcome, decideCommand } from "./decide.ts";
import { problemText, refusalText } from "./messages.ts";
import { rolesOf } from "./roles.ts";
import { noteCommand, notYetRun } from "./store.ts";
import { targetsOf } from "./targets.ts";

/** A text that holds commands, and where it stands. */
export type CommandText = {
  readonly on: "patch" | "case";
  readonly repositoryId: number;
  readonly number: number;
  /** Names the comment or body: `comment:17`, `body:5#3`. */
  readonly source: string;
  readonly subject: Subject;
  readonly commands: readonly ParsedCommand[];
  readonly problems: readonly CommandProblem[];
  readonly sender: Actor;
  readonly at: number;
  readonly url: string;
};

type Judged = { readonly command: ParsedCommand; readonly outcome: CommandOutcome };

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
    text.on === "patch" ? { kind: "patch", place, patchId: id } : { kind: "case", place },
  );
  const judged: Judged[] = [];
  for (const command of commands) {
    judged.push({
      command,
      outcome: decideCommand(
        command.command,
        await contextOf(reacting, { text, place, roles, command: command.command }),
      ),
    });
  }
  await database.transaction(async (tx) => {
    const ran = await keepRan(tx, { text, roles, judged, problems });
    for (const { command, outcome } of ran.judged) {
      if (outcome.kind !== "do") continue;
      for (const act of outcome.acts) await doAct(tx, act, { text, place, command, now: now() });
    }
    await enqueue(tx, effectsOf({ text, place, roles, ...ran }, now()), now());
  });
  database.hint("patches");
  database.hint("effects");
  await answer(reacting, { text, place, roles, judged });
}

async function contextOf(
  reacting: Reacting,
  { text, place, roles, command }: { text: CommandText; place: PatchPlace; roles: Roles; command: Command },
): Promise<CommandContext> {
  const { db } = reacting.database;
  const { repository, policy } = place;
  const customers = await customersOfOwner(db, ownerId(repository.owner_id));
  const id = patchId(text.repositoryId, text.number);
  const confirmed = text.on === "patch" ? (await linksOf(db, [id])).filter((link) => link.state === "confirmed") : [];
  const facts = text.on === "patch" ? ((await factsOf(db, [id])).get(id) ?? []) : [];
  const isCaseRepository = policy.cases.repositories.some(
    (name) => name.toLowerCase() === `${repository.owner_login}/${repository.name}`.toLowerCase(),
  );
  return {
    on: text.on,
    roles,
    disclosure: policy.disclosure,
    isPrivateCaseRepository: isCaseRepository && repository.visibility !== "public",
    namesCustomer: namedIn(command).some((words) => nameMentioned(words, customers) !== null),
    targets: await targetsOf(reacting, { on: text.on, place }, refsOf(command)),
    customerIds: new Set(customers.map((customer) => customer.id)),
    linkedCaseIds: confirmed.map((link) => link.case.id),
    linkedReferences: confirmed.map((link) => link.case.reference),
    takes: facts.filter((fact) => fact.kind === "taken").length,
    calendar: place.officeHours,
    timezone: policy.calendar.timezone,
    at: text.at,
    owner: repository.owner_login,
  };
}

function refsOf(command: Command): readonly Ref[] {
  switch (command.verb) {
    case "link":
    case "unlink":
      return command.refs;
    case "severity":
    case "customer":
      return command.ref === null ? [] : [command.ref];
    default:
      return [];
  }
}

/** The words of a command in which a customer's name would be seen by everybody. */
function namedIn(command: Command): readonly string[] {
  const customer = "customer" in command && command.customer !== null ? [command.customer] : [];
  const reason = "reason" in command && command.reason !== null ? [command.reason] : [];
  return [...refsOf(command).map((ref) => ref.text), ...customer, ...reason];
}

type Ran = { readonly judged: readonly Judged[]; readonly problems: readonly CommandProblem[] };

/** Notes what runs; what another try or process noted already is left out. */
async function keepRan(
  tx: Tx,
  { text, roles, judged, problems }: Ran & { text: CommandText; roles: Roles },
): Promise<Ran> {
  const id = patchId(text.repositoryId, text.number);
  const known = text.on === "case" ? await caseByIssue(tx, text.repositoryId, text.number) : undefined;
  const note = (command: { text: string; occurrence: number }, outcome: CommandOutcome["kind"] | "problem") =>
    noteCommand(tx, {
      source: text.source,
      text: command.text,
      occurrence: command.occurrence,
      patchId: text.on === "patch" ? id : null,
      caseId: known?.id ?? null,
      actor: text.sender,
      roles,
      outcome,
      at: text.at,
    });
  const kept: Judged[] = [];
  for (const each of judged) {
    // Answers are noted once they are written, in `answer`, so that a crash before does not swallow them.
    if (isAnswer(each) || (await note(each.command, each.outcome.kind))) kept.push(each);
  }
  const keptProblems: CommandProblem[] = [];
  for (const problem of problems) if (await note(problem, "problem")) keptProblems.push(problem);
  return { judged: kept, problems: keptProblems };
}

const isAnswer = ({ outcome }: Judged): boolean =>
  outcome.kind === "do" && outcome.acts.some((act) => act.kind === "answer");

/** One reaction for what was done, one for what was not, and one reply that says why. */
function effectsOf(
  { text, place, roles, judged, problems }: Ran & { text: CommandText; place: PatchPlace; roles: Roles },
  now: number,
): readonly NewEffect[] {
  const { policy } = place;
  // Whoever may command nothing here is told so by a reaction alone, also where the command was misspelt.
  const mayHear = roles.isSupporter || roles.isMaintainer || roles.isAuthor || roles.isDecider;
  const refusals: PublicText[] = [
    ...judged.flatMap(({ command, outcome }) =>
      outcome.kind === "refused"
        ? [refusalText(outcome.reason, { command: command.command, language: policy.language })]
        : [],
    ),
    ...(mayHear ? problems.map((problem) => problemText(problem, policy.language)) : []),
  ];
  const isSomeDone = judged.some(({ outcome }) => outcome.kind === "do");
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

const keyOf = (commands: readonly { text: string; occurrence: number }[]): string =>
  createHash("sha256")
    .update(JSON.stringify(commands.map(({ text, occurrence }) => [text, occurrence])))
    .digest("hex")
    .slice(0, 16);

function replyEffect(
  { text, place }: { text: CommandText; place: PatchPlace },
  reply: { name: string; what: string; words: PublicText; now: number },
): NewEffect {
  const { disclosure } = place.policy;
  return {
    key: `reply:${text.source}:${reply.name}:${reply.what}`,
    installationId: place.installationId ?? 0,
    lane: patchId(text.repositoryId, text.number),
    because: `commands of ${text.sender.login}`,
    runAfter: reply.now,
    effect: {
      kind: "reply",
      repositoryId: repositoryId(text.repositoryId),
      number: text.number,
      markdown: renderPublic(reply.words, disclosure),
      disclosure: disclosureOf(reply.words, disclosure),
    },
  };
}

/** `status`, `why` and `help` speak of how things stand once the other commands of the same text are done. */
async function answer(
  reacting: Reacting,
  run: { text: CommandText; place: PatchPlace; roles: Roles; judged: readonly Judged[] },
): Promise<void> {
  const { text, place, roles } = run;
  const { database, now } = reacting;
  for (const { command, outcome } of run.judged) {
    if (outcome.kind !== "do") continue;
    const asked = outcome.acts.find((act) => act.kind === "answer");
    if (asked === undefined) continue;
    const patches =
      text.on === "patch" ? [patchId(text.repositoryId, text.number)] : await patchIdsOfCase(reacting, text);
    const words = await answerTo(reacting, asked.what, { place, roles, patches, on: text.on });
    await database.transaction(async (tx) => {
      const isNew = await noteCommand(tx, {
        source: text.source,
        text: command.text,
        occurrence: command.occurrence,
        patchId: text.on === "patch" ? patchId(text.repositoryId, text.number) : null,
        caseId: null,
        actor: text.sender,
        roles,
        outcome: "do",
        at: text.at,
      });
      if (isNew)
        await enqueue(tx, [replyEffect(run, { name: asked.what, what: keyOf([command]), words, now: now() })], now());
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
