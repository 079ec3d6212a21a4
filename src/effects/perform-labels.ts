// Makes a patch's labels so: what the plan says, against GitHub. Apart from perform, because it is the only effect of many steps.
import { z } from "zod";
import { faultOf } from "../github/faults.ts";
import type { PatchId } from "../github/refs.ts";
import {
  keepRepositoryLabel,
  type Label,
  labelsOfPatch,
  labelsOfRepository,
  markOursToBe,
  type PatchLabels,
} from "../patches/label-store.ts";
import { isSameLabel, type LabelMarks, type LabelPlan, labelOf, labelPlan } from "../patches/labels.ts";
import type { LabelDefinition, LabelKey } from "../policy/labels.ts";
import type { Outcome } from "./outcome.ts";
import { reserve } from "./pacing.ts";
import type { Work } from "./world.ts";

const PER_PAGE = 100;
const label = z.object({ id: z.number().int(), name: z.string() });
const labels = z.array(label);

/** Runs what is given one after another for each repository, so that patches of one do not make the same label at once. */
export type InTurn = <T>(repositoryId: number, work: () => Promise<T>) => Promise<T>;

/** Keeps a queue a repository; a queue that is empty is forgotten. */
export function inTurn(): InTurn {
  const last = new Map<number, Promise<unknown>>();
  return (repositoryId, work) => {
    const mine = (last.get(repositoryId) ?? Promise.resolve()).then(work, work);
    last.set(repositoryId, mine);
    const forget = () => {
      if (last.get(repositoryId) === mine) last.delete(repositoryId);
    };
    mine.then(forget, forget);
    return mine;
  };
}

