// Which customers a patch concerns today and what they are to it: by who wrote it and by the cases that it is linked to.
import { payingOn, targetsOf } from "../customers/contracts.ts";
import type { Customer } from "../customers/customer.ts";
import {
  customerById,
  customersByLogin,
  customersByOrganizations,
  organizationsOfCustomers,
} from "../customers/store.ts";
import type { Db } from "../db/database.ts";
import { activeInstallationByLogin } from "../github/installation-store.ts";
import { type OwnerId, ownerId } from "../github/refs.ts";
import type { People, Person } from "../people/people.ts";
import { type Calendar, durationMillis } from "../policy/calendar.ts";
import type { Policy, Severity } from "../policy/policy.ts";
import type { CustomerToday } from "./situation.ts";

/**
 * The customers whom an author belongs to: by login, by an organisation that they show in public, or by one where the app is
 * installed as well and says so. Asks GitHub at most once a day an author, and not at all where no customer has an organisation.
 */
export async function customersOfAuthor(
  parts: { readonly db: Db; readonly people: People },
  author: Person,
  where: { readonly ownerId: number; readonly installationId: number | null },
): Promise<readonly Customer[]> {
  const owner = ownerId(where.ownerId);
  const byLogin = await customersByLogin(parts.db, owner, author.login);
  const known = await organizationsOfCustomers(parts.db, owner);
  if (known.length === 0 || where.installationId === null) return byLogin;
  const shown = new Set(await parts.people.publicOrganizations(where.installationId, author));
  const organizations = known.filter((each) => shown.has(each.toLowerCase()));
  for (const organization of known) {
    if (shown.has(organization.toLowerCase())) continue;
    const installation = await activeInstallationByLogin(parts.db, organization);
    if (installation === undefined) continue;
    if (await parts.people.isMember(installation.id, organization, author)) organizations.push(organization);
  }
  const byOrganization =
    organizations.length === 0 ? [] : await customersByOrganizations(parts.db, owner, organizations);
  return [...byLogin, ...byOrganization.filter((each) => !byLogin.some((other) => other.id === each.id))];
}

/** Reads customers by id, leaving out ids that nobody has. */
export async function customersById(db: Db, owner: OwnerId, ids: readonly string[]): Promise<readonly Customer[]> {
  const customers: Customer[] = [];
  for (const id of new Set(ids)) {
    const customer = await customerById(db, owner, id);
    if (customer !== null) customers.push(customer);
  }
  return customers;
}

/** What a customer is to a patch at `now` by the policy's grace and calendar. */
export function customerToday(customer: Customer, by: { policy: Policy; clock: Calendar; now: number }): CustomerToday {
  const { grace } = by.policy.contracts;
  const paying = payingOn(customer, by.now, grace);
  const targets = targetsOf(customer, by.now, { grace, millisOf: (duration) => durationMillis(duration, by.clock) });
  const targetMillis: Partial<Record<Severity, number>> = {};
  for (const severity of ["S1", "S2", "S3", "S4"] as const) {
    const target = targets[severity];
    if (target !== undefined) targetMillis[severity] = durationMillis(target, by.clock);
  }
  return {
    id: customer.id,
    pays: paying.pays,
    isConsulting: paying.isConsulting,
    isConfidential: customer.confidential,
    targetMillis,
  };
}

/** The logins of a customer's people, consultant, account owner and deputy, in lower case: they stand on the author's side. */
export function peopleOf(customers: readonly Customer[]): ReadonlySet<string> {
  return new Set(
    customers
      .flatMap(({ logins, consultant, owner }) => [
        ...logins,
        consultant?.github ?? null,
        owner?.github ?? null,
        owner?.deputy?.github ?? null,
      ])
      .flatMap((login) => (login === null ? [] : [login.toLowerCase()])),
  );
}
