// `patch-advocate tokens`: what it prints, whole, and that an address is shown once and can be taken back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { createProgram } from "../../src/cli/program.ts";
import type { PublicUrl } from "../../src/config.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { claimUnowned } from "../../src/customers/store.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { addFeed } from "../../src/feeds/store.ts";
import { ownerId } from "../../src/github/refs.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import type { Ran } from "./run.ts";

const AT = Date.parse("2026-03-02T09:00:00Z");
const HERE: PublicUrl = { kind: "address", url: "https://advocate.example" };
const CUSTOMERS = `customers:
  - { id: shinshu-bank, name: Shinshu Bank }
`;

describe.each(DIALECTS)("on %s", (dialect) => {
  let url: string;
  let database: Database;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const made = await makeDatabase(dialect);
    url = made.url;
    database = await openDatabase(url);
    cleanUp = async () => {
      await database.close();
      await made.remove();
    };
  });
  afterAll(() => cleanUp());
  beforeEach(async () => {
    for (const table of ["feeds", "api_tokens", "customers", "installations"] as const)
      await database.db.deleteFrom(table).execute();
    await installOn(7, "acme-db");
    await bring(7);
  });

  const installOn = async (id: number, login: string) => {
    const row = {
      id: id * 100,
      owner_id: id,
      owner_login: login,
      owner_type: "Organization",
      state: "active",
    } as const;
    await database.db
      .insertInto("installations")
      .values({ ...row, permissions: "{}", installed_at: AT })
      .execute();
  };
  const bring = async (owner: number) => {
    const read = parseCustomers(CUSTOMERS, "yaml");
    if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
    await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(owner), read, now: AT }));
  };
  const add = (token: string, owner = 7) =>
    database.transaction((tx) => addFeed(tx, { token, ownerId: owner, customerId: "shinshu-bank", createdAt: AT }));

  async function command(words: readonly string[], publicUrl = HERE): Promise<Ran> {
    const ran = { code: 0, out: "", err: "" };
    const context: CliContext = {
      openDatabase: () => openDatabase(url),
      githubHosts: () => ["github.com"],
      publicUrl: () => publicUrl,
      now: () => AT,
      out: (text) => {
        ran.out += `${text}\n`;
      },
      err: (text) => {
        ran.err += `${text}\n`;
      },
      fail: (message) => {
        ran.err += `${message}\n`;
        ran.code = 1;
      },
    };
    await createProgram(context, () => url).parseAsync([...words], { from: "user" });
    return ran;
  }
  /** With the token's random characters taken out. */
  const masked = ({ code, out, err }: Ran) => ({
    code,
    err,
    out: out.replace(/feeds\/[\w-]{43}\n/, "feeds/TOKEN\n").replace(/revoke [\w-]{8}\n/, "revoke PREFIX\n"),
  });

  test("an address is printed once, and only its hash and its beginning are kept", async () => {
    const ran = await command(["tokens", "create", "--feed", "Shinshu-Bank"]);
    expect(masked(ran)).toEqual({
      code: 0,
      err: "",
      out: `https://advocate.example/feeds/TOKEN
The feed of shinshu-bank. The address is shown only now, and whoever has it can read the feed.
To take it back: patch-advocate tokens revoke PREFIX
`,
    });
    const token = /feeds\/([\w-]{43})\n/.exec(ran.out)?.[1] ?? "";
    const stored = JSON.stringify(await database.db.selectFrom("feeds").selectAll().execute());
    expect(stored).not.toContain(token);
    expect((await command(["tokens", "list"])).out).toBe(
      `${token.slice(0, 8)}…  feed  shinshu-bank  made 2026-03-02\n\nTo take one back: patch-advocate tokens revoke ${token.slice(0, 8)}\n`,
    );
  });

  test("without PUBLIC_URL the path is printed, and a wrong one is said", async () => {
    expect(
      masked(await command(["tokens", "create", "--feed", "shinshu-bank"], { kind: "address", url: null })),
    ).toEqual({
      code: 0,
      err: "",
      out: `/feeds/TOKEN
The feed of shinshu-bank. The address is shown only now, and whoever has it can read the feed.
PUBLIC_URL is not set: put the address under which your server is reached before it.
To take it back: patch-advocate tokens revoke PREFIX
`,
    });
    const wrong = { kind: "error", error: "PUBLIC_URL must be a URL." } as const;
    expect(await command(["tokens", "create", "--feed", "shinshu-bank"], wrong)).toEqual({
      code: 1,
      out: "",
      err: "PUBLIC_URL must be a URL.\n",
    });
    expect(await database.db.selectFrom("feeds").selectAll().execute()).toHaveLength(1);
  });

  test("JSON holds the address, and the list whose it is", async () => {
    const made = JSON.parse((await command(["tokens", "create", "--feed", "shinshu-bank", "--json"])).out);
    expect(made).toEqual({
      kind: "feed",
      customer: "shinshu-bank",
      prefix: made.token.slice(0, 8),
      token: expect.stringMatching(/^[\w-]{43}$/),
      url: `https://advocate.example/feeds/${made.token}`,
    });
    expect(JSON.parse((await command(["tokens", "list", "--json"])).out)).toEqual([
      {
        prefix: made.prefix,
        kind: "feed",
        customer: "shinshu-bank",
        owner: "acme-db",
        createdAt: "2026-03-02T09:00:00.000Z",
        revokedAt: null,
      },
    ]);
  });

  test("a customer who is not there, and an owner who has to be named, are said", async () => {
    expect(await command(["tokens", "create", "--feed", "nobody"])).toEqual({
      code: 1,
      out: "",
      err: "There is no customer nobody. To see who is there: patch-advocate customers export --format csv -\n",
    });
    await installOn(8, "other");
    expect(await command(["tokens", "create", "--feed", "shinshu-bank"])).toEqual({
      code: 1,
      out: "",
      err: "The app is installed on several: acme-db, other. Write --owner with one of them.\n",
    });
    expect((await command(["tokens", "create", "--feed", "shinshu-bank", "--owner", "acme-db"])).code).toBe(0);
    expect((await command(["tokens", "list", "--owner", "other"])).out).toBe(
      "There are none. To make one: patch-advocate tokens create --feed CUSTOMER\n",
    );
  });

  test("one is taken back by its beginning, its whole self or its address, once", async () => {
    const tokens = ["first", "secnd", "third"].map((name) => `${name}${"x".repeat(38)}`);
    for (const token of tokens) await add(token);
    const [first = "", second = "", third = ""] = tokens;
    expect(await command(["tokens", "revoke", "firs"])).toEqual({
      code: 0,
      err: "",
      out: `firstxxx… is taken back: there is nothing behind the feed of shinshu-bank at that address any more.
To make a new one: patch-advocate tokens create --feed shinshu-bank
`,
    });
    expect((await command(["tokens", "revoke", "firstxxx…"])).out).toBe(
      "firstxxx… was taken back before. Nothing changed.\n",
    );
    expect((await command(["tokens", "revoke", second])).out).toContain("secndxxx… is taken back");
    expect((await command(["tokens", "revoke", `https://advocate.example/feeds/${third}?language=ja`])).out).toContain(
      "thirdxxx… is taken back",
    );
    expect((await command(["tokens", "list"])).out.split("\n")[0]).toBe(
      "firstxxx…  feed  shinshu-bank  made 2026-03-02, taken back 2026-03-02",
    );
    expect(first).toHaveLength(43);
  });

  test("an API token is printed once, is listed with what it may, and is taken back", async () => {
    const made = await command(["tokens", "create", "--api", "help desk", "--scope", "write", "--days", "30"]);
    const token = made.out.split("\n")[0] ?? "";
    expect({ ...made, out: made.out.replaceAll(token, "TOKEN").replace(token.slice(0, 11), "PREFIX") }).toEqual({
      code: 0,
      err: "",
      out: `TOKEN
The API token for help desk, scope write, until 2026-04-01. It is shown only now.
To take it back: patch-advocate tokens revoke PREFIX
`,
    });
    expect(token).toMatch(/^pa_[\w-]{43}$/);
    expect(JSON.stringify(await database.db.selectFrom("api_tokens").selectAll().execute())).not.toContain(token);
    const prefix = token.slice(0, 11);
    expect((await command(["tokens", "list"])).out).toBe(
      `${prefix}…  api  help desk  write, made 2026-03-02, never used, until 2026-04-01\n\nTo take one back: patch-advocate tokens revoke ${prefix}\n`,
    );
    expect(JSON.parse((await command(["tokens", "list", "--json"])).out)).toEqual([
      {
        prefix,
        kind: "api",
        name: "help desk",
        scope: "write",
        owner: "acme-db",
        madeBy: "command",
        createdAt: "2026-03-02T09:00:00.000Z",
        expiresAt: "2026-04-01T09:00:00.000Z",
        lastUsedAt: null,
        revokedAt: null,
      },
    ]);
    const json = JSON.parse((await command(["tokens", "create", "--api", "CRM", "--scope", "read", "--json"])).out);
    expect(json).toMatchObject({ kind: "api", scope: "read", owner: "acme-db", expiresAt: "2026-05-31T09:00:00.000Z" });
    expect((await command(["tokens", "revoke", "pa_"])).err).toBe(
      `Several begin like this: ${json.prefix}, ${prefix}. Give more of it.\n`,
    );
    expect((await command(["tokens", "revoke", `${prefix}…`])).out).toBe(
      `${prefix}… (help desk) is taken back: it opens nothing any more.\n`,
    );
    expect((await command(["tokens", "revoke", token])).out).toBe(
      `${prefix}… was taken back before. Nothing changed.\n`,
    );
    expect((await command(["tokens", "revoke", json.token])).code).toBe(0);
  });

  test("an API token that cannot be says what to write", async () => {
    const said = async (...words: string[]) => (await command(["tokens", "create", ...words])).err;
    expect(await said()).toBe('Write what is to be made: --feed CUSTOMER, or --api "WHAT IT IS FOR" --scope read.\n');
    expect(await said("--api", "x")).toBe("Write --scope read, or --scope write for a token that imports as well.\n");
    expect(await said("--api", " ", "--scope", "read")).toBe(
      "Write after --api what the token is for, on one line of at most 100 characters.\n",
    );
    expect(await said("--api", "x", "--scope", "read", "--days", "366")).toBe(
      "Write after --days a whole number from 1 to 365.\n",
    );
    await database.db.deleteFrom("installations").execute();
    expect(await said("--api", "x", "--scope", "read")).toBe(
      "The app is not installed anywhere yet: this data belongs to the first installation that comes.\nA token belongs to an organisation: install the app first.\n",
    );
  });

  test("what is no token, is not there, or could be several, takes nothing back", async () => {
    await add(`same_a${"x".repeat(37)}`);
    await add(`same_b${"x".repeat(37)}`);
    expect((await command(["tokens", "revoke", "sam"])).err).toBe(
      "That is neither a token nor the beginning of one. Give the whole token, its address, or 4 to 8 characters as `patch-advocate tokens list` prints them.\n",
    );
    // An underscore stands for itself.
    expect((await command(["tokens", "revoke", "s___"])).err).toBe(
      "There is no such token. To see which there are: patch-advocate tokens list\n",
    );
    expect((await command(["tokens", "revoke", "same_"])).err).toBe(
      "Several begin like this: same_axx, same_bxx. Give more of it.\n",
    );
    expect((await command(["tokens", "revoke", "same_b"])).code).toBe(0);
    expect((await command(["tokens", "revoke", "same_"])).out).toContain("same_axx… is taken back");
    // Of both kinds none is guessed.
    await add(`pa_a${"x".repeat(39)}`);
    const made = await command(["tokens", "create", "--api", "CRM", "--scope", "read", "--json"]);
    expect((await command(["tokens", "revoke", "pa_"])).err).toBe(
      `Several begin like this: pa_axxxx, ${JSON.parse(made.out).prefix}. Give more of it.\n`,
    );
  });

  test("a feed that was made before any installation goes with its customer to the first that comes", async () => {
    await database.db.deleteFrom("installations").execute();
    await database.db.deleteFrom("customers").execute();
    await bring(0);
    expect((await command(["tokens", "create", "--feed", "shinshu-bank"])).code).toBe(0);
    await database.transaction((tx) => claimUnowned(tx, 7));
    expect(await database.db.selectFrom("feeds").select("owner_id").execute()).toEqual([{ owner_id: 7 }]);
  });
});
