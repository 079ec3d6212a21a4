// `people erase`, as its output: what would be erased, what was, what stays and why.
import { describe, expect, onTestFinished, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { createProgram } from "../../src/cli/program.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { escapeMarkdown } from "../../src/effects/escape.ts";
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
    .values({
      owner_id: 7,
      patch_id: "1#1",
      at: AT,
      kind: "taken",
      because: "@mira has it in hand, said Mira",
      data: "{}",
    })
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
    githubHosts: () => ["github.com"],
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
  1 row: with a word that may be them, or any word, or somebody else: look yourself
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
    const sample = `For example:
  decisions because: @mira has it in hand, said Mira
    becomes: erased--1 has it in hand, said Mira
`;
    expect(await command("mira", "--check")).toEqual({
      code: 0,
      out: `Would be erased of mira:\n${rows}${sample}${STAYS}${OUTSIDE}Nothing was changed. To erase: patch-advocate people erase mira\n`,
      err: "",
    });
    expect(await database.db.selectFrom("people").select("github").execute()).toHaveLength(1);
    expect(await command("@Mira")).toEqual({
      code: 0,
      out: `Erased; erased--1 stands in the place of Mira:\n${rows}${STAYS}${OUTSIDE}`,
      err: "",
    });
    const kept = await database.db.selectFrom("decisions").select("because").execute();
    expect(kept).toEqual([{ because: "erased--1 has it in hand, said Mira" }]);
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
      stays: { "any-word": 1, "on-the-way": 0, policies: 1, "code-owners": 0, quiet: 1, "own-account": 0 },
      samples: [],
    });
    expect(await command("mira meier")).toEqual({
      code: 1,
      out: "",
      err: "mira meier is neither a login nor an e-mail address.\n",
    });
  });

  test("of two who bore one login, the one with the id is erased, in the rows that tell whose it is", async () => {
    const { database, command } = await opened(on);
    const { db } = database;
    const fact = { patch_id: "1#1", kind: "commented", at: AT, data: "{}" } as const;
    await db
      .insertInto("facts")
      .values([
        { ...fact, key: "a", actor_id: 9, actor_login: "mira" },
        { ...fact, key: "b", actor_id: 9, actor_login: "mira-old" },
        { ...fact, key: "c", actor_id: 10, actor_login: "mira" },
      ])
      .execute();
    expect((await command("mira")).err).toBe(
      "Several people bear or bore the login mira: 9, 10 (https://api.github.com/user/9 shows who that is). Say which one with --id.\n",
    );
    expect((await command("mira", "--id", "11")).code).toBe(1);
    expect((await command("mira", "--id", "x")).err).toBe(
      "x is no id of GitHub's. Write the number, like --id 583231.\n",
    );
    expect((await command("mira", "--id", "9")).out).toContain("  facts: 2 rows\n");
    const actors = await db.selectFrom("facts").select("actor_login").orderBy("key").execute();
    expect(actors.map((each) => each.actor_login)).toEqual(["erased--1", "erased--1", "mira"]);
    expect(await db.selectFrom("people").select("github").execute()).toHaveLength(1);
    const said = await db.selectFrom("decisions").select("because").execute();
    expect(said).toEqual([{ because: "@mira has it in hand, said Mira" }]);
  });

  test("a name is found with capitals of any alphabet, and as our own Markdown writes it", async () => {
    const { database, command } = await opened(on);
    const { db } = database;
    const names = ["Émile Özil", "ÅSA ÖBERG", "Иван Иванов", "原 一郎", "Al_ice *Meier*"];
    for (const [index, name] of names.entries()) {
      const github = `person${index}`;
      const data = { github, name, email: null, slack: null, language: null, timezone: null, hours: null };
      await db
        .insertInto("people")
        .values({ owner_id: 7, github, data: JSON.stringify(data) })
        .execute();
      const about = { owner_id: 7, patch_id: "1#1", at: AT, kind: "taken" } as const;
      const body = `Dear ${escapeMarkdown(name)}, thanks.`;
      await db
        .insertInto("decisions")
        .values({ ...about, because: `${name}: on holiday`, data: JSON.stringify({ body }) })
        .execute();
      expect((await command(github)).out).toContain("  people: 1 row\n  decisions: 1 row\n");
      const mark = `erased--${index + 1}`;
      const [kept] = await db.selectFrom("decisions").select(["because", "data"]).orderBy("id", "desc").execute();
      expect(kept).toEqual({ because: `${mark}: on holiday`, data: `{"body":"Dear ${mark}, thanks."}` });
    }
  });
});