/** Says what performing would change, without GitHub: for repositories that observe. */
export async function wouldChange(
  work: Work,
  patchId: PatchId,
): Promise<{ readonly words: string; readonly added: readonly string[]; readonly removed: readonly string[] }> {
  const known = await labelsOfPatch(work.world.database.db, patchId);
  if (known === null) return { words: "nothing to change", added: [], removed: [] };
  const definitions = await work.world.labelDefinitionsFor(known.repositoryId);
  const plan = labelPlan({ ...known, definitions, onPatchIs: "read" });
  const made = plan.resolve.map((key) => definitions.find((each) => each.key === key)?.name ?? key);
  const added = [...plan.add.map(({ name }) => name), ...made];
  const removed = plan.remove.map(({ name }) => name);
  const words = [
    ...(added.length === 0 ? [] : [`put on ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`take off ${removed.join(", ")}`]),
  ];
  return { words: words.length === 0 ? "nothing to change" : `would ${words.join(" and ")}`, added, removed };
}

/** Puts on and takes off what the last decision wants. Needs no reading where all labels are known. */
export async function performLabels(work: Work, patchId: PatchId, turns: InTurn): Promise<Outcome> {
  const { world, place } = work;
  const { db } = world.database;
  const definitions = await world.labelDefinitionsFor(place.repositoryId);
  let known = await labelsOfPatch(db, patchId);
  if (known === null) return { kind: "withdrawn", because: "the pull request is not known any more" };
  let plan = labelPlan({ ...known, definitions, onPatchIs: "remembered" });

  if (plan.resolve.length > 0) {
    const wanted = definitions.filter(({ key }) => plan.resolve.includes(key));
    const stopped = await turns(place.repositoryId, () => resolveLabels(work, wanted));
    if (stopped !== null) return stopped;
    known = (await labelsOfPatch(db, patchId)) ?? known;
    plan = labelPlan({ ...known, definitions, onPatchIs: "remembered" });
  }
  let read: readonly string[] | null = null;
  if (plan.unsure.length > 0) {
    read = await readLabels(work, known.number);
    plan = labelPlan({ ...known, definitions, onPatch: read, onPatchIs: "read" });
  }
  return change(work, { patchId, known, plan, read });
}

async function change(
  work: Work,
  at: { patchId: PatchId; known: PatchLabels; plan: LabelPlan; read: readonly string[] | null },
): Promise<Outcome> {
  const { world, row, place } = work;
  const { patchId, known, plan, read } = at;
  const keys = plan.add.map(({ key }) => key);
  const toBe: LabelMarks = Object.fromEntries(keys.map((key) => [key, "ours to be"]));
  const result = {
    kind: "labels",
    added: plan.add.map(({ name }) => name),
    removed: plan.remove.map(({ name }) => name),
    read,
    before: { ...known.marks, ...toBe },
    marks: plan.marks,
  } as const;
  const writes = (plan.add.length > 0 ? 1 : 0) + plan.remove.length;
  if (writes === 0) return { kind: "done", outcome: result };

  const octokit = await world.github.installation(place.installationId);
  const reserved = await reserve(world, {
    row,
    installationId: place.installationId,
    writes,
    now: world.now(),
    alongside: (tx) => markOursToBe(tx, patchId, keys),
  });
  if (reserved.kind !== "reserved") return reserved;
  const issue = { owner: place.owner, repo: place.repo, issue_number: known.number };
  if (plan.add.length > 0) {
    await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
      ...issue,
      labels: [...result.added],
    });
  }
  for (const name of result.removed) {
    await octokit
      .request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", { ...issue, name })
      .catch(ignoreGone(world.now()));
  }
  return { kind: "done", outcome: result };
}

/** Off already is as good as taken off. */
const ignoreGone = (now: number) => (error: unknown) => {
  if (faultOf(error, now).kind !== "gone") throw error;
};

async function readLabels(work: Work, number: number): Promise<readonly string[]> {
  const { world, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}/labels", {
    owner: place.owner,
    repo: place.repo,
    issue_number: number,
    per_page: PER_PAGE,
  });
  return labels.parse(data).map(({ name }) => name);
}

/** Finds the labels by name, makes those that are missing, and keeps their ids. Answers an outcome where it has to stop. */
async function resolveLabels(work: Work, wanted: readonly LabelDefinition[]): Promise<Outcome | null> {
  const { world, place } = work;
  const repositoryLabels = await labelsOfRepository(world.database.db, place.repositoryId);
  const missing = wanted.filter(({ key }) => labelOf(key, { definitions: wanted, repositoryLabels }) === null);
  // One page shows most repositories' labels; for a single one it is asked by name.
  const first = missing.length > 1 ? await firstLabels(work) : { labels: [], isWhole: false };
  for (const definition of missing) {
    const there =
      first.labels.find(({ name }) => isSameLabel(name, definition.name)) ??
      (first.isWhole ? null : await labelByName(work, definition.name));
    const made = there ?? (await makeLabel(work, definition));
    if ("kind" in made) return made;
    await keep(work, definition.key, { label: made, definedAs: definition.name });
  }
  return null;
}

const keep = (work: Work, key: LabelKey, found: { label: Label; definedAs: string }): Promise<void> =>
  work.world.database.transaction((tx) =>
    keepRepositoryLabel(tx, { repositoryId: work.place.repositoryId, key, ...found }),
  );

async function firstLabels(work: Work): Promise<{ labels: readonly Label[]; isWhole: boolean }> {
  const { world, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/labels", {
    owner: place.owner,
    repo: place.repo,
    per_page: PER_PAGE,
  });
  const page = labels.parse(data);
  return { labels: page, isWhole: page.length < PER_PAGE };
}

async function labelByName(work: Work, name: string): Promise<Label | null> {
  const { world, place } = work;
  const octokit = await world.github.installation(place.installationId);
  try {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/labels/{name}", {
      owner: place.owner,
      repo: place.repo,
      name,
    });
    return label.parse(data);
  } catch (error) {
    if (faultOf(error, world.now()).kind === "gone") return null;
    throw error;
  }
}

async function makeLabel(work: Work, definition: LabelDefinition): Promise<Label | Outcome> {
  const { world, row, place } = work;
  const octokit = await world.github.installation(place.installationId);
  const reserved = await reserve(world, { row, installationId: place.installationId, writes: 1, now: world.now() });
  if (reserved.kind !== "reserved") return reserved;
  try {
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/labels", {
      owner: place.owner,
      repo: place.repo,
      name: definition.name,
      color: definition.color,
      description: definition.description,
    });
    return label.parse(data);
  } catch (error) {
    const fault = faultOf(error, world.now());
    // Somebody was quicker, or the list was cut: an existing label is used as it is.
    const isThere = fault.kind === "invalid" && fault.codes.includes("already_exists");
    const there = isThere ? await labelByName(work, definition.name) : null;
    if (there === null) throw error;
    return there;
  }
}
