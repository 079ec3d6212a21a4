// `people erase`, as its output: what would be erased, what was, what stays and why.
import { describe, expect, onTestFinished, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { createProgram } from "../../src/cli/program.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const AT = Date.parse("2026-03-02T09:00:00Z");

async function opened(on: (typeof DIALECTS)[number]) {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const person = { github: "mira", name: "Mira Meier", email: "mira@acme.example", slack: null, language: null };
  const data = JSON.stringify({ ...person, timezone: null, hours: null });
  await database.db.insertInto("people").values({ owner_id: 7, github: "mira", data }).execute();
  await database.db
    .insertInto("decisions")
    .values({ owner_id: 7, patch_id: "1#1", at: AT, kind: "taken", because: "mira has it in hand", data: "{}" })
    .execute();
  await database.db
    .insertInto("quiet_people")
    .values({ owner_id: 7, user_id: 9, login: "mira", until: null, at: AT })
    .execute();
  await database.db
    .insertInto("policies")
    .values({ scope: "owner:7", is_found: 1, good_text: "maintainers: [mira]", errors: "[]", checked_at: AT })
    .execute();
  return { database, command: (...words: string[]) => command(database, made.url, words) };
}

async function command(database: Database, url: string, words: readonly string[]) {
  const ran = { code: 0, out: "", err: "" };
  const context: CliContext = {
    openDatabase: async () => ({ ...database, close: async () => undefined }),
    publicUrl: () => ({ kind: "address", url: null }),
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
  await createProgram(context, () => url).parseAsync(["people", "erase", ...words], { from: "user" });
  return ran;
}

const STAYS = `Stays:
  1 policy: files of your repositories on GitHub: change them there
  1 wish not to be mentioned: theirs: without it they would be mentioned again
`;
const OUTSIDE = `Not in this database, and not touched:
  what they wrote on GitHub, and GitHub's own numbers for them and for their comments, by which whose turn it is stays known
  your customers file: an import that names them brings them back
  backups and logs from before: they hold what they held
`;

describe.each(DIALECTS)("on %s", (on) => {
  test("--check changes nothing and says what would be done, then it is done, and then there is nothing left", async () => {
    const { database, command } = await opened(on);
    const rows = "  people: 1 row\n  decisions: 1 row\n";
    expect(await command("mira", "--check")).toEqual({
      code: 0,
      out: `Would be erased of mira:\n${rows}${STAYS}${OUTSIDE}Nothing was changed. To erase: patch-advocate people erase mira\n`,
      err: "",
    });
    expect(await database.db.selectFrom("people").select("github").execute()).toHaveLength(1);
    expect(await command("@Mira")).toEqual({
      code: 0,
      out: `Erased; erased--1 stands in the place of Mira:\n${rows}${STAYS}${OUTSIDE}`,
      err: "",
    });
    const kept = await database.db.selectFrom("decisions").select("because").execute();
    expect(kept).toEqual([{ because: "erased--1 has it in hand" }]);
    expect(await command("mira")).toEqual({
      code: 0,
      out: `Nothing is kept that names mira.\n${STAYS}${OUTSIDE}`,
      err: "",
    });
  });

  test("as JSON, by an address; what is neither a login nor an address is refused", async () => {
    const { command } = await opened(on);
    expect(JSON.parse((await command("MIRA@acme.example", "--json")).out)).toEqual({
      person: "MIRA@acme.example",
      isCheck: false,
      mark: "erased--1",
      rows: { decisions: 1, people: 1 },
      stays: { "on-the-way": 0, policies: 1, "code-owners": 0, quiet: 1, "own-account": 0 },
    });
    expect(await command("mira meier")).toEqual({
      code: 1,
      out: "",
      err: "mira meier is neither a login nor an e-mail address.\n",
    });
  });
});
