// What we know of labels: which label stands for a key in a repository, and by whose hand each is on a patch. Apart from the
// patches' own store, because webhooks about labels and the effect that puts them on ask for nothing else.
import type { Db, Tx } from "../db/database.ts";
import type { PatchId } from "../github/refs.ts";
import type { LabelKey } from "../policy/labels.ts";
import { isLabelKey, isSameLabel, type LabelHand, type LabelMarks, type RepositoryLabel } from "./labels.ts";

/** GitHub's label in its own words. */
export type Label = { readonly id: number; readonly name: string };

export type PatchLabels = {
  readonly repositoryId: number;
  readonly number: number;
  readonly wanted: readonly LabelKey[];
  readonly onPatch: readonly string[];
  readonly marks: LabelMarks;
  readonly repositoryLabels: readonly RepositoryLabel[];
};

/** Everything that we remember about one patch's labels; null where there is no such patch. */
export async function labelsOfPatch(db: Db, patch: PatchId): Promise<PatchLabels | null> {
  const row = await db
    .selectFrom("patches")
    .select(["repository_id", "number", "wanted_labels", "label_names"])
    .where("id", "=", patch)
    .executeTakeFirst();
  if (row === undefined) return null;
  const marks = await db.selectFrom("label_marks").select(["key", "hand"]).where("patch_id", "=", patch).execute();
  return {
    repositoryId: row.repository_id,
    number: row.number,
    wanted: texts(row.wanted_labels).filter(isLabelKey),
    onPatch: texts(row.label_names),
    marks: Object.fromEntries(marks.map(({ key, hand }) => [key, hand])),
    repositoryLabels: await labelsOfRepository(db, row.repository_id),
  };
}

/** The labels that we found or made in a repository, retired and deleted ones too. */
export async function labelsOfRepository(db: Db, repositoryId: number): Promise<readonly RepositoryLabel[]> {
  const rows = await db.selectFrom("repository_labels").selectAll().where("repository_id", "=", repositoryId).execute();
  return rows.flatMap(({ key, label_id, name, defined_as, state }) =>
    isLabelKey(key) ? [{ key, labelId: label_id, name, definedAs: defined_as, state }] : [],
  );
}

/** Keeps which label stands for a key from now on; the one that did before, under another name, is retired. */
export async function keepRepositoryLabel(
  tx: Tx,
  kept: {
    readonly repositoryId: number;
    readonly key: LabelKey;
    readonly label: Label;
    readonly definedAs: string;
  },
): Promise<void> {
  await tx
    .updateTable("repository_labels")
    .set({ state: "retired" })
    .where("repository_id", "=", kept.repositoryId)
    .where("key", "=", kept.key)
    .where("label_id", "!=", kept.label.id)
    .where("state", "=", "present")
    .execute();
  await tx
    .deleteFrom("repository_labels")
    .where("repository_id", "=", kept.repositoryId)
    .where("key", "=", kept.key)
    .where((eb) => eb.or([eb("label_id", "=", kept.label.id), eb("state", "=", "deleted")]))
    .execute();
  await tx
    .insertInto("repository_labels")
    .values({
      repository_id: kept.repositoryId,
      key: kept.key,
      label_id: kept.label.id,
      name: kept.label.name,
      defined_as: kept.definedAs,
      state: "present",
    })
    // Another process may have found the same label for another patch meanwhile.
    .onConflict((conflict) =>
      conflict
        .columns(["repository_id", "key", "label_id"])
        .doUpdateSet({ name: kept.label.name, defined_as: kept.definedAs, state: "present" }),
    )
    .execute();
}

/** Keeps by whose hand the labels of a patch are, in place of what was kept. */
export async function keepMarks(tx: Tx, patch: PatchId, marks: LabelMarks): Promise<void> {
  await tx.deleteFrom("label_marks").where("patch_id", "=", patch).execute();
  const rows = Object.entries(marks).flatMap(([key, hand]) =>
    hand === undefined ? [] : [{ patch_id: patch, key, hand }],
  );
  if (rows.length === 0) return;
  await tx
    .insertInto("label_marks")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["patch_id", "key"]).doUpdateSet(({ ref }) => ({ hand: ref("excluded.hand") })),
    )
    .execute();
}

/** Notes, before it happens, that we are about to put labels on: after a crash they are known to be ours. */
export async function markOursToBe(tx: Tx, patch: PatchId, keys: readonly LabelKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .insertInto("label_marks")
    .values(keys.map((key) => ({ patch_id: patch, key, hand: "ours to be" as const })))
    .onConflict((conflict) => conflict.columns(["patch_id", "key"]).doUpdateSet({ hand: "ours to be" }))
    .execute();
}

/**
 * Keeps what putting labels on and taking them off came to. Marks that a person's hand has changed since `before` stay theirs,
 * and names are changed on what is remembered now, so that a webhook that came in between is not overwritten.
 */
