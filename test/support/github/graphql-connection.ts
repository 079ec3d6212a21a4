// Pages of GraphQL connections.

/** A page of a connection; cursors are positions, as opaque to the product as GitHub's. */
export function connection<R>(
  rows: readonly R[],
  given: { first?: number; last?: number; after?: string | null },
  show: (row: R) => unknown,
) {
  const from =
    given.after === undefined || given.after === null
      ? 0
      : Number(Buffer.from(given.after, "base64url").toString().replace("cursor:", "")) + 1;
  const page = given.last === undefined ? rows.slice(from, from + (given.first ?? 100)) : rows.slice(-given.last);
  const end = from + page.length;
  return {
    totalCount: rows.length,
    pageInfo: {
      hasNextPage: given.last === undefined && end < rows.length,
      hasPreviousPage: from > 0,
      endCursor: page.length === 0 ? null : Buffer.from(`cursor:${end - 1}`).toString("base64url"),
    },
    nodes: page.map(show),
  };
}
