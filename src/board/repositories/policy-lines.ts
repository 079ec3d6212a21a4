// The policy in force as the file that would say all of it, a line a key, each with whose word it is. Pure; what it writes is a policy that
// reads back as the same.
import type { Duration, LabelStyle, PartialPolicy, Party, Policy } from "../../policy/policy.ts";

/** Whose word a key is: the repository's own file, the owner's, or nobody's. */
export type Source = "repository" | "owner" | "default";

export type PolicyLine = { readonly text: string; readonly source: Source | null };

export type PolicyFiles = { readonly repository: PartialPolicy | null; readonly owner: PartialPolicy | null };

/** `path` as the code has it, where a file's word is looked for; `key` as it is written. */
type Leaf = { readonly key: string; readonly path: readonly string[]; readonly value: string };
type Node = Leaf | { readonly key: string; readonly below: readonly Node[] };

export function policyLines(policy: Policy, files: PolicyFiles): readonly PolicyLine[] {
  const lines: PolicyLine[] = [{ text: "version: 1", source: null }];
  const write = (node: Node, indent: string) => {
    if ("value" in node)
      lines.push({ text: `${indent}${node.key}: ${node.value}`, source: sourceOf(node.path, files) });
    else {
      lines.push({ text: `${indent}${node.key}:`, source: null });
      for (const each of node.below) write(each, `${indent}  `);
    }
  };
  for (const node of nodesOf(policy)) write(node, "");
  return lines;
}

/** The first file that says anything on the way to the key: a group that is switched off or replaced says all that is below it. */
function sourceOf(path: readonly string[], { repository, owner }: PolicyFiles): Source {
  if (isSaid(repository, path)) return "repository";
  return isSaid(owner, path) ? "owner" : "default";
}

function isSaid(file: PartialPolicy | null, path: readonly string[]): boolean {
  let at: unknown = file ?? undefined;
  for (const part of path) {
    if (at === undefined) return false;
    if (typeof at !== "object" || at === null) return true;
    at = Object.entries(at).find(([key]) => key === part)?.[1];
  }
  return at !== undefined;
}

function nodesOf(policy: Policy): readonly Node[] {
  const { calendar, cases, contracts, digest, escalation, exempt, labels, releases, reminders, targets } = policy;
  return [
    leaf("mode", policy.mode),
    leaf("language", policy.language),
    leaf("disclosure", policy.disclosure),
    leaf("support", parties(policy.support)),
    leaf("maintainers", parties(policy.maintainers)),
    leaf("track", policy.track),
    group("cases", [
      leaf("repositories", texts(cases.repositories), "cases"),
      leaf(
        "references",
        list(cases.references, ({ pattern, url }) =>
          url === null ? `{ pattern: ${quoted(pattern)} }` : `{ pattern: ${quoted(pattern)}, url: ${quoted(url)} }`,
        ),
        "cases",
      ),
    ]),
    group("exempt", [
      leaf("labels", texts(exempt.labels), "exempt"),
      leaf("authors", texts(exempt.authors), "exempt"),
      leaf("drafts", String(exempt.drafts), "exempt"),
      leaf("bots", String(exempt.bots), "exempt"),
    ]),
    calendar.kind === "always"
      ? leaf("calendar", "always")
      : group("calendar", [
          leaf("timezone", quoted(calendar.timezone), "calendar"),
          leaf("days", `[${calendar.days.join(", ")}]`, "calendar"),
          leaf("hours", quoted(`${clock(calendar.hours.fromMinute)}-${clock(calendar.hours.toMinute)}`), "calendar"),
          leaf("holidays", calendar.holidays.length === 0 ? "none" : texts(calendar.holidays), "calendar"),
          leaf("closed", texts(calendar.closed), "calendar"),
          leaf("always", `[${calendar.always.join(", ")}]`, "calendar"),
        ]),
    group(
      "targets",
      (["S1", "S2", "S3", "S4", "none", "author", "release"] as const).map((key) =>
        leaf(key, duration(targets[key]), "targets"),
      ),
    ),
    group("reminders", [
      leaf("every", duration(reminders.every), "reminders"),
      leaf("limit", String(reminders.limit), "reminders"),
      named("per-repository-per-day", "perRepositoryPerDay", String(reminders.perRepositoryPerDay), "reminders"),
      named("per-maintainer-per-week", "perMaintainerPerWeek", String(reminders.perMaintainerPerWeek), "reminders"),
      leaf("remind", reminders.remind, "reminders"),
      leaf("quiet", parties(reminders.quiet), "reminders"),
    ]),
    digest === false
      ? leaf("digest", "false")
      : group("digest", [
          leaf("day", digest.day, "digest"),
          named("at", "atMinute", quoted(clock(digest.atMinute)), "digest"),
        ]),
    group("escalation", [
      leaf("deciders", parties(escalation.deciders), "escalation"),
      named("owner-within", "ownerWithin", duration(escalation.ownerWithin), "escalation"),
      named("decide-within", "decideWithin", duration(escalation.decideWithin), "escalation"),
      named("per-decider-per-week", "perDeciderPerWeek", String(escalation.perDeciderPerWeek), "escalation"),
      leaf("comment", String(escalation.comment), "escalation"),
    ]),
    group("contracts", [
      leaf("grace", duration(contracts.grace), "contracts"),
      leaf("warn", list(contracts.warn, duration), "contracts"),
    ]),
    group("releases", [
      leaf("from", releases.from, "releases"),
      leaf("prereleases", String(releases.prereleases), "releases"),
    ]),
    group("labels", [
      label("customer", labels.customer),
      label("consulting", labels.consulting),
      label("severity", labels.severity),
      group("turn", [label("maintainer", labels.turn.maintainer, "turn"), label("author", labels.turn.author, "turn")]),
      label("overdue", labels.overdue),
      label("escalated", labels.escalated),
    ]),
  ];
}

const leaf = (key: string, value: string, ...above: readonly string[]): Leaf => ({ key, path: [...above, key], value });
const named = (key: string, inCode: string, value: string, above: string): Leaf => ({
  key,
  path: [above, inCode],
  value,
});
const group = (key: string, below: readonly Node[]): Node => ({ key, below });

type Look = Pick<LabelStyle, "name" | "description"> & { readonly color: string | null };

function label(key: string, style: Look | false, ...above: readonly string[]): Node {
  const path = ["labels", ...above, key];
  if (style === false) return { key, path, value: "false" };
  const word = (each: "name" | "color" | "description", value: string): Leaf => ({
    key: each,
    path: [...path, each],
    value: quoted(value),
  });
  return group(key, [
    word("name", style.name),
    ...(style.color === null ? [] : [word("color", style.color)]),
    word("description", style.description),
  ]);
}

/** Always in quotes: `no`, `1e3` and a colour would be read as something else. */
const quoted = (text: string): string => JSON.stringify(text);
const list = <Item>(items: readonly Item[], write: (item: Item) => string): string =>
  `[${items.map(write).join(", ")}]`;
const texts = (items: readonly string[]): string => list(items, quoted);
const parties = (all: readonly Party[]): string =>
  list(all, (each) => quoted(each.kind === "login" ? each.login : `@${each.organization}/${each.slug}`));
const duration = ({ amount, unit }: Duration): string => `${amount}${unit}`;
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** What a maintainer, who sees nothing of customers, finds in it. */
export function withoutCustomers(lines: readonly PolicyLine[]): readonly PolicyLine[] {
  let isHidden = false;
  return lines.filter(({ text }) => {
    if (!text.startsWith(" ")) isHidden = /^(?:cases|contracts|escalation):/.test(text);
    return !isHidden;
  });
}
