// Insights read from rows, on both databases: whose patches count, by which filters, policies and clocks.
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { ownerId } from "../../src/github/refs.ts";
import type { Filters } from "../../src/insights/insight.ts";
import { readInsights } from "../../src/insights/read.ts";
import { at } from "../patches/builders.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const NOW = at("2026-03-31T12:00:00Z");
const HOUR = 3_600_000;
const ALL: Filters = { period: "all", severity: null, customer: null, repository: null };
const POLICY = "version: 1\nmode: act\ntrack: all\ntargets: { S1: 4h, S2: 2d }\n";

const contract = { plan: "subscription", tier: "gold", from: "2026-01-01", until: "2026-12-31", targets: { S2: "1d" } };

async function fill(dialect: (typeof DIALECTS)[number]) {
  const made = await makeDatabase(dialect);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db } = database;
  const repository = (id: number, owner: number, name: string) => ({
    id,
    node_id: `R${id}`,
    installation_id: 7,
    owner_id: owner,
    owner_login: `owner-${owner}`,
    name,
    visibility: "public" as const,
    default_branch: "main",
    is_archived: 0 as const,
    seen_at: 0,
  });
  await db
    .insertInto("repositories")
    .values([repository(10, 1, "engine"), repository(11, 1, "tools"), repository(20, 2, "engine")])
    .execute();
  const policy = (scope: string, text: string) => ({
    scope,
    path: "x",
    is_found: 1 as const,
    good_text: text,
    good_at: 1,
    errors: "[]",
    checked_at: 1,
  });
  await db
    .insertInto("policies")
    .values([policy("owner:1", POLICY), policy("repository:11", "version: 1\ncalendar: always\n")])
    .execute();
  const data = { id: "bank", timezone: "UTC", contracts: [contract] };
  await db
    .insertInto("customers")
    .values(
      [1, 2].map((owner) => ({
        owner_id: owner,
        id: "bank",
        name: "Bank",
        timezone: "UTC",
        is_confidential: 0 as const,
        data: JSON.stringify(data),
      })),
    )
    .execute();
  await db
    .insertInto("team_members")
    .values([{ owner_id: 1, slug: "solo", user_id: 5, login: "mira" }])
    .execute();

  /** `waits`: since when it is the maintainers' turn. `hours`: of working time until the first response. */
  const patch = async (given: {
    readonly id: string;
    readonly hours?: number;
    readonly waits?: string;
    readonly severities?: readonly ("S1" | "S2")[];
    readonly hasCustomer?: boolean;
  }) => {
    const [repositoryId = 0, number = 0] = given.id.split("#").map(Number);
    const owner = repositoryId < 20 ? 1 : 2;
    const openedAt = at("2026-03-02T09:00:00Z");
    await db
      .insertInto("patches")
      .values({
        id: given.id,
        repository_id: repositoryId,
        number,
        owner_id: owner,
        title: "",
        body: "",
        author_login: "x",
        author_is_bot: 0,
        state: given.waits === undefined ? "closed" : "open",
        is_draft: 0,
        is_merged: 0,
        opened_at: openedAt,
        head_sha: "",
        base_ref: "",
        requested_reviewers: "[]",
        requested_teams: "[]",
        label_names: "[]",
        seen_at: 0,
        is_tracked: 1,
        turn: given.waits === undefined ? "nobody" : "maintainer",
        turn_since_at: given.waits === undefined ? null : at(given.waits),
        gravity: given.severities?.[0] === "S1" ? 1 : given.severities?.[0] === "S2" ? 2 : 5,
      })
      .execute();
    await db
      .insertInto("patch_times")
      .values({
        patch_id: given.id,
        owner_id: owner,
        repository_id: repositoryId,
        opened_at: openedAt,
        response_millis: given.hours === undefined ? null : given.hours * HOUR,
      })
      .execute();
    for (const severity of given.severities ?? []) {
      const { id } = await db
        .insertInto("cases")
        .values({
          owner_id: owner,
          reference: `${given.id}-${severity}`,
          title: "",
          severity,
          state: "closed",
          stamps: "{}",
          created_at: 0,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const link = { case_id: id, patch_id: given.id, owner_id: owner, made_by: "x", made_where: "x", made_at: 0 };
      await db
        .insertInto("links")
        .values({ ...link, state: "confirmed" })
        .execute();
    }
    if (given.hasCustomer === true)
      await db
        .insertInto("patch_customers")
        .values({ patch_id: given.id, customer_id: "bank", owner_id: owner })
        .execute();
  };
  for (const number of [1, 2, 3, 4])
    await patch({ id: `10#${number}`, hours: 8 * number, severities: ["S2"], hasCustomer: true });
  await patch({ id: "10#5", waits: "2026-03-20T09:00:00Z", severities: ["S2", "S1"], hasCustomer: true });
  await patch({ id: "10#6", waits: "2026-03-31T11:00:00Z" });
  await patch({ id: "11#7", hours: 48 });
  await patch({ id: "11#8", waits: "2026-03-20T12:00:00Z" });
  for (const number of [1, 2, 3]) await patch({ id: `20#${number}`, hours: 1, hasCustomer: true, severities: ["S1"] });
  const reminder = (id: string, n: number, keys: readonly string[]) => ({
    patch_id: id,
    round: "first",
    n,
    decided_at: 0,
    sent_at: at("2026-03-18T09:00:00Z"),
    addressees: JSON.stringify(
      keys.map((key) => ({ kind: key.includes("/") ? "team" : "person", key, isMentioned: true })),
    ),
    state: "sent" as const,
  });
  await db
    .insertInto("reminders")
    .values([
      reminder("10#5", 1, ["owner-1/web", "ken"]),
      reminder("10#5", 2, ["owner-1/solo"]),
      reminder("11#8", 1, ["owner-1/web", "noel"]),
      reminder("20#1", 1, ["owner-2/web"]),
      { ...reminder("11#8", 2, ["owner-1/web"]), state: "withdrawn" as const },
    ])
    .execute();
  const read = (filters: Partial<Filters> = {}, owner = 1) =>
    readInsights(database, {
      owner: { id: ownerId(owner), login: `owner-${owner}` },
      filters: { ...ALL, ...filters },
      login: "mira",
      now: NOW,
    });
  return read;
}

describe.each(DIALECTS)("on %s", (dialect) => {
  test("each patch is read by its own repository's policy, and by the contracts of its day", async () => {
    const read = await fill(dialect);
    const { patches, firstResponse, targets, customers, waiting, reminders, isCustomersOnly } = await read();
    expect({ patches, isCustomersOnly }).toEqual({ patches: 8, isCustomersOnly: false });
    // 1, 2, 3 and 4 days of eight hours, and two whole days where every hour counts.
    expect(firstResponse).toEqual([
      { month: "2026-03", opened: 8, took: { count: 5, quartiles: { lower: 2, median: 2, upper: 3 } } },
    ]);
    // The policy asks for an answer within two days of an S2, the contract within one.
    expect(targets).toEqual({
      bySeverity: [
        { key: "S1", within: 0, late: 1, open: 0, share: null },
        { key: "S2", within: 1, late: 3, open: 0, share: null },
        { key: "none", within: 1, late: 1, open: 1, share: null },
      ],
      byContract: [
        { key: "subscription gold", within: 1, late: 4, open: 0, share: 0.2 },
        { key: "none", within: 1, late: 1, open: 1, share: null },
      ],
    });
    expect(customers.map(({ side, opened }) => [side, opened])).toEqual([
      ["customers", 5],
      ["others", 3],
    ]);
    expect(waiting).toEqual({
      maintainers: [
        { severity: "S2", counts: [0, 0, 0, 1, 0, 0], total: 1 },
        { severity: "none", counts: [1, 0, 0, 0, 1, 0], total: 2 },
      ],
      authors: [],
    });
    // What the team of one was asked counts as its one member.
    expect(reminders).toEqual({
      weeks: ["2026-W12", "2026-W13", "2026-W14"],
      rows: [
        { asked: "owner-1/web", counts: [2, 0, 0], total: 2 },
        { asked: null, counts: [3, 0, 0], total: 3 },
      ],
      isPersonsHidden: false,
      own: 1,
    });
  });

  test("filters leave in what they name, and nobody sees what is another's", async () => {
    const read = await fill(dialect);
    const count = async (filters: Partial<Filters>, owner = 1) => {
      const { patches, waiting, reminders } = await read(filters, owner);
      const total = waiting.maintainers.reduce((sum, each) => sum + each.total, 0);
      return [patches, total, reminders.rows.reduce((sum, each) => sum + each.total, 0)];
    };
    expect(await count({ severity: "S2" })).toEqual([4, 1, 0]);
    expect(await count({ severity: "S1" })).toEqual([1, 0, 1]);
    expect(await count({ severity: "none" })).toEqual([3, 2, 1]);
    expect(await count({ customer: { id: "bank", name: "Bank" } })).toEqual([5, 1, 1]);
    expect(await count({ repository: { id: 11, name: "tools" } })).toEqual([2, 1, 1]);
    expect(await count({ repository: { id: 20, name: "engine" } })).toEqual([0, 0, 0]);
    expect(await count({ period: "3m" })).toEqual([8, 3, 5]);
    expect(await count({}, 2)).toEqual([3, 0, 1]);
    expect(await count({}, 3)).toEqual([0, 0, 0]);
  });
});
