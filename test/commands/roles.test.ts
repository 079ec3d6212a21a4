// Whose customers an act is about: those of the patch, or the one of the case that it names.
import { expect, onTestFinished, test } from "vitest";
import { customersConcerned } from "../../src/commands/roles.ts";
import { openDatabase } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

test.each(DIALECTS)("who looks after one customer of a patch is nobody to another's case on %s", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db } = database;
  const ids = new Map<string, number>();
  for (const [reference, customer_id] of [
    ["CASE-1", "shinshu-bank"],
    ["CASE-2", "kita-rail"],
    ["CASE-3", null],
    ["CASE-4", "minami-air"],
  ] as const) {
    const { id } = await db
      .insertInto("cases")
      .values({ owner_id: 70, reference, customer_id, title: "", state: "open", stamps: "{}", created_at: 1 })
      .returning("id")
      .executeTakeFirstOrThrow();
    ids.set(reference, id);
    await db
      .insertInto("links")
      .values({
        case_id: id,
        patch_id: "7#1",
        owner_id: 70,
        state: reference === "CASE-4" ? "proposed" : "confirmed",
        made_by: "dana",
        is_by_support: 1,
        made_where: "board",
        made_at: 1,
      })
      .execute();
  }
  const concerned = async (reference: string | null) => {
    const caseId = ids.get(reference ?? "");
    const about = { kind: "patch", patchId: "7#1", ...(caseId !== undefined && { caseId }) } as const;
    return [...(await customersConcerned({ database }, about))].toSorted();
  };
  const all = ["kita-rail", "shinshu-bank"];
  expect(await concerned(null)).toEqual(all);
  expect(await concerned("CASE-2")).toEqual(["kita-rail"]);
  // A case of nobody yet is the patch's; one that is not linked opens nothing more.
  expect(await concerned("CASE-3")).toEqual(all);
  expect(await concerned("CASE-4")).toEqual(all);
});
