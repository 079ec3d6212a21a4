// Gathers what the page about what is only observed shows: how repositories stand, numbers, texts, and the policy to commit. A bounded number
// of questions, whatever was observed.
import type { Db } from "../../db/database.ts";
import type { RepositoryRow } from "../../github/installation-store.ts";
import { ownerId, type RepositoryId, repositoryId } from "../../github/refs.ts";
import { ALWAYS, dayMillis, localDate, workingMillis } from "../../policy/calendar.ts";
import { type EffectivePolicy, effectivePolicies } from "../../policy/effective.ts";
import { workingCalendar } from "../../policy/holidays.ts";
import { parsePolicy } from "../../policy/parse.ts";
import { OWNER_REPOSITORIES, POLICY_PATH } from "../../policy/source.ts";
import { ownerScope, policiesOf, repositoryScope, type StoredPolicy } from "../../policy/store.ts";
import { installationIdsOf, type NamedPatch, patchesNamed } from "../log/names-store.ts";
import { repositoriesListed } from "../repositories/repositories-store.ts";
import type { Viewer } from "../viewer.ts";
import { actingText, editAddress, firstPolicy } from "./act-policy.ts";
import { numbersOf, type ObservedNumbers, spanOf } from "./observed.ts";
import { type ObservedText, observedRows, observedTexts, type UntoldNotice, untoldNotices } from "./observed-store.ts";
import type { AskedObserve } from "./parse.ts";

const DAY = 24 * 60 * 60_000;
const PERIOD_DAYS = 30;
export const MOST_COUNTED = 2000;
const MOST_REPOSITORIES = 200;
const TEXTS_A_PAGE = 25;
const MOST_UNTOLD = 50;

export type ActPlace = {
  /** As people name it: `acme-db/engine/.github/patch-advocate.yml`. */
  readonly place: string;
  readonly kind: "change" | "first" | "by-hand";
  readonly text: string | null;
  readonly hasErrors: boolean;
  readonly address: string;
  readonly limits: { readonly perDay: number; readonly perWeek: number };
};

export type ShownObserved = {
  readonly asked: AskedObserve;
  readonly repositories: readonly RepositoryRow[];
  readonly areMore: boolean;
  readonly observing: readonly RepositoryRow[];
  /** What was asked for is none of these. */
  readonly isRepositoryUnknown: boolean;
  readonly numbers: ObservedNumbers;
  readonly workingDays: number;
  readonly isCut: boolean;
  /** By name, with the patches that they would have been reminded of on the day that was asked for; null where none was. */
  readonly people: readonly { readonly name: string; readonly patches: readonly NamedPatch[] }[] | null;
  readonly texts: readonly (ObservedText & { readonly patch: NamedPatch | null })[];
  readonly next: { readonly at: number; readonly id: number } | null;
  readonly untold: readonly UntoldNotice[];
  readonly act: ActPlace | null;
};

type Gathering = { readonly db: Db; readonly viewer: Viewer; readonly now: number; readonly webUrl: string };

export async function gatherObserved(gathering: Gathering, asked: AskedObserve): Promise<ShownObserved> {
  const { db, viewer, now } = gathering;
  const owner = viewer.owner.ownerId;
  const listed = await repositoriesListed(db, {
    ownerId: owner,
    only: null,
    after: null,
    limit: MOST_REPOSITORIES + 1,
  });
  const repositories = listed.slice(0, MOST_REPOSITORIES);
  const policies = await effectivePolicies(
    db,
    repositories.map(({ id, visibility }) => ({ ownerId: ownerId(owner), repositoryId: repositoryId(id), visibility })),
  );
  const observing = repositories.filter((each) => isObserving(policies, each));
  const wanted = repositories.find(({ name }) => name.toLowerCase() === asked.repository?.toLowerCase()) ?? null;
  const isRepositoryUnknown = asked.repository !== null && wanted === null;

  const span = asked.day === null ? null : spanOf(asked.day, viewer.timezone);
  const scope = {
    installationIds: await installationIdsOf(db, owner),
    fromAt: now - PERIOD_DAYS * DAY,
    untilAt: now + 1,
    repositoryId: wanted?.id ?? null,
  };
  const rows = await observedRows(db, { ...scope, limit: MOST_COUNTED + 1 });
  const counted = rows.slice(0, MOST_COUNTED);
  const shown = await observedTexts(db, { ...scope, ...span, limit: TEXTS_A_PAGE + 1 }, asked.before);
  const page = shown.slice(0, TEXTS_A_PAGE);
  const last = page.at(-1);
  // Labels that are as they should be already.
  const texts = page.filter(({ labels }) => labels === null || labels.added.length + labels.removed.length > 0);
  const ofDay = counted.filter(({ at, kind }) => kind === "reminder" && localDate(viewer.timezone, at) === asked.day);
  const patches = await patchesNamed(db, owner, [
    ...new Set([...texts.map(({ patchId }) => patchId), ...ofDay.slice(0, 500).map(({ lane }) => lane)]),
  ]);
  const first = counted.at(-1);
  return {
    asked,
    repositories,
    areMore: listed.length > MOST_REPOSITORIES,
    observing,
    isRepositoryUnknown,
    numbers: numbersOf(counted, viewer.timezone),
    workingDays: first === undefined ? 0 : await workingDaysSince(gathering, policies, first.at),
    isCut: rows.length > MOST_COUNTED,
    people: asked.day === null ? null : peopleOf(ofDay, patches),
    texts: texts.map((text) => ({ ...text, patch: patches.get(text.patchId) ?? null })),
    next: shown.length > TEXTS_A_PAGE && last !== undefined ? { at: last.at, id: last.id } : null,
    untold: await untoldNotices(db, owner, { ...scope, ...span, limit: MOST_UNTOLD }),
    act: await actPlaceOf(gathering, repositories, {
      repository: wanted !== null && isObserving(policies, wanted) ? wanted : (observing[0] ?? null),
      policies,
    }),
  };
}

