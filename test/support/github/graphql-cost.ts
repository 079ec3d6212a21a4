// What a document costs of GraphQL's hour, by GitHub's formula: every connection counts as often as its parents may come, by the hundred.
// https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api

import { parse, type SelectionSetNode } from "graphql";

export function costOf(query: string, variables: Readonly<Record<string, unknown>>): number {
  const requests = parse(query).definitions.reduce(
    (sum, each) => sum + ("selectionSet" in each ? requestsIn(each.selectionSet, 1, variables) : 0),
    0,
  );
  return Math.max(1, Math.round(requests / 100));
}

function requestsIn(
  set: SelectionSetNode | undefined,
  times: number,
  variables: Readonly<Record<string, unknown>>,
): number {
  let requests = 0;
  for (const each of set?.selections ?? []) {
    if (each.kind === "FragmentSpread") continue;
    let inside = times;
    if (each.kind === "Field") {
      const page = each.arguments?.find(({ name }) => name.value === "first" || name.value === "last")?.value;
      if (page?.kind === "IntValue") {
        requests += times;
        inside = times * Number(page.value);
      }
      if (each.name.value === "nodes" && Array.isArray(variables.ids) && each.arguments?.length === 1) {
        requests += 1;
        inside = variables.ids.length;
      }
    }
    requests += requestsIn(each.selectionSet, inside, variables);
  }
  return requests;
}
