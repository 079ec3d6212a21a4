// What somebody may see of an owner's board: a pure rule over what GitHub and the customers' file say of them.
import type { Customer } from "../customers/customer.ts";
import type { Language } from "../policy/policy.ts";
import type { SignedIn } from "./signed-in.ts";

export const ROLES = ["owner", "support", "consultant", "account-owner", "deputy", "decider", "maintainer"] as const;

export type Role = (typeof ROLES)[number];

export type Access = {
  readonly roles: readonly Role[];
  /** Whose consultant, account owner or deputy they are. */
  readonly customerIds: readonly string[];
  /** The repositories that they maintain, where that is all they are. */
  readonly repositoryIds: readonly number[];
  readonly reads: Reads;
};

/** As the files say of them; the zone else as the owner's policy does. */
export type Reads = { readonly language: Language | null; readonly timezone: string };

export const NO_ACCESS: Access = {
  roles: [],
  customerIds: [],
  repositoryIds: [],
  reads: { language: null, timezone: "UTC" },
};

export type AccessFacts = {
  readonly person: SignedIn;
  /** Whether they belong to the owner's organisation; of a person's own account everybody whom it names does. */
  readonly isMember: boolean;
  readonly isOwner: boolean;
  readonly isInSupport: boolean;
  readonly isDecider: boolean;
  readonly customers: readonly Customer[];
  /** Where GitHub lets them write. */
  readonly maintains: readonly number[];
  readonly reads: Reads;
};

type Reachable = { readonly email: string | null; readonly github: string | null };

/**
 * Who is known to GitHub has to belong to the organisation: who left is out, whatever files still name them. Who is known by a registered
 * address is who the organisation's own customers' file says. Maintainers see their repositories, and nothing of customers.
 */
export function decideAccess(facts: AccessFacts): Access {
  const { person, isMember, isOwner, isInSupport, isDecider, customers, maintains, reads } = facts;
  if (person.kind === "github" && !isMember)
    return maintains.length === 0
      ? NO_ACCESS
      : { roles: ["maintainer"], customerIds: [], repositoryIds: maintains, reads };
  const isThem = (someone: Reachable | null): boolean =>
    someone !== null &&
    (person.kind === "github"
      ? someone.github?.toLowerCase() === person.login.toLowerCase()
      : someone.email?.toLowerCase() === person.email.toLowerCase());
  const consulted = customers.filter(
    ({ consultant }) => consultant !== null && isThem({ email: null, github: consultant.github }),
  );
  const owned = customers.filter(({ owner }) => isThem(owner));
  const deputised = customers.filter(({ owner }) => isThem(owner?.deputy ?? null));
  const held: Readonly<Record<Role, boolean>> = {
    owner: isOwner,
    support: isInSupport,
    consultant: consulted.length > 0,
    "account-owner": owned.length > 0,
    deputy: deputised.length > 0,
    decider: isDecider,
    maintainer: maintains.length > 0,
  };
  return {
    roles: ROLES.filter((role) => held[role]),
    customerIds: [...new Set([...consulted, ...owned, ...deputised].map(({ id }) => id))],
    repositoryIds: maintains,
    reads,
  };
}

/** Whether they see what maintainers see: their repositories' patches, without customers. */
export const isLimitedTo = (access: Access): boolean => access.roles.every((role) => role === "maintainer");
