// Tells an organisation's owners and support, privately, that a repository was made public and what of ours can be read there.
import { caseRepositoriesOf, policiesOfOwner } from "../cases/repositories.ts";
import type { TellingComment } from "../effects/telling-store.ts";
import type { Reacting } from "../github/handled.ts";
import { installationById, repositoryById } from "../github/installation-store.ts";
import { ownerId } from "../github/refs.ts";
import { isReachable } from "../notify/channels.ts";
import type { NewNotice, Recipient } from "../notify/notice.ts";
import { recipientLookup, withoutRepeats } from "../notify/recipients.ts";
import { enqueueNotices } from "../notify/store.ts";
import type { Party, Policy } from "../policy/policy.ts";
import { loginsOf } from "../silences/owner-place.ts";
import { madePublicMessage, type Telling } from "./messages.ts";

/** Where every policy of the owner observes nobody is told. @throws where GitHub cannot be asked who owns the organisation. */
export async function tellMadePublic(
  reacting: Reacting,
  made: { readonly repositoryId: number; readonly tellings: readonly TellingComment[] },
): Promise<void> {
  const { database, addresses, now } = reacting;
  const { db } = database;
  const repository = await repositoryById(db, made.repositoryId);
  if (repository === undefined || repository.installation_id === null || repository.made_public_at === null) return;
  const policies = (await policiesOfOwner(db, repository.owner_id)).filter((each) => each.isInForce);
  const acting = policies.map((each) => each.policy).filter((policy) => policy.mode === "act");
  const [policy] = acting;
  if (policy === undefined) return;
  const fullName = `${repository.owner_login}/${repository.name}`;
  const looksAfterCases = (await caseRepositoriesOf(db, repository.owner_id)).get(fullName.toLowerCase());
  const readers = await readersOf(reacting, {
    ownerId: repository.owner_id,
    owner: repository.owner_login,
    installationId: repository.installation_id,
    policy,
    support: [...acting.flatMap((each) => each.support), ...(looksAfterCases ?? [])],
  });
  const repositoryUrl = `${addresses.webUrl}/${fullName}`;
  const tellings = tellingsBy(made.tellings, repositoryUrl);
  const at = now();
  const notices = readers.map(
    (to): NewNotice => ({
      channel: "person",
      // The same publication, however often its webhook comes, is one.
      key: `made-public:${repository.id}:${repository.made_public_at}:${to.key}`,
      kind: "made-public",
      ownerId: repository.owner_id,
      patchId: null,
      thread: null,
      isUrgent: false,
      because: "a repository was made public",
      runAfter: at,
      to,
      message: madePublicMessage({
        reader: to,
        where: { name: fullName, url: repositoryUrl },
        tellings,
        holdsCases: looksAfterCases !== undefined,
      }),
    }),
  );
  await database.transaction((tx) => enqueueNotices(tx, notices, at));
  database.hint("notices");
}

type Where = {
  readonly ownerId: number;
  readonly owner: string;
  readonly installationId: number;
  readonly policy: Policy;
  readonly support: readonly Party[];
};

async function readersOf(reacting: Reacting, where: Where): Promise<readonly Recipient[]> {
  const { database, people, channels } = reacting;
  const place = { ...where, ownerId: ownerId(where.ownerId) };
  const installation = await installationById(database.db, where.installationId);
  const owners =
    installation?.owner_type === "User" ? [where.owner] : await people.ownersOf(where.installationId, where.owner);
  const logins = new Set([
    ...owners.map((login) => login.toLowerCase()),
    ...(await loginsOf(reacting, place, where.support)),
  ]);
  const found: Recipient[] = [];
  const lookUp = recipientLookup(database.db, where.ownerId, where.policy);
  for (const login of logins) {
    const to = await lookUp(login);
    if (to !== null && isReachable(to, channels)) found.push(to);
  }
  return withoutRepeats(found);
}

function tellingsBy(comments: readonly TellingComment[], repositoryUrl: string): readonly Telling[] {
  return [...Map.groupBy(comments, (each) => each.number)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, here]) => ({
      number,
      // GitHub leads from an issue's address to the pull request of that number.
      url: `${repositoryUrl}/issues/${number}`,
      references: here.filter((each) => each.disclosure === "reference").length,
      words: here.filter((each) => each.disclosure === "full").length,
    }));
}
