// The repository's policy on top of the owner's on top of the defaults, key by key; lists replace. Pure.
import { createHash } from "node:crypto";
import { DEFAULT_HOURS, DEFAULT_POLICY } from "./defaults.ts";
import type {
  Disclosure,
  Labels,
  PartialLabelStyle,
  PartialLabels,
  PartialPolicy,
  Policy,
  PolicyCalendar,
  Visibility,
  WorkingHours,
} from "./policy.ts";

export type PolicyLayers = {
  readonly owner: PartialPolicy | null;
  readonly repository: PartialPolicy | null;
  readonly visibility: Visibility;
};

/** The policy that holds in a repository of this visibility. */
export function resolvePolicy({ owner, repository, visibility }: PolicyLayers): Policy {
  const layers = [owner ?? {}, repository ?? {}];
  const policy = layers.reduce(lay, DEFAULT_POLICY);
  return { ...policy, disclosure: resolveDisclosure({ owner, repository, visibility }) };
}

function lay(base: Policy, over: PartialPolicy): Policy {
  return {
    mode: over.mode ?? base.mode,
    language: over.language ?? base.language,
    disclosure: base.disclosure,
    support: over.support ?? base.support,
    maintainers: over.maintainers ?? base.maintainers,
    track: over.track ?? base.track,
    cases: overlay(base.cases, over.cases),
    exempt: overlay(base.exempt, over.exempt),
    calendar: layCalendar(base.calendar, over.calendar),
    targets: overlay(base.targets, over.targets),
    reminders: overlay(base.reminders, over.reminders),
    digest: laySwitch(base.digest, over.digest, DEFAULT_POLICY.digest),
    escalation: overlay(base.escalation, over.escalation),
    contracts: overlay(base.contracts, over.contracts),
    releases: overlay(base.releases, over.releases),
    labels: layLabels(base.labels, over.labels ?? {}),
  };
}

/** Keys that `over` leaves undefined keep what `base` says. */
function overlay<T extends object>(base: T, over: Partial<T> | undefined): T {
  if (over === undefined) return base;
  const said = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  return { ...base, ...said };
}

/** Something that can be switched off: `false` over it, and keys over `false` begin from the default again. */
function laySwitch<T extends object>(
  base: T | false,
  over: Partial<T> | false | undefined,
  initial: T | false,
): T | false {
  if (over === undefined) return base;
  if (over === false) return false;
  const start = base === false ? initial : base;
  return start === false ? false : overlay(start, over);
}

function layCalendar(base: PolicyCalendar, over: PartialPolicy["calendar"]): PolicyCalendar {
  if (over === undefined) return base;
  if (over === "always") return { kind: "always", timezone: base.timezone };
  const start: WorkingHours = base.kind === "hours" ? base : { ...DEFAULT_HOURS, timezone: base.timezone };
  return { kind: "hours", ...overlay(start, over) };
}

function layLabels(base: Labels, over: PartialLabels): Labels {
  const initial = DEFAULT_POLICY.labels;
  const turn = over.turn === false ? { maintainer: false as const, author: false as const } : (over.turn ?? {});
  return {
    customer: laySwitch(base.customer, over.customer, initial.customer),
    consulting: laySwitch(base.consulting, over.consulting, initial.consulting),
    severity: laySwitch(base.severity, over.severity, initial.severity),
    turn: {
      maintainer: laySwitch(base.turn.maintainer, turn.maintainer, initial.turn.maintainer),
      author: laySwitch(base.turn.author, turn.author, initial.turn.author),
    },
    overdue: laySwitch(base.overdue, over.overdue, initial.overdue),
    escalated: laySwitch(base.escalated, over.escalated, initial.escalated),
    isConsultingNamed: isConsultingNamed(over.consulting) ?? base.isConsultingNamed,
  };
}

function isConsultingNamed(consulting: PartialLabelStyle | false | undefined): boolean | null {
  if (consulting === undefined) return null;
  return consulting !== false;
}

const OPENNESS: Readonly<Record<Disclosure, number>> = { none: 0, reference: 1, full: 2 };

/** A repository's own policy only lowers; the owner's raises, in a public repository never beyond `reference`. */
function resolveDisclosure({ owner, repository, visibility }: PolicyLayers): Disclosure {
  const initial: Disclosure = visibility === "public" ? "none" : "reference";
  const allowed = owner?.disclosure ?? initial;
  const own = repository?.disclosure === undefined ? allowed : lower(allowed, repository.disclosure);
  return visibility === "public" ? lower(own, "reference") : own;
}

function lower(a: Disclosure, b: Disclosure): Disclosure {
  return OPENNESS[a] <= OPENNESS[b] ? a : b;
}

/** The same for the same policy, in whatever order its keys were written: sixteen hexadecimal digits. */
export function policyHash(policy: Policy): string {
  return createHash("sha256").update(canonical(policy)).digest("hex").slice(0, 16);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}
