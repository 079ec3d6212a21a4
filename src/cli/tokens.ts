// `patch-advocate tokens create | list | revoke`: addresses that need no sign-in, and how to take them back.
import { Command, Option } from "commander";
import { isApiPrefix, isApiToken } from "../api/token.ts";
import { type ApiToken, apiTokenByText, apiTokensByPrefix, apiTokensOf, revokeApiToken } from "../api/token-store.ts";
import { customerById, installedOwners } from "../customers/store.ts";
import type { Db, Tx } from "../db/database.ts";
import { feedPath, isFeedToken, newFeedToken, PREFIX_LENGTH, prefixOf } from "../feeds/feed.ts";
import { addFeed, type Feed, feedByToken, feedsByPrefix, feedsOf, revokeFeed } from "../feeds/store.ts";
import { type ApiTokenOptions, apiTokenLine, apiTokenRow, createApiToken } from "./api-tokens.ts";
import type { CliContext } from "./context.ts";
import { ownerOption, withDatabase } from "./customers.ts";
import { chooseOwner } from "./import-file.ts";

const CREATE_HELP = `
--feed prints the address of a feed (Atom) with the progress of the customer's cases, in a customer's words. It is printed only
now, and whoever has it can read the feed. Add ?language=en or ?language=ja to it for another language than the customer's
contact's.

--api prints a token with which a program asks the JSON API what waits, and with --scope write imports customers and cases. It is
printed only now, and ends after 90 days unless --days says otherwise (at most 365). docs/api.md tells the rest.

Examples:
  patch-advocate tokens create --feed shinshu-bank
  patch-advocate tokens create --api "help desk" --scope read
  patch-advocate tokens create --api "CRM sync" --scope write --days 365 --owner acme-db --json`;

const LIST_HELP = `
Only the first characters of each token are kept, by which to take it back.

Examples:
  patch-advocate tokens list
  patch-advocate tokens list --owner acme-db --json`;

const REVOKE_HELP = `
From then on there is nothing behind the address, for everybody who has it. Give the token, the whole address, or the first
characters as \`tokens list\` prints them.

Example:
  patch-advocate tokens revoke 4fT9c_aQ`;

const SHORTEST_PREFIX = 4;

type CreateOptions = Partial<ApiTokenOptions> & { readonly feed?: string };
type FeedOptions = { readonly feed: string; readonly owner?: string; readonly json?: boolean };
type ListOptions = { readonly owner?: string; readonly json?: boolean };

/** The command `tokens` with its verbs. What kind of token is made is an option of \`create\`, so that more kinds can follow. */
export function tokensCommand(context: CliContext): Command {
  const command = new Command("tokens").description("make, list or take back addresses that need no sign-in");
  command
    .command("create")
    .description("make an address and print it, this once")
    .addOption(new Option("--feed <customer>", "a feed of this customer's events, by the customer's id"))
    .addOption(new Option("--api <name>", "a token for the JSON API; what it is for").conflicts("feed"))
    .addOption(new Option("--scope <scope>", "what an API token may").choices(["read", "write"]))
    .addOption(new Option("--days <days>", "until an API token ends; 90 unless said"))
    .addOption(ownerOption())
    .option("--json", "print JSON")
    .addHelpText("after", CREATE_HELP)
    .action((options: CreateOptions) => runCreate(context, options));
  command
    .command("list")
    .description("print what was made, and what was taken back")
    .addOption(ownerOption())
    .option("--json", "print JSON")
    .addHelpText("after", LIST_HELP)
    .action((options: ListOptions) => runList(context, options));
  command
    .command("revoke")
    .description("take one back, at once")
    .argument("<token>", "the token, its address, or its first characters")
    .addHelpText("after", REVOKE_HELP)
    .action((token: string) => runRevoke(context, token));
  return command;
}

async function runCreate(context: CliContext, options: CreateOptions): Promise<void> {
  const { api, feed } = options;
  if (api !== undefined) return createApiToken(context, { ...options, api });
  if (feed !== undefined) return createFeed(context, { ...options, feed });
  context.fail('Write what is to be made: --feed CUSTOMER, or --api "WHAT IT IS FOR" --scope read.');
}

async function createFeed(context: CliContext, options: FeedOptions): Promise<void> {
  const address = context.publicUrl();
  if (address.kind === "error") return context.fail(address.error);
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const customer = await customerById(database.db, owner.ownerId, options.feed);
    if (customer === null) {
      return context.fail(
        `There is no customer ${options.feed}. To see who is there: patch-advocate customers export --format csv -`,
      );
    }
    const token = newFeedToken();
    const createdAt = context.now();
    await database.transaction((tx) =>
      addFeed(tx, { token, ownerId: owner.ownerId, customerId: customer.id, createdAt }),
    );
    const url = `${address.url ?? ""}${feedPath(token)}`;
    if (options.json === true) {
      return context.out(
        JSON.stringify({ kind: "feed", customer: customer.id, prefix: prefixOf(token), token, url }, null, 2),
      );
    }
    context.out(url);
    context.out(`The feed of ${customer.id}. The address is shown only now, and whoever has it can read the feed.`);
    if (address.url === null) {
      context.out("PUBLIC_URL is not set: put the address under which your server is reached before it.");
    }
    context.out(`To take it back: patch-advocate tokens revoke ${prefixOf(token)}`);
  });
}

