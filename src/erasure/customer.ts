// A customer without one person: an account owner's deputy moves up, everybody else of that name is left out. Pure.
import type { Known } from "./scrub.ts";

/** The stored JSON without them; null where they are not in it. */
export function withoutPerson(json: string, { logins, emails }: Known): string | null {
  const customer: unknown = JSON.parse(json);
  if (!isRecord(customer)) return null;
  const isThem = (person: unknown): boolean =>
    isRecord(person) &&
    ((typeof person.github === "string" && logins.has(person.github.toLowerCase())) ||
      (typeof person.email === "string" && emails.has(person.email.toLowerCase())));
  const without = { ...customer };
  if (isRecord(customer.owner)) {
    const deputy = isThem(customer.owner.deputy) ? null : customer.owner.deputy;
    const movedUp = isRecord(deputy) ? { ...deputy, deputy: null } : null;
    without.owner = isThem(customer.owner) ? movedUp : { ...customer.owner, deputy: deputy ?? null };
  }
  if (isThem(customer.consultant)) without.consultant = null;
  if (Array.isArray(customer.contacts)) without.contacts = customer.contacts.filter((each) => !isThem(each));
  if (Array.isArray(customer.logins))
    without.logins = customer.logins.filter((each) => typeof each !== "string" || !logins.has(each.toLowerCase()));
  const text = JSON.stringify(without);
  return text ===
    JSON.stringify({
      ...customer,
      ...(isRecord(customer.owner) && { owner: { ...customer.owner, deputy: customer.owner.deputy ?? null } }),
    })
    ? null
    : text;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
