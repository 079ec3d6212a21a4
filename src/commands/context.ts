// What is known when one command is decided: what was looked up before, and what the commands before it in the same text have done.
import { linksOf } from "../cases/store.ts";
import { nameMentioned } from "../customers/names.ts";
import type { Tx } from "../db/database.ts";
import { patchId } from "../github/refs.ts";
import type { PatchPlace } from "../patches/place.ts";
import { factsOf } from "../patches/store.ts";
import { isSupersededBy } from "../patches/supersede.ts";
import { patchesHere } from "./act.ts";
import type { Roles } from "./authority.ts";
import type { Command } from "./command.ts";
import type { CommandText } from "./command-text.ts";
import type { CommandContext } from "./decide.ts";
import { standingNow } from "./escalate.ts";
import type { Escalating } from "./escalating.ts";
import { isPrivateCaseRepository, type Known } from "./known.ts";

export async function contextOf(
  tx: Tx,
  run: { text: CommandText; place: PatchPlace; roles: Roles; known: Known; command: Command },
): Promise<CommandContext> {
  const { text, place, roles, known, command } = run;
  const { repository, policy } = place;
  const id = patchId(text.repositoryId, text.number);
  const linked = text.on === "patch" ? (await linksOf(tx, [id])).filter((link) => link.state === "confirmed") : [];
  const { aboutCase } = text;
  const confirmed = aboutCase === undefined ? linked : linked.filter((link) => link.case.id === aboutCase);
  const facts = text.on === "patch" ? ((await factsOf(tx, [id])).get(id) ?? []) : [];
  const patches = await patchesHere(tx, run);
  return {
    on: text.on,
    roles,
    // The board is no public place: what is said there is told on GitHub only as far as the policy lets it.
    disclosure: text.isOnBoard === true ? "full" : policy.disclosure,
    isPrivateCaseRepository: isPrivateCaseRepository(place, known),
    people: known.people,
    namesCustomer: namedIn(command).some((words) => nameMentioned(words, known.customers) !== null),
    targets: known.targets,
    landings: known.landings,
    successors: known.successors,
    predecessors: command.verb === "superseded" ? await predecessorsOf(tx, run, id) : new Set(),
    customerIds: new Set(known.customers.map((customer) => customer.id)),
    linkedCaseIds: confirmed.map((link) => link.case.id),
    linkedReferences: confirmed.map((link) => link.case.reference),
    patches,
    isMerged: facts.some((fact) => fact.kind === "merged"),
    escalating: command.verb === "escalate" ? await escalatingOf(tx, run, patches) : [],
    takes: facts.filter((fact) => fact.kind === "taken").length,
    calendar: place.officeHours,
    timezone: policy.calendar.timezone,
    at: text.at,
    owner: repository.owner_login,
  };
}

/** The words of a command in which a customer's name would be seen by everybody. */
function namedIn(command: Command): readonly string[] {
  const customer = "customer" in command && command.customer !== null ? [command.customer] : [];
  const reason = "reason" in command && command.reason !== null ? [command.reason] : [];
  const refs = "refs" in command ? command.refs : "ref" in command && command.ref !== null ? [command.ref] : [];
  return [...refs.map((ref) => ref.text), ...customer, ...reason];
}

/** Those of the pull requests named here that wait for this one already. */
async function predecessorsOf(
  tx: Tx,
  { text, known }: { text: CommandText; known: Known },
  id: string,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const successor of known.successors.values()) {
    if (successor.kind !== "patch") continue;
    const { patchId: named } = successor.target;
    if (await isSupersededBy(tx, named, { other: id, now: text.at })) found.add(named);
  }
  return found;
}

async function escalatingOf(
  tx: Tx,
  { text, roles, known }: { text: CommandText; roles: Roles; known: Known },
  patches: readonly string[],
): Promise<readonly Escalating[]> {
  const sender = { login: text.sender.login, email: text.senderEmail ?? null, isSupporter: roles.isSupporter };
  const looked = known.escalating.filter((each) => patches.includes(each.row.id));
  const escalating: Escalating[] = [];
  for (const gathered of looked)
    escalating.push(await standingNow(tx, gathered, { ...sender, customers: known.customers }));
  return escalating;
}
