// What the commands of a text need to know before they are decided: looked up in the store and at GitHub, with no transaction open.
import { caseRepositoriesOf } from "../cases/repositories.ts";
import { caseByIssue, patchesOfCase } from "../cases/store.ts";
import type { Customer } from "../customers/customer.ts";
import { customersOfOwner } from "../customers/store.ts";
import type { Reacting } from "../github/handled.ts";
import { ownerId, patchId } from "../github/refs.ts";
import type { Gathered } from "../patches/gather.ts";
import type { PatchPlace } from "../patches/place.ts";
import { mayRun, type Roles } from "./authority.ts";
import type { Command, ParsedCommand, Ref } from "./command.ts";
import type { CommandText } from "./command-text.ts";
import type { Landing, Successor, Target } from "./decide.ts";
import { lookAt } from "./escalate.ts";
import { landingOf, successorOf } from "./landings.ts";
import { idsOf } from "./people.ts";
import { targetsOf } from "./targets.ts";

export type Known = {
  readonly targets: ReadonlyMap<string, Target>;
  readonly landings: ReadonlyMap<string, Landing>;
  readonly successors: ReadonlyMap<string, Successor>;
  readonly customers: readonly Customer[];
  readonly isCaseRepository: boolean;
  /** Ids of those whom `/case ask` names, by login in lower case; null where there is no such account. */
  readonly people: ReadonlyMap<string, number | null>;
  /** The pull requests that an escalation is asked for, looked at just now. */
  readonly escalating: readonly Gathered[];
};

/** @throws where GitHub has to be asked and cannot. */
export async function lookUp(
  reacting: Reacting,
  asked: { text: CommandText; place: PatchPlace; roles: Roles; commands: readonly ParsedCommand[] },
): Promise<Known> {
  const { database } = reacting;
  const { text, place, roles } = asked;
  const { repository } = place;
  // What commands name that the sender may not run is not worth a request.
  const commands = asked.commands.map((each) => each.command).filter((command) => mayRun(command, roles));
  const logins = commands
    .flatMap((command) => (command.verb === "ask" ? command.people : []))
    .flatMap((each) => (each.kind === "login" ? [each.login] : []));
  const here = { place, number: text.number };
  const landings = new Map<string, Landing>();
  const successors = new Map<string, Successor>();
  // On a case these are refused anyway.
  for (const command of text.on === "patch" ? commands : []) {
    if (command.verb === "landed") landings.set(command.ref.text, await landingOf(reacting, here, command.ref));
    if (command.verb === "superseded") successors.set(command.ref.text, await successorOf(reacting, here, command.ref));
  }
  const isEscalated = commands.some((command) => command.verb === "escalate");
  return {
    people: await idsOf(reacting, place.installationId ?? 0, logins),
    targets: await targetsOf(reacting, { on: text.on, place }, commands.flatMap(refsOf)),
    landings,
    successors,
    customers: await customersOfOwner(database.db, ownerId(repository.owner_id)),
    isCaseRepository: (await caseRepositoriesOf(database.db, repository.owner_id)).has(
      `${repository.owner_login}/${repository.name}`.toLowerCase(),
    ),
    escalating: isEscalated ? await lookAt(reacting, await patchesOf(reacting, text)) : [],
  };
}

export const isPrivateCaseRepository = (place: PatchPlace, { isCaseRepository }: Known): boolean =>
  isCaseRepository && place.repository.visibility !== "public";

export const mayTellOwnWords = (place: PatchPlace, known: Known): boolean =>
  isPrivateCaseRepository(place, known) || place.policy.disclosure === "full";

async function patchesOf({ database }: Reacting, text: CommandText): Promise<readonly string[]> {
  if (text.on === "patch") return [patchId(text.repositoryId, text.number)];
  const known = await caseByIssue(database.db, text.repositoryId, text.number);
  if (known === undefined) return [];
  const patches = await patchesOfCase(database.db, known.id);
  return patches.filter((each) => each.state === "confirmed").map((each) => each.id);
}

/** The references to cases, or on a case to pull requests. */
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
