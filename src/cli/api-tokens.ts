// API tokens on the command line: one made, shown this once. Apart from the feeds' addresses, which are another kind.
import {
  apiPrefixOf,
  DAY_MILLIS,
  isTokenName,
  MOST_DAYS,
  newApiToken,
  readDays,
  type Scope,
  USUAL_DAYS,
} from "../api/token.ts";
import { type ApiToken, addApiToken } from "../api/token-store.ts";
import { NO_OWNER } from "../customers/store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";
import { chooseOwner } from "./import-file.ts";

export type ApiTokenOptions = {
  readonly api: string;
  readonly scope?: Scope;
  readonly days?: string;
  readonly owner?: string;
  readonly json?: boolean;
};

export async function createApiToken(context: CliContext, options: ApiTokenOptions): Promise<void> {
  const { api: name, scope } = options;
  if (!isTokenName(name))
    return context.fail("Write after --api what the token is for, on one line of at most 100 characters.");
  if (scope === undefined)
    return context.fail("Write --scope read, or --scope write for a token that imports as well.");
  const days = options.days === undefined ? USUAL_DAYS : readDays(options.days);
  if (days === null) return context.fail(`Write after --days a whole number from 1 to ${MOST_DAYS}.`);
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    if (owner.ownerId === NO_OWNER) return context.fail("A token belongs to an organisation: install the app first.");
    const token = newApiToken();
    const createdAt = context.now();
    const expiresAt = createdAt + days * DAY_MILLIS;
    await database.transaction((tx) =>
      addApiToken(tx, { token, ownerId: owner.ownerId, name, scope, madeBy: "command", createdAt, expiresAt }),
    );
    const until = new Date(expiresAt).toISOString();
    if (options.json === true) {
      const made = {
        kind: "api",
        name,
        scope,
        owner: owner.login,
        prefix: apiPrefixOf(token),
        token,
        expiresAt: until,
      };
      return context.out(JSON.stringify(made, null, 2));
    }
    context.out(token);
    context.out(`The API token for ${name}, scope ${scope}, until ${until.slice(0, 10)}. It is shown only now.`);
    context.out(`To take it back: patch-advocate tokens revoke ${apiPrefixOf(token)}`);
  });
}

/** As `tokens list --json` prints it. */
export const apiTokenRow = (token: ApiToken, owner: string | null) => ({
  prefix: token.prefix,
  kind: "api" as const,
  name: token.name,
  scope: token.scope,
  owner,
  madeBy: token.madeBy,
  createdAt: new Date(token.createdAt).toISOString(),
  expiresAt: new Date(token.expiresAt).toISOString(),
  lastUsedAt: token.lastUsedAt === null ? null : new Date(token.lastUsedAt).toISOString(),
  revokedAt: token.revokedAt === null ? null : new Date(token.revokedAt).toISOString(),
});

/** One line of `tokens list`. */
export function apiTokenLine(row: ReturnType<typeof apiTokenRow>, place: string): string {
  const until =
    row.revokedAt === null ? `until ${row.expiresAt.slice(0, 10)}` : `taken back ${row.revokedAt.slice(0, 10)}`;
  const used = row.lastUsedAt === null ? "never used" : `last used ${row.lastUsedAt.slice(0, 10)}`;
  return `${row.prefix}…  api${place}  ${row.name}  ${row.scope}, made ${row.createdAt.slice(0, 10)}, ${used}, ${until}`;
}
