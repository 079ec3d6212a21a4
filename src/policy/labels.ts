// The labels that a policy asks for, as GitHub is to have them.
import type { LabelStyle, Policy, Severity } from "./policy.ts";

export type LabelKey =
  | "customer"
  | "consulting"
  | `severity:${Severity}`
  | "turn:maintainer"
  | "turn:author"
  | "overdue"
  | "escalated";

export type LabelDefinition = {
  readonly key: LabelKey;
  readonly name: string;
  readonly color: string;
  readonly description: string;
};

const SEVERITIES: ReadonlyArray<{ readonly severity: Severity; readonly color: string }> = [
  { severity: "S1", color: "b60205" },
  { severity: "S2", color: "d93f0b" },
  { severity: "S3", color: "fbca04" },
  { severity: "S4", color: "bfdadc" },
];

/**
 * Every label that the policy does not switch off, in a fixed order. Where an owner's and a repository's policy together give two keys
 * one name, the first keeps it and the other is left out (`"all"` keeps both, to find them).
 */
export function labelDefinitions(
  { labels }: Pick<Policy, "labels">,
  keep: "distinct" | "all" = "distinct",
): readonly LabelDefinition[] {
  const { severity } = labels;
  const definitions: readonly LabelDefinition[] = [
    ...define("customer", labels.customer),
    ...define("consulting", labels.consulting),
    ...(severity === false
      ? []
      : SEVERITIES.flatMap((each) =>
          define(`severity:${each.severity}`, {
            name: severity.name.replaceAll("{severity}", each.severity),
            color: severity.color ?? each.color,
            description: severity.description.replaceAll("{severity}", each.severity),
          }),
        )),
    ...define("turn:maintainer", labels.turn.maintainer),
    ...define("turn:author", labels.turn.author),
    ...define("overdue", labels.overdue),
    ...define("escalated", labels.escalated),
  ];
  if (keep === "all") return definitions;
  const taken = new Set<string>();
  return definitions.filter(({ name }) => {
    const isFree = !taken.has(name.toLowerCase());
    taken.add(name.toLowerCase());
    return isFree;
  });
}

function define(key: LabelKey, style: LabelStyle | false): readonly LabelDefinition[] {
  return style === false ? [] : [{ key, ...style }];
}
