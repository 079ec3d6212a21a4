// What webhooks say of people: teams, members, collaborators. What we knew of them is forgotten and asked again when it is needed.
import { DONE, type Handled, ignored, type Reacting } from "../github/handled.ts";
import { renameOwner } from "../github/installation-store.ts";
import { memberEvent, organizationEvent, teamEvent } from "../github/payload.ts";
import { readPayload } from "../github/read-payload.ts";
import { makeOpenPatchesDue, makePatchesOfAuthorDue } from "../patches/batch-store.ts";
import { forgetAccess, forgetPerson, forgetTeam } from "./store.ts";

export async function onMember(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(memberEvent, payload);
  if (!event.member) return ignored("it names no member");
  const { id } = event.member;
  await reacting.database.transaction(async (tx) => {
    await forgetAccess(tx, { repositoryId: event.repository.id, userId: id });
    await makeOpenPatchesDue(
      tx,
      { ownerId: event.repository.owner.id, repositoryId: event.repository.id },
      reacting.now(),
    );
  });
  reacting.database.hint("patches");
  return DONE;
}

/** `membership` and `team`: a team's members or what it may do. */
export async function onTeam(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(teamEvent, payload);
  await reacting.database.transaction(async (tx) => {
    await forgetTeam(tx, event.organization.id, event.team.slug ?? null);
    if (event.member) await forgetPerson(tx, event.member.id);
    // What a team may do in which repository is not told: whoever wrote in any is asked about again.
    else await forgetAccess(tx, {});
    await makeOpenPatchesDue(tx, { ownerId: event.organization.id }, reacting.now());
  });
  reacting.database.hint("patches");
  return DONE;
}

export async function onOrganization(reacting: Reacting, payload: unknown): Promise<Handled> {
  const event = readPayload(organizationEvent, payload);
  if (event.action === "renamed") {
    await reacting.database.transaction((tx) => renameOwner(tx, event.organization.id, event.organization.login));
    return DONE;
  }
  const user = event.membership?.user;
  if (!user || (event.action !== "member_added" && event.action !== "member_removed")) {
    return ignored(`organization.${event.action} changes nothing for us`);
  }
  await reacting.database.transaction(async (tx) => {
    await forgetPerson(tx, user.id);
    await makePatchesOfAuthorDue(tx, user.id, reacting.now());
  });
  reacting.database.hint("patches");
  return DONE;
}
