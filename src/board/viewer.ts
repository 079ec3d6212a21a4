// Whoever looks at an owner's board: who they are, what they may see, and how they read. Every page and every act gets one.
import type { Language } from "../policy/policy.ts";
import type { Role } from "./access.ts";
import type { BoardOwner } from "./access-store.ts";
import type { SignedIn } from "./signed-in.ts";

export type Theme = "auto" | "light" | "dark";

/** How somebody reads: theirs wherever they look. `timezone` is IANA. */
export type Reading = { readonly language: Language; readonly timezone: string; readonly theme: Theme };

export type Viewer = Reading & {
  readonly person: SignedIn;
  readonly personKey: string;
  readonly owner: BoardOwner;
  readonly roles: ReadonlySet<Role>;
  /** Whose consultant, account owner or deputy they are: what `mine` means. */
  readonly customerIds: ReadonlySet<string>;
  /** Only a maintainer: the patches of `repositoryIds`, and no customer, case, escalation step or person's figures. */
  readonly isLimited: boolean;
  /** Only asked where `isLimited`; all of the owner's otherwise. */
  readonly repositoryIds: readonly number[];
  /** What every form carries. */
  readonly csrf: string;
  /** When GitHub said last who they are; `isStale` while it cannot be asked again. */
  readonly checkedAt: number;
  readonly isStale: boolean;
};

/** Who looks after customers: what belongs to a customer is theirs to write. */
export const maySpeakForCustomers = ({ roles }: Viewer): boolean =>
  (["owner", "support", "consultant", "account-owner", "deputy"] as const).some((role) => roles.has(role));

/** Support and the organisation's owners for every customer, and for none; a consultant, account owner or deputy for theirs. */
export const maySpeakFor = (viewer: Viewer, customerId: string | null): boolean =>
  maySetUp(viewer) || (customerId !== null && viewer.customerIds.has(customerId));

/** Who sets things up: customers, people, tokens. */
export const maySetUp = ({ roles }: Viewer): boolean => roles.has("owner") || roles.has("support");
