// Who could be reminded of a patch: those asked for it, its code owners, the policy's maintainers, without those who must be left alone.
import { isErased } from "../erasure/mark.ts";
import type { SideLists } from "../people/sides.ts";
import { sideOf } from "../people/sides.ts";
import type { Party } from "../policy/policy.ts";
import { type Fact, inOrder } from "./fact.ts";
import { placeForPeople } from "./gather-sides.ts";
import { toAddressee } from "./parties.ts";
import type { PatchPlace } from "./place.ts";
import { type Addressee, addresseeKey, type Candidates } from "./situation.ts";
import type { PatchRow } from "./store.ts";
import type { Wiring } from "./wiring.ts";

/** People who asked for quiet by command, and parties whom the policy keeps quiet. */
export type Quiet = {
  readonly people: readonly { readonly userId: number; readonly login: string }[];
  readonly parties: readonly Party[];
};

/** More than these are not mentioned one by one. */
const MOST_MEMBERS = 10;

type Input = {
  readonly row: PatchRow;
  readonly place: PatchPlace;
  readonly facts: readonly Fact[];
  readonly lists: SideLists;
  readonly quiet: Quiet;
  /** Keys of those who have had their reminders of the week. */
  readonly fullAddressees: ReadonlySet<string>;
  readonly codeOwners: readonly Party[];
  readonly requested: {
    readonly people: readonly { readonly id: number; readonly login: string }[];
    readonly teams: readonly { readonly slug: string }[];
  };
};

/** Sorts the candidates by where they come from; `/case ask` takes the place of whoever is requested. */
export async function candidatesOf(wiring: Wiring, input: Input): Promise<Candidates> {
  const { policy, repository } = input.place;
  let isSomebodyQuiet = false;
  const keep = async (people: readonly Addressee[]): Promise<readonly Addressee[]> => {
    const kept: Addressee[] = [];
    for (const each of await spelledOut(wiring, input, people)) {
      if (kept.some((other) => addresseeKey(other) === addresseeKey(each)) || isOnAuthorsSide(each, input)) continue;
      if (isQuiet(each, input.quiet)) isSomebodyQuiet = true;
      else kept.push(each);
    }
    return kept;
  };
  const asked = lastAsked(input.facts);
  const requested: readonly Addressee[] =
    asked ??
    (await invited(wiring, input, [
      ...input.requested.people.map((person): Addressee => ({ kind: "person", ...person })),
      ...input.requested.teams.map(
        (team): Addressee => ({ kind: "team", organization: repository.owner_login, slug: team.slug }),
      ),
    ]));
  const kept = {
    requested: await keep(requested),
    codeOwners: await keep(input.codeOwners.map(toAddressee)),
    maintainers: await keep(policy.maintainers.map(toAddressee)),
  };
  return { ...kept, isSomebodyQuiet };
}

/**
 * A team is mentioned as one; but where a member wants quiet, has had their reminders of the week or stands on the author's side, only the
 * others are.
 */
async function spelledOut(wiring: Wiring, input: Input, people: readonly Addressee[]): Promise<readonly Addressee[]> {
  const where = placeForPeople(input.place);
  const spelled: Addressee[] = [];
  for (const each of people) {
    const isOurs = each.kind === "team" && each.organization.toLowerCase() === where?.owner.toLowerCase();
    if (each.kind !== "team" || where === null || !isOurs) {
      spelled.push(each);
      continue;
    }
    const members = (await wiring.people.membersOf(where, each)).map(
      (member): Addressee => ({ kind: "person", ...member }),
    );
    const isLeftOut = (member: Addressee) =>
      isQuiet(member, input.quiet) || isOnAuthorsSide(member, input) || input.fullAddressees.has(addresseeKey(member));
    const isWhole = !members.some(isLeftOut);
    if (isWhole || isQuiet(each, input.quiet)) spelled.push(each);
    else spelled.push(...members.slice(0, MOST_MEMBERS));
  }
  return spelled;
}

function lastAsked(facts: readonly Fact[]): readonly Addressee[] | null {
  const last = inOrder(facts).findLast((fact) => fact.kind === "asked");
  if (last === undefined) return null;
  return [
    ...last.logins.map((login, index): Addressee => ({ kind: "person", id: last.ids[index] ?? null, login })),
    ...last.teams.flatMap((team): readonly Addressee[] => {
      const [organization, slug] = team.split("/");
      return organization === undefined || slug === undefined ? [] : [{ kind: "team", organization, slug }];
    }),
  ];
}

/** Volunteers who were asked for a review are reminded only where the policy says `remind: anyone`. */
async function invited(wiring: Wiring, input: Input, people: readonly Addressee[]): Promise<readonly Addressee[]> {
  const { policy, repository, installationId } = input.place;
  if (policy.reminders.remind === "anyone" || installationId === null) return people;
  const invitedPeople: Addressee[] = [];
  for (const each of people) {
    if (each.kind === "team" || each.id === null) {
      invitedPeople.push(each);
      continue;
    }
    const { maintainers, codeOwners, writerIds } = input.lists;
    const login = each.login.toLowerCase();
    const isListed = [maintainers, codeOwners].some(
      (names) => names.logins.has(login) || names.memberIds.has(each.id ?? 0),
    );
    const isTeam =
      isListed ||
      writerIds.has(each.id) ||
      repository.owner_id === each.id ||
      (await wiring.people.isMember(installationId, repository.owner_login, { id: each.id, login: each.login }));
    if (isTeam) invitedPeople.push(each);
  }
  return invitedPeople;
}

function isOnAuthorsSide(each: Addressee, { row, lists }: Input): boolean {
  if (each.kind === "team") return false;
  const login = each.login.toLowerCase();
  if (login.endsWith("[bot]") || login === row.author_login.toLowerCase()) return true;
  // A login that no event has shown has no id yet; names alone decide then.
  return (
    sideOf({ id: each.id ?? -1, login: each.login }, { ...lists, requestedIds: new Set(), writerIds: new Set() }) ===
    "author"
  );
}

export function isQuiet(each: Addressee, quiet: Quiet): boolean {
  const key = addresseeKey(each);
  const isPartyQuiet = quiet.parties.some((party) => addresseeKey(toAddressee(party)) === key);
  if (each.kind === "team") return isPartyQuiet;
  if (isErased(each.login)) return true;
  return (
    isPartyQuiet ||
    quiet.people.some((person) => (each.id === null ? person.login.toLowerCase() === key : person.userId === each.id))
  );
}
