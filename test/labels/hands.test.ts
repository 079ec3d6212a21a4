// What webhooks about labels change of what we remember, on both databases.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { storedPatchId } from "../../src/github/refs.ts";
import {
  keepLabelChange,
  keepMarks,
  keepRepositoryLabel,
  labelCreated,
  labelDeleted,
  labelRenamed,
  labelsOfPatch,
  personChangedLabel,
} from "../../src/patches/label-store.ts";
import type { LabelHand } from "../../src/patches/labels.ts";
import { DIALECTS, openTestDatabase, REPOSITORY, seedPatch, type TestDatabase } from "../effects/databases.ts";

const PATCH = storedPatchId(`${REPOSITORY}#1`);
const LABEL = { id: 5, name: "customer" };

describe.each(DIALECTS)("on %s", (dialect) => {
  let opened: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    opened = await openTestDatabase(dialect);
    database = opened.database;
    await seedPatch(database, { number: 1, wanted: ["customer"], on: ["bug", "customer"] });
    await database.transaction((tx) =>
      keepRepositoryLabel(tx, { repositoryId: REPOSITORY, key: "customer", label: LABEL, definedAs: "customer" }),
    );
  });
  afterEach(() => opened.close());

  const known = async () => {
    const found = await labelsOfPatch(database.db, PATCH);
    if (found === null) throw new Error("the patch is gone");
    return found;
  };
  const mark = (hand: LabelHand) => database.transaction((tx) => keepMarks(tx, PATCH, { customer: hand }));
  const person = (hand: "put" | "taken off", label = LABEL) =>
    database.transaction((tx) => personChangedLabel(tx, { patchId: PATCH, label, hand }));

  test.each<[string, LabelHand | null, "put" | "taken off", boolean, LabelHand]>([
    ["takes ours off", "ours", "taken off", true, "taken off by a person"],
    ["takes off what we had just put on", "ours to be", "taken off", true, "taken off by a person"],
    ["takes a person's off", "put by a person", "taken off", false, "taken off by a person"],
    ["puts one on again", "taken off by a person", "put", false, "put by a person"],
    ["puts the first on", null, "put", false, "put by a person"],
  ])("a person %s", async (_name, before, hand, wasOurs, after) => {
    if (before !== null) await mark(before);
    expect(await person(hand)).toEqual({ key: "customer", wasOurs });
    expect((await known()).marks).toEqual({ customer: after });
  });

  test("taken off while nothing asked for it is no wish for later", async () => {
    await mark("ours");
    await database.db.updateTable("patches").set({ wanted_labels: "[]" }).execute();
    expect(await person("taken off")).toEqual({ key: "customer", wasOurs: true });
    expect((await known()).marks).toEqual({});
  });

  test("somebody else's labels and unknown patches are none of ours", async () => {
    await mark("ours");
    expect(await person("taken off", { id: 6, name: "bug" })).toEqual({ key: null, wasOurs: false });
    const unknown = { patchId: storedPatchId("1#1"), label: LABEL, hand: "put" } as const;
    expect(await database.transaction((tx) => personChangedLabel(tx, unknown))).toEqual({ key: null, wasOurs: false });
    expect((await known()).marks).toEqual({ customer: "ours" });
  });

  test("a renamed label is followed, on every patch of the repository", async () => {
    const label = { id: 5, name: "client" };
    await database.transaction((tx) => labelRenamed(tx, { repositoryId: REPOSITORY, label, from: "Customer" }));
    const { onPatch, repositoryLabels } = await known();
    expect(onPatch).toEqual(["bug", "client"]);
    expect(repositoryLabels).toEqual([
      { key: "customer", labelId: 5, name: "client", definedAs: "customer", state: "present" },
    ]);
  });

  test("a deleted label stays away until somebody makes it anew", async () => {
    await database.transaction((tx) => labelDeleted(tx, { repositoryId: REPOSITORY, label: LABEL }));
    expect(await known()).toMatchObject({ onPatch: ["bug"], repositoryLabels: [{ labelId: 5, state: "deleted" }] });
    const made = { repositoryId: REPOSITORY, label: { id: 8, name: "Customer" } };
    expect(await database.transaction((tx) => labelCreated(tx, made))).toEqual(["customer"]);
    expect((await known()).repositoryLabels).toEqual([
      { key: "customer", labelId: 8, name: "Customer", definedAs: "customer", state: "present" },
    ]);
    expect(await database.transaction((tx) => labelCreated(tx, made))).toEqual([]);
  });

  test("the label of an earlier policy is kept as retired, and comes back with its name", async () => {
    const keep = (label: { id: number; name: string }) =>
      database.transaction((tx) =>
        keepRepositoryLabel(tx, { repositoryId: REPOSITORY, key: "customer", label, definedAs: label.name }),
      );
    const states = async () =>
      Object.fromEntries((await known()).repositoryLabels.map(({ name, state }) => [name, state]));
    await keep({ id: 9, name: "vip" });
    expect(await states()).toEqual({ customer: "retired", vip: "present" });
    await keep(LABEL);
    expect(await states()).toEqual({ customer: "present", vip: "retired" });
  });

  test("a person's hand that came while we wrote is not overwritten, nor are labels that came with it", async () => {
    await mark("ours to be");
    await person("taken off");
    await database.db.updateTable("patches").set({ label_names: '["bug","urgent"]' }).execute();
    await database.transaction((tx) =>
      keepLabelChange(tx, {
        patchId: PATCH,
        before: { customer: "ours to be" },
        marks: { customer: "ours", overdue: "ours" },
        added: ["overdue"],
        removed: ["bug"],
        read: null,
      }),
    );
    const { marks, onPatch } = await known();
    expect(marks).toEqual({ customer: "taken off by a person", overdue: "ours" });
    expect(onPatch).toEqual(["urgent", "overdue"]);
  });
});
