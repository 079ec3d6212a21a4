// What webhooks say of comments: on a pull request a fact and perhaps commands, on a case commands, elsewhere nothing of ours.
import { noteCaseCommentDeleted } from "../cases/comment-store.ts";
import { isCaseRepository, seeCase } from "../cases/react.ts";
import { noticeNamedCustomer, type Said } from "../disclosure/named-customer.ts";
import { DONE, type Handled, ignored, type Reacting } from "../github/handled.ts";
import { isOurs } from "../github/identity.ts";
import { seeOrigin } from "../github/origin.ts";
import { issueCommentEvent, toActor } from "../github/payload.ts";
import { readPayload } from "../github/read-payload.ts";
import { patchId, repositoryId } from "../github/refs.ts";
import type { Fact } from "../patches/fact.ts";
import { landingsByComment } from "../patches/seen-landings.ts";
import { addFacts, expectPatch, makeDue } from "../patches/store.ts";
import { parseCommands } from "./parse.ts";
import { runComment } from "./react.ts";

type IssueCommentEvent = import("zod").infer<typeof issueCommentEvent>;

export async function onIssueComment(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(issueCommentEvent, payload);
  if (event.installation === undefined) return ignored("it belongs to no installation of ours");
  if (event.action === "edited" && event.changes?.body === undefined)
    return ignored("the comment's words did not change");
  if (event.issue.pull_request !== undefined && event.issue.pull_request !== null)
    return onPatchComment(reacting, event);
  if (!(await isCaseRepository(reacting, event.repository))) {
    if (event.action !== "deleted") await noticeNamedCustomer(reacting, saidIn(event));
    return ignored(`${event.repository.full_name} is not a case repository`);
  }
  if (event.action === "deleted") return onCaseCommentDeleted(reacting, event);
  // What we write on a case ourselves changes nothing of it.
  if (await isOurs(reacting.github, event.installation.id, event.comment.user)) return ignored("we wrote it");
  await reacting.database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: reacting.now(), about: "other" });
    await seeCase(tx, { repository: event.repository, issue: event.issue, now: reacting.now() });
  });
  await runComment(reacting, { on: "case", ...commentOf(event) });
  return DONE;
}

/** Our own comment on a case, once a person has deleted it, stays away until there is news. */
async function onCaseCommentDeleted(reacting: Reacting, event: IssueCommentEvent): Promise<Handled> {
  const { database, now } = reacting;
  const isOne = await database.transaction((tx) => noteCaseCommentDeleted(tx, event.comment.id, now()));
  return isOne ? DONE : ignored("a deleted comment undoes nothing");
}

async function onPatchComment(reacting: Reacting, event: IssueCommentEvent): Promise<Handled> {
  const { database, now } = reacting;
  const { repository, issue, comment } = event;
  const id = patchId(repository.id, issue.number);
  const facts =
    event.action === "deleted"
      ? await factsOfDeletion(reacting, event)
      : [...factsOfComment(event), ...(await landingsByComment(reacting, event))];
  const hasCommands = event.action !== "deleted" && parseCommands(event.comment.body ?? "").commands.length > 0;
  if (event.action === "deleted" && facts.length === 0) return ignored("a deleted comment undoes nothing");
  await database.transaction(async (tx) => {
    await seeOrigin(tx, event, { now: now(), about: "other" });
    await expectPatch(tx, {
      repositoryId: repository.id,
      number: issue.number,
      ownerId: repository.owner.id,
      title: issue.title,
      author: toActor(issue.user),
      at: issue.created_at,
    });
    await addFacts(tx, id, facts);
    if (facts.length > 0 && !hasCommands) await makeDue(tx, [id], now());
  });
  database.hint("patches");
  if (event.action === "deleted") return DONE;
  try {
    await runComment(reacting, { on: "patch", ...commentOf(event) });
  } finally {
    // Decided once for the words and the commands of one comment: "later" is no answer that needs telling beside itself.
    if (hasCommands) await database.transaction((tx) => makeDue(tx, [id], now()));
    database.hint("patches");
  }
  const isBot = toActor(comment.user)?.isBot !== false;
  return isBot ? ignored("bots' comments change no turn") : DONE;
}

/** A comment's fact is there once it was written; an edit changes nothing of when somebody spoke. Bots' are not kept. */
function factsOfComment(event: IssueCommentEvent): readonly Fact[] {
  const actor = toActor(event.comment.user);
  if (event.action !== "created" || actor === null || actor.isBot) return [];
  const { mentions, isOnlyCommands } = parseCommands(event.comment.body ?? "");
  return [
    {
      kind: "commented",
      mentions,
      isOnlyCommands,
      key: `commented:${event.comment.id}`,
      at: event.comment.created_at,
      actor,
    },
  ];
}

/** Somebody deleted a comment of ours: they are left alone here for a while. */
async function factsOfDeletion(reacting: Reacting, event: IssueCommentEvent): Promise<readonly Fact[]> {
  const { installation, comment, sender } = event;
  if (installation === undefined || !(await isOurs(reacting.github, installation.id, comment.user))) return [];
  if (await isOurs(reacting.github, installation.id, sender)) return [];
  return [
    {
      kind: "unwanted",
      what: "comment",
      key: `unwanted:deleted:${comment.id}`,
      at: reacting.now(),
      actor: toActor(sender),
    },
  ];
}

/** What somebody wrote on an issue that is no case of ours. */
function saidIn(event: IssueCommentEvent): Said {
  const { repositoryId: repository, number, source, body, sender, at, url } = commentOf(event);
  return {
    repositoryId: repository,
    number,
    on: "issue",
    source,
    text: body,
    sender,
    at,
    url: url === "" ? null : url,
  };
}

function commentOf(event: IssueCommentEvent) {
  const { comment, repository, issue } = event;
  const isEdited = event.action === "edited";
  return {
    repositoryId: repository.id,
    number: issue.number,
    source: `comment:${comment.id}`,
    subject: { on: "issue-comment" as const, repositoryId: repositoryId(repository.id), commentId: comment.id },
    body: comment.body ?? "",
    before: isEdited ? (event.changes?.body?.from ?? "") : null,
    sender: toActor(event.sender),
    at: isEdited ? comment.updated_at : comment.created_at,
    url: comment.html_url ?? "",
  };
}
