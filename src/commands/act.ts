// Does what a command was decided to do, inside its transaction: facts, links, words of a case, quiet.
import { caseByIssue, expectCase, expectIssueCase, patchesOfCase, setLink } from "../cases/store.ts";
import { writeCaseWords } from "../cases/words-store.ts";
import type { Tx } from "../db/database.ts";
import { repositoryByName } from "../github/installation-store.ts";
import { patchId, storedPatchId } from "../github/refs.ts";
import type { Fact, FactBody } from "../patches/fact.ts";
import type { PatchPlace } from "../patches/place.ts";
import { addFacts, expectPatch, makeDue, seePatch } from "../patches/store.ts";
import { keepQuiet } from "../people/store.ts";
import type { ParsedCommand } from "./command.ts";
import { accountOf, type CommandText } from "./command-text.ts";
import type { CommandAct, Target } from "./decide.ts";

export type ActPlace = {
  readonly text: CommandText;
  readonly place: PatchPlace;
  readonly command: ParsedCommand;
  readonly isSupporter: boolean;
  readonly now: number;
};

export async function doAct(tx: Tx, act: CommandAct, where: ActPlace): Promise<void> {
  const { text, now } = where;
  switch (act.kind) {
    case "fact":
      return addFact(
        tx,
        { body: act.body, patches: act.patchId ? [act.patchId] : await patchesHere(tx, where) },
        where,
      );
    case "supersede": {
      const byPatch = await patchIdOf(tx, act.by, where);
      if (byPatch === null) return;
      const patches = [patchId(text.repositoryId, text.number)];
      // Its links and its time move over when it is decided on: only then is it known whether nobody took this back since.
      return addFact(tx, { body: { kind: "superseded", byPatch, pull: act.pull }, patches }, where);
    }
    case "link":
      return link(tx, act, where);
    case "case-words": {
      const id = await caseIdOf(tx, act.target, where);
      await writeCaseWords(tx, { caseId: id, words: act.words, at: text.at });
      await makeDue(
        tx,
        (await patchesOfCase(tx, id)).map((patch) => patch.id),
        now,
      );
      return;
    }
    case "quiet-me":
      await keepQuiet(tx, {
        ownerId: where.place.repository.owner_id,
        userId: text.sender.id,
        login: text.sender.login,
        until: act.untilAt,
        at: text.at,
      });
      return;
    case "answer":
      return;
  }
}

async function addFact(
  tx: Tx,
  said: { readonly body: FactBody; readonly patches: readonly string[] },
  { text, command, now }: ActPlace,
): Promise<void> {
  const key = `command:${text.source}:${command.text}:${command.occurrence}`;
  const actor = accountOf(text);
  const body: FactBody =
    said.body.kind === "escalation-asked" && actor === null ? { ...said.body, by: text.sender.login } : said.body;
  const fact: Fact = { ...body, key, at: text.at, actor };
  for (const id of said.patches) await addFacts(tx, storedPatchId(id), [fact]);
  await makeDue(tx, said.patches, now);
}

/** The pull request, or on a case all its confirmed patches. */
export async function patchesHere(tx: Tx, { text }: Pick<ActPlace, "text">): Promise<readonly string[]> {
  if (text.on === "patch") return [patchId(text.repositoryId, text.number)];
  const known = await caseByIssue(tx, text.repositoryId, text.number);
  if (known === undefined) return [];
  return (await patchesOfCase(tx, known.id)).filter((each) => each.state === "confirmed").map((each) => each.id);
}

async function link(tx: Tx, act: Extract<CommandAct, { kind: "link" }>, where: ActPlace): Promise<void> {
  const { text, place, now } = where;
  const isOnPatch = text.on === "patch";
  const caseId = await caseIdOf(tx, isOnPatch ? act.target : null, where);
  const id = isOnPatch ? patchId(text.repositoryId, text.number) : await patchIdOf(tx, act.target, where);
  if (id === null) return;
  await setLink(tx, {
    ownerId: place.repository.owner_id,
    caseId,
    patchId: id,
    state: act.state,
    madeBy: text.sender.login,
    isBySupport: where.isSupporter,
    madeWhere: text.url,
    madeAt: text.at,
  });
  await makeDue(tx, [id], now);
}

/** The patch that a case is to be linked to; a row is made for one that no webhook has shown yet. */
export async function patchIdOf(tx: Tx, target: Target, { place, now }: ActPlace): Promise<string | null> {
  if (target.kind !== "patch") return null;
  if (target.seen !== undefined) {
    const id = await seePatch(tx, target.seen.snapshot);
    await addFacts(tx, id, target.seen.facts);
    await makeDue(tx, [id], now);
    return id;
  }
  return expectPatch(tx, {
    repositoryId: target.repositoryId,
    number: target.number,
    ownerId: place.repository.owner_id,
    title: `#${target.number}`,
    author: null,
    at: now,
  });
}

/** The case that an act is about; null means the one on which it was written. Made where there is none yet. */
export async function caseIdOf(
  tx: Tx,
  target: Target | null,
  { text, place }: Pick<ActPlace, "text" | "place">,
): Promise<number> {
  const { repository } = place;
  if (target === null) {
    const known = await caseByIssue(tx, text.repositoryId, text.number);
    if (known !== undefined) return known.id;
    const reference = `${repository.owner_login}/${repository.name}#${text.number}`;
    const made = {
      ownerId: repository.owner_id,
      repositoryId: repository.id,
      number: text.number,
      reference,
      title: reference,
      url: text.url,
      at: text.at,
    };
    return (await expectIssueCase(tx, made)).id;
  }
  if (target.kind !== "case") throw new Error("a case's words were decided for something that is no case");
  if (target.caseId !== null) return target.caseId;
  const issue = /^([^/\s]+)\/([^#\s]+)#(\d+)$/.exec(target.reference);
  const inRepository = issue === null ? undefined : await repositoryByName(tx, issue[1] ?? "", issue[2] ?? "");
  if (issue !== null && inRepository?.owner_id === repository.owner_id) {
    const made = {
      ownerId: repository.owner_id,
      repositoryId: inRepository.id,
      number: Number(issue[3]),
      reference: target.reference,
      title: target.reference,
      url: target.url ?? "",
      at: text.at,
    };
    return (await expectIssueCase(tx, made)).id;
  }
  return (
    await expectCase(tx, { ownerId: repository.owner_id, reference: target.reference, url: target.url, at: text.at })
  ).id;
}
