// What digests are made of, as values: what is read of an owner once, and what one reader's message holds. Apart, because reading, deciding and
// writing share it.
import type { CustomerEventBody } from "../cases/customer-event.ts";
import type { Recipient } from "../notify/notice.ts";
import type { Severity } from "../policy/policy.ts";
import type { DueLapse } from "../silences/contracts.ts";
import type { SilenceKind } from "../silences/decide.ts";

/** A patch that is followed and acted on. */
export type DigestPatch = {
  readonly id: string;
  readonly repositoryId: number;
  /** `owner/repo#N` */
  readonly name: string;
  readonly url: string;
  readonly title: string;
  /** 1 (gravest) to 5 (no severity known). */
  readonly gravity: number;
  readonly turn: "maintainer" | "author" | "nobody";
  readonly sinceAt: number;
  readonly waitsForUs: boolean;
  /** Whom it waits for among the maintainers: logins and `org/team`, lower case. */
  readonly asked: readonly string[];
  readonly customerIds: readonly string[];
  readonly cases: readonly DigestCase[];
  /** A silence that was told and holds still. */
  readonly silence: SilenceKind | null;
  /** An escalation that its account owner has not answered. */
  readonly isOwnerSilent: boolean;
};

export type DigestCase = {
  readonly reference: string;
  readonly severity: Severity | null;
  readonly customerId: string | null;
};

/** A link that waits for somebody to confirm or drop it. */
export type DigestProposal = {
  readonly repositoryId: number;
  readonly patch: Pick<DigestPatch, "name" | "url" | "title">;
  readonly reference: string;
  readonly customerId: string | null;
  readonly madeBy: string;
};

export type DigestReport = {
  readonly reference: string;
  readonly title: string;
  readonly severity: Severity | null;
  readonly customerId: string | null;
  /** YYYY-MM-DD */
  readonly day: string;
};

export type DigestEvent = {
  readonly customerId: string;
  readonly at: number;
  readonly reference: string | null;
  readonly pull: { readonly name: string; readonly url: string; readonly title: string } | null;
  readonly event: CustomerEventBody;
};

export type DigestLapse = { readonly customerId: string; readonly lapse: DueLapse };

/** Somebody who could not be told: without an address, or by a message that failed for good. */
export type DigestUnreached = {
  readonly name: string;
  readonly because: "no-address" | "failed";
  readonly times: number;
};

/** Everything about an owner that any reader's digest may hold. */
export type DigestSource = {
  readonly patches: readonly DigestPatch[];
  readonly proposals: readonly DigestProposal[];
  readonly reports: readonly DigestReport[];
  readonly events: readonly DigestEvent[];
  readonly lapses: readonly DigestLapse[];
  readonly unreached: readonly DigestUnreached[];
  readonly customerNames: ReadonlyMap<string, string>;
  /** Repositories in which references, and severities, may be told to whoever works there. */
  readonly mayName: ReadonlyMap<number, { readonly references: boolean; readonly severities: boolean }>;
};

/** What a reader is to the owner's patches. */
export type DigestReader = {
  readonly to: Recipient;
  /** Their login and the teams that they are in, as `asked` names them. */
  readonly askedAs: ReadonlySet<string>;
  /** Whether they look after everything, or only what is in these repositories. */
  readonly supports: "all" | ReadonlySet<number>;
  readonly consults: ReadonlySet<string>;
  readonly owns: ReadonlySet<string>;
  readonly isQuiet: boolean;
};

export type PatchLine = {
  readonly kind: "patch";
  readonly patch: Pick<DigestPatch, "name" | "url" | "title">;
  readonly sinceAt: number;
  readonly customers: readonly string[];
  readonly references: readonly string[];
  readonly severity: Severity | null;
  /** The author's side was told, in vain. */
  readonly isListed: boolean;
  readonly silence: SilenceKind | null;
};

export type DigestLine =
  | PatchLine
  | { readonly kind: "report"; readonly customer: string | null; readonly report: DigestReport; readonly days: number }
  | { readonly kind: "event"; readonly customer: string; readonly event: DigestEvent }
  | { readonly kind: "lapse"; readonly customer: string; readonly lapse: DueLapse }
  | { readonly kind: "proposal"; readonly proposal: DigestProposal }
  | { readonly kind: "unreached"; readonly unreached: DigestUnreached };

export type SectionName =
  | "asked"
  | "reports"
  | "ours"
  | "theirs"
  | "owner-silent"
  | "silences"
  | "moved"
  | "proposals"
  | "unreached";

/** `more`: how many lines had no room. */
export type Section = { readonly name: SectionName; readonly lines: readonly DigestLine[]; readonly more: number };
