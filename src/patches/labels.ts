// Which labels to make, put on and take off, so that people's own hands are never overruled. Pure: DESIGN rule 12 as a table.

import type { LabelDefinition, LabelKey } from "../policy/labels.ts";

const LABEL_KEYS: readonly LabelKey[] = [
  "customer",
  "consulting",
  "severity:S1",
  "severity:S2",
  "severity:S3",
  "severity:S4",
  "turn:maintainer",
  "turn:author",
  "overdue",
  "escalated",
];

/**
 * A label as we know it in one repository. `name` is its present one; `definedAs` the one that the policy gave when we found or
 * made it. `retired`: the policy has given the key another name since.
 */
export type RepositoryLabel = {
  readonly key: LabelKey;
  readonly labelId: number;
  readonly name: string;
  readonly definedAs: string;
  readonly state: "present" | "deleted" | "retired";
};

/** Whose hand a label of ours is on or off by. `ours to be`: we were about to put it on, and may have. */
export type LabelHand = "ours" | "ours to be" | "put by a person" | "taken off by a person";
export type LabelMarks = Readonly<Partial<Record<LabelKey, LabelHand>>>;

export type LabelState = {
  readonly wanted: readonly LabelKey[];
  /** The labels that the policy has; a key that it switched off is not among them. */
  readonly definitions: readonly LabelDefinition[];
  readonly repositoryLabels: readonly RepositoryLabel[];
  readonly onPatch: readonly string[];
  /** `remembered` names may be old; `read` ones were asked of GitHub just now. */
  readonly onPatchIs: "remembered" | "read";
  readonly marks: LabelMarks;
};

export type LabelPlan = {
  /** Keys whose label must be found or made in the repository before anything else; then plan again. */
  readonly resolve: readonly LabelKey[];
  /** Keys of labels that we put on and that seem to be gone, or that seem to be on by nobody's hand: ask GitHub, then plan again. */
  readonly unsure: readonly LabelKey[];
  readonly add: readonly { readonly key: LabelKey; readonly name: string }[];
  readonly remove: readonly { readonly key: LabelKey; readonly name: string }[];
  readonly marks: LabelMarks;
};

/** GitHub compares names of labels without regard to case. */
export const isSameLabel = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

export const isLabelKey = (text: string): text is LabelKey => LABEL_KEYS.some((key) => key === text);

/** The label that stands for a key under the present policy, if we know it. */
export function labelOf(
  key: LabelKey,
  state: Pick<LabelState, "definitions" | "repositoryLabels">,
): RepositoryLabel | null {
  const known = state.repositoryLabels.find((label) => label.key === key && label.state !== "retired");
  const definition = definitionOf(key, state);
  if (known === undefined) return null;
  return definition === undefined || isSameLabel(definition.name, known.definedAs) ? known : null;
}

/** Compares what should be on a patch with what is, by whose hand, and says what to do. `marks` are those to keep afterwards. */
export function labelPlan(state: LabelState): LabelPlan {
  const steps = LABEL_KEYS.map((key) => stepOf(key, state));
  const keysOf = (does: Step["does"]) => steps.filter((step) => step.does === does).map((step) => step.key);
  const named = (does: Step["does"]) =>
    steps.flatMap(({ key, name, ...step }) => (step.does === does && name !== null ? [{ key, name }] : []));
  // Two keys may share one name: it stays as long as one of them wants it.
  const isKept = (name: string) =>
    steps.some(
      (step) => step.isWanted && step.does !== "leave off" && step.name !== null && isSameLabel(step.name, name),
    );
  return {
    resolve: keysOf("resolve"),
    unsure: keysOf("ask"),
    add: named("add"),
    remove: [...named("remove"), ...outdatedOnes(state)].filter(({ name }) => !isKept(name)),
    marks: Object.fromEntries(steps.flatMap((step) => (step.mark === null ? [] : [[step.key, step.mark]]))),
  };
}

type Step = {
  readonly key: LabelKey;
  readonly name: string | null;
  readonly isWanted: boolean;
  readonly does: "leave" | "leave off" | "resolve" | "ask" | "add" | "remove";
  readonly mark: LabelHand | null;
};

function stepOf(key: LabelKey, state: LabelState): Step {
  const definition = definitionOf(key, state);
  const label = labelOf(key, state);
  const mark = state.marks[key] ?? null;
  const name = label?.name ?? definition?.name ?? null;
  const isOn = name !== null && isOnPatch(name, state);
  const isWanted = definition !== undefined && label?.state !== "deleted" && state.wanted.includes(key);
  const step = (does: Step["does"], left: LabelHand | null): Step => ({ key, name, isWanted, does, mark: left });
  const isUnderOldName = oldOnes(key, state).some((old) => isOnPatch(old.name, state));

  if (!isWanted) {
    if (isOurs(mark) && isOn) return step("remove", null);
    const mayStillBeOn = isOurs(mark) && label?.state !== "deleted" && !isUnderOldName;
    if (mayStillBeOn && state.onPatchIs === "remembered") return step("ask", mark);
    // A taken-off mark ends with the reason, so that a new reason puts the label on again.
    return step("leave", mark === "put by a person" && isOn ? mark : null);
  }
  if (mark === "taken off by a person") return step("leave off", mark);
  if (isOn && isOurs(mark)) return step("leave", "ours");
  // That nobody we know put it on may also be what an event of the same second, come late, says of a moment ago.
  if (isOn && mark === null && state.onPatchIs === "remembered") return step("ask", null);
  if (isOn) return step("leave", "put by a person");

  // Put on by a person and gone since: a person took it off, whether we heard of it or not.
  if (mark === "put by a person")
    return isUnderOldName ? step("leave", mark) : step("leave off", "taken off by a person");
  if (label === null) return step("resolve", mark);
  if (mark !== "ours" || isUnderOldName) return step("add", "ours");
  return state.onPatchIs === "remembered" ? step("ask", mark) : step("leave off", "taken off by a person");
}

const definitionOf = (key: LabelKey, { definitions }: Pick<LabelState, "definitions">): LabelDefinition | undefined =>
  definitions.find((definition) => definition.key === key);

const isOurs = (mark: LabelHand | null | undefined): boolean => mark === "ours" || mark === "ours to be";

const isOnPatch = (name: string, state: LabelState): boolean => state.onPatch.some((on) => isSameLabel(on, name));

/** What stood for a key under an earlier policy, where it still exists. */
const oldOnes = (key: LabelKey, state: LabelState): readonly RepositoryLabel[] =>
  state.repositoryLabels.filter(
    (label) => label.key === key && label.state !== "deleted" && label !== labelOf(key, state),
  );

/** Labels of an earlier policy that we put on: they go, whatever the key is now. */
const outdatedOnes = (state: LabelState): readonly { readonly key: LabelKey; readonly name: string }[] =>
  LABEL_KEYS.filter((key) => isOurs(state.marks[key])).flatMap((key) =>
    oldOnes(key, state)
      .filter((old) => isOnPatch(old.name, state))
      .map((old) => ({ key, name: old.name })),
  );
