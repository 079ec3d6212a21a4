// Text → what a policy file says, or everything that is wrong with it, each with its line and a sentence that says what to write.
import { type Place, readDocument } from "./document.ts";
import { resolvePolicy } from "./inheritance.ts";
import { labelDefinitions } from "./labels.ts";
import type { PartialPolicy, PolicyError } from "./policy.ts";
import { dotted, type Path, type Problem, problemsOf } from "./problems.ts";
import { policySchema } from "./schema.ts";

export type ParsedPolicy =
  | {
      readonly kind: "policy";
      readonly partial: PartialPolicy;
      readonly warnings: readonly PolicyError[];
      /** Where a value stands in the text, for what is found wrong with it later. */
      readonly placeOf: (path: Path) => Place;
    }
  | { readonly kind: "errors"; readonly errors: readonly PolicyError[] };

/**
 * Reads one policy file; `where` names it in messages. An empty file says nothing, which is allowed.
 * Takes bytes or text; bounded in time and memory for any input, and never throws over it.
 */
export function parsePolicy(input: string | Uint8Array, { where }: { readonly where: string }): ParsedPolicy {
  const document = readDocument(input, where);
  if (document.kind === "errors") return document;
  const locate = (problem: Problem): PolicyError => ({
    ...document.placeOf(problem.path, problem.at),
    path: dotted(problem.path),
    message: problem.message,
  });
  const result = policySchema.safeParse(document.value ?? {}, { reportInput: true });
  if (!result.success) {
    const errors = problemsOf(policySchema, result.error.issues).map(locate);
    return { kind: "errors", errors: errors.toSorted(byPlace) };
  }
  const { version: _version, ...partial } = result.data;
  const collisions = labelCollisions(partial).map(locate);
  if (collisions.length > 0) return { kind: "errors", errors: collisions };
  return {
    kind: "policy",
    partial,
    warnings: staleLabels(partial).map(locate),
    placeOf: (path) => document.placeOf(path),
  };
}

/** What is said of a case repository that everybody can read: case texts are private. */
export function publicCaseRepository(repository: string, place: Place & { readonly path: string }): PolicyError {
  const message = `${repository} is public, and cases hold private words. Make it private, or take it out of cases.repositories.`;
  return { line: place.line, column: place.column, path: place.path, message };
}

function byPlace(a: PolicyError, b: PolicyError): number {
  return a.line - b.line || a.column - b.column;
}

type NamedLabel = { readonly path: Path; readonly name: string };

/** The labels that this file names itself. */
function namedLabels({ labels = {} }: PartialPolicy): readonly NamedLabel[] {
  const { turn, ...others } = labels;
  const entries = [
    ...Object.entries(others).map(([key, style]) => ({ path: ["labels", key, "name"], style })),
    ...Object.entries(turn === false ? {} : (turn ?? {})).map(([key, style]) => ({
      path: ["labels", "turn", key, "name"],
      style,
    })),
  ];
  return entries.flatMap(({ path, style }) =>
    style === undefined || style === false || style.name === undefined ? [] : [{ path, name: style.name }],
  );
}

/** Two keys with one label would put it on and take it off in turn. GitHub does not tell upper from lower case in label names. */
function labelCollisions(partial: PartialPolicy): readonly Problem[] {
  const uses = new Map<string, number>();
  const { labels } = resolvePolicy({ owner: null, repository: partial, visibility: "private" });
  for (const { name } of labelDefinitions({ labels }, "all"))
    uses.set(name.toLowerCase(), (uses.get(name.toLowerCase()) ?? 0) + 1);
  return namedLabels(partial).flatMap(({ path, name }) => {
    const names =
      path[1] === "severity"
        ? ["S1", "S2", "S3", "S4"].map((severity) => name.replaceAll("{severity}", severity))
        : [name];
    const isShared = names.some((each) => (uses.get(each.toLowerCase()) ?? 0) > 1);
    return isShared
      ? [
          {
            path,
            at: "value",
            message: `Another label of the policy is named "${name}", too. Give each a name of its own.`,
          },
        ]
      : [];
  });
}

function staleLabels(partial: PartialPolicy): readonly Problem[] {
  return namedLabels(partial)
    .filter(({ name }) => name.toLowerCase() === "stale")
    .map(({ path }) => ({
      path,
      at: "value",
      message:
        'Bots such as actions/stale close what is labelled "stale", whoever labelled it. Write another name, such as overdue.',
    }));
}
