import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCases } from "../../src/cases/import.ts";
import { caseByReference } from "../../src/cases/store.ts";
import { checkCaseCustomers, importCases } from "../../src/cases/store-import.ts";
import { type CaseWords, mergeWords, type StoredWords, wordsOf } from "../../src/cases/words.ts";
import { writeCaseWords } from "../../src/cases/words-store.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { readFile } from "../customers/builders.ts";
import { useDatabase } from "../policy/databases.ts";
import { DIALECTS } from "../support/databases.ts";

const EMPTY: StoredWords = {
  title: "CASE-1",
  customer_id: null,
  severity: null,
  state: "open",
  summary: null,
  stake: null,
  workaround: null,
  needed_by: null,
  needed_by_why: null,
  next_report: null,
  assignee: null,
  url: null,
  stamps: "{}",
};

test("words written in any order, however often, end as their last writers left them", () => {
  const words: fc.Arbitrary<Partial<CaseWords>> = fc.record(
    {
      title: fc.constantFrom("one", "two"),
      severity: fc.constantFrom("S1", "S2", null),
      workaround: fc.constantFrom("none", "restart", null),
      "needed-by": fc.constantFrom({ date: "2026-12-29", why: "audit" }, { date: "2026-12-30", why: null }, null),
    },
    { requiredKeys: [] },
  );
  const writes = fc.uniqueArray(fc.record({ words, at: fc.integer({ min: 1, max: 50 }) }), {
    selector: ({ at }) => at,
    maxLength: 8,
  });
  const run = (order: readonly { words: Partial<CaseWords>; at: number }[]) => {
    let row = EMPTY;
    for (const write of order) row = Object.assign({ ...row }, mergeWords(row, write.words, write.at).columns);
    return row;
  };
  fc.assert(
    fc.property(writes, fc.infiniteStream(fc.nat()), (all, picks) => {
      const shuffled = [...all, ...all].map((write) => ({ write, key: picks.next().value ?? 0 }));
      shuffled.sort((a, b) => a.key - b.key);
      const inOrder = run(all.toSorted((a, b) => a.at - b.at));
      expect(wordsOf(run(shuffled.map(({ write }) => write)))).toEqual(wordsOf(inOrder));
    }),
  );
});

