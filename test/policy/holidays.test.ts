// Public holidays: what date-holidays says, read once and kept.
import { describe, expect, test } from "vitest";
import { workingMillis } from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import { publicHolidays } from "../../src/policy/holiday-dates.ts";
import { holidaysFor, refreshHolidays, unknownRegions, workingCalendar } from "../../src/policy/holidays.ts";
import { DIALECTS } from "../support/databases.ts";
import { useDatabase } from "./databases.ts";
import { at, HOUR } from "./tables.ts";

describe("what is a public holiday", () => {
  test("all of Japan's of 2026, the day between two and the one made up for among them, no bank holiday", () => {
    expect(publicHolidays("JP", [2026])?.[0]?.dates).toEqual([
      "2026-01-01",
      "2026-01-12",
      "2026-02-11",
      "2026-02-23",
      "2026-03-20",
      "2026-04-29",
      "2026-05-03",
      "2026-05-04",
      "2026-05-05",
      "2026-05-06",
      "2026-07-20",
      "2026-08-11",
      "2026-09-21",
      "2026-09-22",
      "2026-09-23",
      "2026-10-12",
      "2026-11-03",
      "2026-11-23",
    ]);
  });

  test.for<[string, string, string, boolean]>([
    ["a state's own", "US-CA", "2026-03-31", true],
    ["which the country has not", "US", "2026-03-31", false],
    ["a substitute for one on a Saturday", "US", "2026-07-03", true],
    ["an observance is none", "US", "2026-02-14", false],
    ["a district's own", "DE-BY-A", "2026-08-08", true],
    ["every day of one of several days", "TR", "2026-03-22", true],
    ["not the evening before it", "TR", "2026-03-19", false],
    ["nor the morning after it", "TR", "2026-03-23", false],
    ["one that begins at sunset is the day after", "IL", "2026-09-21", true],
    ["and not the day on which the sun sets", "IL", "2026-09-20", false],
    ["half a day off is a working day", "IS", "2026-12-24", false],
    ["one on a day of 25 hours", "AU", "2026-04-05", true],
    ["and not the day after that", "HT", "2026-11-03", false],
  ])("%s: %s on %s is %s", ([, region, date, expected]) => {
    expect(publicHolidays(region, [2026])?.[0]?.dates.includes(date)).toBe(expected);
  });

  test.for(["XX", "US-ZZ", "DE-BY-ZZ", "", "constructor", "US-constructor"])("%j is no region", (region) => {
    expect(publicHolidays(region, [2026])).toBeNull();
  });
});

describe.for(DIALECTS)("kept in %s", (dialect) => {
  const database = useDatabase(dialect);

  test("regions and years are read once, and the same again from the table", async () => {
    const { db } = database();
    const first = await holidaysFor(db, ["JP", "US-CA"], [2026, 2027]);
    expect(first.has("2026-11-03")).toBe(true);
    expect(first.has("2027-03-31")).toBe(true);
    const rows = await db.selectFrom("holidays").select(["region", "year"]).orderBy("region").orderBy("year").execute();
    expect(rows).toEqual([
      { region: "JP", year: 2026 },
      { region: "JP", year: 2027 },
      { region: "US-CA", year: 2026 },
      { region: "US-CA", year: 2027 },
    ]);
    await db.updateTable("holidays").set({ dates: '["2026-06-01"]' }).execute();
    expect([...(await holidaysFor(db, ["JP"], [2026]))]).toEqual(["2026-06-01"]);
  });

  test("many who ask at once get the same", async () => {
    const { db } = database();
    const answers = await Promise.all(Array.from({ length: 5 }, () => holidaysFor(db, ["SE"], [2026])));
    for (const dates of answers) expect(dates.has("2026-06-06")).toBe(true);
  });

  test("no regions have no holidays", async () => {
    expect([...(await holidaysFor(database().db, [], [2026]))]).toEqual([]);
  });

  test("regions that do not exist are told", async () => {
    expect(await unknownRegions(database().db, ["FR", "XX", "US-ZZ"], 2026)).toEqual(["XX", "US-ZZ"]);
    expect(await unknownRegions(database().db, ["FR"], 2026)).toEqual([]);
    expect([...(await holidaysFor(database().db, ["XX"], [2026]))]).toEqual([]);
  });

  test("what another release of the library said is forgotten, and what this one said stays", async () => {
    const { db } = database();
    const count = async () => (await db.selectFrom("holidays").selectAll().execute()).length;
    await holidaysFor(db, ["NL"], [2026]);
    await refreshHolidays(db);
    expect(await count()).toBe(0);
    await holidaysFor(db, ["NL"], [2026]);
    await refreshHolidays(db);
    expect(await count()).toBe(1);
  });

  test("a policy's calendar knows the holidays of every year in question", async () => {
    const policy = { kind: "hours" as const, ...DEFAULT_HOURS, timezone: "Asia/Tokyo", holidays: ["JP"] };
    const calendar = await workingCalendar(database().db, policy, {
      fromAt: at("2025-12-30T00:00Z"),
      toAt: at("2026-01-10T00:00Z"),
    });
    expect(workingMillis(calendar, at("2026-01-09T15:00Z"), at("2026-01-13T15:00Z")) / HOUR).toBe(8);
    expect(workingMillis(calendar, at("2026-12-31T15:00Z"), at("2027-01-01T15:00Z")) / HOUR).toBe(0);
  });
});
