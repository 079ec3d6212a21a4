// A database that a newer release has brought up to date: an older one says what to do and leaves it as it is.
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("a newer release's tables refuse this one with what to do, and nothing is changed", async () => {
    const made = await makeDatabase(on);
    const newer = await openDatabase(made.url);
    onTestFinished(async () => {
      await newer.close();
      await made.remove();
    });
    const applied = () => sql`select * from kysely_migration order by name`.execute(newer.db);
    await sql`insert into kysely_migration (name, timestamp) values ('9998-moods', '2027-01-01'), ('9999-oracles', '2027-01-02')`.execute(
      newer.db,
    );
    const before = await applied();

    const opened = openDatabase(made.url);
    await expect(opened).rejects.toThrow(
      "the database could not be opened: a newer release of Patch Advocate has brought it up to date (9998-moods, 9999-oracles), which this one does not know. Start that release or a newer one, or restore a backup from before the update (docs/operating.md). Nothing was changed.",
    );
    expect(await applied()).toEqual(before);
    // Whoever has it open already goes on.
    expect(await newer.db.selectFrom("deliveries").select("id").execute()).toEqual([]);
  });
});