export async function keepLabelChange(
  tx: Tx,
  change: {
    readonly patchId: PatchId;
    readonly before: LabelMarks;
    readonly marks: LabelMarks;
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly read: readonly string[] | null;
  },
): Promise<void> {
  const now = await labelsOfPatch(tx, change.patchId);
  if (now === null) return;
  const isNamed = (names: readonly string[], name: string) => names.some((other) => isSameLabel(other, name));
  const base = (change.read ?? now.onPatch).filter((name) => !isNamed(change.removed, name));
  const names = [...base, ...change.added.filter((name) => !isNamed(base, name))];
  await tx
    .updateTable("patches")
    .set({ label_names: JSON.stringify(names) })
    .where("id", "=", change.patchId)
    .execute();

  const keys = new Set([...keysOf(change.before), ...keysOf(change.marks), ...keysOf(now.marks)]);
  const kept: Partial<Record<LabelKey, LabelHand>> = {};
  for (const key of keys) {
    const isTheirs = now.marks[key] !== change.before[key];
    const hand = isTheirs ? now.marks[key] : change.marks[key];
    if (hand !== undefined) kept[key] = hand;
  }
  await keepMarks(tx, change.patchId, kept);
}

const keysOf = (marks: LabelMarks): readonly LabelKey[] => Object.keys(marks).filter(isLabelKey);

/**
 * A person (not we) put a label on or took it off. Answers which of our keys it stands for and whether it was on by our hand:
 * whoever takes our label off wants no reminder there for a while.
 */
export async function personChangedLabel(
  tx: Tx,
  change: { readonly patchId: PatchId; readonly label: Label; readonly hand: "put" | "taken off" },
): Promise<{ readonly key: LabelKey | null; readonly wasOurs: boolean }> {
  const patch = await labelsOfPatch(tx, change.patchId);
  const label = patch?.repositoryLabels.find((known) => known.labelId === change.label.id && known.state === "present");
  if (patch === null || label === undefined) return { key: null, wasOurs: false };
  const mark = patch.marks[label.key];
  const wasOurs = mark === "ours" || mark === "ours to be";
  const marks: Partial<Record<LabelKey, LabelHand>> = { ...patch.marks };
  if (change.hand === "put") marks[label.key] = "put by a person";
  // Off while nothing asked for it: nobody's wish is overruled when a reason comes later.
  else if (patch.wanted.includes(label.key)) marks[label.key] = "taken off by a person";
  else delete marks[label.key];
  await keepMarks(tx, change.patchId, marks);
  return { key: label.key, wasOurs: wasOurs && change.hand === "taken off" };
}

/** A label of a repository has another name: ours is followed, and patches remember it under the new one. */
export async function labelRenamed(
  tx: Tx,
  renamed: { readonly repositoryId: number; readonly label: Label; readonly from: string },
): Promise<void> {
  await tx
    .updateTable("repository_labels")
    .set({ name: renamed.label.name })
    .where("repository_id", "=", renamed.repositoryId)
    .where("label_id", "=", renamed.label.id)
    .execute();
  await renameOnPatches(tx, { repositoryId: renamed.repositoryId, from: renamed.from, to: renamed.label.name });
}

/** A label was deleted from a repository: ours stays away from then on. */
export async function labelDeleted(
  tx: Tx,
  deleted: { readonly repositoryId: number; readonly label: Label },
): Promise<void> {
  await tx
    .updateTable("repository_labels")
    .set({ state: "deleted" })
    .where("repository_id", "=", deleted.repositoryId)
    .where("label_id", "=", deleted.label.id)
    .execute();
  await renameOnPatches(tx, { repositoryId: deleted.repositoryId, from: deleted.label.name, to: null });
}

/** A label was made in a repository: where ours of that name had been deleted, it is used again. */
export async function labelCreated(
  tx: Tx,
  created: { readonly repositoryId: number; readonly label: Label },
): Promise<readonly LabelKey[]> {
  const known = await labelsOfRepository(tx, created.repositoryId);
  const revived = known.filter((label) => label.state === "deleted" && isSameLabel(label.name, created.label.name));
  for (const { key, definedAs } of revived) {
    await keepRepositoryLabel(tx, { repositoryId: created.repositoryId, key, label: created.label, definedAs });
  }
  return revived.map((label) => label.key);
}

async function renameOnPatches(
  tx: Tx,
  rename: { readonly repositoryId: number; readonly from: string; readonly to: string | null },
): Promise<void> {
  const rows = await tx
    .selectFrom("patches")
    .select(["id", "label_names"])
    .where("repository_id", "=", rename.repositoryId)
    .where("label_names", "!=", "[]")
    .execute();
  for (const row of rows) {
    const names = texts(row.label_names);
    if (!names.some((name) => isSameLabel(name, rename.from))) continue;
    const others = names.filter((name) => !isSameLabel(name, rename.from));
    const changed = rename.to === null ? others : [...others, rename.to];
    await tx
      .updateTable("patches")
      .set({ label_names: JSON.stringify(changed) })
      .where("id", "=", row.id)
      .execute();
  }
}

function texts(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter((each) => typeof each === "string") : [];
}

/** One label is on a patch, or off it, whatever else is on it. */
export async function keepLabelName(
  tx: Tx,
  patch: PatchId,
  label: { readonly name: string; readonly isOn: boolean },
): Promise<void> {
  const row = await tx.selectFrom("patches").select("label_names").where("id", "=", patch).executeTakeFirst();
  if (row === undefined) return;
  const others = texts(row.label_names).filter((name) => !isSameLabel(name, label.name));
  const names = label.isOn ? [...others, label.name] : others;
  await tx
    .updateTable("patches")
    .set({ label_names: JSON.stringify(names) })
    .where("id", "=", patch)
    .execute();
}