async function runList(context: CliContext, options: ListOptions): Promise<void> {
  await withDatabase(context, async (database) => {
    const owner = options.owner === undefined ? undefined : await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const feeds = await feedsOf(database.db, owner?.ownerId ?? null);
    const logins = new Map((await installedOwners(database.db)).map(({ ownerId, login }) => [ownerId, login]));
    const rows = feeds.map((feed) => ({
      prefix: feed.prefix,
      kind: "feed",
      customer: feed.customerId,
      owner: logins.get(feed.ownerId) ?? null,
      createdAt: new Date(feed.createdAt).toISOString(),
      revokedAt: feed.revokedAt === null ? null : new Date(feed.revokedAt).toISOString(),
    }));
    const tokens = await apiTokensOf(database.db, owner?.ownerId ?? null);
    const apiRows = tokens.map((token) => apiTokenRow(token, logins.get(token.ownerId) ?? null));
    if (options.json === true) return context.out(JSON.stringify([...rows, ...apiRows], null, 2));
    if (rows.length + apiRows.length === 0) {
      return context.out("There are none. To make one: patch-advocate tokens create --feed CUSTOMER");
    }
    for (const row of rows) {
      const place = row.owner === null || logins.size < 2 ? "" : `  ${row.owner}`;
      const until = row.revokedAt === null ? "" : `, taken back ${row.revokedAt.slice(0, 10)}`;
      context.out(`${row.prefix}…  feed${place}  ${row.customer}  made ${row.createdAt.slice(0, 10)}${until}`);
    }
    for (const row of apiRows)
      context.out(apiTokenLine(row, row.owner === null || logins.size < 2 ? "" : `  ${row.owner}`));
    const [first] = [...feeds, ...tokens].filter(({ revokedAt }) => revokedAt === null);
    if (first === undefined) return;
    context.out("");
    context.out(`To take one back: patch-advocate tokens revoke ${first.prefix}`);
  });
}

async function runRevoke(context: CliContext, given: string): Promise<void> {
  const token = tokenIn(given);
  const isWhole = isFeedToken(token) || isApiToken(token);
  if (!isWhole && !isApiPrefix(token) && (token.length < SHORTEST_PREFIX || token.length > PREFIX_LENGTH)) {
    return context.fail(
      `That is neither a token nor the beginning of one. Give the whole token, its address, or ${SHORTEST_PREFIX} to ${PREFIX_LENGTH} characters as \`patch-advocate tokens list\` prints them.`,
    );
  }
  await withDatabase(context, async (database) => {
    const at = context.now();
    const feeds = await feedsLike(database.db, token);
    const apiTokens = await apiTokensLike(database.db, token);
    const found = [...feeds.map((feed) => feedGrant(feed, at)), ...apiTokens.map((each) => apiGrant(each, at))];
    const [grant, ...others] = withoutRevoked(found);
    if (grant === undefined) {
      return context.fail("There is no such token. To see which there are: patch-advocate tokens list");
    }
    if (others.length > 0) {
      const prefixes = [grant, ...others].map(({ prefix }) => prefix).join(", ");
      return context.fail(`Several begin like this: ${prefixes}. Give more of it.`);
    }
    const isTaken = await database.transaction(grant.takeBack);
    if (!isTaken) return context.out(`${grant.prefix}… was taken back before. Nothing changed.`);
    for (const line of grant.said) context.out(line);
  });
}

/** What a token of either kind opens, as long as it is not taken back. */
type Grant = {
  readonly prefix: string;
  readonly revokedAt: number | null;
  /** False where it was taken back before. */
  readonly takeBack: (tx: Tx) => Promise<boolean>;
  /** What to say once it is taken back. */
  readonly said: readonly string[];
};

const feedGrant = ({ prefix, revokedAt, customerId, tokenHash }: Feed, at: number): Grant => ({
  prefix,
  revokedAt,
  takeBack: (tx) => revokeFeed(tx, tokenHash, at),
  said: [
    `${prefix}… is taken back: there is nothing behind the feed of ${customerId} at that address any more.`,
    `To make a new one: patch-advocate tokens create --feed ${customerId}`,
  ],
});

const apiGrant = ({ prefix, revokedAt, name, id, ownerId }: ApiToken, at: number): Grant => ({
  prefix,
  revokedAt,
  takeBack: async (tx) => (await revokeApiToken(tx, { id, ownerId, at })) !== null,
  said: [`${prefix}… (${name}) is taken back: it opens nothing any more.`],
});

async function feedsLike(db: Db, token: string): Promise<readonly Feed[]> {
  if (isFeedToken(token)) return [await feedByToken(db, token)].filter((found) => found !== null);
  return feedsByPrefix(db, token);
}

async function apiTokensLike(db: Db, token: string): Promise<readonly ApiToken[]> {
  if (isApiToken(token)) return [await apiTokenByText(db, token)].filter((found) => found !== null);
  return apiTokensByPrefix(db, token);
}

/** Those that still hold, where there are any. */
function withoutRevoked(all: readonly Grant[]): readonly Grant[] {
  const holding = all.filter(({ revokedAt }) => revokedAt === null);
  return holding.length > 0 ? holding : all.slice(0, 1);
}

/** The token at the end of an address, or what was given. */
const tokenIn = (given: string): string =>
  given
    .trim()
    .replace(/^.*\/feeds\//, "")
    .replace(/[?#…].*$/, "");