describe.each(DIALECTS)("on %s", (dialect) => {
  const open = useDatabase(dialect);
  let owner = 200;

  async function load(ownerId: number, yaml: string, now: number) {
    const parsed = parseCases(yaml, "yaml");
    const cases = parsed.kind === "cases" ? parsed.cases : [];
    return open().transaction((tx) => importCases(tx, { ownerId, cases, now }));
  }

  const stored = async (ownerId: number, reference: string) => {
    const row = await caseByReference(open().db, ownerId, reference);
    return row === undefined ? null : wordsOf(row);
  };

  test("a case is added, changed by the next import, and left alone by the same one", async () => {
    owner += 1;
    const first = "cases: [{ reference: CASE-1, severity: S2, summary: It hangs. }, { reference: CASE-2, title: Two }]";
    expect(await load(owner, first, 1000)).toEqual({ added: ["CASE-1", "CASE-2"], changed: [], unchanged: 0 });
    expect(await load(owner, first, 2000)).toEqual({ added: [], changed: [], unchanged: 2 });
    const next = "cases: [{ reference: CASE-1, severity: S1, summary: , state: resolved }]";
    expect(await load(owner, next, 3000)).toEqual({
      added: [],
      changed: [{ reference: "CASE-1", words: ["severity", "state"] }],
      unchanged: 0,
    });
    expect(await stored(owner, "CASE-1")).toMatchObject({
      title: "CASE-1",
      severity: "S1",
      state: "resolved",
      summary: "It hangs.",
    });
  });

  test("a command that was given later than an import wins, and one that was given earlier does not", async () => {
    owner += 1;
    await load(owner, "cases: [{ reference: CASE-1, severity: S2 }]", 1000);
    const write = (words: Partial<CaseWords>, at: number) =>
      open().transaction((tx) => writeCaseWords(tx, { ownerId: owner, reference: "CASE-1", words, at }));
    expect(await write({ severity: "S3", stake: "the renewal" }, 999)).toMatchObject({ changed: ["stake"] });
    expect(await write({ severity: "S1" }, 1001)).toMatchObject({ changed: ["severity"] });
    await load(owner, "cases: [{ reference: CASE-1, severity: S4, stake: none }]", 1000);
    expect(await stored(owner, "CASE-1")).toMatchObject({ severity: "S1", stake: "none" });
  });

  test("there is nothing to write on a case that is not there", async () => {
    owner += 1;
    const words = { severity: "S1" } as const;
    const written = await open().transaction((tx) =>
      writeCaseWords(tx, { ownerId: owner, reference: "CASE-9", words, at: 1 }),
    );
    expect(written).toBe(null);
  });

  test("two writers at once lose no word", async () => {
    owner += 1;
    await load(owner, "cases: [{ reference: CASE-1 }]", 1000);
    const write = (words: Partial<CaseWords>) =>
      open().transaction((tx) => writeCaseWords(tx, { ownerId: owner, reference: "CASE-1", words, at: 2000 }));
    await Promise.all([
      write({ severity: "S1" }),
      write({ stake: "x" }),
      write({ summary: "y" }),
      write({ assignee: "z" }),
    ]);
    expect(await stored(owner, "CASE-1")).toMatchObject({ severity: "S1", stake: "x", summary: "y", assignee: "z" });
    const row = await caseByReference(open().db, owner, "CASE-1");
    expect(JSON.parse(row?.stamps ?? "")).toEqual({ severity: 2000, stake: 2000, summary: 2000, assignee: 2000 });
  });

  test("patches that are linked to a changed case are due now, others are not", async () => {
    owner += 1;
    await load(owner, "cases: [{ reference: CASE-1 }, { reference: CASE-2 }]", 1000);
    const caseId = (await caseByReference(open().db, owner, "CASE-1"))?.id ?? 0;
    const otherId = (await caseByReference(open().db, owner, "CASE-2"))?.id ?? 0;
    await addPatch(`${owner}#1`, caseId);
    await addPatch(`${owner}#2`, otherId);
    await load(owner, "cases: [{ reference: CASE-1, severity: S1 }, { reference: CASE-2 }]", 5000);
    const rows = await open().db.selectFrom("patches").select(["id", "due_at"]).where("owner_id", "=", owner).execute();
    expect(Object.fromEntries(rows.map(({ id, due_at }) => [id, due_at]))).toEqual({
      [`${owner}#1`]: 5000,
      [`${owner}#2`]: null,
    });
  });

  test("a customer is named by its stored id", async () => {
    owner += 1;
    const read = readFile("customers: [{ id: shinshu-bank, name: Shinshu Bank }]");
    await open().transaction((tx) => importCustomers(tx, { ownerId: owner, read, now: 1 }));
    const parsed = parseCases("cases: [{ reference: CASE-1, customer: Shinshu-Bank }]", "yaml");
    const checked = await checkCaseCustomers(open().db, owner, parsed.kind === "cases" ? parsed.cases : []);
    expect(checked.kind === "cases" ? checked.cases.map(({ words }) => words.customer) : []).toEqual(["shinshu-bank"]);
  });

  async function addPatch(id: string, caseId: number) {
    await open()
      .db.insertInto("patches")
      .values({
        id,
        repository_id: owner,
        number: Number(id.split("#")[1]),
        owner_id: owner,
        title: "A fix",
        body: "",
        author_login: "kenji",
        author_is_bot: 0,
        state: "open",
        is_draft: 0,
        is_merged: 0,
        opened_at: 0,
        head_sha: "abc",
        base_ref: "main",
        requested_reviewers: "[]",
        requested_teams: "[]",
        label_names: "[]",
        seen_at: 0,
      })
      .execute();
    await open()
      .db.insertInto("links")
      .values({
        case_id: caseId,
        patch_id: id,
        owner_id: owner,
        state: "confirmed",
        made_by: "dana",
        made_where: "",
        made_at: 0,
      })
      .execute();
  }
});