type Policies = ReadonlyMap<RepositoryId, EffectivePolicy>;

const policyOf = (policies: Policies, { id }: RepositoryRow): EffectivePolicy | undefined =>
  policies.get(repositoryId(id));

function isObserving(policies: Policies, repository: RepositoryRow): boolean {
  const known = policyOf(policies, repository);
  return known === undefined || !known.isInForce || known.policy.mode !== "act";
}

/** Each name once, in the order of names: nobody stands above anybody. */
function peopleOf(
  rows: readonly { readonly lane: string; readonly addressees: readonly string[] }[],
  patches: ReadonlyMap<string, NamedPatch>,
): NonNullable<ShownObserved["people"]> {
  const byName = new Map<string, NamedPatch[]>();
  for (const { lane, addressees } of rows)
    for (const name of addressees) {
      const patch = patches.get(lane);
      if (patch !== undefined) byName.set(name, [...(byName.get(name) ?? []), patch]);
    }
  return [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => ({ name, patches: [...new Set(all)].toSorted((a, b) => a.number - b.number) }));
}

async function workingDaysSince({ db, now }: Gathering, policies: Policies, fromAt: number): Promise<number> {
  const policy = [...policies.values()][0]?.policy;
  const calendar = policy === undefined ? ALWAYS : await workingCalendar(db, policy.calendar, { fromAt, toAt: now });
  return Math.max(1, Math.ceil(workingMillis(calendar, fromAt, now) / dayMillis(calendar)));
}

/** Where what has to be committed, and what, so that a repository acts. */
async function actPlaceOf(
  { db, viewer, webUrl }: Gathering,
  repositories: readonly RepositoryRow[],
  { repository, policies }: { readonly repository: RepositoryRow | null; readonly policies: Policies },
): Promise<ActPlace | null> {
  if (repository === null) return null;
  const { reminders } = policyOf(policies, repository)?.policy ?? {};
  const limits = { perDay: reminders?.perRepositoryPerDay ?? 5, perWeek: reminders?.perMaintainerPerWeek ?? 3 };
  const scopes = [repositoryScope(repositoryId(repository.id)), ownerScope(ownerId(viewer.owner.ownerId))];
  const stored = await policiesOf(db, scopes);
  const files = scopes.flatMap((scope) => stored.get(scope) ?? []).filter(({ isFound }) => isFound);
  const file = files.find((each) => each.goodText !== null && saysMode(each.goodText)) ?? files[0];
  if (file?.path != null) {
    const text = actingText(file.goodText ?? "");
    const at = placeOf(file.path, repositories);
    return {
      place: file.path,
      kind: text === null || file.goodText === null ? "by-hand" : "change",
      text: file.goodText === null ? null : text,
      hasErrors: hasErrors(file),
      address: editAddress(webUrl, { ...at, isNew: false }),
      limits,
    };
  }
  const home = repositories.find(({ name }) => OWNER_REPOSITORIES.includes(name)) ?? repository;
  const login = viewer.person.kind === "github" ? [viewer.person.login] : [];
  return {
    place: `${home.owner_login}/${home.name}/${POLICY_PATH}`,
    kind: "first",
    text: firstPolicy({ language: viewer.language, timezone: viewer.timezone, support: login }),
    hasErrors: false,
    address: editAddress(webUrl, {
      owner: home.owner_login,
      name: home.name,
      branch: home.default_branch,
      path: POLICY_PATH,
      isNew: true,
    }),
    limits,
  };
}

const hasErrors = ({ errors }: StoredPolicy): boolean => errors.length > 0;

function saysMode(text: string): boolean {
  const parsed = parsePolicy(text, { where: "the policy" });
  return parsed.kind === "policy" && parsed.partial.mode === "observe";
}

/** `acme-db/engine/.github/patch-advocate.yml` as GitHub's pages want it. */
function placeOf(path: string, repositories: readonly RepositoryRow[]) {
  const [owner = "", name = "", ...rest] = path.split("/");
  const branch = repositories.find((each) => each.name === name)?.default_branch ?? "";
  return { owner, name, branch, path: rest.join("/") };
}
