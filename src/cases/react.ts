// What webhooks say of issues: those in case repositories are cases, and their comments command; all else is not ours.
import { z } from "zod";
import { readBody } from "../commands/react.ts";
import type { Tx } from "../db/database.ts";
import { DONE, type Handled, ignored, type Reacting } from "../github/handled.ts";
import { seeOrigin } from "../github/origin.ts";
import { type IssuePayload, issuesEvent, type RepositoryPayload, toActor } from "../github/payload.ts";
import { readPayload } from "../github/read-payload.ts";
import { makeDue } from "../patches/store.ts";
import { caseRepositoriesOf } from "./repositories.ts";
import { expectIssueCase, moveCase, patchesOfCase } from "./store.ts";
import { writeCaseWords } from "./words-store.ts";

const withAction = z.object({ action: z.string() });

export async function onIssues(reacting: Reacting, payload: unknown): Promise<Handled> {
  const { action } = readPayload(withAction, payload);
  // These show an issue without its state, and change no case.
  if (action === "pinned" || action === "unpinned") return ignored(`issues.${action} changes nothing for us`);
  const event = readPayload(issuesEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  const { database, now } = reacting;
  const { repository, issue } = event;
  if (!(await isCaseRepository(reacting, repository))) {
    // The half of a transfer that came from a repository of ours still tells where the case went.
    return ignored(`${repository.full_name} is not a case repository`);
  }
  if (event.action === "transferred") return onTransferred(reacting, event);
  const movedFrom = event.changes?.old_repository;
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    if (event.action === "opened" && movedFrom && event.changes?.old_issue) {
      await moveCase(
        tx,
        { repositoryId: movedFrom.id, number: event.changes.old_issue.number },
        {
          repositoryId: repository.id,
          number: issue.number,
          reference: referenceOf(repository, issue.number),
          url: issue.html_url,
        },
      );
    }
    await seeCase(tx, { repository, issue, now: now() });
  });
  database.hint("patches");
  if (event.action === "opened" || event.action === "edited") {
    await readBody(reacting, {
      on: "case",
      repositoryId: repository.id,
      number: issue.number,
      title: issue.title,
      body: issue.body ?? "",
      before: event.action === "edited" ? (event.changes?.body?.from ?? issue.body ?? "") : "",
      areCommandsRun: true,
      sender: toActor(event.sender),
      at: event.action === "opened" ? issue.created_at : issue.updated_at,
      url: issue.html_url,
    });
  }
  return DONE;
}

const referenceOf = (repository: RepositoryPayload, number: number): string => `${repository.full_name}#${number}`;

export async function isCaseRepository(
  reacting: Pick<Reacting, "database">,
  repository: RepositoryPayload,
): Promise<boolean> {
  const names = await caseRepositoriesOf(reacting.database.db, repository.owner.id);
  return names.has(repository.full_name.toLowerCase());
}

/** Keeps an issue of a case repository as a case: its title, state and assignee are the issue's. */
export async function seeCase(
  tx: Tx,
  seen: { repository: RepositoryPayload; issue: IssuePayload; now: number },
): Promise<number> {
  const { repository, issue } = seen;
  const row = await expectIssueCase(tx, {
    ownerId: repository.owner.id,
    repositoryId: repository.id,
    number: issue.number,
    reference: referenceOf(repository, issue.number),
    title: issue.title,
    url: issue.html_url,
    at: issue.created_at,
  });
  await writeCaseWords(tx, {
    caseId: row.id,
    words: {
      title: issue.title,
      state: issue.state,
      assignee: toActor(issue.assignee)?.login ?? null,
      url: issue.html_url,
    },
    at: issue.updated_at,
  });
  await makeDue(
    tx,
    (await patchesOfCase(tx, row.id)).map((patch) => patch.id),
    seen.now,
  );
  return row.id;
}

/** A transferred issue keeps its links; where it went to a repository that holds no cases, it stays the case that it was. */
async function onTransferred(reacting: Reacting, event: import("zod").infer<typeof issuesEvent>): Promise<Handled> {
  const target = event.changes?.new_repository;
  const issue = event.changes?.new_issue;
  if (!target || !issue) return ignored("the transfer does not say where to");
  await reacting.database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: reacting.now(), about: "other" });
    await moveCase(
      tx,
      { repositoryId: event.repository.id, number: event.issue.number },
      {
        repositoryId: target.id,
        number: issue.number,
        reference: referenceOf(target, issue.number),
        url: issue.html_url,
      },
    );
  });
  return DONE;
}
